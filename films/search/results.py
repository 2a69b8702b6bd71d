"""Looking for words among public entries: films, answers, makers, works, editions."""

# ruff: noqa: S608 (only constants, numbers and Django's own SQL are put together; words are parameters)

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import filterfalse, islice
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils.translation import get_language

from films.models import Caption, Creator, Edition, Exchange, Film, SearchKind, Work
from films.models.search import first_id
from films.search import counting
from films.search.counting import Hidden, counted_for, numbers
from films.search.hidden import hidden_numbers
from films.search.index import BOUNDARY, COLUMNS, HEADINGS, candidates
from films.search.marking import Marked, marked, snippet
from films.search.query import Query, Word, parse
from films.text import bigrams, spelled

SUGGESTIONS = 3
# From so many letters on, a name may go on after what was typed.
OPEN_SOUND = 4
# So many of the newest entries whose heading holds the words are looked at for the very title.
TITLES = 500

MODEL: dict[str, Any] = {
    SearchKind.EDITION: Edition,
    SearchKind.FILM: Film,
    SearchKind.CREATOR: Creator,
    SearchKind.WORK: Work,
}


class Hit(NamedTuple):
    """One entry that holds every word. `entry` is the model's row; `heading` is empty for an untitled film."""

    kind: SearchKind
    entry: Any
    heading: Marked
    snippet: Marked
    people: tuple[Marked, ...] = ()
    place: Marked = Marked("")

    @property
    def url(self) -> str:
        """Where to read it: for an answer its own anchor."""
        url: str = self.entry.get_absolute_url()
        return url


class Results(NamedTuple):
    """One page of hits, best first within each kind, and how many there are of each kind."""

    query: str
    ignored: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()
    counts: Mapping[str, int] = MappingProxyType({})
    # The kinds of which there are more than the counts say.
    capped: frozenset[str] = frozenset()
    kind: str | None = None
    offset: int = 0
    suggestions: tuple[str, ...] = ()

    @property
    def most(self) -> int:
        """How many of a capped kind were looked at."""
        return counting.CAP

    @property
    def total(self) -> int:
        """Of the kind asked for, or of all."""
        return self.counts.get(self.kind, 0) if self.kind else sum(self.counts.values())

    @property
    def has_next(self) -> bool:
        return self.offset + len(self.hits) < self.total


def search(query: str, *, kind: str | None = None, limit: int = 20, offset: int = 0) -> Results:
    """Find public entries that hold every word of the query; raises QueryTooLong.

    One query counts, two on a very late page, up to three a kind on this page rank, and up to two a kind load its rows.
    """
    parsed = parse(query)
    if not parsed.words:
        return Results(query, parsed.ignored, kind=kind)
    hidden = hidden_numbers()
    kinds = [SearchKind(kind)] if kind else list(SearchKind)
    counts, capped = counted_for(parsed.words, kinds, offset + limit, hidden)
    hits = tuple(page(parsed.words, kinds, counts, limit, offset, hidden))
    suggestions = () if any(counts.values()) else suggest(parsed, hidden)
    return Results(query, parsed.ignored, hits, counts, capped, kind, offset, suggestions)


def page(
    words: Sequence[Word],
    kinds: Sequence[SearchKind],
    counts: dict[str, int],
    limit: int,
    offset: int,
    hidden: Hidden,
) -> list[Hit]:
    """The hits from `offset` on, kind after kind."""
    hits: list[Hit] = []
    for kind in kinds:
        wanted = limit - len(hits)
        if wanted > 0 and offset < counts[kind]:
            hits += load(kind, ranked(kind, words, wanted, offset, hidden), words)
        offset = max(0, offset - counts[kind])
    return hits


def ranked(kind: SearchKind, words: Sequence[Word], limit: int, offset: int, hidden: Hidden) -> list[int]:
    """Public entries, best first: the title is the query, title or names hold it, the text does; then newest (3 queries)."""
    last = offset + limit
    in_heading = newest(kind, words, HEADINGS, last, hidden)
    exact = set(titled(kind, words, in_heading[:TITLES])) if in_heading else set()
    found = sorted(in_heading, key=lambda number: number not in exact)
    if len(found) < last:
        found += newest(kind, words, COLUMNS, last - len(found), hidden, frozenset(found))
    return found[offset:last]


def newest(
    kind: SearchKind,
    words: Sequence[Word],
    columns: Sequence[str],
    wanted: int,
    hidden: Hidden,
    known: Collection[int] = (),
) -> list[int]:
    """Public entries whose columns hold the words, newest first: as many as are wanted, or all there are (1 or 2 queries)."""
    found: list[int] = []
    # Headings are looked through for the very title; elsewhere those known are met once more, and some are hidden.
    for most in (max(TITLES * (columns == HEADINGS), 2 * wanted + len(known)), counting.CAP):
        numbers_found = numbers(*candidates(kind, words, most, columns))
        found = [number for number in shown(kind, numbers_found, hidden) if number not in known]
        if len(numbers_found) < most or len(found) >= wanted:
            break
    return found


