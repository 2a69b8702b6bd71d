"""The re-import matrix: who changed what, for every kind of value, and what becomes of it."""

import pytest
from django.db.models import Model

from films.models import (
    Creator,
    Credit,
    Edition,
    Exchange,
    Film,
    Interview,
    Organisation,
    Partnership,
    Source,
    Tool,
    ToolUse,
    Topic,
    Work,
    WorkMention,
)
from films.reading.article import Organiser, ToolFacts, WorkFacts
from tests.importer.articles import article, bring, codes, edition, exchange, film, interview, told, with_film

pytestmark = pytest.mark.django_db


def tool_article(**values):
    tool = {"name": "Runway", "version": "Gen-3", "step": "video", "quote": "我用Runway生成影像。", "line": 26}
    return with_film(tools=(ToolFacts(**tool | values),))


def exchange_article(**values):
    return with_film(interview=interview([exchange(0), exchange(1, **values), exchange(2)]))


def organiser_article(note):
    return article(edition=edition(organisers=(Organiser("NOWNESS", note),)))


def name_of(row, field):
    value = getattr(row, field)
    return str(getattr(value, "name", getattr(value, "title", value))) if isinstance(value, Model) else value


# model, key of the row, field, article with a value, article with another, an editor's own value, what rows hold
CASES = {
    "edition month": (Edition, "edition", "month", article(), article(edition=edition(month=4)), 5, (3, 4, 5)),
    "edition year": (Edition, "edition", "year", article(), article(edition=edition(year=2024)), 2020, (2025, 2024, 2020)),
    "edition name": (
        Edition, "edition", "name", article(), article(edition=edition(name="影像计划")), "计划",
        ("未来影像计划", "影像计划", "计划"),
    ),
    "organiser's note": (
        Partnership, "edition/nowness", "note", organiser_article("杂志"), organiser_article("媒体"), "平台",
        ("杂志", "媒体", "平台"),
    ),
    "film title": (Film, "amie", "title", with_film(), with_film(title="鹿"), "小鹿", ("梅花鹿", "鹿", "小鹿")),
    "film title found": (Film, "amie", "title", with_film(title=None), with_film(), "小鹿", ("", "梅花鹿", "小鹿")),
    "film title lost": (Film, "amie", "title", with_film(), with_film(title=None), "小鹿", ("梅花鹿", "", "小鹿")),
    "synopsis": (Film, "amie", "synopsis", with_film(), with_film(synopsis="新的。"), "我的。", ("森林里住着一只梅花鹿。", "新的。", "我的。")),
    "statement": (Film, "amie", "statement", with_film(statement="旧"), with_film(statement="新"), "我", ("旧", "新", "我")),
    "running time": (Film, "amie", "runtime_seconds", with_film(), with_film(runtime_seconds=300), 280, (276, 300, 280)),
    "running time lost": (Film, "amie", "runtime_seconds", with_film(), with_film(runtime_seconds=None), 280, (276, None, 280)),
    "made from": (
        Film, "amie", "made_from", with_film(made_from="2024-09"), with_film(made_from="2024-10"), "2024",
        ("2024-09", "2024-10", "2024"),
    ),
    "made to": (Film, "amie", "made_to", with_film(made_to="2025"), with_film(made_to="2025-03"), "2026", ("2025", "2025-03", "2026")),
    "adapted from": (
        Film, "amie", "adapted_from", with_film(adapted_from="十诫"), with_film(adapted_from="山海经"), "黑镜",
        ("十诫", "山海经", "黑镜"),
    ),
    "interviewer": (
        Interview, "amie", "interviewer", with_film(), with_film(interview=interview(interviewer="问者")), "主持",
        ("NOWNESS", "问者", "主持"),
    ),
    "interview heading": (
        Interview, "amie", "heading", with_film(), with_film(interview=interview(heading="对谈")), "圆桌", ("", "对谈", "圆桌"),
    ),
    "answer": (
        Exchange, None, "answer", exchange_article(answer="一个回答，说的是镜头之间怎样衔接。"),
        exchange_article(answer="一个回答，说的是镜头之间如何相连。"), "编辑改过。",
        ("一个回答，说的是镜头之间怎样衔接。", "一个回答，说的是镜头之间如何相连。", "编辑改过。"),
    ),
    "question": (
        Exchange, None, "question", exchange_article(), exchange_article(question="遇到最大的难点是什么？"), "难在哪里？",
        ("最大的难点是什么？", "遇到最大的难点是什么？", "难在哪里？"),
    ),
    "topic": (
        Exchange, None, "topic", exchange_article(), exchange_article(question="是从什么时候开始觉得难的？"), "别的题",
        ("最难的是什么?", "从什么时候开始?", "别的题"),
    ),
    "speaker's label": (
        Exchange, None, "speaker_label", exchange_article(), exchange_article(label="阿米（导演）"), "A",
        ("阿米", "阿米（导演）", "A"),
    ),
    "speaker": (
        Exchange, None, "speaker", exchange_article(speaker="阿米"), exchange_article(speaker="阿米儿"), "阿米（鹿）",
        ("阿米", "阿米儿", "阿米（鹿）"),
    ),
    "tool version": (ToolUse, "amie/runway", "version", tool_article(), tool_article(version="Gen-4"), "4", ("Gen-3", "Gen-4", "4")),
    "tool step": (ToolUse, "amie/runway", "step", tool_article(), tool_article(step="image"), "edit", ("video", "image", "edit")),
    "tool quote": (
        ToolUse, "amie/runway", "quote", tool_article(), tool_article(quote="用Runway做的。"), "引文",
        ("我用Runway生成影像。", "用Runway做的。", "引文"),
    ),
    "mention's quote": (
        WorkMention, "amie/十诫", "quote",
        with_film(synopsis="改编自《十诫》。", works=(WorkFacts("十诫", 11),)),
        with_film(synopsis="取自《十诫》。", works=(WorkFacts("十诫", 11),)), "我引。",
        ("改编自《十诫》。", "取自《十诫》。", "我引。"),
    ),
}  # fmt: skip
MATRIX = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
NAMED = {"topic": Topic, "adapted_from": Work, "speaker": Creator}


