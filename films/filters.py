"""What the lists of films and interviews can be narrowed to: OR inside a filter, AND across."""

from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from films.facets import NOT_STATED
from films.list_facets import FILM_FACETS, INTERVIEW_FACETS, NEWEST_FACET, PROGRAMME_FACET, YEAR
from films.list_filter import ListFilter, order_of, several, words
from films.list_orders import FILM_ORDERS, INTERVIEW_ORDERS, RUNTIMES, STATED, YES
from films.models import Credit, Exchange, Film, Interview, ToolUse
from films.search import matching_film_ids, matching_interview_ids

TITLE = Case(When(title_sort="", then=Value(NOT_STATED)), default=Value(STATED))


def talked_about() -> Exists:
    """Whether visitors can read an interview about the film."""
    return Exists(Interview.objects.published().filter(film=OuterRef("pk")))


def stating_no_tool() -> Q:
    return ~Q(Exists(ToolUse.objects.filter(film=OuterRef("pk"))))


class FilmFilter(ListFilter):
    theme = several(_("主题"), "under_theme")
    tool = several(_("工具"), "with_tool")
    runtime = several(_("时长"), "of_runtime")
    title = several(_("片名"), "titled")
    interview = several(_("访谈"), "with_interview")
    topic = several(_("同题"), "on_topic")
    creator = several(_("创作者"), "by_creator")
    edition = several(_("届次"), "in_edition")
    q = words("holding")
    sort = order_of(FILM_ORDERS)

    facets = FILM_FACETS
    unoffered = PROGRAMME_FACET
    orders = FILM_ORDERS

    class Meta:
        model = Film
        fields: list[str] = []

    def holding(self, queryset: QuerySet[Film], name: str, value: str) -> QuerySet[Film]:
        return self.among(queryset, name, value, matching_film_ids)

    def in_edition(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        return self.where(queryset, Q(edition__in=self.keys(name, value))) if value else queryset

    def by_creator(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        return self.linked(queryset, Credit.objects, "creator", value)

    def under_theme(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        return self.linked(queryset, Film.themes.through.objects, "theme", value)

    def with_tool(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        stated = [slug for slug in value if slug != NOT_STATED]
        if NOT_STATED not in value:
            return self.linked(queryset, ToolUse.objects, "tool", stated)
        used = ToolUse.objects.filter(film=OuterRef("pk"), tool__in=self.keys(name, stated))
        return queryset.filter(Q(Exists(used)) | stating_no_tool())

    def linked(self, films: QuerySet[Film], links: Any, noun: str, slugs: list[str]) -> QuerySet[Film]:
        """Films tied to one of these rows, asked film by film: so a page of a common value reads no more than it shows."""
        if not slugs:
            return films
        return films.filter(self.having(links.filter(**{f"{noun}__in": self.keys(noun, slugs)}), "film"))

    def on_topic(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        if not value:
            return queryset
        answers = Exchange.objects.filter(topic__in=self.keys(name, value))
        talks = Interview.objects.published().filter(self.having(answers, "interview"), film__isnull=False)
        return queryset.filter(self.having(talks, "film"))

    def of_runtime(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        wanted = Q()
        for key in value:
            wanted |= RUNTIMES[key][1]
        return self.where(queryset, wanted) if value else queryset

    def titled(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        if set(value) == {NOT_STATED}:
            untitled = Film.objects.published().filter(title_sort="").order_by().values("pk")
            # For a count from their index; else each film would be looked at in the order of the list.
            return self.where(queryset, Q(pk__in=untitled) if self.is_counting else Q(title_sort=""))
        return queryset.alias(titled=Cast(TITLE, CharField())).filter(titled__in=value)

    def with_interview(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        if len(set(value)) > 1:
            return queryset
        return queryset.filter(talked_about() if YES in value else ~talked_about())


class InterviewFilter(ListFilter):
    topic = several(_("同题"), "on_topic")
    interviewer = several(_("采访"), "asked_by")
    year = several(_("年份"), "of_year")
    creator = several(_("答者"), "with_speaker")
    edition = several(_("届次"), "in_edition")
    q = words("holding")
    sort = order_of(INTERVIEW_ORDERS)

    facets = INTERVIEW_FACETS
    unoffered = NEWEST_FACET
    orders = INTERVIEW_ORDERS

    class Meta:
        model = Interview
        fields: list[str] = []

    def holding(self, queryset: QuerySet[Interview], name: str, value: str) -> QuerySet[Interview]:
        return self.among(queryset, name, value, matching_interview_ids)

    def in_edition(self, queryset: QuerySet[Interview], name: str, value: list[str]) -> QuerySet[Interview]:
        """The film's edition, or the talk's own where it is about no film of one."""
        own = Q(film__edition=None, edition__slug__in=value)
        return queryset.filter(Q(film__edition__slug__in=value) | own)

    def asked_by(self, queryset: QuerySet[Interview], name: str, value: list[str]) -> QuerySet[Interview]:
        return queryset.filter(interviewer__in=value)

    def of_year(self, queryset: QuerySet[Interview], name: str, value: list[str]) -> QuerySet[Interview]:
        return queryset.alias(year=YEAR).filter(year__in=[int(year) for year in value])

    def with_speaker(self, queryset: QuerySet[Interview], name: str, value: list[str]) -> QuerySet[Interview]:
        return self.holding_answers(queryset, "speaker", self.keys(name, value))

    def on_topic(self, queryset: QuerySet[Interview], name: str, value: list[str]) -> QuerySet[Interview]:
        return self.holding_answers(queryset, "topic", self.keys(name, value))

    def holding_answers(self, talks: QuerySet[Interview], noun: str, keys: list[int]) -> QuerySet[Interview]:
        """Interviews with an answer by one of these people, or to one of these questions, asked one by one."""
        if not keys:
            return talks
        return talks.filter(self.having(Exchange.objects.filter(**{f"{noun}__in": keys}), "interview"))
