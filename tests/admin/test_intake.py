"""Taking an article in at the desk: upload or paste, see, say more, confirm; never twice, never another's."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import LazySettings, settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from films import missing
from films.importer import import_seeds, writing
from films.models import Creator, Edition, Exchange, Film, ImportRun, Intake, Interview, Source, User
from films.reading.decoding import SIZE_LIMIT
from tests.importer.texts import ANSWERS, article_text

FORM = "/admin/films/source/import/"
SEED = settings.BASE_DIR / "seeds" / "000_ceeab1b294d20971.txt"
UNLABELLED = """无声的采访

来源:网络   发布时间:2025-05-01

剧情简介:一只鹿在雪地里走了很久,最后走进了城市。

主持甲:是怎么开始的?

小鹿:从一场大雪开始,那天什么也看不见,我们就停下来等。

主持甲:后来呢?

小鹿:后来雪停了,我们把机器架在山上,拍了整整一个晚上。
"""


@pytest.fixture(autouse=True)
def data_dir(settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"


def upload(text: str | bytes = "", name: str = "article.txt", **more: Any) -> dict[str, Any]:
    data = text if isinstance(text, bytes) else (text or article_text()).encode()
    return {"file": SimpleUploadedFile(name, data), "text": "", **more}


def give(client: Client, **data: Any) -> str:
    """Give an article; returns the address of its preview."""
    response = client.post(FORM, data)
    assert response.status_code == 302, response.context["form"].errors
    return str(response.url)


def confirm(client: Client, url: str, agreed: str = "") -> Any:
    agreed = agreed or client.get(url).context["agreed"]
    return client.post(f"{url}confirm/", {"agreed": agreed}, follow=True)


def told_to(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", markup).split())


def test_an_upload_is_looked_at_and_nothing_is_written(desk: Client) -> None:
    url = give(desk, **upload())
    page = desk.get(url)
    assert "确认后会新建这些条目" in page.text
    assert page.context["counts"] == "届次 1、短片 1、片尾 1、访谈 1、问答 3"
    assert "立即发布" in page.text
    for words in ("平静的森林里住着一只梅花鹿", "如何理解“极乐世界”这一主题？", "那时只有一台旧电脑", "100.0 %"):
        assert words in page.text
    assert (Source.objects.count(), Film.objects.count(), ImportRun.objects.count()) == (0, 0, 0)


def test_every_line_is_accounted_for_and_leads_to_what_it_becomes(desk: Client) -> None:
    page = desk.get(give(desk, **upload("登录 注册\n" + article_text()))).text
    lines = page.split('<ol class="numbered-text accounted">')[1].split("</ol>")[0].split("</li>")[:-1]
    assert len(lines) == 11
    assert 'id="L2" value="2"' in lines[1]
    assert plain(lines[5]) == "NOWNESS:你是从什么时候开始AI创作的? 无题（阿米）的第 1 个回答 · 问"
    assert 'href="#film-1-a1"' in lines[5]
    assert 'id="film-1-a1"' in page


def test_confirming_imports_what_was_shown_with_the_person_as_author(desk: Client, editor: User) -> None:
    url = give(desk, **upload())
    page = confirm(desk, url)
    film, source, run = Film.objects.get(), Source.objects.get(), ImportRun.objects.get()
    assert page.redirect_chain[-1][0] == f"{url}done/"
    assert (film.status, source.name, run.user, run.counts["created"]) == ("published", "article.txt", editor, 1)
    assert (film.created_by, film.interviews.get().created_by) == (editor, editor)
    assert [answer.answer[:6] for answer in Exchange.objects.order_by("position")] == [a[:6] for a in ANSWERS]
    assert f'href="{film.get_absolute_url()}"' in page.text
    back = quote(page.redirect_chain[-1][0], safe="")
    assert f'href="{reverse("admin:films_film_change", args=[film.pk])}?_return={back}#id_title"' in page.text
    listed = desk.get(page.context["list_url"])
    assert listed.context["cl"].result_count == 1


def test_confirming_twice_imports_once(desk: Client) -> None:
    url = give(desk, **upload())
    agreed = desk.get(url).context["agreed"]
    first, second = confirm(desk, url, agreed), confirm(desk, url, agreed)
    assert first.redirect_chain[-1] == second.redirect_chain[-1]
    assert (Source.objects.count(), ImportRun.objects.count(), Film.objects.count()) == (1, 1, 1)
    assert desk.get(url, follow=True).redirect_chain[-1][0] == f"{url}done/"


def test_the_same_file_is_unchanged_for_the_command_and_for_the_desk(desk: Client, tmp_path: Path) -> None:
    confirm(desk, give(desk, **upload()))
    (tmp_path / "article.txt").write_text(article_text())
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "other.txt").write_text(article_text())
    assert import_seeds([tmp_path / "article.txt"]).totals["unchanged"] == 1
    assert import_seeds([tmp_path / "copy"]).totals["duplicate"] == 1
    for name, words in (
        ("article.txt", "没有变化：这篇文章已经导入"),
        ("other.txt", "同一篇文章已作为 article.txt 导入"),
    ):
        page = desk.get(give(desk, **upload(name=name)))
        assert words in page.text
        assert 'value="确认导入"' not in page.text
        assert f'href="{reverse("admin:films_source_change", args=[Source.objects.get().pk])}"' in page.text


def test_the_article_with_an_editors_file_is_unchanged_when_uploaded(desk: Client) -> None:
    """What the file beside the seed states must not be taken back by an upload without one."""
    import_seeds([SEED])
    before = list(Film.objects.order_by("pk").values("title_en", "synopsis_en", "pull_quote", "imported"))
    assert any(row["pull_quote"] for row in before)
    assert "没有变化" in desk.get(give(desk, **upload(SEED.read_bytes(), SEED.name))).text
    changed = SEED.read_text().replace("地下城市", "地下之城")
    page = desk.get(give(desk, **upload(changed, SEED.name)))
    assert [(one.kind, one.field) for one in page.context["differences"]] == [("update", "剧情简介")]
    confirm(desk, page.request["PATH_INFO"])
    kept = list(Film.objects.order_by("pk").values("title_en", "synopsis_en", "pull_quote"))
    assert kept == [{name: row[name] for name in ("title_en", "synopsis_en", "pull_quote")} for row in before]
    Source.objects.get()
    assert import_seeds([SEED]).totals["refused"] == 0
    assert list(Film.objects.order_by("pk").values("title_en", "pull_quote")) == [
        {name: row[name] for name in ("title_en", "pull_quote")} for row in before
    ]


def test_pasted_text_is_named_after_its_headline(desk: Client, tmp_path: Path) -> None:
    text = article_text().replace("\n", "\r\n")
    page = confirm(desk, give(desk, text=text))
    source = Source.objects.get()
    assert (source.name, source.encoding) == ("走进五个AI创作的-极乐世界.txt", "utf-8")
    assert page.context["source"] == source
    saved = tmp_path / source.name
    saved.write_text(article_text())
    assert import_seeds([saved]).totals["unchanged"] == 1
    assert "没有变化" in desk.get(give(desk, text=text)).text


def test_texts_told_apart_by_nothing_get_names_of_their_own(desk: Client) -> None:
    """No publisher and no date: two such texts with one headline must not become one article."""
    head = "鹿的世界\n\n剧情简介:平静的森林里住着一只鹿,它每天看着天空等着下雨。\n\n编者:怎么开始?\n\n阿米:"
    for ending in ("去年冬天的一个晚上,我忽然想到了这只鹿。", "其实是从一张旧照片开始的,那上面有一只鹿。"):
        confirm(desk, give(desk, text=head + ending))
    assert sorted(Source.objects.values_list("name", flat=True)) == ["鹿的世界-2.txt", "鹿的世界.txt"]


def test_json_and_markdown_are_known_by_their_beginnings(desk: Client) -> None:
    for text, ending in (("---\nheadline: 鹿\n---\n\n正文。", ".md"), ('{"headline": "鹿"}', ".json"), ("鹿", ".txt")):
        give(desk, text=text)
        assert Intake.objects.latest("pk").name.endswith(ending)


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"text": "  \n"}, "__all__", "还没有文章"),
        ({"text": "字", "file": SimpleUploadedFile("a.txt", b"x")}, "__all__", "只要一样"),
        ({"file": SimpleUploadedFile("a.pdf", b"x")}, "file", "不读 .pdf 文件"),
        ({"file": SimpleUploadedFile("a.toml", b"x")}, "file", "编者对一篇文章的补充"),
        ({"file": SimpleUploadedFile("a.txt", b"x" * (SIZE_LIMIT + 1))}, "file", "一篇文章最多 2 MiB"),
        ({"text": "字" * (SIZE_LIMIT // 3 + 1)}, "text", "一篇文章最多 2 MiB"),
    ],
)
def test_what_cannot_be_an_article_is_refused_with_everything_typed_kept(
    desk: Client, data: dict[str, Any], field: str, words: str
) -> None:
    page = desk.post(FORM, {"asker": "甲", "is_draft": "on", **data})
    form = page.context["form"]
    assert words in " ".join(form.errors[field])
    assert (form["asker"].value(), form["is_draft"].value(), form["text"].value()) == ("甲", True, data.get("text"))
    assert Intake.objects.count() == 0


def test_a_refused_article_says_where_and_what_to_do_and_can_be_corrected(desk: Client) -> None:
    text = "标题\n\n来源:网络 发布时间:2025-05-01\n\n剧情简介:一只鹿走进城市,看见了很多灯。\n\nNOWNESS:为什么?\n\nNOWNESS:后来呢?\n"
    url = give(desk, text=text)
    page = desk.get(url)
    assert "还不能导入" in page.text
    assert "没有一个回答" in plain(page.text)
    assert page.context["told"].line == 7
    assert 'href="#L7"' in page.text
    assert 'id="L7" value="7"' in page.text
    assert 'value="确认导入"' not in page.text
    confirm(desk, url, page.context["agreed"])
    assert (Source.objects.count(), Film.objects.count()) == (0, 0)
    again = desk.get(f"{FORM}?intake={Intake.objects.get().pk}")
    assert again.context["form"]["text"].value() == text


def test_labels_that_were_seen_can_be_named(desk: Client) -> None:
    text = UNLABELLED.replace("主持甲:", "主持甲>").replace("小鹿:", "小鹿：")
    url = give(desk, text=UNLABELLED.replace("剧情简介:", ""))
    page = desk.get(url)
    assert {label.printed for label in page.context["labels"]} >= {"主持甲", "小鹿"}
    page = desk.post(url, {"asking": "主持甲", "answering": ["小鹿"]}, follow=True)
    film_talk = page.context["article"]["films"] or page.context["article"]["interviews"]
    talk = film_talk[0].get("interview") or film_talk[0]
    assert (talk["interviewer"], len(talk["exchanges"])) == ("主持甲", 2)
    assert page.context["form"]["asking"].value() == "主持甲"
    confirm(desk, url)
    assert Creator.objects.get().name == "小鹿"
    assert ImportRun.objects.get().options["asker"] == "主持甲"
    assert text


def test_labels_once_named_hold_for_the_command_too(desk: Client, tmp_path: Path) -> None:
    url = give(desk, **upload(UNLABELLED, asker="主持甲", answerers="小鹿"))
    confirm(desk, url)
    (tmp_path / "article.txt").write_text(UNLABELLED)
    assert import_seeds([tmp_path / "article.txt"]).totals["unchanged"] == 1


def test_an_encoding_that_cannot_be_told_can_be_named(desk: Client) -> None:
    text = article_text().translate(str.maketrans("极乐来网时间从为", "極樂來網時間從為"))
    data = "走進極樂世界\n\n來源:網路   發布時間:2025-04-17\n\n劇情簡介:平靜的森林裡住著一隻梅花鹿。\n\n編者:怎麼開始?\n\n阿米:從去年冬天開始,我畫了很多張草圖。\n".encode(
        "big5"
    )
    url = give(desk, **upload(data))
    page = desk.get(url)
    assert page.context["needs"] == "encoding"
    assert '<details class="module options" id="again" open>' in page.text
    page = desk.post(url, {"encoding": "big5"}, follow=True)
    assert page.context["told"].outcome == "created"
    confirm(desk, url)
    assert Source.objects.get().encoding == "big5"
    assert text


def test_drafts_when_asked_for_and_for_those_who_may_not_publish(desk: Client, desk_of: Callable[..., Client]) -> None:
    page = desk.get(give(desk, **upload(is_draft="on")))
    assert "您要求一律存为草稿" in page.text
    editors = desk_of("view_source", "import_source", "change_film", "publish_film")
    url = give(editors, **upload())
    assert "发布要由有发布权限的人来做" in editors.get(url).text
    confirm(editors, url)
    assert Film.objects.get().status == "draft"
    publishers = desk_of("view_source", "import_source", "publish_film", "publish_interview", "publish_edition")
    confirm(publishers, give(publishers, **upload(article_text("另一篇", maker="乙"), "b.txt")))
    assert Film.objects.get(credits__creator__name="乙").status == "published"


def statuses() -> set[str]:
    return {entry.status for model in (Film, Interview, Edition) for entry in model.objects.all()}


def test_what_was_made_is_published_or_taken_out_of_sight_in_one_step(
    desk: Client, desk_of: Callable[..., Client]
) -> None:
    importer = desk_of("view_source", "import_source", "view_film", "view_edition", "view_interview")
    url = give(importer, **upload())
    page = confirm(importer, url)
    assert ('value="published"' in page.text, 'value="archived"' in page.text) == (False, False)
    importer.post(f"{url}move/", {"to": "published"})
    assert statuses() == {"draft"}
    url = give(desk, **upload(article_text("另一篇", maker="乙"), "b.txt", is_draft="on"))
    assert 'value="published"' in confirm(desk, url).text
    desk.post(f"{url}move/", {"to": "published"})
    film = Film.objects.get(credits__creator__name="乙")
    assert (film.status, film.interviews.get().status) == ("published", "published")
    assert Film.objects.get(credits__creator__name="阿米").status == "draft"
    page = desk.post(f"{url}move/", {"to": "archived"}, follow=True)
    assert "已归档" in " ".join(told_to(page))
    assert {film.status for film in Film.objects.filter(pk=film.pk)} == {"archived"}
    desk.post(f"{url}move/", {"to": "review"})
    assert Film.objects.get(pk=film.pk).status == "archived"


def test_a_run_tells_its_options_in_words(desk: Client) -> None:
    confirm(desk, give(desk, **upload(UNLABELLED, asker="主持甲", answerers="小鹿", is_draft="on")))
    page = desk.get(reverse("admin:films_importrun_change", args=[ImportRun.objects.get().pk])).text
    options = plain(page.split("field-given_options")[1].split("</dl>")[0].split("<dl", 1)[1])
    assert options.split(">", 1)[1].split() == ["一律存为草稿是", "提问者的标签主持甲", "回答者的标签小鹿"]


def test_the_desk_speaks_of_its_form_and_not_of_the_command(desk: Client) -> None:
    for given in (
        upload(b"\xff\xfe\xfa\x81 " * 50),
        upload("只有一段话,没有人在问,也没有人在答,讲的是一只鹿走进城市的经过。" * 3),
    ):
        page = desk.get(give(desk, **given)).text
        assert "换一种读法”里" in page
        assert "--" not in plain(page.split('<div id="content-main"')[1].split("</main>")[0])


def test_who_may_not_import_is_not_offered_it_and_is_refused(desk_of: Callable[..., Client]) -> None:
    reader = desk_of("view_source", "view_film")
    for url in (reverse("admin:index"), reverse("admin:films_source_changelist")):
        assert FORM not in reader.get(url).text
    assert (reader.get(FORM).status_code, reader.post(FORM, upload()).status_code) == (403, 403)
    importer = desk_of("view_source", "import_source")
    for url in (reverse("admin:index"), reverse("admin:films_source_changelist")):
        assert FORM in importer.get(url).text
    assert Intake.objects.count() == 0


def test_another_persons_intake_does_not_exist(desk: Client, desk_of: Callable[..., Client]) -> None:
    url = give(desk, **upload())
    agreed = desk.get(url).context["agreed"]
    other = desk_of("import_source", "publish_film", "publish_interview", "publish_edition")
    assert [other.get(url + page).status_code for page in ("", "done/")] == [404, 404]
    assert [other.post(url + page, {"agreed": agreed}).status_code for page in ("", "confirm/", "discard/")] == [
        404
    ] * 3
    assert other.get(f"{FORM}?intake={Intake.objects.get().pk}").status_code == 404
    assert (Source.objects.count(), Intake.objects.count()) == (0, 1)


def test_what_changed_between_looking_and_confirming_is_shown_again(desk: Client) -> None:
    confirm(desk, give(desk, **upload()))
    url = give(desk, **upload(article_text().replace("平静的森林", "安静的森林")))
    page = desk.get(url)
    assert [one.heading for one in page.context["differences"]] == ["改为文章里新的"]
    Film.objects.update(synopsis="编辑写的。")
    page = confirm(desk, url, page.context["agreed"])
    assert "存着的内容有了变化" in told_to(page)[0]
    assert [one.heading for one in page.context["differences"]] == ["两边都改过：保留编辑的"]
    assert (Film.objects.get().synopsis, ImportRun.objects.count()) == ("编辑写的。", 1)
    Exchange.objects.all()[0].delete()
    headings = [one.heading for one in desk.get(url).context["differences"]]
    assert headings == ["两边都改过：保留编辑的", "编辑删去的：不再导入"]
    confirm(desk, url)
    assert (Film.objects.get().synopsis, ImportRun.objects.count()) == ("编辑写的。", 2)


def test_differences_stand_side_by_side_with_marks(desk: Client) -> None:
    confirm(desk, give(desk, **upload()))
    url = give(desk, **upload(article_text().replace("平静的森林", "安静的森林")))
    table = desk.get(url).text.split('<table class="side-by-side">')[1].split("</table>")[0]
    assert "<del>平</del>静的森林" in table
    assert "<ins>安</ins>静的森林" in table


def test_an_import_that_is_under_way_is_waited_for_and_then_told(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("films.admin.intake.PATIENCE", 0.1)
    url = give(desk, **upload())
    agreed = desk.get(url).context["agreed"]
    with writing():
        page = confirm(desk, url, agreed)
    assert "另一个导入正在进行" in told_to(page)[0]
    assert Source.objects.count() == 0
    confirm(desk, url, agreed)
    assert Source.objects.count() == 1


def test_discarding_leaves_nothing(desk: Client) -> None:
    url = give(desk, **upload())
    assert desk.get(f"{url}discard/").url == desk.get(f"{url}confirm/").url == url
    assert Intake.objects.count() == 1
    assert "什么也没有导入" in told_to(desk.post(f"{url}discard/", follow=True))[0]
    assert (Intake.objects.count(), Source.objects.count()) == (0, 0)


def test_old_intakes_are_swept_when_a_new_one_is_made(desk: Client, editor: User) -> None:
    other = User.objects.create_user("other")
    days = "2020-01-01T00:00Z"
    Intake.objects.create(user=other, name="old.txt", created_at=days)
    Intake.objects.create(user=other, name="new.txt")
    for number in range(25):
        Intake.objects.create(user=editor, name=f"{number}.txt")
    give(desk, **upload())
    assert Intake.objects.filter(user=other).get().name == "new.txt"
    assert Intake.objects.filter(user=editor).count() == 20


def test_markup_in_an_article_stays_characters(desk: Client) -> None:
    bad = "<script>alert(1)</script>"
    page = desk.get(give(desk, **upload(article_text(headline=bad, maker="<b>米"), f"{'a'}<x>.txt"))).text
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "<b>米" not in page


def test_looking_asks_as_many_queries_for_a_long_article_as_for_a_short_one(desk: Client) -> None:
    def queries(text: str) -> int:
        url = give(desk, text=text)
        desk.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(url).status_code == 200
        return len(captured)

    longer = article_text("另一篇") + "\n".join(
        f"\nNOWNESS:第{n}问是什么?\n\n阿米:第{n}答是这样,说来话长。\n" for n in range(30)
    )
    assert queries(article_text()) == queries(longer)


def again(client: Client) -> str:
    source = Source.objects.get()
    response = client.post(reverse("admin:films_source_again", args=[source.pk]))
    assert response.status_code == 302
    return str(response.url)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_reading_again_changes_nothing_where_nothing_changed(desk: Client, encoding: str) -> None:
    confirm(desk, give(desk, **upload(article_text().encode(encoding))))
    assert "没有变化" in desk.get(again(desk)).text


def test_reading_again_shows_what_todays_vocabulary_finds(
    desk: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The labels that were named hold, and what an editor changed is kept."""
    confirm(desk, give(desk, **upload(UNLABELLED.replace("拍了", "用Zanbala拍了"), asker="主持甲", answerers="小鹿")))
    words = (settings.BASE_DIR / "seeds" / "vocabulary.toml").read_text() + '\n[[tool]]\nname = "Zanbala"\n'
    (tmp_path / "vocabulary.toml").write_text(words)
    monkeypatch.setattr("films.importer.run.VOCABULARY", tmp_path / "vocabulary.toml")
    url = again(desk)
    page = desk.get(url)
    assert page.context["counts"] == "所用工具 1"
    assert page.context["told"].changes[0].record.startswith("tooluse:")
    confirm(desk, url)
    assert Film.objects.get().tool_uses.get().tool.name == "Zanbala"
    assert "没有变化" in desk.get(again(desk)).text


