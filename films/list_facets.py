"""The values of each filter of films and interviews, and how the entries of each are counted."""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, ExtractYear
from django.utils.translation import gettext_lazy as _

from films.facets import NOT_STATED, SOME, Facet, Key, of, tally, values_of
from films.list_orders import NO, RUNTIMES, STATED, YES
from films.models import Creator, Credit, Edition, Exchange, Film, Interview, Source, Theme, Tool, ToolUse, Topic
from films.models.publishable import is_hidden, is_public

SHOWN_YEAR = ExtractYear("first_published_at")
YEAR = Coalesce(ExtractYear("source__published_on"), SHOWN_YEAR)


def editions() -> QuerySet[Any]:
    """Theme and year of each edition, newest first."""
    return values_of(
        Edition.objects.published(),
        words=Case(When(theme="", then=F("name")), default=F("theme")),
        english=Case(When(theme="", then=F("name_en")), default=F("theme_en")),
        year=Coalesce("year", 0),
        place=newest_first(),
    )


def in_programme_order() -> QuerySet[Any]:
    """Every edition, for a film may be public whose edition is not."""
    later_first = Value(10**15) - F("pk")
    return values_of(
        Edition.objects.all(), words="slug", english=Value(""), place=newest_first(), sorted_by=later_first
    )


def newest_first() -> Any:
    return Value(0) - Coalesce("year", 0) * 12 - Coalesce("month", 0)


def creators() -> QuerySet[Any]:
    return values_of(not_hidden(Creator.objects.all()), sorted_by="sort_key")


def topics() -> QuerySet[Any]:
    return values_of(Topic.objects.published(), place="position")


def interviewers() -> QuerySet[Any]:
    """Each name as printed, once: that of its first talk."""
    rows = not_hidden(Interview.objects.exclude(interviewer="")).order_by().values("interviewer")
    firsts = Interview.objects.filter(pk__in=rows.annotate(first=Min("pk")).values("first"))
    name = "interviewer"
    return values_of(firsts, words=name, english=Value(""), slug=name, key=name)


def years() -> list[QuerySet[Any]]:
    """The years in which the articles appeared, or the talks appeared here; newest first."""
    talks = not_hidden(Interview.objects.filter(undated())).annotate(stated=SHOWN_YEAR)
    sources = Source.objects.filter(Exists(Interview.objects.published().filter(source=OuterRef("pk"))))
    printed = sources.annotate(stated=ExtractYear("published_on"))
    return [year_values(rows.exclude(stated=None)) for rows in (talks, printed)]


def not_hidden(rows: QuerySet[Any]) -> QuerySet[Any]:
    """What `published` leaves of them, when all are looked at anyhow."""
    return rows.exclude(pk__in=rows.model._default_manager.hidden().order_by().values("pk"))


def year_values(rows: QuerySet[Any]) -> QuerySet[Any]:
    place = -F("stated")
    return values_of(rows, words="stated", english=Value(""), slug="stated", key="stated", place=place).distinct()


def newest_talks() -> list[QuerySet[Any]]:
    """The day of the newest public talk, where the list begins; and `none` where one has no day."""
    public = Interview.objects.published()
    found = (public.order_by("-first_published_at", "-pk"), public.filter(first_published_at=None).order_by())
    day = Coalesce(Cast("first_published_at", CharField()), Value(NOT_STATED))
    firsts = (Interview.objects.filter(pk__in=rows.values("pk")[:1]) for rows in found)
    return [values_of(rows, words=Value(""), english=Value(""), slug=day) for rows in firsts]


def talks_by_year(talks: QuerySet[Any] | None) -> list[QuerySet[Any]]:
    """By the days on which articles appeared, which are few: to read a year from a date takes longer than to count."""
    rows = of(Interview.objects, "pk", talks)
    printed = tally(rows.filter(source__published_on__isnull=False), "source__published_on")
    return [talks_by_day() if talks is None else printed, tally(rows.filter(undated()), SHOWN_YEAR)]


def talks_by_day() -> QuerySet[Any]:
    """Of all talks, those of each article are counted by their index, and no article is looked up for each talk."""
    talks = Interview.objects.filter(source=OuterRef("pk")).order_by().values("source")
    number = Coalesce(Subquery(talks.annotate(number=Count("pk")).values("number")), 0)
    days = Source.objects.exclude(published_on=None).order_by()
    keyed = days.annotate(value_key=Key("published_on", CharField())).values("value_key")
    counted: QuerySet[Any] = keyed.annotate(value_count=Cast(Sum(number), IntegerField()))
    return counted


def undated() -> Q:
    return Q(source=None) | Q(source__in=Source.objects.filter(published_on=None))


def talks_by_edition(talks: QuerySet[Any] | None) -> list[QuerySet[Any]]:
    rows = of(Interview.objects, "pk", talks)
    own = Q(film=None) | Q(film__in=Film.objects.filter(edition=None).order_by().values("pk"))
    return [tally(rows.filter(film__edition__isnull=False), "film__edition_id"), tally(rows.filter(own), "edition_id")]


