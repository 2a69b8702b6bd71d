"""Long texts in a form: line ends as they are stored, and how long the text is, said beside it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from films.text import count_words, reading_seconds


def size_in_words(text: str) -> str:
    """How many words a text has and how long it takes to read: `312 字 · 约 47 秒`."""
    count, seconds = count_words(text), reading_seconds(text)
    if not count:
        return ""
    size = ngettext("%(count)d 字", "%(count)d 字", count) % {"count": count}
    return f"{size} · {duration(seconds)}"


def duration(seconds: int) -> str:
    if seconds < 60:
        return _("约 %(count)d 秒") % {"count": seconds}
    return _("约 %(count)d 分钟") % {"count": (seconds + 30) // 60}


class LongText(forms.Textarea):
    """A text of several paragraphs. Browsers send CRLF; stored texts have plain line ends, so nothing seems changed."""

    class Media:
        js = [forms.Script("films/js/desk_counts.js", type="module")]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "vLargeTextField", "rows": 6, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        words = {
            "one": ngettext("%(count)d 字", "%(count)d 字", 1),
            "words": ngettext("%(count)d 字", "%(count)d 字", 2),
            "seconds": _("约 %(count)d 秒"),
            "minutes": _("约 %(count)d 分钟"),
        }
        area = super().render(name, value, attrs, renderer)
        return format_html(
            '<span class="long-text">{}<span class="text-size" data-one="{one}" data-words="{words}"'
            ' data-seconds="{seconds}" data-minutes="{minutes}">{}</span></span>',
            area,
            size_in_words(str(value or "")),
            **words,
        )
