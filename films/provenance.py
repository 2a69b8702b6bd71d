"""Which line of an article became what, as far as visitors may know."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst

from films.models import Edition, Exchange, Film, Interview, Source
from films.reading.decoding import split_lines
from films.search import listed

# The entries that can be hidden; everything else an article gives lies inside one of them.
PUBLISHABLE = ("film", "interview", "exchange", "edition")

Span = tuple[int, int]
# More lines than any article may have.
EVERYTHING = (1, 10**9)


class Became(NamedTuple):
    """Which fields of which public row a line gave; no row for what the article says of itself."""

    entry: Any
    labels: tuple[str, ...]


class Line(NamedTuple):
    """One line as received, or a run of withheld ones (`last` is then its end, `text` empty).

    Blank lines are left out. `kind` is row, chrome, unused or withheld.
    """

    number: int
    last: int
    text: str
    kind: str
    became: tuple[Became, ...] = ()


class Claim(NamedTuple):
    """A public row's hold on some lines: on its whole section, or for one field."""

    span: Span
    entry: Any
    label: str
    is_field: bool

    @property
    def length(self) -> int:
        return self.span[1] - self.span[0]


def count_of(source: Source) -> int:
    """How many lines the article has, counted as the reader counts."""
    return len(split_lines(source.text))


def lines_of(source: Source, part: Span = EVERYTHING) -> list[Line]:
    """The article or a part of it, each line with what it became (10 queries).

    A line is shown only if something public accounts for it; whatever lies inside an entry that is
    not public, or that is gone, is withheld.
    """
    rows, gone = rows_of(source, part)
    public = {key: row for key, row in rows.items() if shown(row)}
    hidden = numbers(hidden_spans(source, rows, gone), part)
    claims = by_line(claims_of(source, public), part)
    dropped = {kind: noted(source, f"{kind}_lines") for kind in ("chrome", "unused")}
    return merged(line_at(number, text, hidden, claims, dropped) for number, text in written(source, part))


def written(source: Source, part: Span) -> Iterator[tuple[int, str]]:
    """Each line that is not blank with its number, counted as the reader counts."""
    lines = enumerate(split_lines(source.text)[part[0] - 1 : part[1]], part[0])
    return ((number, text) for number, text in lines if text.strip())


def line_at(
    number: int, text: str, hidden: set[int], claims: dict[int, list[Claim]], dropped: dict[str, set[int]]
) -> Line:
    """One line and its kind; hidden wins over everything."""
    if number in hidden:
        return Line(number, number, "", "withheld")
    if number in claims:
        return Line(number, number, text, "row", tuple(what(claims[number])))
    for kind, lines in dropped.items():
        if number in lines:
            return Line(number, number, text, kind)
    return Line(number, number, "", "withheld")


def rows_of(source: Source, part: Span = EVERYTHING) -> tuple[dict[str, Any], set[str]]:
    """The entries that stand in this part of the article, by the key of their record; the keys of those that are gone (10 queries)."""
    found: dict[str, Any] = {}
    known: set[str] = set()
    for rows in (
        Exchange.objects.select_related("interview__film").defer("imported"),
        Interview.objects.select_related("film"),
        Film.objects.prefetch_related("credits__creator"),
        Edition.objects.all(),
    ):
        keys = keys_of(rows.model, source)
        here = [pk for key, (pk, passages) in keys.items() if touches(part, [source.records.get(key), *passages])]
        found |= {key_of(row): row for row in rows.filter(pk__in=listed(here))}
        known |= keys.keys()
    return found, source.records.keys() - known


def keys_of(model: Any, source: Source) -> dict[str, tuple[int, list[Any]]]:
    """The number and the passages of each row of this article, by the key of its record (1 query)."""
    rows = model.objects.filter(source=source).order_by("pk").values_list("source_key", "pk", "passages")
    return {f"{model._meta.model_name}:{key}": (pk, list(passages.values())) for key, pk, passages in rows}


def key_of(row: Any) -> str:
    return f"{row._meta.model_name}:{row.source_key}"


