"""Turns under labels and numbers: who asks, who answers, what belongs to neither."""

import pytest

from films.reading.lines import paragraphs_of
from films.reading.talk import Labelled, Talk, Turn, is_caption, question_size, split_unlabelled

ASKER = frozenset({"q"})


def read(text: str, scheme: Labelled) -> Talk:
    return scheme.read(paragraphs_of(text))


def shown(talk: Talk) -> list[tuple[bool, str | None, str]]:
    return [(turn.asks, turn.label.printed if turn.label else None, turn.text) for turn in talk.turns]


def test_any_label_answers_right_after_a_question() -> None:
    assert shown(read("Q：为什么？\n阿米：因为。", Labelled(ASKER))) == [
        (True, "Q", "为什么？"),
        (False, "阿米", "因为。"),
    ]


def test_paragraphs_without_a_label_go_on() -> None:
    talk = read("Q：为什么？\n再说。\n阿米：因为。\n还有。", Labelled(ASKER))
    assert [turn.text for turn in talk.turns] == ["为什么？\n\n再说。", "因为。\n\n还有。"]


def test_a_label_alone_on_its_line_adds_no_text() -> None:
    talk = read("Q：\n为什么？\n阿米：\n因为。", Labelled(ASKER))
    assert shown(talk) == [(True, "Q", "为什么？"), (False, "阿米", "因为。")]
    assert [(turn.lines.first, turn.lines.last) for turn in talk.turns] == [(1, 2), (3, 4)]


def test_after_an_answer_a_new_label_is_text_and_remembered() -> None:
    talk = read("Q：为什么？\n阿米：因为。\n老虎：好。", Labelled(ASKER))
    assert shown(talk)[1:] == [(False, "阿米", "因为。\n\n老虎：好。")]
    assert [p.first for p in talk.kept_as_text] == [3]


@pytest.mark.parametrize(
    ("scheme", "line"),
    [
        (Labelled(ASKER, recurring=frozenset({"巩烨"})), "巩烨：好。"),
        (Labelled(ASKER, named=frozenset({"巩烨"})), "巩烨：好。"),
        (Labelled(ASKER), "巩烨（作曲）：好。"),
    ],
)
def test_a_second_voice_that_recurs_is_named_or_has_a_role_answers_too(scheme: Labelled, line: str) -> None:
    talk = read(f"Q：为什么？\n阿米：因为。\n{line}", scheme)
    assert [turn.text for turn in talk.turns] == ["为什么？", "因为。", "好。"]


def test_a_voice_heard_before_may_answer_second() -> None:
    talk = read("Q：一？\n巩烨：甲。\nQ：二？\n阿米：乙。\n巩烨：丙。", Labelled(ASKER))
    assert [turn.text for turn in talk.turns] == ["一？", "甲。", "二？", "乙。", "丙。"]


def test_the_same_label_twice_is_one_answer_and_told() -> None:
    talk = read("Q：一？\n阿米：甲。\n阿米：乙。", Labelled(ASKER))
    assert shown(talk)[1] == (False, "阿米", "甲。\n\n乙。")
    assert [p.first for p in talk.repeated] == [3]


def test_an_answer_before_the_first_question_is_an_orphan() -> None:
    talk = read("引子。\n阿米：甲。\nQ：一？\n阿米：乙。", Labelled(ASKER, recurring=frozenset({"阿米"})))
    assert ([p.first for p in talk.before], [p.first for p in talk.orphans]) == ([1], [2])


def test_captions_between_turns_belong_to_none() -> None:
    talk = read("Q：一？\n阿米：甲。\nWatch the film: here\nQ：二？\n阿米：乙。", Labelled(ASKER))
    assert [p.first for p in talk.asides] == [3]
    assert [turn.text for turn in talk.turns] == ["一？", "甲。", "二？", "乙。"]


def test_numbers_open_questions_and_are_taken_off() -> None:
    talk = read("1. 一？\n甲。\n2. 二？\n乙。", Labelled(starts=frozenset({1, 3}), bare=True))
    assert shown(talk) == [(True, None, "一？"), (False, None, "甲。"), (True, None, "二？"), (False, None, "乙。")]


def test_talk_knows_which_labels_it_heard() -> None:
    assert read("Q：一？\n阿米：甲。", Labelled(ASKER)).heard == {"q", "阿米"}


def test_opens() -> None:
    paragraphs = paragraphs_of("Q：一？\n阿米：甲。")
    assert [Labelled(ASKER).opens(paragraphs, index) for index in (0, 1)] == [True, False]


@pytest.mark.parametrize("text", ["Watch the trailer: here", "图片来源：阿米", "Photo: Ann", "Editor's note: moved"])
def test_captions(text: str) -> None:
    assert is_caption(text)


@pytest.mark.parametrize("text", ["阿米：好", "Watching it was hard.", "图片来源：" + "长" * 200])
def test_what_is_no_caption(text: str) -> None:
    assert not is_caption(text)


@pytest.mark.parametrize(
    ("texts", "size"),
    [([], 0), (["为什么？"], 1), (["为什么？", "因为。"], 1), (["这部短片很冷。", "为什么？", "因为。"], 2), (["为什么？", "真的？", "因为。"], 1), (["很冷。", "很热。", "因为。"], 1)],
)  # fmt: skip
def test_how_many_paragraphs_a_question_has(texts: list[str], size: int) -> None:
    assert question_size(texts) == size


def test_a_question_without_an_answer_is_not_parted() -> None:
    turn = Turn(True, None)
    turn.add(paragraphs_of("为什么？")[0])
    assert split_unlabelled(turn) == [turn]
