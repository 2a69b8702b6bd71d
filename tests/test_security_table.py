"""The table of docs/security.md: every requirement of ASVS 5.0.0 at levels 1 and 2, each with something that is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \|$", TEXT, re.MULTILINE)
# How many of each chapter's requirements are of level 1 and of level 2, as the standard counts them.
LEVELS = {
    1: (8, 19), 2: (4, 7), 3: (8, 11), 4: (2, 8), 5: (4, 5), 6: (13, 22), 7: (6, 12), 8: (4, 3), 9: (4, 3),
    10: (5, 24), 11: (3, 11), 12: (3, 6), 13: (1, 12), 14: (2, 7), 15: (3, 10), 16: (0, 16), 17: (0, 7),
}  # fmt: skip


@cache
def names_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_requirement_stands_there_once() -> None:
    numbers = [row[0] for row in ROWS]
    assert len(numbers) == len(set(numbers)) == 253
    assert [row[1] for row in ROWS].count("1") == 70
    found = {
        chapter: tuple(sum(n.startswith(f"{chapter}.") and level == want for n, level, *_ in ROWS) for want in "12")
        for chapter in LEVELS
    }
    assert found == LEVELS


@pytest.mark.parametrize("number", sorted({row[0].split(".")[0] for row in ROWS}, key=int))
def test_what_is_named_is_there(number: str) -> None:
    shown = " ".join(row[3] for row in ROWS if row[0].startswith(f"{number}."))
    for path, name in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", shown):
        assert (ROOT / path).exists(), path
        assert not name or name in names_in(path), f"{path}::{name}"
    for path in re.findall(r"`((?:films|elysium|deploy|docs|tests)/[\w./-]+|[A-Z]+\.md|\.env\.example)`", shown):
        assert (ROOT / path).exists(), path


def test_security_txt_and_the_policy_say_the_same_address() -> None:
    policy = (ROOT / "SECURITY.md").read_text("utf-8")
    assert "/.well-known/security.txt" in policy
    assert "DEFAULT_FROM_EMAIL" in policy
    assert "72 hours" in policy
    assert "| 72 hours |" in (ROOT / "docs" / "supply.md").read_text("utf-8")
