"""What commands found when they looked after what entries lead to; visitors never see it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from films.choices import LinkReason, MediaFault
from films.models import nouns

# A server that was down on Monday may be up on Wednesday.
PATIENCE, PATIENCE_TIMES = dt.timedelta(days=2), 3


class LinkCheckQuerySet(models.QuerySet[Any]):
    def dead(self) -> Self:
        """The addresses that nobody reaches any more."""
        return self.filter(dead_since__isnull=False)


class LinkCheck(models.Model):
    """What was found at an address on the net when it was last asked, and since when it fails."""

    address = models.CharField(_("网址"), max_length=2000, unique=True)
    status = models.PositiveSmallIntegerField(_("状态码"), null=True, blank=True)
    reason = models.CharField(_("结果"), max_length=20, choices=LinkReason.choices)
    location = models.CharField(_("新网址"), max_length=2000, blank=True)
    checked_at = models.DateTimeField(_("检查时间"), default=timezone.now)
    failures = models.PositiveIntegerField(_("连续失败次数"), default=0)
    failing_since = models.DateTimeField(_("开始失败"), null=True, blank=True)
    dead_since = models.DateTimeField(_("失效于"), null=True, blank=True, db_index=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = nouns.LINK_CHECK
        verbose_name_plural = nouns.LINK_CHECKS
        # Written by `manage.py check_links` alone.
        default_permissions = ()

    def __str__(self) -> str:
        return self.address

    def take(self, reason: LinkReason, status: int | None, location: str, now: dt.datetime) -> None:
        """Note an answer. A failure is taken for death once it lasts, or when the server says that it is for good."""
        self.reason, self.status, self.location, self.checked_at = reason, status, location, now
        if reason in LinkReason.answered():
            self.failures, self.failing_since, self.dead_since = 0, None, None
            return
        self.failures += 1
        self.failing_since = self.failing_since or now
        if status == GONE_FOR_GOOD or self.lasts(now):
            self.dead_since = self.dead_since or self.failing_since

    def lasts(self, now: dt.datetime) -> bool:
        return self.failures >= PATIENCE_TIMES and now - (self.failing_since or now) >= PATIENCE


GONE_FOR_GOOD = 410


class MediaCheck(models.Model):
    """Something wrong with a file of the media, as `manage.py check_media` last found it."""

    name = models.CharField(_("文件名"), max_length=255)
    fault = models.CharField(_("差错"), max_length=20, choices=MediaFault.choices)
    size = models.PositiveBigIntegerField(_("字节数"), default=0)
    found_at = models.DateTimeField(_("发现时间"), default=timezone.now)

    class Meta:
        verbose_name = nouns.MEDIA_CHECK
        verbose_name_plural = nouns.MEDIA_CHECKS
        default_permissions = ()
        constraints = [
            # Serves the look-up of a picture's faults.
            models.UniqueConstraint(fields=["name", "fault"], name="media_fault_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_fault_display()}"
