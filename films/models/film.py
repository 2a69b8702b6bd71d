"""Films, and the rows that tie them to people, tools and works."""

from typing import Any, Self

from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from films.choices import CreditRole, Form, TitleOrigin, ToolStep
from films.models import nouns
from films.models.creator import Creator
from films.models.festival import PROGRAMME, Edition
from films.models.film_indexes import FILM_INDEXES
from films.models.postered import Postered
from films.models.publishable import Publishable, PublishableQuerySet, is_public
from films.models.slugged import Slugged
from films.models.source import Imported
from films.models.vocabulary import Theme, Tool, Work
from films.text import sort_key
from films.validators import PULL_QUOTE_LIMIT, validate_partial_date, validate_plain_line, validate_runtime


class FilmQuerySet(PublishableQuerySet):
    def of_edition(self, edition: Edition | None) -> Self:
        """An edition's films in the order of the programme."""
        return self.filter(edition=edition).order_by(*PROGRAMME) if edition else self.none()

    def of_creator(self, creator: Creator) -> Self:
        """The films that credit this person, newest first."""
        return self.filter(pk__in=Credit.objects.filter(creator=creator).values("film"))

    def with_card_data(self) -> Self:
        """What a card shows: edition and credited names (2 queries in all)."""
        credits = Credit.objects.select_related("creator")
        return (
            self.select_related("edition", "poster")
            .prefetch_related(Prefetch("credits", queryset=credits))
            .annotate(content_language=F("source__language"))
        )

    def stating_tools(self) -> Self:
        """Those whose makers say which tools they used."""
        return self.filter(Exists(ToolUse.objects.filter(film=OuterRef("pk"))))

    def with_public_interviews(self) -> Self:
        """Each with `public_interviews`, question by question, in the order they were made (2 queries in all)."""
        talks = self.model._meta.get_field("interviews").related_model._default_manager
        rows = talks.published().with_exchanges().order_by("pk")
        return self.prefetch_related(Prefetch("interviews", rows, to_attr="public_interviews"))

    def with_page_data(self) -> Self:
        """What a film's page shows beside its interview (9 queries in all)."""
        return (
            self.with_card_data()
            .select_related("source", "adapted_from", "video")
            .defer("source__text", "source__report", "source__records")
            .prefetch_related(
                *("themes", "captions", "stills", "edition__partnerships__organisation"),
                Prefetch("tool_uses", queryset=ToolUse.objects.with_quotable()),
                Prefetch("mentions", WorkMention.objects.published().select_related("work")),
            )
        )


