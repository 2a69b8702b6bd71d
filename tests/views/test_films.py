"""The list of films and a film's page."""

import re

import pytest

from films.models import Credit, Organisation, Partnership, WorkMention
from tests.factories import (
    make_creator,
    make_edition,
    make_exchange,
    make_film,
    make_interview,
    make_source,
    make_tool,
    make_tool_use,
    make_topic,
    make_work,
)

pytestmark = pytest.mark.django_db


def page_of(client, film, prefix: str = "") -> str:
    return client.get(prefix + film.get_absolute_url()).content.decode()


def test_list_shows_title_makers_and_running_time(client):
    make_film(title="梅花鹿", creator=make_creator(name="阿米"), runtime_seconds=276, synopsis="森林里。")
    body = client.get("/films/").content.decode()
    assert '<span class="tm">《</span><span class="t">梅花鹿</span><span class="tm">》</span>' in body
    assert '<span lang="zh-Hans">阿米</span><time datetime="PT4M36S">4′36″</time>' in body
    assert "森林里。" in body
    assert "共1部" in body


def test_list_turns_pages_and_keeps_the_filters(client):
    for _ in range(25):
        make_film(runtime_seconds=200)
    page = client.get("/films/?runtime=3-5&sort=title")
    assert len(page.context["page"].object_list) == 24
    assert 'rel="next" href="?runtime=3-5&amp;sort=title&amp;page=2"' in page.content.decode()
    second = client.get("/films/?runtime=3-5&sort=title&page=2")
    assert len(second.context["page"].object_list) == 1
    assert 'aria-current="page">2</a>' in second.content.decode()


@pytest.mark.parametrize("number", ["2", "0", "-1", "last", "", "1e9", "9" * 5000], ids=lambda number: number[:4])
def test_a_page_that_is_not_there_is_missing(client, number):
    make_film()
    assert client.get("/films/", {"page": number}).status_code == 404


def test_list_asks_the_same_number_of_queries_however_many_films(client, same_query_count):
    def make_item():
        make_tool_use(film=make_film(edition=make_edition()), tool=make_tool())

    assert same_query_count(make_item, lambda: client.get("/films/")) == 4


def test_page_has_its_parts_in_order(client):
    source = make_source(headline="文章")
    film = make_film(source=source, source_key="f", statement="我的自述。", passages={"synopsis": [84, 85]})
    make_interview(film=film, exchanges=1)
    body = page_of(client, film)
    body = body[body.index("<main") :]
    parts = ['class="frame"', "一个简介。", 'class="facts"', "我的自述。", 'class="qa"', 'class="credits"', "来源说明"]
    places = [body.index(part) for part in parts]
    assert places == sorted(places)


def test_facts_name_what_is_stated_and_nothing_else(client):
    film = make_film(
        creator=make_creator(name="CamRed"), runtime_seconds=276, made_from="2024-09-07", made_to="2025-03"
    )
    body = page_of(client, film)
    facts = body[body.index('class="facts"') : body.index("</dl>")]
    assert re.findall(r"<dt>(.*?)</dt>", facts) == ["片长", "制作"]
    assert '<time class="nb" datetime="2024-09-07">2024年9月7日</time> 至 ' in facts
    assert '<time class="nb" datetime="2025-03">2025年3月</time>' in facts
    assert "4分36秒" in facts
    assert "—" not in facts


def test_an_untitled_film_is_known_by_its_maker(client):
    film = make_film(title="", creator=make_creator(name="CamRed"))
    body = page_of(client, film)
    assert "<title>无题（CamRed） — Elysium</title>" in body
    assert '<h1><span class="title is-untitled">无题</span>\n</h1>' in body
    assert "《无题》" not in body
    assert '<span class="vh">，<span lang="en">CamRed</span> 作品</span>' in client.get("/films/").content.decode()
    english = page_of(client, film, "/en")
    assert "<title>Untitled (CamRed) — Elysium</title>" in english


def test_each_answer_has_its_anchor_and_the_list_of_questions_leads_there(client):
    film = make_film()
    interview = make_interview(film=film, exchanges=0)
    maker = make_creator(name="阿米")
    make_exchange(
        interview=interview, question="第一问？", answer="答一。\n\n再答。", speaker=maker, speaker_label="阿米"
    )
    make_exchange(interview=interview, question="第二问？", answer="答二。", speaker_label="友人")
    make_exchange(interview=interview, question="", answer="又一人答。")
    body = page_of(client, film)
    assert re.findall(r'<article class="qa" id="(a\d+)"', body) == ["a1", "a2", "a3"]
    nav = body[body.index('class="qa_nav"') : body.index("</nav>", body.index('class="qa_nav"'))]
    assert re.findall(r'href="(#a\d+)"', nav) == ["#a1", "#a2"]
    assert "问一" in nav
    assert "问二" in nav
    assert '<span class="vh" lang="en">NOWNESS 问：</span><span lang="zh-Hans">第一问？</span>' in body
    assert f'<b class="who" lang="zh-Hans"><a href="{maker.get_absolute_url()}">阿米</a></b> 答一。</p>' in body
    assert "<p>再答。</p>" in body
    assert '<b class="who" lang="zh-Hans">友人</b>' in body


