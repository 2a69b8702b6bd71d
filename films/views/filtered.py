"""A list that visitors narrow: the same for films and for interviews."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from films.list_filter import ListFilter
from films.shortcuts import page_of


def filtered_list(
    request: HttpRequest, chosen: ListFilter, cards: Callable[[list[int]], list[Any]], template: str
) -> HttpResponse:
    """One page of what the filters leave, with what else they could leave (two queries; four when content has changed)."""
    page = page_of(request, chosen.ids, cards, chosen.found)
    context = {
        "filter": chosen,
        "offers": chosen.offers(),
        "advice": None if page.object_list else chosen.advice(),
        "total": chosen.total,
        "page": page,
    }
    return render(request, template, context)
