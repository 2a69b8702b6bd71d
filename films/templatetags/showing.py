"""What the look of a page needs beside its facts: pigments, spelled numbers, quotations. No query."""

import re
from typing import Any, NamedTuple

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from films.poster import PIGMENTS
from films.reading.values import ENGLISH_NUMBERS
from films.templatetags.formatting import han, in_english, question_label

register = template.Library()

# The year of the first edition, whose ground is the first pigment; each later year takes the next.
FIRST_YEAR = 2025
INNER_QUOTE = re.compile("“([^“”]*)”")
DISPLAY_LIMIT = 8


@register.filter
def pigment(edition: Any) -> str:
    """The one pigment that an edition owns."""
    return list(PIGMENTS)[((edition.year or FIRST_YEAR) - FIRST_YEAR) % len(PIGMENTS)]


@register.filter
def display_length(words: str) -> str:
    """How many characters a display line must hold, as far as it is set at display size."""
    return str(max(4, len(words))) if len(words) <= DISPLAY_LIMIT else "long"


class Piece(NamedTuple):
    """A run of a quotation; `is_quoted` when it is itself quoted in there."""

    text: str
    is_quoted: bool


@register.filter
def quoted_pieces(quote: str) -> list[Piece]:
    """A quotation in runs, so that the page chooses the inner marks: “ ” in lines, 『 』 in columns."""
    runs = INNER_QUOTE.split(quote)
    return [Piece(run, bool(place % 2)) for place, run in enumerate(runs) if run]


def spelled_number(number: int) -> str:
    """两, 十五; five, fifteen. Numbers too long to be spelled stay figures."""
    if in_english():
        return "no" if not number else ENGLISH_NUMBERS[number] if number < len(ENGLISH_NUMBERS) else str(number)
    return "两" if number == 2 else han(number) if 0 < number < 100 else str(number)


@register.filter
def films_spelled(number: int) -> str:
    """五部短片, Five films."""
    words = ngettext("%(number)s部短片", "%(number)s部短片", number) % {"number": spelled_number(number)}
    return words[:1].upper() + words[1:]


@register.filter
def questions_spelled(number: int) -> str:
    """十五个问题, fifteen questions."""
    return ngettext("%(number)s个问题", "%(number)s个问题", number) % {"number": spelled_number(number)}


@register.filter
def read_interview(interviews: list[Any]) -> str:
    """读采访（4问）."""
    number = sum(bool(exchange.question) for interview in interviews for exchange in interview.exchanges.all())
    return ngettext("读采访（%(number)s问）", "读采访（%(number)s问）", number) % {"number": number}


@register.filter
def answer_length(exchange: Any) -> str:
    """Which question it answers and how long the answer is: 问一，207字."""
    number = len("".join(exchange.answer.split()))
    length = ngettext("%(number)s字", "%(number)s字", number) % {"number": number}
    return _("%(question)s，%(length)s") % {"question": question_label(exchange.number), "length": length}


@register.filter
def pull_quote_of(answers: Any) -> str:
    """The first sentence that a film quotes from one of these answers."""
    quotes = (exchange.interview.film.pull_quote for exchange in answers if is_pulled(exchange))
    return next(quotes, "")


def is_pulled(exchange: Any) -> bool:
    film = exchange.interview.film
    return bool(film and film.pull_quote and film.pull_quote_exchange_id == exchange.pk)


@register.filter
def creator_count(number: int) -> str:
    """How many people."""
    return ngettext("%(number)s 位创作者", "%(number)s 位创作者", number) % {"number": number}
