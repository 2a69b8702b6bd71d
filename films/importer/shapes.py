"""The kinds of rows an article gives, in the order in which they are written."""

from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.core.exceptions import ValidationError

from films.models import (
    Creator,
    Credit,
    Edition,
    Exchange,
    Film,
    Interview,
    Organisation,
    Partnership,
    Theme,
    Tool,
    ToolUse,
    Topic,
    Work,
    WorkMention,
)
from films.reading.article import Message
from films.reading.phrases import PHRASES

Unit = tuple[str, ...]


class Shape(NamedTuple):
    """One kind of row: its parent, what is merged together, and what may be there only once."""

    model: type[Any]
    units: tuple[Unit, ...]
    parent: str = ""
    parent_kind: str = ""
    once: tuple[str, ...] = ()
    ordered: bool = False
    # Removed when the source no longer has it and no editor touched it; the others are kept.
    goes: bool = True

    @property
    def kind(self) -> str:
        return str(self.model._meta.model_name)


def _units(*names: str | Unit) -> tuple[Unit, ...]:
    return tuple(name if isinstance(name, tuple) else (name,) for name in names)


ALL_SHAPES = (
    Shape(
        Edition,
        _units("name", "theme", "year", "month", "name_en", "theme_en", "statement", "statement_en"),
        goes=False,
    ),
    Shape(
        Partnership,
        _units("organisation", "role", "note"),
        parent="edition",
        parent_kind="edition",
        once=("organisation", "role"),
        ordered=True,
    ),
    Shape(
        Film,
        _units(
            # A title is nothing without where it came from; a quotation nothing without its answer.
            ("title", "title_origin"),
            "edition",
            "synopsis",
            "statement",
            "runtime_seconds",
            "adapted_from",
            "made_from",
            "made_to",
            "title_en",
            "synopsis_en",
            "form",
            "distinction",
            "themes",
            ("pull_quote", "pull_quote_exchange"),
            "poster_pigment",
            "poster_figure",
            "poster_composition",
            "poster_lines",
            "poster_seed",
        ),
        ordered=True,
        goes=False,
    ),
    Shape(
        Credit,
        _units("creator", "role"),
        parent="film",
        parent_kind="film",
        once=("creator", "role"),
        ordered=True,
    ),
    Shape(
        Interview,
        _units("edition", "heading", "interviewer", "heading_en"),
        parent="film",
        parent_kind="film",
        goes=False,
    ),
    Shape(
        Exchange,
        _units("question", "answer", "speaker", "speaker_label", "topic"),
        parent="interview",
        parent_kind="interview",
        ordered=True,
    ),
    Shape(
        ToolUse,
        _units("tool", "step", "version", "quote", "exchange"),
        parent="film",
        parent_kind="film",
        once=("tool", "step"),
        ordered=True,
    ),
    Shape(
        WorkMention,
        _units("work", "quote", "exchange"),
        parent="film",
        parent_kind="film",
        once=("work",),
        ordered=True,
    ),
)
SHAPES = {shape.kind: shape for shape in ALL_SHAPES}

# Values that name another row; `imported` keeps the name and, beside it, the row's id.
NAMED_MODELS: dict[str, type[Any]] = {
    "organisation": Organisation,
    "creator": Creator,
    "speaker": Creator,
    "adapted_from": Work,
    "work": Work,
    "tool": Tool,
    "topic": Topic,
}
ROW_FIELDS = {"edition": "edition", "exchange": "exchange", "pull_quote_exchange": "exchange"}
REFERENCES = {*NAMED_MODELS, *ROW_FIELDS}
MANY = {"themes": Theme}
NAME_FIELD = {Work: "title"}


def name_field(model: type[Any]) -> str:
    return NAME_FIELD.get(model, "name")


@cache
def _rules(kind: str, field: str) -> tuple[int | None, tuple[Any, ...]]:
    described = apps.get_model("films", kind)._meta.get_field(field)
    skipped = "MaxLengthValidator"
    return described.max_length, tuple(v for v in described.validators if type(v).__name__ != skipped)


def why_unfit(model: type[Any], field: str, value: Any) -> Message | None:
    """Say why a column would refuse a value, by the same rules that editors meet; None when it fits."""
    limit, validators = _rules(model._meta.model_name, field)
    if isinstance(value, str) and limit and len(value) > limit:
        return Message("unfit.long", {"length": len(value), "limit": limit})
    try:
        for validate in validators:
            validate(value)
    except ValidationError as error:
        code = f"unfit.{error.code}"
        return Message(code if code in PHRASES else "unfit.other")
    return None
