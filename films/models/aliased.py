"""Entries that go by several names: the importer finds them by each."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Aliased(models.Model):
    """An entry whose other names, gained by joining or typed by an editor, lead to it."""

    aliases = models.JSONField(
        _("别名"),
        default=list,
        blank=True,
        help_text=_("同一个人、物或词的其他写法；文章里出现任何一个，都归到这里。"),
    )

    class Meta:
        abstract = True
