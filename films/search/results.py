"""Looking for words among public entries: films, answers, makers, works, editions."""

# ruff: noqa: S608, S611 (only constants, numbers and Django's own SQL are put together; words are parameters)

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language

from films.models import Creator, Edition, Exchange, Film, SearchKind, Work
from films.search.index import BOUNDARY, HEADINGS, Sql, candidates
from films.search.marking import Marked, marked, snippet
from films.search.query import Query, Word, parse
from films.text import bigrams, readings, search_fold

# Of a word that more entries hold, the newest so many are looked at, so that a search costs no more than that.
CAP = 20_000
SUGGESTIONS = 3

PUBLIC: dict[str, Any] = {
    SearchKind.EDITION: Edition.objects.published,
    SearchKind.FILM: Film.objects.published,
    SearchKind.CREATOR: Creator.objects.published,
    SearchKind.WORK: Work.objects.published,
    SearchKind.ANSWER: Exchange.objects.published,
}


@dataclass(frozen=True)
class Hit:
    """One entry that holds every word. `entry` is the model's row; `heading` is empty for an untitled film."""

    kind: SearchKind
    entry: Any
    heading: Marked
    snippet: Marked
    people: tuple[Marked, ...] = ()
    place: Marked = field(default_factory=lambda: Marked(""))

    @property
    def url(self) -> str:
        """Where to read it: for an answer its own anchor."""
        url: str = self.entry.get_absolute_url()
        return url


