"""Is what entries lead to still there? Asked by commands, never while a visitor waits."""
