"""The project's settings with what makes tests quick and repeatable."""

import os
import tempfile
from pathlib import Path
from shutil import disk_usage

os.environ.setdefault("SECRET_KEY", "tests only: fifty characters that sign nothing of value, ever")

from elysium.settings import *  # noqa: F403
from elysium.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Most tests sign in to do something; what is asked of them at the door has tests of its own.
SECOND_FACTOR = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Nothing is collected for a test run; without this WhiteNoise warns that the folder is missing.
WHITENOISE_AUTOREFRESH = True
# What a test makes is gone after the run. Each picture is written through to the disk, a dozen files: where there is
# room in memory, that costs nothing.
MEMORY = Path("/dev/shm")
ROOM = 1024**3
_in_memory = MEMORY.is_dir() and disk_usage(MEMORY).free > ROOM
_media = tempfile.TemporaryDirectory(prefix="elysium-tests-", dir=MEMORY if _in_memory else None)
MEDIA_ROOT = Path(_media.name)
