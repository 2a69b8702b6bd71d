"""The door of the importer, whose names are found only when they are asked for."""

import pytest

from films import importer


@pytest.mark.parametrize("name", importer.__all__)
def test_each_name_is_where_the_table_says(name):
    assert getattr(importer, name).__name__ == name


def test_the_table_has_every_name_and_no_other():
    assert sorted(name for names in importer.PLACES.values() for name in names) == sorted(importer.__all__)
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        _ = importer.nothing_of_ours
