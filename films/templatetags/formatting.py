"""Values as people read them, in the language of the page. Formatting only; no query."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.template.defaultfilters import date as format_date
from django.utils.dates import MONTHS
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from films import text as words
from films.models import Edition, Exchange, Interview
from films.provenance import Standing, standings

register = template.Library()

TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en", "ja": "ja", "ko": "ko"}
HAN_DIGITS = "〇一二三四五六七八九"

register.filter("paragraphs", words.paragraphs)
register.filter("excerpt", words.excerpt)


def in_english() -> bool:
    return get_language() == "en"


@dataclass(frozen=True)
class Words:
    """A text and the language it is in."""

    text: str
    lang: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


@register.filter
def language_tag(text: str, stated: str = "") -> str:
    """The language of a text by its script; `stated` settles what the script leaves open."""
    if not any(is_cjk(character) for character in text):
        return "en"
    if stated in TAGS:
        return TAGS[stated]
    if any("가" <= character <= "힣" for character in text):
        return "ko"
    return "ja" if any("ぁ" <= character <= "ヿ" for character in text) else "zh-Hans"


def is_cjk(character: str) -> bool:
    return "⺀" <= character <= "鿿" or "가" <= character <= "힣" or character >= "𠀀"


@register.simple_tag
def localised(row: Any, field: str) -> Words:
    """A field in the language of the page; in English the Chinese stands in where there is no English."""
    english = str(getattr(row, f"{field}_en", "") or "") if in_english() else ""
    if english:
        return Words(english, "en")
    original = str(getattr(row, field))
    return Words(original, language_tag(original, getattr(row, "content_language", None) or ""))


@register.simple_tag
def opening(edition: Any) -> Words:
    """An edition's statement; without one the lead of the article that announced it."""
    statement = localised(edition, "statement")
    if statement or not edition.source:
        return statement
    lead = str(edition.source.lead)
    return Words(lead, language_tag(lead, edition.source.language))


@register.filter
def name_of(row: Any) -> str:
    """A person's, tool's or organisation's name for running text."""
    return localised(row, "name").text


@register.filter
def names(several: Iterable[str]) -> str:
    """Several names as one enumeration."""
    return _("、").join(several)


@register.filter
def makers(film: Any) -> str:
    """Everyone credited, once each, in the order of the credits."""
    return names(dict.fromkeys(name_of(credit.creator) for credit in film.credits.all()))


@register.filter
def title_text(row: Any) -> str:
    """A film's or an interview's title as plain words; an untitled film is known by its makers."""
    if hasattr(row, "heading"):
        return interview_title(row)
    if in_english() and row.title_en:
        return str(row.title_en)
    if row.title:
        return f"《{row.title}》"
    return _("无题（%(makers)s）") % {"makers": makers(row)} if makers(row) else _("无题")


def interview_title(interview: Any) -> str:
    """The heading; without one the film that was talked about."""
    heading = localised(interview, "heading").text
    if heading:
        return heading
    return _("访谈：%(film)s") % {"film": title_text(interview.film)} if interview.film else pgettext("one", "访谈")


@register.filter
def edition_title(edition: Any) -> str:
    """Theme and year, as one line."""
    theme = localised(edition, "theme").text or localised(edition, "name").text or _("未命名届次")
    return f"{theme} {edition.year}" if edition.year else theme


@register.filter
def runtime(seconds: int) -> str:
    """4分36秒, in English 4 min 36 s; absent parts are left out."""
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = [(hours, _("%d小时")), (minutes, _("%d分")), (rest, _("%d秒"))]
    return (" " if in_english() else "").join(unit % number for number, unit in parts if number)


@register.filter
def runtime_short(seconds: int) -> str:
    """4′36″, for lists."""
    return f"{seconds // 60}′{seconds % 60:02d}″"


@register.filter
def runtime_iso(seconds: int) -> str:
    """PT4M36S, for machines."""
    minutes, rest = divmod(seconds, 60)
    return f"PT{minutes}M{rest}S"


@register.filter
def partial_date(value: str) -> str:
    """A year, a month or a day, as far as the source states it: `2025-03` → 2025年3月, March 2025."""
    parts = [int(part) for part in value.split("-")] if value else []
    return spelled(*parts) if parts else ""