def conflicting(client: Client) -> dict[str, Any]:
    """An editor's synopsis and title against a new version of the article; gives the open conflicts by field."""
    confirm(client, give(client, **upload()))
    Film.objects.update(synopsis="编辑写的。")
    confirm(client, give(client, **upload(article_text().replace("平静的森林", "安静的森林"))))
    return conflicts_on(client)


def conflicts_on(client: Client) -> dict[str, Any]:
    page = client.get(reverse("admin:films_source_change", args=[Source.objects.get().pk])).text
    found = re.findall(r'name="keep" value="(\w+)"', page)
    return dict(enumerate(found)) | {"page": page}


def settle(client: Client, **answer: str) -> Any:
    url = reverse("admin:films_source_settle", args=[Source.objects.get().pk])
    return client.post(url, answer, follow=True)


def test_a_conflict_leads_to_its_field(desk: Client) -> None:
    page = conflicting(desk)["page"]
    assert '<form id="settling" method="post"' in page
    assert f'href="{reverse("admin:films_film_change", args=[Film.objects.get().pk])}#id_synopsis"' in page


def test_keeping_ours_settles_a_conflict_for_good(desk: Client) -> None:
    seen = conflicting(desk)[0]
    version = Film.objects.get().version
    page = settle(desk, keep=seen)
    assert "保留了编辑的" in told_to(page)[0]
    assert (Film.objects.get().synopsis, Film.objects.get().version) == ("编辑写的。", version)
    assert 0 not in conflicts_on(desk)
    text = article_text(views=9).replace("平静的森林", "安静的森林")
    page = desk.get(give(desk, **upload(text)))
    assert [one.kind for one in page.context["differences"]] == ["kept"]
    text = text.replace("安静的", "寂静的")
    page = desk.get(give(desk, **upload(text)))
    assert [one.kind for one in page.context["differences"]] == ["conflict"]


