"""Turns become exchanges."""

from films.reading.article import Passage
from films.reading.exchanges import Exchanges, exchanges_of
from films.reading.lines import Ledger, paragraphs_of
from films.reading.people import People
from films.reading.talk import Labelled


def paired(text: str) -> tuple[Exchanges, Ledger]:
    ledger = Ledger()
    talk = Labelled(frozenset({"q"}), recurring=frozenset({"巩烨"})).read(paragraphs_of(text))
    return exchanges_of(talk.turns, People(), ledger), ledger


def test_an_answer_with_its_question_and_their_lines() -> None:
    found, ledger = paired("Q：为什么？\n\n阿米：因为。\n\n还有。")
    (exchange,) = found.exchanges
    assert (exchange.question, exchange.answer) == ("为什么？", "因为。\n\n还有。")
    assert (exchange.speaker, exchange.label, exchange.continues) == ("阿米", "阿米", False)
    assert exchange.lines == Passage(1, 5)
    assert exchange.passages == {"question": Passage(1, 1), "answer": Passage(3, 5)}
    assert ledger.used == {1, 3, 5}


def test_a_second_answer_continues() -> None:
    found, _ = paired("Q：为什么？\n阿米：因为。\n巩烨：不是。")
    assert [(e.question, e.answer, e.speaker, e.continues) for e in found.exchanges] == [
        ("为什么？", "因为。", "阿米", False),
        ("", "不是。", "巩烨", True),
    ]


def test_a_question_without_an_answer_is_told_and_not_kept() -> None:
    found, ledger = paired("Q：一？\n阿米：甲。\nQ：没有人回答的第二个问题？\nQ：三？\n阿米：丙。")
    assert [e.question for e in found.exchanges] == ["一？", "三？"]
    assert [(p.code, p.line, p.doubt) for p in found.points] == [("unanswered", 3, True)]
    assert 3 not in ledger.used


def test_an_answer_that_lost_its_label_is_taken_and_told() -> None:
    found, _ = paired("Q：为什么？\n因为冷。\nQ：怎么做？\n阿米：慢慢。")
    assert [(e.question, e.answer, e.speaker) for e in found.exchanges] == [
        ("为什么？", "因为冷。", None),
        ("怎么做？", "慢慢。", "阿米"),
    ]
    assert [(p.code, p.line, p.doubt) for p in found.points] == [("unlabelled_answer", 2, True)]


def test_makers_are_those_who_answer_but_not_by_another_role() -> None:
    found, _ = paired("Q：一？\n阿米：甲。\n老林（作曲）：乙。\nQ：二？\n阿米：丙。")
    assert found.makers == ["阿米"]
    assert [said.text for said in found.asked] == ["一？", "二？"]
    assert [said.text for said in found.answered] == ["甲。", "乙。", "丙。"]
    assert [e.speaker for e in found.exchanges] == ["阿米", "老林", "阿米"]