def spelled(year: int, month: int | None = None, day: int | None = None) -> str:
    """Year, month and day in the language of the page."""
    if in_english():
        return " ".join(str(part) for part in (day, MONTHS[month] if month else None, year) if part)
    return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")


@register.filter
def full_date(value: dt.date | None) -> str:
    """2025年4月17日, 17 April 2025."""
    return spelled(value.year, value.month, value.day) if value else ""


@register.filter
def edition_date(edition: Any) -> str:
    """When the call was made, as far as it is stated."""
    return spelled(edition.year, edition.month) if edition.year else ""


@register.filter
def stamp(value: dt.datetime | None) -> str:
    """A moment for machines, in the site's time zone."""
    return format_date(value, "c") if value else ""


@register.filter
def ordinal(number: int) -> str:
    """三 in Chinese, 3 in English."""
    return str(number) if in_english() or not 0 < number < 100 else han(number)


def han(number: int) -> str:
    """A number below a hundred as it is spoken: 十二, 二十."""
    tens, ones = divmod(number, 10)
    spoken = ("" if tens == 1 else HAN_DIGITS[tens]) + "十" if tens else ""
    return spoken + (HAN_DIGITS[ones] if ones else "")


@register.filter
def question_label(number: int) -> str:
    """问一, Q1."""
    return _("问%(number)s") % {"number": ordinal(number)}


@register.filter
def by_question(exchanges: list[Exchange]) -> list[list[Exchange]]:
    """Exchanges grouped under the question they answer; further voices join the question before."""
    groups: list[list[Exchange]] = []
    for exchange in exchanges:
        if exchange.question or not groups:
            groups.append([])
        groups[-1].append(exchange)
    return groups


@register.filter
def speaker_name(exchange: Any) -> str:
    """Who answers: the person, or the label as printed."""
    return name_of(exchange.speaker) if exchange.speaker else str(exchange.speaker_label)


@register.filter
def names_answering(answers: list[Any]) -> list[Words]:
    """Everyone who answers a question, once each, with the language of the name."""
    names = dict.fromkeys(name for name in map(speaker_name, answers) if name)
    return [Words(name, language_tag(name)) for name in names]


@register.filter
def film_count(number: int) -> str:
    """How many films."""
    return ngettext("%(number)s 部短片", "%(number)s 部短片", number) % {"number": number}


@register.filter
def answer_count(number: int) -> str:
    """How many answers."""
    return ngettext("%(number)s 个回答", "%(number)s 个回答", number) % {"number": number}


@register.filter
def question_count(number: int) -> str:
    """How many questions."""
    return ngettext("%(number)s 个问题", "%(number)s 个问题", number) % {"number": number}


@register.filter
def interview_count(number: int) -> str:
    """How many interviews."""
    return ngettext("%(number)s 篇访谈", "%(number)s 篇访谈", number) % {"number": number}


@register.filter
def maker_names(film: Any) -> list[Words]:
    """Everyone credited, once each, with the language of the name."""
    return list(dict.fromkeys(localised(credit.creator, "name") for credit in film.credits.all()))


@register.filter("standings")
def standings_of(row: Any) -> list[Standing]:
    """Where each field stands in the row's article."""
    return standings(row)


@register.filter
def listed(row: Any) -> list[Any]:
    """One row where a partial wants several."""
    return [row]


@register.filter
def web_links(creator: Any) -> list[str]:
    """The links that lead to the web; nothing else becomes one."""
    links = creator.links if isinstance(creator.links, list) else []
    return [link for link in links if web_link(link)]


@register.filter
def web_link(link: Any) -> str:
    """A link if it leads to the web: whatever is stored, no address becomes code."""
    return link if isinstance(link, str) and link.startswith(("https://", "http://")) else ""


@register.filter
def entry_name(row: Any) -> str:
    """An entry by name: an answer by its question, everything else by its title."""
    if isinstance(row, Exchange):
        return words.excerpt(row.question or row.answer, 40)
    if isinstance(row, Edition):
        return edition_title(row)
    return title_text(row.film if isinstance(row, Interview) and row.film and not row.heading else row)


@register.simple_tag(takes_context=True)
def page_numbers(context: dict[str, Any]) -> Any:
    """The numbers that the pager shows, with gaps."""
    page = context["page"]
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
