"""Talk without a labelled asker."""

from films.reading.lines import Paragraph, paragraphs_of
from films.reading.marked_talk import AnswersLabelled, Marked, NamedWithFilm, film_label, question_glyph
from films.reading.talk import Talk


def shown(talk: Talk) -> list[tuple[bool, str | None, str]]:
    return [(turn.asks, turn.label.printed if turn.label else None, turn.text) for turn in talk.turns]


def test_a_name_with_its_film_alone_on_a_line() -> None:
    label = film_label("Ann Lee (Deer: a tale):")
    assert label
    assert (label.printed, label.rest) == ("Ann Lee (Deer: a tale)", "")
    assert film_label("Ann Lee (Deer: a tale): yes") is None
    assert film_label("Ann Lee (Deer)") is None


def test_one_question_many_answerers() -> None:
    text = "引子。\nWhy deer?\nAnn (Deer: a tale):\nThey are calm.\nBo (Sea):\nNo idea.\nMore."
    talk = NamedWithFilm().read(paragraphs_of(text))
    assert [p.text for p in talk.before] == ["引子。"]
    assert shown(talk) == [
        (True, None, "Why deer?"),
        (False, "Ann (Deer: a tale)", "They are calm."),
        (False, "Bo (Sea)", "No idea.\n\nMore."),
    ]


def test_only_answers_are_labelled() -> None:
    text = "引子。\n为什么？\n阿米：因为。\n还有一段。\n怎么做？\n阿米：慢慢。"
    talk = AnswersLabelled(frozenset({"阿米"})).read(paragraphs_of(text))
    assert [p.text for p in talk.before] == ["引子。"]
    assert shown(talk) == [
        (True, None, "为什么？"),
        (False, "阿米", "因为。\n\n还有一段。"),
        (True, None, "怎么做？"),
        (False, "阿米", "慢慢。"),
    ]


def test_an_answerer_who_goes_on_keeps_the_turn() -> None:
    body = paragraphs_of("为什么？\n阿米：因为。\n阿米：而且。\n林：也是。")
    assert shown(AnswersLabelled(frozenset({"阿米", "林"})).read(body)) == [
        (True, None, "为什么？"),
        (False, "阿米", "因为。\n\n而且。"),
        (False, "林", "也是。"),
    ]


def test_bold_asks() -> None:
    body = [Paragraph(1, 1, "为什么？", bold=True), Paragraph(2, 2, "因为。"), Paragraph(3, 3, "怎么？", bold=True)]
    assert shown(Marked(bold=True).read(body)) == [
        (True, None, "为什么？"),
        (False, None, "因为。"),
        (True, None, "怎么？"),
    ]


def test_two_bold_paragraphs_in_a_row_are_one_question() -> None:
    body = [Paragraph(1, 1, "很冷。", bold=True), Paragraph(2, 2, "为什么？", bold=True), Paragraph(3, 3, "因为。")]
    assert [turn.text for turn in Marked(bold=True).read(body).turns] == ["很冷。\n\n为什么？", "因为。"]


def test_a_bullet_that_asks() -> None:
    body = paragraphs_of("■ 为什么？\n因为。\n■ 怎么做？\n慢慢。")
    scheme = question_glyph(body)
    assert scheme == Marked(glyph="■")
    assert [turn.text for turn in scheme.read(body).turns] == ["为什么？", "因为。", "怎么做？", "慢慢。"]


def test_a_dash_that_opens_both_sides() -> None:
    body = paragraphs_of("― 为什么？\n― 因为。\n― 怎么做？\n― 慢慢。")
    scheme = question_glyph(body)
    assert scheme == Marked(glyph="―", shared=True)
    assert [(turn.asks, turn.text) for turn in scheme.read(body).turns] == [
        (True, "为什么？"),
        (False, "因为。"),
        (True, "怎么做？"),
        (False, "慢慢。"),
    ]


def test_a_list_in_bullets_asks_nothing() -> None:
    assert question_glyph(paragraphs_of("■ 苹果\n■ 梨\n■ 为什么？\n■ 桃\n■ 怎么？")) is None
