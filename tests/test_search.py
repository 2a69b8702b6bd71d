"""Finding every published word, and nothing else."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from films.models import Exchange, Film, Interview, SearchDocument, WorkMention
from films.search import QueryTooLong, check, counting, matching_film_ids, matching_interview_ids, reindex, search
from films.search.marking import Marked, marked, snippet
from films.search.query import parse
from films.text import RUNS, search_fold
from tests.factories import (
    make_creator,
    make_edition,
    make_exchange,
    make_film,
    make_interview,
    make_tool,
    make_tool_use,
    make_work,
    settled,
)

pytestmark = pytest.mark.django_db

ARTICLE = (Path(__file__).parent.parent / "seeds" / "000_ceeab1b294d20971.txt").read_text(encoding="utf-8")
TOMORROW = timezone.now() + dt.timedelta(days=1)


def film(**values: Any) -> Film:
    """A film that can be found."""
    made = make_film(**values)
    reindex(films=[made.pk], creators=made.creators.values_list("pk", flat=True))
    return made


def answer(text: str, *, of: Film | None = None, **values: Any) -> Exchange:
    """An answer that can be found, in a public interview unless told otherwise."""
    interview = values.pop("interview", None) or make_interview(exchanges=0, film=of)
    made = make_exchange(interview=interview, answer=text, **values)
    reindex(interviews=[interview.pk])
    return made


def found(query: str, kind: str | None = None) -> list[Any]:
    return [hit.entry for hit in search(query, kind=kind).hits]


def films_found(query: str) -> list[Film]:
    return list(Film.objects.published().filter(pk__in=matching_film_ids(query)))


@pytest.mark.parametrize(
    "query",
    [
        "梅花鹿",
        "梅花",
        "花鹿",
        "鹿",
        "花",
        "《梅花鹿》",
        "meihualu",
        "mei hua lu",
        "meihua",
        "hualu",
        "mhl",
        "MHL",
        "ＭＨＬ",
    ],
)
def test_a_title_is_found(query: str) -> None:
    deer = film(title="梅花鹿")
    film(title="小天空")
    assert found(query) == [deer]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("这部电影很短", "電影"),
        ("這部電影很短", "电影"),
        ("用ＡＩ创作", "ai创作"),
        ("用 AI 创作", "AI创作"),
        ("用AI创作", "ai 创作"),
        ("用Midjourney生成", "midj"),
        ("片长4分36秒", "4分36秒"),
        ("即梦P2.0", "p2.0"),
        ("a café scene", "CAFE"),
        ("a cafe scene", "café"),
        ("⻛格", "风格"),
        ("风\u200b格", "风格"),
        ("映画を作る", "作る"),
        ("극락세계", "세계"),
        ("看见鹿", "鹿"),
        ("鹿。", "鹿"),
        ("只有 5 天", "5"),
        ("a-b", "a-b"),
        ("天空与大地，都在", "大地 天空"),
    ],
)
def test_words_of_an_answer_are_found(text: str, query: str) -> None:
    wanted = answer(text)
    answer("别的话")
    assert found(query) == [wanted]


@pytest.mark.parametrize("query", ["空天", "天空鹿", "天空 鹿", "idjourney", "天 鹿", "天空 q"])
def test_what_is_not_there_is_not_found(query: str) -> None:
    answer("天空。大地 Midjourney 50")
    assert found(query) == []


def test_a_short_word_is_not_dropped() -> None:
    both = answer("天空里有鹿")
    answer("天空里没有别的")
    assert found("天空 鹿") == [both]
    assert search("天空 🎬").ignored == ("🎬",)


def test_no_hit_runs_from_one_text_into_the_next() -> None:
    film(title="大", title_en="Sky", synopsis="地")
    assert found("大sky") == []
    assert found("大地") == []


def test_title_before_text_and_exact_title_first() -> None:
    mentions = film(title="远方", synopsis="天空的故事")
    exact = film(title="天空")
    longer = film(title="小天空之城")
    assert found("天空", "film") == [exact, longer, mentions]


def test_counts_by_kind_and_pages() -> None:
    maker = make_creator(name="天空")
    made = [film(title=f"天空{number}", creator=maker) for number in range(3)]
    answers = [answer("天空") for _ in range(2)]
    work = make_work(title="天空之城")
    WorkMention.objects.create(film=made[0], work=work)
    edition = make_edition(theme="天空")
    reindex(works=[work.pk], editions=[edition.pk])
    results = search("天空")
    assert results.counts == {"edition": 1, "film": 3, "creator": 1, "work": 1, "answer": 2, "caption": 0}
    assert results.total == 8
    everything = [edition, *reversed(made), maker, work, *reversed(answers)]
    assert [hit.entry for hit in results.hits] == everything
    pages = [search("天空", limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [hit.entry for page in pages for hit in page.hits] == everything
    assert [page.has_next for page in pages] == [True, True, False, False]
    only = search("天空", kind="film", limit=2, offset=1)
    assert ([hit.entry for hit in only.hits], only.total) == ([made[1], made[0]], 3)


def test_each_hit_leads_to_its_place() -> None:
    deer = film(title="梅花鹿")
    said = answer("看见天空", of=deer)
    alone = answer("也看见天空")
    urls = {hit.entry: hit.url for hit in search("天空").hits}
    assert urls == {
        said: f"{deer.get_absolute_url()}#a{said.anchor}",
        alone: f"{alone.interview.get_absolute_url()}#a{alone.anchor}",
    }


def test_a_further_voice_is_shown_with_the_question_that_was_put() -> None:
    interview = make_interview(exchanges=0)
    make_exchange(interview=interview, position=1, question="怎么看天空？", answer="很好。")
    answer("大地更好。", interview=interview, position=2, question="")
    assert search("大地").hits[0].heading.text == "怎么看天空？"


def test_the_heading_of_a_round_table_leads_to_its_first_answer() -> None:
    interview = make_interview(exchanges=0, heading="圆桌谈天空")
    first = answer("一", interview=interview, position=1)
    answer("二", interview=interview, position=2)
    hit = search("圆桌").hits[0]
    assert hit.entry == first
    assert hit.place.pieces == [("圆桌", True), ("谈天空", False)]


def test_makers_tools_and_works_lead_to_films() -> None:
    tool = make_tool(name="即梦", aliases=["Dreamina"])
    deer = make_film(title="梅花鹿", creator=make_creator(name="阿米"), adapted_from=make_work(title="山海经"))
    make_tool_use(film=deer, tool=tool, version="P2.0")
    reindex(films=[deer.pk])
    assert [found(query, "film") for query in ("阿米", "ami", "dreamina", "即梦P2.0", "山海经")] == [[deer]] * 5


def test_names_in_both_languages() -> None:
    deer = film(title="梅花鹿", title_en="The Deer", synopsis_en="A spotted one.")
    assert found("deer spotted") == [deer]
    with translation.override("en"):
        hit = search("deer").hits[0]
    assert (hit.heading.text, hit.snippet.text) == ("The Deer", "A spotted one.")


# Who may be found


def hidden_states() -> list[dict[str, Any]]:
    return [
        {"status": "draft"},
        {"status": "review"},
        {"status": "archived"},
        {"status": "published", "publish_at": TOMORROW},
    ]


@pytest.mark.parametrize("state", hidden_states())
def test_nothing_of_a_hidden_film_is_found(state: dict[str, Any]) -> None:
    hidden = film(title="梅花鹿", synopsis="天空", creator=make_creator(name="阿米花"), **state)
    answer("天空", of=hidden)
    work = make_work(title="天空书")
    WorkMention.objects.create(film=hidden, work=work)
    reindex(works=[work.pk])
    assert SearchDocument.objects.count() == 4
    for query in ("天空", "梅花鹿", "mhl", "阿米花", "天"):
        results = search(query)
        assert (results.hits, results.total, results.suggestions) == ((), 0, ())
        assert films_found(query) == []
    assert search("梅华路").suggestions == ()
    Film.objects.update(status="published", publish_at=None)
    assert search("天空").total == 3
    assert search("梅华路").suggestions == ("梅花鹿",)


@pytest.mark.parametrize("state", hidden_states())
def test_a_hidden_interview_is_not_found_through_its_public_film(state: dict[str, Any]) -> None:
    deer = film(title="梅花鹿")
    said = answer(
        "天空", interview=make_interview(exchanges=0, film=deer, **state), speaker=make_creator(name="无名氏")
    )
    reindex(creators=[said.speaker_id])
    assert search("天空").total == search("无名氏").total == 0
    assert films_found("天空") == []
    Interview.objects.update(status="published", publish_at=None)
    assert found("天空") == [said]
    assert films_found("天空") == [deer]
    assert search("无名氏").counts["creator"] == 1


@pytest.mark.parametrize("state", hidden_states())
def test_a_hidden_edition_is_not_found(state: dict[str, Any]) -> None:
    edition = make_edition(theme="天空", **state)
    reindex(editions=[edition.pk])
    assert search("天空").total == 0


def test_what_comes_due_is_found_without_writing() -> None:
    deer = film(title="梅花鹿", publish_at=TOMORROW)
    assert found("鹿") == []
    Film.objects.update(publish_at=timezone.now())
    assert found("鹿") == [deer]


# Writing


def test_deleted_rows_take_their_documents_along() -> None:
    deer = film(title="梅花鹿")
    answer("天空", of=deer)
    assert SearchDocument.objects.count() == 3
    deer.delete()
    assert SearchDocument.objects.get().creator_id
    assert check() == []


def test_a_deleted_answer_goes_alone() -> None:
    kept = answer("天空")
    answer("天空", interview=kept.interview).delete()
    assert found("天空") == [kept]
    assert check() == []


def test_an_edit_replaces_the_words() -> None:
    deer = film(title="梅花鹿", synopsis="旧的简介")
    Film.objects.update(synopsis="新的简介")
    reindex(films=[deer.pk])
    assert found("旧的") == []
    assert found("新的") == [deer]


def test_a_person_renamed_is_found_where_named() -> None:
    maker = make_creator(name="阿米")
    deer = film(title="梅花鹿", creator=maker)
    said = answer("天空", of=deer, speaker=maker)
    maker.name = "巩烨"
    maker.save()
    reindex(creators=[maker.pk])
    assert found("阿米") == []
    assert found("巩烨") == [deer, maker, said]


def test_a_save_that_fails_leaves_the_index_as_it_was() -> None:
    deer = film(title="梅花鹿")
    with transaction.atomic():
        Film.objects.update(title="天空")
        reindex(films=[deer.pk])
        transaction.set_rollback(True)
    assert found("梅花鹿") == [deer]
    assert found("天空") == []


def test_a_very_long_answer_is_written_and_found() -> None:
    text = "天空" + "".join(chr(0x20000 + n % 40_000) for n in range(150_000))
    assert found("天空") == []
    assert [answer(text)] == found("天空")


# Hostile and awkward queries


@pytest.mark.parametrize(
    "query",
    ['"', '""', "'", "*", "天*", "天空*", "^天", "a-b", "-天空", "NEAR(天空 鹿)", "天空 NEAR 鹿", "title:天空", "col:x", "AND", "OR NOT",
     "天空 AND", "(", "{title}:x", "%", "%%", "_", "\\", "\0", "天\0空", "🎬", "👨‍👩‍👧", "\ud800", "é" * 60, "'; DROP TABLE films_film; --",
     "a" * 200, "&|!", "<->", ":*", "{{ x }}", "%s", "%(a)s", "\u202e天空", "𠮷", "ﷺ" * 4],
)  # fmt: skip
def test_a_hostile_query_is_a_normal_result(query: str) -> None:
    film(title="梅花鹿")
    assert search(query).hits == ()
    assert films_found(query) == []
    assert list(Interview.objects.filter(pk__in=matching_interview_ids(query))) == []


@pytest.mark.parametrize("query", ["天" * 201, "a " * 21 + "b", "词 " * 10_000])
def test_a_query_too_long_says_so(query: str) -> None:
    for ask in (search, matching_film_ids, matching_interview_ids):
        with pytest.raises(QueryTooLong, match="20"):
            ask(query)


@pytest.mark.parametrize("query", ["", "   ", "\u3000"])
def test_a_blank_query(query: str) -> None:
    deer = film(title="梅花鹿")
    assert search(query).hits == ()
    assert films_found(query) == [deer]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="draft"):
        search("天空", kind="draft")


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_no_text_makes_a_search_fail(query: str) -> None:
    search(query)
    list(Film.objects.filter(pk__in=matching_film_ids(query)))


def test_a_common_word_costs_no_more_than_the_cap(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(counting, "CAP", 2)
    titled = film(title="天空")
    newer = [film(title="远方", synopsis="天空") for _ in range(4)]
    results = search("天空", kind="film")
    assert results.capped == {"film"}
    assert results.counts["film"] == 2
    page = client.get("/search/", {"q": "天空"}).content.decode()
    assert '短片 <span class="count">2+</span>' in page
    assert "只查找最新的 2 条" in page
    assert results.hits[0].entry == titled
    assert results.hits[1].entry == newer[-1]


def test_an_early_page_counts_few_and_no_page_loses_a_hit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "COUNTED", 2)
    monkeypatch.setattr(counting, "CAP", 4)
    made = [film(title="天空") for _ in range(6)]
    Film.objects.filter(pk=made[-2].pk).update(status="draft")
    answers = [answer("天空") for _ in range(2)]
    with CaptureQueriesContext(connection) as asked:
        early = search("天空", limit=0)
    assert [rows_counted(query["sql"]) for query in asked if "json" in query["sql"]] == [{"film": 2, "answer": 2}]
    assert (early.counts["film"], early.counts["answer"], early.capped) == (1, 2, {"film", "answer"})
    pages = [search("天空", limit=1, offset=offset) for offset in range(6)]
    # Of the newest four films one is hidden.
    wanted = [made[5], made[3], made[2], *reversed(answers)]
    assert [hit.entry for page in pages for hit in page.hits] == wanted
    assert [page.has_next for page in pages] == [True] * 4 + [False] * 2
    assert (pages[0].counts["film"], pages[0].capped) == (3, {"film"})


def rows_counted(sql: str) -> dict[str, int]:
    """How many rows of each kind a statement reads that counts."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found = {kind: json.loads(numbers or "[]") for kind, numbers in cursor.fetchall()}
    return {kind: len(numbers) for kind, numbers in found.items() if numbers}


