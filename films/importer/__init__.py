"""Articles → rows. `import_seeds` is the one public name; the rest are its return types."""

from films.importer.report import FileReport, Report
from films.importer.run import import_seeds

__all__ = ["FileReport", "Report", "import_seeds"]
