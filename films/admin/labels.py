"""Words for a row where only one line is to be had: untitled films are told apart by their maker."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from films.models import Exchange, Film, Interview


def makers_of(film: Film) -> str:
    """The credited names, makers before others (free when credits are prefetched)."""
    names = dict.fromkeys(credit.creator.name for credit in film.credits.all())
    return str(pgettext("between names", "、")).join(names)


def film_label(film: Film) -> str:
    makers = makers_of(film)
    if not makers:
        return str(film)
    return _("%(title)s（%(makers)s）") % {"title": film, "makers": makers}


def interview_label(interview: Interview) -> str:
    if interview.heading or not interview.film:
        return str(interview)
    return f"{_('访谈')} {film_label(interview.film)}"


def exchange_label(exchange: Exchange) -> str:
    """Number, speaker and first words: questions repeat from film to film."""
    speaker = exchange.speaker.name if exchange.speaker else exchange.speaker_label
    return " ".join(part for part in (f"{exchange.position}.", speaker, str(exchange)) if part)


LABELS = {Film: film_label, Interview: interview_label, Exchange: exchange_label}


def label_of(row: Any) -> str:
    make: Any = LABELS.get(type(row), str)
    return str(make(row))
