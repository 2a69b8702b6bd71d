"""Readers of environment variables: each gives Django's settings, or names the variable and what it wants."""

import logging
import os
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SQLITE = "django.db.backends.sqlite3"
SQLITE_OPTIONS = {
    # A transaction that reads and then writes would otherwise fail with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA foreign_keys=ON; PRAGMA journal_size_limit=67108864; PRAGMA mmap_size=0;"
    ),
}
# Two blocking threads a worker serve requests; the others are for a command in the same process.
POOL = {"min_size": 1, "max_size": 4, "timeout": 10}
ON_AND_OFF = dict.fromkeys(("1", "t", "true", "y", "yes", "on"), True)
ON_AND_OFF |= dict.fromkeys(("0", "f", "false", "n", "no", "off"), False)
# The scheme says how the mail server is spoken to: (TLS after greeting, TLS from the start, usual port).
MAIL_SCHEMES = {"smtp": (False, False, 25), "smtp+tls": (True, False, 587), "smtp+ssl": (False, True, 465)}


def refuse(variable: str, wants: str) -> ImproperlyConfigured:
    """Say which variable is wrong and what it wants."""
    return ImproperlyConfigured(f"{variable}: {wants} See .env.example.")


def database_at(url: str, name: str = "URL") -> dict[str, Any]:
    """Django's settings for a database address; `name` is what a complaint calls it."""
    wants = "wants an address such as postgres://user:password@host/name or sqlite:////folder/db.sqlite3."
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    except (ValueError, KeyError) as error:
        raise refuse(name, wants) from error
    if not settings.get("ENGINE") or not settings.get("NAME"):
        raise refuse(name, wants)
    if settings["ENGINE"] == SQLITE:
        settings["OPTIONS"] = SQLITE_OPTIONS
    elif "postgresql" in settings["ENGINE"]:
        settings |= pooled(settings.get("OPTIONS", {}), name)
    return settings


def pooled(options: dict[str, Any], name: str) -> dict[str, Any]:
    """Connections that a process's threads share; `?pool=false` in the address keeps one for each thread."""
    if not find_spec("psycopg") or not find_spec("psycopg_pool"):
        raise refuse(name, 'wants the extra "postgres": python -m pip install "psycopg[binary,pool]".')
    if options.get("pool") is False:
        return {"OPTIONS": {key: value for key, value in options.items() if key != "pool"}, "CONN_MAX_AGE": 600}
    # A pool keeps connections itself; Django refuses to keep them a second time.
    return {"OPTIONS": options | {"pool": POOL}, "CONN_MAX_AGE": 0}


def media_origins(storage: dict[str, Any]) -> list[str]:
    """Whom pages fetch media from besides this site; empty while files lie in MEDIA_ROOT."""
    options = storage.get("OPTIONS", {})
    if not options:
        return []
    if domain := options.get("custom_domain"):
        return [f"https://{domain}"]
    if endpoint := options.get("endpoint_url"):
        return [str(endpoint)]
    # Buckets in China are reached through a domain of their own.
    region = str(options.get("region_name", ""))
    host = f"s3.{region}.amazonaws.com.cn" if region.startswith("cn-") else "s3.amazonaws.com"
    return [f"https://{options['bucket_name']}.{host}"]


