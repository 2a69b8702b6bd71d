"""Passwords that anybody would try first here: the words of this place with a year or a mark behind them."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The site, its house, its first edition and its partners, as people type them; and what they are here for.
WORDS = (
    "elysium", "nowness", "dreamina", "jimeng", "jileshijie", "weilaiyingxiang", "douyin", "bytedance",
    "极乐世界", "未来影像", "即梦", "抖音", "films", "film", "interview", "editor", "publisher", "admin", "password",
)  # fmt: skip
# What must be left when those are taken out.
LEAST_BESIDE = 8
# Shorter parts of a host's name are www and the like.
SHORTEST_LABEL = 4


def words_of_place() -> list[str]:
    """The words and the parts of our own host names, long ones first, as one may lie in another."""
    labels = {label for host in settings.ALLOWED_HOSTS for label in host.casefold().split(".")}
    return sorted({*WORDS, *(label for label in labels if len(label) >= SHORTEST_LABEL)}, key=len, reverse=True)


class PlaceValidator:
    """Refuses a password that is little more than the words of this place."""

    def validate(self, password: str, user: Any = None) -> None:
        typed = password.casefold()
        rest = typed
        for word in words_of_place():
            rest = rest.replace(word, "")
        if rest != typed and len(rest) < LEAST_BESIDE:
            raise ValidationError(self.get_help_text(), code="password_of_the_place")

    def get_help_text(self) -> str:
        return _("密码不能主要由本站的名字、网址或合作方的名字组成：别人会先试这些。")
