"""What visitors type."""

from django import forms
from django.utils.translation import gettext_lazy as _

QUERY_LENGTH = 200


class SearchForm(forms.Form):
    q = forms.CharField(label=_("搜索"), max_length=QUERY_LENGTH, required=False)

    @property
    def query(self) -> str:
        """The words asked for; none when the form refuses them."""
        return str(self.cleaned_data["q"]) if self.is_valid() else ""
