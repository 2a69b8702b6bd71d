"""Which scheme an article's talk follows: who asks is settled by several signs that agree, never by one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, pairwise
from statistics import median

from films.reading.characters import compared
from films.reading.headings import FieldLine, field_lines, is_kind
from films.reading.labels import bare_name, is_initials_or_surname, label_of
from films.reading.lines import Paragraph
from films.reading.marked_talk import AnswersLabelled, Marked, NamedWithFilm, film_label, question_glyph
from films.reading.questions import question_numbers, sounds_asked
from films.reading.talk import Labelled, Scheme
from films.reading.words import ANSWERING, ASKING, INTERVIEW_CREDIT, MAKER_FIELD

_MOST_VOICES = 100  # that are compared with each other; no talk has more


@dataclass
class Voice:
    """What one label's turns look like."""

    form: str
    printed: str
    turns: list[str]
    first: int
    after: Counter[str] = field(default_factory=Counter)

    @cached_property
    def asked(self) -> float:
        """The share of turns whose own paragraph asks; what follows may be the next voice without its label."""
        return sum(sounds_asked(turn.split("\n", 1)[0]) for turn in self.turns) / len(self.turns)

    @cached_property
    def length(self) -> float:
        return median(map(len, self.turns))


@dataclass(frozen=True)
class Hints:
    """What is known of the talk before reading it: labels named by an editor, the outlet, credits, the lead."""

    asker: str | None = None
    answerers: tuple[str, ...] = ()
    outlet: str | None = None


def find_scheme(body: list[Paragraph], hints: Hints) -> Scheme | None:
    """The scheme that explains the whole stretch, or None: then no dialogue is claimed."""
    voices = _voices(body)
    if hints.asker:
        return _as_told(voices, hints)
    asker = _find_asker(voices, body, hints)
    if asker:
        return _labelled(asker, voices, body, hints)
    return _without_asker(body, voices, hints)


def _voices(body: list[Paragraph]) -> dict[str, Voice]:
    voices: dict[str, Voice] = {}
    current: Voice | None = None
    for index, paragraph in enumerate(body):
        label = label_of(paragraph.text)
        if label:
            previous = current.form if current else ""
            current = voices.setdefault(label.form, Voice(label.form, label.printed, [], index))
            current.after[previous] += 1
            current.turns.append(label.rest)
        elif current and not paragraph.heading:
            current.turns[-1] = f"{current.turns[-1]}\n{paragraph.text}".strip()
    return voices


def _as_told(voices: dict[str, Voice], hints: Hints) -> Labelled:
    """The labels that an editor named; without answerers, labels that recur answer."""
    answerers = frozenset(compared(label) for label in hints.answerers)
    asker = compared(str(hints.asker))
    bare = asker in voices and len(voices) == 1
    return Labelled(frozenset({asker}), answerers or _recurring(voices, {asker}), answerers, bare=bare)


def _recurring(voices: dict[str, Voice], askers: set[str]) -> frozenset[str]:
    return frozenset(v.form for v in voices.values() if len(v.turns) > 1 and v.form not in askers)


def _find_asker(voices: dict[str, Voice], body: list[Paragraph], hints: Hints) -> Voice | None:
    """Two signs or more must agree: asks, speaks shorter, opens the talk, is the outlet or says so itself."""
    credited = _credited(body) | {compared(hints.outlet or "")} | _introduced_askers(voices, body)
    eligible = [v for v in voices.values() if len(v.turns) > 1 or v.form in ASKING or v.form in credited]
    opener = min(eligible, key=lambda v: v.first, default=None)
    scored = [(_score(v, voices, opener, credited), v) for v in eligible if v.form not in ANSWERING]
    scored = [(score, v) for score, v in scored if score >= 2 and (v.asked >= 0.25 or v.form in ASKING)]
    if not scored:
        return None
    return max(
        scored, key=lambda pair: (pair[0], pair[1].form in ASKING, pair[1].asked, len(pair[1].turns), -pair[1].first)
    )[1]


def _introduced_askers(voices: dict[str, Voice], body: list[Paragraph]) -> set[str]:
    """Labels that the lead names and that only ask: a talk of one question has no label that recurs."""
    first = min((voice.first for voice in voices.values()), default=0)
    return {form for form in _introduced(voices, body[:first]) if voices[form].asked == 1}


def _few(voices: dict[str, Voice]) -> list[Voice]:
    return list(islice(voices.values(), _MOST_VOICES))


def _usual_length(voices: dict[str, Voice], *but: str) -> float:
    """The median length of the other voices; 0 where there is no other."""
    return median([voice.length for voice in _few(voices) if voice.form not in but] or [0])


def _score(voice: Voice, voices: dict[str, Voice], opener: Voice | None, credited: set[str]) -> int:
    signs = (
        voice.asked >= 0.5,
        voice.length < _usual_length(voices, voice.form),
        voice is opener,
        voice.form in ASKING or compared(bare_name(voice.printed)) in credited or voice.form in credited,
    )
    return sum(signs)


_CREDIT = re.compile(r"^\s*[(（]?\s*(?P<field>[^:：]{1,12})\s*[:：]\s*(?P<names>[^。]{1,60}?)[)）]?\s*$")


