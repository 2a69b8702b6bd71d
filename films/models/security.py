"""What happened at the doors: kept so long that an administrator can look back, never for good."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from films.choices import SecurityKind
from films.models import nouns

# So many of each kind stay, so that a flood of one cannot wash the others away.
KEPT_EACH = 500
KEPT_FOR = dt.timedelta(days=365)


class SecurityEventQuerySet(models.QuerySet[Any]):
    def prune(self, kind: str) -> None:
        """Remove what one kind has too many of, and of all kinds what is too old (2 or 3 queries)."""
        self.filter(at__lt=timezone.now() - KEPT_FOR).delete()
        rows = self.filter(kind=kind).order_by("-pk")
        oldest = next(iter(rows.values_list("pk", flat=True)[KEPT_EACH - 1 : KEPT_EACH]), None)
        if oldest is not None:
            self.filter(kind=kind, pk__lt=oldest).delete()


class SecurityEvent(models.Model):
    """One thing that happened, in words alone: it outlives the account and the entry that it tells of."""

    at = models.DateTimeField(_("时间"), default=timezone.now, db_index=True)
    kind = models.CharField(_("事件"), max_length=30, choices=SecurityKind)
    name = models.CharField(_("账号"), max_length=150, blank=True)
    address = models.CharField(_("网络地址"), max_length=45, blank=True)
    target = models.CharField(_("对象"), max_length=200, blank=True)
    detail = models.CharField(_("说明"), max_length=500, blank=True)

    objects = SecurityEventQuerySet.as_manager()

    class Meta:
        verbose_name = nouns.SECURITY_EVENT
        verbose_name_plural = nouns.SECURITY_EVENTS
        ordering = ["-pk"]
        # Read, never written by hand.
        default_permissions = ("view",)
        indexes = [
            # Serves pruning, and counting how often something happened lately.
            models.Index(fields=["kind", "at"], name="security_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}".strip()