class Film(Slugged, Postered, Imported):
    """A short film. An empty title is a fact: the source did not state one."""

    edition = models.ForeignKey(
        Edition, verbose_name=nouns.EDITION, on_delete=models.PROTECT, null=True, blank=True, related_name="films"
    )
    position = models.PositiveSmallIntegerField(_("节目单次序"), null=True, blank=True)
    title = models.CharField(
        _("片名"),
        max_length=200,
        blank=True,
        validators=[validate_plain_line],
        help_text=_("原文没有就留空，不要代拟。"),
    )
    title_en = models.CharField(_("英文片名"), max_length=200, blank=True)
    title_origin = models.CharField(
        _("片名出处"), max_length=20, choices=TitleOrigin.choices, default=TitleOrigin.NOT_STATED
    )
    title_sort = models.CharField(_("片名排序键"), max_length=300, blank=True, editable=False)
    synopsis = models.TextField(_("剧情简介"), blank=True)
    synopsis_en = models.TextField(pgettext_lazy("film", "英文简介"), blank=True)
    statement = models.TextField(_("作者自述"), blank=True)
    runtime_seconds = models.PositiveIntegerField(
        _("片长（秒）"), null=True, blank=True, validators=[validate_runtime], help_text=_("4分36秒写作 276。")
    )
    form = models.CharField(_("形式"), max_length=20, choices=Form.choices, blank=True)
    adapted_from = models.ForeignKey(
        Work, verbose_name=_("改编自"), on_delete=models.SET_NULL, null=True, blank=True, related_name="adaptations"
    )
    made_from = models.CharField(
        _("开始制作"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("例如 2024-09-07 或 2024-09"),
    )
    made_to = models.CharField(_("完成"), max_length=10, blank=True, validators=[validate_partial_date])
    distinction = models.CharField(_("获选措辞"), max_length=200, blank=True, help_text=_("照原文，例如 获奖短片"))
    pull_quote = models.CharField(
        _("引文"), max_length=PULL_QUOTE_LIMIT * 2, blank=True, help_text=_("从回答中逐字摘出，不超过 40 字。")
    )
    pull_quote_exchange = models.ForeignKey(
        "films.Exchange", verbose_name=_("引自"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    themes = models.ManyToManyField(Theme, verbose_name=nouns.THEMES, blank=True, related_name="films")
    creators = models.ManyToManyField(Creator, through="Credit", verbose_name=nouns.MAKERS, related_name="films")
    tools = models.ManyToManyField(Tool, through="ToolUse", verbose_name=nouns.TOOLS, related_name="films")

    objects = FilmQuerySet.as_manager()

    class Meta(Imported.Meta):
        verbose_name = nouns.FILM
        verbose_name_plural = nouns.FILMS
        ordering = ["-first_published_at", "-pk"]
        permissions = [("publish_film", _("发布短片"))]
        constraints = [
            *Imported.Meta.constraints,
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(title="", title_origin=TitleOrigin.NOT_STATED)
                | (~Q(title="") & ~Q(title_origin=TitleOrigin.NOT_STATED)),
                name="film_title_has_an_origin",
                violation_error_message=_("有片名就要有出处，没有片名则出处为“原文未载”。"),
            ),
        ]
        indexes = [*Publishable.Meta.indexes, *FILM_INDEXES]

    def __str__(self) -> str:
        return f"《{self.title}》" if self.title else str(_("无题"))

    def slug_source(self) -> str:
        """The title; for an untitled film its first maker (one query)."""
        if self.title or not self.pk:
            return self.title
        first = self.credits.select_related("creator").first()
        return first.creator.name if first else ""

    def derive(self) -> set[str]:
        """Set the columns that follow from the title; returns their names."""
        self.title_sort = sort_key(self.title) if self.title else ""
        return {"title_sort"}

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        derived = self.derive()
        if update_fields is not None:
            update_fields = {*update_fields, *derived}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def public_edition(self) -> Edition | None:
        """The edition, as far as visitors may know of it."""
        return self.edition if self.edition and self.edition.is_published else None

    def get_absolute_url(self) -> str:
        return self.address_at("films:film_detail")


class Credit(Imported):
    """What a person did on a film."""

    film = models.ForeignKey(Film, verbose_name=nouns.FILM, on_delete=models.CASCADE, related_name="credits")
    creator = models.ForeignKey(Creator, verbose_name=nouns.MAKER, on_delete=models.PROTECT, related_name="credits")
    role = models.CharField(_("职责"), max_length=20, choices=CreditRole.choices, default=CreditRole.MAKER)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta(Imported.Meta):
        verbose_name = nouns.CREDIT
        verbose_name_plural = nouns.CREDITS
        ordering = ["position", "pk"]
        constraints = [
            *Imported.Meta.constraints,
            models.UniqueConstraint(fields=["film", "creator", "role"], name="credit_once"),
        ]
        indexes = [
            # Serves a person's films, and how many films there are of each person.
            models.Index(fields=["creator", "film"], name="credit_creator_film"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.creator}"


def in_public_words() -> Q:
    """The sentence stands in a public interview, or in none."""
    return Q(exchange__isnull=True) | is_public(prefix="exchange__interview__")


class ToolUseQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """Uses that a public film states."""
        return self.filter(is_public(prefix="film__"))

    def with_quotable(self) -> Self:
        """Each with its tool and `quotable`: whether visitors may read the sentence that says so."""
        quotable = ExpressionWrapper(in_public_words(), output_field=BooleanField())
        return self.select_related("tool", "exchange__interview__film").annotate(quotable=quotable)

    def with_place(self) -> Self:
        """Each with its film and the film's makers (2 queries in all)."""
        return self.with_quotable().select_related("film").prefetch_related("film__credits__creator")


class ToolUse(Imported):
    """A tool that the maker says was used, for what, and the sentence that says so."""

    film = models.ForeignKey(Film, verbose_name=nouns.FILM, on_delete=models.CASCADE, related_name="tool_uses")
    tool = models.ForeignKey(Tool, verbose_name=nouns.TOOL, on_delete=models.PROTECT, related_name="uses")
    step = models.CharField(_("用于"), max_length=10, choices=ToolStep.choices, blank=True)
    version = models.CharField(_("版本"), max_length=40, blank=True, help_text=_("照原文，例如 P2.0"))
    quote = models.TextField(_("原句"), blank=True)
    exchange = models.ForeignKey(
        "films.Exchange",
        verbose_name=_("出自"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tool_uses",
    )
    position = models.PositiveSmallIntegerField(_("次序"), default=0)

    objects = ToolUseQuerySet.as_manager()

    class Meta(Imported.Meta):
        verbose_name = nouns.TOOL_USED
        verbose_name_plural = nouns.TOOLS_USED
        ordering = ["position", "pk"]
        constraints = [
            *Imported.Meta.constraints,
            models.UniqueConstraint(fields=["film", "tool", "step"], name="tool_use_once"),
        ]
        indexes = [
            # Serves the tool facet and the tool's own page.
            models.Index(fields=["tool", "film"], name="tool_use_tool_film"),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (str(self.tool), self.version) if part)


class WorkMentionQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """Mentions on a public film's page, in words that are public too."""
        return self.filter(is_public(prefix="film__"), in_public_words())

    def with_place(self) -> Self:
        """Each with its film, the film's makers and the answer (2 queries in all)."""
        return self.select_related("film", "exchange__interview__film", "exchange__speaker").prefetch_related(
            "film__credits__creator"
        )


class WorkMention(Imported):
    """A work that a film's synopsis or interview names, and in which words."""

    film = models.ForeignKey(Film, verbose_name=nouns.FILM, on_delete=models.CASCADE, related_name="mentions")
    work = models.ForeignKey(Work, verbose_name=nouns.WORK, on_delete=models.PROTECT, related_name="mentions")
    exchange = models.ForeignKey(
        "films.Exchange",
        verbose_name=_("出自"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="mentions",
    )
    quote = models.TextField(_("原句"), blank=True)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)

    objects = WorkMentionQuerySet.as_manager()

    class Meta(Imported.Meta):
        verbose_name = nouns.MENTION
        verbose_name_plural = nouns.MENTIONS
        ordering = ["position", "pk"]
        constraints = [
            *Imported.Meta.constraints,
            models.UniqueConstraint(fields=["film", "work"], name="work_mention_once"),
        ]

    def __str__(self) -> str:
        return str(self.work)
