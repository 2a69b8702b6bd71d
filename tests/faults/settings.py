"""A real site in a folder of its own, without the static files that only browsers ask for."""

from elysium.settings import *  # noqa: F403
from elysium.settings import STORAGES

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
