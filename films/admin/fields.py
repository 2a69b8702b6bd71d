"""A list typed one entry a line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from films.validators import validate_plain_line

# How other names are typed in, for every entry that has some.
ALIASES = {"help_text": _("一行一个写法；文章里出现任何一个，都归到这里。"), "entry_validators": [validate_plain_line]}


class LinesField(forms.CharField):
    """Text with one entry a line ↔ a list of texts; every entry must pass `entry_validators`."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField lines-field"})

    def __init__(self, *, entry_validators: Any = (), **kwargs: Any) -> None:
        self.entry_validators = entry_validators
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(entry) for entry in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Split into entries: trimmed, without blanks and repetitions."""
        if isinstance(value, list):
            return value
        lines = (line.strip() for line in str(value or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        errors = [error for number, entry in enumerate(value, 1) for error in self.check_entry(number, entry)]
        if errors:
            raise ValidationError(errors)

    def check_entry(self, number: int, entry: str) -> list[ValidationError]:
        found = []
        for validator in self.entry_validators:
            try:
                validator(entry)
            except ValidationError as error:
                params = {"number": number, "entry": entry[:60], "reason": " ".join(error.messages)}
                found.append(ValidationError(_("第 %(number)s 行“%(entry)s”：%(reason)s"), "entry", params))
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != (initial or []))
