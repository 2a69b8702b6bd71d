"""The admin's front door: our names, the reader's language, suggestions that tell rows apart."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from films.admin import kept_form
from films.admin.board import board, todo
from films.admin.condition import condition
from films.admin.figures import charts
from films.admin.last_events import last_events
from films.admin.merge import may_merge, merges_page, undo_merge
from films.admin.roles import SuggestionsMixin, on_site
from films.admin.seen import may_view
from films.admin.sign_in import SignInMixin
from films.admin.suggestions import may_file, suggestions
from films.merging import MERGEABLE
from films.models import Film

# The nouns in the order of an editor's day; what stands in no group comes last.
GROUPS = (
    (pgettext_lazy("group", "节目"), ("Film", "Edition", "Creator", "Organisation")),
    (pgettext_lazy("group", "访谈"), ("Interview", "Exchange", "Topic")),
    (pgettext_lazy("group", "目录"), ("Theme", "Tool", "Work")),
    (pgettext_lazy("group", "来源与记录"), ("Source", "ImportRun", "SlugRedirect", "SecurityEvent")),
    (pgettext_lazy("group", "账号"), ("User", "Group")),
)

# The stock admin takes every other method for a GET; here they are refused before anything is looked at.
known_methods = require_http_methods(["GET", "HEAD", "POST"])


def grouped(apps: list[Any]) -> list[Any]:
    """The models that somebody may see, as groups in the shape of apps."""
    models = {model["object_name"]: (app, model) for app in apps for model in app["models"]}
    named = {name for _label, names in GROUPS for name in names}
    others = [name for name in models if name not in named]
    found = []
    for label, names in (*GROUPS, (pgettext_lazy("group", "其他"), others)):
        shown = [models[name] for name in names if name in models]
        if shown:
            found.append({**shown[0][0], "name": label, "models": [model for _app, model in shown]})
    return found


class LabelledSuggestions(SuggestionsMixin, AutocompleteJsonView):
    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        key = str(getattr(obj, to_field_name))
        return {"id": key, "text": self.model_admin.label(obj)}


def desk_links(request: HttpRequest) -> list[tuple[str, str]]:
    """Our own pages, as far as this person may open them."""
    pages = [
        (_("缺什么"), "admin:board", may_view(request, Film)),
        (_("归题建议"), "admin:suggestions", may_file(request)),
        (_("合并重复"), "admin:merges", any(may_merge(request, model) for model in MERGEABLE)),
        (_("导入文章"), "admin:films_source_import", request.user.has_perm("films.import_source")),
    ]
    return [(str(label), reverse(name)) for label, name, is_open in pages if is_open]


def kept_first(site: admin.AdminSite, view: Callable[..., Any]) -> Callable[..., Any]:
    """Show first what was kept for this page; the form of an entry shows it by itself."""
    if getattr(getattr(view, "__self__", None), "is_stamped", False) and view.__name__ in ("add_view", "change_view"):
        return view

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        found = kept_form.kept_for(request)
        if found is None:
            return view(request, *args, **kwargs)
        kept_form.forget(request)
        return kept_form.resume_page(request, site.each_context(request), found)

    return shown


def in_own_language(
    view: Callable[..., Any], before: Callable[[HttpRequest], None] = lambda request: None
) -> Callable[..., Any]:
    """Let the admin follow the language cookie.

    Public pages say their language in their address, and for addresses without one the
    locale middleware then takes the default language; the admin has one address for both.
    """

    @wraps(view)
    def localised(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        language = translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        before(request)
        return view(request, *args, **kwargs)

    return localised


class ElysiumAdminSite(SignInMixin, admin.AdminSite):
    site_header = _("Elysium 编辑台")
    site_title = _("Elysium 编辑台")
    index_title = _("编辑台")
    empty_value_display = ""

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Our own pages beside those of the nouns."""
        own = [
            path("board/", self.admin_view(board), name="board"),
            path("suggestions/", self.admin_view(suggestions), name="suggestions"),
            path("merges/", self.admin_view(merges_page), name="merges"),
            path("merges/<int:revision>/undo/", self.admin_view(undo_merge), name="undo_merge"),
            # The stock one tells the addresses of hidden rows to whoever has an account.
            path(
                "r/<path:content_type_id>/<path:object_id>/",
                self.admin_view(partial(on_site, self)),
                name="view_on_site",
            ),
        ]
        return [*own, *self.sign_in_urls(), *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        own = {"todo": todo(request), "charts": charts(request), "condition": condition(request)}
        own |= {"events": last_events(request)}
        return super().index(request, own | (extra_context or {}))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """With the pages of our own that this person may open."""
        own = {"desk_links": desk_links(request), "typist": kept_form.typist_of(request.user)}
        return {**super().each_context(request), **own}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """In the order of the work rather than of their spelling."""
        apps: list[Any] = super().get_app_list(request, app_label)
        return apps if app_label else grouped(apps)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        shown = super().admin_view(kept_first(self, view), cacheable)
        return known_methods(in_own_language(shown, before=self.keep_typed))

    def open_view(self, view: Any) -> Any:
        """A page of the way in, which those see too who are not in yet."""
        return known_methods(in_own_language(never_cache(view)))

    def keep_typed(self, request: HttpRequest) -> None:
        """What an ended session sends is kept until the same person has signed in."""
        if request.method == "POST" and not self.has_permission(request):
            kept_form.keep(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response: HttpResponse = known_methods(in_own_language(super().login))(request, extra_context)
        return response

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return LabelledSuggestions.as_view(admin_site=self)(request)
