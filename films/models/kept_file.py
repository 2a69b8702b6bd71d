"""Files that come and go with the rows that name them, through whichever door."""

from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete


class Arrival:
    """A stored file until its row is committed. Django tells nobody of a rollback; it lets go of what was to happen
    at the commit, and so of this, which takes the file away again.
    """

    def __init__(self, storage: Any, name: str) -> None:
        self.storage, self.name, self.is_kept = storage, name, False

    def __call__(self) -> None:
        self.is_kept = True

    def __del__(self) -> None:
        if not self.is_kept:
            self.storage.delete(self.name)


class KeptFile:
    """For a file's field: no row without its file, no file without its row. Comes before the field's class.

    The row's `save` makes a transaction, so that the file and the row have one end.
    """

    attname: str
    storage: Any

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, **kwargs)  # type: ignore[misc]
        if not cls._meta.abstract:
            # A film takes its rows along without asking them: Django tells of each by this signal alone.
            post_delete.connect(self.left, sender=cls, dispatch_uid=f"{cls._meta.label}.{name}")

    def pre_save(self, row: Any, add: bool) -> Any:
        """Store a new file just before its row, and let go of the one it replaces once both are committed."""
        before = "" if add else self.stored_name(row)
        file = getattr(row, self.attname)
        is_new = bool(file) and not file._committed
        saved = super().pre_save(row, add)  # type: ignore[misc]
        if is_new:
            transaction.on_commit(Arrival(self.storage, saved.name))
        if before and before != str(saved):
            self.let_go(type(row), before)
        return saved

    def stored_name(self, row: Any) -> str:
        """What the row names as stored (one query)."""
        found = type(row)._base_manager.filter(pk=row.pk).values_list(self.attname, flat=True).first()
        return str(found or "")

    def left(self, sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
        if name := str(getattr(instance, self.attname) or ""):
            self.let_go(sender, name)

    def let_go(self, model: type[models.Model], name: str) -> None:
        # A function with a name, which Django says when it fails.
        def gone() -> None:
            self.discard(model, name)

        transaction.on_commit(gone, robust=True)

    def discard(self, model: type[models.Model], name: str) -> None:
        """Take a file away that no row names any more: a restored history may name it again (one query)."""
        if not model._base_manager.filter(**{self.attname: name}).exists():
            self.storage.delete(name)
