"""An article file → Article. No Django in here; usable and testable alone."""
