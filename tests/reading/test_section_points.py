"""What an editor is told about one section."""

import pytest

from films.reading import read_article

HEAD = "走进五部短片\n\n来源:镜报  发布时间:2025-04-17\n\n剧情简介:一只鹿。\n\n"


def points(text: str) -> list[tuple[str, int | None, str | None, bool]]:
    article = read_article((HEAD + text).encode(), "a.txt")
    return [(p.code, p.line, p.record, p.doubt) for p in article.points]


OPENING = "NOWNESS:为什么?\n\n阿米:因为冷,一直很冷。\n\n"
CLOSING = "NOWNESS:怎么做?\n\n阿米:慢慢做,一天一天做。\n"
UNTITLED = ("title_not_stated", 5, "film:阿米", False)


def test_an_untitled_film() -> None:
    assert points(OPENING + CLOSING) == [UNTITLED]


@pytest.mark.parametrize(
    ("middle", "point"),
    [
        ("我们的短片《鹿》很冷。", ("title_stated_by_maker", 11, "film:阿米", False)),
        ("短片一共4分36秒。", ("runtime_from_answer", 11, "film:阿米", False)),
        ("例如:一只鹿。", ("label_kept_as_text", 11, "film:阿米", False)),
        ("Watch the film: here", ("aside", 11, "film:阿米", False)),
    ],
)
def test_inferences_and_what_was_kept_out(middle: str, point: tuple[str, int, str, bool]) -> None:
    assert point in points(OPENING + middle + "\n\n" + CLOSING)


def test_a_question_without_an_answer_is_a_doubt() -> None:
    assert ("unanswered", 11, "film:阿米", True) in points(OPENING + "NOWNESS:多久?\n\n" + CLOSING)


def test_a_second_maker_after_a_wide_gap_may_have_lost_the_mark_of_a_film() -> None:
    talk = OPENING + CLOSING
    assert ("section_parted", 18, "film:林", True) in points(f"{talk}\n\n\n\n{talk.replace('阿米', '林')}")


def test_an_answer_before_the_first_question_is_a_doubt() -> None:
    found = points("阿米:没有问题的回答。\n\n" + OPENING + CLOSING)
    assert ("answer_without_question", 7, "film:阿米", True) in found
