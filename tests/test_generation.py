"""Which statements change what visitors see, and that each change makes another number."""

import pytest
from django.db import connection

from films import generation


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO "films_film" ("title") VALUES (%s)',
        'INSERT OR REPLACE INTO "films_film" ("title") VALUES (%s)',
        'UPDATE "films_edition" SET "name" = %s',
        'DELETE FROM "films_credit" WHERE "id" = %s',
        'TRUNCATE "films_importrun", "films_film";',
        'TRUNCATE "films_film";',
        'WITH gone AS (SELECT id FROM films_user) DELETE FROM "films_film" USING gone',
    ],
)
def test_writes_content(sql):
    assert generation.writes_content(sql) is True


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT * FROM "films_film"',
        'UPDATE "films_user" SET "last_login" = %s',
        'INSERT INTO "films_importrun" ("options") VALUES (%s)',
        'DELETE FROM "django_session"',
        'TRUNCATE "django_session";',
    ],
)
def test_leaves_content_alone(sql):
    assert generation.writes_content(sql) is False


@pytest.mark.django_db
def test_the_first_change_of_a_fresh_database_is_another_number():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER SEQUENCE films_generation RESTART")
    before = generation.current()
    generation.content_changed()
    first = generation.current()
    generation.content_changed()
    assert len({before, first, generation.current()}) == 3
