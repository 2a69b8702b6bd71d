"""One archive with everything a site is: its database and its media. Made beside, read back, then given its name."""

from films.backup.archive import Unusable, read_manifest
from films.backup.making import back_up
from films.backup.restoring import restore, restore_into

__all__ = ["Unusable", "back_up", "read_manifest", "restore", "restore_into"]
