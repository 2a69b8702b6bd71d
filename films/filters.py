"""What the lists of films and interviews can be narrowed to: OR inside a filter, AND across."""

from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, ExtractYear
from django.utils.translation import gettext_lazy as _

from films.facets import NOT_STATED, Facet, tally, values_of
from films.list_filter import ListFilter, Orders, order_of, several, words
from films.models import Creator, Credit, Edition, Exchange, Film, Interview, Theme, Tool, ToolUse, Topic
from films.search import matching_film_ids, matching_interview_ids

MINUTE = 60
STATED, YES, NO = "stated", "yes", "no"

RUNTIMES = {
    "0-3": (_("3分钟以内"), Q(runtime_seconds__lt=3 * MINUTE)),
    "3-5": (_("3–5分钟"), Q(runtime_seconds__gte=3 * MINUTE, runtime_seconds__lt=5 * MINUTE)),
    "5-10": (_("5–10分钟"), Q(runtime_seconds__gte=5 * MINUTE, runtime_seconds__lt=10 * MINUTE)),
    "10-": (_("10分钟以上"), Q(runtime_seconds__gte=10 * MINUTE)),
    NOT_STATED: (_("未标注"), Q(runtime_seconds=None)),
}
RUNTIME = Case(*(When(condition, then=Value(key)) for key, (_label, condition) in RUNTIMES.items()))
TITLE = Case(When(title="", then=Value(NOT_STATED)), default=Value(STATED))
YEAR = Coalesce(ExtractYear("source__published_on"), ExtractYear("first_published_at"))

UNTITLED_LAST = Case(When(title_sort="", then=Value(1)), default=Value(0))

FILM_ORDERS: Orders = {
    "programme": (
        _("节目顺序"),
        (
            F("edition__year").desc(nulls_last=True),
            F("edition__month").desc(nulls_last=True),
            "-edition",
            F("position").asc(nulls_last=True),
            "pk",
        ),
    ),
    "newest": (_("最新"), ("-first_published_at", "-pk")),
    "title": (_("片名"), (UNTITLED_LAST, "title_sort", "pk")),
    "runtime": (_("时长"), (F("runtime_seconds").asc(nulls_last=True), "pk")),
}

INTERVIEW_ORDERS: Orders = {
    "newest": (_("最新"), ("-first_published_at", "-pk")),
    "oldest": (_("最早"), ("first_published_at", "pk")),
}


def talked_about() -> Exists:
    """Whether visitors can read an interview about the film."""
    return Exists(Interview.objects.published().filter(film=OuterRef("pk")))


def stating_no_tool() -> Q:
    return ~Q(Exists(ToolUse.objects.filter(film=OuterRef("pk"))))


def editions() -> QuerySet[Any]:
    """Theme and year of each edition, newest first."""
    return values_of(
        Edition.objects.published(),
        words=Case(When(theme="", then=F("name")), default=F("theme")),
        english=Case(When(theme="", then=F("name_en")), default=F("theme_en")),
        year=Coalesce("year", 0),
        place=Value(0) - Coalesce("year", 0) * 12 - Coalesce("month", 0),
    )


def creators() -> QuerySet[Any]:
    return values_of(Creator.objects.published(), sorted_by="sort_key")


def topics() -> QuerySet[Any]:
    return values_of(Topic.objects.published(), place="position")


def interviewers() -> QuerySet[Any]:
    """Each name as printed, once."""
    rows = Interview.objects.published().exclude(interviewer="")
    name = "interviewer"
    return values_of(rows, words=name, english=Value(""), slug=name, key=name).distinct()


def years() -> QuerySet[Any]:
    """The years in which the articles appeared, or the talks appeared here; newest first."""
    rows = Interview.objects.published().annotate(stated=YEAR).exclude(stated=None)
    return values_of(
        rows, words="stated", english=Value(""), slug="stated", key="stated", place=-F("stated")
    ).distinct()