def row_of(model, key):
    return model.objects.get(source_key=key) if key else model.objects.order_by("position")[1]


def edit(row, field, value):
    """Change a value as an editor does in the admin."""
    named = NAMED.get(field)
    setattr(
        row, field, named.objects.get_or_create(**{"title" if named is Work else "name": value})[0] if named else value
    )
    if field == "title":
        row.title_origin = "editor"
    row.save()


@MATRIX
def test_only_the_source_changed_so_its_value_is_taken(case):
    model, key, field, before, after, _own, (old, new, _kept) = case
    bring(before)
    row = row_of(model, key)
    assert name_of(row, field) == old
    report = bring(after)
    assert report.outcome == "updated"
    assert name_of(row_of(model, key), field) == new
    assert row_of(model, key).pk == row.pk
    assert (f"{model._meta.model_name}:{row.source_key}", field, "update") in told(report)


@MATRIX
def test_only_an_editor_changed_so_the_value_is_kept(case):
    model, key, field, before, _after, own, (_old, _new, kept) = case
    bring(before)
    row = row_of(model, key)
    edit(row, field, own)
    report = bring(before._replace(view_count=999))
    assert report.outcome == "updated"
    assert name_of(row_of(model, key), field) == kept
    record = f"{model._meta.model_name}:{row.source_key}"
    assert [change for change in told(report) if change[2] != "kept"] == []
    assert (record, field, "kept") in told(report)


@MATRIX
def test_both_changed_so_the_editors_is_kept_and_the_conflict_told_until_settled(case):
    model, key, field, before, after, own, (old, new, kept) = case
    bring(before)
    row = row_of(model, key)
    edit(row, field, own)
    for views in (1, 2):
        report = bring(after._replace(view_count=views))
        assert name_of(row_of(model, key), field) == kept
        [conflict] = [change for change in report.changes if change.kind == "conflict"]
        assert (conflict.record, conflict.field) == (f"{model._meta.model_name}:{row.source_key}", field)
        assert (conflict.before or "", conflict.after or "") == (kept or "", new or "")
        assert (row_of(model, key).imported[field] or "") == (old or "")


