"""html-validate finds nothing on any kind of page. Collected only where that program is at hand (npm, Node 20)."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.browser.test_look import addresses

VALIDATOR = shutil.which("html-validate")

if VALIDATOR:

    @pytest.mark.django_db
    def test_every_page_is_valid(client, tmp_path: Path):
        call_command("import_seeds", str(settings.BASE_DIR / "seeds"), verbosity=0)
        shutil.copy(settings.BASE_DIR / ".htmlvalidate.cjs", tmp_path)
        for prefix in ("", "/en"):
            for number, address in enumerate(addresses()):
                page = client.get(prefix + address).content
                (tmp_path / f"{prefix.strip('/') or 'zh'}-{number}.html").write_bytes(page)
        for code in (400, 403, 500):
            shutil.copy(settings.BASE_DIR / "templates" / f"{code}.html", tmp_path)
        run = subprocess.run([VALIDATOR, "*.html"], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout[-4000:]
        assert len(list(tmp_path.glob("*.html"))) > 40
