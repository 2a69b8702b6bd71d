"""Values as people read them, in both languages."""

import datetime as dt

import pytest
from django.utils import translation

from films.models import Creator, Edition, Exchange, Film
from films.templatetags import formatting
from tests.factories import make_creator, make_film, make_interview


def both(function, *arguments) -> tuple[str, str]:
    """What it says in Chinese and in English."""
    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said.append(str(function(*arguments)))
    return said[0], said[1]


@pytest.mark.parametrize(
    ("seconds", "chinese", "english", "short", "machine"),
    [
        (276, "4分36秒", "4 min 36 s", "4′36″", "PT4M36S"),
        (36, "36秒", "36 s", "0′36″", "PT0M36S"),
        (240, "4分", "4 min", "4′00″", "PT4M0S"),
        (3605, "1小时5秒", "1 h 5 s", "60′05″", "PT60M5S"),
    ],
)
def test_running_time(seconds, chinese, english, short, machine):
    assert both(formatting.runtime, seconds) == (chinese, english)
    assert formatting.runtime_short(seconds) == short
    assert formatting.runtime_iso(seconds) == machine


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("2025", "2025年", "2025"),
        ("2025-03", "2025年3月", "March 2025"),
        ("2024-09-07", "2024年9月7日", "7 September 2024"),
        ("", "", ""),
    ],
)
def test_a_partial_date_stays_partial(value, chinese, english):
    assert both(formatting.partial_date, value) == (chinese, english)


def test_a_full_date():
    assert both(formatting.full_date, dt.date(2025, 4, 17)) == ("2025年4月17日", "17 April 2025")
    assert both(formatting.full_date, None) == ("", "")


@pytest.mark.parametrize(
    ("edition", "chinese", "english"),
    [
        (Edition(theme="极乐世界", theme_en="Elysium", year=2025), "极乐世界 2025", "Elysium 2025"),
        (Edition(theme="极乐世界"), "极乐世界", "极乐世界"),
        (Edition(name="未来影像计划", year=2025), "未来影像计划 2025", "未来影像计划 2025"),
        (Edition(), "未命名届次", "Unnamed edition"),
    ],
)
def test_an_edition_s_title(edition, chinese, english):
    assert both(formatting.edition_title, edition) == (chinese, english)


def test_when_an_edition_was():
    assert both(formatting.edition_date, Edition(year=2025, month=3)) == ("2025年3月", "March 2025")
    assert both(formatting.edition_date, Edition(year=2025)) == ("2025年", "2025")
    assert both(formatting.edition_date, Edition(month=3)) == ("", "")


@pytest.mark.parametrize(
    ("number", "chinese"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100")]
)
def test_numbers_as_they_are_spoken(number, chinese):
    assert both(formatting.ordinal, number) == (chinese, str(number))
    assert both(formatting.question_label, number) == (f"问{chinese}", f"Q{number}")


@pytest.mark.parametrize(
    ("text", "stated", "tag"),
    [
        ("梅花鹿", "", "zh-Hans"),
        ("梅花鹿", "zh-hant", "zh-Hant"),
        ("Midjourney", "zh-hans", "en"),
        ("用AI创作", "zh-hans", "zh-Hans"),
        ("東京の夜", "", "ja"),
        ("東京", "ja", "ja"),
        ("서울", "", "ko"),
        ("The film 梅花鹿 is short.", "en", "en"),
        ("", "zh-hans", "en"),
    ],
)
def test_the_language_of_a_text(text, stated, tag):
    assert formatting.language_tag(text, stated) == tag


def test_a_field_in_the_language_of_the_page():
    film = Film(title="梅花鹿", title_en="Sika Deer", synopsis="中文。")
    with translation.override("en"):
        assert formatting.localised(film, "title") == formatting.Words("Sika Deer", "en")
        assert formatting.localised(film, "synopsis") == formatting.Words("中文。", "zh-Hans")
    with translation.override("zh-hans"):
        assert formatting.localised(film, "title") == formatting.Words("梅花鹿", "zh-Hans")
    assert not formatting.localised(film, "statement")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "chinese", "english"),
    [
        ({"title": "梅花鹿"}, "《梅花鹿》", "《梅花鹿》"),
        ({"title": "梅花鹿", "title_en": "Sika Deer"}, "《梅花鹿》", "Sika Deer"),
        ({"title": ""}, "无题（阿米）", "Untitled (Amy)"),
    ],
)
def test_a_film_s_title_in_plain_words(values, chinese, english):
    film = make_film(creator=make_creator(name="阿米", name_en="Amy"), **values)
    assert both(formatting.title_text, film) == (chinese, english)


@pytest.mark.django_db
def test_an_untitled_film_without_makers():
    film = make_film(title="")
    film.credits.all().delete()
    assert both(formatting.title_text, film) == ("无题", "Untitled")


@pytest.mark.django_db
def test_an_interview_s_title():
    film = make_film(title="梅花鹿")
    assert both(formatting.title_text, make_interview(film=film)) == ("访谈：《梅花鹿》", "Interview: 《梅花鹿》")
    assert both(formatting.title_text, make_interview(heading="圆桌", heading_en="Round table")) == (
        "圆桌",
        "Round table",
    )
    assert both(formatting.title_text, make_interview()) == ("访谈", "Interview")


def test_further_voices_join_the_question_before():
    exchanges = [
        Exchange(question=question, answer=answer)
        for question, answer in [("", "0"), ("一", "1"), ("", "2"), ("二", "3")]
    ]
    groups = formatting.by_question(exchanges)
    assert [[exchange.answer for exchange in group] for group in groups] == [["0"], ["1", "2"], ["3"]]


@pytest.mark.parametrize(
    ("count", "chinese", "one", "several"),
    [
        (formatting.film_count, "3 部短片", "1 film", "3 films"),
        (formatting.answer_count, "3 个回答", "1 answer", "3 answers"),
        (formatting.question_count, "3 个问题", "1 question", "3 questions"),
        (formatting.interview_count, "3 篇访谈", "1 interview", "3 interviews"),
    ],
)
def test_counts_have_their_plurals(count, chinese, one, several):
    assert both(count, 3) == (chinese, several)
    assert both(count, 1)[1] == one


def test_only_addresses_on_the_web_become_links():
    creator = Creator(
        links=["https://a.example/", "http://b.example/", "javascript:alert(1)", 7, " https://c.example"]
    )
    assert formatting.web_links(creator) == ["https://a.example/", "http://b.example/"]
    assert formatting.web_links(Creator(links={"x": 1})) == []
    assert [formatting.web_link(link) for link in ("https://a.example/", "javascript:x", "")] == [
        "https://a.example/",
        "",
        "",
    ]