def year_of(day: str | None) -> str | None:
    return day and day[:4]


def films_by_topic(films: QuerySet[Any] | None) -> list[QuerySet[Any]]:
    """Nearly every film has one interview: of all, interviews are counted, and films where there are several."""
    if films is not None:
        return [tally(of(public_answers(), "interview__film", films), "topic_id", "interview__film")]
    every_one = Exchange.objects.filter(topic__isnull=False)
    several = public_answers().filter(interview__film__in=films_of_several())
    of_public = several.exclude(interview__film__in=Film.objects.hidden().order_by().values("pk"))
    return [tally(every_one, "topic_id", "interview"), tally(of_public, "topic_id", "interview__film")]


def apart_by_topic(hidden: QuerySet[Any]) -> list[QuerySet[Any]]:
    """Interviews that stand for no public film, or not alone."""
    of_film = Q(film=None) | Q(film__in=hidden.values("pk")) | Q(film__in=films_of_several())
    talks = Interview.objects.filter(of_film | is_hidden())
    apart = Exchange.objects.filter(topic__isnull=False, interview__in=talks.values("pk"))
    return [tally(apart, "topic_id", "interview")]


def films_of_several() -> QuerySet[Any]:
    talks = Interview.objects.filter(film__isnull=False).order_by().values("film")
    found: QuerySet[Any] = talks.annotate(number=Count("pk")).filter(number__gt=1).values("film")
    return found


def public_answers() -> QuerySet[Any]:
    return Exchange.objects.filter(is_public(prefix="interview__"), interview__film__isnull=False, topic__isnull=False)


FILM_FACETS = {
    "theme": Facet(
        rows=lambda: [values_of(Theme.objects.published())],
        links=lambda films: [tally(of(Film.themes.through.objects, "film", films), "theme_id")],
    ),
    "tool": Facet(
        rows=lambda: [values_of(Tool.objects.published())],
        fixed=((NOT_STATED, _("未标注")),),
        links=lambda films: [
            tally(of(ToolUse.objects, "film", films), "tool_id", "film"),
            tally(of(ToolUse.objects, "film", films), Value(SOME), "film"),
        ],
        rest=NOT_STATED,
    ),
    "runtime": Facet(
        fixed=tuple((key, label) for key, (label, _condition) in RUNTIMES.items()),
        counts=lambda films: [
            tally(films.filter(condition), Value(key)) for key, (_label, condition) in RUNTIMES.items()
        ],
    ),
    "title": Facet(
        fixed=((STATED, _("已定名")), (NOT_STATED, _("无题"))),
        counts=lambda films: [tally(films.filter(title_sort=""), Value(key)) for key in (NOT_STATED, SOME)],
        rest=STATED,
    ),
    "interview": Facet(
        fixed=((YES, _("有访谈")), (NO, _("没有访谈"))),
        links=lambda films: [
            tally(
                of(Interview.objects.filter(is_public(at_hand=True), film__isnull=False), "film", films),
                Value(YES),
                "film",
            )
        ],
        rest=NO,
    ),
    "topic": Facet(
        rows=lambda: [topics()],
        is_shared=True,
        links=films_by_topic,
        less=apart_by_topic,
    ),
    "creator": Facet(
        rows=lambda: [creators()],
        is_shared=True,
        links=lambda films: [tally(of(Credit.objects, "film", films), "creator_id", "film")],
    ),
    "edition": Facet(rows=lambda: [editions()], is_shared=True, counts=lambda films: [tally(films, "edition_id")]),
}


def answers_of(talks: QuerySet[Any] | None, column: str) -> QuerySet[Any]:
    """Questions and answers that name a topic, or a speaker."""
    return of(Exchange.objects.filter(**{f"{column}__isnull": False}), "interview", talks)


INTERVIEW_FACETS = {
    "topic": Facet(
        rows=lambda: [topics()],
        is_shared=True,
        links=lambda talks: [tally(answers_of(talks, "topic"), "topic_id", "interview")],
    ),
    "interviewer": Facet(
        rows=lambda: [interviewers()], links=lambda talks: [tally(of(Interview.objects, "pk", talks), "interviewer")]
    ),
    "year": Facet(rows=years, links=talks_by_year, folded=year_of),
    "creator": Facet(
        rows=lambda: [creators()],
        is_shared=True,
        links=lambda talks: [tally(answers_of(talks, "speaker"), "speaker_id", "interview")],
    ),
    "edition": Facet(rows=lambda: [editions()], is_shared=True, links=talks_by_edition),
}

PROGRAMME_FACET = {"programme": Facet(rows=lambda: [in_programme_order()])}
NEWEST_FACET = {"newest": Facet(rows=newest_talks)}
