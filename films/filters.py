"""What the lists of films and interviews can be narrowed to: OR inside a filter, AND across."""

from collections.abc import Callable, Iterable
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from films.forms import QueryField
from films.models import Creator, Credit, Edition, Exchange, Film, Interview, Tool, ToolUse, Topic
from films.search import matching_film_ids, matching_interview_ids

NOT_STATED = "none"
MINUTE = 60

RUNTIMES = {
    "0-3": (_("3 分钟以内"), Q(runtime_seconds__lt=3 * MINUTE)),
    "3-5": (_("3–5 分钟"), Q(runtime_seconds__gte=3 * MINUTE, runtime_seconds__lt=5 * MINUTE)),
    "5-10": (_("5–10 分钟"), Q(runtime_seconds__gte=5 * MINUTE, runtime_seconds__lt=10 * MINUTE)),
    "10-": (_("10 分钟以上"), Q(runtime_seconds__gte=10 * MINUTE)),
    NOT_STATED: (_("未标注"), Q(runtime_seconds=None)),
}

UNTITLED_LAST = Case(When(title_sort="", then=Value(1)), default=Value(0))

FILM_ORDERS: dict[str, tuple[Any, tuple[Any, ...]]] = {
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
    "runtime": (_("片长"), (F("runtime_seconds").asc(nulls_last=True), "pk")),
}

INTERVIEW_ORDERS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "newest": (_("最新"), ("-first_published_at", "-pk")),
    "oldest": (_("最早"), ("first_published_at", "pk")),
}

Choices = list[tuple[str, Any]]


def named(rows: Iterable[Any]) -> Choices:
    """Slug and name of each row, in the language of the page."""
    english = get_language() == "en"
    return [(row.slug, (english and row.name_en) or row.name) for row in rows]


def editions() -> Choices:
    """Theme and year of each edition."""
    english = get_language() == "en"
    rows = Edition.objects.published().only("slug", "name", "theme", "theme_en", "year")
    themes = [((english and row.theme_en) or row.theme or row.name or str(row), row) for row in rows]
    return [(row.slug, f"{theme} {row.year}" if row.year else theme) for theme, row in themes]


def creators() -> Choices:
    return named(Creator.objects.published().only("slug", "name", "name_en"))


def tools() -> Choices:
    return [*named(Tool.objects.published()), (NOT_STATED, _("未标注"))]


def topics() -> Choices:
    return named(Topic.objects.published())


def several(label: Any, method: str) -> filters.MultipleChoiceFilter:
    """A group of boxes; its choices are read when the list is asked for."""
    return filters.MultipleChoiceFilter(label=label, method=method, widget=forms.CheckboxSelectMultiple)


class QueryFilter(filters.CharFilter):
    field_class = QueryField


def words(method: str) -> QueryFilter:
    """Words that must all stand in the entry."""
    return QueryFilter(label=_("搜索"), method=method, max_length=200)


def order_of(orders: dict[str, tuple[Any, tuple[Any, ...]]]) -> filters.ChoiceFilter:
    """One order out of several; the first is the usual one."""
    choices = [(key, label) for key, (label, _fields) in orders.items()]
    return filters.ChoiceFilter(label=_("排序"), method="in_order", choices=choices, empty_label=None)


class ListFilter(filters.FilterSet):
    """Choices come from public rows only. A value that is no choice is an error, never a query."""

    choices: dict[str, Callable[[], Choices]] = {}
    orders: dict[str, tuple[Any, tuple[Any, ...]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in self.choices.items():
            self.filters[name].extra["choices"] = rows()

    @property
    def results(self) -> QuerySet[Any]:
        """What matches, in order; nothing when the address asks for something that is not there."""
        found: QuerySet[Any] = self.qs
        if not self.is_valid():
            return found.none()
        return found if self.form.cleaned_data["sort"] else self.in_order(found, "sort", next(iter(self.orders)))

    def in_order(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.order_by(*self.orders[value][1])

    @property
    def chosen(self) -> list[dict[str, str]]:
        """Each choice made, with its words, so that the page can offer to drop it."""
        if not self.is_valid():
            return []
        return [chip for name in self.choices for chip in self._chips(name)]

    def _chips(self, name: str) -> list[dict[str, str]]:
        words = dict(self.filters[name].extra["choices"])
        return [
            {
                "label": str(self.form.fields[name].label),
                "words": str(words[value]),
                "without": self.address_without(name, value),
            }
            for value in self.form.cleaned_data[name] or []
        ]

    def address_without(self, name: str, value: str) -> str:
        """The query of this list less one choice, back on its first page."""
        data: Any = self.data
        query: QueryDict = data.copy()
        query.pop("page", None)
        query.setlist(name, [other for other in query.getlist(name) if other != value])
        return f"?{query.urlencode()}"


class FilmFilter(ListFilter):
    edition = several(_("届次"), "in_edition")
    creator = several(_("创作者"), "by_creator")
    tool = several(_("工具"), "with_tool")
    topic = several(_("同题"), "on_topic")
    runtime = several(_("片长"), "of_runtime")
    q = words("holding")
    sort = order_of(FILM_ORDERS)

    choices = {
        "edition": editions,
        "creator": creators,
        "tool": tools,
        "topic": topics,
        "runtime": lambda: [(key, label) for key, (label, _condition) in RUNTIMES.items()],
    }
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

    def with_tool(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        uses = ToolUse.objects.filter(tool__slug__in=value)
        wanted = Q(pk__in=uses.values("film"))
        if NOT_STATED in value:
            wanted |= ~Q(pk__in=ToolUse.objects.values("film"))
        return queryset.filter(wanted)

    def on_topic(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        answers = Exchange.objects.published().filter(topic__slug__in=value, interview__film__isnull=False)
        return queryset.filter(pk__in=answers.values("interview__film"))

    def of_runtime(self, queryset: QuerySet[Film], name: str, value: list[str]) -> QuerySet[Film]:
        wanted = Q()
        for key in value:
            wanted |= RUNTIMES[key][1]
        return queryset.filter(wanted)


class InterviewFilter(ListFilter):
    edition = several(_("届次"), "in_edition")
    creator = several(_("答者"), "with_speaker")
    topic = several(_("同题"), "on_topic")
    q = words("holding")
    sort = order_of(INTERVIEW_ORDERS)

    choices = {"edition": editions, "creator": creators, "topic": topics}
    orders = INTERVIEW_ORDERS

    class Meta:
        model = Interview
        fields: list[str] = []

    def holding(self, queryset: QuerySet[Interview], name: str, value: str) -> QuerySet[Interview]:
        found: Any = matching_interview_ids(value)
        return queryset.filter(pk__in=found)

    def in_edition(self, queryset: QuerySet[Interview], name: str, value: list[str]) -> QuerySet[Interview]:
        return queryset.filter(Q(edition__slug__in=value) | Q(film__edition__slug__in=value))

    def with_speaker(self, queryset: QuerySet[Interview], name: str, value: list[str]) -> QuerySet[Interview]:
        return queryset.filter(pk__in=Exchange.objects.filter(speaker__slug__in=value).values("interview"))

    def on_topic(self, queryset: QuerySet[Interview], name: str, value: list[str]) -> QuerySet[Interview]:
        return queryset.filter(pk__in=Exchange.objects.filter(topic__slug__in=value).values("interview"))
