"""Articles → rows: `import_seeds` from files, `import_given` from bytes at hand; the rest is what they take and give."""

from films.importer.files import Busy, Given, refuse_ending
from films.importer.pasting import paste
from films.importer.report import FileReport, Report
from films.importer.run import import_given, import_seeds, writing
from films.importer.single import Options

__all__ = [
    "Busy",
    "FileReport",
    "Given",
    "Options",
    "Report",
    "import_given",
    "import_seeds",
    "paste",
    "refuse_ending",
    "writing",
]
