"""What visitors type."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from films.models import SearchKind
from films.search import QueryTooLong, Results, search
from films.search.query import parse

QUERY_LENGTH = 200
HITS_SHOWN = 20
DEEPEST_PAGE = 1000


def searchable(query: str) -> None:
    """Refuse more words than a search can be asked at once."""
    try:
        parse(query)
    except QueryTooLong as error:
        raise ValidationError(str(error), code="words") from error


class QueryField(forms.CharField):
    """Words to look for, within what a search can be asked at once."""

    default_validators = [searchable]
    widget = forms.TextInput(attrs={"type": "search"})


class SearchForm(forms.Form):
    """What to look for, of which kind, and which page of the hits."""

    q = QueryField(label=_("搜索"), required=False)
    kind = forms.ChoiceField(label=_("类别"), choices=[("", ""), *SearchKind.choices], required=False)
    page = forms.IntegerField(label=_("页"), min_value=1, max_value=DEEPEST_PAGE, required=False)

    @property
    def query(self) -> str:
        """The words asked for; none when the form refuses them."""
        return str(self.cleaned_data["q"]) if self.is_valid() else ""

    @property
    def typed(self) -> str:
        """What the visitor typed, for the box, whether or not it can be looked for."""
        return "".join(filter(str.isprintable, self.data.get("q", "")[:QUERY_LENGTH]))

    @property
    def number(self) -> int:
        """The page asked for."""
        return self.cleaned_data["page"] or 1 if self.is_valid() else 1

    def results(self) -> Results | None:
        """One page of hits; nothing as long as nothing, or something impossible, is asked."""
        if not self.query:
            return None
        offset = (self.number - 1) * HITS_SHOWN
        return search(self.query, kind=self.cleaned_data["kind"] or None, limit=HITS_SHOWN, offset=offset)
