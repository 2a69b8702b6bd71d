"""One thing that must not be: when it is so, what that means, and what to do."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.core.checks import ERROR, INFO, WARNING, CheckMessage

LEVELS = {"E": ERROR, "W": WARNING, "I": INFO}


class Rule(NamedTuple):
    # Ends the id of the message; its letter says how grave it is.
    name: str
    is_broken: Callable[[], bool]
    says: str
    remedy: str


def messages(rules: Iterable[Rule]) -> list[CheckMessage]:
    return [
        CheckMessage(LEVELS[rule.name[0]], rule.says, hint=rule.remedy, id=f"films.{rule.name}")
        for rule in rules
        if rule.is_broken()
    ]
