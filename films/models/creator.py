"""The people who made the films and who speak in the interviews."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from films.models import nouns
from films.models.aliased import Aliased
from films.models.publishable import is_public
from films.models.slugged import Slugged
from films.text import fold, sort_key
from films.validators import validate_plain_line


class CreatorQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """People credited on a public film or speaking in a public interview."""
        credits = self.model._meta.get_field("credits").related_model._default_manager
        spoken = self.model._meta.get_field("exchanges").related_model._default_manager
        return self.filter(
            Exists(credits.filter(is_public(prefix="film__"), creator=OuterRef("pk")))
            | Exists(spoken.published().filter(speaker=OuterRef("pk")))
        )

    def hidden(self) -> Self:
        """All that `published()` leaves out: credited and speaking in nothing that is not among the hidden, which are few."""
        credits = self.model._meta.get_field("credits").related_model._default_manager
        spoken = self.model._meta.get_field("exchanges").related_model._default_manager
        films, talks = (
            rows.model._meta.get_field(name).related_model._default_manager.hidden().order_by().values("pk")
            for rows, name in ((credits, "film"), (spoken, "interview"))
        )
        return self.exclude(
            Exists(credits.filter(creator=OuterRef("pk")).exclude(film__in=films))
            | Exists(spoken.filter(speaker=OuterRef("pk")).exclude(interview__in=talks))
        )


class Creator(Slugged, Aliased):
    """A person by the name they go by; a handle is a name. Nothing private is kept."""

    name = models.CharField(
        _("名字"), max_length=100, validators=[validate_plain_line], help_text=_("例如 阿米 或 CamRed")
    )
    name_en = models.CharField(_("英文名"), max_length=100, blank=True)
    compared_name = models.CharField(_("比对用名字"), max_length=100, unique=True, editable=False)
    sort_key = models.CharField(
        _("排序键"), max_length=200, blank=True, help_text=_("留空则取拼音；多音姓氏请改正，例如 zeng mou。")
    )
    bio = models.TextField(_("简介"), blank=True)
    bio_en = models.TextField(_("英文简介"), blank=True)
    links = models.JSONField(_("链接"), default=list, blank=True, help_text=_('例如 ["https://example.org/"]'))
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    objects = CreatorQuerySet.as_manager()

    class Meta:
        verbose_name = nouns.MAKER
        verbose_name_plural = nouns.MAKERS
        ordering = ["sort_key", "pk"]
        indexes = [
            # Serves the list of makers in pinyin order.
            models.Index(fields=["sort_key", "id"], name="creator_sort_key"),
        ]

    def __str__(self) -> str:
        return self.name

    def derive(self) -> set[str]:
        """Set the columns that follow from the name; returns their names."""
        self.compared_name = fold(self.name)
        self.sort_key = self.sort_key or sort_key(self.name)
        return {"compared_name", "sort_key"}

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        derived = self.derive()
        if update_fields is not None:
            update_fields = {*update_fields, *derived}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self) -> str:
        return self.address_at("films:creator_detail")
