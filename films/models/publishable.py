"""Who may see an entry: the one place that says so."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from films.choices import Status


def is_public(now: dt.datetime | None = None, prefix: str = "") -> Q:
    """Say which rows visitors may see; `prefix` leads there from another model (`film__`)."""
    now = now or timezone.now()
    due = Q(**{f"{prefix}publish_at__isnull": True}) | Q(**{f"{prefix}publish_at__lte": now})
    return Q(**{f"{prefix}status": Status.PUBLISHED}) & due


class PublishableQuerySet(models.QuerySet[Any]):
    """The only word for visibility is `published()`."""

    def published(self) -> Self:
        return self.filter(is_public())


class Publishable(models.Model):
    """An entry with a state, a time of publication and a version that refuses stale saves."""

    status = models.CharField(
        _("状态"),
        max_length=10,
        choices=Status.choices,
        default=Status.DRAFT,
        help_text=_("只有“已发布”的内容对访客可见。"),
    )
    publish_at = models.DateTimeField(
        _("发布时间"), null=True, blank=True, help_text=_("留空即刻生效；填写则到时才对访客可见。")
    )
    first_published_at = models.DateTimeField(_("首次发布"), null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(_("修改时间"), default=timezone.now, editable=False)
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        stamped = self.stamp()
        if update_fields is not None:
            update_fields = {*update_fields, *stamped}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def is_published(self) -> bool:
        """The same rule as `published()`, for an instance at hand."""
        return self.status == Status.PUBLISHED and (self.publish_at is None or self.publish_at <= timezone.now())

    def stamp(self) -> set[str]:
        """Set what follows from a save; returns the names of the fields that changed."""
        self.updated_at = timezone.now()
        changed = {"updated_at"}
        if self.status == Status.PUBLISHED and self.first_published_at is None:
            self.first_published_at = self.publish_at or self.updated_at
            changed.add("first_published_at")
        return changed
