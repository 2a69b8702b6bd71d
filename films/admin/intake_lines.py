"""An article before it is imported, line by line: what each line would become."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from films import importer, provenance
from films.admin.labels import label_of as row_label
from films.admin.reports import admin_url
from films.importer.shapes import SHAPES
from films.models import Edition, Exchange, Film, Interview, Source
from films.provenance import Became, Claim, by_line, label_of, noted, rows_of, spans, what
from films.reading.decoding import split_lines
from films.reading.labels import label_of as label_in
from films.reading.lines import paragraphs_of

if TYPE_CHECKING:
    from films.importer.wanted import Wanted

MOST_LABELS = 12
# Passages that are those of rows of their own: credits, answers, partners.
SAID_ELSEWHERE = ("creators", "exchanges", "organisers")


class Entry(NamedTuple):
    """A row that is still to be made, in words; `anchor` is where the page shows it."""

    label: str
    anchor: str = ""

    @property
    def url(self) -> str:
        return f"#{self.anchor}" if self.anchor else ""


class Stored(NamedTuple):
    """A row that is there, and the form where it is edited."""

    label: str
    url: str


class Line(NamedTuple):
    """One line as received; `kind` is row, label, chrome, unused or blank."""

    number: int
    text: str
    kind: str
    became: tuple[Became, ...] = ()


class SeenLabel(NamedTuple):
    """Something that stands before a colon, how often, and where first."""

    printed: str
    count: int  # type: ignore[assignment]  # tuples have a method of that name
    line: int

    @property
    def times(self) -> str:
        return ngettext("%(count)s 次", "%(count)s 次", self.count) % {"count": self.count}


def entries_of(rows: Iterable[Wanted]) -> dict[str, Entry]:
    """What each row is called, by its record: a film by its title, an answer by its number."""
    found: dict[str, Entry] = {}
    numbers: Counter[tuple[str, str]] = Counter()
    makers = makers_of(rows)
    for row in rows:
        numbers[row.kind, row.parent] += 1
        found[row.record] = entry_of(row, numbers[row.kind, row.parent], found, makers)
    return found


def makers_of(rows: Iterable[Wanted]) -> dict[str, str]:
    names: dict[str, list[str]] = {}
    for row in rows:
        if row.kind == "credit":
            names.setdefault(row.parent, []).append(row.values["creator"])
    return {film: str(pgettext("between names", "、")).join(found) for film, found in names.items()}


def entry_of(row: Wanted, number: int, known: dict[str, Entry], makers: dict[str, str]) -> Entry:
    """A row's words; `known` are those of its parents."""
    parent = known.get(f"{SHAPES[row.kind].parent_kind}:{row.parent}")
    if row.kind == "film":
        title = f"《{row.values['title']}》" if row.values["title"] else _("无题")
        by = makers.get(row.key, "")
        return Entry(_("%(title)s（%(makers)s）") % {"title": title, "makers": by} if by else title, f"film-{number}")
    if row.kind == "interview":
        anchor = parent.anchor if parent else f"talk-{number}"
        return Entry(parent.label if parent else row.values["heading"] or _("访谈"), anchor)
    if row.kind == "exchange" and parent:
        label = _("%(of)s的第 %(number)s 个回答") % {"of": parent.label, "number": number}
        return Entry(label, f"{parent.anchor}-a{number}")
    kind = capfirst(str(SHAPES[row.kind].model._meta.verbose_name))
    return Entry(f"{parent.label} · {kind}" if parent else kind, parent.anchor if parent else row.kind)


def lines_of(told: importer.FileReport, text: str) -> list[Line]:
    """Every line that is not blank, with what becomes of it."""
    claims = by_line(claims_of(told))
    coverage = told.coverage
    chrome = {number for number, _text in coverage.chrome_lines} if coverage else set()
    labels = {point.line for point in told.points if point.code == "label_kept_as_text"}
    found = []
    for number, line in enumerate(split_lines(text), 1):
        if not line.strip():
            continue
        became = tuple(what(claims[number])) if number in claims else ()
        kind = "label" if number in labels else "chrome" if number in chrome else "row" if became else "unused"
        found.append(Line(number, line, kind, () if kind == "chrome" else became))
    return found


def stored_lines_of(source: Source) -> list[Line]:
    """The lines of an article that was imported, with what became of them (10 queries)."""
    rows, _gone = rows_of(source)
    claims = by_line(stored_claims(source, rows))
    dropped = {kind: noted(source, f"{kind}_lines") for kind in ("chrome", "unused")}
    found = []
    for number, text in enumerate(split_lines(source.text), 1):
        if text.strip():
            kinds = [kind for kind, lines in dropped.items() if number in lines]
            became = () if kinds else tuple(what(claims.get(number, [])))
            found.append(Line(number, text, kinds[0] if kinds else "row", became))
    return found


def stored_claims(source: Source, rows: dict[str, Any]) -> Iterator[Claim]:
    known: dict[Any, Stored] = {}
    elsewhere = {label_of(model, name) for model in (Edition, Film, Interview) for name in SAID_ELSEWHERE}
    for claim in provenance.claims_of(source, rows):
        if claim.is_field and claim.label in elsewhere:
            continue
        if claim.entry is None:
            yield claim._replace(entry=Entry(_("文章")))
            continue
        if claim.entry not in known:
            known[claim.entry] = Stored(label(claim.entry), admin_url(claim.entry))
        yield claim._replace(entry=known[claim.entry])


def label(row: Any) -> str:
    """A row in words; an answer by its number and its film."""
    if isinstance(row, Exchange):
        return _("%(of)s的第 %(number)s 个回答") % {
            "of": row_label(row.interview.film or row.interview),
            "number": row.position,
        }
    return row_label(row)


def claims_of(told: importer.FileReport) -> Iterator[Claim]:
    """What the rows, and the article's own frame, hold."""
    if told.read is None:
        return
    for name, passage in sorted(told.read.passages.items()):
        yield Claim((passage.first, passage.last), Entry(_("文章")), label_of(Source, name), is_field=True)
    entries = entries_of(told.rows)
    for row in told.rows:
        model: Any = SHAPES[row.kind].model
        for span in spans([row.lines]):
            yield Claim(span, entries[row.record], capfirst(str(model._meta.verbose_name)), is_field=False)
        for name, value in sorted(row.passages.items()):
            for span in spans([value] if name not in SAID_ELSEWHERE else []):
                yield Claim(span, entries[row.record], label_of(model, name), is_field=True)


def labels_seen(text: str) -> list[SeenLabel]:
    """What could be a speaker's label, the most frequent first."""
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for paragraph in paragraphs_of(text):
        if label := label_in(paragraph.text):
            counts[label.printed] += 1
            first.setdefault(label.printed, paragraph.first)
    return [SeenLabel(printed, count, first[printed]) for printed, count in counts.most_common(MOST_LABELS)]
