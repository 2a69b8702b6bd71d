"""Interviews, question by question."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from films.models import nouns
from films.models.creator import Creator
from films.models.festival import Edition
from films.models.film import Film
from films.models.publishable import Publishable, PublishableQuerySet, is_hidden, is_public
from films.models.slugged import Slugged
from films.models.source import Imported
from films.models.vocabulary import Topic
from films.validators import validate_plain_line


def interview_is_public(prefix: str = "", *, at_hand: bool = False) -> Q:
    """A talk about a film is public only together with the film."""
    of_public_film = Q(**{f"{prefix}film__isnull": True}) | is_public(prefix=f"{prefix}film__")
    return is_public(prefix=prefix, at_hand=at_hand) & of_public_film


class InterviewQuerySet(PublishableQuerySet):
    def published(self) -> Self:
        return self.filter(interview_is_public())

    def shown(self) -> Self:
        return self.filter(interview_is_public(at_hand=True))

    def hidden(self) -> Self:
        return self.filter(is_hidden() | Q(film__in=Film.objects.hidden().order_by().values("pk")))

    def with_exchanges(self) -> Self:
        """Each with its questions and answers in order (2 queries in all)."""
        exchanges = Exchange.objects.select_related("speaker", "topic").annotate(
            content_language=F("source__language")
        )
        return self.prefetch_related(Prefetch("exchanges", queryset=exchanges)).annotate(
            content_language=F("source__language")
        )

    def with_questions(self) -> Self:
        """Each with `questions`: how many were asked (no query of its own)."""
        asked = Exchange.objects.filter(interview=OuterRef("pk")).exclude(question="").order_by().values("interview")
        return self.annotate(questions=Coalesce(Subquery(asked.annotate(n=Count("pk")).values("n")), 0))

    def with_card_data(self) -> Self:
        """What a row of the list shows: film, makers, edition, number of questions (2 queries in all)."""
        return (
            self.with_questions()
            .select_related("film__edition", "film__poster", "edition")
            .prefetch_related("film__credits__creator")
            .annotate(content_language=F("source__language"))
        )

    def with_page_data(self) -> Self:
        """What the page of a talk about no one film shows (2 queries in all)."""
        return (
            self.with_exchanges()
            .select_related("film", "edition", "source")
            .defer("source__text", "source__report", "source__records")
        )


class Interview(Slugged, Publishable, Imported):
    """Ordered questions and answers; about one film, or about none (a round table)."""

    film = models.ForeignKey(
        Film, verbose_name=nouns.FILM, on_delete=models.CASCADE, null=True, blank=True, related_name="interviews"
    )
    edition = models.ForeignKey(
        Edition,
        verbose_name=nouns.EDITION,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="interviews",
    )
    heading = models.CharField(_("题目"), max_length=300, blank=True, validators=[validate_plain_line])
    heading_en = models.CharField(_("英文题目"), max_length=300, blank=True)
    interviewer = models.CharField(
        _("采访者"), max_length=100, blank=True, validators=[validate_plain_line], help_text=_("例如 NOWNESS")
    )
    last_anchor = models.PositiveIntegerField(_("最后锚点"), default=0, editable=False)

    objects = InterviewQuerySet.as_manager()

    class Meta(Imported.Meta):
        verbose_name = nouns.INTERVIEW
        verbose_name_plural = nouns.INTERVIEWS
        ordering = ["-first_published_at", "-pk"]
        permissions = [("publish_interview", _("发布访谈"))]
        constraints = [*Imported.Meta.constraints, *Publishable.Meta.constraints]
        indexes = [
            *Publishable.Meta.indexes,
            # Serves the desk's list of interviews, newest first.
            models.Index(fields=["-first_published_at", "-id"], name="interview_newest"),
            # Serves the question whether visitors can read an interview about a film.
            models.Index(fields=["film", "status", "publish_at", "unpublish_at"], name="interview_public_film"),
            # Serves the list of interviews, newest first, and their number; whose film may be hidden stands in it.
            models.Index(
                fields=["status", "-first_published_at", "-id", "film", "publish_at", "unpublish_at"],
                name="interview_public_newest",
            ),
            # Serves the names of who asks, and in how many interviews each.
            models.Index(fields=["interviewer"], name="interview_interviewer"),
        ]

    def __str__(self) -> str:
        return self.heading or (f"{_('访谈')} {self.film}" if self.film_id else str(_("访谈")))

    def slug_source(self) -> str:
        """The heading; without one the film's slug."""
        return self.heading or (f"{self.film.slug}" if self.film else str(_("访谈")))

    @property
    def is_published(self) -> bool:
        return super().is_published and (self.film is None or self.film.is_published)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save without winding the anchors back to what they were when this was loaded (one query)."""
        if not self._state.adding:
            stored = Interview.objects.filter(pk=self.pk).values_list("last_anchor", flat=True).first()
            self.last_anchor = max(self.last_anchor, stored or 0)
        super().save(*args, **kwargs)

    def next_anchor(self) -> int:
        """Give out an anchor that no answer on the same page ever had (one query)."""
        same_page = (
            Interview.objects.filter(film=self.film_id) if self.film_id else Interview.objects.filter(pk=self.pk)
        )
        highest = same_page.aggregate(models.Max("last_anchor"))["last_anchor__max"] or 0
        self.last_anchor = max(highest, self.last_anchor) + 1
        return self.last_anchor

    @property
    def public_edition(self) -> Edition | None:
        """The edition, as far as visitors may know of it."""
        return self.edition if self.edition and self.edition.is_published else None

    def get_absolute_url(self) -> str:
        """The film's page for talk about a film; the interview's own page otherwise."""
        if self.film_id and self.film:
            return self.film.get_absolute_url()
        return self.address_at("films:interview_detail")


class ExchangeQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        return self.filter(interview_is_public(prefix="interview__"))

    def with_asked(self) -> Self:
        """Each with `asked`: the question that was really put (no query of its own)."""
        before = self.model._default_manager.filter(
            interview=OuterRef("interview"), position__lte=OuterRef("position")
        ).exclude(question="")
        return self.annotate(asked=Subquery(before.order_by("-position", "-pk").values("question")[:1]))

    def with_place(self) -> Self:
        """Each with its film and makers, and the question that was really put (2 queries in all)."""
        return (
            self.with_asked()
            .select_related("interview__film__edition", "speaker")
            .prefetch_related("interview__film__credits__creator")
            .annotate(content_language=F("source__language"))
            .in_place()
        )

    def in_place(self) -> Self:
        """In the order of the programme."""
        return self.order_by("interview__film__position", "interview_id", "position", "pk")

    def with_number(self) -> Self:
        """Each with `number`: which question of its talk it answers (no query of its own)."""
        asked = self.model._default_manager.filter(
            interview=OuterRef("interview"), position__lte=OuterRef("position")
        ).exclude(question="")
        counted = asked.order_by().values("interview").annotate(total=Count("pk")).values("total")
        return self.annotate(number=Coalesce(Subquery(counted), 1))

    def asked_in(self, edition: Any) -> Self:
        """The questions, further voices left aside, to the makers of an edition's films."""
        return self.filter(interview__film__edition=edition).exclude(question="")

    def pulled_for(self, edition: Any) -> Self:
        """Those from which a film of the edition takes its pull quote, each with it as `pulled`."""
        return self.filter(
            interview__film__in=edition.films.published().exclude(pull_quote=""),
            interview__film__pull_quote_exchange=F("pk"),
        ).annotate(pulled=F("interview__film__pull_quote"))


