"""Who asks: several signs that agree, never one."""

import time

import pytest

from films.reading.lines import paragraphs_of
from films.reading.marked_talk import AnswersLabelled, Marked, NamedWithFilm
from films.reading.scheme import Hints, find_scheme, interview_credits
from films.reading.talk import Labelled, Scheme


def scheme(text: str, **hints: object) -> Scheme | None:
    return find_scheme(paragraphs_of(text), Hints(**hints))  # type: ignore[arg-type]


TALK = "{0}：为什么？\n{1}：因为冷，一直都很冷，我也很冷。\n{0}：怎么做？\n{1}：慢慢地做，一天一天地做下去。"


@pytest.mark.parametrize(
    ("asker", "answerer"),
    [("NOWNESS", "阿米"), ("Q", "A"), ("问", "答"), ("记者", "阿米"), ("張三", "佐藤監督"), ("기자", "감독")],
)
def test_the_asker_is_found(asker: str, answerer: str) -> None:
    found = scheme(TALK.format(asker, answerer))
    assert isinstance(found, Labelled)
    assert found.askers == {asker.casefold()}


def test_not_by_the_question_mark_alone() -> None:
    text = "甲：说说为什么。\n乙：难道不冷吗？冷啊，冷得要命，谁会不冷，你说呢？\n甲：说说怎么做。\n乙：还能怎么做？慢慢做，一天天做，不然呢？"
    found = scheme(text)
    assert isinstance(found, Labelled)
    assert found.askers == {"甲"}


LONG = "因为冷，一直都很冷，我也很冷，所以就慢慢地做，一天一天地做下去。"


@pytest.mark.parametrize(
    ("text", "askers"),
    [
        # One question in four turns is enough where the voice opens and is brief.
        (f"甲：为什么？\n乙：{LONG}\n" + f"甲：是的。\n乙：{LONG}\n" * 3, {"甲"}),
        # An initial asks for its name, even right after it; who is answered as the asker is asks too.
        (f"NOWNESS：为什么？\n乙：{LONG}\nNOWNESS：请讲。\nN：怎么做？\n乙：{LONG}", {"nowness", "n"}),
        (f"甲：为什么？\n乙：{LONG}\n丙：怎么做？\n乙：{LONG}\n甲：难吗？\n乙：{LONG}", {"甲", "丙"}),
    ],
)
def test_who_else_asks(text: str, askers: set[str]) -> None:
    found = scheme(text)
    assert isinstance(found, Labelled)
    assert found.askers == askers


def test_one_letter_is_introduced_by_no_lead() -> None:
    found = scheme("Talk with Ann.\nQ: Why?\nK: It was cold.\nQ: How?\nAnn: Slowly.\nQ: Hard?\nK: No, no.")
    assert isinstance(found, Labelled)
    assert found.named == {"ann"}


def test_labels_of_a_talk_without_questions_are_no_dialogue() -> None:
    assert scheme("甲：苹果。\n乙：梨。") is None


def test_an_editor_may_name_the_labels() -> None:
    found = scheme("甲：苹果。\n乙：梨。", asker="甲", answerers=("乙",))
    assert found == Labelled(frozenset({"甲"}), frozenset({"乙"}), frozenset({"乙"}))


def test_numbered_questions() -> None:
    found = scheme("1. 为什么？\n因为。\n2. 怎么做？\n慢慢。")
    assert found == Labelled(starts=frozenset({1, 3}), bare=True)


def test_names_with_their_films() -> None:
    assert isinstance(scheme("Why deer?\nAnn (Deer):\nCalm.\nBo (Sea):\nNo idea."), NamedWithFilm)


def test_answers_labelled_only() -> None:
    found = scheme("为什么要做这部短片？\n阿米：因为。\n怎么做的呢？\n阿米：慢慢。")
    assert found == AnswersLabelled(frozenset({"阿米"}))


def test_an_editor_names_an_answerer_who_is_heard_once() -> None:
    text = "为什么要做这部短片？\n阿米：因为。\n正文。"
    assert scheme(text) is None
    assert scheme(text, answerers=("阿米",)) == AnswersLabelled(frozenset({"阿米"}))


def test_bullets() -> None:
    assert scheme("■ 为什么？\n因为。\n■ 怎么做？\n慢慢。") == Marked(glyph="■")


@pytest.mark.parametrize("text", ["", "一段。\n又一段。", "他说：“好。”\n她说：“不好。”", "例如：甲。\n例如：乙。"])
def test_no_scheme_no_talk(text: str) -> None:
    assert scheme(text) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("采访：张三", ["张三"]),
        ("採訪：張三、李四", ["張三", "李四"]),
        ("Interview by: Ann", ["Ann"]),
        ("导演：阿米", []),
        ("采访：他说。好", []),
    ],
)
def test_interview_credits(line: str, names: list[str]) -> None:
    assert set(interview_credits(paragraphs_of(f"引子。\n{line}"))) == set(names)


def test_eight_thousand_labels_are_compared_in_time() -> None:
    start = time.process_time()
    scheme("\n".join(f"N{i % 8000}x：{i}？" for i in range(16_000)))
    assert time.process_time() - start < 5


def test_one_sign_alone_makes_no_asker() -> None:
    assert (
        scheme("乙：冷。\n甲：为什么这么冷，冷得这么久，这么难？\n乙：冷。\n甲：为什么还要拍，拍得这么久，这么难？")
        is None
    )
