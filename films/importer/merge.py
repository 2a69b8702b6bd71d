"""The three-way merge of one value: as last imported, as it stands now, as the new text has it."""

from typing import Any, Final, NamedTuple


class Missing:
    """Nothing known, which is not the same as an empty value."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing()


class Merged(NamedTuple):
    """What to hold, what to remember, and what to tell: None, update, kept or conflict."""

    value: Any
    base: Any
    kind: str | None = None
    offered: Any = None
    editor_base: Any = MISSING
    is_editors_file: bool = False


def merge(base: Any, now: Any, new: Any) -> Merged:
    """Only the source changed: take. Only an editor changed: keep. Both: keep and tell, until it is settled."""
    if now == new:
        return Merged(now, new)
    if is_untouched(base, now):
        return Merged(new, new, "update", new)
    if base == new:
        return Merged(now, base, "kept", new)
    return Merged(now, base, "conflict", new)


def merge_with_editors_file(base: Any, editor_base: Any, now: Any, new: Any, stated: Any) -> Merged:
    """The same, where the editors' file states a value too, or once did.

    The file stands over the article; what a person changed later in the admin stands over both.
    """
    if stated is MISSING and editor_base is MISSING:
        return merge(base, now, new)
    if stated is MISSING:
        return Merged(new, new, None if now == new else "update", new) if now == editor_base else merge(base, now, new)
    taken = _merge_statement(base, editor_base, now, stated)
    if new in (base, taken.value) or base is MISSING:
        return taken._replace(base=new)
    return Merged(taken.value, base, "conflict", new, taken.editor_base)


def is_untouched(base: Any, now: Any) -> bool:
    """No editor changed the value since it was imported; an empty place never imported counts too."""
    return now == base or (base is MISSING and is_empty(now))


def is_empty(value: Any) -> bool:
    if isinstance(value, tuple):
        return is_empty(value[0])
    return value is None or value == "" or value == []


def _merge_statement(base: Any, editor_base: Any, now: Any, stated: Any) -> Merged:
    if now == stated:
        return Merged(now, base, editor_base=stated)
    before = base if editor_base is MISSING else editor_base
    if is_untouched(before, now):
        return Merged(stated, base, "update", stated, stated)
    if stated == editor_base:
        return Merged(now, base, "kept", stated, stated)
    return Merged(now, base, "conflict", stated, editor_base, is_editors_file=True)
