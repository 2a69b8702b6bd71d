"""What machines are told of an entry, in schema.org's words.

Only what is stated, from rows that the page has loaded already: no function here costs a query.
An edition is a `CreativeWorkSeries`: the source states a call and a programme in order. An `Event` would need
a place and a day on which it is held, and nobody states those. An interview is an `Article` whose parts are
its questions: on a `QAPage` or `FAQPage` anybody may answer, or we would.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from films.choices import CreditRole, PartnershipRole, WorkKind
from films.models import Creator, Edition, Exchange, Film, Interview, Source, Work
from films.templatetags.addresses import in_language
from films.templatetags.formatting import (
    TAGS,
    by_question,
    edition_title,
    localised,
    name_of,
    opening,
    runtime_iso,
    title_text,
    web_link,
    web_links,
)

Node = dict[str, Any]
Absolute = Callable[[str], str]  # an address of ours, with its host

CREDITS = {
    CreditRole.DIRECTOR: "director",
    CreditRole.WRITER: "author",
    CreditRole.PRODUCER: "producer",
    CreditRole.EDITOR: "editor",
    CreditRole.MUSIC: "musicBy",
    CreditRole.MAKER: "creator",
}
PARTNERS = {PartnershipRole.ORGANISER: "creator", PartnershipRole.SPONSOR: "sponsor"}
WORKS = {WorkKind.BOOK: "Book", WorkKind.FILM: "Movie", WorkKind.STORY: "ShortStory", WorkKind.SERIES: "TVSeries"}
OTHERS = "contributor"


def node(kind: str, **values: Any) -> Node:
    """A thing with what is stated about it; what nobody states is left out."""
    return {"@type": kind, **{key: value for key, value in values.items() if value not in (None, "", [], {})}}


def named(node: Node, **values: Any) -> Node:
    """The same thing under the name that tells it from every other, in both languages of the site."""
    return {"@type": node["@type"], **{f"@{key}": value for key, value in values.items()}, **node}


def identity(path: str, absolute: Absolute, part: str) -> str:
    """What a thing is called in either language: its Chinese address."""
    return absolute(in_language(path, "zh-hans")) + f"#{part}"


def other_name(row: Any, field: str) -> str:
    """The name in the language that the page is not in."""
    both = {str(getattr(row, field)), str(getattr(row, f"{field}_en"))} - {localised(row, field).text}
    return both.pop() if both else ""


def by_key(pairs: Iterable[tuple[str, Node]]) -> dict[str, list[Node]]:
    """Things under the property that each belongs to, every one once."""
    found: dict[str, list[Node]] = {}
    for key, thing in pairs:
        if thing not in found.setdefault(key, []):
            found[key].append(thing)
    return found


# People and organisations


def site(absolute: Absolute) -> Node:
    """Who publishes these pages."""
    home = absolute("/")
    return named(node("Organization", name="Elysium", url=home), id=f"{home}#organization")


def website(absolute: Absolute) -> Node:
    home, publisher = absolute("/"), {"@id": f"{absolute('/')}#organization"}
    return named(
        node("WebSite", name="Elysium", url=home, inLanguage=["zh-Hans", "en"], publisher=publisher),
        id=f"{home}#website",
    )


def brief_person(creator: Creator, absolute: Absolute) -> Node:
    path = creator.get_absolute_url()
    person = node("Person", name=name_of(creator), url=absolute(path))
    return named(person, id=identity(path, absolute, "person"))


def person(creator: Creator, absolute: Absolute, image: str = "") -> Node:
    return brief_person(creator, absolute) | node(
        "Person",
        alternateName=other_name(creator, "name"),
        description=localised(creator, "bio").text,
        sameAs=web_links(creator),
        image=image,
    )


def speaker(exchange: Exchange, absolute: Absolute) -> Node | None:
    """Who answers; somebody we only know by the printed label has no address."""
    if exchange.speaker:
        return brief_person(exchange.speaker, absolute)
    return node("Person", name=exchange.speaker_label) if exchange.speaker_label else None


def organisations(edition: Edition) -> dict[str, list[Node]]:
    """The organisations behind an edition by what they did."""
    return by_key(
        (
            PARTNERS.get(PartnershipRole(row.role), OTHERS),
            node("Organization", name=name_of(row.organisation), url=web_link(row.organisation.link)),
        )
        for row in edition.partnerships.all()
    )


def interviewer(interview: Interview, edition: Edition | None) -> Node | None:
    """Who asks: an organisation if it stands behind the edition; otherwise nobody says whether it is a person."""
    if not interview.interviewer:
        return None
    known = {row.organisation.name for row in edition.partnerships.all()} if edition else set()
    asker = {"name": interview.interviewer}
    return node("Organization", **asker) if interview.interviewer in known else asker


# Films and editions


def brief_edition(edition: Edition, absolute: Absolute) -> Node:
    path = edition.get_absolute_url()
    series = node("CreativeWorkSeries", name=edition_title(edition), url=absolute(path))
    return named(series, id=identity(path, absolute, "edition"))


def brief_movie(film: Film, absolute: Absolute) -> Node:
    """A film with its makers; one whose title nobody states has no name here either."""
    path = film.get_absolute_url()
    makers = by_key(
        (CREDITS.get(CreditRole(credit.role), OTHERS), brief_person(credit.creator, absolute))
        for credit in film.credits.all()
    )
    movie = node("Movie", name=localised(film, "title").text, url=absolute(path), **makers)
    return named(movie, id=identity(path, absolute, "film"))


def work(work: Work, absolute: Absolute) -> Node:
    kind = WORKS.get(WorkKind(work.kind), "CreativeWork")
    author = {"name": work.author} if work.author else None
    return node(kind, name=localised(work, "title").text, author=author, url=absolute(work.get_absolute_url()))


def movie(film: Film, absolute: Absolute, image: str = "") -> Node:
    talks = [{"@id": interview_identity(talk, absolute)} for talk in film.public_interviews]  # type: ignore[attr-defined]
    return brief_movie(film, absolute) | node(
        "Movie",
        alternateName=other_name(film, "title") if film.title else "",
        description=localised(film, "synopsis").text,
        duration=runtime_iso(film.runtime_seconds) if film.runtime_seconds else "",
        genre=film.get_form_display() if film.form else "",
        dateCreated=film.made_to,
        award=film.distinction,
        keywords=[name_of(theme) for theme in film.themes.all()],
        isPartOf=brief_edition(film.public_edition, absolute) if film.public_edition else None,
        isBasedOn=work(film.adapted_from, absolute) if film.adapted_from else None,
        mentions=[work(mention.work, absolute) for mention in film.mentions.all()],
        subjectOf=talks,
        image=image,
    )


def edition(edition: Edition, films: Iterable[Film], absolute: Absolute) -> Node:
    began = f"{edition.year}-{edition.month:02d}" if edition.year and edition.month else str(edition.year or "")
    return brief_edition(edition, absolute) | node(
        "CreativeWorkSeries",
        alternateName=localised(edition, "name").text if edition.theme else "",
        description=opening(edition).text,
        startDate=began,
        hasPart=[brief_movie(film, absolute) for film in films],
        **organisations(edition),
    )


# Interviews


def interview_identity(interview: Interview, absolute: Absolute) -> str:
    return identity(f"/interviews/{interview.slug}/", absolute, "interview")


def answer(exchange: Exchange, page: str, absolute: Absolute) -> Node:
    words = node(
        "Answer",
        text=exchange.answer,
        author=speaker(exchange, absolute),
        inLanguage=language(exchange),
        url=f"{page}#a{exchange.anchor}",
    )
    return named(words, id=f"{page}#a{exchange.anchor}")


def question(exchanges: list[Exchange], asker: Node | None, page: str, absolute: Absolute) -> list[Node]:
    """A question with everyone's answers; words that answer no question stand for themselves."""
    answers = [answer(exchange, page, absolute) for exchange in exchanges]
    first = exchanges[0]
    if not first.question:
        return answers
    asked = node(
        "Question",
        text=first.question,
        author=asker,
        inLanguage=language(first),
        answerCount=len(answers),
        suggestedAnswer=answers,
    )
    return [asked]