def titled(kind: SearchKind, words: Sequence[Word], found: Sequence[int]) -> list[int]:
    """Those of some entries whose title is the query (one query)."""
    exact = f"% {BOUNDARY} {' '.join(' '.join(bigrams(word.text)) for word in words)} {BOUNDARY} %"
    first = first_id(kind)
    ids = ", ".join(str(first + number) for number in found) or "0"
    sql = f"SELECT id - {first} FROM films_searchdocument WHERE id IN ({ids})"
    return numbers(f"{sql} AND ' {BOUNDARY} ' || title || ' {BOUNDARY} ' LIKE %s", [exact])


def shown(kind: SearchKind, found: Iterable[int], hidden: Hidden) -> Iterator[int]:
    """Those that visitors may see; the models alone say which."""
    return filterfalse(hidden[kind].__contains__, found)


def in_language(entry: Any, *names: str) -> list[str]:
    """The fields' texts, those in the language of the page first."""
    chinese = [getattr(entry, name) for name in names]
    english = [getattr(entry, f"{name}_en") for name in names]
    ordered = english + chinese if get_language() == "en" else chinese + english
    return [text for text in ordered if text]


def load(kind: SearchKind, ids: Sequence[int], words: Sequence[Word]) -> list[Hit]:
    """The rows with what a hit shows, in the order of the ids."""
    found = LOADED[kind]().in_bulk(ids)
    return [HIT[kind](found[pk], words) for pk in ids if pk in found]


def film_hit(film: Film, words: Sequence[Word]) -> Hit:
    names = dict.fromkeys(credit.creator.name for credit in film.credits.all())
    return Hit(
        SearchKind.FILM,
        film,
        marked(next(iter(in_language(film, "title")), ""), words),
        snippet([*in_language(film, "synopsis"), film.statement, film.distinction], words),
        people=tuple(marked(name, words) for name in names),
    )


def answer_hit(exchange: Any, words: Sequence[Word]) -> Hit:
    interview = exchange.interview
    names = {exchange.speaker.name if exchange.speaker else exchange.speaker_label} - {""}
    about = in_language(interview.film, "title") if interview.film else in_language(interview, "heading")
    return Hit(
        SearchKind.ANSWER,
        exchange,
        marked(exchange.question or exchange.asked or "", words),
        snippet([exchange.answer], words),
        people=tuple(marked(name, words) for name in names),
        place=marked(about[0] if about else "", words),
    )


def creator_hit(creator: Creator, words: Sequence[Word]) -> Hit:
    heading = marked(in_language(creator, "name")[0], words)
    return Hit(SearchKind.CREATOR, creator, heading, snippet(in_language(creator, "bio"), words))


def work_hit(work: Work, words: Sequence[Word]) -> Hit:
    return Hit(SearchKind.WORK, work, marked(in_language(work, "title")[0], words), snippet([work.author], words))


def edition_hit(edition: Edition, words: Sequence[Word]) -> Hit:
    heading = marked(next(iter(in_language(edition, "theme", "name")), str(edition)), words)
    lead = [edition.source.lead] if edition.source else []
    named = in_language(edition, "name")[:1] if edition.theme else []
    place = " ".join([*named, *([str(edition.year)] if edition.year else [])])
    opening = snippet(in_language(edition, "statement") or lead, words)
    return Hit(SearchKind.EDITION, edition, heading, opening, place=marked(place, words))


def caption_hit(caption: Caption, words: Sequence[Word]) -> Hit:
    return Hit(
        SearchKind.CAPTION,
        caption,
        marked(next(iter(in_language(caption.film, "title")), ""), words),
        snippet([caption.transcript], words),
        place=Marked(caption.get_language_display()),
    )


def editions() -> Any:
    """Each with the article whose lead opens its page (1 query)."""
    return Edition.objects.select_related("source").defer("source__text", "source__report", "source__records")


LOADED: dict[str, Any] = {
    SearchKind.EDITION: editions,
    SearchKind.FILM: Film.objects.with_card_data,
    SearchKind.CREATOR: Creator.objects.all,
    SearchKind.WORK: Work.objects.all,
    SearchKind.ANSWER: Exchange.objects.with_place,
    SearchKind.CAPTION: Caption.objects.with_film,
}
HIT: dict[str, Any] = {
    SearchKind.EDITION: edition_hit,
    SearchKind.FILM: film_hit,
    SearchKind.CREATOR: creator_hit,
    SearchKind.WORK: work_hit,
    SearchKind.ANSWER: answer_hit,
    SearchKind.CAPTION: caption_hit,
}
NAMED = {SearchKind.FILM: "title", SearchKind.CREATOR: "name", SearchKind.WORK: "title", SearchKind.EDITION: "theme"}


def suggest(query: Query, hidden: Hidden) -> tuple[str, ...]:
    """Public titles and names that sound like the query (2 queries a kind)."""
    sound = "".join(spelled(word.text) for word in query.words)
    if len(sound) < 2 or not sound.isascii():
        return ()
    # A syllable begins very many names; those alone are looked at that end in it.
    word = Word(sound, (sound,), is_prefix=len(sound) >= OPEN_SOUND)
    names: list[str] = []
    for kind, column in NAMED.items():
        found = shown(kind, numbers(*candidates(kind, [word], TITLES, ("names",))), hidden)
        ids = list(islice(found, 10 * SUGGESTIONS))
        titles = dict(MODEL[kind].objects.filter(pk__in=ids).values_list("pk", column)) if ids else {}
        names += [titles[pk] for pk in ids if sound in spelled(titles.get(pk, ""))]
    return tuple(dict.fromkeys(names))[:SUGGESTIONS]
