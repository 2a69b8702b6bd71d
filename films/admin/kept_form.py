"""What was typed when the session had ended: kept until the same person has signed in, then shown again, unsaved."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.csrf import csrf_failure as stock_csrf_failure

from films.unwritable import Cause

TYPIST = "_typist"
KEPT = "_kept"
SESSION_KEY = "kept_form"
SENTENCE = gettext_lazy("登录已过期，所以刚才没有保存。您填写的都在下面，看过以后再保存一次。")
ASK = gettext_lazy(
    "您填写的都在下面，一个字也没有丢。请留着这个页面，过几分钟再保存一次；还是不行，就告诉管理服务器的人。"
)
UNWRITTEN = {
    Cause.FULL: gettext_lazy("没有保存：服务器的磁盘满了。"),
    Cause.CLOSED: gettext_lazy("没有保存：服务器上存放内容的文件夹现在只能读，不能写。"),
    Cause.BUSY: gettext_lazy("没有保存：数据库正忙，别人正在存很多东西。"),
    Cause.AWAY: gettext_lazy("没有保存：存放内容的地方（数据库或文件库）暂时没有回应。"),
}
# A form that is larger is refused by Django before it comes here.
NEVER = ("csrfmiddlewaretoken", TYPIST, KEPT)
signer = Signer(salt="films.admin.kept_form")


def typist_of(user: Any) -> str:
    """Says in a form who opened it, so that what is typed in it is shown to nobody else."""
    return signer.sign(str(user.pk))


def who_typed(data: Any) -> str:
    """The key of the person whom a posted form was made for; empty when it does not say."""
    try:
        return signer.unsign(data.get(TYPIST, ""))
    except BadSignature:
        return ""


def fields_of(data: Any) -> list[tuple[str, str]]:
    """Every control as it was posted, but no password and nothing that the page makes itself."""
    return [
        (name, value)
        for name, values in data.lists()
        for value in values
        if name not in NEVER and "password" not in name
    ]


def keep(request: HttpRequest) -> None:
    """Keep what an ended session has sent, in the session of the browser; it goes with it."""
    by = who_typed(request.POST)
    if not by:
        return
    request.session[SESSION_KEY] = {
        "path": request.get_full_path(),
        "by": by,
        "fields": fields_of(request.POST),
        "files": bool(request.FILES),
    }


def kept_for(request: HttpRequest) -> dict[str, Any] | None:
    """What was kept for this page, if this is the person who typed it; another one is told that there is something."""
    found: dict[str, Any] | None = request.session.get(SESSION_KEY)
    if found is None or request.method != "GET" or not is_same(found["path"], request.get_full_path()):
        return None
    if found["by"] != str(request.user.pk):
        messages.warning(request, _("这个浏览器上有另一位登录者还没有保存的内容。只有那一位登录后才看得到它。"))
        return None
    return found


def is_same(address: str, other: str) -> bool:
    """Whether two addresses ask for the same, however their letters are escaped."""
    one, two = urlsplit(address), urlsplit(other)
    return one.path == two.path and parse_qsl(one.query, keep_blank_values=True) == parse_qsl(
        two.query, keep_blank_values=True
    )


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def why(kept: str) -> str:
    """Why a form is shown again instead of being saved."""
    return f"{UNWRITTEN[Cause(kept)]}{ASK}" if kept in UNWRITTEN else str(SENTENCE)


def as_posted(request: HttpRequest, found: dict[str, Any]) -> None:
    """Let a form be shown with what was kept; it is marked, so that it is shown and not saved."""
    data = QueryDict(mutable=True)
    for name, value in found["fields"]:
        data.appendlist(name, value)
    data[KEPT] = found.get("why", "1")
    # Django reads the body when files are first asked for, and would then empty what is set here.
    request.FILES.clear()
    request.method, request.POST = "POST", data  # type: ignore[assignment]
    if found["files"]:
        messages.warning(request, files_words())


def files_words() -> str:
    return _("所选的文件没有留下，请再选一次。")


def resume_page(
    request: HttpRequest, context: dict[str, Any], found: dict[str, Any], sentence: Any = SENTENCE
) -> HttpResponse:
    """What was kept for a page that shows no form of an entry: to be looked at and sent."""
    context |= {"title": _("您填写的还在"), "sentence": sentence, "action": found["path"]}
    context |= {"fields": found["fields"], "files": files_words() if found["files"] else ""}
    return TemplateResponse(request, "admin/films/kept_form.html", context)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form of the desk whose token a later sign-in made worthless is shown again, to the same person.

    Only what this site's own page has sent: a browser says so in `Origin`.
    """
    if not (request.path.startswith(reverse("admin:index")) and is_ours(request) and who_typed(request.POST)):
        return stock_csrf_failure(request, reason)
    keep(request)
    if who_typed(request.POST) == str(request.user.pk):
        return redirect(request.get_full_path())
    if request.user.is_authenticated:
        messages.warning(request, _("这个浏览器上有另一位登录者还没有保存的内容。只有那一位登录后才看得到它。"))
        return redirect("admin:index")
    return redirect(request.get_full_path())


def is_ours(request: HttpRequest) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
