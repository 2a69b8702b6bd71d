"""The indexes of films: what each list reads."""

from django.db import models

from films.models.festival import SHOWN_FROM_TO

FILM_INDEXES = [
    # Serves the list of films, newest first.
    models.Index(fields=["-first_published_at", "-id"], name="film_newest"),
    # Each of these gives the ids of a list's page by itself: who may see a film stands in it too.
    # What a list is narrowed to by a column of the film stands in it as well.
    # Serves the list of films, newest first, and the number of films.
    models.Index(
        fields=["status", "-first_published_at", "-id", *SHOWN_FROM_TO, "edition", "runtime_seconds"],
        name="film_public_newest",
    ),
    # Serves an edition's programme, and the list of films edition by edition.
    models.Index(
        fields=["status", "edition", "position", "id", *SHOWN_FROM_TO, "runtime_seconds"],
        name="film_public_programme",
    ),
    # Serves the list of films by running time, and the counts of running times.
    models.Index(fields=["status", "runtime_seconds", "id", *SHOWN_FROM_TO, "edition"], name="film_public_runtime"),
    # Serves the list of films by title.
    models.Index(
        fields=["status", "title_sort", "id", *SHOWN_FROM_TO, "edition", "runtime_seconds"],
        name="film_public_title",
    ),
    # Serves the feed of an edition, and its films newest first.
    models.Index(
        fields=["edition", "status", "-first_published_at", "-id", *SHOWN_FROM_TO], name="film_edition_newest"
    ),
]