@pytest.mark.parametrize("name", [name for name in CASES if not name.endswith("lost")])
def test_both_changed_to_the_same_so_nothing_is_told(name):
    model, key, field, before, after, _own, (_old, new, _kept) = CASES[name]
    bring(before)
    edit(row_of(model, key), field, new)
    if field == "title":
        Film.objects.update(title_origin="stated_by_maker")
    report = bring(after)
    assert not [change for change in report.changes if change.field == field]
    assert row_of(model, key).imported[field] == new


DELETED = {
    "film": (Film, "amie"),
    "credit": (Credit, "amie/阿米"),
    "tool use": (ToolUse, "amie/runway"),
    "mention": (WorkMention, "amie/十诫"),
    "interview": (Interview, "amie"),
    "exchange": (Exchange, None),
    "partnership": (Partnership, "edition/nowness"),
}


@pytest.mark.parametrize(("model", "key"), DELETED.values(), ids=DELETED)
def test_a_row_an_editor_deleted_stays_deleted_and_is_told(model, key):
    bring(article())
    row = row_of(model, key)
    record = f"{model._meta.model_name}:{row.source_key}"
    count = model.objects.count()
    row.delete()
    for views in (1, 2):
        report = bring(article(view_count=views))
        assert model.objects.count() == count - 1
        assert (record, None, "deleted") in told(report)
        assert "deleted_by_editor" in codes(report)
        assert [change for change in report.changes if change.kind == "create"] == []
        assert record in Source.objects.get().records


@pytest.mark.parametrize("answer", [None, "割裂感也算一种风格，我不想把它抹平，反而愿意留下来。"])
def test_a_deleted_exchange_stays_deleted_when_its_words_change(answer, tmp_path):
    lines = [
        "走进极乐世界",
        "",
        "问：怎么看待风格？",
        "",
        "割裂感本身也成为了一种风格，我不想把它抹平，反而愿意留下来。",
    ]
    last = exchange(2)
    last = last._replace(lines=last.lines._replace(first=3, last=5))
    bring(article(text="\n".join(lines), films=(film(interview=interview([exchange(0), last])),)))
    Exchange.objects.get(question="怎么看待风格？").delete()
    changed = last._replace(question="如何看待风格？", answer=answer or last.answer)
    report = bring(article(text="\n".join(lines), films=(film(interview=interview([exchange(0), changed])),)))
    assert [row.question for row in Exchange.objects.all()] == ["你是从什么时候开始的？"]
    assert "deleted_by_editor" in codes(report)


