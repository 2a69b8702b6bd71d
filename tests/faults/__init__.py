"""What a crash, a power cut, a failing or full disk and many people at once must not break: `make test-faults`."""