def touches(part: Span, values: Iterable[Any]) -> bool:
    """Whether one of the spans lies in a part of the article."""
    return any(first <= part[1] and last >= part[0] for first, last in spans(values))


def shown(row: Any) -> bool:
    """Whether visitors may read this row; an exchange goes with its interview."""
    entry = row.interview if isinstance(row, Exchange) else row
    return bool(entry.is_published)


def hidden_spans(source: Source, rows: dict[str, Any], gone: set[str]) -> Iterator[Span]:
    """The lines of every entry that is not public, and of every one that an editor deleted."""
    yield from spans(source.records[key] for key in gone if key.partition(":")[0] in PUBLISHABLE)
    for key, row in rows.items():
        if not shown(row):
            yield from spans([source.records.get(key), *row.passages.values()])


def claims_of(source: Source, public: dict[str, Any]) -> Iterator[Claim]:
    """What public rows and the article's own frame hold."""
    for name, span in sorted(source.passages.items()):
        yield from (Claim(found, None, label_of(source, name), True) for found in spans([span]))
    for key, row in public.items():
        for found in spans([source.records.get(key)]):
            yield Claim(found, row, capfirst(str(row._meta.verbose_name)), False)
        for name, span in sorted(row.passages.items()):
            yield from (Claim(found, row, label_of(row, name), True) for found in spans([span]))


def by_line(claims: Iterable[Claim], part: Span = EVERYTHING) -> dict[int, list[Claim]]:
    """Who holds each line, the narrowest last."""
    found: dict[int, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim.length, reverse=True):
        for number in inside(claim.span, part):
            found[number].append(claim)
    return found


def what(claims: list[Claim]) -> Iterator[Became]:
    """The fields that a line gave, row by row; the narrowest section where it gave none."""
    labels: dict[Any, list[str]] = {}
    for claim in [claim for claim in claims if claim.is_field] or claims[-1:]:
        labels.setdefault(claim.entry, []).append(claim.label)
    return (Became(entry, tuple(dict.fromkeys(names))) for entry, names in labels.items())


def label_of(row: Any, name: str) -> str:
    """A field's name for people; the row's own where the name is no field."""
    try:
        return capfirst(str(getattr(row._meta.get_field(name), "verbose_name", row._meta.verbose_name)))
    except FieldDoesNotExist:
        return capfirst(str(row._meta.verbose_name))


def spans(values: Iterable[Any]) -> Iterator[Span]:
    """Pairs of line numbers; anything else is passed over."""
    for value in values:
        if isinstance(value, list) and len(value) == 2 and all(isinstance(number, int) for number in value):
            yield value[0], value[1]


def numbers(found: Iterable[Span], part: Span) -> set[int]:
    """Every line number of the part that lies inside the spans."""
    return {number for span in found for number in inside(span, part)}


def inside(span: Span, part: Span) -> range:
    """The numbers of a span as far as they lie in a part."""
    return range(max(span[0], part[0]), min(span[1], part[1]) + 1)


def noted(source: Source, name: str) -> set[int]:
    """The numbers of the lines that the last report lists as chrome or as unused."""
    return {entry[0] for entry in source.report.get("coverage", {}).get(name, [])}


def merged(lines: Iterable[Line]) -> list[Line]:
    """Runs of withheld lines as one."""
    found: list[Line] = []
    for withheld, run in groupby(lines, key=lambda line: line.kind == "withheld"):
        rows = list(run)
        found += [Line(rows[0].number, rows[-1].number, "", "withheld")] if withheld else rows
    return found


class Standing(NamedTuple):
    """Where one field of a row stands in its article."""

    label: str
    first: int
    last: int


def standings(row: Any) -> list[Standing]:
    """Each field of an imported row with its lines, in the order of the article."""
    found = [
        Standing(label_of(row, name), *span) for name, value in sorted(row.passages.items()) for span in spans([value])
    ]
    return sorted(found, key=lambda standing: (standing.first, standing.last))
