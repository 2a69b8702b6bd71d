"""What entries lack, said once: the board, the to-do list and the list filter all ask here."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import pgettext_lazy

from films.checking.places import dead_places
from films.choices import MediaFault, TitleOrigin
from films.models import Creator, Credit, Film, Interview, MediaCheck, Portrait, Poster, Source, Still, ToolUse
from films.suggestions import unfiled

# A name without any of these is read in English as it stands.
HAN = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
PREFIX = "lacks_"


class Kind(StrEnum):
    """What an editor does about a gap: look it up, decide it, translate it, file it, find a picture, mend it."""

    STATED = "stated"
    UNCONFIRMED = "unconfirmed"
    ENGLISH = "english"
    TOPIC = "topic"
    PICTURE = "picture"
    BROKEN = "broken"


KIND_LABELS = {
    Kind.STATED: pgettext_lazy("gaps", "未载"),
    Kind.UNCONFIRMED: pgettext_lazy("gaps", "待确认"),
    Kind.ENGLISH: pgettext_lazy("gaps", "英文"),
    Kind.TOPIC: pgettext_lazy("gaps", "同题"),
    Kind.PICTURE: pgettext_lazy("gaps", "图片"),
    Kind.BROKEN: pgettext_lazy("gaps", "失效"),
}


class Gap(NamedTuple):
    """One thing that a film may lack, and how to find the films that lack it."""

    name: str
    label: Any
    kind: Kind
    condition: Callable[[], Any]


def of_film(rows: QuerySet[Any], path: str = "film") -> Q:
    """The films that some rows belong to: found once for all, where a question for each film would take minutes."""
    return Q(pk__in=rows.filter(**{f"{path}__isnull": False}).order_by().values(path))


def doubtful() -> Q:
    """Never published, and the report on its article still holds doubts: nobody has looked at them."""
    sources = Source.objects.annotate(told=Cast("report", TextField())).filter(told__contains='"doubt": true')
    return Q(first_published_at=None, source__in=sources.order_by().values("pk"))


def unnamed_in_english() -> QuerySet[Any]:
    return Credit.objects.filter(creator__name_en="", creator__name__regex=HAN)


def unworded() -> Q:
    """Pictures that somebody who cannot see them, in either language, learns nothing of."""
    return Q(alt="") | Q(alt_en="")


def without_words() -> Q:
    """Films of which a picture lacks words: its own, or of its makers."""
    portraits = Portrait.objects.filter(unworded()).values("creator")
    pictures = of_film(Poster.objects.filter(unworded())) | of_film(Still.objects.filter(unworded()))
    return pictures | of_film(Credit.objects.filter(creator__in=portraits))


def unpictured() -> Q:
    """Films without a poster, or whose poster's file is lost."""
    lost = MediaCheck.objects.filter(fault__in=[MediaFault.MISSING, MediaFault.ALTERED])
    return ~of_film(Poster.objects.exclude(image__in=lost.values("name")))


def leading_nowhere() -> Q:
    """Films that are watched, or whose makers are found, at an address that is dead (1 query while none is)."""
    places = [place for place, _row in dead_places()]
    makers = [place.pk for place in places if place.model is Creator]
    films = [place.pk for place in places if place.model is Film]
    return Q(pk__in=films) | of_film(Credit.objects.filter(creator__in=makers))


def reads_as_foreign(name: str) -> bool:
    """Whether readers of English cannot read the name as it stands."""
    return re.search(HAN, name) is not None


