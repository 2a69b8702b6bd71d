"""The search page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.forms import SearchForm


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    results = form.results()
    if results and form.number > 1 and not results.hits:
        raise Http404
    return render(request, "films/search.html", {"form": form, "query": form.query, "results": results})
