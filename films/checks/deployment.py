"""Settings that would let strangers in, or lose something, on a site that strangers reach."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage

from films.checks.rules import Rule, messages

YEAR = 31_536_000
MOST_PROXIES = 5
KEY_LENGTH, KEY_VARIETY = 50, 5
# In keys that were copied from somewhere.
NOT_SECRET = ("django-insecure", "development only", "change", "secret_key", "example", "password")
HERE = {"", "localhost", "127.0.0.1", "::1", "[::1]"}
ENCRYPTED = {"require", "verify-ca", "verify-full"}
PASSWORD_LENGTH = 12
STRONG_HASHERS = ("PBKDF2PasswordHasher", "Argon2PasswordHasher", "ScryptPasswordHasher", "BCryptSHA256PasswordHasher")


def database() -> dict[str, Any]:
    return dict(settings.DATABASES["default"])


def is_sqlite() -> bool:
    return "sqlite" in database()["ENGINE"]


def is_far(host: str) -> bool:
    """On another machine; a folder is where a socket lies."""
    return host not in HERE and not host.startswith("/")


def cache_address() -> Any:
    place = settings.CACHES["default"].get("LOCATION") or ""
    return urlsplit(place if isinstance(place, str) else "")


def bucket() -> dict[str, Any]:
    return dict(settings.STORAGES["default"].get("OPTIONS", {}))


def has_several_machines() -> bool:
    """What machines share says that there are several."""
    return bool(bucket()) or is_far(cache_address().hostname or "")


def key_is_weak() -> bool:
    key = str(settings.SECRET_KEY)
    is_poor = len(key) < KEY_LENGTH or len(set(key)) < KEY_VARIETY
    return is_poor or any(word in key.lower() for word in NOT_SECRET)


def own_hosts() -> set[str]:
    return {host.lstrip(".") for host in settings.ALLOWED_HOSTS}


def origins() -> list[Any]:
    return [urlsplit(origin) for origin in settings.CSRF_TRUSTED_ORIGINS]


def strange_origins() -> bool:
    """An origin of none of our hosts."""
    hosts = own_hosts()
    return any(
        not any(f".{origin.hostname}".endswith(f".{host}") for host in hosts)
        for origin in origins()
        if origin.hostname
    )


def cookies() -> list[tuple[str, bool]]:
    names = ("SESSION", "CSRF", "LANGUAGE")
    return [(getattr(settings, f"{name}_COOKIE_NAME"), getattr(settings, f"{name}_COOKIE_SECURE")) for name in names]


def lies_in(folder: Any, other: Any) -> bool:
    return Path(folder).resolve().is_relative_to(Path(other).resolve())


def media_are_served_as_files() -> bool:
    media, static = settings.MEDIA_ROOT, settings.STATIC_ROOT
    return lies_in(media, static) or lies_in(static, media) or lies_in(media, settings.WHITENOISE_ROOT)


def short_passwords() -> bool:
    validators: list[Any] = list(settings.AUTH_PASSWORD_VALIDATORS)
    wanted = [entry for entry in validators if entry["NAME"].endswith("MinimumLengthValidator")]
    lengths = [entry.get("OPTIONS", {}).get("min_length", 8) for entry in wanted]
    return max(lengths, default=0) < PASSWORD_LENGTH


def policy_is_open() -> bool:
    directives = getattr(settings, "CONTENT_SECURITY_POLICY", {}).get("DIRECTIVES", {})
    said = " ".join(str(source) for sources in directives.values() for source in sources)
    return not directives or "unsafe" in said or "*" in said


def logs_statements() -> bool:
    logging: dict[str, Any] = settings.LOGGING
    return bool(logging.get("root", {}).get("level") == "DEBUG")


def sends_mail() -> bool:
    return str(settings.EMAIL_BACKEND).endswith("smtp.EmailBackend")


def mail_is_open() -> bool:
    is_plain = not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL)
    return sends_mail() and is_plain and (is_far(settings.EMAIL_HOST) or bool(settings.EMAIL_HOST_PASSWORD))


def database_is_open() -> bool:
    place = database()
    return (
        not is_sqlite()
        and is_far(str(place.get("HOST", "")))
        and place.get("OPTIONS", {}).get("sslmode") not in ENCRYPTED
    )


RULES = (
    Rule(
        "E101",
        lambda: settings.DEBUG,
        "DEBUG is on: errors show source code and settings to whoever meets them.",
        "Set DEBUG=false, or leave it out.",
    ),
    Rule(
        "E102",
        key_is_weak,
        "SECRET_KEY is short, uniform or copied: whoever guesses it can sign in as anybody.",
        'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(50))"',
    ),
    Rule(
        "E103",
        lambda: "*" in settings.ALLOWED_HOSTS,
        "ALLOWED_HOSTS has *: a link in a mail or a kept page may then name a stranger's host.",
        "Name the hosts of the site: ALLOWED_HOSTS=films.example.org.",
    ),
    Rule(
        "W104",
        lambda: own_hosts() <= HERE,
        "ALLOWED_HOSTS names this machine only: visitors get “Bad request”.",
        "Name the hosts of the site: ALLOWED_HOSTS=films.example.org.",
    ),
    Rule(
        "E105",
        lambda: settings.SECURE_SSL_REDIRECT and not settings.PROXY_COUNT,
        "SECURE_SSL_REDIRECT is on and PROXY_COUNT is 0: every page would redirect to itself for ever.",
        "Set PROXY_COUNT to the number of proxies in front of the server (1 for one nginx or Caddy).",
    ),
    Rule(
        "E106",
        lambda: settings.PROXY_COUNT > MOST_PROXIES,
        "PROXY_COUNT is larger than any row of proxies: visitors could write their own address.",
        "Count the proxies of yours that add to X-Forwarded-For; usually there is 1, with a CDN 2.",
    ),
    Rule(
        "E107",
        lambda: not settings.SECURE_SSL_REDIRECT,
        "SECURE_SSL_REDIRECT is off: sign-ins and sessions can be read on their way.",
        "Put a proxy with TLS in front (docs/deploy.md) and set SECURE_SSL_REDIRECT=true.",
    ),
    Rule(
        "W108",
        lambda: 0 <= settings.SECURE_HSTS_SECONDS < YEAR,
        "SECURE_HSTS_SECONDS is less than a year: a first visit over http can be caught.",
        "When https has worked for some days, set SECURE_HSTS_SECONDS=31536000.",
    ),
    Rule(
        "W109",
        lambda: settings.SECURE_HSTS_SECONDS > 0 and not settings.SECURE_SSL_REDIRECT,
        "SECURE_HSTS_SECONDS is set and SECURE_SSL_REDIRECT is off: the promise is never made.",
        "Set SECURE_SSL_REDIRECT=true.",
    ),
    Rule(
        "E110",
        lambda: any(origin.scheme == "http" and is_far(origin.hostname or "") for origin in origins()),
        "CSRF_TRUSTED_ORIGINS has an origin with http: whoever sits on the line can post for an editor.",
        "Write it with https://, or leave it out.",
    ),
    Rule(
        "W111",
        strange_origins,
        "CSRF_TRUSTED_ORIGINS has an origin that is none of ALLOWED_HOSTS: that site may post for an editor.",
        "Leave it out; the site's own host needs no entry when the proxy passes Host on.",
    ),
    Rule(
        "E112",
        lambda: any("*" in origin.netloc for origin in origins()),
        "CSRF_TRUSTED_ORIGINS has a *: every host below it may post for an editor.",
        "Name each origin.",
    ),
    Rule(
        "E113",
        lambda: not all(is_secure for _name, is_secure in cookies()),
        "A cookie may travel over http.",
        "SECURE_SSL_REDIRECT=true marks all of them; do not set the others by hand.",
    ),
    Rule(
        "E114",
        lambda: not all(name.startswith("__Host-") for name, _is_secure in cookies()),
        "A cookie has no name beginning with __Host-: a neighbouring host can plant one.",
        "SECURE_SSL_REDIRECT=true names all of them; do not set the others by hand.",
    ),
    Rule(
        "E115",
        media_are_served_as_files,
        "MEDIA_ROOT and STATIC_ROOT lie in one another: what somebody uploads would be served as a file of ours.",
        "Give each a folder of its own in DATA_DIR, as elysium/settings.py does.",
    ),
    Rule(
        "E116",
        lambda: not settings.PASSWORD_HASHERS[0].endswith(STRONG_HASHERS),
        "PASSWORD_HASHERS begins with a quick one: stolen passwords are guessed in minutes.",
        "Leave PASSWORD_HASHERS out, so that Django's own order holds.",
    ),
    Rule(
        "E117",
        short_passwords,
        "AUTH_PASSWORD_VALIDATORS lets passwords be shorter than 12 characters.",
        "Restore MinimumLengthValidator with min_length 12 in elysium/settings.py.",
    ),
    Rule(
        "W118",
        logs_statements,
        "LOG_LEVEL is DEBUG: statements with what people typed go to the log.",
        "Set LOG_LEVEL=INFO.",
    ),
    Rule(
        "W119",
        database_is_open,
        "DATABASE_URL names another machine without encryption: contents and password can be read on their way.",
        "End it with ?sslmode=require (or verify-full with the server's certificate).",
    ),
    Rule(
        "E120",
        lambda: bool(database().get("OPTIONS", {}).get("pool")) and bool(database().get("CONN_MAX_AGE")),
        "DATABASES keeps connections twice, in a pool and by CONN_MAX_AGE: Django refuses to open it.",
        "Leave CONN_MAX_AGE at 0, or end DATABASE_URL with ?pool=false.",
    ),
    Rule(
        "W121",
        mail_is_open,
        "EMAIL_URL sends mail without encryption: links that set a password can be read on their way.",
        "Write it as smtp+tls:// (port 587) or smtp+ssl:// (port 465).",
    ),
    Rule(
        "W122",
        lambda: is_far(cache_address().hostname or "") and cache_address().scheme != "rediss",
        "CACHE_URL names another machine without encryption.",
        "Write it as rediss://, or keep that line in a network of its own and silence films.W122.",
    ),
    Rule(
        "W123",
        lambda: str(bucket().get("endpoint_url", "")).startswith("http://"),
        "AWS_S3_ENDPOINT_URL begins with http: media and their signatures can be read on their way.",
        "Write it with https://.",
    ),
    Rule(
        "W124",
        lambda: is_sqlite() and has_several_machines(),
        "The database is a file of this machine, and the bucket or the cache is shared with others: each machine "
        "would have contents of its own.",
        "With several machines set DATABASE_URL=postgres://…; with one, silence films.W124.",
    ),
    Rule(
        "I125",
        lambda: bool(bucket()) and "locmem" in settings.CACHES["default"]["BACKEND"].lower(),
        "CACHE_URL is not set: each machine keeps a cache of its own.",
        "With several machines set CACHE_URL=redis://…; with one, silence films.I125.",
    ),
    Rule(
        "W126",
        lambda: sends_mail() and "@localhost" in settings.DEFAULT_FROM_EMAIL,
        "DEFAULT_FROM_EMAIL is an address of this machine: mail is taken for spam, and security.txt leads nowhere.",
        "Set DEFAULT_FROM_EMAIL to an address that somebody reads.",
    ),
    Rule(
        "E127",
        policy_is_open,
        "CONTENT_SECURITY_POLICY is missing or allows what is inline or comes from anywhere.",
        "Restore it in elysium/settings.py; pages need nothing inline.",
    ),
)


def check_deployment(**kwargs: Any) -> list[CheckMessage]:
    return messages(RULES)
