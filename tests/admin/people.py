"""People of each role, signed in."""

from django.contrib.auth.models import Group
from django.test import Client

from films.choices import Role
from films.models import User


def sign_in(role: Role, name: str = "") -> tuple[User, Client]:
    user = User.objects.create_user(name or role.name, is_staff=True)
    user.groups.add(Group.objects.get(name=role.value))
    client = Client()
    client.force_login(user)
    return user, client
