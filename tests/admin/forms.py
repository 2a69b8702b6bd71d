"""A form of the admin as a browser would send it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.template.response import SimpleTemplateResponse
from django.test import Client


def as_posted(form: Any) -> dict[str, Any]:
    """Every control of a form with its present value, as HTML would send it."""
    data = {}
    for bound in form:
        value = bound.value()
        value = bound.field.prepare_value(value) if not hasattr(bound.field.widget, "widgets") else value
        widget = getattr(bound.field.widget, "widget", bound.field.widget)
        if hasattr(widget, "decompress"):
            parts = value if isinstance(value, list) else widget.decompress(value)
            data |= {f"{bound.html_name}_{number}": part or "" for number, part in enumerate(parts)}
        elif isinstance(value, (list, tuple)):
            data[bound.html_name] = [str(getattr(entry, "pk", entry)) for entry in value]
        elif value is not None and value is not False:
            data[bound.html_name] = str(value)
        elif value is None and not getattr(widget, "allow_multiple_selected", False):
            data[bound.html_name] = ""
    return data


@contextmanager
def undrawn() -> Iterator[None]:
    """Pages of the admin are asked for what they were given to show (`context_data`): drawing is most of their cost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SimpleTemplateResponse, "rendered_content", "")
        yield


def filled(client: Client, url: str, **changes: Any) -> dict[str, Any]:
    """Open a form and fill it in; `changes` name controls (`title`, `credits-0-creator`)."""
    with undrawn():
        response: Any = client.get(url)
    assert response.status_code == 200
    data = as_posted(response.context_data["adminform"].form)
    for inline in response.context_data["inline_admin_formsets"]:
        data |= as_posted(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= as_posted(form)
    return data | changes


def errors_of(response: Any) -> list[str]:
    """Every error that a redisplayed form shows."""
    return list(response.context["errors"])


def deleted(client: Client, url: str, **body: Any) -> Any:
    """Ask for a deletion (of one, or of what a list's action chose) and confirm what the page shows."""
    asked = client.post(url, body) if body else client.get(url)
    return client.post(url, body | {"post": "yes", "seen_stamp": asked.context["stamp"]})
