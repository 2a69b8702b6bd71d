"""The tools that makers say they used."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.crossing import steps_across
from films.filters import FILM_ORDERS
from films.models import Film, Tool, ToolUse
from films.shortcuts import find, moved, page_of


@require_safe
def tool_list(request: HttpRequest) -> HttpResponse:
    films = Film.objects.published().with_card_data().with_tool_uses().order_by(*FILM_ORDERS["programme"][1])
    page = page_of(request, films)
    return render(request, "films/tool_list.html", {"page": page, "grid": steps_across(page.object_list)})


@require_safe
def tool_detail(request: HttpRequest, slug: str) -> HttpResponse:
    tool = find(Tool.objects.published(), slug)
    if tool.slug != slug:
        return moved(request, tool)
    uses = ToolUse.objects.published().with_place().filter(tool=tool)
    return render(request, "films/tool_detail.html", {"tool": tool, "page": page_of(request, uses)})
