import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from django.core.cache.backends.redis import RedisCache
from django.core.exceptions import ImproperlyConfigured

from elysium.port import complaint

ROOT = Path(__file__).resolve().parent.parent
VARIABLES = re.findall(r"^([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
Load = Callable[..., dict[str, Any]]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the settings alone, so that a developer's own .env is not read."""
    (tmp_path / "elysium").mkdir()
    shutil.copy(ROOT / "elysium" / "settings.py", tmp_path / "elysium")
    return tmp_path


@pytest.fixture
def load(checkout: Path) -> Iterator[Load]:
    """Read the settings with these variables and no others of ours."""
    kept = dict(os.environ)

    def read(**variables: str) -> dict[str, Any]:
        for name in VARIABLES:
            os.environ.pop(name, None)
        os.environ.update(variables)
        return run_path(str(checkout / "elysium" / "settings.py"))

    yield read
    os.environ.clear()
    os.environ.update(kept)


@pytest.fixture
def production(load: Load) -> Load:
    return lambda **variables: load(**{"SECRET_KEY": "s" * 50} | variables)


def refusal(load: Load, **variables: str) -> str:
    with pytest.raises(ImproperlyConfigured) as refused:
        load(**variables)
    return str(refused.value)


def test_a_site_without_debug_needs_a_key(load):
    assert refusal(load) == (
        "SECRET_KEY: must be set when DEBUG is off: 50 random characters, kept secret. See .env.example."
    )


def test_development_goes_without_a_key(load):
    settings = load(DEBUG="1")
    assert settings["DEBUG"] is True
    assert settings["SECRET_KEY"].startswith("development only")


def test_defaults(production, checkout):
    settings = production()
    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert settings["DATA_DIR"] == checkout / "var"
    assert settings["DATABASES"]["default"]["NAME"] == str(checkout / "var" / "db.sqlite3")
    assert settings["CACHES"]["default"]["BACKEND"].endswith(".LocMemCache")
    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.console.EmailBackend"
    assert settings["STORAGES"]["default"]["BACKEND"] == "films.uploads.storage.WholeFileStorage"
    assert settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["img-src"] == ["'self'"]
    assert settings["SESSION_COOKIE_SECURE"] is False
    assert settings["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is False


def test_empty_variables_mean_the_defaults(production):
    empty = dict.fromkeys(set(VARIABLES) - {"SECRET_KEY"}, "")
    ours = {name: value for name, value in production(**empty).items() if name.isupper()}
    assert ours == {name: value for name, value in production().items() if name.isupper()}


def test_the_example_can_be_copied_as_it_is(production, checkout):
    shutil.copy(ROOT / ".env.example", checkout / ".env")
    ours = {name: value for name, value in production().items() if name.isupper()}
    (checkout / ".env").unlink()
    assert ours == {name: value for name, value in production().items() if name.isupper()}


def test_a_file_beside_manage_py_is_read_and_the_environment_wins(load, checkout):
    (checkout / ".env").write_text("SECRET_KEY=$abc#def\nALLOWED_HOSTS=from.file\nLOG_LEVEL=ERROR\n")
    settings = load(ALLOWED_HOSTS="from.environment")
    assert settings["SECRET_KEY"] == "$abc#def"
    assert settings["ALLOWED_HOSTS"] == ["from.environment"]
    assert settings["LOGGING"]["root"]["level"] == "ERROR"


def test_everything_written_lies_in_data_dir(production, tmp_path):
    data = tmp_path / "elsewhere"
    settings = production(DATA_DIR=str(data))
    assert settings["DATABASES"]["default"]["NAME"] == str(data / "db.sqlite3")
    assert settings["STATIC_ROOT"] == data / "static"
    assert settings["MEDIA_ROOT"] == data / "media"
    assert not data.exists()


def test_lists_are_divided_by_commas(production):
    settings = production(ALLOWED_HOSTS="example.org, .example.com", CSRF_TRUSTED_ORIGINS="https://example.org")
    assert settings["ALLOWED_HOSTS"] == ["example.org", ".example.com"]
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://example.org"]


def test_behind_tls(production):
    settings = production(SECURE_SSL_REDIRECT="true", SECURE_HSTS_SECONDS="31536000")
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["CSRF_COOKIE_SECURE"] is True
    names = [settings[f"{name}_COOKIE_NAME"] for name in ("SESSION", "CSRF", "LANGUAGE")]
    assert names == ["__Host-sessionid", "__Host-csrftoken", "__Host-django_language"]
    assert settings["SECURE_HSTS_SECONDS"] == 31_536_000
    assert settings["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert settings["SECURE_HSTS_PRELOAD"] is True


def test_sqlite_keeps_what_it_confirmed(production):
    options = production()["DATABASES"]["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 5


def test_postgresql_by_its_address(production):
    default = production(DATABASE_URL="postgres://me:p%40ss@db.example:5433/films")["DATABASES"]["default"]
    assert default["ENGINE"] == "django.db.backends.postgresql"
    assert (default["HOST"], default["PORT"], default["NAME"]) == ("db.example", 5433, "films")
    assert (default["USER"], default["PASSWORD"]) == ("me", "p@ss")
    assert "init_command" not in default.get("OPTIONS", {})


def test_postgresql_shares_its_connections(production):
    default = production(DATABASE_URL="postgres://me:p@db/films?sslmode=require")["DATABASES"]["default"]
    assert default["OPTIONS"] == {"sslmode": "require", "pool": {"min_size": 1, "max_size": 4, "timeout": 10}}
    assert default["CONN_MAX_AGE"] == 0


def test_the_pool_can_be_turned_off_in_the_address(production):
    default = production(DATABASE_URL="postgres://me:p@db/films?pool=false&sslmode=require")["DATABASES"]["default"]
    assert default["OPTIONS"] == {"sslmode": "require"}
    assert default["CONN_MAX_AGE"] == 600


def test_media_live_in_a_bucket_that_pages_may_fetch_from(production):
    settings = production(AWS_STORAGE_BUCKET_NAME="films", AWS_S3_CUSTOM_DOMAIN="media.example.org")
    assert settings["STORAGES"]["default"]["OPTIONS"]["bucket_name"] == "films"
    policy = settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert policy["img-src"] == policy["media-src"] == ["'self'", "https://media.example.org"]
    assert policy["script-src"] == ["'self'"]


def test_mail_by_its_address(production):
    settings = production(
        EMAIL_URL="smtp+tls://me%40example.org:p%3Ass@mail.example.org", DEFAULT_FROM_EMAIL="极乐 <films@example.org>"
    )
    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (settings["EMAIL_HOST_USER"], settings["EMAIL_HOST_PASSWORD"]) == ("me@example.org", "p:ss")
    assert (settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (True, False)
    assert settings["DEFAULT_FROM_EMAIL"] == settings["SERVER_EMAIL"] == "极乐 <films@example.org>"


def test_mail_over_ssl_at_a_port(production):
    settings = production(EMAIL_URL="smtp+ssl://mail.example.org:4465")
    assert (settings["EMAIL_PORT"], settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (4465, False, True)


@pytest.mark.parametrize(
    ("variable", "value", "wants"),
    [
        ("DEBUG", "perhaps", "true or false"),
        ("SECURE_SSL_REDIRECT", "2", "true or false"),
        ("SECURE_HSTS_SECONDS", "-1", "not negative"),
        ("SECURE_HSTS_SECONDS", "one hour", "whole number"),
        ("SECURE_HSTS_SECONDS", "²", "whole number"),
        ("ALLOWED_HOSTS", "https://example.org", "without scheme"),
        ("ALLOWED_HOSTS", "example.org:8000", "without scheme and port"),
        ("ALLOWED_HOSTS", "one.example two.example", "divided by commas"),
        ("CSRF_TRUSTED_ORIGINS", "example.org", "https://example.org"),
        ("CSRF_TRUSTED_ORIGINS", "https://example.org/admin/", "origins"),
        ("DATABASE_URL", "films.sqlite3", "postgres://user:password@host/name"),
        ("DATABASE_URL", "oracles://films", "postgres://user:password@host/name"),
        ("DATABASE_URL", "postgres://host:port/films", "postgres://user:password@host/name"),
        ("DATABASE_URL", "postgres://host", "postgres://user:password@host/name"),
        ("CACHE_URL", "memcached://localhost", "redis://host:6379/0"),
        ("EMAIL_URL", "mail.example.org", "smtp+tls://"),
        ("EMAIL_URL", "smtp://", "smtp+tls://"),
        ("EMAIL_URL", "smtp://mail.example.org:mail", "smtp+tls://"),
        ("DEFAULT_FROM_EMAIL", "Elysium", "a mail address"),
        ("LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING"),
        ("DATA_DIR", str(ROOT / "Makefile"), "is a file"),
    ],
)
def test_a_wrong_value_names_the_variable_and_what_it_wants(production, variable, value, wants):
    sentence = refusal(production, **{variable: value})
    assert sentence.startswith(f"{variable}: ")
    assert wants in sentence
    assert sentence.endswith(" See .env.example.")


def test_no_refusal_repeats_a_password(production):
    assert "hunter2" not in refusal(production, DATABASE_URL="postgres://me:hunter2@host:port/films")
    assert "hunter2" not in refusal(production, EMAIL_URL="smtp://me:hunter2@:mail")


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    ours = dict.fromkeys(VARIABLES, "")  # set, so that a developer's own .env has no say
    environment = {"PATH": os.environ["PATH"]} | ours | {"SECRET_KEY": "s" * 50} | variables
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)


def test_a_fresh_migrate_makes_a_private_data_folder(tmp_path):
    data = tmp_path / "new" / "data"
    made = manage("migrate", "--verbosity", "0", DATA_DIR=str(data))
    assert (made.returncode, made.stderr) == (0, "")
    assert data.stat().st_mode & 0o777 == 0o700
    assert (data / "db.sqlite3").stat().st_size > 0


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    refused = manage("migrate", DATA_DIR=str(tmp_path / "file" / "data"))
    assert refused.returncode == 1
    assert (
        refused.stderr.strip()
        .splitlines()[-1]
        .startswith("django.core.exceptions.ImproperlyConfigured: DATA_DIR: wants a folder that can be made")
    )


@pytest.mark.parametrize("door", ["import manage", "import elysium.wsgi", "import elysium"])
def test_every_door_opens_sqlite_with_the_current_library(door, tmp_path):
    pytest.importorskip("pysqlite3")
    code = f"{door}; import os, sys; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'elysium.settings');"
    if door == "import manage":
        code += "sys.argv = ['manage.py', 'version']; manage.main();"
    code += "import django; django.setup(); from django.db import connection; import pysqlite3;"
    code += "print(connection.Database is pysqlite3.dbapi2, sys.modules['sqlite3'] is pysqlite3)"
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "s" * 50, "DATA_DIR": str(tmp_path)}
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=ROOT, timeout=60, check=True
    )
    assert shown.stdout.endswith("True True\n")


def test_a_port_in_use_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert complaint(str(port)) == (
            f"Port {port} cannot be had (address already in use). Choose another one: make demo PORT={port + 1}"
        )
    assert complaint(str(port)) is None


@pytest.mark.parametrize("port", ["", "0", "65536", "http", "-1", "８０００"])
def test_a_port_must_be_a_number(port):
    assert complaint(port).startswith("PORT: wants a number from 1 to 65535")


@pytest.mark.redis
def test_the_cache_can_live_in_redis(production, tmp_path):
    path = tmp_path / "redis.sock"
    command = ["redis-server", "--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert any("ready to accept connections" in line.lower() for line in server.stdout)
            default = production(CACHE_URL=f"unix://{path}")["CACHES"]["default"]
            cache = RedisCache(default["LOCATION"], {})
            cache.set("film", "梅花鹿")
            assert cache.get("film") == "梅花鹿"
            cache.close()
        finally:
            server.terminate()
