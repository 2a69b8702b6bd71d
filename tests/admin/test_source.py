"""What an article gave, in words: points with their lines, conflicts side by side, and nothing that can be falsified."""

import re
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from films.importer import import_seeds
from films.models import Film, ImportRun, Source, ToolUse
from tests.admin.forms import filled
from tests.admin.rows import report_of
from tests.factories import make_creator, make_exchange, make_film, make_interview, make_source


def change_url(row: Any) -> str:
    return reverse(f"admin:films_{row._meta.model_name}_change", args=[row.pk])


def plain(markup: str) -> str:
    """The words without their tags."""
    return re.sub(r"^[^<>]*>|<[^>]*>", "", markup)


def imported_film() -> Any:
    report = report_of("film:a")
    source = make_source(text="登录\n标题\n10", report=report, records={"film:a": [2, 2], "film:gone": [3, 3]})
    film = make_film(
        title="",
        creator=make_creator(name="CamRed"),
        source=source,
        source_key="a",
        synopsis="编辑写的。",
        imported={"synopsis": "上次导入的。"},
    )
    make_exchange(
        interview=make_interview(film=film, source=source, source_key="t", exchanges=0), question="怎么开始的？"
    )
    return film


def test_points_stand_with_their_lines_doubts_first(desk: Client) -> None:
    film = imported_film()
    page = desk.get(change_url(film.source)).text
    doubt, note = page.index(">有损坏<"), page.index(">没有发布者<")
    assert doubt < note
    item = " ".join(page[:doubt].rsplit("<li", 1)[1].split())
    assert item.startswith('class="doubt"><strong>存疑</strong> <a href="#L3">第 3 行</a> <b>文字有损坏</b> <span')
    assert f'<a href="{change_url(film)}">短片 无题（CamRed）</a>' in page


def test_a_conflict_shows_all_three_values(desk: Client) -> None:
    film = imported_film()
    page = desk.get(change_url(film.source)).text
    row = page.split('<table class="conflicts side-by-side">')[1].split("</table>")[0]
    assert [plain(cell.split("</td>")[0]) for cell in row.split('<td class="words"')[1:]] == [
        "编辑写的。",
        "上次导入的。",
        "新",
    ]
    assert "剧情简介" in row


def test_what_was_understood_links_to_the_forms_of_the_rows(desk: Client) -> None:
    film = imported_film()
    interview = film.interviews.get()
    page = desk.get(change_url(film.source)).text
    for row in (film, interview, interview.exchanges.get()):
        assert f'href="{change_url(row)}"' in page
    assert "怎么开始的？" in page


def test_what_an_editor_deleted_is_named(desk: Client) -> None:
    page = desk.get(change_url(imported_film().source)).text
    deletions = page.split('<ul class="deletions">')[1].split("</ul>")[0]
    assert " ".join(deletions.split()) == "<li>短片 gone</li>"


def test_coverage_is_rounded_down_and_the_rest_is_listed(desk: Client) -> None:
    page = desk.get(change_url(imported_film().source)).text
    assert "99.5 %（199 / 200）" in page
    lines = page.split('<ol class="numbered-text accounted">')[1].split("</ol>")[0]
    assert [plain(line).split() for line in lines.split("</li>")[:3]] == [
        ["登录", "页面杂项，略去"],
        ["标题", "无题（CamRed）", "·", "短片"],
        ["10", "没有用上"],
    ]
    assert re.findall(r'<li id="L(\d)" value="\1" class="(\w+)"', lines) == [
        ("1", "chrome"),
        ("2", "row"),
        ("3", "unused"),
    ]


def test_markup_in_an_article_and_its_report_stays_characters(desk: Client) -> None:
    bad = "<script>alert(1)</script>{{ x }}"
    report = report_of("film:a")
    report["points"][0]["message"] = bad
    report["coverage"]["unused_lines"] = [[1, bad]]
    report["changes"][0]["to"] = bad
    source = make_source(text=bad, headline=bad, report=report, records={f"film:{bad}": [1, 1]})
    make_film(source=source, source_key="a", imported={"synopsis": bad})
    run = ImportRun.objects.create(options={bad: bad}, report={"files": [report | {"path": bad}]})
    for url in (change_url(source), change_url(run), reverse("admin:films_source_changelist")):
        page = desk.get(url).text
        assert "alert(1)" in page
        assert "<script>alert" not in page