def article(
    interview: Interview,
    absolute: Absolute,
    *,
    film: Film | None = None,
    edition: Edition | None = None,
    source: Source | None = None,
) -> Node:
    """The talk, question by question, with who said what and the article that it was taken from."""
    page = absolute(interview.get_absolute_url())
    asker = interviewer(interview, edition)
    groups = by_question(list(interview.exchanges.all()))
    parts = [part for group in groups for part in question(group, asker, page, absolute)]
    words = node(
        "Article",
        headline=title_text(interview),
        url=page,
        inLanguage=language(interview),
        author=asker,
        about={"@id": identity(film.get_absolute_url(), absolute, "film")} if film else None,
        datePublished=moment(interview.first_published_at),
        dateModified=moment(interview.updated_at),
        publisher={"@id": f"{absolute('/')}#organization"},
        isBasedOn=source_article(source, absolute) if source and source.pk == interview.source_id else None,
        hasPart=parts,
    )
    return named(words, id=interview_identity(interview, absolute))


def source_article(source: Source, absolute: Absolute) -> Node:
    """The article as it was published elsewhere; the address is where we show it."""
    return node(
        "Article",
        headline=source.headline,
        datePublished=source.published_on and source.published_on.isoformat(),
        publisher={"name": source.publisher} if source.publisher else None,
        url=absolute(source.get_absolute_url()),
    )


def moment(value: dt.datetime | None) -> str:
    return timezone.localtime(value).isoformat(timespec="seconds") if value else ""


def language(row: Any) -> str:
    """The language that the words were published in."""
    return TAGS.get(getattr(row, "content_language", None) or "", "")


# Places


def breadcrumbs(places: Iterable[tuple[str, str]], absolute: Absolute) -> Node:
    """The way from the front page: names and addresses."""
    home = in_language("/", get_language() or "zh-hans")
    steps = [(_("首页"), home), *places]
    items = [
        node("ListItem", position=number, name=name, item=absolute(path))
        for number, (name, path) in enumerate(steps, start=1)
    ]
    return node("BreadcrumbList", itemListElement=items)
