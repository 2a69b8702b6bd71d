"""A whole dialogue pasted into a form: divided by the importer's own reader, its rows shown before they are stored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from films.admin.makers import is_key, posted_makers, posted_rows
from films.admin.ordering import form_count, rearranged
from films.admin.roles import choosable
from films.admin.talk import makers_of_film, speaker_among
from films.importer.sentences import told
from films.models import Creator, Film
from films.reading.article import ExchangeFacts, Point, Refusal
from films.reading.decoding import split_lines
from films.reading.messages import sentence

if TYPE_CHECKING:
    from films.reading.dialogue import Division

PREFIX = "exchanges"
TYPED = ("id", "question", "answer", "speaker", "speaker_label", "topic")
# A form with more rows has more controls than a request may hold.
MOST_ROWS = 200
# Said otherwise than of an article: here the labels stand beside the box, and what was left out is still in it.
SENTENCES = {
    "no_dialogue": gettext_lazy("没有认出对话。若有，请在框下写明提问者与回答者的标签，再分一次。"),
    "unanswered": gettext_lazy("提问“{question}”没有回答，留在框里。请补上回答再分，或删去它。"),
    "answer_without_question": gettext_lazy("第一个提问之前就有回答，留在框里。请在它前面补上提问再分。"),
    "repeated": gettext_lazy("这一段与上一段相同，留在框里。"),
    "aside": gettext_lazy("“{text}”夹在两段发言之间，没有归入任何一段，留在框里。"),
}


class Remark(NamedTuple):
    """Something that dividing noticed: a sentence, the line in the text as pasted, and that line."""

    line: int | None
    sentence: str
    text: str = ""


class Divided(NamedTuple):
    """A form's data after a dialogue in it was divided, and what to say about that."""

    data: Any
    summary: str
    remarks: list[Remark]


def divided(data: Any, user: Any) -> Divided:
    """Put the exchanges of the pasted dialogue into new rows, and leave in the box what none of them took."""
    # Its patterns take long to compile, and most processes never read a talk.
    from films.reading.dialogue import divide  # noqa: PLC0415

    text = data.get("dialogue", "")
    answerers = tuple(filter(None, re.split(r"\s*[,，、;；]\s*", data.get("dialogue_answerers", "").strip())))
    asker, outlet = data.get("dialogue_asker", "").strip() or None, data.get("interviewer", "").strip() or None
    try:
        found = divide(text, asker=asker, answerers=answerers, outlet=outlet)
    except Refusal as refusal:
        why = told(refusal.why.code, refusal.why.values, refusal.reason)
        return Divided(data, _("没有分开。"), [Remark(refusal.line, why)])
    made, taken = with_rows(data, found, user)
    return Divided(made, summary(taken), remarks(text, found, len(found.exchanges) - taken))


def summary(count: int) -> str:
    if not count:
        return _("没有分出问答，文字都还在框里。")
    return ngettext(
        "分出 %(count)d 段问答，列在下面。请核对后保存。", "分出 %(count)d 段问答，列在下面。请核对后保存。", count
    ) % {"count": count}


def with_rows(data: Any, found: Division, user: Any) -> tuple[Any, int]:
    """The form with a new row for each exchange; rows that were empty make way. Returns how many there was room for."""
    total = form_count(data, PREFIX, "TOTAL")
    filled = [n for n in range(total) if any(data.get(f"{PREFIX}-{n}-{name}", "").strip() for name in TYPED)]
    made = rearranged(data, PREFIX, filled)
    position = max((int(row.get("position") or 0) for row in posted_rows(data, PREFIX) if is_number(row)), default=0)
    makers = makers_in(data, user)
    taken = found.exchanges[: max(0, MOST_ROWS - len(filled))]
    for number, exchange in enumerate(taken):
        for name, value in row_of(exchange, makers, position + number + 1).items():
            made[f"{PREFIX}-{len(filled) + number}-{name}"] = value
    made[f"{PREFIX}-TOTAL_FORMS"] = str(len(filled) + len(taken))
    made["dialogue"] = still_in_the_box(data.get("dialogue", ""), found, len(taken))
    if not made.get("interviewer", "").strip() and found.interviewer:
        made["interviewer"] = found.interviewer
    return made, len(taken)


def makers_in(data: Any, user: Any) -> list[Creator]:
    """The makers of the form's film: credited in it, or of the film that an interview's form names (two queries)."""
    film = data.get("film", "")
    if is_key(film) and choosable(user, Film).filter(pk=film).exists():
        return makers_of_film(int(film))
    return posted_makers(data, user)


def is_number(row: dict[str, str]) -> bool:
    return row.get("position", "").isdecimal()


def row_of(exchange: ExchangeFacts, makers: list[Creator], position: int) -> dict[str, str]:
    label = exchange.label or ""
    speaker = speaker_among(makers, label) if label else None
    return {
        "id": "",
        "position": str(position),
        "question": exchange.question,
        "answer": exchange.answer,
        "speaker": str(speaker.pk) if speaker and speaker.pk else "",
        "speaker_label": label,
        "topic": "",
    }


def still_in_the_box(text: str, found: Division, taken: int) -> str:
    """What no row took, as it was pasted."""
    rest = found.exchanges[taken:]
    lines = dict(found.left)
    if rest:
        numbered = enumerate(split_lines(text), 1)
        lines |= {number: line for number, line in numbered if number >= rest[0].lines.first}
    return "\n".join(line for _number, line in sorted(lines.items()))


def remarks(text: str, found: Division, without_room: int) -> list[Remark]:
    """Every point with its line, then the lines that nothing was said about."""
    lines = dict(enumerate(split_lines(text), 1))
    said = [Remark(point.line, sentence_of(point), lines.get(point.line or 0, "")) for point in found.points]
    spoken = {remark.line for remark in said}
    silent = [] if not found.exchanges else [pair for pair in found.left if pair[0] not in spoken]
    said += [Remark(number, _("没有归入任何问答，留在框里。"), line) for number, line in silent]
    if without_room:
        said.append(Remark(None, _("一张表单最多 %(count)d 段问答，其余留在框里。请先保存。") % {"count": MOST_ROWS}))
    return sorted(said, key=lambda remark: remark.line or 0)


def sentence_of(point: Point) -> str:
    if point.code in SENTENCES:
        return sentence(point.code, point.values, SENTENCES)
    return told(point.code, point.values, point.message)
