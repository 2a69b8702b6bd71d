"""Values as people read them: choices by their label, rows by their name, whether they are still there or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Max, Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reversion.models import Version

from films.history.recorded import Kept, versions
from films.history.trees import OWNERS, is_kept
from films.models import (
    Caption,
    Credit,
    Exchange,
    Film,
    Interview,
    Partnership,
    Portrait,
    Poster,
    Source,
    Still,
    ToolUse,
    Video,
    WorkMention,
)

# What the importer and the machine keep for themselves, or what another column says better.
UNSHOWN = frozenset(
    {"imported", "passages", "source_key", "version", "updated_at", "last_anchor", "fingerprint", "records"}
)
SHORT = 60


class Names:
    """The names of all rows that some versions name (a query for each kind of row, two for what is gone)."""

    def __init__(self, rows: Iterable[Kept]) -> None:
        self.wanted: dict[type[Model], set[int]] = defaultdict(set)
        for row in rows:
            self.want(row)
        self.found = {model: names_of(model, keys) for model, keys in self.wanted.items()}

    def want(self, row: Kept) -> None:
        for name, value in row.fields.items():
            target = target_of(row.model, name) if is_shown(row.model, name) else None
            if target is not None and value:
                self.wanted[target].update(value if isinstance(value, list) else [value])

    def of(self, model: type[Model], key: int) -> str:
        return self.found.get(model, {}).get(key) or _("（已删除）")


def target_of(model: type[Model], name: str) -> type[Model] | None:
    """The model that a column names rows of; none for the entry that a row belongs to."""
    field = field_of(model, name)
    if field is None or not field.is_relation or OWNERS.get(model) == name or name in UNSHOWN:
        return None
    return field.related_model


def field_of(model: type[Model], name: str) -> Field[Any, Any] | None:
    """The column of that name, if there still is one."""
    try:
        return model._meta.get_field(name)  # type: ignore[return-value]
    except FieldDoesNotExist:
        return None


def names_of(model: type[Model], keys: set[int]) -> dict[int, str]:
    """Names by key: of the rows that are there, and of the others as they were last recorded."""
    rows = model._default_manager.filter(pk__in=keys)
    if model is Interview:
        rows = rows.select_related("film")
    if model is Film:
        rows = rows.prefetch_related("credits__creator")
    if model is Source:
        rows = rows.only("headline", "name")
    found = {row.pk: name_of(row) for row in rows}
    return gone_names(model, keys - found.keys()) | found


def name_of(row: Any) -> str:
    """A row in a few words that tell it from others."""
    if isinstance(row, Film):
        makers = dict.fromkeys(credit.creator.name for credit in row.credits.all())
        return with_makers(str(row), list(makers))
    if isinstance(row, Exchange):
        return f"{row.position}. {row}"
    return str(row)


def with_makers(title: str, makers: list[str]) -> str:
    if not makers:
        return title
    return _("%(title)s（%(makers)s）") % {"title": title, "makers": pgettext("between names", "、").join(makers)}


def gone_names(model: type[Model], keys: set[int]) -> dict[int, str]:
    if not keys or not is_kept(model):
        return {}
    last = versions(model, keys).order_by().values("object_id").annotate(last=Max("pk")).values_list("last", flat=True)
    rows = Version.objects.filter(pk__in=list(last)).values_list("object_id", "object_repr")
    return {int(key): _("%(name)s（已删除）") % {"name": label} for key, label in rows if label}


def label_of(model: type[Model], name: str) -> str:
    field = field_of(model, name)
    return capfirst(str(getattr(field, "verbose_name", name)))


def is_shown(model: type[Model], name: str) -> bool:
    """Columns that people fill in, and the state."""
    field = field_of(model, name)
    if field is None or name in UNSHOWN or OWNERS.get(model) == name:
        return False
    return bool(field.editable)


def in_words(row: Kept, name: str, names: Names) -> str:
    """One value of a row as people read it."""
    value = row.fields.get(name)
    if value in (None, "", []):
        return ""
    target = target_of(row.model, name)
    if target is not None:
        keys = value if isinstance(value, list) else [value]
        return pgettext("between names", "、").join(names.of(target, key) for key in keys)
    field = field_of(row.model, name)
    if field is not None and field.get_internal_type() == "DateTimeField":
        return moment_in_words(value)
    if isinstance(value, list):
        return "\n".join(str(entry) for entry in value)
    choices = {str(key): label for key, label in getattr(field, "flatchoices", ())}
    return str(choices.get(str(value), value))


def moment_in_words(value: str) -> str:
    moment = parse_datetime(value)
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment else value


def title_of(row: Kept, names: Names) -> str:
    """What kind of row this is, where it stands and what it begins with."""
    kind = capfirst(str(row.model._meta.verbose_name))
    first = next((text for name in TITLES.get(row.model, ()) if (text := in_words(row, name, names))), "")
    number = row.fields.get("position")
    return " · ".join(part for part in (f"{kind} {number}" if number else kind, first[:SHORT]) if part)


TITLES: dict[type[Model], tuple[str, ...]] = {
    Caption: ("language",),
    Credit: ("creator",),
    Exchange: ("question", "answer"),
    Partnership: ("organisation",),
    Portrait: ("alt",),
    Poster: ("alt",),
    Still: ("alt",),
    ToolUse: ("tool",),
    Video: ("site_id", "file"),
    WorkMention: ("work",),
}
