"""How Django finds the app and its admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class FilmsConfig(AppConfig):
    name = "films"
    verbose_name = _("短片")


class ElysiumAdminConfig(AdminConfig):
    default_site = "films.admin.site.ElysiumAdminSite"
