"""Who may see an entry: the one place that says so."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from films.choices import Status
from films.validators import ENDS_TOO_EARLY


class Unindexed(models.Transform):
    """The column without its indexes, for a condition that nearly all rows meet.

    SQLite takes a state for rare, whether or not it has counted: it would begin with all that is public.
    """

    lookup_name = "unindexed"

    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, template="+%(expressions)s", **context)


models.CharField.register_lookup(Unindexed)


def is_public(now: dt.datetime | None = None, prefix: str = "", *, at_hand: bool = False) -> Q:
    """Say which rows visitors may see; `prefix` leads there from another model (`film__`).

    `at_hand`: the rows are found by other means, as those that a prefix leads to always are.
    """
    now = now or timezone.now()
    status = f"{prefix}status__unindexed" if prefix or at_hand else "status"
    due = Q(**{f"{prefix}publish_at__isnull": True}) | Q(**{f"{prefix}publish_at__lte": now})
    lasting = Q(**{f"{prefix}unpublish_at__isnull": True}) | Q(**{f"{prefix}unpublish_at__gt": now})
    return Q(**{status: Status.PUBLISHED}) & due & lasting


def is_hidden(now: dt.datetime | None = None) -> Q:
    """Say which rows `is_public` leaves out, so that an index finds them: they are few."""
    now = now or timezone.now()
    others = [status for status in Status.values if status != Status.PUBLISHED]
    return Q(status__in=others) | Q(publish_at__gt=now) | Q(unpublish_at__lte=now)


class PublishableQuerySet(models.QuerySet[Any]):
    """The only word for visibility is `published()`."""

    def published(self) -> Self:
        return self.filter(is_public())

    def hidden(self) -> Self:
        """All that `published()` leaves out."""
        return self.filter(is_hidden())

    def shown(self) -> Self:
        """The same rows as `published()`, for those at hand by other means: SQLite would begin with all public ones."""
        return self.filter(is_public(at_hand=True))

    def to_come(self) -> Self:
        """Public entries, and those that are on their way there."""
        return self.exclude(status=Status.ARCHIVED)


class Publishable(models.Model):
    """An entry with a state, a time in which it is public and a version that refuses stale saves."""

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
    unpublish_at = models.DateTimeField(
        _("结束时间"), null=True, blank=True, help_text=_("留空则一直公开；填写则到时自动从网站撤下，须晚于发布时间。")
    )
    first_published_at = models.DateTimeField(_("首次发布"), null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(_("修改时间"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("录入者"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True)
                | Q(unpublish_at__isnull=True)
                | Q(unpublish_at__gt=F("publish_at")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message=ENDS_TOO_EARLY,
            ),
        ]
        indexes = [
            # Serves the question when content changes by itself next; most entries have no such moment.
            models.Index(fields=["publish_at"], condition=Q(publish_at__isnull=False), name="%(class)s_appears"),
            models.Index(
                fields=["unpublish_at"], condition=Q(unpublish_at__isnull=False), name="%(class)s_disappears"
            ),
        ]

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        stamped = self.stamp()
        if update_fields is not None:
            update_fields = {*update_fields, *stamped}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def is_published(self) -> bool:
        """The same rule as `published()`, for an instance at hand."""
        now = timezone.now()
        due = self.publish_at is None or self.publish_at <= now
        return self.status == Status.PUBLISHED and due and not (self.unpublish_at and self.unpublish_at <= now)

    def stamp(self) -> set[str]:
        """Set what follows from a save; returns the names of the fields that changed."""
        self.updated_at = timezone.now()
        changed = {"updated_at"}
        # A date still to come is a plan, which may have changed.
        if self.first_published_at is None or self.first_published_at > self.updated_at:
            is_meant = self.status == Status.PUBLISHED
            self.first_published_at = (self.publish_at or self.updated_at) if is_meant else None
            changed.add("first_published_at")
        return changed