# To add a column to the board, add a line here and its field to `FIELDS` in films/admin/board.py.
GAPS = (
    Gap("title", pgettext_lazy("gap", "片名"), Kind.STATED, lambda: Q(title="")),
    Gap("maker", pgettext_lazy("gap", "创作者"), Kind.STATED, lambda: ~of_film(Credit.objects.all())),
    Gap("synopsis", pgettext_lazy("gap", "剧情简介"), Kind.STATED, lambda: Q(synopsis="")),
    Gap("runtime", pgettext_lazy("gap", "片长"), Kind.STATED, lambda: Q(runtime_seconds=None)),
    Gap("year", pgettext_lazy("gap", "制作时间"), Kind.STATED, lambda: Q(made_from="", made_to="")),
    Gap("tools", pgettext_lazy("gap", "工具"), Kind.STATED, lambda: ~of_film(ToolUse.objects.all())),
    Gap("interview", pgettext_lazy("gap", "访谈"), Kind.STATED, lambda: ~of_film(Interview.objects.all())),
    Gap(
        "interviewer",
        pgettext_lazy("gap", "采访者"),
        Kind.STATED,
        lambda: of_film(Interview.objects.filter(interviewer="")),
    ),
    Gap("source", pgettext_lazy("gap", "来源"), Kind.STATED, lambda: Q(source=None)),
    Gap(
        "origin",
        pgettext_lazy("gap", "片名出处"),
        Kind.UNCONFIRMED,
        lambda: Q(title_origin=TitleOrigin.STATED_BY_MAKER),
    ),
    Gap("doubts", pgettext_lazy("gap", "来源疑点"), Kind.UNCONFIRMED, doubtful),
    Gap("title_en", pgettext_lazy("gap", "英文片名"), Kind.ENGLISH, lambda: ~Q(title="") & Q(title_en="")),
    Gap("synopsis_en", pgettext_lazy("gap", "英文简介"), Kind.ENGLISH, lambda: ~Q(synopsis="") & Q(synopsis_en="")),
    Gap("name_en", pgettext_lazy("gap", "英文名"), Kind.ENGLISH, lambda: of_film(unnamed_in_english())),
    Gap("topic", pgettext_lazy("gap", "归题"), Kind.TOPIC, lambda: of_film(unfiled(), "interview__film")),
    Gap("picture", pgettext_lazy("gap", "海报图"), Kind.PICTURE, unpictured),
    Gap("alt", pgettext_lazy("gap", "替代文字"), Kind.PICTURE, without_words),
    Gap("dead_link", pgettext_lazy("gap", "失效网址"), Kind.BROKEN, leading_nowhere),
)
BY_NAME = {gap.name: gap for gap in GAPS}


def lacking(films: QuerySet[Any], name: str) -> QuerySet[Any]:
    """The films that lack one thing; an unknown name changes nothing."""
    return films.filter(BY_NAME[name].condition()) if name in BY_NAME else films


def counts(films: QuerySet[Any]) -> dict[str, int]:
    """How many of the films lack what, and how many there are under `all` (one query, one more for dead addresses)."""
    # Not the plain names: a later condition on `title` would then mean the count.
    counted = {f"{PREFIX}{gap.name}": Count("pk", filter=gap.condition()) for gap in GAPS}
    found = films.order_by().aggregate(number=Count("pk"), **counted)
    return {"all": found["number"]} | {gap.name: found[f"{PREFIX}{gap.name}"] for gap in GAPS}


def with_gap_count(films: QuerySet[Any]) -> QuerySet[Any]:
    """Each with `gap_count`: how many things it lacks (no query of its own)."""
    ones: Any = Value(0)
    for gap in GAPS:
        ones = ones + Case(When(gap.condition(), then=1), default=0, output_field=IntegerField())
    found: QuerySet[Any] = films.annotate(gap_count=ones)
    return found


def with_gaps(films: QuerySet[Any]) -> QuerySet[Any]:
    """Each with `lacks_title` and so on: true or false (no query of its own)."""
    output = BooleanField()
    lacks = {f"{PREFIX}{gap.name}": ExpressionWrapper(Q(gap.condition()), output_field=output) for gap in GAPS}
    found: QuerySet[Any] = films.annotate(**lacks)
    return found


def gaps_of(film: Film) -> set[str]:
    """What a film of `with_gaps` lacks (no query)."""
    return {gap.name for gap in GAPS if getattr(film, f"{PREFIX}{gap.name}")}
