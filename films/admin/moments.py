"""The history of an entry in words: who, when, what, and the run or article that it came from."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple

from django.contrib.admin.models import LogEntry
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from films.admin.seen import may_view
from films.history.difference import changed_labels
from films.history.naming import Names, title_of, with_makers
from films.history.recorded import Kept, Moment, moments, versions
from films.models import Creator, Credit, Exchange, ImportRun

PAGE_SIZE = 50


class Told(NamedTuple):
    """One line of the history."""

    number: int
    when: Any
    who: str
    what: str
    fields: list[str]
    run_url: str = ""


def parts_of(comment: str) -> dict[str, dict[str, Any]]:
    """What a comment of ours says, by its words; nothing for one that a person or Django wrote."""
    if not comment.startswith("["):
        return {}
    try:
        entries = json.loads(comment)
    except ValueError:
        return {}
    return {name: said or {} for entry in entries if isinstance(entry, dict) for name, said in entry.items()}


def comment_words(comment: str) -> str:
    """A revision's comment in the reader's language."""
    parts = parts_of(comment)
    for name, words in WORDS.items():
        if name in parts and not parts[name].get("name"):
            said = {"run": "", "file": "", "sha256": "", "when": "", **parts[name]}
            said["names"] = pgettext("between names", "、").join(parts[name].get("names", []))
            return words() % said
    entry: Any = LogEntry(change_message=comment)
    return str(entry.get_change_message() or "")


WORDS: dict[str, Callable[[], str]] = {
    "baseline": lambda: _("此前的内容，记录从这里开始"),
    "imported": lambda: _("导入 %(file)s（第 %(run)s 次导入，SHA-256 %(sha256).12s）"),
    "restored": lambda: _("恢复为 %(when)s 的内容"),
    "recovered": lambda: _("从回收站恢复"),
    "removed": lambda: _("删除前的内容"),
    "merged": lambda: _("合并：%(names)s"),
    "unmerged": lambda: _("撤销合并"),
}


def who(moment: Moment) -> str:
    user = moment.revision.user
    if user:
        return str(user.get_full_name() or user.get_username())
    return _("导入程序") if "imported" in parts_of(moment.revision.comment) else ""


def when_words(moment: Moment) -> str:
    return date_format(timezone.localtime(moment.revision.date_created), "SHORT_DATETIME_FORMAT")


def told_in_turn(request: HttpRequest, found: Sequence[Moment]) -> list[Told]:
    """The lines for the moments of one entry, newest first, each compared with the one behind it."""
    return told(request, found, [*found[1:], None][: len(found)])


def told(request: HttpRequest, found: Sequence[Moment], before: Sequence[Moment | None] = ()) -> list[Told]:
    """The lines for these moments, and what each changed since the one before it (a query for the runs)."""
    runs = {run for moment in found if (run := run_of(moment))}
    known = set(ImportRun.objects.filter(pk__in=runs).values_list("pk", flat=True)) if runs else set()
    may = may_view(request, ImportRun)
    return [
        Told(
            moment.number,
            moment.revision.date_created,
            who(moment),
            comment_words(moment.revision.comment),
            changed_labels(older, moment),
            reverse("admin:films_importrun_change", args=[run_of(moment)]) if may and run_of(moment) in known else "",
        )
        for moment, older in zip_longest(found, before)
    ]


def run_of(moment: Moment) -> int | None:
    return parts_of(moment.revision.comment).get("imported", {}).get("run")


def history_of(model: type[Model], pk: int) -> Any:
    """The versions of one entry, newest first. An answer is listed only where it changed."""
    own = versions(model, [pk]).select_related("revision__user").order_by("-pk")
    if model is not Exchange:
        return own
    texts = list(own.values_list("pk", "serialized_data"))
    same = {pk for (pk, text), (_older, before) in pairwise(texts) if text == before}
    return own.exclude(pk__in=same)


def with_one_before(own: Any, start: int, size: int) -> list[Moment]:
    """A page of moments and one more, which the last of the page is compared with."""
    return moments(list(own[start : start + size + 1]))


def deleted_labels(found: Sequence[Moment]) -> list[str]:
    """The names of what was deleted, together (a query for each kind of row that a name is made of)."""
    credits = [row for moment in found for row in credits_of(moment)]
    names = Names([*(moment.entry for moment in found), *credits])
    return [deleted_label(moment, names) for moment in found]


def deleted_label(moment: Moment, names: Names) -> str:
    """The name of what was deleted; untitled films are told apart by their makers."""
    label = moment.entry.label or title_of(moment.entry, names)
    creators = dict.fromkeys(row.fields["creator"] for row in credits_of(moment))
    return with_makers(label, [names.of(Creator, key) for key in creators])


def credits_of(moment: Moment) -> list[Kept]:
    return [row for (kind, _pk), row in moment.rows.items() if kind is Credit]
