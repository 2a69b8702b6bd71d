"""Entries → the documents that the index holds: which words of an entry can be found."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django.db.models import Prefetch

from films.models import Creator, Credit, Edition, Exchange, Film, Partnership, SearchDocument, ToolUse, Work
from films.models.search import first_id
from films.search.index import BOUNDARY
from films.text import bigrams, pinyin_forms, search_fold

# PostgreSQL refuses more than 1 MiB of words in a row; an answer of this length would be a book.
CHARACTERS = 100_000

# Only what is read: the provenance of a row is several times its words.
FILM_FIELDS = ("title", "title_en", "synopsis", "synopsis_en", "statement", "distinction", "adapted_from__title")
CREDIT_FIELDS = ("film", "creator__name", "creator__name_en")
ANSWER_FIELDS = (
    *("question", "answer", "speaker_label", "speaker__name", "speaker__name_en"),
    *("interview__heading", "interview__heading_en"),
)


def words(*texts: str) -> str:
    """The tokens of some texts; no hit may run from one text into the next."""
    folded = (search_fold(text[:CHARACTERS]) for text in texts if text)
    return f" {BOUNDARY} ".join(" ".join(bigrams(text)) for text in folded)[: 5 * CHARACTERS]


def spellings(*names: str) -> str:
    return " ".join(form for name in dict.fromkeys(names) for form in pinyin_forms(name[:200]))


def film_documents(ids: Sequence[int]) -> Iterator[SearchDocument]:
    """One document a film (5 queries)."""
    films = (
        Film.objects.filter(pk__in=ids)
        .select_related("adapted_from")
        .only(*FILM_FIELDS)
        .prefetch_related(
            "themes",
            Prefetch("credits", Credit.objects.select_related("creator").only(*CREDIT_FIELDS)),
            Prefetch("tool_uses", ToolUse.objects.select_related("tool").defer("passages", "imported")),
        )
    )
    return map(film_document, films)


def film_document(film: Film) -> SearchDocument:
    """Title, makers, what its page says of it. Sentences of the interview belong to the answers."""
    makers = list(dict.fromkeys(credit.creator for credit in film.credits.all()))
    tools = [f"{use.tool.name} {use.version}" for use in film.tool_uses.all()]
    aliases = [alias for use in film.tool_uses.all() for alias in (use.tool.name_en, *use.tool.aliases)]
    themes = [name for theme in film.themes.all() for name in (theme.name, theme.name_en)]
    work = film.adapted_from.title if film.adapted_from else ""
    return SearchDocument(
        id=first_id("film") + film.pk,
        film_id=film.pk,
        title=words(film.title, film.title_en),
        people=words(*(name for maker in makers for name in (maker.name, maker.name_en))),
        names=spellings(film.title, *(maker.name for maker in makers)),
        body=words(
            film.synopsis,
            film.synopsis_en,
            film.statement,
            film.distinction,
            work,
            *dict.fromkeys(tools + aliases + themes),
        ),
    )


def answer_documents(interviews: Sequence[int]) -> Iterator[SearchDocument]:
    """One document a question and answer (1 query). The first also carries the interview's heading."""
    exchanges = Exchange.objects.filter(interview__in=interviews).select_related("interview", "speaker")
    in_order = exchanges.order_by("interview", "position", "pk")
    for _, rows in groupby(in_order.only(*ANSWER_FIELDS), key=lambda exchange: exchange.interview_id):
        for number, exchange in enumerate(rows):
            yield answer_document(exchange, is_first=number == 0)


def answer_document(exchange: Exchange, *, is_first: bool) -> SearchDocument:
    speaker, interview = exchange.speaker, exchange.interview
    headings = (interview.heading, interview.heading_en) if is_first else ()
    names = (speaker.name, speaker.name_en) if speaker else ()
    return SearchDocument(
        id=first_id("answer") + exchange.pk,
        exchange_id=exchange.pk,
        title=words(exchange.question, *headings),
        people=words(*dict.fromkeys((*names, exchange.speaker_label))),
        body=words(exchange.answer),
    )


def creator_documents(ids: Sequence[int]) -> Iterator[SearchDocument]:
    """One document a person (1 query); the editor's sort key knows surnames better than a dictionary."""
    for creator in Creator.objects.filter(pk__in=ids):
        yield SearchDocument(
            id=first_id("creator") + creator.pk,
            creator_id=creator.pk,
            title=words(creator.name, creator.name_en),
            names=f"{spellings(creator.name)} {corrected(creator)}".strip(),
            body=words(creator.bio, creator.bio_en),
        )


def corrected(creator: Creator) -> str:
    """The sort key as typed in one go, for names whose reading an editor put right."""
    syllables = bigrams(search_fold(creator.sort_key))
    return "".join(syllables) if len(syllables) > 1 else ""


def work_documents(ids: Sequence[int]) -> Iterator[SearchDocument]:
    """One document a work (1 query)."""
    for work in Work.objects.filter(pk__in=ids):
        yield SearchDocument(
            id=first_id("work") + work.pk,
            work_id=work.pk,
            title=words(work.title, work.title_en),
            people=words(work.author),
            names=spellings(work.title),
        )


def edition_documents(ids: Sequence[int]) -> Iterator[SearchDocument]:
    """One document an edition (2 queries)."""
    partners = Prefetch("partnerships", Partnership.objects.select_related("organisation"))
    for edition in Edition.objects.filter(pk__in=ids).prefetch_related(partners):
        organisations = [partner.organisation for partner in edition.partnerships.all()]
        yield SearchDocument(
            id=first_id("edition") + edition.pk,
            edition_id=edition.pk,
            title=words(edition.theme, edition.name, edition.theme_en, edition.name_en),
            people=words(*(name for one in organisations for name in (one.name, one.name_en))),
            names=spellings(edition.theme, edition.name),
            body=words(str(edition.year or ""), edition.statement, edition.statement_en),
        )


def batches(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    """Sorted and without doubles, some at a time."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]
