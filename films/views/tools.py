"""The tools that makers say they used."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.models import Tool, ToolUse
from films.shortcuts import find, moved, page_of


@require_safe
def tool_list(request: HttpRequest) -> HttpResponse:
    tools = Tool.objects.published().with_uses()
    return render(request, "films/tool_list.html", {"page": page_of(request, tools)})


@require_safe
def tool_detail(request: HttpRequest, slug: str) -> HttpResponse:
    tool = find(Tool.objects.published(), slug)
    if tool.slug != slug:
        return moved(request, tool)
    uses = ToolUse.objects.published().with_place().filter(tool=tool)
    return render(request, "films/tool_detail.html", {"tool": tool, "page": page_of(request, uses)})
