"""How Django finds the app and its admin site."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class FilmsConfig(AppConfig):
    name = "films"
    verbose_name = _("短片")


class ElysiumAdminConfig(AdminConfig):
    default_site = "films.admin.site.ElysiumAdminSite"

    def ready(self) -> None:
        """Register our nouns once the site exists; `films.admin` itself must not, since making the site imports it."""
        super().ready()
        import_module("films.admin.registry")