def _credited(body: list[Paragraph]) -> set[str]:
    return {compared(name) for name in interview_credits(body)}


def interview_credits(body: list[Paragraph]) -> list[str]:
    """Names given as interviewers in a credit such as `采访:张三`."""
    names: list[str] = []
    for paragraph in [*body[:12], *body[-12:]]:
        match = _CREDIT.match(paragraph.text)
        if match and compared(match["field"]) in INTERVIEW_CREDIT:
            names += [name for name in re.split(r"[\s、,，/&]+", match["names"]) if name]
    return names


def _labelled(asker: Voice, voices: dict[str, Voice], body: list[Paragraph], hints: Hints) -> Labelled:
    askers = {asker.form} | {v.form for v in voices.values() if _also_asks(v, asker, voices, hints)}
    answering = [v for v in voices.values() if v.form not in askers]
    named = _introduced(voices, [*body[: asker.first], *_crediting(body)]) - askers
    labelled = any(len(v.turns) > 1 or v.form in ANSWERING or v.form in named for v in answering)
    bare = not labelled and _leads_answers(asker)
    return Labelled(frozenset(askers), _recurring(voices, askers), named, bare=bare)


def _introduced(voices: dict[str, Voice], lead: list[Paragraph]) -> frozenset[str]:
    """Labels whose names stand in the lead or in a guest list."""
    words = compared("\n".join(paragraph.text for paragraph in lead))
    return frozenset(v.form for v in voices.values() if len(v.form) > 1 and compared(bare_name(v.printed)) in words)


def _crediting(body: list[Paragraph]) -> list[Paragraph]:
    """Short lines that credit makers: fields and headings of films."""
    return [p for p in body if len(p.text) < 80 and any(is_kind(line, MAKER_FIELD) for line in _fields(p.text))]


def _fields(text: str) -> list[FieldLine]:
    return [line for piece in re.split(r"[|｜]", text) for line in field_lines(piece.strip())]


def _leads_answers(asker: Voice) -> bool:
    """Its turns run on past the question, so the answers stand in them without a label."""
    return sum("\n" in turn for turn in asker.turns) * 2 > len(asker.turns)


def _also_asks(voice: Voice, asker: Voice, voices: dict[str, Voice], hints: Hints) -> bool:
    if voice.form == asker.form or voice.form in ANSWERING:
        return False
    if voice.form in ASKING or voice.form == compared(hints.outlet or ""):
        return True
    one, two = voice.printed, asker.printed
    initial = len(voice.form) == 1 and voice.form in (asker.form[:1], compared(hints.outlet or "")[:1])
    short = initial or is_initials_or_surname(one, two) or is_initials_or_surname(two, one)
    shortened = short and voice.asked >= 0.5
    second = len(voice.turns) > 1 and voice.asked >= 0.75
    second = second and voice.length < _usual_length(voices, voice.form, asker.form) / 2
    never_answers = voice.asked >= 0.5 and not voice.after[asker.form] and _is_answered(voice, asker, voices)
    return shortened or second or never_answers


def _is_answered(voice: Voice, asker: Voice, voices: dict[str, Voice]) -> bool:
    """Somebody who answers the asker answers this voice too."""
    return any(v.after[voice.form] and v.after[asker.form] for v in _few(voices) if v is not voice)


def _without_asker(body: list[Paragraph], voices: dict[str, Voice], hints: Hints) -> Scheme | None:
    """The schemes without a labelled asker, each only if it explains the whole stretch."""
    if _bold_questions(body):
        return Marked(bold=True)
    starts = question_numbers(body)
    answerers = _answer_labels(body, voices, hints)
    if starts:
        labels = frozenset(v.form for v in voices.values() if len(v.turns) > 1) | answerers
        return Labelled(
            recurring=labels,
            starts=starts,
            named=_introduced(voices, [p for p in body if p.first < min(starts)]),
            bare=not labels,
        )
    if sum(1 for p in body if film_label(p.text)) >= 2:
        return NamedWithFilm()
    if answerers:
        return AnswersLabelled(answerers)
    return question_glyph(body)


def _bold_questions(body: list[Paragraph]) -> bool:
    bold = [p for p in body if p.bold and not p.heading]
    return len(bold) >= 2 and sum(sounds_asked(p.text) for p in bold) * 2 >= len(bold)


def _answer_labels(body: list[Paragraph], voices: dict[str, Voice], hints: Hints) -> frozenset[str]:
    """Labels that recur, each mostly right after an unlabelled paragraph that asks."""
    told = {compared(label) for label in hints.answerers}
    before: Counter[str] = Counter()
    for previous, paragraph in pairwise(body):
        label = label_of(paragraph.text)
        if label and not label_of(previous.text) and sounds_asked(_last_sentences(previous.text)):
            before[label.form] += 1
    found = {v.form for v in voices.values() if len(v.turns) > 1 and before[v.form] * 2 >= len(v.turns)}
    once = {v.form for v in voices.values() if before[v.form] and before[v.form] == len(v.turns)}
    alone = once & ANSWERING
    return frozenset(found | told | alone | (once if found else set()))


def _last_sentences(text: str) -> str:
    return text[-200:]
