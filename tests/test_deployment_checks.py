"""Bad settings and bad machines, one by one: each is refused or named, with what to do."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import ERROR, INFO, run_checks
from django.test import override_settings

from elysium.environment import database_at
from films import readiness
from films.checks import deployment, installation
from films.checks.deployment import check_deployment
from films.checks.installation import check_installation, kind_of_disk
from films.readiness import Word

ROOT = Path(__file__).resolve().parent.parent
KEY = "Zt8-qPz4nD3Yw_6uXvK1sGmR9bTfLh7eJcA0iNoQ2dVxWyE5kU"
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
FILES = STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
SHARED = STORAGES | {"default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": "films"}}}
PBKDF2 = "django.contrib.auth.hashers.PBKDF2PasswordHasher"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
LOCAL = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
REDIS = "django.core.cache.backends.redis.RedisCache"
FAR_DATABASE = database_at("postgres://me:secret@db.example.org/films")
GOOD: dict[str, Any] = {
    "DEBUG": False,
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": ["films.example.org"],
    "CSRF_TRUSTED_ORIGINS": ["https://films.example.org"],
    "SECURE_SSL_REDIRECT": True,
    "PROXY_COUNT": 1,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    **{f"{name}_COOKIE_SECURE": True for name in ("SESSION", "CSRF", "LANGUAGE")},
    **{f"{name}_COOKIE_NAME": f"__Host-{name.lower()}" for name in ("SESSION", "CSRF", "LANGUAGE")},
    "PASSWORD_HASHERS": [PBKDF2],
    "STORAGES": FILES,
    "CACHES": LOCAL,
    "EMAIL_BACKEND": SMTP,
    "EMAIL_HOST": "mail.example.org",
    "EMAIL_USE_TLS": True,
    "DEFAULT_FROM_EMAIL": "Elysium <films@example.org>",
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A site as docs/deploy.md sets it up; what a test then breaks is all that is wrong."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    base = tmp_path / "code"
    (base / "films").mkdir(parents=True)
    (data / "static").mkdir()
    (data / "static" / "staticfiles.json").touch()
    database = data / "db.sqlite3"
    database.touch(mode=0o600)
    here = {"DATA_DIR": data, "BASE_DIR": base, "MEDIA_ROOT": data / "media", "STATIC_ROOT": data / "static"}
    use(monkeypatch, {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database), "OPTIONS": {}})
    with override_settings(**GOOD, **here, LOGGING={"root": {"level": "INFO"}}):
        yield tmp_path


def use(monkeypatch: pytest.MonkeyPatch, place: dict[str, Any]) -> None:
    """Let the checks read this database's settings; nothing is opened by them."""
    for module in (deployment, installation):
        monkeypatch.setattr(module, "database", lambda: place)


def named(messages: list[Any]) -> list[str]:
    return [message.id.removeprefix("films.") for message in messages]


def test_a_site_as_it_should_be_says_nothing(site: Path) -> None:
    assert check_deployment() == []