FILM_FACETS = {
    "theme": Facet(
        rows=lambda: values_of(Theme.objects.published()),
        counts=lambda films: [tally(Film.themes.through.objects.filter(film__in=films.values("pk")), "theme_id")],
    ),
    "tool": Facet(
        rows=lambda: values_of(Tool.objects.published()),
        fixed=((NOT_STATED, _("未标注")),),
        counts=lambda films: [
            tally(ToolUse.objects.filter(film__in=films.values("pk")), "tool_id", "film"),
            tally(films.filter(stating_no_tool()), Value(NOT_STATED)),
        ],
    ),
    "runtime": Facet(
        fixed=tuple((key, label) for key, (label, _condition) in RUNTIMES.items()),
        counts=lambda films: [tally(films, RUNTIME)],
    ),
    "title": Facet(
        fixed=((STATED, _("已定名")), (NOT_STATED, _("无题"))),
        counts=lambda films: [tally(films, TITLE)],
    ),
    "interview": Facet(
        fixed=((YES, _("有访谈")), (NO, _("没有访谈"))),
        counts=lambda films: [
            tally(films.filter(talked_about()), Value(YES)),
            tally(films.filter(~talked_about()), Value(NO)),
        ],
    ),
    "topic": Facet(
        rows=topics,
        counts=lambda films: [
            tally(
                Exchange.objects.published().filter(topic__isnull=False, interview__film__in=films.values("pk")),
                "topic_id",
                "interview__film",
            )
        ],
    ),
    "creator": Facet(
        rows=creators,
        counts=lambda films: [tally(Credit.objects.filter(film__in=films.values("pk")), "creator_id", "film")],
    ),
    "edition": Facet(rows=editions, counts=lambda films: [tally(films, "edition_id")]),
}


def exchanges_of(interviews: QuerySet[Any], column: str) -> QuerySet[Any]:
    """Their questions and answers that name a topic, or a speaker."""
    return Exchange.objects.filter(interview__in=interviews.values("pk"), **{f"{column}__isnull": False})


INTERVIEW_FACETS = {
    "topic": Facet(rows=topics, counts=lambda talks: [tally(exchanges_of(talks, "topic"), "topic_id", "interview")]),
    "interviewer": Facet(rows=interviewers, counts=lambda talks: [tally(talks, "interviewer")]),
    "year": Facet(rows=years, counts=lambda talks: [tally(talks, YEAR)]),
    "creator": Facet(
        rows=creators, counts=lambda talks: [tally(exchanges_of(talks, "speaker"), "speaker_id", "interview")]
    ),
    "edition": Facet(rows=editions, counts=lambda talks: [tally(talks, Coalesce("film__edition_id", "edition_id"))]),
}


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
    orders = FILM_ORDERS

    class Meta:
        model = Film
        fields: list[str] = []

    def holding(self, queryset: QuerySet[Film], name: str, value: str) -> QuerySet[Film]:
        found: Any = matching_film_ids(value)
        return queryset.filter(pk__in=found)

    def in_edition(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        return queryset.filter(edition__slug__in=value)

    def by_creator(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        return queryset.filter(pk__in=Credit.objects.filter(creator__slug__in=value).values("film"))

    def under_theme(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        filed = Film.themes.through.objects.filter(theme__slug__in=value)
        return queryset.filter(pk__in=filed.values("film"))

    def with_tool(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        wanted = Q(pk__in=ToolUse.objects.filter(tool__slug__in=value).values("film"))
        return queryset.filter(wanted | stating_no_tool() if NOT_STATED in value else wanted)

    def on_topic(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        answers = Exchange.objects.published().filter(topic__slug__in=value, interview__film__isnull=False)
        return queryset.filter(pk__in=answers.values("interview__film"))

    def of_runtime(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        wanted = Q()
        for key in value:
            wanted |= RUNTIMES[key][1]
        return queryset.filter(wanted)

    def titled(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
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
    orders = INTERVIEW_ORDERS

    class Meta:
        model = Interview
        fields: list[str] = []

    def holding(self, queryset: QuerySet[Interview], name: str, value: str) -> QuerySet[Interview]:
        found: Any = matching_interview_ids(value)
        return queryset.filter(pk__in=found)

    def in_edition(self, queryset: QuerySet[Interview], name: str, value: list[str]) -> QuerySet[Interview]:
        """The film's edition, or the talk's own where it is about no film of one."""
        own = Q(film__edition=None, edition__slug__in=value)
        return queryset.filter(Q(film__edition__slug__in=value) | own)

    def asked_by(self, queryset: QuerySet[Interview], name: str, value: list[str]) -> QuerySet[Interview]:
        return queryset.filter(interviewer__in=value)

    def of_year(self, queryset: QuerySet[Interview], name: str, value: list[str]) -> QuerySet[Interview]:
        return queryset.alias(year=YEAR).filter(year__in=[int(year) for year in value])

    def with_speaker(self, queryset: QuerySet[Interview], name: str, value: list[str]) -> QuerySet[Interview]:
        return queryset.filter(pk__in=Exchange.objects.filter(speaker__slug__in=value).values("interview"))

    def on_topic(self, queryset: QuerySet[Interview], name: str, value: list[str]) -> QuerySet[Interview]:
        return queryset.filter(pk__in=Exchange.objects.filter(topic__slug__in=value).values("interview"))
