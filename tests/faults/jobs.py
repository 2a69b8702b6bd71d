"""What a child of the nursery does, by name."""

import hashlib
import json
import os
import re
import sys
import threading
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import time_machine
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command, execute_from_command_line
from django.db import connection
from django.test import Client
from django.urls import reverse
from reversion.models import Version

from films import share_image
from films.checks.sqlite import pragma_messages
from films.choices import Status
from films.models import Edition, Film, Intake, Partnership, Poster, Source, User
from films.search import reindex
from films.verifying import faults
from tests.admin.forms import filled
from tests.seeding.digest import CONTENT, digest, names, row_of
from tests.uploads.corpus import saved

# Every process lives at the same moment, so that what they write can be compared to the letter.
MOMENT = "2026-11-22T12:00:00Z"
DEPENDING = re.compile(r"film-\d+|'poster_(pigment|figure|composition)': '\w+'|originals/\w+")
IMAGE = b"\x89PNG" + bytes(9000)


def draw_nothing() -> None:
    """Images for sharing are files like others here; drawing them would take most of the time."""
    share_image.rendered = lambda facts: IMAGE


def told(line: str) -> None:
    """Acknowledge: what was told is never to be lost again."""
    os.write(1, f"{line}\n".encode())


def command(*words: str) -> None:
    execute_from_command_line(["manage.py", *words])


def make_editor() -> None:
    User.objects.create_superuser("editor", password="editor-password-1")


