"""The whole command, given anything: only what it declares comes out, nothing is lost, twice is as once."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from films.models import Film, Source
from films.verifying import references, search_index
from tests.commands.running import run_command
from tests.importer.texts import article_text
from tests.reading.test_properties import texts, values
from tests.seeding.digest import digest

pytestmark = pytest.mark.django_db
OUTCOMES = {"created", "updated", "unchanged", "refused", "duplicate"}
SOME = settings(
    max_examples=int(os.environ.get("EXAMPLES", "8")),
    deadline=None,
    suppress_health_check=[*HealthCheck],
)


@contextmanager
def folder_of(files: dict[str, bytes]) -> Iterator[Path]:
    """The files in a folder, and a site of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory() as place, override_settings(DATA_DIR=Path(place) / "data"):
        folder = Path(place) / "articles"
        folder.mkdir()
        for name, data in files.items():
            (folder / name).write_bytes(data)
        with transaction.atomic():
            yield folder
            transaction.set_rollback(True)


def imported(folder: Path, *options: str) -> tuple[dict[str, Any], int]:
    """Run the command; its report, which must be one, and its exit code."""
    out, err, code = run_command("import_seeds", str(folder), "--report", "-", *options)
    assert "Traceback" not in err
    report = json.loads(out)
    assert {file["outcome"] for file in report["files"]} <= OUTCOMES
    refused = [file for file in report["files"] if file["outcome"] == "refused"]
    assert code == (1 if refused else 0 if report["files"] else 2)
    assert all(file["reason"] and "\n" not in file["reason"] for file in refused)
    # Whatever is the fault of the program and not of the file is told in other words.
    assert [file["reason"] for file in refused if "Error" in file["reason"]] == []
    return report, code


def hold(files: dict[str, bytes], *options: str) -> None:
    """Dry, once, and again: the same outcomes, and after the first time no change."""
    with folder_of(files) as folder:
        dry, _code = imported(folder, *options, "--dry-run")
        assert Source.objects.count() == 0
        report, code = imported(folder, *options)
        made = [(file["path"], file["outcome"]) for file in report["files"]]
        assert made == [(file["path"], file["outcome"]) for file in dry["files"]]
        before, kept = digest(), {source.name: source.text for source in Source.objects.all()}
        assert len(kept) == sum(outcome == "created" for _path, outcome in made)
        again, second = imported(folder, *options)
        assert second == code
        assert {file["outcome"] for file in again["files"]} <= {"unchanged", "duplicate", "refused"}
        assert digest() == before
        assert {source.name: source.text for source in Source.objects.all()} == kept
        assert (references(), search_index()) == ([], [])


@SOME
@given(st.binary(max_size=400), st.sampled_from((".txt", ".md", ".json")), st.binary(max_size=80) | st.none())
def test_any_bytes(data: bytes, ending: str, editors: bytes | None) -> None:
    hold({f"a{ending}": data} | ({} if editors is None else {"a.toml": editors}))


@SOME
@given(
    texts, st.sampled_from((".txt", ".md")), st.sampled_from(((), ("--draft",), ("--asker", "Q"), ("--answerer", "A")))
)
@example(data="Q:。\n走进五个世界\n".encode(), ending=".txt", options=())
def test_anything_like_an_article(data: bytes, ending: str, options: tuple[str, ...]) -> None:
    hold({f"a{ending}": data, f"b{ending}": data, "c.txt": article_text().encode()}, *options)


@SOME
@given(
    st.fixed_dictionaries(
        {"language": st.just("zh-hans"), "films": values | st.just([])},
        optional={"headline": values, "interviews": values, "edition": values},
    )
)
def test_any_json(article: dict[str, Any]) -> None:
    hold({"a.json": json.dumps(article).encode()})


KEYS = ("maker", "title", "pull_quote", "themes", "key", "poster", "runtime", "answer", "editor", "theme", "x")
tables = st.dictionaries(
    st.sampled_from(KEYS),
    st.text(max_size=12) | st.integers() | st.booleans() | st.lists(st.text(max_size=5)),
    max_size=4,
)


def toml(rows: list[tuple[str, dict[str, Any]]]) -> str:
    lines = []
    for head, values_ in rows:
        lines += [head, *(f"{key} = {json.dumps(value)}" for key, value in values_.items())]
    return "\n".join(lines)


@SOME
@given(st.lists(st.tuples(st.sampled_from(("[[film]]", "[edition]", "[film]", "[[x]]", "")), tables), max_size=3))
def test_any_words_of_the_editors(rows: list[tuple[str, dict[str, Any]]]) -> None:
    hold({"a.txt": article_text().encode(), "a.toml": toml(rows).encode(errors="replace")})


def test_the_properties_look_at_something() -> None:
    """An article like those above is imported by them, so that they do not only see refusals."""
    with folder_of(
        {"a.txt": article_text().encode(), "a.toml": toml([("[[film]]", {"maker": "阿米"})]).encode()}
    ) as folder:
        assert imported(folder)[1] == 0
        assert Film.objects.count() == 1
        shutil.rmtree(folder)
        folder.mkdir()
        assert imported(folder)[1] == 2
