"""What `/readyz` says to machines, said to the people of the desk: what does not work, who can mend it, and how."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from films import readiness
from films.readiness import State, Word

# Part → what people notice, and what whoever looks after the server can do.
BROKEN: dict[str, tuple[Any, Any]] = {
    "database": (
        _("现在只能看，不能保存：数据库写不进去。"),
        _("请看磁盘是否满了、存放数据的文件夹是否可写、数据库是否在运行。"),
    ),
    "migrations": (
        _("程序比数据库新，有的页面会出错。"),
        _("请在服务器上运行 manage.py migrate，再重启网站。"),
    ),
    "disk": (
        _("磁盘满了，随时会存不进东西。"),
        _("请删掉不用的文件（例如旧的备份），或者换大一点的磁盘；不用重启。"),
    ),
    "cache": (_("缓存没有回应，网站会慢一些。"), _("请看 Redis 是否在运行，CACHE_URL 是否写对。")),
    "media": (
        _("图片和影片现在存不进去。"),
        _("请看存放媒体的文件夹是否可写，或者对象存储是否有回应。"),
    ),
}
LOW = (
    _("磁盘所剩不多，还能保存。"),
    _("请删掉不用的文件（例如旧的备份），或者换大一点的磁盘。"),
)
ASK = _("请告诉管理服务器的人。已经打开的页面可以留着，修好以后再保存。")


class Notice(NamedTuple):
    what: Any
    remedy: Any
    detail: str = ""


class Condition(NamedTuple):
    """What the front page shows of the site itself."""

    notices: list[Notice]
    is_administrator: bool

    @property
    def is_shown(self) -> bool:
        return self.is_administrator or bool(self.notices)


def condition(request: HttpRequest) -> Condition:
    """Administrators see all of it with paths and numbers, others what keeps them from their work."""
    may_mend = bool(request.user.has_perm("films.change_user"))
    found = (notice(state, may_mend) for state in readiness.states())
    return Condition([one for one in found if one], may_mend)


def notice(state: State, may_mend: bool) -> Notice | None:
    """One part in words; None when there is nothing to say about it to this person."""
    if state.is_well and not (state.word == Word.LOW and may_mend):
        return None
    what, remedy = LOW if state.is_well else BROKEN[state.part]
    return Notice(what, remedy, state.detail) if may_mend else Notice(what, ASK)
