"""The read-only JSON interface: what is public, in both languages, at addresses that stay."""
