"""What is missing: films as rows, and each gap a link to the field that closes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from films import missing
from films.admin.board_links import Link, PictureLinks, broken, change_url, lost
from films.admin.labels import makers_of
from films.admin.points import TITLES
from films.admin.returning import returning
from films.admin.seen import may_view, seen
from films.choices import Status
from films.models import Creator, Credit, Edition, Exchange, Film, Interview, Source
from films.suggestions import unfiled
from films.text import excerpt

PER_PAGE = 50
LISTED_QUESTIONS = 6

# Gap → the control of the film's own form that closes it.
FIELDS = {
    "title": "id_title",
    "maker": "credits-group",
    "synopsis": "id_synopsis",
    "runtime": "id_runtime_seconds",
    "year": "id_made_to",
    "tools": "tool_uses-group",
    "source": "content-start",
    "origin": "id_title_origin",
    "title_en": "id_title_en",
    "synopsis_en": "id_synopsis_en",
    "picture": "poster-group",
}
# What there is to do about a gap, in as few letters as a narrow column has room for.
VERBS = {
    missing.Kind.STATED: pgettext_lazy("close a gap", "补"),
    missing.Kind.UNCONFIRMED: pgettext_lazy("close a gap", "确认"),
    missing.Kind.ENGLISH: pgettext_lazy("close a gap", "译"),
    missing.Kind.TOPIC: pgettext_lazy("close a gap", "归题"),
    missing.Kind.PICTURE: pgettext_lazy("close a gap", "补"),
    missing.Kind.BROKEN: pgettext_lazy("close a gap", "修"),
}
ORDERS = {
    "-gaps": (gettext_lazy("缺得最多的在前"), ("-gap_count", "title_sort", "pk")),
    "gaps": (gettext_lazy("缺得最少的在前"), ("gap_count", "title_sort", "pk")),
    "title": (gettext_lazy("按片名"), ("title_sort", "pk")),
    "programme": (gettext_lazy("按节目单"), ("edition", F("position").asc(nulls_last=True), "pk")),
    "-new": (gettext_lazy("新建的在前"), ("-pk",)),
}
WORKING = "working"


class Cell(NamedTuple):
    gap: missing.Gap
    links: tuple[Link, ...]
    # Whether a group of columns begins here.
    is_first: bool = False


class Row(NamedTuple):
    film: Film
    makers: str
    url: str
    cells: tuple[Cell, ...]


class Choice(NamedTuple):
    """What the person asked to see; anything unknown is left out."""

    edition: str = ""
    state: str = WORKING
    gap: str = ""
    order: str = "-gaps"

    @classmethod
    def of(cls, request: HttpRequest) -> Choice:
        asked = request.GET
        state, order = asked.get("state", ""), asked.get("order", "")
        return cls(
            edition=asked.get("edition", "") if asked.get("edition", "").isdecimal() else "",
            state=state if state in {*Status.values, "all"} else WORKING,
            gap=asked.get("missing", "") if asked.get("missing", "") in missing.BY_NAME else "",
            order=order if order in ORDERS else "-gaps",
        )

    def query(self, **changes: Any) -> str:
        """The query string of this choice with some of it changed; what is usual goes unsaid."""
        values = {"edition": self.edition, "state": self.state, "missing": self.gap, "order": self.order, **changes}
        usual = {"state": WORKING, "order": "-gaps"}
        return "?" + urlencode({name: v for name, v in values.items() if v and v != usual.get(name)})

    def narrow(self, films: QuerySet[Any]) -> QuerySet[Any]:
        """The films of the edition and the state, whatever they lack."""
        if self.edition:
            films = films.filter(edition=int(self.edition))
        if self.state == WORKING:
            films = films.exclude(status=Status.ARCHIVED)
        elif self.state != "all":
            films = films.filter(status=self.state)
        return films


def page_of(films: QuerySet[Any], choice: Choice, number: str, total: int) -> Any:
    """One page of films with what they lack; only these are looked at closely (3 queries)."""
    ordered = missing.with_gap_count(missing.lacking(films, choice.gap)).order_by(*ORDERS[choice.order][1])
    paginator = Paginator(ordered.values_list("pk", "gap_count"), PER_PAGE)
    # Counted already, with the gaps.
    paginator.__dict__["count"] = total
    page = paginator.get_page(number)
    counts = dict(page.object_list)
    rows = missing.with_gaps(Film.objects.filter(pk__in=list(counts))).select_related("edition")
    rows = with_places(rows).defer("statement", "passages", "imported")
    credits = Credit.objects.select_related("creator")
    by_key = {row.pk: row for row in rows.prefetch_related(Prefetch("credits", credits))}
    page.object_list = [by_key[key] for key in counts if key in by_key]
    for row in page.object_list:
        row.gap_count = counts[row.pk]
    return page


def with_places(films: QuerySet[Any]) -> QuerySet[Any]:
    """Each with what its links need beyond its own columns (no query of its own)."""
    unasked = Interview.objects.filter(film=OuterRef("pk"), interviewer="").order_by("pk").values("pk")[:1]
    rows: QuerySet[Any] = films.annotate(points=F("source__report__points"), talk=Subquery(unasked))
    return rows


class Linker(PictureLinks):
    """Knows for the films of one page where each of their gaps is closed (1 query)."""

    def __init__(self, films: list[Any], page: str, user: Any) -> None:
        self.page, self.user, self.keys = page, user, [film.pk for film in films]
        self.questions: dict[int, list[Any]] = defaultdict(list)
        asked = unfiled().filter(interview__film__in=self.keys).order_by("interview", "position", "pk")
        for exchange in asked.values_list("interview__film", "pk", "question"):
            self.questions[exchange[0]].append(exchange)

    def leading_back(self, film: Any, gap: missing.Gap) -> tuple[Link, ...]:
        links = self.links(film, gap)
        return tuple(Link(link.url and returning(link.url, self.page), link.words) for link in links)

    def links(self, film: Any, gap: missing.Gap) -> tuple[Link, ...]:
        elsewhere = getattr(self, gap.name, None)
        if elsewhere is not None:
            return tuple(elsewhere(film))
        return (Link(change_url(film, film.pk, FIELDS[gap.name]), VERBS[gap.kind]),)

    def interview(self, film: Any) -> list[Link]:
        known = {"film": film.pk, "edition": film.edition_id or "", "status": film.status}
        return [Link(f"{reverse('admin:films_interview_add')}?{urlencode(known)}", VERBS[missing.Kind.STATED])]

    def interviewer(self, film: Any) -> list[Link]:
        url = change_url(Interview, film.talk, "id_interviewer")
        return [Link(url, VERBS[missing.Kind.STATED])]

    def doubts(self, film: Any) -> list[Link]:
        """Each kind of doubt once, at its line in the article."""
        doubts = {point["code"]: point for point in film.points or [] if point.get("doubt")}
        return [
            Link(self.change(Source, film.source_id, f"L{point.get('line') or 1}"), TITLES.get(code, _("存疑")))
            for code, point in doubts.items()
        ]

    def name_en(self, film: Any) -> list[Link]:
        makers = dict.fromkeys(credit.creator for credit in film.credits.all())
        return [
            Link(self.change(Creator, maker.pk, "id_name_en"), maker.name)
            for maker in makers
            if not maker.name_en and missing.reads_as_foreign(maker.name)
        ]

    def topic(self, film: Any) -> list[Link]:
        found = self.questions[film.pk][:LISTED_QUESTIONS]
        rows = change_url(film, film.pk, "exchanges-group")
        return [
            Link(self.change(Exchange, key, "id_topic") or rows, excerpt(question, 12))
            for _film, key, question in found
        ]


def rows_of(films: list[Any], page: str, user: Any) -> list[Row]:
    """The rows of a page; the forms that they open lead back to it once they are saved."""
    linker = Linker(films, page, user)
    return [
        Row(film, makers_of(film), returning(change_url(film, film.pk), page), tuple(cells_of(film, linker)))
        for film in films
    ]


def cells_of(film: Any, linker: Linker) -> Iterator[Cell]:
    lacks = missing.gaps_of(film)
    for before, gap in zip((None, *missing.GAPS), missing.GAPS, strict=False):
        links = linker.leading_back(film, gap) if gap.name in lacks else ()
        yield Cell(gap, links, is_first=before is None or before.kind != gap.kind)


def columns(choice: Choice, counted: dict[str, int]) -> list[dict[str, Any]]:
    """The heads of the table in their groups, each with how many films lack it."""
    groups: dict[missing.Kind, list[dict[str, Any]]] = defaultdict(list)
    for gap in missing.GAPS:
        is_chosen = gap.name == choice.gap
        query = choice.query(missing="" if is_chosen else gap.name)
        groups[gap.kind].append({"gap": gap, "count": counted[gap.name], "query": query, "is_chosen": is_chosen})
    return [{"label": missing.KIND_LABELS[kind], "columns": heads} for kind, heads in groups.items()]


def board(request: HttpRequest) -> TemplateResponse:
    """The page itself: a constant number of queries, whatever there is."""
    if not may_view(request, Film):
        raise PermissionDenied
    choice = Choice.of(request)
    films = choice.narrow(seen(request, Film))
    counted = missing.counts(films)
    page = page_of(films, choice, request.GET.get("page", "1"), counted[choice.gap or "all"])
    context = admin.site.each_context(request) | {
        "title": _("缺什么"),
        "choice": choice,
        "groups": columns(choice, counted),
        "rows": rows_of(list(page.object_list), request.get_full_path(), request.user),
        "page": page,
        "total": counted[choice.gap or "all"],
        "editions": Edition.objects.only("pk", "name", "theme", "year"),
        "states": [(WORKING, _("未归档")), ("all", _("全部")), *Status.choices],
        "orders": [(name, words) for name, (words, _order) in ORDERS.items()],
        "gaps": missing.GAPS,
        "broken": broken(request.user),
        "lost": lost(),
        "previous": choice.query(page=page.previous_page_number()) if page.has_previous() else "",
        "next": choice.query(page=page.next_page_number()) if page.has_next() else "",
    }
    return TemplateResponse(request, "admin/films/board.html", context)


def todo(request: HttpRequest) -> list[dict[str, Any]]:
    """What films still lack, with the board of those films (one query)."""
    if not may_view(request, Film):
        return []
    choice = Choice()
    counted = missing.counts(choice.narrow(seen(request, Film)))
    url = reverse("admin:board")
    return [
        {"gap": gap, "count": counted[gap.name], "url": url + choice.query(missing=gap.name)}
        for gap in missing.GAPS
        if counted[gap.name]
    ]
