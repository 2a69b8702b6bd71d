"""The groups of the desk, as migrating makes them."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from films import roles
from films.admin.roles import sees_all
from films.choices import Role
from films.models import Film, Interview, User


def rights_of(role: Role) -> set[str]:
    rows = Permission.objects.filter(group__name=role.value)
    return {f"{app}.{name}" for app, name in rows.values_list("content_type__app_label", "codename")}


@pytest.mark.django_db
def test_a_fresh_database_has_the_roles_with_their_rights():
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)
    assert {role: rights_of(role) for role in Role} == roles.RIGHTS


@pytest.mark.django_db
def test_each_role_may_do_more_than_the_one_before():
    contributor, editor, publisher, administrator = roles.RIGHTS.values()
    assert contributor < editor < publisher < administrator
    assert publisher - editor == {"films.publish_film", "films.publish_interview", "films.publish_edition"}
    assert {name for name in editor if "user" in name or "group" in name} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["view", "change"])
def test_whoever_may_see_or_change_a_kind_sees_all_of_it(action):
    user = User.objects.create_user("person")
    user.user_permissions.add(Permission.objects.get(codename=f"{action}_film"))
    assert (sees_all(user, Film), sees_all(user, Interview)) == (True, False)


@pytest.mark.django_db
def test_migrating_again_mends_a_group_and_leaves_others_alone():
    own = Group.objects.create(name="放映组")
    own.permissions.add(Permission.objects.get(codename="delete_film"))
    Group.objects.get(name="Editors").permissions.add(Permission.objects.get(codename="delete_film"))
    Group.objects.get(name="Publishers").delete()
    roles.keep_groups()
    assert {role: rights_of(role) for role in Role} == roles.RIGHTS
    assert own.permissions.count() == 1


@pytest.mark.django_db
def test_nothing_is_written_when_all_is_well():
    with CaptureQueriesContext(connection) as captured:
        roles.keep_groups()
    assert not [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


@pytest.mark.django_db(transaction=True)
def test_emptying_the_database_leaves_the_roles():
    call_command("flush", interactive=False, verbosity=0)
    assert {role: rights_of(role) for role in Role} == roles.RIGHTS


@pytest.mark.django_db(transaction=True)
def test_the_way_back_takes_them_away():
    call_command("migrate", "films", "0003", verbosity=0)
    try:
        assert not Group.objects.exists()
    finally:
        call_command("migrate", verbosity=0)
    assert {role: rights_of(role) for role in Role} == roles.RIGHTS
