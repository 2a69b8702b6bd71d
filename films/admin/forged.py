"""Fields that a form does not offer this person, sent all the same: read by nobody, and written down."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest

from films.choices import SecurityKind
from films.security import events

# The parts of a moment have a field each.
PART = re.compile(r"_[01]\Z")


class ForgedMixin:
    """A model admin that notices what its form would never have sent."""

    model: Any

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)  # type: ignore[misc]
        if request.method == "POST" and not hasattr(request, "forged_fields"):
            request.forged_fields = forged(request, self.model, form.base_fields)  # type: ignore[attr-defined]
            if request.forged_fields:  # type: ignore[attr-defined]
                names = ", ".join(request.forged_fields)  # type: ignore[attr-defined]
                facts = {"target": f"{request.method} {request.path}", "detail": f"fields not offered: {names}"}
                events.record(SecurityKind.REFUSED, **events.by(request), **facts)
        return form


def forged(request: HttpRequest, model: Any, offered: Any) -> list[str]:
    """The model's own columns that were sent with a value although the form has no field for them."""
    columns = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    sent = {PART.sub("", name) for name, value in request.POST.items() if value}
    return sorted((sent & columns) - set(offered))
