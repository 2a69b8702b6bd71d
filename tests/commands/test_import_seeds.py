"""`manage.py import_seeds`: words, streams, exit codes; and real processes where only they tell."""

import fcntl
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from django.conf import settings

from films.importer.words import terminal_language
from films.models import Film, ImportRun, Source
from tests.commands.running import run_command
from tests.importer.texts import article_text

EDITORS = '[[film]]\nmaker = "阿米"\npull_quote = { editor = "不在里面", answer = 1 }\n'


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path_factory):
    settings.DATA_DIR = tmp_path_factory.mktemp("data")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(article_text(), "utf-8")
    return tmp_path


@pytest.mark.django_db
def test_success_says_what_was_done_in_one_line_a_file(folder):
    out, err, code = run_command("import_seeds", str(folder))
    assert (err, code) == ("", 0)
    first, *_, last = out.splitlines()
    assert first.startswith("created ")
    assert "1 films" not in first
    assert "1 film, " in first
    assert "3 exchanges" in first
    assert first.endswith("→ published")
    assert last == "1 created."
    out, _err, code = run_command("import_seeds", str(folder))
    assert (out.split()[0], out.splitlines()[-1], code) == ("unchanged", "1 unchanged.", 0)


@pytest.mark.django_db
def test_a_dry_run_says_that_nothing_was_written(folder):
    out, _err, code = run_command("import_seeds", str(folder), "--dry-run")
    assert out.splitlines()[-1] == "Dry run, nothing was written: 1 created."
    assert (code, Source.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_refusal_names_file_line_reason_and_what_to_do(folder):
    (folder / "a.toml").write_text(EDITORS, "utf-8")
    out, _err, code = run_command("import_seeds", str(folder))
    assert code == 1
    assert out.startswith("refused ")
    assert "a.toml, line 3 (pull_quote)" in out
    assert "import again" in out
    assert "Traceback" not in out


@pytest.mark.django_db
def test_without_anything_usable_it_ends_with_two(tmp_path):
    for path in (tmp_path, tmp_path / "none.txt"):
        out, err, code = run_command("import_seeds", str(path))
        assert (code, ImportRun.objects.count()) == (2, 0)
        assert out.startswith("Nothing was imported.")
        assert err == ""


@pytest.mark.django_db
def test_the_report_alone_on_standard_output(folder):
    out, err, code = run_command("import_seeds", str(folder), "--report", "-")
    report = json.loads(out)
    assert (report["totals"]["created"], code) == (1, 0)
    assert err.startswith("created ")
    out, err, code = run_command("import_seeds", str(folder / "none"), "--report", "-")
    assert json.loads(out)["files"] == []
    assert (code, "Nothing was imported" in err) == (2, True)


@pytest.mark.django_db
def test_the_report_in_a_file(folder, tmp_path):
    target = tmp_path / "report.out"
    run_command("import_seeds", str(folder), "--report", str(target))
    assert json.loads(target.read_text("utf-8"))["files"][0]["article"]["films"]
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


@pytest.mark.django_db
def test_a_report_that_cannot_be_written_stops_before_anything_is_imported(folder):
    _out, err, code = run_command("import_seeds", str(folder), "--report", str(folder / "no" / "report"))
    assert code == 2
    assert "cannot be written" in err
    assert Source.objects.count() == 0


@pytest.mark.django_db
def test_options_reach_the_reader(folder):
    # The other way round than the text would be read without them.
    text = article_text().replace("NOWNESS:", "影像志编辑:").encode("gb18030")
    (folder / "a.txt").write_bytes(text)
    arguments = ["--encoding", "gb18030", "--asker", "阿米", "--answerer", "影像志编辑", "--draft"]
    out, _err, code = run_command("import_seeds", str(folder), *arguments)
    assert (code, Film.objects.get().status) == (0, "draft"), out
    assert Film.objects.get().interviews.get().interviewer == "阿米"
    assert ImportRun.objects.get().options["answerers"] == ["影像志编辑"]


@pytest.mark.django_db
def test_more_than_a_handful_is_told_briefly(folder):
    for number in range(6):
        (folder / f"n{number}.txt").write_text(article_text(headline=f"第{number}篇"), "utf-8")
    out, _err, _code = run_command("import_seeds", str(folder))
    assert len(out.splitlines()) == 8
    out, _err, _code = run_command("import_seeds", str(folder), "--dry-run", verbosity=2)
    assert len(out.splitlines()) == 8


@pytest.mark.django_db
def test_a_file_name_cannot_write_on_the_terminal(folder):
    (folder / "a\x1b[31m.txt").write_text("", "utf-8")
    out, _err, _code = run_command("import_seeds", str(folder))
    assert "\x1b" not in out
    assert "refused" in out


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_TW:en"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh-hans"),
        ({"LANG": "ja_JP.UTF-8"}, "en"),
    ],
)
def test_the_terminals_language_is_read_from_the_environment(variables, language):
    assert terminal_language(variables) == language


