"""Articles on their way in: uploaded or pasted, looked at, not yet imported."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from films.models import nouns
from films.models.source import ImportRun, Source

KEPT_FOR = dt.timedelta(days=7)
KEPT_EACH = 20


class IntakeQuerySet(models.QuerySet[Any]):
    def of(self, user: Any) -> Self:
        """One person's own: nobody sees what another has not yet imported."""
        return self.filter(user=user)

    def sweep(self, user: Any) -> None:
        """Remove what was left lying for days, and the oldest of a person who has many."""
        self.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
        surplus = self.of(user).order_by("-pk").values_list("pk", flat=True)[KEPT_EACH:]
        self.filter(pk__in=list(surplus)).delete()


class Intake(models.Model):
    """The bytes of an article and what was asked for beside them, kept from one page to the next."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("执行者"), on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("文件名"), max_length=255)
    data = models.BinaryField(_("内容"), default=bytes)
    is_pasted = models.BooleanField(_("粘贴的"), default=False)
    options = models.JSONField(_("选项"), default=dict, blank=True)
    again = models.ForeignKey(
        Source, verbose_name=_("再读的来源"), on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("收到时间"), default=timezone.now)
    run = models.ForeignKey(
        ImportRun, verbose_name=nouns.IMPORT_RUN, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    source = models.ForeignKey(
        Source, verbose_name=nouns.SOURCE, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    told = models.JSONField(_("报告"), default=dict, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = nouns.INTAKE
        verbose_name_plural = nouns.INTAKES
        # Whoever may import articles may make one; there are no forms for it.
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
