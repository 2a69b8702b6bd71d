"""html-validate finds nothing on any kind of page."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string

from tests.browser.test_look import addresses

HOW_TO_GET_IT = (
    "needs html-validate on Node 20 or newer: npm install --prefix ~/.node node@20 html-validate@10,"
    " then PATH=~/.node/node_modules/.bin:$PATH"
)


def version_of(program: str) -> int:
    """The first number of a program's version; 0 when it does not run."""
    if not shutil.which(program):
        return 0
    run = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    number = run.stdout.strip().rpartition("-")[2].removeprefix("v").partition(".")[0]
    return int(number) if run.returncode == 0 and number.isdigit() else 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where pages and the rules for them are laid down."""
    if version_of("node") < 20 or version_of("html-validate") < 10:
        pytest.skip(HOW_TO_GET_IT)
    shutil.copy(settings.BASE_DIR / ".htmlvalidate.cjs", tmp_path)
    return tmp_path


def complaints(folder: Path) -> str:
    run = subprocess.run(["html-validate", "*.html"], cwd=folder, capture_output=True, text=True, check=False)
    return run.stdout[-4000:] + run.stderr if run.returncode else ""


@pytest.mark.django_db
def test_every_page_is_valid(client, folder):
    call_command("import_seeds", str(settings.BASE_DIR / "seeds"), verbosity=0)
    for prefix in ("", "/en"):
        for number, address in enumerate(addresses()):
            page = client.get(prefix + address).content
            (folder / f"{prefix.strip('/') or 'zh'}-{number}.html").write_bytes(page)
    for code in (400, 403, 500):
        (folder / f"{code}.html").write_text(render_to_string(f"{code}.html"))
    assert len(list(folder.glob("*.html"))) > 40
    assert complaints(folder) == ""


def test_a_page_that_is_not_valid_is_noticed(folder):
    (folder / "wrong.html").write_text("<!doctype html><html lang=zh><title>x</title><p><ul></p>")
    assert "wrong.html" in complaints(folder)
