"""What a database says, its numbers aside: written apart from the code it checks."""

import hashlib
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import FileField

from films.models import (
    Caption,
    Creator,
    Credit,
    Edition,
    Exchange,
    Film,
    Interview,
    Organisation,
    Partnership,
    Portrait,
    Poster,
    SearchDocument,
    SlugRedirect,
    Source,
    Still,
    Theme,
    Tool,
    ToolUse,
    Topic,
    Video,
    Work,
    WorkMention,
)

CONTENT: tuple[type[Any], ...] = (
    Organisation, Creator, Tool, Topic, Theme, Work, Source, Edition, Partnership, Film, Credit, Interview, Exchange,
    ToolUse, WorkMention, Portrait, Poster, Still, Video, Caption,
)  # fmt: skip
# Whose row it is at this desk, and how often it was saved here.
APART = {"id", "created_by", "version"}


Names = dict[type[Any], dict[int, str]]


def names() -> Names:
    """Every row in words that outlast its number."""
    found: Names = {model: {} for model in CONTENT}
    for model in CONTENT:
        for row in model._base_manager.select_related("interview") if model is Exchange else model._base_manager.all():
            is_answer = isinstance(row, Exchange)
            words = (
                f"{row.interview.slug}/{row.anchor}" if is_answer else getattr(row, "slug", getattr(row, "name", ""))
            )
            found[model][row.pk] = words
    return found


def name_of(known: Names, model: type[Any], pk: int | None) -> str:
    return "nothing" if pk is None else known[model].get(pk, "gone")


def content_of(name: str) -> str:
    if not name:
        return ""
    with default_storage.open(name) as file:
        return hashlib.sha256(file.read()).hexdigest()


def row_of(row: Any, known: Names) -> str:
    found = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name in APART:
            continue
        if isinstance(field, FileField):
            value = str(value), content_of(str(value))
        if field.related_model:
            value = name_of(known, field.related_model, value)
        if field.name == "imported":
            ways = {f.attname: f.related_model for f in row._meta.concrete_fields if f.related_model}
            value = {
                key: name_of(known, ways[key.split(":")[-1]], one) if key.split(":")[-1] in ways else one
                for key, one in value.items()
            }
        found[field.name] = value
    if isinstance(row, Film):
        found["themes"] = sorted(theme.slug for theme in row.themes.all())
    return f"{row._meta.model_name} {found}"


def digest() -> list[str]:
    """Every row of content, in the order in which the site would show equals; old addresses last."""
    known, rows = names(), []
    for model in CONTENT:
        found = model._base_manager.order_by("pk").prefetch_related(*(["themes"] if model is Film else []))
        rows += [row_of(row, known) for row in found]
    models = {model._meta.model_name: model for model in CONTENT}
    old = [f"{r.model} {r.slug} → {name_of(known, models[r.model], r.target_id)}" for r in SlugRedirect.objects.all()]
    return rows + sorted(old)


def wipe() -> None:
    """An empty site without a file, whose next rows get other numbers."""
    for name in files():
        default_storage.delete(name)
    Film.objects.update(pull_quote_exchange=None)
    for model in (SearchDocument, Film.themes.through, SlugRedirect, *reversed(CONTENT)):
        model._base_manager.all()._raw_delete("default")


def files(folder: str = "") -> list[str]:
    """Every file of the media but the images for sharing, which are drawn from the rows."""
    if folder == "share" or not default_storage.exists(folder):
        return []
    folders, names = default_storage.listdir(folder)
    below = [name for inner in folders for name in files(f"{folder}/{inner}".lstrip("/"))]
    return sorted([*below, *(f"{folder}/{name}".lstrip("/") for name in names)])