def desk() -> Client:
    """The editor's browser, which has been signed in for long."""
    kept = Path(settings.DATA_DIR) / "signed-in"
    client = Client(raise_request_exception=False)
    if kept.exists():
        client.cookies[settings.SESSION_COOKIE_NAME] = kept.read_text()
    else:
        client.force_login(User.objects.get(username="editor"))
        kept.write_text(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return client


def change_page(film: Film) -> str:
    return reverse("admin:films_film_change", args=[film.pk])


def save(first: str, last: str) -> None:
    """Save the first film so many times, each time under another title and with another story."""
    client = desk()
    film = Film.objects.order_by("pk")[0]
    for number in range(int(first), int(last) + 1):
        words = {"title": title(number), "synopsis": f"第{number}次写的简介。\n\n" * 40}
        answer = client.post(change_page(film), filled(client, change_page(film), **words))
        say_status(answer, f"saved {number}")


def title(number: int) -> str:
    return f"第{number}版"


def say_status(answer: Any, done: str) -> None:
    """Tell that it is done, or in which words it was not."""
    if answer.status_code == 302:
        return told(done)
    sys.stdout.write(f"{answer.status_code}\n{answer.content.decode()}")
    raise SystemExit(3)


def publish() -> None:
    """Publish what is a draft, by the list's action."""
    client = desk()
    drafts = list(Film.objects.filter(status=Status.DRAFT).values_list("pk", flat=True))
    address = reverse("admin:films_film_changelist")
    answer = client.post(address, {"action": "publish", "_selected_action": drafts, "index": "0"})
    say_status(answer, "published")


def draft_all() -> None:
    Film.objects.update(status=Status.DRAFT)


def upload(article: str) -> None:
    """Hand an article over at the desk, look at what would happen, confirm it; what is done already is not done again."""
    client, path = desk(), Path(article)
    if not Intake.objects.exists():
        given = SimpleUploadedFile(path.name, path.read_bytes())
        say_status(client.post(reverse("admin:films_source_import"), {"file": given}), "given")
    address = reverse("admin:films_intake", args=[Intake.objects.get().pk])
    page = client.get(address)
    if page.status_code == 200:
        answer = client.post(f"{address}confirm/", {"agreed": page.context["agreed"]})
        assert answer.headers.get("Location", "done/").endswith("done/"), "It was shown again instead of imported."
        say_status(answer, "confirmed")


def picture() -> None:
    """Give the first film a poster with its form; what is done already is not done again."""
    client, film = desk(), Film.objects.order_by("pk")[0]
    if not Poster.objects.exists():
        given = SimpleUploadedFile("poster.png", saved("PNG"))
        sent = filled(
            client, change_page(film), **{"poster-0-image": given, "poster-0-alt": "一只鹿", "poster-0-credit": "片方"}
        )
        say_status(client.post(change_page(film), sent), "pictured")


def sessions(count: str) -> None:
    """Sign the editor in so many times; tell the keys."""
    editor = User.objects.get(username="editor")
    clients = [Client() for _number in range(int(count))]
    for client in clients:
        client.force_login(editor)
    told(json.dumps([client.cookies[settings.SESSION_COOKIE_NAME].value for client in clients]))


def more_films(count: str) -> None:
    for number in range(int(count)):
        film = Film.objects.create(
            title=title(0), title_origin="editor", status=Status.PUBLISHED, synopsis=f"第{number}部。"
        )
        reindex(films=[film.pk])


def titles(to: str) -> None:
    """Write down how each film is called."""
    Path(to).write_text(json.dumps(dict(Film.objects.filter(title__startswith="第").values_list("pk", "title"))))


def sha(*words: Any) -> str:
    return hashlib.sha256(repr(words).encode()).hexdigest()[:16]


def article_of(row: Any) -> Any:
    """The article that a row came from."""
    if isinstance(row, Source):
        return row
    for name in ("source", "film", "interview"):
        if found := getattr(row, name, None):
            return article_of(found) if name != "source" else found
    return None


def articles() -> dict[str, str]:
    """Article → what all its rows say together; aside from what depends on which came before.

    Untitled films are numbered, and posters chosen to differ from their neighbours.
    """
    known = names()
    found: dict[str, list[str]] = {}
    for model in set(CONTENT) - {Edition, Partnership}:  # which articles share
        for row in model._base_manager.order_by("pk"):
            if source := article_of(row):
                found.setdefault(source.name, []).append(DEPENDING.sub("", row_of(row, known)))
    return {name: sha(sorted(rows)) for name, rows in found.items()}


def history() -> list[tuple[Any, ...]]:
    columns = ("content_type__model", "object_id", "object_repr", "serialized_data", "revision__user")
    return list(Version.objects.order_by("pk").values_list(*columns))


def look(to: str) -> None:
    """Write down what is there: what is not sound, each article, and all of it as one digest."""
    wrong = [f"{name}: {line}" for name, found in faults() for line in found]
    film = Film.objects.order_by("pk").first()
    seen = {
        "wrong": wrong,
        "articles": articles(),
        "digest": sha(digest(), history()),
        "film": film.pk if film else 0,
        "title": film.title if film else "",
        "version": film.version if film else 0,
    }
    Path(to).write_text(json.dumps(seen))


def schema(to: str) -> None:
    """Write down which tables there are, which migrations say so, and who may do what."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
        tables = cursor.fetchall()
        steps = []
        if "django_migrations" in connection.introspection.table_names():
            cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
            steps = cursor.fetchall()
    columns = ("name", "permissions__codename")
    is_early = "auth_group_permissions" not in connection.introspection.table_names()
    rights = [] if is_early else list(Group.objects.order_by(*columns).values_list(*columns))
    Path(to).write_text(json.dumps({"tables": tables, "steps": steps, "rights": rights}))


def rows(to: str) -> None:
    """Write down every row in full, to see where two sites differ."""
    Path(to).write_text("\n".join([*digest(), *map(repr, history())]))


def settings_read() -> None:
    """Ask the connections of a command, of a migration and of three threads that answer visitors how they are set."""

    def ask() -> None:
        assert Client().get("/films/").status_code == 200
        told(json.dumps([[str(message) for message in pragma_messages(connection)], connection.transaction_mode]))
        connection.close()

    ask()
    call_command("migrate", verbosity=0)
    ask()
    threads = [threading.Thread(target=ask) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def steady(job: Callable[..., None]) -> Callable[..., None]:
    def run(*words: str) -> None:
        with time_machine.travel(MOMENT, tick=False):
            job(*words)

    return run


def warm(incoming: str) -> None:
    """Load what a request and an import load, so that no child has to."""
    with time_machine.travel(MOMENT, tick=False), redirect_stdout(StringIO()):
        command("import_seeds", incoming, "--dry-run")
        client = desk()
        film = Film.objects.order_by("pk").first()
        assert client.get(change_page(film)).status_code == 200
        assert not [line for _name, found in faults() for line in found]
        articles(), digest(), history()


# A real server asks how old a session is.
OF_NOW = (sessions, more_films)
STEADY = (command, make_editor, save, publish, draft_all, upload, picture, settings_read, titles, look, schema, rows)
JOBS: dict[str, Callable[..., Any]] = {job.__name__: job for job in OF_NOW} | {
    job.__name__: steady(job) for job in STEADY
}
