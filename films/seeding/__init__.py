"""Everything editable as files, and back: `export_seeds` writes a folder that `import_seeds` reads again."""

from films.seeding.folder import NOTE, export_seeds, is_export
from films.seeding.restoring import Outcome, restore

__all__ = ["NOTE", "Outcome", "export_seeds", "is_export", "restore"]
