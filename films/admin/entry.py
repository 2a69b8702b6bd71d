"""A film's form with everything that one entry has: makers by name, and the interview with its questions."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from films.admin.long_text import LongText
from films.admin.pasting import DIALOGUE_FIELDS, DialogueForm
from films.admin.talk import TALK_VERSION, TalkFormSet, talk_of
from films.admin.versioned import claim
from films.choices import TitleOrigin
from films.models import Exchange, Film, Interview
from films.validators import is_before, validate_plain_line

# What a film's form holds of its interview, beside the rows.
TALK_FIELDS = ("interviewer", TALK_VERSION, *DIALOGUE_FIELDS)

INTERVIEWER = Interview._meta.get_field("interviewer")


class FilmForm(DialogueForm):
    """`may_edit_talk` is set for each request."""

    may_edit_talk = True

    interviewer = forms.CharField(
        label=capfirst(INTERVIEWER.verbose_name),
        help_text=INTERVIEWER.help_text,
        max_length=INTERVIEWER.max_length,
        validators=[validate_plain_line],
        required=False,
    )
    talk_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        widgets = {name: LongText({"rows": 5}) for name in ("synopsis", "synopsis_en", "statement")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        talk = talk_of(self.instance)
        if talk:
            self.initial = {**self.initial, "interviewer": talk.interviewer, TALK_VERSION: talk.version}
        if not self.may_edit_talk:
            for name in TALK_FIELDS:
                self.fields.pop(name, None)

    def clean(self) -> Any:
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        if "title_origin" in cleaned and "title" in cleaned:
            cleaned["title_origin"] = self.settled_origin(cleaned["title"], cleaned["title_origin"])
        if "pull_quote" in cleaned:
            self.settle_quote(cleaned)
        if is_before(cleaned.get("made_to") or "", cleaned.get("made_from") or ""):
            self.add_error("made_to", _("完成早于开始制作。请改其中一个，或清空。"))
        return cleaned

    def settled_origin(self, title: str, origin: str) -> str:
        """A title without an origin is ours; so is an imported title that we changed."""
        if not title:
            return TitleOrigin.NOT_STATED
        retyped = "title" in self.changed_data and "title_origin" not in self.changed_data
        if origin == TitleOrigin.NOT_STATED or (retyped and self.instance.source_id):
            return TitleOrigin.EDITOR
        return origin

    def settle_quote(self, cleaned: dict[str, Any]) -> None:
        """A pull quote stands word for word in one of the film's answers, as stored or as typed in this form."""
        quote, exchange = cleaned["pull_quote"], cleaned.get("pull_quote_exchange")
        if not quote:
            cleaned["pull_quote_exchange"] = None
            return
        answers = self.answers()
        said = [key for key, answer in answers if quote in answer and exchange in (None, key)]
        if not said:
            where = _("所选的回答") if exchange else _("本片的访谈")
            self.add_error(
                "pull_quote",
                ValidationError(_("%(where)s里没有这句话。引文要逐字摘自本片的一段回答。"), "quote", {"where": where}),
            )
        cleaned["pull_quote_exchange"] = said[0] if said else None

    def answers(self) -> list[tuple[Exchange | None, str]]:
        """Every answer of the film: the rows of this form as typed (a new one has no key yet), others as stored."""
        rows = typed_answers(getattr(self.instance, "talk_rows", None))
        keys = [row.pk for row, _answer in rows if row]
        talk = talk_of(self.instance) if self.may_edit_talk else None
        stored = Exchange.objects.filter(interview__film=self.instance.pk or 0).exclude(pk__in=keys)
        others = stored.exclude(interview=talk) if talk else stored
        return [*rows, *((row, row.answer) for row in others)]

    def refuse_stale(self) -> None:
        """The interview is part of the form: a save is stale for both."""
        talk = talk_of(self.instance)
        now = talk.version if talk else None
        if self.may_edit_talk and self.cleaned_data.get(TALK_VERSION) != now:
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data[self.add_prefix(TALK_VERSION)] = "" if now is None else str(now)
            self.data = data
            self.cleaned_data[TALK_VERSION] = None
            self.cleaned_data["loaded_version"] = None
        super().refuse_stale()


def typed_answers(rows: TalkFormSet | None) -> list[tuple[Exchange | None, str]]:
    found = []
    for form in rows.forms if rows else ():
        if form.is_bound and form.is_valid() and (form.instance.pk or form.has_changed()):
            values = form.cleaned_data
            if not values.get("DELETE"):
                found.append((form.instance if form.instance.pk else None, values.get("answer", "")))
    return found


def save_talk(request: HttpRequest, form: Any, formset: TalkFormSet) -> Interview | None:
    """Store a film's interview with its rows; returns it if something in it changed."""
    talk, film = formset.instance, form.instance
    follows = bool(talk.pk) and "status" in form.changed_data and talk.status == form.initial.get("status")
    touched = formset.has_changed() or "interviewer" in form.changed_data or follows
    if touched and talk.pk:
        claim(talk, talk.version)
    if touched:
        talk.interviewer = form.cleaned_data.get("interviewer", talk.interviewer)
        if not talk.pk:
            talk.film, talk.edition, talk.created_by = film, film.edition, request.user
        if follows or not talk.pk:
            talk.status = film.status
        talk.save()
        film._talk = talk
    formset.save()
    return talk if touched else None


def settle_quote(film: Film) -> None:
    """Tie a quote to the answer that it was typed together with (two queries, only then)."""
    if film.pull_quote and not film.pull_quote_exchange_id:
        answers = Exchange.objects.filter(interview__film=film, answer__contains=film.pull_quote)
        film.pull_quote_exchange = answers.order_by("interview", "position").first()
        film.save(update_fields=["pull_quote_exchange"])


class Section(NamedTuple):
    """A part of the form: its fields, and the rows that stand below them."""

    number: int
    fieldset: Any
    inlines: list[Any]

    @property
    def is_dialogue(self) -> bool:
        return "dialogue" in self.fieldset.classes


def sections(adminform: Any, formsets: list[Any]) -> list[Section]:
    """The form in the order of the work: rows stand below the fields that they belong to."""
    parts = [Section(number, fieldset, []) for number, fieldset in enumerate(adminform)]
    for formset in formsets:
        wanted = getattr(formset.opts, "follows", ())
        places = [part for name in wanted for part in parts if name in field_names(part.fieldset)]
        (places or parts[-1:])[0].inlines.append(formset)
    return parts


def field_names(fieldset: Any) -> list[str]:
    return [name for row in fieldset.fields for name in (row if isinstance(row, (list, tuple)) else [row])]
