"""Articles → rows: `import_seeds` from files, `import_given` from bytes at hand; the rest is what they take and give.

Each name brings its file when it is first asked for: what imports is a tenth of all there is to load, and most processes
that show the importer's words never import.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
PLACES = {
    "files": ("Busy", "Given", "refuse_ending"),
    "pasting": ("paste",),
    "report": ("FileReport", "Report"),
    "run": ("import_given", "import_seeds", "writing"),
    "single": ("Options",),
}


def __getattr__(name: str) -> Any:
    for place, names in PLACES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{place}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
