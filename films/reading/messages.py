"""What editors are told of an article, as sentences with places for values: English, by code.

`{name}` stands for a value, `{name:words}` for phrases that the value names by their codes,
`{name:or_none}` for a value that may be missing. Another language is another table of the same codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Any

from films.reading.phrases import PHRASES
from films.reading.refusals import REFUSALS

Values = Mapping[str, str | int]

POINTS = {
    "alias": "“{label}” was taken for {name}, the only one it fits in this section. Please confirm.",
    "ambiguous_date": "“{printed}” may be day or month first. The date is left empty; please look it up.",
    "answer_without_question": "An answer stands before the first question, so its question was lost. It was not imported; please add both.",
    "archived": "The article no longer has this entry; it was archived, not deleted.",
    "aside": "“{text}” stands between two turns and was taken for neither. Look whether it belongs to one.",
    "back_in_source": "The article has this entry again. It keeps the state it has; publish it if it should be seen.",
    "damaged": "The text is damaged: {count} times {what:words}. Look for a better copy.",
    "deleted_by_editor": "An editor deleted this entry; the article still has it. It stays deleted.",
    "encoding_gb18030": "The file is not UTF-8; it was read as GB18030. Check a few lines.",
    "gone_but_kept": "The article no longer has this entry; {why:words}.",
    "impossible_date": "The calendar has no “{printed}”. The date is left empty; please look it up.",
    "label_kept_as_text": "“{text}” looks like a label and was kept as text.",
    "label_repeated": "The same label opens two answers in a row; they were kept as one. A question may be missing between them.",
    "month_only": "“{printed}” names a month and no day. The date is left empty.",
    "no_dialogue": "No dialogue was found. If there is one, name its labels with --asker and --answerer.",
    "no_headline": "No headline stands above the metadata line.",
    "no_publisher": "The source is given as “{printed}”, which names no publisher.",
    "removed_from_source": "The article no longer has this entry; it was removed.",
    "repeated": "This paragraph repeats the one before it and was left out.",
    "runtime_from_answer": "The running time, {seconds} s, is from an answer.",
    "section_parted": "No mark of a film stands before this talk; it was taken for a film of its own. Please confirm.",
    "source_changed": "The article's own details changed: {changes:words}.",
    "title_not_stated": "The article states no title for this film; it is shown as untitled, with its maker.",
    "title_offered": "《{title}》 may be the title: {why:words}. It was not set.",
    "title_stated_by_maker": "The maker calls this film 《{title}》; no heading does. Please confirm.",
    "two_languages": "Turns stand in two languages; both were kept in one answer. Please part them.",
    "unanswered": "The question “{question}” has no answer here. It was not imported; add the answer or leave it out.",
    "unknown_field": "“{field}” is no field of an article and was not read.",
    "unlabelled_answer": "The answer to this question carries no label; what follows the question was taken for it. Please confirm.",
    "unready": "Not published, for its {field:words}: {lack:words}",
    "unread_date": "“{printed}” was not read as a date. It is left empty.",
    "unread_views": "“{printed}” is no number of views. It is left empty.",
    "updates_file_of_this_run": "It would update {file}.",
    "value_refused": "The {field:words} {value!r} is not kept: {reason:words}. Correct it in the article or in the admin.",
    "word_deleted": "The {word:words} “{name}” was deleted at the desk and is not made again. Restore it there if it should return.",
}
ENGLISH = POINTS | REFUSALS | PHRASES


class _Filler(Formatter):
    """Puts values into the sentences of one table."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.table, self.values = table, dict[str, str | int]()

    def fill(self, code: str, values: Values) -> str:
        self.values = dict(values)
        return self.vformat(str(self.table[code]), (), self.values)

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "or_none":
            return str(value) or str(self.table["none"])
        if format_spec == "words":
            told = [self.vformat(str(self.table[code]), (), self.values) for code in value.split()]
            return str(self.table["between"]).join(told)
        return str(value)


def sentence(code: str, values: Values, table: Mapping[str, Any] = ENGLISH) -> str:
    """The whole sentence. Raises KeyError where the table lacks the code or the sentence lacks a value."""
    told = _Filler(table).fill(code, values)
    return _Filler(table).fill("more", {**values, "sentence": told}) if "more" in values else told
