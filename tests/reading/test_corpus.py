"""The reader measured by articles that somebody else wrote and judged."""

from pathlib import Path
from typing import Any

import pytest

from films.reading import Refusal, read_article
from films.reading.vocabulary import parse_vocabulary
from tests.reading import corpus

VOCABULARY = parse_vocabulary((Path(__file__).parents[2] / "seeds" / "vocabulary.toml").read_text("utf-8"))
CASES = list(corpus.cases())


def read(name: str, data: bytes, options: dict[str, Any]) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """The article object, or None, and what else `compare` wants to know."""
    answerers = tuple(options.get("answerers", ()))
    try:
        article = read_article(
            data,
            name,
            vocabulary=VOCABULARY,
            encoding=options.get("encoding"),
            asker=options.get("asker"),
            answerers=answerers,
        )
    except Refusal as refusal:
        return None, {"reason": refusal.reason, "line": refusal.line}
    extra = {
        "points": [point.to_json() for point in article.points],
        "coverage": article.coverage.to_json(),
        "encoding": article.encoding,
    }
    return article.to_json(), extra


def test_the_corpus_is_there() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize(("name", "data", "expected"), CASES, ids=[case[0] for case in CASES])
def test_reads_as_its_judge_says(name: str, data: bytes, expected: dict[str, Any]) -> None:
    article, extra = read(name, data, expected.get("options", {}))
    assert corpus.compare(expected, article, extra) == []