class Exchange(Imported):
    """One question with one answer; a further voice on the same question has no question of its own."""

    interview = models.ForeignKey(
        Interview, verbose_name=nouns.INTERVIEW, on_delete=models.CASCADE, related_name="exchanges"
    )
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    anchor = models.PositiveIntegerField(
        _("锚点"), default=0, editable=False, help_text=_("页面上的 #a3；给出后永不改变。")
    )
    question = models.TextField(_("问"), blank=True, help_text=_("另一人回答同一问题时留空。"))
    answer = models.TextField(_("答"))
    speaker = models.ForeignKey(
        Creator, verbose_name=_("答者"), on_delete=models.PROTECT, null=True, blank=True, related_name="exchanges"
    )
    speaker_label = models.CharField(_("答者（原样）"), max_length=100, blank=True)
    topic = models.ForeignKey(
        Topic, verbose_name=nouns.TOPIC, on_delete=models.SET_NULL, null=True, blank=True, related_name="exchanges"
    )

    objects = ExchangeQuerySet.as_manager()

    class Meta(Imported.Meta):
        verbose_name = nouns.EXCHANGE
        verbose_name_plural = nouns.EXCHANGES
        ordering = ["position", "pk"]
        indexes = [
            # Serves an interview read in order; and which questions and speakers hidden talk is taken off, without
            # a look at its answers.
            models.Index(fields=["interview", "position", "topic", "speaker"], name="exchange_in_order"),
            # Serves the answers to one question, and how many there are of each.
            models.Index(fields=["topic", "interview", "position"], name="exchange_topic"),
            # Serves the filter by who answers: in how many interviews each person speaks.
            models.Index(fields=["speaker", "interview"], name="exchange_speaker"),
        ]

    def __str__(self) -> str:
        return self.question[:40] or self.answer[:40]

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        if not self.anchor:
            self.anchor = self.interview.next_anchor()
            Interview.objects.filter(pk=self.interview_id).update(last_anchor=self.interview.last_anchor)
            if update_fields is not None:
                update_fields = {*update_fields, "anchor"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self) -> str:
        return f"{self.interview.get_absolute_url()}#a{self.anchor}"
