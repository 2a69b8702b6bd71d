"""How Django finds the app and its admin site."""

import gc
from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from films.checks import register_checks
from films.roles import keep_groups
from films.security.checks import register_checks as register_security_checks


class FilmsConfig(AppConfig):
    name = "films"
    verbose_name = _("内容")

    def ready(self) -> None:
        make_data_dir()
        know_json()
        register_checks()
        register_security_checks()
        # The models, which it needs, are there only now.
        import_module("films.generation").install()
        import_module("films.security.receivers").connect()
        # Rights exist only after migrating, and so do the groups that carry them.
        post_migrate.connect(keep_groups, sender=self)
        # What is loaded by now stays and is looked through no more; manage.py has waited with the rest until here.
        gc.freeze()
        gc.enable()


class ElysiumAdminConfig(AdminConfig):
    default_site = "films.admin.site.ElysiumAdminSite"

    def ready(self) -> None:
        """Register our nouns once the site exists; `films.admin` itself must not, since making the site imports it."""
        super().ready()
        import_module("films.admin.registry")


def know_json() -> None:
    """Say that SQLite reads JSON, as every build of it does since 3.38, and Debian's before.

    Django tries it out for each thread, in a transaction, which ours begin with the right to write. While another
    process writes, or the disk is full, the answer would be no, and every page of that thread an error from then on.
    """
    SQLite.features_class.supports_json_field = True  # type: ignore[method-assign, assignment]


def make_data_dir() -> None:
    """Make the folder for database, media and locks; other users of the machine cannot look inside."""
    try:
        settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings.FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        wants = (
            f"DATA_DIR: wants a folder that can be made and written; {settings.DATA_DIR} cannot ({error.strerror})."
        )
        raise ImproperlyConfigured(f"{wants} See .env.example.") from error
