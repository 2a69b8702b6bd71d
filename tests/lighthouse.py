"""Lighthouse on the kinds of page that matter most, at a site that is being served: `make lighthouse` beside `make demo`.

Each page is opened three times as on a phone; the middle figure counts, as one run on a busy machine says little.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from urllib.request import urlopen

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3
COMMAND = ["npx", "--yes", "lighthouse@12", "--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox"]


def addresses(site: str) -> list[str]:
    """Home, list, a film, a topic and the search, in both languages (results say that they are not to be indexed)."""
    with urlopen(f"{site}/sitemap.xml") as answer:
        known = re.findall(r"<loc>https?://[^/]+(.*?)</loc>", answer.read().decode())
    first = [next(path for path in known if re.fullmatch(rf"/{noun}/[^/]+/", path)) for noun in ("films", "topics")]
    chinese = ["/", "/films/", *first, "/search/"]
    return [prefix + path for prefix in ("", "/en") for path in chinese]


def scores(url: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        subprocess.run([*COMMAND, f"--output-path={report}", url], check=True, timeout=300)
        found = json.loads(report.read_text())
    if found.get("runtimeError"):
        sys.exit(f"{url}: {found['runtimeError']['message']}")
    return {name: 100 * (found["categories"][name]["score"] or 0) for name in CATEGORIES}


def main(site: str) -> bool:
    """Print the figures of every page; whether all of them are full."""
    os.environ.setdefault("CHROME_PATH", shutil.which("chromium") or "")
    full = True
    for path in addresses(site):
        runs = [scores(site + path) for _ in range(RUNS)]
        middle = {name: median(run[name] for run in runs) for name in CATEGORIES}
        print(path, " ".join(f"{name} {score:.0f}" for name, score in middle.items()), flush=True)
        full = full and all(score >= 100 for score in middle.values())
    return full


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1].rstrip("/")))