def test_taking_the_sources_writes_it_with_a_revision(desk: Client, editor: User) -> None:
    seen = conflicting(desk)[0]
    version = Film.objects.get().version
    page = settle(desk, take=seen)
    assert "改为文章里的了" in told_to(page)[0]
    film = Film.objects.get()
    assert film.synopsis.startswith("安静的森林")
    assert film.version == version + 1
    from reversion.models import Version

    latest = Version.objects.get_for_object(film).first()
    assert latest.revision.user == editor
    assert latest.field_dict["synopsis"].startswith("安静的森林")
    assert 0 not in conflicts_on(desk)
    film.refresh_from_db()
    found = desk.get("/search/?q=安静的森林").text
    assert film.get_absolute_url() in found


def test_an_answer_to_something_else_than_was_seen_changes_nothing(desk: Client) -> None:
    seen = conflicting(desk)[0]
    Film.objects.update(synopsis="又改了。")
    for answer in ({"take": seen}, {"keep": seen}, {"take": "forged"}):
        assert "别人改过这里" in told_to(settle(desk, **answer))[0]
    assert Film.objects.get().synopsis == "又改了。"
    assert 0 in conflicts_on(desk)


def test_conflicts_are_answered_by_those_who_may_change_the_entry(
    desk: Client, desk_of: Callable[..., Client]
) -> None:
    seen = conflicting(desk)[0]
    reader = desk_of("view_source", "view_film")
    assert 0 not in conflicts_on(reader)
    url = reverse("admin:films_source_settle", args=[Source.objects.get().pk])
    assert reader.post(url, {"take": seen}).status_code == 403
    assert desk_of("view_source", "change_source").post(url, {"take": seen}).status_code == 403
    assert Film.objects.get().synopsis == "编辑写的。"


