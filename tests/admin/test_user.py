"""Accounts: power is handed out by administrators only."""

from typing import Any

from django.test import Client
from django.urls import reverse

from films.models import User
from tests.admin.forms import filled
from tests.admin.rows import make_group


def change_url(user: User) -> str:
    return reverse("admin:films_user_change", args=[user.pk])


def test_whoever_may_change_users_cannot_give_power(desk_of: Any) -> None:
    client = desk_of("view_user", "change_user")
    user = User.objects.get()
    forged = {"is_superuser": "on", "groups": [make_group().pk], "user_permissions": ["1"], "first_name": "新"}
    assert client.post(change_url(user), filled(client, change_url(user), **forged)).status_code == 302
    user.refresh_from_db()
    assert (user.first_name, user.is_superuser, user.is_staff, user.groups.count()) == ("新", False, True, 0)
    assert user.user_permissions.count() == 2


def test_an_administrator_is_out_of_reach(desk_of: Any) -> None:
    boss = User.objects.create_superuser("boss")
    client = desk_of("view_user", "change_user", "delete_user")
    password = reverse("admin:auth_user_password_change", args=[boss.pk])
    assert client.post(change_url(boss), {"username": "x"}).status_code == 403
    assert client.get(password).status_code == 403
    assert client.post(reverse("admin:films_user_delete", args=[boss.pk]), {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": [boss.pk], "post": "yes"}
    client.post(reverse("admin:films_user_changelist"), action)
    assert User.objects.filter(pk=boss.pk).exists()


def test_an_administrator_gives_power(desk: Client) -> None:
    user = User.objects.create_user("writer")
    assert desk.post(change_url(user), filled(desk, change_url(user), is_staff="on")).status_code == 302
    user.refresh_from_db()
    assert user.is_staff is True


def test_a_user_can_be_added(desk: Client) -> None:
    url = reverse("admin:films_user_add")
    secret = "a long and lonely road"
    values = {"username": "writer", "usable_password": "true", "password1": secret, "password2": secret}
    assert desk.post(url, filled(desk, url, **values)).status_code == 302
    assert User.objects.get(username="writer").check_password(secret)
