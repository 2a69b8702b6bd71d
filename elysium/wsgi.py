"""The WSGI entry point that servers load: `elysium.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elysium.settings")

application = get_wsgi_application()
