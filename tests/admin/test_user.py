"""Accounts: power is handed out by administrators only."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from films.choices import Role
from films.models import User
from tests.admin.forms import filled
from tests.admin.people import sign_in
from tests.admin.rows import make_group

pytestmark = pytest.mark.django_db


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


def test_the_administrator_role_gives_roles_but_makes_no_superuser() -> None:
    _boss, client = sign_in(Role.ADMINISTRATORS)
    user = User.objects.create_user("writer")
    url = change_url(user)
    editors = Group.objects.get(name=Role.EDITORS)
    data = filled(client, url, is_staff="on", groups=[str(editors.pk)], is_superuser="on")
    assert client.post(url, data).status_code == 302
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser, list(user.groups.all())) == (True, False, [editors])
    labels = [label for _value, label in client.get(url).context["adminform"].form.fields["groups"].choices]
    assert labels == ["管理员", "投稿人", "编辑", "发布者"]


def test_nobody_raises_anybody_above_their_own_rights() -> None:
    boss, client = sign_in(Role.ADMINISTRATORS)
    beyond = make_group()
    log = Permission.objects.get(codename="delete_logentry")
    beyond.permissions.add(log)
    user = User.objects.create_user("writer")
    for forged in ({"groups": [str(beyond.pk)]}, {"user_permissions": [str(log.pk)]}):
        for target in (user, boss):
            url = change_url(target)
            assert client.post(url, filled(client, url, **forged)).status_code == 200
    assert not user.get_all_permissions()
    boss = User.objects.get(pk=boss.pk)
    assert "admin.delete_logentry" not in boss.get_all_permissions()
    assert boss.is_superuser is False


def test_an_account_with_further_rights_is_out_of_reach() -> None:
    _boss, client = sign_in(Role.ADMINISTRATORS)
    other = User.objects.create_user("archivist", is_staff=True)
    other.user_permissions.add(Permission.objects.get(codename="delete_logentry"))
    assert client.get(reverse("admin:auth_user_password_change", args=[other.pk])).status_code == 403
    assert client.post(change_url(other), {"username": "x"}).status_code == 403
    assert client.post(reverse("admin:films_user_delete", args=[other.pk]), {"post": "yes"}).status_code == 403


def test_the_roles_stay_what_they_are(desk: Client) -> None:
    group = Group.objects.get(name=Role.CONTRIBUTORS)
    _boss, client = sign_in(Role.ADMINISTRATORS)
    own = make_group()
    for someone in (client, desk):
        url = reverse("admin:auth_group_change", args=[group.pk])
        assert someone.post(url, {"name": "x", "permissions": ["1"]}).status_code == 403
        assert someone.post(reverse("admin:auth_group_delete", args=[group.pk]), {"post": "yes"}).status_code == 403
        data = {"action": "delete_selected", "_selected_action": [group.pk, own.pk], "post": "yes"}
        someone.post(reverse("admin:auth_group_changelist"), data)
    assert Group.objects.filter(name=Role.CONTRIBUTORS).exists()


def test_a_group_holds_no_more_than_its_maker_may_do() -> None:
    _boss, client = sign_in(Role.ADMINISTRATORS)
    url = reverse("admin:auth_group_add")
    log, film = Permission.objects.get(codename="delete_logentry"), Permission.objects.get(codename="view_film")
    assert client.post(url, filled(client, url, name="新组", permissions=[str(log.pk)])).status_code == 200
    assert client.post(url, filled(client, url, name="新组", permissions=[str(film.pk)])).status_code == 302
    assert list(Group.objects.get(name="新组").permissions.all()) == [film]


def test_nobody_deletes_their_own_account() -> None:
    boss, client = sign_in(Role.ADMINISTRATORS)
    assert client.post(reverse("admin:films_user_delete", args=[boss.pk]), {"post": "yes"}).status_code == 403
    other = User.objects.create_user("writer")
    assert client.post(reverse("admin:films_user_delete", args=[other.pk]), {"post": "yes"}).status_code == 302
    assert list(User.objects.all()) == [boss]
