"""The people who sign in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """An editor or an administrator; our own class from the first migration, so that it can grow."""
