"""One site on two machines: what is done on one holds on the other, and neither needs all of its parts."""

import threading
import time
from contextlib import suppress
from typing import Any
from urllib.error import URLError

import pytest

from tests.machines.conftest import Festival, Person

pytestmark = [pytest.mark.postgres, pytest.mark.redis]
FILMS = "/admin/films/film/"


def film_of(editor: Person) -> tuple[str, str]:
    """The number of a film in the desk's list, and its public address."""
    _status, text = editor.ask("/api/v1/films/")
    slug = text.split('"slug":"')[1].split('"')[0] if '"slug":"' in text else text.split('"slug": "')[1].split('"')[0]
    _status, listed = editor.ask(f"{FILMS}?q={slug}")
    number = listed.split('name="_selected_action" value="')[1].split('"')[0]
    return number, f"/films/{slug}/"


def act(editor: Person, action: str, number: str) -> int:
    return editor.ask(FILMS, {"action": action, "_selected_action": number, "index": "0"})[0]


def test_an_edit_on_one_is_seen_on_the_other_within_a_second(festival: Festival) -> None:
    editor, readers = festival.editor(0), [festival.visitor(0), festival.visitor(1)]
    number, address = film_of(editor)

    def answers() -> set[int]:
        """What the workers of both machines say; each question is a new connection."""
        return {reader.ask(address)[0] for reader in readers * 10}

    for _round in range(3):
        assert answers() == {200}
        assert act(editor, "archive", number) == 302
        time.sleep(1)
        assert answers() == {404}
        assert act(editor, "publish", number) == 302
        time.sleep(1)


def test_who_signed_in_on_one_is_known_on_the_other(festival: Festival) -> None:
    editor = festival.editor(0)
    editor.site = festival.machines[1].site
    assert editor.ask("/admin/films/film/")[0] == 200


def test_a_worker_killed_under_load_loses_nothing(festival: Festival) -> None:
    confirmed: list[str] = []
    stop = threading.Event()

    def write(name: str, editor: Person) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            theme = f"{name}-{number}"
            # A connection that breaks off was not confirmed: the editor would send it again.
            with suppress(URLError, ConnectionError, TimeoutError):
                status, _text = editor.ask("/admin/films/theme/add/", form(theme))
                if status == 302:
                    confirmed.append(theme)

    writers = [threading.Thread(target=write, args=(f"w{n}", festival.editor(n % 2))) for n in range(4)]
    for writer in writers:
        writer.start()
    for machine in festival.machines:
        time.sleep(1.5)
        machine.kill_a_worker()
    time.sleep(2.5)
    stop.set()
    for writer in writers:
        writer.join()
    assert len(confirmed) > 10
    assert missing(festival.editor(0), confirmed) == []
    assert [len(machine.workers()) >= 2 for machine in festival.machines] == [True, True]


def form(name: str) -> dict[str, Any]:
    return {"name": name, "name_en": "", "slug": name}


def missing(editor: Person, names: list[str]) -> list[str]:
    """Those that the desk does not list."""
    listed = "".join(editor.ask(f"/admin/films/theme/?q={prefix}&all=")[1] for prefix in ("w0", "w1", "w2", "w3"))
    return [name for name in names if f">{name}<" not in listed]


def test_without_redis_the_site_goes_on(festival: Festival) -> None:
    festival.redis.terminate()
    festival.redis.wait(10)
    editor, reader = festival.editor(0), festival.visitor(1)
    number, address = film_of(editor)
    addresses = ["/", "/films/", "/films/?runtime=60", "/interviews/", "/search/?q=鹿", "/api/v1/films/", address]
    assert [reader.ask(quoted(path))[0] for path in addresses] == [200] * len(addresses)
    assert act(editor, "archive", number) == 302
    time.sleep(1)
    assert reader.ask(address)[0] == 404
    assert act(editor, "publish", number) == 302


def quoted(path: str) -> str:
    return path.encode().decode("latin-1") if path.isascii() else path.replace("鹿", "%E9%B9%BF")
