"""The reader measured by articles that somebody else wrote and judged."""

from pathlib import Path
from typing import Any

import pytest

from films.reading import Refusal, read_article
from films.reading.vocabulary import parse_vocabulary
from tests.reading import corpus

VOCABULARY = parse_vocabulary((Path(__file__).parents[2] / "seeds" / "vocabulary.toml").read_text("utf-8"))
CASES = list(corpus.cases())
# What a careful human reads and the reader does not yet: it leaves these empty, it sets nothing false.
# Each fails for now, and must be taken off this list when it is mended (xfail is strict).
KNOWN_GAPS = {
    "blind_facts_en.txt": "a title given as a plain answer, without a word for the film",
    "blind_facts_hant.txt": "tools, and lengths of a finished version, as bare answers in traditional script",
    "blind_facts_ja.txt": "the first of two tools that share one verb; a title and a length after 今回の",
    "blind_s2_films_under_titles_zh.txt": "a second maker who answers once",
    "blind_seedlike_two_askers.txt": "what a tool was used for, told two sentences later",
    "blind_sibling_edition_names_and_notes.txt": "an edition's name and organisers around two verbs",
    "blind_sibling_runtime_not_this_film.txt": "a length left after “最后成片只保留了”",
}


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


def judged(case: corpus.Case) -> Any:
    gap = KNOWN_GAPS.get(case[0])
    marks = [pytest.mark.xfail(reason=gap)] if gap else []
    return pytest.param(*case, id=case[0], marks=marks)


@pytest.mark.parametrize(("name", "data", "expected"), [judged(case) for case in CASES])
def test_reads_as_its_judge_says(name: str, data: bytes, expected: dict[str, Any]) -> None:
    article, extra = read(name, data, expected.get("options", {}))
    assert corpus.compare(expected, article, extra) == []
