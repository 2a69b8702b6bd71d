"""What each shape looks like, in JSON Schema as OpenAPI 3.1 takes it. Every member is always there."""

from typing import Any

from films.choices import (
    CaptionKind,
    CaptionLanguage,
    CreditRole,
    Form,
    PartnershipRole,
    TitleOrigin,
    ToolStep,
    VideoSite,
    WorkKind,
)
from films.templatetags.formatting import TAGS

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
PARTIAL_DATE: Schema = {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
SLUG: Schema = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
LANGUAGE: Schema = {"type": "string", "enum": list(TAGS.values())}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def several(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def maybe(schema: Schema) -> Schema:
    """This, or null: nobody states it."""
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(values: list[str]) -> Schema:
    return {"type": "string", "enum": [value for value in values if value]}


def record(**members: Schema) -> Schema:
    return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}


def both(*fields: str) -> dict[str, Schema]:
    return {name: maybe(TEXT) for field in fields for name in (field, f"{field}_en")}


HERE = {"url": ADDRESS, "slug": SLUG}
PAGES = {"pages": ref("Pages")}
MOMENTS = {"first_published_at": maybe(MOMENT), "updated_at": MOMENT}
ANSWER = {
    "page": ADDRESS,
    "answer": TEXT,
    "speaker": maybe(ref("CreatorReference")),
    "speaker_label": maybe(TEXT),
    "language": maybe(LANGUAGE),
}
FILM = {
    **HERE,
    **PAGES,
    **both("title", "synopsis"),
    "title_origin": one_of(TitleOrigin.values),
    "runtime_seconds": maybe(NUMBER),
    "form": maybe(one_of(Form.values)),
    "edition": maybe(ref("EditionReference")),
    "credits": several(record(role=one_of(CreditRole.values), creator=ref("CreatorReference"))),
    "poster": maybe(ref("Picture")),
    "language": maybe(LANGUAGE),
    **MOMENTS,
}
TALK = {**both("heading"), "interviewer": maybe(TEXT)}
INTERVIEW = {
    **HERE,
    **PAGES,
    **TALK,
    "film": maybe(ref("FilmReference")),
    "edition": maybe(ref("EditionReference")),
    "questions": NUMBER,
    "language": maybe(LANGUAGE),
    **MOMENTS,
}
EXCHANGES = {"exchanges": several(ref("Exchange"))}
TOPIC = {**HERE, **both("name"), **PAGES, "answer_count": NUMBER, "interviews": ADDRESS}

SCHEMAS: dict[str, Schema] = {
    "Pages": record(**{"zh-Hans": ADDRESS, "en": ADDRESS}),
    "FilmReference": record(**HERE, **both("title")),
    "CreatorReference": record(**HERE, **both("name")),
    "EditionReference": record(**HERE, **both("name", "theme"), year=maybe(NUMBER)),
    "TopicReference": record(**HERE, **both("name")),
    "Work": record(**PAGES, **both("title"), author=maybe(TEXT), kind=maybe(one_of(WorkKind.values))),
    "Tool": record(**PAGES, **both("name"), maker=maybe(TEXT)),
    "ToolUse": record(
        tool=ref("Tool"),
        step=maybe(one_of(ToolStep.values)),
        version=maybe(TEXT),
        quote=maybe(TEXT),
        answer=maybe(ADDRESS),
    ),
    "Mention": record(work=ref("Work"), quote=maybe(TEXT), answer=maybe(ADDRESS)),
    "Source": record(
        **PAGES,
        headline=maybe(TEXT),
        publisher=maybe(TEXT),
        published_on=maybe({"type": "string", "format": "date"}),
    ),
    "Exchange": record(**ANSWER, question=maybe(TEXT), topic=maybe(ref("TopicReference"))),
    "PlacedAnswer": record(**ANSWER, question=maybe(TEXT), interview=ADDRESS, film=maybe(ref("FilmReference"))),
    "Picture": record(
        **both("alt"),
        credit=maybe(TEXT),
        files=several(record(url=ADDRESS, type=TEXT, width=NUMBER, height=NUMBER)),
    ),
    "FilmSummary": record(**FILM),
    "Film": record(
        **FILM,
        statement=maybe(TEXT),
        made_from=maybe(PARTIAL_DATE),
        made_to=maybe(PARTIAL_DATE),
        distinction=maybe(TEXT),
        themes=several(record(**both("name"))),
        adapted_from=maybe(ref("Work")),
        tools=several(ref("ToolUse")),
        mentions=several(ref("Mention")),
        pull_quote=maybe(record(quote=TEXT, answer=ADDRESS)),
        interviews=several(record(**HERE, **TALK, **EXCHANGES)),
        stills=several(ref("Picture")),
        video=maybe(ref("Video")),
        captions=several(ref("Caption")),
        source=maybe(ref("Source")),
    ),
    "Video": record(
        file=maybe(ADDRESS),
        type=maybe(TEXT),
        site=maybe(one_of(VideoSite.values)),
        page=maybe(ADDRESS),
        width=maybe(NUMBER),
        height=maybe(NUMBER),
        seconds=maybe(NUMBER),
    ),
    "Caption": record(
        url=ADDRESS,
        language=one_of(CaptionLanguage.values),
        kind=one_of(CaptionKind.values),
        transcript=TEXT,
    ),
    "InterviewSummary": record(**INTERVIEW),
    "Interview": record(**INTERVIEW, **EXCHANGES, source=maybe(ref("Source"))),
    "Creator": record(
        **HERE,
        **PAGES,
        **both("name", "bio"),
        links=several(ADDRESS),
        portrait=maybe(ref("Picture")),
        # The newest of them; `all_films` gives every one, page by page.
        films=several(ref("FilmReference")),
        all_films=ADDRESS,
        interviews=ADDRESS,
        updated_at=MOMENT,
    ),
    "Edition": record(
        **HERE,
        **PAGES,
        **both("name", "theme", "statement"),
        year=maybe(NUMBER),
        month=maybe({"type": "integer", "minimum": 1, "maximum": 12}),
        organisations=several(
            record(**both("name"), link=maybe(ADDRESS), role=one_of(PartnershipRole.values), note=maybe(TEXT))
        ),
        film_count=NUMBER,
        films=ADDRESS,
        interviews=ADDRESS,
        source=maybe(ref("Source")),
        **MOMENTS,
    ),
    "TopicSummary": record(**TOPIC),
    "Topic": record(**TOPIC, answers=ref("PlacedAnswerPage")),
    "Index": record(
        films=ADDRESS, interviews=ADDRESS, creators=ADDRESS, editions=ADDRESS, topics=ADDRESS, description=ADDRESS
    ),
    "Problem": {
        "type": "object",
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": NUMBER,
            "detail": TEXT,
            "errors": several(record(parameter=TEXT, message=TEXT)),
        },
        "required": ["type", "title", "status", "detail"],
        "additionalProperties": False,
    },
}


def page_of(name: str) -> Schema:
    """One page of a list."""
    return record(count=NUMBER, next=maybe(ADDRESS), items=several(ref(name)))


LISTED = {
    "films": "FilmSummary",
    "interviews": "InterviewSummary",
    "creators": "Creator",
    "editions": "Edition",
    "topics": "TopicSummary",
}
SCHEMAS |= {f"{name}Page": page_of(name) for name in (*LISTED.values(), "PlacedAnswer")}
