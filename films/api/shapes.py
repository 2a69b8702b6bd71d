"""Entries as JSON: both languages side by side, `null` for what nobody states.

Only rows that are public and loaded are read; `films.api.description` says the same in words of JSON Schema.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from films.models import (
    Caption,
    Creator,
    Edition,
    Exchange,
    Film,
    Interview,
    Source,
    Tool,
    Topic,
    Video,
    Work,
)
from films.models.picture import FACE, UPRIGHT, WHOLE
from films.templatetags.addresses import in_language
from films.templatetags.formatting import TAGS, web_links
from films.templatetags.pictures import address, portrait_of, poster_picture, shown_stills
from films.uploads.renditions import CONTENT_TYPES, Ladder

Shape = dict[str, Any]


def bilingual(row: Any, *fields: str) -> Shape:
    """Each field in Chinese and in English."""
    return {name: getattr(row, name) or None for field in fields for name in (field, f"{field}_en")}


def stated(row: Any, *fields: str) -> Shape:
    return {field: getattr(row, field) or None for field in fields}


def moments(row: Any) -> Shape:
    return {"first_published_at": row.first_published_at, "updated_at": row.updated_at}


def language(row: Any) -> str | None:
    """The language that the words were published in."""
    return TAGS.get(getattr(row, "content_language", None) or "")


class Shapes(NamedTuple):
    """Shapes whose addresses have the host of the request."""

    absolute: Callable[[str], str]

    def here(self, name: str, slug: str) -> Shape:
        """An entry's own address in the interface."""
        return {"url": self.absolute(reverse(f"api:{name}_detail", args=[slug])), "slug": slug}

    def listing(self, name: str, **chosen: str) -> str:
        """A list of the interface, narrowed."""
        return self.absolute(f"{reverse(f'api:{name}_list')}?{urlencode(chosen)}")

    def pages(self, path: str) -> Shape:
        """The page that people read, in both languages."""
        return {"zh-Hans": self.absolute(path), "en": self.absolute(in_language(path, "en"))}

    # References

    def film_reference(self, film: Film) -> Shape:
        return {**self.here("film", film.slug), **bilingual(film, "title")}

    def creator_reference(self, creator: Creator) -> Shape:
        return {**self.here("creator", creator.slug), **bilingual(creator, "name")}

    def edition_reference(self, edition: Edition) -> Shape:
        return {**self.here("edition", edition.slug), **bilingual(edition, "name", "theme"), **stated(edition, "year")}

    def topic_reference(self, topic: Topic) -> Shape:
        return {**self.here("topic", topic.slug), **bilingual(topic, "name")}

    def work(self, work: Work) -> Shape:
        return {
            "pages": self.pages(work.get_absolute_url()), **bilingual(work, "title"), **stated(work, "author", "kind"),
        }  # fmt: skip

    def tool(self, tool: Tool) -> Shape:
        return {"pages": self.pages(tool.get_absolute_url()), **bilingual(tool, "name"), **stated(tool, "maker")}

    def source(self, source: Source) -> Shape:
        published = source.published_on and source.published_on.isoformat()
        pages = self.pages(source.get_absolute_url())
        return {"pages": pages, **stated(source, "headline", "publisher"), "published_on": published}

    # Pictures

    def picture(self, picture: Any, ladder: Ladder) -> Shape:
        """Every file that there is of a picture, with the words and the name that belong to it."""
        files = [
            {
                "url": self.absolute(address(picture, file)),
                "type": CONTENT_TYPES[file.format],
                "width": file.width,
                "height": file.height,
            }
            for file in picture.renditions(ladder)
        ]
        return {**bilingual(picture, "alt"), **stated(picture, "credit"), "files": files}

    # Films

    def film_summary(self, film: Film) -> Shape:
        """A film as lists show it."""
        return {
            **self.here("film", film.slug),
            "pages": self.pages(film.get_absolute_url()),
            **bilingual(film, "title", "synopsis"),
            "title_origin": film.title_origin,
            **stated(film, "runtime_seconds", "form"),
            "edition": self.edition_reference(film.public_edition) if film.public_edition else None,
            "credits": [
                {"role": credit.role, "creator": self.creator_reference(credit.creator)}
                for credit in film.credits.all()
            ],
            "poster": self.picture(poster, UPRIGHT) if (poster := poster_picture(film)) else None,
            "language": language(film),
            **moments(film),
        }

    def film(self, film: Film, talks: list[Interview]) -> Shape:
        """A film with its interviews; of a quotation only what stands in public words."""
        answers = {
            exchange.pk: self.absolute(f"{film.get_absolute_url()}#a{exchange.anchor}")
            for talk in talks
            for exchange in talk.exchanges.all()
        }
        quoted = answers.get(film.pull_quote_exchange_id) if film.pull_quote_exchange_id and film.pull_quote else None
        return self.film_summary(film) | {
            **stated(film, "statement", "made_from", "made_to", "distinction"),
            "themes": [bilingual(theme, "name") for theme in film.themes.all()],
            "adapted_from": self.work(film.adapted_from) if film.adapted_from else None,
            "tools": [self.tool_use(use, answers) for use in film.tool_uses.all()],
            "mentions": [
                {
                    "work": self.work(mention.work),
                    **stated(mention, "quote"),
                    "answer": answers.get(mention.exchange_id or 0),
                }
                for mention in film.mentions.all()
            ],
            "pull_quote": {"quote": film.pull_quote, "answer": quoted} if quoted else None,
            "interviews": [
                {**self.here("interview", talk.slug), **self.talk(talk, film.get_absolute_url())} for talk in talks
            ],
            "stills": [self.picture(still, WHOLE) for still in shown_stills(film)],
            "video": self.video(film.video) if hasattr(film, "video") else None,
            "captions": [self.caption(caption) for caption in film.captions.all()],
            "source": self.source(film.source) if film.source else None,
        }

    def video(self, video: Video) -> Shape:
        """The film itself: a file of ours, or its page at a video site."""
        return {
            "file": self.absolute(video.file.url) if video.file else None,
            "type": video.content_type if video.file else None,
            "site": video.site or None,
            "page": video.page_url if video.site else None,
            **stated(video, "width", "height", "seconds"),
        }

    def caption(self, caption: Caption) -> Shape:
        return {
            "url": self.absolute(caption.address),
            "language": caption.language,
            "kind": caption.kind,
            "transcript": caption.transcript,
        }

    def tool_use(self, use: Any, answers: dict[int, str]) -> Shape:
        quotable = use.quotable
        return {
            "tool": self.tool(use.tool),
            **stated(use, "step", "version"),
            "quote": (use.quote or None) if quotable else None,
            "answer": answers.get(use.exchange_id) if quotable else None,
        }

    # Interviews

    def talk(self, talk: Interview, page: str) -> Shape:
        """What was said, question by question."""
        return {
            **bilingual(talk, "heading"),
            **stated(talk, "interviewer"),
            "exchanges": [self.exchange(exchange, page) for exchange in talk.exchanges.all()],
        }

    def exchange(self, exchange: Exchange, page: str) -> Shape:
        return {
            **self.answer(exchange, page),
            **stated(exchange, "question"),
            "topic": self.topic_reference(exchange.topic) if exchange.topic else None,
        }

    def answer(self, exchange: Exchange, page: str) -> Shape:
        """What one voice said, at its permanent address."""
        return {
            "page": self.absolute(f"{page}#a{exchange.anchor}"),
            "answer": exchange.answer,
            "speaker": self.creator_reference(exchange.speaker) if exchange.speaker else None,
            **stated(exchange, "speaker_label"),
            "language": language(exchange),
        }

    def placed_answer(self, exchange: Exchange) -> Shape:
        """An answer away from its interview, under the question that was really put."""
        talk = exchange.interview
        return {
            **self.answer(exchange, talk.get_absolute_url()),
            "question": exchange.asked or None,  # type: ignore[attr-defined]  # annotated by with_place
            "interview": self.here("interview", talk.slug)["url"],
            "film": self.film_reference(talk.film) if talk.film else None,
        }

    def interview_summary(self, talk: Interview) -> Shape:
        edition = talk.public_edition or (talk.film and talk.film.public_edition)
        return {
            **self.here("interview", talk.slug),
            "pages": self.pages(talk.get_absolute_url()),
            **bilingual(talk, "heading"),
            **stated(talk, "interviewer"),
            "film": self.film_reference(talk.film) if talk.film else None,
            "edition": self.edition_reference(edition) if edition else None,
            "questions": talk.questions,  # type: ignore[attr-defined]  # annotated by with_card_data
            "language": language(talk),
            **moments(talk),
        }

    def interview(self, talk: Interview) -> Shape:
        source = self.source(talk.source) if talk.source else None
        return self.interview_summary(talk) | self.talk(talk, talk.get_absolute_url()) | {"source": source}

    # People, editions, topics

    def creator(self, creator: Creator) -> Shape:
        return {
            **self.here("creator", creator.slug),
            "pages": self.pages(creator.get_absolute_url()),
            **bilingual(creator, "name", "bio"),
            "links": web_links(creator),
            "portrait": self.picture(portrait, FACE) if (portrait := portrait_of(creator)) else None,
            "films": [self.film_reference(film) for film in creator.public_films],  # type: ignore[attr-defined]
            "all_films": self.listing("film", creator=creator.slug),
            "interviews": self.listing("interview", creator=creator.slug),
            "updated_at": creator.updated_at,
        }

    def edition(self, edition: Edition) -> Shape:
        return {
            **self.here("edition", edition.slug),
            "pages": self.pages(edition.get_absolute_url()),
            **bilingual(edition, "name", "theme", "statement"),
            **stated(edition, "year", "month"),
            "organisations": [
                {
                    **bilingual(row.organisation, "name"),
                    **stated(row.organisation, "link"),
                    "role": row.role,
                    **stated(row, "note"),
                }
                for row in edition.partnerships.all()
            ],
            "film_count": edition.film_count,  # type: ignore[attr-defined]  # told by counted
            "films": self.listing("film", edition=edition.slug),
            "interviews": self.listing("interview", edition=edition.slug),
            "source": self.source(edition.source) if edition.source else None,
            **moments(edition),
        }

    def topic(self, topic: Topic) -> Shape:
        return {
            **self.topic_reference(topic),
            "pages": self.pages(topic.get_absolute_url()),
            "answer_count": topic.answer_total,  # type: ignore[attr-defined]
            "interviews": self.listing("interview", topic=topic.slug),
        }
