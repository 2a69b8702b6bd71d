"""What a page of search results needs beside the hits."""

from films.models import Film, SearchKind
from films.search import Hit, Results
from films.search.marking import Marked
from films.templatetags.hits import is_titled, kinds


def test_tabs_name_the_kinds_that_have_hits_in_their_order():
    results = Results("x", counts={"answer": 3, "film": 1, "work": 0})
    assert [(tab.value, tab.label, tab.count) for tab in kinds(results)] == [
        ("film", "短片", "1"),
        ("answer", "问答", "3"),
    ]


def test_only_a_chinese_title_stands_in_title_marks():
    film = Film(title="梅花鹿", title_en="Sika Deer")
    assert is_titled(Hit(SearchKind.FILM, film, Marked("梅花鹿"), Marked("")))
    assert not is_titled(Hit(SearchKind.FILM, film, Marked("Sika Deer"), Marked("")))
    assert not is_titled(Hit(SearchKind.ANSWER, film, Marked("梅花鹿"), Marked("")))
