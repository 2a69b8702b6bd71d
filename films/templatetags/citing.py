"""How one answer is cited and where it stands, in words that can be copied. Formatting only; no query."""

from typing import Any, NamedTuple

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from films.provenance import spans
from films.templatetags.formatting import in_english, localised, speaker_name, spelled, title_text

register = template.Library()

INNER_QUOTES = str.maketrans("“”", "‘’")


class Citation(NamedTuple):
    """An answer's address, itself in one sentence and as GB/T 7714—2015 wants it.

    `before` and `after` enclose the day on which the reader saw it, which only the reader knows.
    """

    address: str
    plain: str
    before: str
    after: str


class Passage(NamedTuple):
    """The lines of the article in which an answer and its question stand."""

    address: str
    first: int
    last: int


@register.simple_tag(takes_context=True)
def citation(context: dict[str, Any], exchange: Any, question: str, interview: Any) -> Citation:
    """Cite one answer to the question, with the address in the language of the page."""
    address = context["request"].build_absolute_uri(exchange.get_absolute_url())
    who, talk, question = speaker_name(exchange), name_of_talk(interview), " ".join(question.split())
    year, day = published(interview)
    before = ". ".join(part for part in (who, f"{talk}: {question}[EB/OL]" if question else f"{talk}[EB/OL]") if part)
    return Citation(address, sentence(who, question, talk, day, address), f"{before}. Elysium{year}", f". {address}.")


def name_of_talk(interview: Any) -> str:
    """The heading, or the film that was talked about."""
    heading = localised(interview, "heading").text
    if heading or not interview.film:
        return heading or _("访谈")
    return _("%(film)s访谈") % {"film": title_text(interview.film)}


def published(interview: Any) -> tuple[str, str]:
    """The day of publication here: as GB/T 7714 wants it, and as people say it."""
    if interview.first_published_at is None:
        return "", ""
    day = timezone.localdate(interview.first_published_at)
    return f", {day.year}({day.isoformat()})", spelled(day.year, day.month, day.day)


def sentence(who: str, question: str, talk: str, day: str, address: str) -> str:
    """Who answers which question, where, since when."""
    quoted = question.translate(INNER_QUOTES)
    if who and question:
        opening = _("%(who)s答“%(question)s”") % {"who": who, "question": quoted}
    else:
        opening = who or (f"“{quoted}”" if question else "")
    return (", " if in_english() else "，").join(part for part in (opening, talk, "Elysium", day, address) if part)


@register.filter
def line_address(source: Any, number: int) -> str:
    """Where a line of the article stands."""
    return str(source.address_of_line(number))


@register.simple_tag
def passage(exchange: Any, row: Any) -> Passage | None:
    """Where the answer stands in the article of `row`, which is at hand; nothing if it came from elsewhere."""
    lines = [number for span in spans(exchange.passages.values()) for number in span]
    if not lines or exchange.source_id is None or exchange.source_id != row.source_id:
        return None
    return Passage(row.source.address_of_line(min(lines)), min(lines), max(lines))
