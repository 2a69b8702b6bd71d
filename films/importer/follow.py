"""Exchanges keep their rows, keys and anchors when their questions or answers are edited or moved."""

from collections.abc import Sequence
from typing import Any

from films.importer.matching import Spoken, match
from films.importer.present import Present
from films.importer.wanted import Wanted, free_key
from films.reading.decoding import split_lines


def follow_exchanges(wanted: Sequence[Wanted], present: Present) -> None:
    """Give the wanted exchanges the keys of the rows that they are."""
    if not present.source:
        return
    for interview in (row for row in wanted if row.kind == "interview"):
        exchanges = [row for row in wanted if row.kind == "exchange" and row.parent == interview.key]
        known = [*_known(present, interview.key), *_buried(present, interview.key)]
        _rename(wanted, exchanges, match(_spoken(exchanges), known), present)
    _forget_deleted(wanted, present)


def _known(present: Present, interview: str) -> list[Spoken]:
    """The rows of an interview in the words in which they were imported."""
    parent = present.rows["interview"].get(interview)
    rows = [row for row in present.rows["exchange"].values() if parent and row.interview_id == parent.pk]
    rows.sort(key=lambda row: (row.imported.get("position", 0), row.pk))
    bases = [{"question": row.question, "answer": row.answer, "speaker": None, **row.imported} for row in rows]
    return _in_order([row.source_key for row in rows], bases)


def _buried(present: Present, interview: str) -> list[Spoken]:
    """Exchanges an editor deleted, in the words of the text they came from."""
    lines = split_lines(present.source.text) if present.source else []
    found = []
    for record, (first, last) in present.records.items():
        kind, _, key = record.partition(":")
        if kind == "exchange" and key.startswith(f"{interview}/") and key not in present.rows["exchange"]:
            found.append(Spoken(key, "", "\n".join(lines[max(first - 1, 0) : last]), None, False, 0))
    return found


def _spoken(exchanges: Sequence[Wanted]) -> list[Spoken]:
    return _in_order([row.key for row in exchanges], [row.values for row in exchanges])


def _in_order(keys: Sequence[str], values: Sequence[dict[str, Any]]) -> list[Spoken]:
    """A further voice answers the question that was asked last."""
    found, question = [], ""
    for place, (key, value) in enumerate(zip(keys, values, strict=True), start=1):
        question = value["question"] or question
        speaker, continues = value["speaker"] or "", not value["question"]
        found.append(Spoken(key, question, value["answer"], speaker, continues, place))
    return found


def _rename(wanted: Sequence[Wanted], exchanges: list[Wanted], found: dict[str, str], present: Present) -> None:
    taken = {*present.rows["exchange"], *(record.partition(":")[2] for record in present.records)}
    renamed = {row.key: found.get(row.key) or free_key(row.key, taken) for row in exchanges}
    for row in exchanges:
        row.key = renamed[row.key]
    for row in wanted:
        for values, name in ((row.values, "exchange"), (row.stated, "pull_quote_exchange")):
            if values.get(name) in renamed:
                values[name] = renamed[values[name]]


def _forget_deleted(wanted: Sequence[Wanted], present: Present) -> None:
    """What points at an answer that an editor deleted points nowhere, and that is no change to tell of."""
    known = {record.partition(":")[2] for record in present.records if record.startswith("exchange:")}
    deleted = known - set(present.rows["exchange"])
    for row in wanted:
        for values, name in ((row.values, "exchange"), (row.stated, "pull_quote_exchange")):
            if values.get(name) in deleted:
                values[name] = None
