"""Make the demo's editor account; its password is random and printed once."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from films.choices import SecurityKind
from films.models import User
from films.security import events

NAME = "editor"


class Command(BaseCommand):
    help = "Make an account for trying out the admin; its random password is printed once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--new-password", action="store_true", help="give the account that is there a new one")

    def handle(self, *args: Any, new_password: bool, **options: Any) -> None:
        user, created = User.objects.get_or_create(
            username=NAME, defaults={"is_staff": True, "is_superuser": True, "password": "!"}
        )
        if created or new_password:
            self.set_password(user)
        else:
            self.stdout.write(f"The account “{NAME}” is there already. For a new password: make password")

    def set_password(self, user: User) -> None:
        password = secrets.token_urlsafe(15)
        user.set_password(password)
        user.save(update_fields=["password"])
        events.record(
            SecurityKind.ROLE, **events.by_operator(), target=f"user {NAME}", detail="superuser, new password"
        )
        self.stdout.write(f"Sign in at /admin/ as “{NAME}” with the password {password} (shown only this once).")
