"""The order of siblings."""

import pytest

from films.importer.order import Placed, arrange


def placed(*names, imported):
    return [Placed(name, None if name.isupper() else name, imported.get(name)) for name in names]


@pytest.mark.parametrize(
    ("wanted", "now", "target"),
    [
        ("abc", "", "abc"),
        ("abc", "abc", "abc"),
        ("xabc", "abc", "xabc"),
        ("axbc", "abc", "axbc"),
        ("cab", "abc", "cab"),
        ("ac", "ac", "ac"),
        # Capitals are editors' own rows: they follow the row before them.
        ("abc", "aXbc", "aXbc"),
        ("nabc", "XYabc", "XYnabc"),
        # An editor moved c to the front; new rows go behind their predecessor.
        ("abc", "cab", "cab"),
        ("abnc", "cab", "cabn"),
        ("nabc", "cab", "ncab"),
    ],
)
def test_arrange(wanted, now, target):
    imported = {name: number for number, name in enumerate("abc", start=1)}
    assert "".join(arrange(list(wanted), placed(*now, imported=imported))) == target
