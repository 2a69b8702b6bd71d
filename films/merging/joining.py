"""Joining: one transaction in which everything moves, or nothing does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from films import history
from films.history.rebuilding import in_sentences
from films.history.recorded import BASELINE
from films.merging.fields import chosen_value, together, usual_choice
from films.merging.preview import Moved, Preview, attname, name_of_entry, owner_key, preview
from films.models import Creator, Edition, Film, Interview, Organisation, SlugRedirect, Theme, Tool, Work
from films.models.picture import Picture
from films.search import reindex
from films.text import fold

Touched = dict[type[Model], set[int]]


class Refused(Exception):
    """A sentence for the person: nothing was joined, and why."""


class Stale(Refused):
    """Somebody changed one of the entries after the person looked at them."""


class Wish(NamedTuple):
    """What a person decided: which entry stays, and for each field whose value."""

    model: type[Model]
    keys: Sequence[int]
    kept: int
    choices: Mapping[str, str] = MappingProxyType({})
    stamp: str = ""


class Joined(NamedTuple):
    """What came of it: the entry that stayed, keys and names of those that went, how many rows moved, the revision."""

    kept: Any
    gone: list[tuple[int, str]]
    moved: int
    doubles: int
    revision: int

    @property
    def names(self) -> list[str]:
        return [name for _key, name in self.gone]


def join(wish: Wish, user: Any) -> Joined:
    """Join entries into one; refused as a whole when anything stands against it."""
    with transaction.atomic():
        locked = wish.model._default_manager.select_for_update().filter(pk__in=wish.keys).order_by("pk")
        if len(list(locked)) < max(len(set(wish.keys)), 2) or wish.kept not in wish.keys:
            raise Stale(_("其中一条已经不在了，没有合并。"))
        seen = preview(wish.model, wish.keys, wish.kept)
        if wish.stamp and wish.stamp != seen.stamp:
            raise Stale(_("您打开此页之后，别人改过其中一条，所以没有合并。请再看一遍现在的内容。"))
        return carry_out(wish, seen, user)


def carry_out(wish: Wish, seen: Preview, user: Any) -> Joined:
    kept, *gone = seen.rows
    touched = owners_of(seen.moved)
    entries = [
        kept,
        *gone,
        *(row for model, keys in touched.items() for row in model._base_manager.filter(pk__in=keys)),
    ]
    # Whole and always, though the history may know it: undoing begins from here.
    before = history.record(entries, user, BASELINE)
    names, redirects = [name_of_entry(row) for row in gone], lead_old_addresses(kept, gone)
    for moved in seen.moved:
        move(moved, kept.pk, {row.pk for row in gone})
    gone_keys = [row.pk for row in gone]
    wish.model._default_manager.filter(pk__in=gone_keys).delete()
    keep_addresses(kept, gone, save_kept(kept, wish, seen, names))
    raise_versions(touched)
    index(kept, touched)
    told = {"model": wish.model._meta.model_name, "kept": kept.pk, "gone": gone_keys, "names": names}
    told |= {"before": before, "redirects": redirects}
    revision = history.record([kept, *entries[len(seen.rows) :]], user, [{"merged": told}])
    return Joined(kept, list(zip(gone_keys, names, strict=True)), len(seen.moved), len(seen.doubles), revision or 0)


def owners_of(moved: Sequence[Moved]) -> Touched:
    """The films, interviews and editions that change with what moves."""
    found: Touched = defaultdict(set)
    for row in moved:
        relation = row.relation
        model: Any = relation.model._meta.get_field(relation.owner).related_model if relation.owner else relation.model
        found[model].add(owner_key(relation, row.row))
    return found


def move(moved: Moved, kept: int, gone: set[int]) -> None:
    """Let a row point at the kept entry; of two that say the same the one stays that an article gave."""
    row, relation = moved.row, moved.relation
    if moved.is_double and (standing := double_of(moved, kept)) is not None:
        stays, goes = (
            (row, standing) if getattr(row, "source_id", None) and not standing.source_id else (standing, row)
        )
        goes.delete()
        fill_gaps(stays, goes)
        row = stays
    setattr(row, relation.column, kept)
    names = [relation.field]
    if hasattr(row, "imported"):
        row.imported = led_on(row.imported, relation.column, gone, kept)
        names.append("imported")
    relation.model._base_manager.filter(pk=row.pk).update(**{name: getattr(row, attname(row, name)) for name in names})


def double_of(moved: Moved, kept: int) -> Any:
    """The row that already says of the kept entry what this one would say."""
    relation = moved.relation
    for names in relation.once():
        same = {attname(moved.row, name): getattr(moved.row, attname(moved.row, name)) for name in names}
        found = relation.model._base_manager.filter(**same, **{relation.column: kept}).exclude(pk=moved.row.pk).first()
        if found is not None:
            return found
    return None


def fill_gaps(stays: Any, goes: Any) -> None:
    """What only the row that goes says is not lost: version, sentence, note. Words for one picture fit no other."""
    if isinstance(stays, Picture):
        return
    names = [f.attname for f in stays._meta.concrete_fields if f.editable and not f.primary_key]
    names = [name for name in names if name not in ("source_id", "source_key", "passages", "imported", "position")]
    filled = {
        name: getattr(goes, name) for name in names if getattr(stays, name) in ("", None) and getattr(goes, name)
    }
    for name, value in filled.items():
        setattr(stays, name, value)
    if filled:
        type(stays)._base_manager.filter(pk=stays.pk).update(**filled)


def led_on(imported: dict[str, Any], column: str, gone: set[int], kept: int) -> dict[str, Any]:
    """The base of later imports: the name that the article gives now stands for the kept entry."""
    return {
        name: kept if (name == column or name.endswith(f":{column}")) and value in gone else value
        for name, value in imported.items()
    }


def lead_old_addresses(kept: Any, gone: Sequence[Any]) -> list[list[Any]]:
    """Addresses that led to what goes lead to what stays; gives them with where they led, for undoing."""
    old = SlugRedirect.objects.filter(model=kept._meta.model_name, target_id__in=[row.pk for row in gone])
    found = [[slug, target] for slug, target in old.values_list("slug", "target_id")]
    old.update(target_id=kept.pk)
    return found


def save_kept(kept: Any, wish: Wish, seen: Preview, names: Sequence[str]) -> str:
    """Give the kept entry the chosen values and every other name; gives the address it had."""
    slug_before = getattr(kept, "slug", "")
    own = name_of_entry(kept)
    for compared in seen.fields:
        usual = usual_choice(compared, kept.pk)
        asked = wish.choices.get(compared.name, usual)
        value = chosen_value(compared, asked)
        setattr(kept, compared.name, chosen_value(compared, usual) if value is None else value)
    every = together([*(row.aliases for row in seen.rows), (own, *names)])
    kept.aliases = [name for name in every if fold(name) != fold(name_of_entry(kept))]
    try:
        kept.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(in_sentences(kept, error))) from error
    kept.save()
    return str(slug_before)


def keep_addresses(kept: Any, gone: Sequence[Any], slug_before: str) -> None:
    """The addresses of what went answer with the one that stays."""
    if not slug_before:
        return
    name = kept._meta.model_name
    for slug in {slug_before, *(row.slug for row in gone)} - {kept.slug}:
        SlugRedirect.objects.update_or_create(model=name, slug=slug, defaults={"target_id": kept.pk})
    SlugRedirect.objects.filter(model=name, slug=kept.slug).delete()


def raise_versions(touched: Touched) -> None:
    """A form that was open meanwhile must not save over what moved."""
    for model, keys in touched.items():
        if not hasattr(model, "version"):
            continue
        rows: Any = model._default_manager
        rows.filter(pk__in=keys).update(version=F("version") + 1, updated_at=timezone.now())


def index(kept: Any, touched: Touched) -> None:
    """Let the search find what changed, by its new words; documents of what uses the entry hold its names too."""
    films, editions = set(touched.get(Film, ())), set(touched.get(Edition, ()))
    if isinstance(kept, Tool | Theme):
        films |= set(
            Film.objects.filter(**{"tools" if isinstance(kept, Tool) else "themes": kept}).values_list("pk", flat=True)
        )
    if isinstance(kept, Organisation):
        editions |= set(Edition.objects.filter(organisations=kept).values_list("pk", flat=True))
    reindex(
        films=films,
        interviews=touched.get(Interview, ()),
        editions=editions,
        creators=[kept.pk] if isinstance(kept, Creator) else (),
        works=[kept.pk] if isinstance(kept, Work) else (),
    )
