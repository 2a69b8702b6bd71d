"""The bill of materials (CycloneDX) of what a site installs: `python -m tests.sbom FILE`, asked by `make sbom`.

cyclonedx-py reads requirements.txt with its hashes; the licences come from the packages that are installed.
"""

import json
import subprocess
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# By name, where a package says it in words or not at all; read in the file LICENSE of each.
STATED = {
    "django-csp": "BSD-3-Clause",
    "django-filter": "BSD-3-Clause",
    "django-reversion": "BSD-3-Clause",
    "pysqlite3": "Zlib",
    "resvg-py": "MIT",
    "sqlparse": "BSD-3-Clause",
    # Installed on Windows only.
    "tzdata": "Apache-2.0",
}
GENERATOR = ("-m", "cyclonedx_py", "requirements", "--output-reproducible", "--of", "JSON", "--pyproject")


def installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def licence_of(name: str) -> str:
    """Its SPDX name; empty when nobody says."""
    found = installed(name)
    said: Any = found.metadata if found else {}
    short = said.get("License-Expression") or said.get("License") or ""
    return STATED.get(name) or (short if 0 < len(short) < 40 else by_classifier(said))


def by_classifier(said: Any) -> str:
    words = said.get_all("Classifier") or [] if said else []
    known = {"MIT License": "MIT", "The Unlicense (Unlicense)": "Unlicense", "BSD License": "BSD-3-Clause"}
    names = [word.rpartition(" :: ")[2] for word in words if word.startswith("License ::")]
    return next((known[name] for name in names if name in known), "")


def bill() -> dict[str, Any]:
    """Every package that requirements.txt pins, with version, hashes and licence."""
    command = [sys.executable, "-W", "ignore", *GENERATOR, "pyproject.toml", "requirements.txt"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    for component in found["components"]:
        component["licenses"] = [{"license": {"id": licence_of(component["name"])}}]
        # It repeats the line of the file, hashes and all.
        component.pop("description", None)
    return found


def main(path: str) -> None:
    text = json.dumps(bill(), ensure_ascii=False, indent=2)
    Path(path).write_text(text + "\n", encoding="utf-8")
    print(f"{path}: {text.count('pkg:pypi/')} packages")


if __name__ == "__main__":
    main(sys.argv[1])
