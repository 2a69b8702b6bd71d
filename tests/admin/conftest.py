"""People who open the admin in tests."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from films.models import User


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_superuser("editor")


@pytest.fixture
def desk(editor: User) -> Client:
    """A client signed in as someone who may do everything."""
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def desk_of(db: None) -> Callable[..., Client]:
    """Make a client of someone who may do just what is named: `desk_of("view_film")`."""

    def sign_in(*codenames: str) -> Client:
        user = User.objects.create_user(f"staff-{'-'.join(codenames)}", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        assert user.user_permissions.count() == len(codenames)
        client = Client()
        client.force_login(user)
        return client

    return sign_in