class Environment:
    """The variables of this process, and below them those of a file."""

    def __init__(self, file: Path) -> None:
        # What reads the file takes as long to load as all the rest of the settings.
        if file.exists():
            from dotenv import load_dotenv  # noqa: PLC0415 (see above)

            # The variables that libraries read themselves may stand in the file too, such as AWS_ACCESS_KEY_ID.
            load_dotenv(file, override=False, interpolate=False)

    def text(self, variable: str) -> str:
        """Read a variable as it stands; empty when it is not set."""
        return os.environ.get(variable, "")

    def boolean(self, variable: str, default: bool) -> bool:
        """Read an on/off variable."""
        word = self.text(variable).strip().lower()
        if not word:
            return default
        if word not in ON_AND_OFF:
            raise refuse(variable, "wants true or false.")
        return ON_AND_OFF[word]

    def number(self, variable: str, default: int) -> int:
        """Read a whole number that is not negative."""
        value = self.text(variable).strip() or str(default)
        if not (value.isascii() and value.isdigit()):
            raise refuse(variable, "wants a whole number that is not negative, such as 3600.")
        return int(value)

    def words(self, variable: str, default: list[str]) -> list[str]:
        """Read a list divided by commas; blanks around the items do not count."""
        items = [item.strip() for item in self.text(variable).split(",")]
        return [item for item in items if item] or default

    def hosts(self, variable: str, default: list[str]) -> list[str]:
        """Read host names, without scheme, port or path."""
        names = self.words(variable, default)
        if any("/" in name or " " in name or (":" in name and not name.startswith("[")) for name in names):
            raise refuse(variable, "wants host names without scheme and port, divided by commas, such as example.org.")
        return names

    def origins(self, variable: str) -> list[str]:
        """Read origins: a scheme and a host each, nothing behind."""
        addresses = self.words(variable, [])
        for address in addresses:
            parts = urlsplit(address)
            if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
                raise refuse(variable, "wants origins divided by commas, such as https://example.org.")
        return addresses

    def folder(self, variable: str, default: Path) -> Path:
        """Read a folder, which need not exist yet."""
        path = Path(self.text(variable) or default).expanduser().resolve()
        if path.exists() and not path.is_dir():
            raise refuse(variable, f"wants a folder, and {path} is a file.")
        return path

    def level(self, variable: str, default: str) -> str:
        """Read the name of a log level."""
        name = (self.text(variable) or default).upper()
        if name not in logging.getLevelNamesMapping():
            raise refuse(variable, "wants DEBUG, INFO, WARNING, ERROR or CRITICAL.")
        return name

    def security_log(self, variable: str) -> dict[str, Any]:
        """Read where security events are written besides the database: a file, or the error output."""
        if not self.text(variable):
            return {"class": "films.security.lines.Piped"}
        path = Path(self.text(variable)).expanduser().resolve()
        if path.is_dir() or not path.parent.is_dir():
            raise refuse(variable, f"wants a file in a folder that is there, and {path} is none.")
        return {"class": "films.security.lines.PrivateFile", "filename": str(path), "delay": True}

    def address(self, variable: str, default: str) -> str:
        """Read a mail address, with or without a name before it."""
        value = self.text(variable) or default
        if not all(parseaddr(value)[1].partition("@")):
            raise refuse(variable, "wants a mail address, such as Elysium <films@example.org>.")
        return value

    def secret(self, variable: str, *, needed: bool) -> str:
        """Read the signing key; only a development server may go without."""
        key = self.text(variable)
        if not key and needed:
            raise refuse(variable, "must be set when DEBUG is off: 50 random characters, kept secret.")
        return key or "development only: sessions signed with this key are worth nothing"

    def database(self, variable: str, default: Path) -> dict[str, Any]:
        """Read a database address; the default is a SQLite file."""
        return database_at(self.text(variable) or f"sqlite:///{default}", variable)

    def cache(self, variable: str) -> dict[str, Any]:
        """Read where cached pages live: this process's memory, or a Redis that several processes share."""
        url = self.text(variable) or "locmem://"
        scheme = urlsplit(url).scheme
        if scheme == "locmem":
            return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        if scheme not in {"redis", "rediss", "unix"}:
            raise refuse(variable, "wants locmem:// or an address such as redis://host:6379/0.")
        if not find_spec("redis"):
            raise refuse(variable, 'wants the extra "redis": python -m pip install redis.')
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}

    def media_storage(self, variable: str, endpoint: str, region: str, domain: str) -> dict[str, Any]:
        """Read where media files live: MEDIA_ROOT, or a bucket that several machines share."""
        bucket = self.text(variable)
        if not bucket:
            return {"BACKEND": "films.uploads.storage.WholeFileStorage"}
        if not find_spec("storages") or not find_spec("boto3"):
            wants = 'wants the extra "s3": python -m pip install "django-storages[s3]".'
            raise refuse(variable, wants)
        # Names are made from contents: nothing is written over, and addresses need no signature that ages.
        fixed = {"bucket_name": bucket, "file_overwrite": False, "querystring_auth": False, "default_acl": None}
        chosen = {
            "endpoint_url": next(iter(self.origins(endpoint)), ""),
            "region_name": self.text(region),
            "custom_domain": next(iter(self.hosts(domain, [])), ""),
        }
        options = fixed | {name: value for name, value in chosen.items() if value}
        return {"BACKEND": "films.uploads.bucket.BucketStorage", "OPTIONS": options}

    def mail(self, variable: str) -> dict[str, Any]:
        """Read how mail leaves; unset, it is printed to the log. The keys are Django's EMAIL_ settings."""
        url = self.text(variable) or "console://"
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            parts, port = SplitResult("", "", "", "", ""), None
        if parts.scheme == "console":
            return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
        if parts.scheme not in MAIL_SCHEMES or not parts.hostname:
            wants = "wants console:// or an address such as smtp+tls://user:password@mail.example.org:587."
            raise refuse(variable, wants)
        start_tls, ssl, usual_port = MAIL_SCHEMES[parts.scheme]
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": port or usual_port,
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_TLS": start_tls,
            "EMAIL_USE_SSL": ssl,
            "EMAIL_TIMEOUT": 10,
        }
