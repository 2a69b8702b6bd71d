"""The admin's front door."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class ElysiumAdminSite(admin.AdminSite):
    site_header = _("Elysium 编辑台")
    site_title = _("Elysium 编辑台")
    index_title = _("内容")