# Suggestions


@pytest.mark.parametrize("query", ["梅华路", "每花露", "梅花路"])
def test_what_sounds_alike_is_suggested(query: str) -> None:
    film(title="梅花鹿", creator=make_creator(name="梅"))
    assert search(query).suggestions == ("梅花鹿",)


def test_names_and_works_are_suggested_too() -> None:
    deer = film(title="", creator=make_creator(name="巩烨"))
    work = make_work(title="山海经")
    WorkMention.objects.create(film=deer, work=work)
    reindex(works=[work.pk])
    assert search("巩业").suggestions == ("巩烨",)
    assert search("山海京").suggestions == ("山海经",)


def test_no_suggestion_beside_hits() -> None:
    film(title="梅花鹿")
    film(title="梅华路")
    assert search("梅华路").suggestions == ()


# Lists


def test_words_of_a_film_filter_may_stand_apart() -> None:
    deer = film(title="梅花鹿", synopsis="大地")
    said = answer("天空", of=deer)
    film(title="梅花鹿二")
    assert films_found("mhl 天空 大地") == [deer]
    interviews = Interview.objects.published().filter(pk__in=matching_interview_ids("mhl 天空"))
    assert list(interviews) == [said.interview]


def test_interviews_are_matched_by_every_answer() -> None:
    interview = make_interview(exchanges=0)
    answer("天空", interview=interview)
    answer("大地", interview=interview)
    answer("天空")
    assert list(Interview.objects.filter(pk__in=matching_interview_ids("天空 大地"))) == [interview]


