"""What would leave the desk's door open is named before the site serves."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


def check_second_factor(**kwargs: Any) -> list[CheckMessage]:
    """A password alone opens everything, and passwords are guessed, reused and read over shoulders."""
    if settings.SECOND_FACTOR:
        return []
    text = "SECOND_FACTOR is off: those who publish or administer sign in with a password alone."
    return [Warning(text, hint="Leave SECOND_FACTOR out of the environment, or set it to true.", id="films.W020")]


def register_checks() -> None:
    register(check_second_factor, Tags.security, deploy=True)