def test_the_record_of_what_was_received_cannot_be_typed_over(desk: Client) -> None:
    source = make_source(text="原文", sha256="a" * 64, report=report_of("film:a"), slug="old")
    forged = {"text": "假", "sha256": "b" * 64, "identity": "x", "headline": "假", "report": "{}", "records": "{}"}
    response = desk.post(change_url(source), forged | {"slug": "new"})
    assert response.status_code == 302
    stored = Source.objects.get()
    assert (stored.text, stored.sha256, stored.headline) == ("原文", "a" * 64, source.headline)
    assert stored.report == source.report
    assert stored.slug == "new"


def test_sources_and_runs_are_never_added_by_hand_and_runs_never_changed(desk: Client) -> None:
    run = ImportRun.objects.create(report={"files": []})
    for name in ("source", "importrun"):
        assert desk.get(reverse(f"admin:films_{name}_add")).status_code == 403
    assert desk.post(change_url(run), {"report": "{}"}).status_code == 403


def test_a_source_with_entries_cannot_be_deleted(desk: Client) -> None:
    film = imported_film()
    response = desk.post(reverse("admin:films_source_delete", args=[film.source.pk]), {"post": "yes"})
    assert response.status_code == 200
    assert Source.objects.count() == 1


def test_a_run_shows_every_file_and_links_to_its_source(desk: Client) -> None:
    source = make_source(name="a.txt")
    refused = {"path": "b.txt", "outcome": "refused", "reason": "是空文件。", "line": 1, "sha256": "f" * 64}
    report = {"version": 1, "files": [report_of("film:a"), refused], "totals": {"created": 1, "refused": 1}}
    run = ImportRun.objects.create(report=report, counts=report["totals"], options={"draft": True})
    page = desk.get(change_url(run)).text
    assert f'<a href="{change_url(source)}">seeds/a.txt</a>' in page
    assert f'<a href="{change_url(source)}#L3">第 3 行</a>' in page
    assert "是空文件。 (第 1 行)" in page
    assert "新建 1 · 拒收 1" in page


def test_an_empty_report_is_no_trouble(desk: Client) -> None:
    assert desk.get(change_url(make_source(report={}, text=""))).status_code == 200
    assert desk.get(change_url(ImportRun.objects.create())).status_code == 200


def test_an_import_over_an_editors_words_is_read_on_the_source_page(desk: Client, tmp_path: Any) -> None:
    """The real importer and the real page: edited here, changed there, a tool deleted between."""
    article = tmp_path / "article.txt"
    text = (settings.BASE_DIR / "seeds" / "000_ceeab1b294d20971.txt").read_text()
    article.write_text(text)
    import_seeds([article])
    film = Film.objects.get(runtime_seconds=276)
    desk.post(change_url(film), filled(desk, change_url(film), synopsis="编辑的话。"))
    ToolUse.objects.get(tool__name="Runway").delete()
    article.write_text(text.replace("地下城市", "地下之城"))
    import_seeds([article])

    page = desk.get(change_url(film.source)).text
    row = page.split('<table class="conflicts side-by-side">')[1].split("</table>")[0]
    now, imported, offered = [plain(cell.split("</td>")[0]) for cell in row.split('<td class="words"')[1:]]
    assert now == "编辑的话。"
    assert ("地下城市" in imported, "地下之城" in offered) == (True, True)
    assert page.split('<ul class="deletions">')[1].split("</ul>")[0].count("<li>") == 1
    provenance = desk.get(change_url(film)).text.split('<table class="provenance">')[1].split("</table>")[0]
    assert provenance.count("编辑已改") == 1


def test_points_and_refusals_speak_the_editors_language(desk: Client, tmp_path: Any) -> None:
    (tmp_path / "empty.txt").write_text("")
    text = "走进鹿的世界\n\n来源:网络   发布时间:2025-02-30\n\n剧情简介:平静的森林里住着一只鹿。\n\n编者:怎么开始?\n\n阿米:去年冬天。\n"
    (tmp_path / "a.txt").write_text(text)
    import_seeds([tmp_path])
    source, run = change_url(Source.objects.get()), change_url(ImportRun.objects.get())
    for language, date, refusal in [
        ("zh-hans", "日历上没有“2025-02-30”。日期留空，请查证。", "文件是空的。请把文章存进去，再导入。"),
        (
            "en",
            "The calendar has no “2025-02-30”. The date is left empty; please look it up.",
            "The file is empty. Save",
        ),
    ]:
        headers = {"accept-language": language}
        assert f'<span class="message">{date}</span>' in desk.get(source, headers=headers).text
        assert refusal in desk.get(run, headers=headers).text


def test_an_older_report_keeps_its_english_sentence(desk: Client) -> None:
    page = desk.get(change_url(imported_film().source)).text
    assert '<span class="message" lang="en">有损坏</span>' in page