@pytest.mark.django_db
def test_a_chinese_terminal_is_answered_in_chinese(folder, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    (folder / "b.txt").write_text("", "utf-8")
    out, _err, code = run_command("import_seeds", str(folder))
    first, *_, refused, why, last = out.splitlines()
    assert first.startswith("新建 ")
    assert first.endswith("→ 已发布")
    assert "1 部短片，" in first
    assert refused.startswith("拒收       /")
    assert (why.strip(), last, code) == ("文件是空的。请把文章存进去，再导入。", "新建 1，拒收 1。", 1)
    out, _err, _code = run_command("import_seeds", str(folder / "none"))
    assert out.startswith("什么也没有导入。")
    _out, err, _code = run_command("import_seeds", str(folder), "--report", str(folder / "no" / "report"))
    assert err.startswith("报告写不进 ")


@pytest.mark.django_db
def test_the_report_does_not_follow_the_terminal(folder, monkeypatch):
    (folder / "b.txt").write_text("", "utf-8")
    english, _err, _code = run_command("import_seeds", str(folder), "--dry-run", "--report", "-")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    chinese, _err, _code = run_command("import_seeds", str(folder), "--dry-run", "--report", "-")
    assert json.loads(english) == json.loads(chinese)
    assert json.loads(chinese)["files"][1]["reason"].startswith("The file is empty.")


def environment(folder):
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
    }


def heed_interrupts():
    """A test run in the background ignores Ctrl-C, and its children would inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(folder, *arguments):
    command = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,
    )


def finish(process):
    out, err = process.communicate(timeout=120)
    return out, err, process.returncode


@pytest.fixture
def site(tmp_path, migrated_site):
    """A database of its own, for processes of their own."""
    return migrated_site(tmp_path / "site")


MANY = 20


@pytest.fixture
def many(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(MANY):
        (articles / f"{number:03}.txt").write_text(article_text(headline=f"第{number}篇"), "utf-8")
    return articles


def counted(site):
    """Articles, and the films and exchanges that each has."""
    with sqlite3.connect(site / "db.sqlite3") as database:
        films = "SELECT source_id, COUNT(*) FROM films_film GROUP BY 1"
        exchanges = "SELECT source_id, COUNT(*) FROM films_exchange GROUP BY 1"
        [sources] = database.execute("SELECT COUNT(*) FROM films_source").fetchone()
        each = [{count for _source, count in database.execute(query)} for query in (films, exchanges)]
    return sources, each


@pytest.mark.sqlite
def test_two_runs_at_once_end_as_one(site, many):
    one, two = start(site, "import_seeds", many), start(site, "import_seeds", many)
    first, second = finish(one), finish(two)
    assert (first[2], second[2]) == (0, 0), first[1] + second[1]
    assert {first[0].splitlines()[-1], second[0].splitlines()[-1]} == {f"{MANY} created.", f"{MANY} unchanged."}
    assert counted(site) == (MANY, [{1}, {3}])


@pytest.mark.sqlite
def test_a_run_waits_for_the_one_that_holds_the_lock(site, folder):
    with (site / "import.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = start(site, "import_seeds", folder)
        assert waiting.stderr.readline() == "Another import is running. Waiting for it to end.\n"
        assert counted(site)[0] == 0
    out, _err, code = finish(waiting)
    assert (out.splitlines()[-1], code) == ("1 created.", 0)


@pytest.mark.sqlite
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_broken_off_in_the_middle_leaves_whole_files_and_a_second_run_ends_it(site, many, sign):
    process = start(site, "import_seeds", many)
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline and counted(site)[0] < 3:
        time.sleep(0.02)
    process.send_signal(sign)
    out, err, code = finish(process)
    sources, each = counted(site)
    assert 0 < sources < MANY
    assert each == [{1}, {3}]
    if sign == signal.SIGINT:
        assert code == 130
        assert "Interrupted." in out
        assert "Traceback" not in err
    out, _err, code = finish(start(site, "import_seeds", many))
    assert (code, counted(site)) == (0, (MANY, [{1}, {3}]))
    assert out.splitlines()[-1] == f"{MANY - sources} created, {sources} unchanged."


@pytest.mark.sqlite
def test_a_database_without_tables_is_told_in_a_sentence(tmp_path, folder):
    out, err, code = finish(start(tmp_path, "import_seeds", folder))
    assert (out, code) == ("", 1)
    assert "migrate" in err
    assert "Traceback" not in err


@pytest.mark.sqlite
def test_a_reader_who_goes_away_does_not_end_the_import(site, many):
    process = start(site, "import_seeds", many)
    process.stdout.readline()
    process.stdout.close()
    with process.stderr as stream:
        err = stream.read()
    assert process.wait(timeout=120) == 0
    assert [json.loads(line)["event"] for line in err.splitlines()] == ["imported"]
    assert counted(site)[0] == MANY


@pytest.mark.sqlite
def test_standard_output_of_a_real_process_is_json_alone(site, folder):
    out, _err, code = finish(start(site, "import_seeds", folder, "--report", "-"))
    assert (json.loads(out)["version"], code) == (1, 0)
