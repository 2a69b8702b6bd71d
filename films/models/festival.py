"""Editions and the organisations behind them."""

from typing import Self

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from films.choices import PartnershipRole
from films.models import nouns
from films.models.aliased import Aliased
from films.models.publishable import Publishable, PublishableQuerySet
from films.models.slugged import Slugged
from films.models.source import Imported
from films.validators import validate_plain_line

# From when until when visitors may see an entry.
SHOWN_FROM_TO = ("publish_at", "unpublish_at")
# The order of an edition's films.
PROGRAMME = (F("position").asc(nulls_last=True), "pk")


class Organisation(Aliased):
    """A company, magazine or festival."""

    name = models.CharField(_("名称"), max_length=100, unique=True, validators=[validate_plain_line])
    name_en = models.CharField(_("英文名"), max_length=100, blank=True)
    link = models.URLField(_("网址"), blank=True)

    class Meta:
        verbose_name = nouns.ORGANISATION
        verbose_name_plural = nouns.ORGANISATIONS
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class EditionQuerySet(PublishableQuerySet):
    def with_partners(self) -> Self:
        """Each with its organisations and article (2 queries in all)."""
        return (
            self.select_related("source")
            .defer("source__text", "source__report", "source__records")
            .prefetch_related("partnerships__organisation")
            .annotate(content_language=F("source__language"))
        )


class Edition(Slugged, Publishable, Imported):
    """One call for films under one theme."""

    name = models.CharField(
        _("名称"), max_length=100, blank=True, validators=[validate_plain_line], help_text=_("例如 未来影像计划")
    )
    name_en = models.CharField(_("英文名称"), max_length=100, blank=True)
    theme = models.CharField(
        _("主题"), max_length=100, blank=True, validators=[validate_plain_line], help_text=_("例如 极乐世界")
    )
    theme_en = models.CharField(_("英文主题"), max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(_("年"), null=True, blank=True)
    month = models.PositiveSmallIntegerField(_("月"), null=True, blank=True)
    statement = models.TextField(_("缘起"), blank=True)
    statement_en = models.TextField(_("英文缘起"), blank=True)
    organisations = models.ManyToManyField(Organisation, through="Partnership", verbose_name=nouns.ORGANISATIONS)

    objects = EditionQuerySet.as_manager()

    class Meta(Imported.Meta):
        verbose_name = nouns.EDITION
        verbose_name_plural = nouns.EDITIONS
        permissions = [("publish_edition", _("发布届次"))]
        constraints = [*Imported.Meta.constraints, *Publishable.Meta.constraints]
        indexes = [*Publishable.Meta.indexes]
        ordering = [models.F("year").desc(nulls_last=True), models.F("month").desc(nulls_last=True), "-pk"]

    def __str__(self) -> str:
        parts = [self.name, f"“{self.theme}”" if self.theme else ""]
        return " ".join(part for part in parts if part) or str(_("未命名届次"))

    def slug_source(self) -> str:
        return " ".join(str(part) for part in (self.theme or self.name, self.year or "") if part)

    def get_absolute_url(self) -> str:
        return self.address_at("films:edition_detail")


class Partnership(Imported):
    """What an organisation did for an edition, in the order and the words of the source."""

    edition = models.ForeignKey(
        Edition, verbose_name=nouns.EDITION, on_delete=models.CASCADE, related_name="partnerships"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=nouns.ORGANISATION, on_delete=models.PROTECT, related_name="partnerships"
    )
    role = models.CharField(
        _("角色"), max_length=20, choices=PartnershipRole.choices, default=PartnershipRole.ORGANISER
    )
    note = models.CharField(_("说明"), max_length=200, blank=True, help_text=_("例如 字节跳动旗下的AI创作和内容平台"))
    position = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta(Imported.Meta):
        verbose_name = nouns.PARTNER
        verbose_name_plural = nouns.PARTNERS
        ordering = ["position", "pk"]
        constraints = [
            *Imported.Meta.constraints,
            models.UniqueConstraint(fields=["edition", "organisation", "role"], name="partnership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} — {self.get_role_display()}"
