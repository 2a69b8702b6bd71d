"""Someone who changes entries."""

import pytest

from films.models import User


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_superuser("editor")
