"""The words that reading knows: tools with every spelling, topics with the cues of their questions."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from typing import Any, NamedTuple

from films.reading.article import Refusal

TOML_LINE = re.compile(r"line (\d+)")
STEPS = {"script", "image", "video", "voice", "music", "edit", "training", "other"}
TOOL_KEYS: dict[str, type] = {"name": str, "maker": str, "aliases": list, "step": str}
TOPIC_KEYS: dict[str, type] = {"name": str, "name_en": str, "cues": list}


class ToolWord(NamedTuple):
    """A tool, who makes it, what else it is called, and what it is for when that goes without saying."""

    name: str
    maker: str = ""
    aliases: tuple[str, ...] = ()
    step: str | None = None

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


class TopicWord(NamedTuple):
    """A question that is asked again and again, and the wordings by which it is known."""

    name: str
    name_en: str = ""
    cues: tuple[str, ...] = ()


class Vocabulary(NamedTuple):
    """Tools and topics in the order of the file; the first topic that fits a question is its topic."""

    tools: tuple[ToolWord, ...] = ()
    topics: tuple[TopicWord, ...] = ()


EMPTY = Vocabulary()


def parse_vocabulary(text: str) -> Vocabulary:
    """Read `vocabulary.toml`, or refuse it with the line and the field that is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = TOML_LINE.search(str(error))
        line = int(found[1]) if found else None
        raise Refusal("vocabulary_toml", line, problem=str(error)) from None
    for key in data:
        if key not in {"tool", "topic"}:
            raise _refusal(text, key, None, "vocabulary.tables", r"^\s*\[*" + re.escape(key))
    tools = [_tool(text, number, table) for number, table in enumerate(_tables(text, data, "tool"), start=1)]
    topics = [_topic(text, number, table) for number, table in enumerate(_tables(text, data, "topic"), start=1)]
    _refuse_repeats(text, tools, topics)
    return Vocabulary(tuple(tools), tuple(topics))


def compared(spelling: str) -> str:
    """The form in which two spellings of a name are compared."""
    return unicodedata.normalize("NFKC", spelling).casefold().strip()


def _tables(text: str, data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    tables = data.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise _refusal(text, name, None, "vocabulary.one_table_each", rf"^\s*\[?\s*{name}\b")
    return tables


def _tool(text: str, number: int, table: dict[str, Any]) -> ToolWord:
    _check(text, "tool", number, table, TOOL_KEYS)
    step = table.get("step")
    if step is not None and step not in STEPS:
        raise _refusal(text, "tool", number, "vocabulary.step", field="step", known=", ".join(sorted(STEPS)))
    return ToolWord(table["name"].strip(), table.get("maker", "").strip(), tuple(table.get("aliases", ())), step)


def _topic(text: str, number: int, table: dict[str, Any]) -> TopicWord:
    _check(text, "topic", number, table, TOPIC_KEYS)
    return TopicWord(table["name"].strip(), table.get("name_en", "").strip(), tuple(table.get("cues", ())))


def _check(text: str, kind: str, number: int, table: dict[str, Any], keys: dict[str, type]) -> None:
    """Refuse a table with an unknown key, a value of another kind, or no name."""
    for key, value in table.items():
        if key not in keys:
            raise _refusal(text, kind, number, "vocabulary.unknown", field=key, known=", ".join(keys))
        if not isinstance(value, keys[key]):
            wanted = "vocabulary.list" if keys[key] is list else "vocabulary.text"
            raise _refusal(text, kind, number, wanted, field=key)
        if isinstance(value, list) and not all(isinstance(item, str) and item.strip() for item in value):
            raise _refusal(text, kind, number, "vocabulary.empty_words", field=key)
    if not table.get("name", "").strip():
        raise _refusal(text, kind, number, "vocabulary.no_name", field="name")


def _refuse_repeats(text: str, tools: list[ToolWord], topics: list[TopicWord]) -> None:
    """A spelling belongs to one tool, a name to one topic: otherwise the file's order would decide."""
    owners: dict[str, str] = {}
    for number, tool in enumerate(tools, start=1):
        for spelling in tool.spellings:
            owner = owners.setdefault(compared(spelling), tool.name)
            if owner != tool.name:
                raise _refusal(text, "tool", number, "vocabulary.taken", spelling=spelling, owner=owner)
    names: set[str] = set()
    for number, topic in enumerate(topics, start=1):
        if compared(topic.name) in names:
            raise _refusal(text, "topic", number, "vocabulary.twice", name=topic.name)
        names.add(compared(topic.name))


def _refusal(
    text: str,
    kind: str,
    number: int | None,
    why: str,
    pattern: str | None = None,
    field: str | None = None,
    **values: str,
) -> Refusal:
    line = line_of(text, kind, number or 1, field) if pattern is None else _first_line(text, pattern)
    place = "at.table" if number else "at.name"
    values |= {"at": place, "table": kind, "why_wrong": why, "field": field or ""}
    return Refusal("vocabulary", line, number=number or 0, **values)


def _first_line(text: str, pattern: str) -> int | None:
    found = re.search(pattern, text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else None


def line_of(text: str, table: str, number: int, field: str | None = None) -> int | None:
    """Find the line of a field in the nth `[[table]]` or `[table]`, else of its head; tomllib keeps no lines."""
    head, seen = None, 0
    for line, words in enumerate(text.splitlines(), start=1):
        if re.match(rf"\s*\[\[?\s*{re.escape(table)}\s*\]", words):
            seen += 1
            head = line if seen == number else head
        elif seen == number and field and re.match(rf"\s*\"?{re.escape(field)}\"?\s*[=.]", words):
            return line
    return head
