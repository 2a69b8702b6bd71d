"""What each role of the desk may do; the groups that carry it are kept in step after every migration.

Rights are rows that Django makes only after migrating, so this is the place where groups can have them.
Whoever may add a kind of entry may also see and change their own drafts of it (`films.publishing`).
"""

from typing import Any

from django.apps import apps as installed
from django.db import DEFAULT_DB_ALIAS, transaction

from films.choices import Role

OWN_ENTRIES = ("film", "interview")
ENTRIES = ("film", "interview", "edition")
VOCABULARY = ("creator", "organisation", "theme", "tool", "topic", "work")
RECORDS = ("source", "importrun", "slugredirect")


def rights(actions: str, models: tuple[str, ...], app: str = "films") -> set[str]:
    return {f"{app}.{action}_{model}" for action in actions.split() for model in models}


CONTRIBUTOR = rights("add", (*OWN_ENTRIES, "creator"))
EDITOR = (
    rights("view add change", ENTRIES)
    | rights("view add change delete", (*VOCABULARY, "exchange"))
    | rights("view", RECORDS)
    | rights("change import", ("source",))
)
PUBLISHER = EDITOR | rights("publish", ENTRIES)
ADMINISTRATOR = (
    PUBLISHER
    | rights("delete", (*ENTRIES, *RECORDS))
    | rights("view add change delete", ("user",))
    | rights("view add change delete", ("group",), app="auth")
    | rights("view", ("securityevent",))
)
RIGHTS = {
    Role.CONTRIBUTORS: CONTRIBUTOR,
    Role.EDITORS: EDITOR,
    Role.PUBLISHERS: PUBLISHER,
    Role.ADMINISTRATORS: ADMINISTRATOR,
}


def keep_groups(apps: Any = installed, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Make the groups and give them their rights, no more and no less (after migrating; 4 queries if all is well).

    Nothing happens while the tables are those of a time before there were roles, or before there were any.
    """
    try:
        permissions = apps.get_model("films", "Film")._meta.permissions
    except LookupError:
        return
    if "publish_film" not in dict(permissions):
        return
    ids = permission_ids(apps, using)
    groups = apps.get_model("auth", "Group").objects.using(using)
    with transaction.atomic(using=using):
        for role, names in RIGHTS.items():
            group, _created = groups.get_or_create(name=role.value)
            group.permissions.set([ids[name] for name in sorted(names)])


def permission_ids(apps: Any, using: str) -> dict[str, int]:
    """The keys of all rights that a role may have, and of some more, by name (one query)."""
    rows = apps.get_model("auth", "Permission").objects.using(using)
    rows = rows.filter(content_type__app_label__in=("auth", "films"))
    return {f"{app}.{name}": pk for app, name, pk in rows.values_list("content_type__app_label", "codename", "pk")}