@dataclass(frozen=True)
class Results:
    """One page of hits, best first within each kind, and how many there are of each kind."""

    query: str
    ignored: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    kind: str | None = None
    offset: int = 0
    suggestions: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Of the kind asked for, or of all."""
        return self.counts.get(self.kind, 0) if self.kind else sum(self.counts.values())

    @property
    def is_capped(self) -> bool:
        """Whether there are more than the counts say."""
        return any(count >= CAP for count in self.counts.values())

    @property
    def has_next(self) -> bool:
        return self.offset + len(self.hits) < self.total


def search(query: str, *, kind: str | None = None, limit: int = 20, offset: int = 0) -> Results:
    """Find public entries that hold every word of the query; raises QueryTooLong.

    Two queries count, one a kind on this page ranks, and up to three a kind load its rows.
    """
    parsed = parse(query)
    if not parsed.words:
        return Results(query, parsed.ignored, kind=kind)
    counts = count(parsed.words)
    kinds = [SearchKind(kind)] if kind else list(SearchKind)
    hits = tuple(page(parsed.words, kinds, counts, limit, offset))
    suggestions = () if any(counts.values()) else suggest(parsed)
    return Results(query, parsed.ignored, hits, counts, kind, offset, suggestions)


def count(words: Sequence[Word]) -> dict[str, int]:
    """How many public entries of each kind hold every word (two queries, one when nothing does)."""
    counts: dict[str, int] = dict.fromkeys(SearchKind.values, 0)
    present = union((f"SELECT '{kind}' FROM ({sql}) AS found", params) for kind, (sql, params) in each(words, 1))
    kinds = {kind for (kind,) in rows(*present)}
    found = ((kind, visible(kind, ids_of(sql))) for kind, sql in each(words, CAP) if kind in kinds)
    counted = [(f"SELECT '{kind}', COUNT(*) FROM ({sql}) AS seen", params) for kind, (sql, params) in found]
    return counts | dict(rows(*union(counted)) if counted else ())


def each(words: Sequence[Word], limit: int) -> list[tuple[SearchKind, Sql]]:
    return [(kind, candidates(kind, words, limit)) for kind in SearchKind]


def union(parts: Iterable[Sql]) -> Sql:
    selects, params = zip(*parts, strict=True)
    return " UNION ALL ".join(selects), [param for some in params for param in some]


def page(
    words: Sequence[Word], kinds: Sequence[SearchKind], counts: dict[str, int], limit: int, offset: int
) -> list[Hit]:
    """The hits from `offset` on, kind after kind."""
    hits: list[Hit] = []
    for kind in kinds:
        wanted = limit - len(hits)
        if wanted > 0 and offset < counts[kind]:
            hits += load(kind, ranked(kind, words, wanted, offset), words)
        offset = max(0, offset - counts[kind])
    return hits


def ranked(kind: SearchKind, words: Sequence[Word], limit: int, offset: int) -> list[int]:
    """Public entries, best first: the title is the query, title or names hold it, the text does; then newest."""
    exact = f"% {BOUNDARY} {' '.join(' '.join(bigrams(word.text)) for word in words)} {BOUNDARY} %"
    in_heading, params = candidates(kind, words, CAP, HEADINGS)
    anywhere, more = candidates(kind, words, CAP)
    tier = f"CASE WHEN ' {BOUNDARY} ' || title || ' {BOUNDARY} ' LIKE %s THEN 0 ELSE 1 END"
    found = (
        f"SELECT id, {tier} AS tier FROM ({in_heading}) AS in_heading "
        f"UNION ALL SELECT id, 2 FROM ({anywhere}) AS anywhere"
    )
    found_params = [exact, *params, *more]
    seen, seen_params = visible(kind, ("SELECT id FROM best", []))
    # Materialised, so that the words are looked up once and not again for each row that may be public.
    sql = (
        f"WITH best AS MATERIALIZED (SELECT id, MIN(tier) AS tier FROM ({found}) AS found GROUP BY id) "
        f"SELECT best.id FROM best JOIN ({seen}) AS seen ON seen.id = best.id "
        f"ORDER BY best.tier, best.id DESC LIMIT %s OFFSET %s"
    )
    return [pk for (pk,) in rows(sql, [*found_params, *seen_params, limit, offset])]


def ids_of(found: Sql) -> Sql:
    sql, params = found
    return f"SELECT id FROM ({sql}) AS found", params


def visible(kind: SearchKind, found: Sql) -> Sql:
    """The SQL of those found that visitors may see; the models alone say which."""
    queryset = PUBLIC[kind]().filter(pk__in=RawSQL(*found)).order_by().values("id")
    sql, params = queryset.query.sql_with_params()
    return sql, list(params)


def rows(sql: str, params: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


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


def editions() -> Any:
    """Each with the article whose lead opens its page (1 query)."""
    return Edition.objects.select_related("source").defer("source__text", "source__report", "source__records")


LOADED: dict[str, Any] = {
    SearchKind.EDITION: editions,
    SearchKind.FILM: Film.objects.with_card_data,
    SearchKind.CREATOR: Creator.objects.all,
    SearchKind.WORK: Work.objects.all,
    SearchKind.ANSWER: Exchange.objects.with_place,
}
HIT: dict[str, Any] = {
    SearchKind.EDITION: edition_hit,
    SearchKind.FILM: film_hit,
    SearchKind.CREATOR: creator_hit,
    SearchKind.WORK: work_hit,
    SearchKind.ANSWER: answer_hit,
}
NAMED = {SearchKind.FILM: "title", SearchKind.CREATOR: "name", SearchKind.WORK: "title", SearchKind.EDITION: "theme"}


def spelled(text: str) -> str:
    """The text in pinyin as a reader would type it, without blanks."""
    return "".join(readings().get(character, character) for character in search_fold(text) if character.isalnum())


def suggest(query: Query) -> tuple[str, ...]:
    """Public titles and names that sound like the query (one query a kind)."""
    sound = "".join(spelled(word.text) for word in query.words)
    if len(sound) < 2 or not sound.isascii():
        return ()
    word = Word(sound, (sound,), is_prefix=True)
    names: list[str] = []
    for kind, column in NAMED.items():
        found = ids_of(candidates(kind, [word], CAP, ("names",)))
        titles = PUBLIC[kind]().filter(pk__in=RawSQL(*found)).order_by("-pk").values_list(column, flat=True)
        names += [title for title in titles[: 10 * SUGGESTIONS] if sound in spelled(title)]
    return tuple(dict.fromkeys(names))[:SUGGESTIONS]
