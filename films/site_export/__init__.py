"""The published site as plain files that any web server can serve; `export_site()` is its one public name."""

from films.site_export.folder import Unwritable
from films.site_export.making import Summary, export_site
from films.site_export.places import Unplaceable

__all__ = ["Summary", "Unplaceable", "Unwritable", "export_site"]