# Cost


def test_queries_do_not_grow_with_hits(same_query_count: Callable[..., int]) -> None:
    def add() -> None:
        deer = film(title="天空", creator=make_creator(name=f"天空{Film.objects.count()}"))
        answer("天空", of=deer)

    add()
    with CaptureQueriesContext(connection) as one:
        assert search("天空").total == 3
    add()
    add()
    with CaptureQueriesContext(connection) as three:
        assert search("天空").total == 9
    assert len(one) == len(three) <= 17
    with CaptureQueriesContext(connection) as filtering:
        assert len(films_found("天空")) == 3
    assert len(filtering) == 1


def test_writing_takes_the_same_queries_for_one_film_and_three() -> None:
    made = [film(title=f"天空{number}") for number in range(3)]
    for one in made:
        answer("大地", of=one)
    with CaptureQueriesContext(connection) as first:
        reindex(films=[made[0].pk])
    with CaptureQueriesContext(connection) as all_three:
        reindex(films=[one.pk for one in made])
    assert len(first) == len(all_three)


# What is shown


def shown(text: Marked) -> str:
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in text.pieces)


@pytest.mark.parametrize(
    ("text", "query", "wanted"),
    [
        ("梅花鹿", "花", "梅[花]鹿"),
        ("梅花鹿", "mhl", "[梅花鹿]"),
        ("看梅花鹿", "meihua", "看[梅花]鹿"),
        ("用Midjourney做", "mid", "用[Midjourney]做"),
        ("smart art", "art", "smart [art]"),
        ("用 AI 创作", "AI创作", "用 [AI 创作]"),
        ("這部電影", "电影", "這部[電影]"),
        ("ＡＩ影像", "ai", "[ＡＩ]影像"),
        ("Cafe\u0301 noir", "cafe", "[Cafe\u0301] noir"),
        ("天空天空", "天空", "[天空天空]"),
        ("極樂世界", "世界 极乐", "[極樂世界]"),
        ("㍿天空", "天空", "㍿[天空]"),
        ("<b>天空</b>", "天空", "<b>[天空]</b>"),
        ("天空", "大地", "天空"),
    ],
)
def test_marking(text: str, query: str, wanted: str) -> None:
    assert shown(marked(text, parse(query).words)) == wanted


