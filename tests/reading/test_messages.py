"""Every code that is said has its sentence, every sentence is said, and each gets the values it names."""

import ast
from pathlib import Path
from string import Formatter

import pytest

from films.reading.article import Message, Point, Refusal
from films.reading.messages import ENGLISH, POINTS, sentence
from films.reading.phrases import PHRASES
from films.reading.refusals import REFUSALS

ROOT = Path(__file__).resolve().parents[2]
TABLES = {"messages.py", "phrases.py", "refusals.py"}
SOURCES = [path for name in ("reading", "importer") for path in sorted((ROOT / "films" / name).glob("*.py"))]
TREES = [ast.parse(path.read_text("utf-8")) for path in SOURCES if path.name not in TABLES]
CALLS = [node for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Call)]


def said(*names: str) -> list[tuple[str, set[str] | None]]:
    """Codes in calls of these names, with the names of the values when they can be seen."""
    found = []
    for call in CALLS:
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name in names and call.args and isinstance(call.args[0], ast.Constant):
            found.append((str(call.args[0].value), values_of(call)))
    return found


def values_of(call: ast.Call) -> set[str] | None:
    given = {word.arg: word.value for word in call.keywords}
    if None in given:
        return None
    if "values" not in given:
        return {str(name) for name in given} - {"doubt"}
    keys = given["values"].keys if isinstance(given["values"], ast.Dict) else [None]
    return {str(key.value) for key in keys if isinstance(key, ast.Constant)} if None not in keys else None


def places(template: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(template) if name}


def test_calls_and_their_values_are_seen():
    assert ("json_lacks", {"place", "key"}) in said("Refusal")
    assert ("unknown_field", {"field"}) in said("Point")


@pytest.mark.parametrize(("names", "table"), [(("Refusal",), REFUSALS), (("Point", "tell"), POINTS)], ids=str)
def test_what_is_said_stands_in_its_table(names, table):
    assert {code for code, _values in said(*names)} <= set(table)


def test_every_sentence_is_said_somewhere():
    constants = {node.value for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert {*POINTS, *REFUSALS} - constants == set()


def test_every_sentence_gets_the_values_it_names():
    for code, values in said("Refusal", "Point", "tell"):
        if values is not None and not any(spec == "words" for _t, _n, spec, _c in Formatter().parse(ENGLISH[code])):
            assert values - {"record", "line"} == places(ENGLISH[code]), code


def test_tables_share_no_code():
    assert len(ENGLISH) == len(POINTS) + len(REFUSALS) + len(PHRASES)


def test_a_phrase_is_named_by_its_code():
    values = {"what": "damage.latin1", "count": 3}
    assert Point("damaged", values=values).message == (
        "The text is damaged: 3 times UTF-8 that was read as Latin-1. Look for a better copy."
    )


def test_phrases_in_a_row_and_values_that_are_missing():
    values = {"changes": "changed.headline changed.view_count", "headline_before": "", "headline_now": "鹿"}
    values |= {"view_count_before": "1", "view_count_now": "2"}
    assert sentence("source_changed", values).endswith("changed: headline: none → 鹿; view_count: 1 → 2.")


def test_the_rest_of_many_points_is_counted():
    told = sentence("unknown_field", {"field": "x", "more": 7})
    assert told == "7 more like this, from here on: “x” is no field of an article and was not read."


def test_a_value_is_never_read_as_a_template():
    assert sentence("no_field", {"text": "{field} {0.__class__}"}).startswith("“{field} {0.__class__}” is no field.")


def test_a_refusal_is_its_sentence_and_knows_its_code():
    refusal = Refusal("json_lacks", 3, place="article", key="films")
    assert (str(refusal), refusal.reason, refusal.line) == ("article lacks “films”. Add it.",) * 2 + (3,)
    assert refusal.why == Message("json_lacks", {"place": "article", "key": "films"})


@pytest.mark.parametrize(("code", "values"), [("nothing_of_the_kind", {}), ("json_lacks", {"place": "article"})])
def test_an_unknown_code_or_a_missing_value_is_an_error(code, values):
    with pytest.raises(KeyError):
        sentence(code, values)
