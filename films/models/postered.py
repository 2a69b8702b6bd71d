"""The typographic poster of an entry: chosen once, at its first publication, and kept."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from films.choices import Status
from films.models.publishable import Publishable
from films.poster import Choice, Facts, breaks_title, choose, possible
from films.poster.labels import COMPOSITION_LABELS, FIGURE_LABELS, PIGMENT_LABELS
from films.validators import validate_plain_line

CHOSEN = ("poster_pigment", "poster_figure", "poster_composition")
LANGUAGE_TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en", "ja": "ja", "ko": "ko"}


class Postered(Publishable):
    """An entry whose title is set as a poster. What an editor fills in is kept; the rest is chosen by its bytes."""

    poster_pigment = models.CharField(_("海报颜料"), max_length=20, blank=True, choices=list(PIGMENT_LABELS.items()))
    poster_figure = models.CharField(_("海报图形"), max_length=20, blank=True, choices=list(FIGURE_LABELS.items()))
    poster_composition = models.CharField(
        _("海报构图"), max_length=20, blank=True, choices=list(COMPOSITION_LABELS.items())
    )
    poster_lines = models.CharField(
        _("海报断行"),
        max_length=250,
        blank=True,
        validators=[validate_plain_line],
        help_text=_("在断行处写一竖，例如 自愿|被吃的猪"),
    )
    poster_seed = models.CharField(
        _("海报种子"),
        max_length=100,
        blank=True,
        validators=[validate_plain_line],
        help_text=_("首次发布时取自地址，此后地址再改，海报不变；改动它会换一幅图形。"),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse what cannot be drawn."""
        super().clean()
        title = str(self.title)  # type: ignore[attr-defined]
        if self.poster_lines and not breaks_title(self.poster_lines, title):
            raise ValidationError({"poster_lines": _("断行去掉竖线以后，应与片名相同。")})
        fitting = possible(title, self.poster_pigment)
        changed = self._state.adding or self.poster_composition != self._stored_composition()
        if self.poster_composition and changed and self.poster_composition not in fitting:
            words = "、".join(COMPOSITION_LABELS[name] for name in fitting)
            message = _("这个片名不能用这种构图；可用：%(words)s。") % {"words": words}
            raise ValidationError({"poster_composition": message})

    def _stored_composition(self) -> str:
        """The composition as stored: one that a new title has outgrown need not be changed (one query)."""
        rows = type(self)._default_manager.filter(pk=self.pk)
        return rows.values_list("poster_composition", flat=True).first() or ""

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        chosen = choose_posters([self])
        if update_fields is not None:
            update_fields = {*update_fields, *chosen}
        super().save(*args, update_fields=update_fields, **kwargs)


def choose_posters(rows: Iterable[Any]) -> set[str]:
    """Fill what is open in the posters of published rows, in the order of their programmes.

    One query, and only when something is to be chosen; returns the names of the fields that may have changed.
    """
    unchosen = [row for row in rows if row.status == Status.PUBLISHED and not (all(_given(row)) and row.poster_seed)]
    if not unchosen:
        return set()
    taken = _taken(unchosen)
    for row in sorted(unchosen, key=_programme_order):
        row.poster_seed = row.poster_seed or row.slug
        choice = choose(row.poster_seed, row.title, taken[row.edition_id], Choice(*_given(row)))
        row.poster_pigment, row.poster_figure, row.poster_composition = (
            choice.pigment,
            choice.figure,
            choice.composition,
        )
        if row.edition_id:
            taken[row.edition_id].append(choice)
    return {*CHOSEN, "poster_seed"}


def _given(row: Any) -> tuple[str, ...]:
    return tuple(getattr(row, name) for name in CHOSEN)


def _taken(rows: list[Any]) -> defaultdict[int | None, list[Choice]]:
    """What each edition has: in its stored posters, and by an editor's word in these."""
    editions = {row.edition_id for row in rows if row.edition_id}
    taken: defaultdict[int | None, list[Choice]] = defaultdict(list)
    stored = type(rows[0])._default_manager.filter(edition__in=editions).order_by()
    these = {row.pk for row in rows}
    for pk, edition, *names in stored.values_list("pk", "edition_id", *CHOSEN) if editions else ():
        if pk not in these:
            taken[edition].append(Choice(*names))
    for row in rows:
        if row.edition_id and any(_given(row)):
            taken[row.edition_id].append(Choice(*_given(row)))
    return taken


def _programme_order(row: Any) -> tuple[bool, int, int]:
    return row.position is None, row.position or 0, row.pk or 0


def poster_facts(film: Any) -> Facts:
    """What a film's poster is drawn from; no query when its credits and edition are at hand.

    A film that was never published is shown as it would be chosen if its edition were its own.
    """
    seed = film.poster_seed or film.slug
    choice = choose(seed, film.title, given=Choice(*_given(film)))
    names = dict.fromkeys(credit.creator.name for credit in film.credits.all()) if film.pk else {}
    return Facts(
        title=film.title,
        creator="、".join(names),
        edition=_edition_words(film.public_edition),
        pigment=choice.pigment,
        figure=choice.figure,
        composition=choice.composition,
        seed=seed,
        lines=film.poster_lines,
        lang=LANGUAGE_TAGS.get(getattr(film, "content_language", None) or "", "zh-Hans"),
    )


def _edition_words(edition: Any) -> str:
    return f"{edition.theme or edition.name} {edition.year or ''}".strip() if edition else ""