def test_a_snippet_shows_the_hit_whole_and_cuts_no_latin_word() -> None:
    words = parse("天空").words
    text = f"{'前' * 50} Midjourney Midjourney Midjourney Midjourney 天空 {'Stable Diffusion ' * 30}"
    piece = snippet([text], words)
    assert shown(piece).count("[天空]") == 1
    assert (piece.text[0], piece.text[-1]) == ("…", "…")
    assert set(piece.text.strip("…").split()) <= {"Midjourney", "天空", "Stable", "Diffusion"} | {
        "前" * n for n in range(51)
    }


@given(st.text(alphabet="天空a b鹿,。é", max_size=400), st.sampled_from(["天空", "a", "鹿 b", "空a"]))
def test_a_snippet_is_a_piece_of_the_text(text: str, query: str) -> None:
    words = parse(query).words
    whole = " ".join(text.split())
    piece = snippet([text], words)
    assert piece.text.removeprefix("…").removesuffix("…") in whole
    assert bool(piece.ranges) == bool(marked(whole, words).ranges)
    assert "".join(part.text for part in piece.pieces) == piece.text


# The same hits as a plain substring


def runs_of(text: str) -> list[str]:
    return [run for run, _ in RUNS.findall(search_fold(text))]


PARAGRAPHS = [line for line in ARTICLE.splitlines() if len(line) > 20]
WORDS = sorted(
    {
        run[i : i + n]
        for line in PARAGRAPHS
        for run in runs_of(line)
        for n in (1, 2, 3, 5)
        for i in range(len(run) - n + 1)
    }
)


class SameHitsAsLike(TestCase):
    """Every word of the article, and words mixed from it, against the paragraphs of the article."""

    @classmethod
    def setUpTestData(cls) -> None:
        interview = make_interview(exchanges=0)
        cls.texts = {
            make_exchange(interview=interview, question="", answer=line).pk: search_fold(line) for line in PARAGRAPHS
        }
        reindex(interviews=[interview.pk])

    def same(self, word: str) -> None:
        wanted = sorted(pk for pk, text in self.texts.items() if word in text)
        assert sorted(hit.entry.pk for hit in search(word, limit=1000).hits) == wanted

    def test_every_fortieth_word(self) -> None:
        assert len(WORDS) > 3000
        with settled():
            for word in WORDS[::40]:
                self.same(word)

    @given(st.sampled_from(WORDS), st.sampled_from(WORDS))
    @example("天", "空")
    @settings(max_examples=100)
    def test_mixed_words(self, one: str, other: str) -> None:
        self.same((one + other)[:8])

    def test_latin_words_and_numbers(self) -> None:
        for word in ("Midjourney", "GPT", "100", "prompt", "AIGC"):
            assert search(word).total == sum(search_fold(word) in text for text in self.texts.values()) > 0
