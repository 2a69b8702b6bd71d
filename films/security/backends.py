"""Who may sign in at all."""

from typing import Any

from django.contrib.auth.backends import ModelBackend


class DeskBackend(ModelBackend):
    """Accounts are for the desk: one without it is answered like one that is not there, and loses its session."""

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and bool(user.is_staff)
