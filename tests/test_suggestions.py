"""Which topic a question may belong to: likeness in both languages, never without a person."""

import time

import pytest

from films.models import Exchange, Topic
from films.suggestions import BY_CUE, THRESHOLD, Example, Likeness, file_questions, likeness
from tests.factories import make_exchange, make_interview, make_topic

HARDEST, BEGIN, MUSIC = 1, 2, 3
KNOWN = Likeness(
    [
        Example(HARDEST, "最难的是什么?"),
        Example(HARDEST, "What was hardest?"),
        Example(HARDEST, "制作过程中遇到的最大困难是什么?"),
        Example(BEGIN, "从什么时候开始用AI创作?"),
        Example(BEGIN, "How did you begin to work with AI?"),
        Example(MUSIC, "声音与音乐是怎么来的?"),
        Example(MUSIC, "Sound and music"),
    ],
    {HARDEST: ["最难"], MUSIC: ["配乐"]},
)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("在制作中你遇到的最大困难是哪一部分？", HARDEST),
        ("您是什么时候开始用AI来创作的？", BEGIN),
        ("When did you begin working with AI?", BEGIN),
        ("Who wrote the music?", MUSIC),
        ("片子的配乐由谁完成？", MUSIC),
        ("最難的是哪裡？ 最难", HARDEST),
    ],
)
def test_a_question_is_like_those_of_its_topic(question: str, topic: int) -> None:
    best = KNOWN.suggest(question)[0]
    assert best.topic == topic
    assert THRESHOLD <= best.likeness <= 1


@pytest.mark.parametrize("question", ["今天吃什么？", "What did you eat?", "你是怎么做的？", "", "？！"])
def test_the_words_that_all_questions_share_make_none_alike(question: str) -> None:
    assert KNOWN.suggest(question) == []


def test_the_same_question_is_wholly_alike_and_says_to_what() -> None:
    best = KNOWN.suggest("最难的是什麽？ 制作过程中遇到的最大困难是什么？")[0]
    assert (best.topic, best.likeness >= BY_CUE) == (HARDEST, True)
    whole = Likeness([Example(1, "声音与音乐是怎么来的?")], {}).suggest("声音与音乐是怎么来的？")
    assert [(s.topic, s.percent, s.text) for s in whole] == [(1, 100, "声音与音乐是怎么来的?")]


def test_a_cue_in_the_question_counts_word_for_word() -> None:
    assert [(s.likeness, s.text) for s in KNOWN.suggest("配乐")] == [(BY_CUE, "配乐")]


def test_a_thousand_questions_take_less_than_a_second() -> None:
    examples = [Example(n % 15, f"关于第{n}部片的声音与画面，制作过程中遇到的困难{n % 60}是什么?") for n in range(900)]
    started = time.process_time()
    known = Likeness(examples, {n: ["最难"] for n in range(15)})
    for n in range(1000):
        known.suggest(f"第{n}问：片中的声音{n % 70}从哪里来，遇到了什么困难？")
    assert time.process_time() - started < 1


@pytest.mark.django_db
def test_what_is_filed_teaches_what_is_not(django_assert_num_queries: object) -> None:
    topic, other = make_topic(name="甲", cues=["伙伴"]), make_topic(name="乙")
    talk = make_interview(exchanges=0)
    make_exchange(interview=talk, question="机器与人谁在拍片？", topic=topic)
    with django_assert_num_queries(1):  # type: ignore[operator]
        known = likeness([topic, other])
    assert known.suggest("拍片的时候机器与人怎么分工？")[0].topic == topic.pk
    assert known.suggest("AI是伙伴吗？")[0].topic == topic.pk


@pytest.mark.django_db
def test_filing_raises_the_version_and_leaves_what_somebody_else_changed() -> None:
    topic = make_topic()
    talk, other = make_interview(), make_interview()
    mine, theirs = talk.exchanges.get(), other.exchanges.get()
    chosen = {mine.pk: topic.pk, theirs.pk: topic.pk}
    filed, lost = file_questions(chosen, {talk.pk: talk.version, other.pk: other.version + 1}, None)
    assert ([row.pk for row in filed], [row.pk for row in lost]) == ([mine.pk], [theirs.pk])
    assert dict(Exchange.objects.values_list("pk", "topic")) == {mine.pk: topic.pk, theirs.pk: None}
    talk.refresh_from_db()
    other.refresh_from_db()
    assert (talk.version, other.version) == (2, 1)
    assert file_questions(chosen, {talk.pk: 2, other.pk: 1}, None)[0] == [theirs]
    assert Topic.objects.get().exchanges.count() == 2