@pytest.mark.parametrize(
    ("bad", "ids"),
    [
        ({"DEBUG": True}, ["E101"]),
        ({"SECRET_KEY": "short"}, ["E102"]),
        ({"SECRET_KEY": "k" * 50}, ["E102"]),
        ({"SECRET_KEY": "django-insecure-" + KEY}, ["E102"]),
        ({"SECRET_KEY": "change-me-" + KEY}, ["E102"]),
        ({"ALLOWED_HOSTS": ["films.example.org", "*"]}, ["E103"]),
        ({"ALLOWED_HOSTS": ["localhost", "[::1]"], "CSRF_TRUSTED_ORIGINS": []}, ["W104"]),
        ({"PROXY_COUNT": 0}, ["E105"]),
        ({"PROXY_COUNT": 20}, ["E106"]),
        ({"SECURE_SSL_REDIRECT": False, "SECURE_HSTS_SECONDS": 0}, ["E107", "W108"]),
        ({"SECURE_HSTS_SECONDS": 0}, ["W108"]),
        ({"SECURE_SSL_REDIRECT": False}, ["E107", "W109"]),
        ({"CSRF_TRUSTED_ORIGINS": ["http://films.example.org"]}, ["E110"]),
        ({"CSRF_TRUSTED_ORIGINS": ["https://other.example.com"]}, ["W111"]),
        ({"CSRF_TRUSTED_ORIGINS": ["https://*.films.example.org"]}, ["E112"]),
        ({"SESSION_COOKIE_SECURE": False}, ["E113"]),
        ({"CSRF_COOKIE_NAME": "csrftoken"}, ["E114"]),
        ({"MEDIA_ROOT": "/srv/static/media", "STATIC_ROOT": "/srv/static"}, ["E115"]),
        ({"MEDIA_ROOT": "/srv/media", "STATIC_ROOT": "/srv/media/static"}, ["E115"]),
        ({"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}, ["E116"]),
        ({"AUTH_PASSWORD_VALIDATORS": []}, ["E117"]),
        ({"LOGGING": {"root": {"level": "DEBUG"}}}, ["W118"]),
        ({"database": FAR_DATABASE}, ["W119"]),
        ({"database": FAR_DATABASE | {"HOST": "localhost", "CONN_MAX_AGE": 600}}, ["E120"]),
        ({"EMAIL_USE_TLS": False}, ["W121"]),
        ({"CACHES": {"default": {"BACKEND": REDIS, "LOCATION": "redis://cache.example.org/0"}}}, ["W122", "W124"]),
        ({"STORAGES": SHARED, "database": FAR_DATABASE | {"HOST": "localhost"}}, ["I125"]),
        ({"DEFAULT_FROM_EMAIL": "Elysium <elysium@localhost>"}, ["W126"]),
        ({"CONTENT_SECURITY_POLICY": {"DIRECTIVES": {"script-src": ["'unsafe-inline'"]}}}, ["E127"]),
        ({"CONTENT_SECURITY_POLICY": {}}, ["E127"]),
    ],
)
def test_a_bad_setting_is_named(
    site: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, bad: dict[str, Any], ids: list[str]
) -> None:
    if "database" in bad:
        use(monkeypatch, bad["database"])
    for name in bad.keys() - {"database"}:
        setattr(settings, name, bad[name])
    found = check_deployment()
    assert named(found) == ids
    for message in found:
        assert len(message.hint) > 10
        assert message.msg.endswith(".")


def test_a_bucket_over_http_is_named(site: Path, settings: Any) -> None:
    options = {"bucket_name": "films", "endpoint_url": "http://store.example.org"}
    settings.STORAGES = SHARED | {"default": SHARED["default"] | {"OPTIONS": options}}
    assert named(check_deployment()) == ["W123", "W124", "I125"]


@pytest.fixture
def machine(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine as it should be: an ordinary user, a local disk, a folder that stays."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os, "access", lambda path, how: not str(path).endswith("films"))
    monkeypatch.setattr(installation, "TEMPORARY", ("/nowhere",))
    monkeypatch.setattr(installation, "MOUNTS", site / "mounts")
    monkeypatch.setattr(installation, "connections_run_out", lambda: False)
    (site / "mounts").write_text("36 35 98:0 / / rw,noatime master:1 - ext4 /dev/root rw\n")
    monkeypatch.setattr(readiness, "migrations", lambda: (Word.OK, ""))
    monkeypatch.setattr(readiness, "disk", lambda: (Word.OK, ""))
    return site


def on_this_machine() -> list[str]:
    return named(check_installation(databases=["default"]))


def test_a_machine_as_it_should_be_says_nothing(machine: Path) -> None:
    assert on_this_machine() == []


def test_machines_are_looked_at_only_when_asked(machine: Path) -> None:
    (machine / "data").chmod(0o755)
    assert check_installation(databases=None) == check_installation(databases=["other"]) == []


def open_env(place: Path) -> None:
    (place / "code" / ".env").touch(mode=0o644)
    (place / "code" / ".env").write_text("DATABASE_URL=postgres://me:secret@db/films\n")


def open_key(place: Path) -> None:
    (place / "data" / "secret_key").touch(mode=0o640)


def open_folder(place: Path) -> None:
    (place / "data").chmod(0o750)


def open_database(place: Path) -> None:
    open_folder(place)
    (place / "data" / "db.sqlite3").chmod(0o644)


def not_collected(place: Path) -> None:
    (place / "data" / "static" / "staticfiles.json").unlink()


def on_nfs(place: Path) -> None:
    with (place / "mounts").open("a") as mounts:
        mounts.write(f"97 36 0:52 / {place / 'data'} rw - nfs4 files:/films rw,vers=4.2\n")


@pytest.mark.parametrize(
    ("break_it", "ids"),
    [
        (open_env, ["E201"]),
        (open_key, ["E201"]),
        (open_folder, ["E202"]),
        (open_database, ["E202", "E203"]),
        (on_nfs, ["E205"]),
        (not_collected, ["E208"]),
    ],
)
def test_a_bad_machine_is_named(machine: Path, break_it: Callable[[Path], None], ids: list[str]) -> None:
    break_it(machine)
    assert on_this_machine() == ids


def test_the_user_that_serves(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, how: str(path).endswith("films"))
    assert on_this_machine() == ["W210", "E211"]
    monkeypatch.setattr(os, "access", lambda path, how: True)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert on_this_machine() == ["W204"]


def test_where_data_lie(machine: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(installation, "TEMPORARY", (str(machine),))
    assert on_this_machine() == ["E206"]
    monkeypatch.setattr(installation, "TEMPORARY", ())
    settings.BASE_DIR = machine
    assert on_this_machine() == ["W207"]


def test_what_is_missing(machine: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    monkeypatch.setattr(readiness, "migrations", lambda: (Word.FAILED, "x"))
    monkeypatch.setattr(readiness, "disk", lambda: (Word.LOW, "x"))
    assert on_this_machine() == ["W209", "E213", "W214"]


@pytest.mark.postgres
def test_more_workers_than_the_server_has_connections_for(db: None, settings: Any) -> None:
    settings.WEB_CONCURRENCY = 1
    assert installation.connections_run_out() is False
    settings.WEB_CONCURRENCY = 5000
    assert installation.connections_run_out() is True


MOUNTED = """\
36 35 98:0 / / rw master:1 - ext4 /dev/root rw
40 36 0:30 / /srv rw - cifs //files/share rw
41 40 0:31 / /srv/own\\040data rw - xfs /dev/b rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/var/lib", "ext4"), ("/srv/films", "cifs"), ("/srv/own data/db", "xfs"), ("/srvx", "ext4")],
)
def test_the_nearest_mount_above_a_path_counts(path: str, kind: str) -> None:
    assert kind_of_disk(Path(path), MOUNTED) == kind


def test_every_rule_has_an_id_of_its_own_and_a_test() -> None:
    names = [rule.name for rule in (*deployment.RULES, *installation.RULES)]
    assert len(names) == len(set(names)) >= 20
    here = Path(__file__).read_text("utf-8")
    assert [name for name in names if f'"{name}"' not in here and name != "W212"] == []
    assert all(re.fullmatch(r"[EWI]\d{3}", name) for name in names)


def test_the_checks_are_among_those_that_deploy_asks(site: Path, settings: Any) -> None:
    settings.DEBUG, settings.SECRET_KEY = True, "short"
    asked = run_checks(include_deployment_checks=True)
    ours = [message for message in asked if message.id.startswith("films.E1")]
    assert named(ours) == ["E101", "E102"]
    assert all(INFO <= message.level <= ERROR for message in ours)
    assert not [message for message in run_checks() if message.id.startswith("films.E1")]
