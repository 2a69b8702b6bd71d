"""Passwords that anybody would try first here: the words of this place with a year or a mark behind them."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from films.models import Edition, Organisation
from films.text import spelled

# The program, and what people do here.
WORDS = ("elysium", "film", "interview", "editor", "publisher", "admin", "password")
# What must be left when those are taken out.
LEAST_BESIDE = 8
# Shorter Latin words are www and the like; two Han characters are a word already.
SHORTEST, SHORTEST_HAN = 4, 2


def words_of_place() -> list[str]:
    """Those words, the parts of our host names, the names of our editions and partners with their pinyin.

    Long ones first, as one may lie in another (2 queries).
    """
    hosts = {label for host in settings.ALLOWED_HOSTS for label in host.split(".")}
    editions = Edition.objects.values_list("name", "name_en", "theme")
    names = {name for row in (*editions, *Organisation.objects.values_list("name", "name_en")) for name in row}
    typed = {form.replace(" ", "") for name in names for form in (name, spelled(name))}
    found = {word.casefold() for word in (*WORDS, *hosts, *names, *typed)}
    return sorted(filter(is_word, found), key=len, reverse=True)


def is_word(text: str) -> bool:
    return len(text) >= (SHORTEST if text.isascii() else SHORTEST_HAN)


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