def test_a_creator_can_be_taken_from_the_source(desk: Client) -> None:
    """A reference: the row that the name stands for, made where it is missing."""
    confirm(desk, give(desk, **upload()))
    exchange = Exchange.objects.first()
    exchange.speaker = Creator.objects.create(name="丙", slug="bing")
    exchange.save()
    source, imported = Source.objects.get(), {**exchange.imported}
    source.report["changes"] = [
        {"record": f"exchange:{exchange.source_key}", "field": "speaker", "kind": "conflict", "from": "丙", "to": "丁"}
    ]
    source.save()
    settle(desk, take=conflicts_on(desk)[0])
    exchange.refresh_from_db()
    assert exchange.speaker.name == "丁"
    assert imported["speaker"] == "阿米"
    assert (exchange.imported["speaker"], exchange.imported["speaker_id"]) == ("丁", exchange.speaker.pk)


def test_points_can_be_marked_as_looked_at_and_stay_so(desk: Client) -> None:
    text = article_text().replace("2025-04-17", "2025-02-30")
    confirm(desk, give(desk, **upload(text)))
    source = Source.objects.get()
    listed = reverse("admin:films_source_changelist")
    assert 'class="field-doubts">1<' in desk.get(listed).text
    assert missing.counts(Film.objects.all())["doubts"] == 1
    mark = re.search(r'name="look" value="(\w+)">', conflicts_on(desk)["page"].split('<li class="doubt">')[1])
    assert mark is not None
    page = settle(desk, look=mark[1])
    assert "editor 已看过" in page.text
    assert missing.counts(Film.objects.all())["doubts"] == 0
    assert 'class="field-doubts">0<' in desk.get(listed).text
    confirm(desk, give(desk, **upload(text.replace("平静的", "安静的"))))
    assert 'class="field-doubts">0<' in desk.get(listed).text
    settle(desk, unlook=mark[1])
    assert 'class="field-doubts">1<' in desk.get(listed).text
    assert source.pk


@pytest.fixture
def in_english(desk: Client) -> Client:
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


def test_the_pages_speak_english(in_english: Client) -> None:
    url = give(in_english, **upload())
    assert "Confirming makes these entries" in in_english.get(url).text
    assert "answer 1 of" in in_english.get(url).text
    assert "Still missing" in confirm(in_english, url).text
