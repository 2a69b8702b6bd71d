"""A cache of whole pages around Django: `PageCache` is its one public name, `elysium/wsgi.py` puts it there."""

from elysium.pagecache.cache import PageCache

__all__ = ["PageCache"]
