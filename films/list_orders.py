"""The orders in which lists can be read, each in stretches that an index gives as they stand."""

import datetime as dt
from collections.abc import Callable

from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from films.facets import NOT_STATED
from films.list_filter import ListFilter
from films.list_pages import Order, Orders, Stretch
from films.models.festival import PROGRAMME

MINUTE = 60
STATED, YES, NO = "stated", "yes", "no"

RUNTIMES = {
    "0-3": (_("3分钟以内"), Q(runtime_seconds__lt=3 * MINUTE)),
    "3-5": (_("3–5分钟"), Q(runtime_seconds__gte=3 * MINUTE, runtime_seconds__lt=5 * MINUTE)),
    "5-10": (_("5–10分钟"), Q(runtime_seconds__gte=5 * MINUTE, runtime_seconds__lt=10 * MINUTE)),
    "10-": (_("10分钟以上"), Q(runtime_seconds__gte=10 * MINUTE)),
    NOT_STATED: (_("未标注"), Q(runtime_seconds=None)),
}
UNTITLED_LAST = Case(When(title_sort="", then=Value(1)), default=Value(0))


def programmes(chosen: ListFilter) -> list[Stretch]:
    """The editions one after another, newest first; then what belongs to none."""
    counted, asked = chosen.counts["edition"], chosen.asked_of("edition")
    wanted = {value.key for slug, value in chosen.values["edition"].items() if not asked or slug in asked}
    keys = [value.key for value in chosen.values["programme"].values() if not asked or value.key in wanted]
    stretches = [Stretch(counted.get(key, 0), {"edition": int(key)}, PROGRAMME) for key in keys]
    rest = 0 if asked else counted.get(None, 0)
    return [*stretches, Stretch(rest, {"edition": None}, PROGRAMME)]


def titled_first(chosen: ListFilter) -> list[Stretch]:
    counted, asked = chosen.counts["title"], chosen.asked_of("title") or (STATED, NOT_STATED)
    titled, untitled = (counted.get(key, 0) if key in asked else 0 for key in (STATED, NOT_STATED))
    by_title = ("title_sort", "pk")
    return [Stretch(titled, {"title_sort__gt": ""}, by_title), Stretch(untitled, {"title_sort": ""}, by_title)]


def shortest_first(chosen: ListFilter) -> list[Stretch]:
    counted, asked = chosen.counts["runtime"], chosen.asked_of("runtime") or tuple(RUNTIMES)
    stated = sum(counted.get(key, 0) for key in asked if key != NOT_STATED)
    unstated = counted.get(NOT_STATED, 0) if NOT_STATED in asked else 0
    by_runtime = ("runtime_seconds", "pk")
    return [
        Stretch(stated, {"runtime_seconds__isnull": False}, by_runtime),
        Stretch(unstated, {"runtime_seconds": None}, by_runtime),
    ]


def since_the_newest(columns: tuple[str, ...]) -> Callable[[ListFilter], list[Stretch]]:
    """From the newest public talk on: before it stand those about films still to come, and each film would be looked at."""

    def stretches(chosen: ListFilter) -> list[Stretch]:
        days = chosen.values["newest"]
        is_dated = days and NOT_STATED not in days
        newest = {"first_published_at__lte": moment(max(days))} if is_dated else {}
        return [Stretch(chosen.found, newest, columns)]

    return stretches


def moment(stored: str) -> dt.datetime:
    """A moment as either database casts it to text: in UTC, with its offset or without."""
    return dt.datetime.fromisoformat(stored).replace(tzinfo=dt.UTC)


FILM_ORDERS: Orders = {
    "programme": Order(
        _("节目顺序"),
        (
            F("edition__year").desc(nulls_last=True),
            F("edition__month").desc(nulls_last=True),
            F("edition_id").desc(nulls_last=True),
            *PROGRAMME,
        ),
        programmes,
    ),
    "newest": Order(_("最新"), ("-first_published_at", "-pk")),
    "title": Order(_("片名"), (UNTITLED_LAST, "title_sort", "pk"), titled_first),
    "runtime": Order(_("时长"), (F("runtime_seconds").asc(nulls_last=True), "pk"), shortest_first),
}

NEWEST, OLDEST = ("-first_published_at", "-pk"), ("first_published_at", "pk")

INTERVIEW_ORDERS: Orders = {
    "newest": Order(_("最新"), NEWEST, since_the_newest(NEWEST)),
    "oldest": Order(_("最早"), OLDEST, since_the_newest(OLDEST)),
}
