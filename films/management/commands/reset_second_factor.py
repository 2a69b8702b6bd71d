"""`manage.py reset_second_factor NAME`: let somebody set the second step up anew when nobody at the desk can."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from films.choices import SecurityKind
from films.models import User
from films.security import events, second_factor
from films.security.throttling import unlock


class Command(BaseCommand):
    help = (
        "Remove an account's two-step sign-in and its lock, so that it signs in with the password and sets it up anew."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the account's user name")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account “{name}”.")
        unlock(name)
        if not second_factor.remove(user):
            self.stdout.write(f"“{name}” had no two-step sign-in. A lock, if there was one, is gone.")
            return
        events.record(SecurityKind.FACTOR_REMOVED, **events.by_operator(), target=name)
        self.stdout.write(f"“{name}” signs in with the password alone, once, and is then asked to set it up anew.")
