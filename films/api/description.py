"""The interface described in OpenAPI 3.1, its filters read from the filters themselves."""

from typing import Any

from django.utils import translation

from films.api.paging import MOST
from films.api.schemas import ADDRESS, LISTED, NUMBER, SCHEMAS, SLUG, Schema, ref
from films.facets import Facet
from films.filters import FilmFilter, InterviewFilter
from films.forms import QUERY_LENGTH
from films.list_filter import ListFilter
from films.shortcuts import PAGE_SIZE

ENTRIES = {"films": "Film", "interviews": "Interview", "creators": "Creator", "editions": "Edition", "topics": "Topic"}
FILTERS: dict[str, type[ListFilter]] = {"films": FilmFilter, "interviews": InterviewFilter}
ABOUT = (
    "What Elysium publishes, read-only: films, interviews, their makers, editions, and the questions asked again and "
    "again. Words stand in Chinese and, as `*_en`, in English; `null` means that nobody states it. Lists come in "
    "pages: follow `next`. Every answer has an ETag; send it back as If-None-Match and get 304 while nothing changed."
)


def parameter(name: str, about: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": about, "schema": schema}


PAGING = [
    parameter("cursor", "Where the page begins; taken from `next`.", {"type": "string"}),
    parameter(
        "limit", "How many entries a page holds.", NUMBER | {"minimum": 1, "maximum": MOST, "default": PAGE_SIZE}
    ),
]
SLUG_PARAMETER = {"name": "slug", "in": "path", "required": True, "schema": SLUG}


def description(server: str) -> dict[str, Any]:
    """The whole interface as it is served at `server`."""
    with translation.override("en"):
        return {
            "openapi": "3.1.0",
            "info": {"title": "Elysium", "version": "1", "description": ABOUT},
            "servers": [{"url": server}],
            "paths": {"/": operation("index", "Where everything is", "Index"), **lists(), **entries()},
            "components": {"schemas": SCHEMAS, "responses": RESPONSES},
        }


def lists() -> dict[str, Any]:
    return {
        f"/{noun}/": operation(
            f"list_{noun}", f"Public {noun}", f"{shape}Page", [*filters(noun), *PAGING], "BadParameters"
        )
        for noun, shape in LISTED.items()
    }


def entries() -> dict[str, Any]:
    return {
        f"/{noun}/{{slug}}/": operation(
            f"get_{shape.lower()}",
            f"One of the {noun}",
            shape,
            [SLUG_PARAMETER, *(PAGING if noun == "topics" else [])],
            "BadParameters",
            "NotFound",
            "Moved",
        )
        for noun, shape in ENTRIES.items()
    }


PROBLEMS = {"BadParameters": "400", "NotFound": "404", "Moved": "301"}


def operation(
    name: str, about: str, shape: str, parameters: list[Schema] | None = None, *others: str
) -> dict[str, Any]:
    found = {"description": about, "content": {"application/json": {"schema": ref(shape)}}}
    responses = {"200": found, "304": {"$ref": "#/components/responses/NotModified"}}
    responses |= {PROBLEMS[other]: {"$ref": f"#/components/responses/{other}"} for other in others}
    get = {"operationId": name, "summary": about, "parameters": parameters or [], "responses": responses}
    return {"get": get}


def problem(about: str) -> dict[str, Any]:
    return {"description": about, "content": {"application/problem+json": {"schema": ref("Problem")}}}


RESPONSES = {
    "NotModified": {"description": "Nothing changed since the ETag that was sent."},
    "BadParameters": problem("A parameter is unknown or has no such value; each is named."),
    "NotFound": problem("There is nothing at this address."),
    "Moved": {"description": "The entry has another address now.", "headers": {"Location": {"schema": ADDRESS}}},
}


def filters(noun: str) -> list[Schema]:
    """The same filters as on the pages."""
    if noun not in FILTERS:
        return []
    chosen = FILTERS[noun]
    facets = [choices(name, str(chosen.base_filters[name].label), facet) for name, facet in chosen.facets.items()]
    return [
        *facets,
        parameter("q", "Words that must all stand in the entry.", {"type": "string", "maxLength": QUERY_LENGTH}),
        parameter("sort", "The order.", {"type": "string", "enum": list(chosen.orders)}),
    ]


def choices(name: str, label: str, facet: Facet) -> Schema:
    """Several values mean any of them; all of them are known only where no row names one."""
    value: Schema = {"type": "string"}
    if facet.rows is None:
        value["enum"] = [slug for slug, _words in facet.fixed]
    schema = {"type": "array", "items": value}
    return parameter(name, f"{label}: any of these.", schema) | {"style": "form", "explode": True}