def test_a_question_asked_elsewhere_too_leads_there(client):
    film, topic = make_film(), make_topic(name="最难的是？")
    make_exchange(interview=make_interview(film=film, exchanges=0), topic=topic)
    assert f'同题：<a href="{topic.get_absolute_url()}" lang="zh-Hans">最难的是？</a>' in page_of(client, film)


def test_credits_name_makers_work_tools_interviewer_and_organisers(client):
    edition = make_edition()
    organisation = Organisation.objects.create(name="即梦AI")
    Partnership.objects.create(edition=edition, organisation=organisation, note="字节跳动旗下")
    work = make_work(title="自愿被吃的猪", author="朱利安·巴吉尼")
    film = make_film(edition=edition, adapted_from=work)
    Credit.objects.create(film=film, creator=make_creator(name="配乐人"), role="music", position=2)
    exchange = make_exchange(interview=make_interview(film=film, exchanges=0))
    make_tool_use(
        film=film, tool=make_tool(name="Runway"), step="video", quote="用Runway生成影像。", exchange=exchange
    )
    WorkMention.objects.create(film=film, work=make_work(title="黑镜"), exchange=exchange)
    body = page_of(client, film)
    credits = body[body.index('class="credits"') :]
    credits = credits[: credits.index("</section>")]
    assert re.findall(r"<dt>(.*?)</dt>", credits) == ["创作", "音乐", "原作", "工具", "提及", "采访", "发起"]
    assert '<q class="quote" lang="zh-Hans">用Runway生成影像。</q>' in credits
    assert f'href="{exchange.get_absolute_url()}"' in credits
    assert "朱利安·巴吉尼" in credits
    assert "字节跳动旗下" in credits
    assert "《黑镜》" in credits


def test_provenance_leads_to_the_lines_of_the_source(client):
    source = make_source(headline="走进五个世界", publisher="网络", published_on="2025-04-17")
    film = make_film(source=source, source_key="f", passages={"synopsis": [84, 84], "title": [90, 92]})
    body = page_of(client, film)
    assert f'剧情简介：<a class="nb" href="{source.get_absolute_url()}#l84">原文第 84 行</a>' in body
    assert f'片名：<a class="nb" href="{source.get_absolute_url()}#l90">原文第 90–92 行</a>' in body
    assert '<time class="nb" datetime="2025-04-17">2025年4月17日</time>' in body


def test_markup_and_template_braces_stay_text(client):
    nasty = "<script>alert(1)</script> {{ film }} {% now 'Y' %} & \"'"
    film = make_film(title="<i>题</i>{{ x }}", synopsis=nasty, statement=nasty)
    make_exchange(interview=make_interview(film=film, exchanges=0), question=nasty, answer=nasty, speaker_label="<b>")
    for prefix in ("", "/en"):
        body = page_of(client, film, prefix)
        assert re.findall(r"<script(?! src=)[^>]*>", body) == ['<script type="application/ld+json">']
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ film }} {% now" in body
        assert "《&lt;i&gt;题&lt;/i&gt;{{ x }}》" in body


def test_an_old_address_answers_301_with_its_query_in_its_language(client):
    film = make_film(slug="alt")
    film = type(film).objects.get(pk=film.pk)
    film.slug = "neu"
    film.save()
    for prefix in ("", "/en"):
        moved = client.get(f"{prefix}/films/alt/?x=1")
        assert (moved.status_code, moved.headers["Location"]) == (301, f"{prefix}/films/neu/?x=1")


def test_page_asks_the_same_number_of_queries_however_much_there_is(client, same_query_count):
    edition = make_edition()
    Partnership.objects.create(edition=edition, organisation=Organisation.objects.create(name="N"))
    film = make_film(edition=edition, source=make_source(), source_key="f", adapted_from=make_work())

    def make_item():
        make_film(edition=edition)
        Credit.objects.create(film=film, creator=make_creator())
        exchange = make_exchange(
            interview=make_interview(film=film, exchanges=0), speaker=make_creator(), topic=make_topic()
        )
        make_tool_use(film=film, tool=make_tool(), exchange=exchange, quote="话")
        WorkMention.objects.create(film=film, work=make_work(), exchange=exchange)

    assert same_query_count(make_item, lambda: client.get(film.get_absolute_url())) == 2


def test_english_falls_back_to_chinese_and_says_so(client):
    film = make_film(title="梅花鹿", synopsis="中文简介。", synopsis_en="")
    body = page_of(client, film, "/en")
    assert '<cite class="title" lang="zh-Hans"><span class="tm">《</span><span class="t">梅花鹿</span>' in body
    assert '<div class="synopsis" lang="zh-Hans">' in body
    film.title_en, film.synopsis_en = "Sika Deer", "An English synopsis."
    film.save()
    body = page_of(client, film, "/en")
    assert '<cite class="title" lang="en"><span class="t">Sika Deer</span></cite>' in body
    assert '<div class="synopsis" lang="en">' in body
    assert "中文简介" not in body
