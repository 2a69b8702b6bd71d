"""`manage.py migrate`: Django's own, but no step is taken without being noted, and a disk that fails is told in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate as stock
from django.db import DatabaseError, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from films.unwritable import cause_of


class WholeExecutor(MigrationExecutor):
    """Takes a step and writes down that it is taken in one transaction.

    Django notes it after the commit whenever a step makes an index: killed between the two, the next run would want
    to make tables that are there, and fail for ever.
    """

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        with self.whole(migration):
            return super().apply_migration(state, migration, fake, fake_initial)

    def unapply_migration(self, state: ProjectState, migration: Migration, fake: bool = False) -> ProjectState:
        with self.whole(migration):
            return super().unapply_migration(state, migration, fake)

    @contextmanager
    def whole(self, migration: Migration) -> Iterator[None]:
        if not (migration.atomic and self.connection.features.can_rollback_ddl):
            yield
            return
        # SQLite rebuilds tables only where references are unchecked, and takes that order only between transactions.
        self.connection.disable_constraint_checking()
        try:
            with transaction.atomic(self.connection.alias):
                yield
        finally:
            self.connection.enable_constraint_checking()


class Command(stock.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        # The command looks its executor up here; there is no other way to give it one.
        stock.MigrationExecutor = WholeExecutor  # type: ignore[attr-defined]
        try:
            super().handle(*args, **options)
        except DatabaseError as error:
            if cause_of(error) is None:
                raise
            raise CommandError(
                f"The database cannot be written ({error}). No step is half taken: see to the disk, "
                "its room and its rights, then run again: manage.py migrate"
            ) from error
