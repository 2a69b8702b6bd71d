"""What every entry was at each moment: written by all who change it, read, compared, brought back.

Revisions and versions are those of django-reversion; what is written into them, and what is brought back,
is decided here, because an entry is one thing with its rows and because a row is brought back by `save()`.
"""

from films.history.trees import is_kept
from films.history.writing import Imported, changing, record, remember, unrecorded

__all__ = ["Imported", "changing", "is_kept", "record", "remember", "unrecorded"]
