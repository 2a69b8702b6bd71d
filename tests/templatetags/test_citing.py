"""How one answer is cited, word by word."""

import datetime as dt
import re
from html import unescape

import pytest

from tests.factories import make_creator, make_exchange, make_film, make_interview, make_source

pytestmark = pytest.mark.django_db

DAY = dt.datetime(2025, 4, 16, 22, 0, tzinfo=dt.UTC)  # the 17th in Shanghai


@pytest.fixture
def answer():
    source = make_source(slug="wen-zhang")
    film = make_film(title="梅花鹿", slug="mei-hua-lu", source=source, source_key="f", first_published_at=DAY)
    talk = make_interview(film=film, exchanges=0, first_published_at=DAY)
    return make_exchange(
        interview=talk,
        question="最难的是\n什么？",
        answer="品控。",
        speaker=make_creator(name="阿米"),
        source=source,
        source_key="e",
        passages={"question": [84, 84], "answer": [86, 90]},
    )


def cited(client, address: str) -> dict[str, str]:
    """What the first answer of a page says of itself, by its label, as plain text."""
    body = client.get(address).content.decode()
    found = re.search(r'<details class="cite">.*?</details>', body, re.DOTALL)[0]
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", found, re.DOTALL)
    return {name: unescape(re.sub(r"<button.*?</button>|<[^>]+>", "", words)).strip() for name, words in pairs}


def test_in_chinese_word_by_word(client, answer):
    assert cited(client, "/films/mei-hua-lu/") == {
        "永久链接": "http://testserver/films/mei-hua-lu/#a1",
        "引文": "阿米答“最难的是 什么？”，《梅花鹿》访谈，Elysium，2025年4月17日，http://testserver/films/mei-hua-lu/#a1",
        "GB/T 7714—2015": "阿米. 《梅花鹿》访谈: 最难的是 什么？[EB/OL]. Elysium, 2025(2025-04-17)[引用日期]. http://testserver/films/mei-hua-lu/#a1.",
        "出处": "原文第 84–90 行",
    }


def test_in_english_word_by_word(client, answer):
    answer.speaker.name_en = "Ami"
    answer.speaker.save()
    assert cited(client, "/en/films/mei-hua-lu/") == {
        "Permanent link": "http://testserver/en/films/mei-hua-lu/#a1",
        "Citation": "Ami, answering “最难的是 什么？”, Interview about 《梅花鹿》, Elysium, 17 April 2025, http://testserver/en/films/mei-hua-lu/#a1",
        "GB/T 7714—2015": "Ami. Interview about 《梅花鹿》: 最难的是 什么？[EB/OL]. Elysium, 2025(2025-04-17)[date of access]. http://testserver/en/films/mei-hua-lu/#a1.",
        "Source": "source lines 84–90",
    }


def test_source_lines_lead_to_the_passage(client, answer):
    body = client.get("/films/mei-hua-lu/").content.decode()
    assert '<a class="nb" href="/sources/wen-zhang/#l84">原文第 84–90 行</a>' in body
    answer.passages = {"answer": [84, 84]}
    answer.save()
    assert (
        '<a class="nb" href="/sources/wen-zhang/#l84">原文第 84 行</a>'
        in client.get("/films/mei-hua-lu/").content.decode()
    )


def test_an_untitled_film_is_cited_by_its_maker_and_nothing_is_invented(client):
    film = make_film(title="", slug="camred", creator=make_creator(name="CamRed"))
    talk = make_interview(film=film, exchanges=0, first_published_at=DAY)
    make_exchange(interview=talk, question="", answer="自述。")
    found = cited(client, "/films/camred/")
    assert found["引文"] == "无题（CamRed）访谈，Elysium，2025年4月17日，http://testserver/films/camred/#a1"
    assert found["GB/T 7714—2015"].startswith("无题（CamRed）访谈[EB/OL]. Elysium, 2025(2025-04-17)[")
    assert "出处" not in found


def test_a_further_voice_is_cited_with_the_question_it_answers(client):
    talk = make_interview(heading="圆桌", slug="yuan-zhuo", exchanges=0, first_published_at=None, status="published")
    type(talk).objects.update(first_published_at=None)
    make_exchange(interview=talk, question="以后呢？", answer="再看。", speaker_label="甲")
    make_exchange(interview=talk, question="", answer="不看。", speaker_label="乙")
    body = client.get("/interviews/yuan-zhuo/").content.decode()
    assert "乙答“以后呢？”，圆桌，Elysium，http://testserver/interviews/yuan-zhuo/#a2<" in body
    assert '乙. 圆桌: 以后呢？[EB/OL]. Elysium[<span data-today lang="zh-Hans">引用日期</span>]. http' in body


def test_quotes_inside_a_question_become_inner_quotes(client):
    talk = make_interview(film=make_film(slug="x"), exchanges=0)
    make_exchange(interview=talk, question="如何理解“极乐世界”？", speaker_label="甲")
    found = cited(client, "/films/x/")
    assert found["引文"].startswith("甲答“如何理解‘极乐世界’？”，")
    assert "如何理解“极乐世界”？[EB/OL]" in found["GB/T 7714—2015"]


def test_words_of_a_citation_stay_text(client):
    talk = make_interview(film=make_film(slug="x"), exchanges=0)
    make_exchange(interview=talk, question="<script>alert(1)</script>", speaker_label="<b>")
    body = client.get("/films/x/").content.decode()
    assert "<script>alert" not in body
    assert "&lt;b&gt;答“&lt;script&gt;" in body


def test_citing_asks_nothing_of_the_database(client, answer, same_query_count):
    def make_item():
        make_exchange(interview=answer.interview, source=answer.source, source_key=f"k{answer.pk}-{make_creator().pk}")

    same_query_count(make_item, lambda: client.get("/films/mei-hua-lu/"))
