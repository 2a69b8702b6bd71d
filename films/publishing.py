"""Moves between an entry's states: which there are, who may make them, and what publication asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from films import preview
from films.choices import Status
from films.models import Credit, Edition, Exchange, Film, Interview, Poster, Still
from films.validators import ENDS_TOO_EARLY

Unmet = tuple[str, Any]

MOVES: dict[Status, tuple[Status, ...]] = {
    Status.DRAFT: (Status.REVIEW, Status.PUBLISHED, Status.ARCHIVED),
    Status.REVIEW: (Status.DRAFT, Status.PUBLISHED, Status.ARCHIVED),
    Status.PUBLISHED: (Status.DRAFT, Status.ARCHIVED),
    Status.ARCHIVED: (Status.DRAFT, Status.PUBLISHED),
}
# What is written and read over at the desk; every other state concerns visitors.
AT_THE_DESK = (Status.DRAFT, Status.REVIEW)


def may(user: Any, action: str, model: type[Model]) -> bool:
    """Whether a person has a right to every entry of a kind."""
    return bool(user.has_perm(f"films.{action}_{model._meta.model_name}"))


def is_own_draft(user: Any, entry: Any) -> bool:
    """Whoever may add entries may also write on at those that they added, as long as these are drafts."""
    is_own = bool(user.pk) and entry.created_by_id == user.pk
    return is_own and entry.status == Status.DRAFT and may(user, "add", type(entry))


def may_change(user: Any, entry: Any) -> bool:
    return may(user, "change", type(entry)) or is_own_draft(user, entry)


def moves(user: Any, entry: Any) -> tuple[Status, ...]:
    """The states into which this person may bring the entry from the one it is in."""
    now = Status(entry.status)
    if entry.pk and not may_change(user, entry):
        return ()
    if may(user, "publish", type(entry)):
        return MOVES[now]
    if may(user, "change", type(entry)):
        return tuple(to for to in MOVES[now] if now in AT_THE_DESK and to in AT_THE_DESK)
    return (Status.REVIEW,) if now == Status.DRAFT else ()


def move(entry: Any, to: Status, user: Any) -> None:
    """Bring a stored entry into another state, or say why not: PermissionDenied, or ValidationError field by field."""
    if to not in moves(user, entry):
        raise PermissionDenied(_("“%(entry)s”不能由您改为“%(state)s”。") % {"entry": entry, "state": to.label})
    if to == Status.PUBLISHED:
        check(entry)
    was_public = entry.is_published
    entry.status = to
    entry.save(update_fields=["status"])
    settle(entry, was_public=was_public)


def settle(entry: Any, *, was_public: bool = False) -> None:
    """End the preview link of what is public, will be, or just was (one query)."""
    if entry.status == Status.PUBLISHED:
        preview.end(entry, entry.publish_at or timezone.now())
    elif was_public:
        preview.withdraw(entry)


def check(entry: Any) -> None:
    """Refuse an entry that lacks what publication asks for, naming each field."""
    if unmet := requirements(entry):
        raise ValidationError(dict(unmet))


def requirements(entry: Any) -> list[Unmet]:
    """What a stored entry lacks for publication, as (field, sentence); a missing title is no lack (4 queries)."""
    told = [LACKS[code] for code in RULES[type(entry)](entry)]
    return [*told, *span_lacks(entry.publish_at, entry.unpublish_at)]


def span_lacks(publish_at: Any, unpublish_at: Any) -> list[Unmet]:
    """An end is later than the beginning, and later than now."""
    if unpublish_at and publish_at and unpublish_at <= publish_at:
        return [("unpublish_at", ENDS_TOO_EARLY)]
    if unpublish_at and unpublish_at <= timezone.now():
        return [("unpublish_at", _("结束时间已经过去，发布了也没有人看得到。请改晚，或清空。"))]
    return []


def film_lacks(film: Film) -> list[str]:
    # Asked of the database: a form's own film still has the credits that the form removed.
    is_named = bool(film.title) or Credit.objects.filter(film=film).exists()
    talk = Exchange.objects.filter(interview__in=Interview.objects.to_come().filter(film=film).values("pk"))
    told = film.synopsis or film.statement or talk.exists()
    return [*lacks_of_film(is_named=is_named, is_told=bool(told)), *picture_lacks(film)]


def picture_lacks(film: Film) -> list[str]:
    """Whoever cannot see a picture is owed its words, whoever made it the name (2 queries)."""
    wordless = Q(alt="") | Q(credit="")
    kinds: dict[str, Any] = {"wordless_poster": Poster, "wordless_stills": Still}
    return [code for code, model in kinds.items() if model._default_manager.filter(wordless, film=film).exists()]


def interview_lacks(interview: Interview) -> list[str]:
    answers = Exchange.objects.filter(interview=interview).values_list("answer", flat=True)
    return lacks_of_interview(is_named=bool(interview.heading or interview.film_id), answers=list(answers))


def edition_lacks(edition: Edition) -> list[str]:
    return lacks_of_edition(is_named=bool(edition.theme or edition.name))


def lacks_of_film(*, is_named: bool, is_told: bool) -> list[str]:
    """The rules for a film, stored or about to be: what it lacks, by the codes of LACKS."""
    return ["no_name"] * (not is_named) + ["nothing_told"] * (not is_told)


def lacks_of_interview(*, is_named: bool, answers: Sequence[str]) -> list[str]:
    no_talk = [] if answers and all(answer.strip() for answer in answers) else ["unanswered" if answers else "no_talk"]
    return ["no_heading"] * (not is_named) + no_talk


def lacks_of_edition(*, is_named: bool) -> list[str]:
    return ["no_theme"] * (not is_named)


WORDLESS = _("有图片缺替代文字或来源。看不到图的人要有替代文字，作者要有署名：请逐张填写，或删去那张图。")
LACKS: dict[str, Unmet] = {
    "no_name": ("title", _("没有片名，也没有创作者，访客无从称呼这部短片。请填写其中一样。")),
    "nothing_told": ("synopsis", _("还没有简介、自述或访谈，页面是空的。请至少填写一样。")),
    "wordless_poster": ("poster", WORDLESS),
    "wordless_stills": ("stills", WORDLESS),
    "no_heading": ("heading", _("不属于一部短片的访谈要有题目，或在“短片”里选出所谈的片。")),
    "no_talk": ("exchanges", _("还没有问答。请至少录入一问一答。")),
    "unanswered": ("exchanges", _("有的问题还没有回答。请补上回答，或删去这一问。")),
    "no_theme": ("theme", _("名称和主题都还没有，访客无从称呼这一届。请填写其中一样。")),
}
RULES: dict[type[Model], Callable[[Any], list[str]]] = {
    Film: film_lacks,
    Interview: interview_lacks,
    Edition: edition_lacks,
}
