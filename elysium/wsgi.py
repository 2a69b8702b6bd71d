"""The WSGI entry point that servers load: `elysium.wsgi:application`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from elysium import anchor
from elysium.bounds import whole_bodies
from elysium.pagecache.page import Application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elysium.settings")


def build() -> Application:
    """Django, and around it the cache of pages; while somebody edits templates, Django alone."""
    django = whole_bodies(get_wsgi_application())
    anchor.hold()
    if settings.DEBUG or not settings.PAGE_CACHE_MB:
        return django
    # Its addresses need the models, which are there from here on.
    from elysium.pagecache.site import around  # noqa: PLC0415

    return around(django)


application = build()
