"""Hostile files of the largest size: read or refused in time and in little memory."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAD = "标题\n\n来源:网络  发布时间:2025-04-17\n\n剧情简介:x。\n\nQ:好吗?\n\nA:用即梦。"
# A process of its own: the most memory it ever held, and its own time, whatever else the machine does.
PROGRAM = """
import resource, sys, time
from pathlib import Path
from films.reading import Refusal, read_article
from films.reading.vocabulary import parse_vocabulary

piece, ending = sys.argv[1].encode().decode("unicode_escape").encode("latin-1").decode(), sys.argv[2]
head = sys.argv[3].encode().decode("unicode_escape").encode("latin-1").decode()
vocabulary = parse_vocabulary(Path("seeds/vocabulary.toml").read_text("utf-8"))
data = head.encode() + piece.encode() * ((2 * 1024 * 1024 - len(head.encode())) // len(piece.encode()))
assert 2_000_000 < len(data) <= 2 * 1024 * 1024
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
try:
    read_article(data, "a" + ending, vocabulary=vocabulary)
    outcome = "read"
except Refusal:
    outcome = "refused"
print(outcome, time.process_time() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def measured(piece: str, ending: str, head: str = HEAD) -> tuple[str, float, int]:
    escaped = [text.encode().decode("latin-1").encode("unicode_escape").decode() for text in (piece, head)]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, escaped[0], ending, escaped[1]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    outcome, seconds, mebibytes = done.stdout.split()
    return outcome, float(seconds), int(mebibytes)


@pytest.mark.parametrize(
    ("piece", "ending"),
    [
        ("*", ".md"),
        ("(", ".txt"),
        ("中(", ".txt"),
        ("来源: ", ".txt"),
        ("a", ".txt"),
        ("我的短片《a》的创作,", ".txt"),
        ("\n\n问:好?\n\n答:《a》", ".txt"),
        ("短片4分", ".txt"),
        ("Q. Why? A. So. ", ".txt"),
        ("[", ".json"),
    ],
)
def test_the_largest_hostile_file(piece: str, ending: str) -> None:
    outcome, seconds, mebibytes = measured(piece, ending, "" if ending == ".json" else HEAD)
    assert outcome in {"read", "refused"}
    assert seconds < 10
    assert mebibytes < 200
