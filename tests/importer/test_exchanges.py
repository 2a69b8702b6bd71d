"""Exchanges through re-imports: the same rows, keys and anchors, whatever is inserted, moved or edited."""

import pytest

from films.models import Exchange, Film, Interview
from tests.importer.articles import article, bring, codes, exchange, film, interview, told, with_exchanges

pytestmark = pytest.mark.django_db

NEW = exchange(0, question="做完之后你最想对谁说谢谢？", answer="想谢谢祖母，她讲的那些故事让我第一次看见海。")


def first_three():
    return [exchange(number) for number in range(3)]


def rows():
    """pk, anchor, key by question, in order."""
    found = Exchange.objects.order_by("position").values_list("question", "pk", "anchor", "source_key", "position")
    return [tuple(row) for row in found]


def test_a_new_exchange_in_the_middle_leaves_the_others_their_rows_and_anchors():
    one, two, three = first_three()
    bring(with_exchanges(one, two, three))
    before = rows()
    report = bring(with_exchanges(one, NEW, two, three))
    after = rows()
    assert [row[:4] for row in after if row[0] != NEW.question] == [row[:4] for row in before]
    assert [row[4] for row in after] == [1, 2, 3, 4]
    assert after[1][2] == 4
    assert told(report) == [(f"exchange:{after[1][3]}", None, "create")]


def test_exchanges_the_source_moved_follow_it_and_are_told():
    one, two, three = first_three()
    bring(with_exchanges(one, two, three))
    before = {row[0]: row[1:4] for row in rows()}
    report = bring(with_exchanges(three, one, two))
    assert [row[0] for row in rows()] == [three.question, one.question, two.question]
    assert {row[0]: row[1:4] for row in rows()} == before
    assert {(change.field, change.kind) for change in report.changes} == {("position", "update")}


def test_the_order_an_editor_gave_stays_and_a_new_exchange_stands_behind_its_predecessor():
    one, two, three = first_three()
    bring(with_exchanges(one, two, three))
    Exchange.objects.filter(question=three.question).update(position=0)
    bring(with_exchanges(one, NEW, two, three))
    assert [row[0] for row in rows()] == [three.question, one.question, NEW.question, two.question]


def test_an_editors_own_exchange_keeps_its_place_between_the_imported_ones():
    one, two, three = first_three()
    bring(with_exchanges(one, two, three))
    interview_ = Interview.objects.get()
    for position, number in ((4, 3), (3, 2)):
        Exchange.objects.filter(position=number).update(position=position)
    own = Exchange.objects.create(interview=interview_, position=2, question="编辑补问？", answer="补答。")
    bring(with_exchanges(NEW, one, two, three))
    assert [row[0] for row in rows()] == [NEW.question, one.question, own.question, two.question, three.question]
    own.refresh_from_db()
    assert (own.source, own.answer, own.anchor) == (None, "补答。", 4)


def test_an_edited_question_with_the_same_answer_is_the_same_row():
    one, two, three = first_three()
    bring(with_exchanges(one, two, three))
    before = rows()
    changed = exchange(1, question="创作里你遇到的难点是哪一个？")
    bring(with_exchanges(one, changed, three))
    assert [row[1:] for row in rows()] == [row[1:] for row in before]
    # The key stays the first one's, and a later import still knows the row by its words.
    report = bring(with_exchanges(one, changed, NEW, three))
    assert [row[1:4] for row in rows() if row[0] != NEW.question] == [row[1:4] for row in before]
    assert [change.kind for change in report.changes] == ["create"]


def test_a_question_edited_away_and_asked_anew_is_a_new_row():
    one, two, three = first_three()
    bring(with_exchanges(one, two, three))
    [_, (_, pk, anchor, key, _), _] = rows()
    changed = exchange(1, question="创作里你遇到的难点是哪一个？")
    bring(with_exchanges(one, changed, three))
    bring(with_exchanges(one, changed, exchange(1, answer=NEW.answer), three))
    assert [row[0] for row in rows()] == [one.question, changed.question, two.question, three.question]
    assert rows()[1][1:4] == (pk, anchor, key)
    assert rows()[2][3] != key


def test_the_same_question_asked_twice_makes_two_rows_that_keep_apart():
    one, two = exchange(0), exchange(0, answer=NEW.answer)
    bring(with_exchanges(one, two))
    before = rows()
    assert len({row[3] for row in before}) == 2
    bring(with_exchanges(one, two, exchange(2)))
    assert [row[:4] for row in rows()][:2] == [row[:4] for row in before]


def test_a_further_voice_belongs_to_the_question_before_it():
    further = exchange(
        1, question="", continues=True, speaker="乙", label="乙", answer="我和她想的不一样，我更在意声音。"
    )
    bring(with_exchanges(exchange(0), further))
    before = rows()
    bring(with_exchanges(NEW, exchange(0), further))
    after = rows()
    assert [row[0] for row in after] == [NEW.question, exchange(0).question, ""]
    assert [row[1:4] for row in after[1:]] == [row[1:4] for row in before]
    assert Exchange.objects.get(question="").speaker.name == "乙"


def test_an_anchor_is_never_given_twice():
    one, two, three = first_three()
    bring(with_exchanges(one, two, three))
    bring(with_exchanges(one, two))
    bring(with_exchanges(one, two, NEW))
    assert [row[2] for row in rows()] == [1, 2, 4]
    assert Interview.objects.get().last_anchor == 4


def test_a_section_inserted_or_moved_remakes_nothing():
    other = film(key="jyt", title=None, creators=("JYT",), tools=(), works=(), interview=interview([NEW]))
    bring(article())
    before = rows()
    pk = Film.objects.get().pk
    report = bring(article(films=(other, film())))
    assert Film.objects.get(source_key="amie").pk == pk
    assert [row[:4] for row in rows() if row[3].startswith("amie")] == [row[:4] for row in before]
    assert list(Film.objects.order_by("position").values_list("source_key", flat=True)) == ["jyt", "amie"]
    assert all(change.kind == "create" for change in report.changes)


def test_forty_changed_exchanges_are_matched_in_time(django_assert_max_num_queries):
    many = [
        exchange(0, question=f"第{n}个问题，关于{n * 7919}号镜头？", answer=f"{n * 104729}号镜头花了{n}天。" * 9)
        for n in range(40)
    ]
    bring(with_exchanges(*many))
    changed = [
        exchange(0, question=e.question.replace("关于", "说说"), answer=e.answer.replace("花了", "用了")) for e in many
    ]
    pks = set(Exchange.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(60):
        bring(with_exchanges(*changed))
    assert set(Exchange.objects.values_list("pk", flat=True)) == pks
    assert "说说" in Exchange.objects.order_by("position")[20].question


def test_a_tool_and_a_mention_point_at_the_answer_they_stand_in():
    bring(article())
    answer = {row.source_key: row for row in Exchange.objects.all()}
    use, mention = Film.objects.get().tool_uses.get(), Film.objects.get().mentions.get()
    assert answer[use.exchange.source_key].question == "最大的难点是什么？"
    assert mention.exchange.question == "你是从什么时候开始的？"
    assert codes(bring(article(view_count=3))) == ["source_changed"]
