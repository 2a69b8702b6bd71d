"""The numbers on the front page, drawn: only what this person may see, each chart one query."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Count, F, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from films.admin.reports import percentage
from films.admin.seen import may_view, seen
from films.charts import Bar, Chart, Group, most_of
from films.choices import Status
from films.models import Edition, Exchange, Film, Interview, Source, ToolUse, Topic

NEWEST_SOURCES = 8
NEWEST_EDITIONS = 3
MOST_TOOLS = 8
FILLS = {Status.PUBLISHED: 1, Status.REVIEW: 2, Status.DRAFT: 3, Status.ARCHIVED: 4}


def charts(request: HttpRequest) -> list[Chart]:
    """Every chart that this person may see and that has something to show (4 queries at most)."""
    drawn = (states(request), coverage(request), answers(request), tools(request))
    return [chart for chart in drawn if chart and not chart.is_empty]


def changelist(model: Any, **lookups: Any) -> str:
    query = f"?{urlencode(lookups)}" if lookups else ""
    return reverse(f"admin:films_{model._meta.model_name}_changelist") + query


def states(request: HttpRequest) -> Chart | None:
    """Entries by state: films, interviews, editions (1 query)."""
    models: list[Any] = [model for model in (Film, Interview, Edition) if may_view(request, model)]
    if not models:
        return None
    counted = {(kind, status): number for kind, status, number in union_of(request, models)}
    groups = [
        Group(
            tuple(
                Bar(
                    str(status.label),
                    counted[model._meta.model_name, status.value],
                    url=changelist(model, status__exact=status.value),
                    fill=FILLS[status],
                )
                for status in Status
                if (model._meta.model_name, status.value) in counted
            ),
            capfirst(str(model._meta.verbose_name_plural)),
        )
        for model in models
    ]
    return Chart("states", _("条目与状态"), tuple(group for group in groups if group.bars))


def union_of(request: HttpRequest, models: list[Any]) -> QuerySet[Any, Any]:
    """Kind, state and number, for several kinds in one query."""
    parts = [
        seen(request, model)
        .order_by()
        .annotate(kind=Value(model._meta.model_name, CharField()))
        .values("kind", "status")
        .annotate(number=Count("pk"))
        .values_list("kind", "status", "number")
        for model in models
    ]
    first, *others = parts
    found: QuerySet[Any, Any] = first.union(*others, all=True) if others else first
    return found


def coverage(request: HttpRequest) -> Chart | None:
    """The share of each article's body that landed in a row, for the newest articles (1 query)."""
    if not may_view(request, Source):
        return None
    newest = seen(request, Source).order_by("-imported_at", "-pk")
    rows = newest.annotate(covered=F("report__coverage")).values_list("pk", "headline", "name", "covered")
    bars = tuple(bar for row in rows[:NEWEST_SOURCES] if (bar := coverage_bar(*row)))
    return Chart("coverage", _("正文入库：最近的来源文章"), (Group(bars),), full=100)


def coverage_bar(key: int, headline: str, name: str, covered: dict[str, Any] | None) -> Bar | None:
    share = percentage(covered or {})
    url = reverse("admin:films_source_change", args=[key])
    return Bar(headline or name, float(share), f"{float(share):g} %", url) if share else None


def answers(request: HttpRequest) -> Chart | None:
    """Answers under each topic, and those under none (1 query)."""
    if not may_view(request, Exchange, Topic):
        return None
    counted = (
        seen(request, Exchange).order_by("topic__position", "topic__name").values("topic").annotate(n=Count("pk"))
    )
    rows = counted.values_list("topic", "topic__name", "topic__name_en", "n")
    return Chart("answers", _("每题的回答"), (Group(tuple(topic_bars(rows))),))


def topic_bars(rows: Any) -> Iterator[Bar]:
    """Topics in their order; what is filed under none comes last."""
    listed = sorted(rows, key=lambda row: row[0] is None)
    for key, name, name_en, number in listed:
        if key is None:
            yield Bar(_("没有归题"), number, url=changelist(Exchange, topic__isempty=1), fill=3)
        else:
            yield Bar(in_language(name, name_en), number, url=changelist(Exchange, topic__id__exact=key))


def in_language(name: str, name_en: str) -> str:
    return name_en if name_en and get_language() == "en" else name


def tools(request: HttpRequest) -> Chart | None:
    """Which tools the films of the newest editions used, by the number of films (1 query)."""
    if not may_view(request, Film, Edition):
        return None
    newest = seen(request, Edition).values("pk")[:NEWEST_EDITIONS]
    uses = ToolUse.objects.filter(film__in=seen(request, Film).values("pk"), film__edition__in=newest)
    names = ("film__edition__name", "film__edition__theme", "film__edition__year", "tool", "tool__name")
    rows = uses.order_by().values("film__edition", *names).annotate(n=Count("film", distinct=True))
    groups: dict[Any, list[Bar]] = {}
    labels: dict[Any, str] = {}
    ordered = rows.order_by(F("film__edition__year").desc(nulls_last=True), "-film__edition", "-n", "tool__name")
    for edition, name, theme, year, tool, tool_name, number in ordered.values_list("film__edition", *names, "n"):
        labels[edition] = f"{theme or name} {year or ''}".strip()
        url = reverse("admin:films_tool_change", args=[tool])
        groups.setdefault(edition, []).append(Bar(tool_name, number, url=url))
    drawn = tuple(Group(most_of(bars, MOST_TOOLS), labels[edition]) for edition, bars in groups.items())
    return Chart("tools", _("各届所用工具（短片数）"), drawn)
