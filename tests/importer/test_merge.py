"""The three-way merge, value by value."""

import pytest

from films.importer.merge import MISSING, merge, merge_with_editors_file


@pytest.mark.parametrize(
    ("base", "now", "new", "value", "kept_base", "kind"),
    [
        ("a", "a", "a", "a", "a", None),
        ("a", "a", "b", "b", "b", "update"),
        ("a", "b", "a", "b", "a", "kept"),
        ("a", "b", "c", "b", "a", "conflict"),
        ("a", "b", "b", "b", "b", None),
        (MISSING, "", "b", "b", "b", "update"),
        (MISSING, None, 3, 3, 3, "update"),
        (MISSING, "a", "b", "a", MISSING, "conflict"),
        (("", "not_stated"), ("x", "editor"), ("", "not_stated"), ("x", "editor"), ("", "not_stated"), "kept"),
    ],
)
def test_three_ways(base, now, new, value, kept_base, kind):
    merged = merge(base, now, new)
    assert (merged.value, merged.base, merged.kind) == (value, kept_base, kind)


@pytest.mark.parametrize(
    ("base", "editor_base", "now", "new", "stated", "value", "kind", "kept_editor_base"),
    [
        # The file speaks for the first time.
        ("", MISSING, "", "", "e", "e", "update", "e"),
        ("", MISSING, "mine", "", "e", "mine", "conflict", MISSING),
        ("", MISSING, "e", "", "e", "e", None, "e"),
        # It spoke before.
        ("", "e", "e", "", "e", "e", None, "e"),
        ("", "e", "e", "", "f", "f", "update", "f"),
        ("", "e", "mine", "", "e", "mine", "kept", "e"),
        ("", "e", "mine", "", "f", "mine", "conflict", "e"),
        # It is silent now.
        ("a", "e", "e", "a", MISSING, "a", "update", MISSING),
        ("a", "e", "mine", "a", MISSING, "mine", "kept", MISSING),
        # The article changed under it.
        ("a", "e", "e", "b", "e", "e", "conflict", "e"),
        ("a", "e", "e", "e", "e", "e", None, "e"),
    ],
)
def test_with_an_editors_file(base, editor_base, now, new, stated, value, kind, kept_editor_base):
    merged = merge_with_editors_file(base, editor_base, now, new, stated)
    assert (merged.value, merged.kind, merged.editor_base) == (value, kind, kept_editor_base)