GONE = {
    "credit": (Credit, "amie/乙", with_film(creators=("阿米", "乙")), with_film()),
    "tool use": (ToolUse, "amie/runway", with_film(), with_film(tools=())),
    "mention": (WorkMention, "amie/十诫", with_film(), with_film(works=())),
    "exchange": (Exchange, None, with_film(), with_film(interview=interview([exchange(0), exchange(2)]))),
    "partnership": (
        Partnership, "edition/即梦ai", article(), article(edition=edition(organisers=(Organiser("NOWNESS"),))),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("model", "key", "before", "after"), GONE.values(), ids=GONE)
def test_an_untouched_row_goes_with_the_source_and_comes_back_with_it(model, key, before, after):
    bring(before)
    row = row_of(model, key)
    count, record = model.objects.count(), f"{model._meta.model_name}:{row.source_key}"
    report = bring(after)
    assert model.objects.count() == count - 1
    [change] = [change for change in report.changes if change.kind == "deleted"]
    assert (change.record, change.field) == (record, None)
    assert change.before
    assert "removed_from_source" in codes(report)
    assert record not in Source.objects.get().records
    bring(before._replace(view_count=7))
    assert model.objects.count() == count


TOUCHED = {
    "credit": ("role", "director"),
    "tool use": ("version", "9"),
    "mention": ("quote", "我引。"),
    "exchange": ("answer", "编辑改过的回答。"),
    "partnership": ("note", "我注"),
}


@pytest.mark.parametrize("kind", GONE)
def test_a_row_an_editor_worked_on_is_kept_when_the_source_drops_it(kind):
    model, key, before, after = GONE[kind]
    field, value = TOUCHED[kind]
    bring(before)
    row = row_of(model, key)
    edit(row, field, value)
    count = model.objects.count()
    report = bring(after)
    assert model.objects.count() == count
    assert getattr(model.objects.get(pk=row.pk), field) == value
    assert "gone_but_kept" in codes(report)


def two_films():
    other = film(key="jyt", title=None, creators=("JYT",), tools=(), works=(), interview=None)
    return article(films=(film(), other))


def test_a_film_the_source_drops_is_archived_not_deleted_and_nothing_of_it_is_lost():
    bring(two_films())
    report = bring(article(films=two_films().films[1:]))
    gone = Film.objects.get(source_key="amie")
    assert gone.status == "archived"
    assert ("film:amie", "status", "update") in told(report)
    assert "archived" in codes(report)
    assert gone.interviews.get().exchanges.count() == 3
    assert gone.tool_uses.count() == gone.mentions.count() == gone.credits.count() == 1
    back = bring(two_films()._replace(view_count=3))
    gone.refresh_from_db()
    assert (gone.status, "back_in_source" in codes(back)) == ("archived", True)


def test_a_film_an_editor_worked_on_stays_public_when_the_source_drops_it():
    bring(two_films())
    answer = Exchange.objects.order_by("position").first()
    edit(answer, "answer", "编辑改过的回答。")
    report = bring(article(films=two_films().films[1:]))
    assert Film.objects.get(source_key="amie").status == "published"
    assert "gone_but_kept" in codes(report)


def test_status_is_never_flipped_by_an_update():
    bring(article())
    Film.objects.update(status="review")
    bring(with_film(synopsis="新的。"))
    assert Film.objects.get().status == "review"


def test_an_update_raises_the_version_so_that_open_forms_are_refused():
    bring(article())
    before = Film.objects.get().version, Interview.objects.get().version
    bring(exchange_article(answer="镜头之间的衔接总是断开，为此我画了上千张分镜，一遍一遍地比较。"))
    assert (Film.objects.get().version, Interview.objects.get().version) == (before[0], before[1] + 1)


def test_an_editors_own_credit_for_the_same_person_is_not_doubled():
    bring(article())
    own = Credit.objects.create(
        film=Film.objects.get(), creator=Creator.objects.create(name="乙"), role="maker", position=9
    )
    report = bring(with_film(creators=("阿米", "乙")))
    assert list(Credit.objects.order_by("position").values_list("creator__name", flat=True)) == ["阿米", "乙"]
    assert Credit.objects.filter(pk=own.pk, source=None).exists()
    assert report.outcome == "updated"


def test_a_step_that_an_editors_own_row_has_is_a_conflict_not_a_clash():
    bring(tool_article())
    ToolUse.objects.create(film=Film.objects.get(), tool=Tool.objects.get(), step="image", position=2)
    report = bring(tool_article(step="image"))
    assert report.outcome == "updated"
    assert ("tooluse:amie/runway", "step", "conflict") in told(report)
    assert sorted(ToolUse.objects.values_list("step", flat=True)) == ["image", "video"]


def test_what_points_at_a_deleted_answer_is_not_told_of():
    bring(with_film())
    Exchange.objects.get(question="最大的难点是什么？").delete()
    report = bring(with_film(synopsis="新的。"))
    assert [change for change in told(report) if change[2] != "deleted"] == [("film:amie", "synopsis", "update")]
    assert ToolUse.objects.get().exchange is None


def test_people_renamed_in_the_admin_are_not_made_again():
    bring(article())
    Creator.objects.filter(name="阿米").update(name="阿米 Ami", compared_name="阿米 ami")
    report = bring(article(view_count=5))
    assert Creator.objects.count() == 1
    assert report.changes == []


def test_organisations_and_tools_are_shared_not_doubled():
    bring(article())
    Tool.objects.update(name="Runway ML", aliases=["Runway"])
    bring(two_films()._replace(headline="另一篇", films=(film(key="b", creators=("阿米",)),)))
    assert Organisation.objects.count() == 2
    assert Creator.objects.count() == 1
    assert Tool.objects.count() == 1
    assert Edition.objects.count() == 1
    assert Partnership.objects.count() == 2
