"""The film's form: titles and their origin, addresses, quotes, rows in order, and on to the interview."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from films.models import Exchange, Film, SlugRedirect
from tests.admin.forms import errors_of, filled
from tests.admin.rows import full_film
from tests.factories import (
    make_creator,
    make_edition,
    make_exchange,
    make_film,
    make_interview,
    make_source,
    make_tool,
)

ADD = "admin:films_film_add"


def change_url(film: Film) -> str:
    return reverse("admin:films_film_change", args=[film.pk])


def add_film(desk: Client, **values: Any) -> Any:
    return desk.post(reverse(ADD), filled(desk, reverse(ADD), **values))


def test_an_untitled_film_is_named_after_its_maker_without_a_redirect(desk: Client) -> None:
    make_film(title="", slug="film")
    add_film(desk, **{"credits-0-creator": make_creator(name="巩烨").pk})
    film = Film.objects.latest("pk")
    assert (film.title, film.title_origin, film.slug) == ("", "not_stated", "gong-ye")
    assert not SlugRedirect.objects.exists()


def test_an_untitled_film_without_a_maker_keeps_the_placeholder(desk: Client) -> None:
    add_film(desk)
    assert Film.objects.get().slug == "film"


def test_a_placeholder_that_visitors_saw_goes_on_answering(desk: Client) -> None:
    film = make_film(title="", slug="film-2", creator=make_creator(name="阿米"))
    desk.post(change_url(film), filled(desk, change_url(film)))
    film.refresh_from_db()
    assert film.slug == "a-mi"
    assert list(SlugRedirect.objects.values_list("slug", "target_id")) == [("film-2", film.pk)]


def test_an_address_that_was_typed_is_kept(desk: Client) -> None:
    add_film(desk, slug="film-7", **{"credits-0-creator": make_creator().pk})
    assert Film.objects.get().slug == "film-7"


@pytest.mark.parametrize(
    ("before", "typed", "after"),
    [
        (("", "not_stated"), {"title": "鹿"}, ("鹿", "editor")),
        (("", "not_stated"), {"title": "鹿", "title_origin": "stated_by_maker"}, ("鹿", "stated_by_maker")),
        (("鹿", "heading"), {"title": ""}, ("", "not_stated")),
        (("鹿", "heading"), {"title": "梅花鹿"}, ("梅花鹿", "editor")),
        (("鹿", "heading"), {"title": "梅花鹿", "title_origin": "stated_by_maker"}, ("梅花鹿", "stated_by_maker")),
        (("鹿", "heading"), {"title_origin": "not_stated"}, ("鹿", "editor")),
        (("鹿", "heading"), {"synopsis": "别的。"}, ("鹿", "heading")),
    ],
)
def test_title_and_origin_stay_consistent(before: Any, typed: Any, after: Any, desk: Client) -> None:
    title, origin = before
    film = make_film(title=title, title_origin=origin, source=make_source(), source_key="a")
    response = desk.post(change_url(film), filled(desk, change_url(film), **typed))
    assert response.status_code == 302
    film.refresh_from_db()
    assert (film.title, film.title_origin) == after


def test_a_quote_finds_its_answer(desk: Client) -> None:
    film = make_film()
    exchange = make_exchange(interview=make_interview(film=film), answer="我想停下来。然后再走。")
    desk.post(change_url(film), filled(desk, change_url(film), pull_quote="我想停下来。"))
    film.refresh_from_db()
    assert film.pull_quote_exchange == exchange
    desk.post(change_url(film), filled(desk, change_url(film), pull_quote=""))
    film.refresh_from_db()
    assert film.pull_quote_exchange is None


@pytest.mark.parametrize("mine", [True, False])
def test_a_quote_that_no_answer_holds_is_refused(mine: bool, desk: Client) -> None:
    film = make_film()
    make_exchange(interview=make_interview(film=film if mine else make_film()), answer="我想停下来。")
    quote = "我想走。" if mine else "我想停下来。"
    response = desk.post(change_url(film), filled(desk, change_url(film), pull_quote=quote))
    assert errors_of(response) == [["本片的访谈里没有这句话。引文要逐字摘自本片的一段回答。"]]
    film.refresh_from_db()
    assert film.pull_quote == ""


def test_a_new_row_goes_to_the_end_and_a_number_is_kept(desk: Client) -> None:
    film = full_film(inlines=2)
    first, second = film.tool_uses.all()
    rows = filled(desk, change_url(film))
    extra = {"tool_uses-2-tool": make_tool(name="Runway").pk, "tool_uses-2-step": "", "tool_uses-2-position": "0"}
    rows |= extra | {"tool_uses-TOTAL_FORMS": "3", "tool_uses-0-position": "9"}
    assert desk.post(change_url(film), rows).status_code == 302
    assert [(use.tool.name, use.position) for use in film.tool_uses.all()] == [
        (second.tool.name, 2),
        (first.tool.name, 9),
        ("Runway", 10),
    ]


def test_an_emptied_number_goes_to_the_end(desk: Client) -> None:
    film = full_film(inlines=3)
    first = film.mentions.all()[0]
    desk.post(change_url(film), filled(desk, change_url(film), **{"mentions-0-position": ""}))
    first.refresh_from_db()
    assert first.position == 4


def test_wrong_values_are_named_and_kept(desk: Client) -> None:
    film = make_film()
    response = desk.post(change_url(film), filled(desk, change_url(film), made_from="去年", runtime_seconds="0"))
    assert sorted(error for errors in errors_of(response) for error in errors) == [
        "“去年”不是日期。请写成 2025、2025-03 或 2025-03-17。",
        "片长以秒计，应在 1 到 86400 之间。",
    ]
    assert response.context["adminform"].form["made_from"].value() == "去年"
    maker = film.credits.get().creator_id
    twice = {"credits-TOTAL_FORMS": "2", "credits-1-creator": maker, "credits-1-role": "maker", "credits-1-id": ""}
    wrong = {"made_from": "2025-03", "made_to": "2024", "slug": make_film().slug}
    response = desk.post(change_url(film), filled(desk, change_url(film), **wrong, **twice))
    told = [error for errors in errors_of(response) for error in ([errors] if isinstance(errors, str) else errors)]
    assert {"有两行的创作者、职责相同。请改一行，或去掉一行。", "这一行与上面的一行重复。"} <= set(told)
    assert "完成早于开始制作。请改其中一个，或清空。" in told
    assert "这个地址已经是另一条的。请换一个，或清空，由名称的拼音生成。" in told


def test_raw_import_columns_cannot_be_typed(desk: Client) -> None:
    film = make_film(source=make_source(), source_key="a", imported={"title": "鹿"}, passages={"title": [1, 1]})
    forged = {"imported": "{}", "passages": "{}", "source_key": "b", "source": "", "version": "99"}
    desk.post(change_url(film), filled(desk, change_url(film), **forged))
    film.refresh_from_db()
    assert (film.imported, film.passages) == ({"title": "鹿"}, {"title": [1, 1]})
    assert (film.source_key, film.source_id is None, film.version) == ("a", False, 2)


def test_the_form_says_where_each_value_came_from(desk: Client) -> None:
    source = make_source(headline="走进极乐世界")
    imported = {"title": "梅花<b>鹿</b>", "synopsis": "一个简介。"}
    film = make_film(title="鹿", source=source, source_key="a", imported=imported, passages={"title": [3, 4]})
    page = desk.get(change_url(film)).text
    url = reverse("admin:films_source_change", args=[source.pk])
    assert f'<a href="{url}#L3">3–4</a>' in page
    assert "梅花&lt;b&gt;鹿&lt;/b&gt;" in page
    assert page.count("编辑已改") == 1


def test_the_list_tells_untitled_films_apart_and_filters_what_is_missing(desk: Client) -> None:
    make_film(title="", creator=make_creator(name="CamRed"), edition=make_edition(theme="极乐世界"))
    make_film(title="有名", runtime_seconds=60)
    url = reverse("admin:films_film_changelist")
    page = desk.get(url, {"missing": "title"})
    assert page.context["cl"].result_count == 1
    for words in ("无题", "CamRed", "极乐世界"):
        assert words in page.text
    assert [film.title for film in desk.get(url, {"missing": "runtime"}).context["cl"].result_list] == [""]
    assert [film.title for film in desk.get(url, {"q": "camred"}).context["cl"].result_list] == [""]


def test_suggestions_tell_untitled_films_apart(desk: Client) -> None:
    film = make_film(title="", creator=make_creator(name="CamRed"))
    field = {"app_label": "films", "model_name": "interview", "field_name": "film", "term": "CamRed"}
    answer = desk.get(reverse("admin:autocomplete"), field).json()
    assert answer["results"] == [{"id": str(film.pk), "text": "无题（CamRed）"}]


def test_only_public_films_link_to_the_site(desk: Client) -> None:
    draft, public = make_film(status="draft"), make_film()
    assert "viewsitelink" not in desk.get(change_url(draft)).text
    page = desk.get(change_url(public)).text
    assert "viewsitelink" in page
    link = page.split('class="viewsitelink"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert desk.get(link).url == f"http://testserver{public.get_absolute_url()}"


def test_a_film_whose_answers_are_shown_elsewhere_links_to_its_interviews(desk: Client) -> None:
    film = make_film()
    interview = make_interview(film=film, exchanges=3)
    page = desk.get(change_url(film)).text
    assert reverse("admin:films_interview_change", args=[interview.pk]) in page
    assert "3 问" in page
    assert Exchange.objects.count() == 3


def test_provenance_speaks_of_rows_and_choices_by_their_names(desk: Client) -> None:
    edition = make_edition(name="", theme="极乐世界")
    imported = {
        "title": "",
        "title_origin": "not_stated",
        "editor:title": "梅花鹿",
        "edition": "edition",
        "edition_id": edition.pk,
        "position": 1,
        "synopsis": "",
    }
    film = make_film(title="梅花鹿", edition=edition, source=make_source(), source_key="a", imported=imported)
    block = desk.get(change_url(film)).text.split('<table class="provenance">')[1].split("</table>")[0]
    rows = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in block.split("<tr>")[2:]]
    assert rows == ["届次 “极乐世界”", "片名 编者文件：梅花鹿", "片名出处 编辑已改 原文未载", "剧情简介 编辑已改"]
