import pytest
from django.conf import settings as django_settings
from django.core.handlers.wsgi import WSGIHandler

from elysium.pagecache import PageCache, site


@pytest.fixture
def behind_cache(transactional_db: None, settings: django_settings, tmp_path: object) -> PageCache:
    """The real site with its cache, which looks for changes each time it is asked."""
    settings.DATA_DIR = tmp_path
    cache = site.around(WSGIHandler())
    cache.interval = 0.0
    return cache
