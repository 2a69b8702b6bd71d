"""First imports, dry runs, second runs, duplicates, refusals: what a run over files does."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from films.importer import import_seeds
from films.importer.report import Report
from films.models import Creator, Edition, Exchange, Film, ImportRun, Interview, Organisation, Source, ToolUse, Work
from films.search import check, search
from tests.importer.articles import article, bring, edition, exchange, film, interview, with_exchanges, with_film
from tests.importer.texts import article_text

pytestmark = pytest.mark.django_db

FIELDS = {
    "path",
    "sha256",
    "encoding",
    "outcome",
    "reason",
    "reason_code",
    "reason_values",
    "line",
    "status",
    "article",
    "changes",
    "points",
    "coverage",
}
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path_factory):
    settings.DATA_DIR = tmp_path_factory.mktemp("data")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(article_text(), "utf-8")
    return tmp_path


def writes(captured):
    return [query["sql"] for query in captured.captured_queries if query["sql"].lstrip("( ").startswith(WRITING)]


def outcomes(report):
    return {entry["path"].rpartition("/")[2]: entry["outcome"] for entry in report.files}


def test_a_sound_article_is_published_whole(folder):
    report = import_seeds([folder])
    assert (report.exit_code, report.totals["created"]) == (0, 1)
    assert set(Film.objects.values_list("status", flat=True)) == {"published"}
    assert Interview.objects.get().status == Edition.objects.get().status == "published"
    assert Film.objects.get().first_published_at
    assert ImportRun.objects.get().counts == report.totals
    source = Source.objects.get()
    assert source.text == article_text()
    assert source.view_count_observed_on == timezone.localdate()
    assert [row.anchor for row in Exchange.objects.order_by("position")] == [1, 2, 3]


def test_drafts_when_asked_for(folder):
    report = import_seeds([folder], draft=True)
    assert set(Film.objects.values_list("status", flat=True)) == {"draft"}
    assert Film.objects.get().first_published_at is None
    assert next(report.files)["status"] == "draft"


def test_a_doubt_keeps_an_article_in_draft():
    report = bring(with_film(creators=("阿米", "名" * 101)))
    assert report.status == "draft"
    [point] = [point for point in report.points if point.doubt]
    assert (point.code, point.line) == ("value_refused", 10)
    assert [credit.creator.name for credit in Film.objects.get().credits.all()] == ["阿米"]
    assert Film.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("values", "field", "kept"),
    [
        ({"title": "名" * 201}, "title", ""),
        ({"made_from": "2024-02-31"}, "made_from", ""),
        ({"runtime_seconds": 100_000}, "runtime_seconds", None),
    ],
)
def test_a_value_no_column_holds_is_left_out_with_a_doubt(values, field, kept):
    report = bring(with_film(**values))
    assert getattr(Film.objects.get(), field) == kept
    assert [point.code for point in report.points if point.doubt] == ["value_refused"]


def test_a_dry_run_writes_nothing_and_tells_the_same(folder):
    with CaptureQueriesContext(connection) as captured:
        dry = import_seeds([folder], dry_run=True)
    assert writes(captured) == []
    assert Source.objects.count() == ImportRun.objects.count() == 0
    real = import_seeds([folder])
    assert dry.to_json() == real.to_json()
    (folder / "a.txt").write_text(article_text(answers=["换了一个回答，说得更长一些，也更清楚一些。"]), "utf-8")
    with CaptureQueriesContext(connection) as captured:
        dry = import_seeds([folder], dry_run=True)
    assert writes(captured) == []
    assert dry.to_json() == import_seeds([folder]).to_json()


def test_a_second_run_changes_nothing_and_says_so(folder):
    first = import_seeds([folder])
    with CaptureQueriesContext(connection) as captured:
        report = import_seeds([folder])
    assert [sql.split('"')[1] for sql in writes(captured)] == ["films_importrun"]
    assert report.totals == {"created": 0, "updated": 0, "unchanged": 1, "refused": 0, "duplicate": 0}
    [entry], [before] = report.files, first.files
    assert (entry["article"], entry["coverage"], entry["changes"]) == (before["article"], before["coverage"], [])


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", "crlf"])
def test_the_same_text_in_other_bytes_is_unchanged(folder, data):
    import_seeds([folder])
    raw = article_text().encode()
    (folder / "a.txt").write_bytes(raw.replace(b"\n", b"\r\n") if data == "crlf" else data + raw)
    with CaptureQueriesContext(connection) as captured:
        report = import_seeds([folder])
    assert outcomes(report) == {"a.txt": "unchanged"}
    assert [sql.split('"')[1] for sql in writes(captured)] == ["films_importrun"]


@pytest.mark.parametrize("dry_run", [True, False])
def test_the_same_bytes_under_another_name_are_a_duplicate(folder, dry_run):
    (folder / "b.txt").write_text(article_text(), "utf-8")
    (folder / "c.txt").write_bytes(b"\xef\xbb\xbf" + article_text().encode())
    report = import_seeds([folder], dry_run=dry_run)
    assert outcomes(report) == {"a.txt": "created", "b.txt": "duplicate", "c.txt": "duplicate"}
    [_, entry, _] = report.files
    assert "a.txt" in entry["reason"]
    assert entry["article"]["films"]
    assert report.exit_code == 0
    assert outcomes(import_seeds([folder], dry_run=dry_run))["b.txt"] == "duplicate"


def test_a_later_copy_updates_and_the_earlier_one_does_not_bring_the_old_back(folder):
    later = article_text(views=180, answers=["换了一个回答，说得更长一些，也更清楚一些。"])
    (folder / "b.txt").write_text(later, "utf-8")
    assert outcomes(import_seeds([folder])) == {"a.txt": "created", "b.txt": "updated"}
    assert outcomes(import_seeds([folder])) == {"a.txt": "duplicate", "b.txt": "unchanged"}
    assert Source.objects.get().view_count == 180
    assert Exchange.objects.order_by("position")[0].answer.startswith("换了一个回答")
    (folder / "b.txt").write_text(article_text(), "utf-8")
    assert outcomes(import_seeds([folder])) == {"a.txt": "duplicate", "b.txt": "updated"}
    assert Exchange.objects.order_by("position")[0].answer.startswith("我大概")


def test_old_bytes_under_another_name_are_known_as_an_earlier_version_within_one_run(folder):
    import_seeds([folder])
    (folder / "a.txt").write_text(article_text(views=180), "utf-8")
    (folder / "b.txt").write_text(article_text(), "utf-8")
    report = import_seeds([folder])
    assert outcomes(report) == {"a.txt": "updated", "b.txt": "duplicate"}
    assert "earlier version" in list(report.files)[1]["reason"]


def test_a_count_is_as_old_as_the_text_it_was_read_from(folder):
    import_seeds([folder])
    long_ago = timezone.localdate() - timedelta(days=400)
    Source.objects.update(view_count_observed_on=long_ago)
    (folder / "a.toml").write_text('[edition]\ntheme_en = { editor = "Elysium" }\n', "utf-8")
    assert outcomes(import_seeds([folder])) == {"a.txt": "updated"}
    assert Source.objects.get().view_count_observed_on == long_ago
    (folder / "a.txt").write_text(article_text(views=180), "utf-8")
    import_seeds([folder])
    assert Source.objects.get().view_count_observed_on == timezone.localdate()


def test_views_alone_are_no_conflict(folder):
    import_seeds([folder])
    (folder / "a.txt").write_text(article_text(views=999), "utf-8")
    [entry] = import_seeds([folder]).files
    assert (entry["outcome"], entry["changes"]) == ("updated", [])
    assert "source_changed" in [point["code"] for point in entry["points"]]


def test_a_refused_file_does_not_stop_the_others(folder):
    (folder / "0.txt").write_text("", "utf-8")
    (folder / "z.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    report = import_seeds([folder])
    assert outcomes(report) == {"0.txt": "refused", "a.txt": "created", "z.md": "refused"}
    assert report.exit_code == 1
    assert all(entry["reason"].endswith(".") for entry in report.files if entry["outcome"] == "refused")


def no_room_for(name):
    """A database that fails on one person, as a full disk would."""

    def execute(run, sql, params, many, context):
        if sql.startswith("INSERT") and name in (params or ()):
            raise OperationalError("disk is full")
        return run(sql, params, many, context)

    return connection.execute_wrapper(execute)


def test_a_database_error_refuses_its_own_file_only(folder):
    (folder / "b.txt").write_text(article_text(headline="另一篇", maker="乙"), "utf-8")
    (folder / "c.txt").write_text(article_text(headline="第三篇"), "utf-8")
    with no_room_for("乙"):
        report = import_seeds([folder])
    assert outcomes(report) == {"a.txt": "created", "b.txt": "refused", "c.txt": "created"}
    [_, entry, _] = report.files
    assert "disk is full" in entry["reason"]
    assert "Nothing of it was written" in entry["reason"]
    assert Source.objects.count() == 2
    assert outcomes(import_seeds([folder])) == {"a.txt": "unchanged", "b.txt": "created", "c.txt": "unchanged"}


def test_what_a_failed_file_made_is_made_again_for_the_next(folder):
    for name, maker in (("b.txt", "乙"), ("c.txt", "丙")):
        text = article_text(headline=f"{maker}的文章", maker=maker).replace("携手即梦AI", "携手影像志")
        (folder / name).write_text(text, "utf-8")
    with no_room_for("乙"):
        assert outcomes(import_seeds([folder])) == {"a.txt": "created", "b.txt": "refused", "c.txt": "created"}
    connection.check_constraints()
    assert sorted(Organisation.objects.values_list("name", flat=True)) == ["NOWNESS", "即梦AI", "影像志"]


def test_ctrl_c_leaves_whole_files_and_tells_what_was_done(folder):
    (folder / "b.txt").write_text(article_text(headline="另一篇"), "utf-8")

    def press(done, total, file):
        raise KeyboardInterrupt

    report = import_seeds([folder], progress=press)
    assert (report.exit_code, report.totals["created"]) == (130, 1)
    assert Source.objects.get().films_film_set.count() == 1
    assert ImportRun.objects.get().report["interrupted"] is True
    assert outcomes(import_seeds([folder])) == {"a.txt": "unchanged", "b.txt": "created"}


def test_nothing_usable(tmp_path):
    assert import_seeds([tmp_path]).exit_code == 2
    assert import_seeds([tmp_path / "missing.txt"]).exit_code == 2
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert import_seeds([tmp_path]).exit_code == 2
    report = import_seeds([tmp_path / "picture.png"])
    assert (report.exit_code, report.totals["refused"]) == (1, 1)
    assert ImportRun.objects.count() == 1


def test_the_report_has_every_key_and_no_other(folder):
    (folder / "bad.txt").write_text("", "utf-8")
    report = import_seeds([folder]).to_json()
    assert set(report) == {"version", "files", "totals"}
    assert report["version"] == 1
    assert set(report["totals"]) == {"created", "updated", "unchanged", "refused", "duplicate"}
    good, bad = report["files"]
    assert set(good) == set(bad) == FIELDS
    assert set(good["coverage"]) == {"body_characters", "used_characters", "unused_lines", "chrome_lines"}
    assert {
        "headline",
        "language",
        "publisher",
        "published_on",
        "view_count",
        "edition",
        "films",
        "interviews",
    } <= set(good["article"])
    assert all(set(change) == {"record", "field", "kind", "from", "to"} for change in good["changes"])
    assert all(set(point) == {"code", "message", "values", "line", "record", "doubt"} for point in good["points"])
    assert all(change["field"] is None for change in good["changes"] if change["kind"] == "create")
    assert (bad["article"], bad["outcome"], bad["coverage"]) == (None, "refused", None)
    json.dumps(report)


def test_the_report_of_many_files_is_written_as_one_json(folder, tmp_path):
    for number in range(4):
        (folder / f"n{number}.txt").write_text(article_text(headline=f"第{number}篇"), "utf-8")
    report = import_seeds([folder])
    target = tmp_path / "report.json"
    with target.open("w", encoding="utf-8") as stream:
        report.write(stream)
    assert json.loads(target.read_text("utf-8")) == report.to_json()


def test_an_import_run_does_not_grow_with_the_files():
    from films.importer.report import NAMED_IN_RUN, FileReport

    report = Report()
    for number in range(NAMED_IN_RUN + 10):
        report.add(FileReport(f"{number}.txt", "created"))
    assert len(report.summary()["files"]) == NAMED_IN_RUN
    assert report.summary()["left_out"] == 10
    assert len(list(report.files)) == NAMED_IN_RUN + 10


def test_an_edition_is_shared_by_its_articles_and_filled_up():
    bring(article(edition=edition(month=None)))
    bring(article(headline="另一篇", edition=edition(name="未来影像计划 ", month=4)))
    found = Edition.objects.get()
    assert found.month == 4
    assert found.source == Source.objects.order_by("pk")[0]
    report = bring(article(headline="第三篇", edition=edition(month=5)))
    assert Edition.objects.get().month == 4
    assert ("edition:edition", "month", "conflict") in [(c.record, c.field, c.kind) for c in report.changes]


def test_what_another_article_does_not_state_of_an_edition_it_does_not_deny():
    bring(article())
    report = bring(article(headline="另一篇", edition=edition(month=None, year=None)))
    assert (Edition.objects.get().year, Edition.objects.get().month) == (2025, 3)
    assert [change for change in report.changes if change.record == "edition:edition"] == []


def test_another_year_is_another_edition():
    bring(article())
    bring(article(headline="另一篇", edition=edition(year=2026)))
    assert list(Edition.objects.order_by("year").values_list("year", "slug")) == [
        (2025, "ji-le-shi-jie-2025"),
        (2026, "ji-le-shi-jie-2026"),
    ]


def test_people_are_one_by_exact_compared_name_only():
    bring(with_film(creators=("CamRed",), interview=None))
    bring(article(headline="另一篇", films=(film(creators=("ＣＡＭＲＥＤ", "Cam Red"), interview=None),)))
    assert sorted(Creator.objects.values_list("name", flat=True)) == ["Cam Red", "CamRed"]
    assert Creator.objects.get(name="CamRed").films.count() == 2


def test_talk_about_no_film_hangs_on_the_article():
    round_table = interview([exchange(0)], key="round", heading="圆桌：何为作者")
    bring(article(films=(), interviews=(round_table,)))
    found = Interview.objects.get()
    assert (found.film, found.heading, found.edition) == (None, "圆桌：何为作者", Edition.objects.get())
    assert found.slug.startswith("yuan-zhuo")
    assert found.exchanges.get().anchor == 1


def test_slugs_are_made_from_titles_makers_and_films():
    one = film(key="a", title=None, creators=("阿米",), interview=interview([exchange(0)], key="a"))
    two = film(key="b", title="梅花鹿", creators=("乙",), interview=None)
    three = film(key="c", title="梅花鹿", creators=("丙",), interview=None)
    bring(article(films=(one, two, three)))
    assert list(Film.objects.order_by("position").values_list("slug", flat=True)) == [
        "a-mi",
        "mei-hua-lu",
        "mei-hua-lu-2",
    ]
    assert Interview.objects.get().slug == "a-mi"


def test_what_saving_derives_is_there_after_a_bulk_import():
    bring(article())
    for model in (Film, Interview, Exchange, Creator, Work):
        for row in model.objects.all():
            before = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
            row.save()
            row.refresh_from_db()
            after = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
            before.pop("updated_at", None), after.pop("updated_at", None)
            assert after == before


def test_tools_and_topics_come_from_the_vocabulary():
    bring(article())
    assert ToolUse.objects.get().position == 1
    tool = ToolUse.objects.get().tool
    assert (tool.name, tool.maker, tool.aliases) == ("Runway", "Runway", ["RunwayML"])
    topics = [row.topic and row.topic.name for row in Exchange.objects.order_by("position")]
    assert topics == ["从什么时候开始?", "最难的是什么?", None]
    assert Exchange.objects.order_by("position")[0].topic.name_en == "How did you begin?"


def test_first_import_in_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(70):
        bring(article())


def test_what_was_imported_is_found_and_what_was_removed_is_not():
    bring(with_exchanges(exchange(0), exchange(2)))
    assert search("割裂感").total == 1
    bring(with_exchanges(exchange(0)))
    assert search("割裂感").total == 0
    assert not check()


def test_the_lock_file_is_in_the_data_folder(folder):
    import_seeds([folder])
    assert (settings.DATA_DIR / "import.lock").exists()
