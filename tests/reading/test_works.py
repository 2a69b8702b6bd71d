"""Works named in title marks."""

import pytest

from films.reading.article import WorkFacts
from films.reading.talk import Said
from films.reading.works import adapted_from, works_of


def test_each_work_once_at_its_first_line_and_never_the_film_itself() -> None:
    said = [Said("《黑镜》和《Her》。", 4), Said("《海》、《黑镜》与〈鹿〉。", 9)]
    assert works_of(said, "海", "zh-hans") == (WorkFacts("黑镜", 4), WorkFacts("Her", 4), WorkFacts("鹿", 9))


def test_works_stand_in_the_order_of_their_lines() -> None:
    said = [Said("《黑镜》", 9), Said("《Her》", 4)]
    assert works_of(said, None, "zh-hans") == (WorkFacts("Her", 4), WorkFacts("黑镜", 9))


def test_japanese_works_stand_in_their_own_marks() -> None:
    assert works_of([Said("『海』と「空」。", 1)], None, "ja") == (WorkFacts("海", 1),)


def test_chinese_quotes_name_no_work() -> None:
    assert works_of([Said("『海』与“空”。", 1)], None, "zh-hans") == ()


def test_marks_around_nothing_name_nothing() -> None:
    assert works_of([Said("《\u200b》", 1)], "鹿", "zh-hans") == ()


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("短片在文本《猪》基础上进行了改编", "猪"),
        ("改编哲学家巴吉尼的文本《猪》", "猪"),
        ("改编自小说《海》", "海"),
        ("我喜欢《海》。", None),
        ("改编很难。《海》很好。", None),
    ],
)
def test_what_a_film_adapts(text: str, work: str | None) -> None:
    assert adapted_from(text) == work
