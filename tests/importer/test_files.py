"""Which files a run reads."""

import os
from pathlib import Path

import pytest

from films.importer.files import Found, find_files, missing_paths
from films.reading.article import Refusal


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "a.md", "c.JSON", "notes.toml", "picture.png", ".hidden.txt", "sub/d.txt", ".git/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", "utf-8")
    return tmp_path


def test_articles_of_a_folder_and_its_folders_sorted(folder):
    assert [found.shown.removeprefix(f"{folder}/") for found in find_files([folder])] == [
        "a.md",
        "b.txt",
        "c.JSON",
        "sub/d.txt",
    ]


def test_each_file_once_however_it_is_named(folder):
    found = find_files([folder / "b.txt", folder, folder / "sub" / ".." / "b.txt"])
    assert sum(one.name == "b.txt" for one in found) == 1


@pytest.mark.parametrize(("name", "words"), [("notes.toml", "editors' additions"), ("picture.png", "is not read")])
def test_other_files_are_refused_in_words(folder, name, words):
    [found] = find_files([folder / name])
    with pytest.raises(Refusal, match=words):
        found.load()


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_read(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text("secret", "utf-8")
    (folder / "link.txt").symlink_to(outside)
    (folder / "inner.txt").symlink_to(folder / "b.txt")
    by_name = {found.name: found for found in find_files([folder])}
    with pytest.raises(Refusal, match="leaves its folder"):
        by_name["link.txt"].load()
    assert by_name["inner.txt"].load() == b"x"


def test_a_pipe_is_refused_at_once(folder):
    os.mkfifo(folder / "pipe.txt")
    [found] = [found for found in find_files([folder]) if found.name == "pipe.txt"]
    with pytest.raises(Refusal):
        found.load()


def test_a_name_that_is_not_text_can_be_shown(tmp_path):
    raw = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(raw)).write_text("x", "utf-8")
    [found] = find_files([tmp_path])
    assert found.name == "\ufffd.txt"
    found.shown.encode("utf-8")


def test_missing_paths(folder):
    assert missing_paths([folder, folder / "none.txt"]) == [folder / "none.txt"]
    assert Found(folder / "none.txt").shown.endswith("none.txt")
