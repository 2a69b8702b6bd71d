"""The people who sign in."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

SALT = "films.models.user.session"


class User(AbstractUser):
    """An editor or an administrator; our own class from the first migration, so that it can grow."""

    # Raised to end every session of this person.
    session_number = models.PositiveIntegerField(_("登录批次"), default=0, editable=False)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A closed account's sessions are over for good, also when it is opened again."""
        if self.pk and not self.is_active:
            self.session_number += 1
            if (names := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*names, "session_number"}
        super().save(*args, **kwargs)

    @property
    def powers(self) -> list[str]:
        """What this person may do, as far as it decides on their sessions (2 queries, kept with the row)."""
        return ["superuser"] if self.is_superuser else sorted(self.get_all_permissions())

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """What a session must know to go on: it ends with the password, the role or the account changing."""
        said = [self.password, str(self.session_number), str(self.is_staff), *self.powers]
        return salted_hmac(SALT, "\n".join(said), secret=secret, algorithm="sha256").hexdigest()
