"""The tools that makers say they used."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.crossing import steps_across
from films.list_orders import FILM_ORDERS
from films.models import Film, Tool, ToolUse
from films.pages.ids import kept_ids
from films.pages.tools import tool_films, use_cards
from films.shortcuts import find, moved, page_in


@require_safe
def tool_list(request: HttpRequest) -> HttpResponse:
    """Films whose makers say which tools they used, and at which step."""
    stating = Film.objects.published().stating_tools().order_by(*FILM_ORDERS["programme"].columns)
    page = page_in(request, kept_ids("films stating tools", stating.all), tool_films)
    return render(request, "films/tool_list.html", {"page": page, "grid": steps_across(page.object_list)})


@require_safe
def tool_detail(request: HttpRequest, slug: str) -> HttpResponse:
    tool = find(Tool.objects.published(), slug)
    if tool.slug != slug:
        return moved(request, tool)
    uses = kept_ids(("uses of", tool.pk), ToolUse.objects.published().filter(tool=tool).all)
    return render(request, "films/tool_detail.html", {"tool": tool, "page": page_in(request, uses, use_cards)})
