"""The map of the site: one file, or a file that names the others."""

from django.contrib.sitemaps.views import index, sitemap
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from films.sitemaps import SITEMAPS, is_one_file


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    if is_one_file():
        return sitemap(request, SITEMAPS)
    return index(request, SITEMAPS, sitemap_url_name="sitemap_section")


@require_safe
def site_map_section(request: HttpRequest, section: str) -> HttpResponse:
    """Entries of one kind, page by page."""
    return sitemap(request, SITEMAPS, section=section)
