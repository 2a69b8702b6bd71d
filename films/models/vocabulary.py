"""The words that entries share: tools, topics, themes, works."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext_lazy as _

from films.choices import WorkKind
from films.models import nouns
from films.models.aliased import Aliased
from films.models.publishable import is_public
from films.models.slugged import Slugged
from films.text import fold
from films.validators import validate_plain_line


class ToolQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """Tools that a public film states it used."""
        uses = self.model._meta.get_field("uses").related_model._default_manager
        return self.filter(Exists(uses.filter(is_public(prefix="film__"), tool=OuterRef("pk"))))


class Tool(Slugged):
    """A program that makers used, with every spelling it goes by."""

    name = models.CharField(_("名称"), max_length=100, unique=True, validators=[validate_plain_line])
    name_en = models.CharField(_("英文名"), max_length=100, blank=True)
    maker = models.CharField(_("出品方"), max_length=100, blank=True)
    aliases = models.JSONField(_("别名"), default=list, blank=True, help_text=_('例如 ["即梦AI", "Dreamina"]'))

    objects = ToolQuerySet.as_manager()

    class Meta:
        verbose_name = nouns.TOOL
        verbose_name_plural = nouns.TOOLS
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.address_at("films:tool_detail")


class TopicQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """Topics with at least one public answer."""
        answers = self.model._meta.get_field("exchanges").related_model._default_manager
        return self.filter(Exists(answers.published().filter(topic=OuterRef("pk"))))

    def with_answers(self) -> Self:
        """Each with `public_answers` and who gave them (2 queries in all)."""
        answers = self.model._meta.get_field("exchanges").related_model._default_manager
        rows = answers.published().select_related("speaker").defer("answer")
        rows = rows.order_by("interview__film__position", "interview_id", "position", "pk")
        return self.prefetch_related(Prefetch("exchanges", rows, to_attr="public_answers"))


class Topic(Slugged, Aliased):
    """A question that is asked again and again, so that answers can be read across films."""

    name = models.CharField(_("问题"), max_length=100, unique=True, validators=[validate_plain_line])
    name_en = models.CharField(_("英文"), max_length=200, blank=True)
    cues = models.JSONField(
        _("线索"), default=list, blank=True, help_text=_('问句中出现即归入此题，例如 ["最大的难点", "最难的"]')
    )
    position = models.PositiveSmallIntegerField(_("次序"), default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = nouns.TOPIC
        verbose_name_plural = nouns.TOPICS
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.address_at("films:topic_detail")


class ThemeQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """Themes that a public film is filed under."""
        films = self.model._meta.get_field("films").related_model._default_manager
        return self.filter(Exists(films.shown().filter(themes=OuterRef("pk"))))


class Theme(Slugged, Aliased):
    """A word that editors file films under: ours, never the source's."""

    name = models.CharField(_("名称"), max_length=50, unique=True, validators=[validate_plain_line])
    name_en = models.CharField(_("英文名"), max_length=100, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = nouns.THEME
        verbose_name_plural = nouns.THEMES
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class WorkQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """Works that a public film's page names, or that a public film was adapted from."""
        mentions = self.model._meta.get_field("mentions").related_model._default_manager
        films = self.model._meta.get_field("adaptations").related_model._default_manager
        return self.filter(
            Exists(mentions.published().filter(work=OuterRef("pk")))
            | Exists(films.shown().filter(adapted_from=OuterRef("pk")))
        )


class Work(Slugged, Aliased):
    """A book, film or story that an answer or a synopsis names."""

    title = models.CharField(_("题名"), max_length=200, validators=[validate_plain_line])
    title_en = models.CharField(_("英文题名"), max_length=200, blank=True)
    compared_title = models.CharField(_("比对用题名"), max_length=200, unique=True, editable=False)
    author = models.CharField(_("作者"), max_length=200, blank=True)
    kind = models.CharField(_("类别"), max_length=10, choices=WorkKind.choices, blank=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = nouns.WORK_MENTIONED
        verbose_name_plural = nouns.WORKS_MENTIONED
        ordering = ["title"]

    def __str__(self) -> str:
        return f"《{self.title}》"

    def slug_source(self) -> str:
        return self.title

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        self.compared_title = fold(self.title)
        if update_fields is not None:
            update_fields = {*update_fields, "compared_title"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self) -> str:
        return self.address_at("films:work_detail")
