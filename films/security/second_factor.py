"""The second step of signing in: a code from the person's telephone, or one of the codes they keep for its loss."""

from __future__ import annotations

import datetime as dt
from base64 import b32encode
from secrets import token_bytes
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from films import roles

CODES = 10
SALT = "films.security.recovery_code"
NAME = "desk"
# Whoever has one of these publishes or decides on accounts.
POWERFUL = sorted(roles.ADMINISTRATOR - roles.EDITOR - roles.rights("delete", roles.RECORDS))
QUIET_ZONE = 4


def is_asked_of(user: Any) -> bool:
    """Whether this person's role asks for a second step (no query once their rights are read)."""
    if not settings.SECOND_FACTOR:
        return False
    return bool(user.is_superuser or any(user.has_perm(name) for name in POWERFUL))


def is_passed(user: Any) -> bool:
    """Whether this session has seen the person's code."""
    return getattr(user, "otp_device", None) is not None


def device_of(user: Any) -> TOTPDevice | None:
    """The person's telephone (one query, kept with the user)."""
    if not hasattr(user, "second_factor"):
        user.second_factor = TOTPDevice.objects.filter(user=user.pk, confirmed=True).order_by("pk").first()
    found: TOTPDevice | None = user.second_factor
    return found


def is_open(user: Any) -> bool:
    """Whether the desk opens: the second step is taken, or there is none to take."""
    return is_passed(user) or (device_of(user) is None and not is_asked_of(user))


def new_key() -> str:
    return str(random_hex(20))


def enrol(user: Any, key: str, code: str) -> TOTPDevice | None:
    """Make a key the person's own once its first code is right; it takes the place of an earlier one."""
    with transaction.atomic():
        device = TOTPDevice.objects.create(user=user, name=NAME, key=key)
        if not device.verify_token(code):
            transaction.set_rollback(True)
            return None
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    user.second_factor = device
    return device


def try_code(user: Any, typed: str) -> Any:
    """The device that accepts a code, or None. Each code is accepted once, and wrong ones make the next wait."""
    code = plain(typed)
    device = device_of(user) if code.isdecimal() and len(code) == 6 else recovery_of(user)
    if device is None:
        return None
    token = code if isinstance(device, TOTPDevice) else fingerprint(user, code)
    return verify_token(user, device.persistent_id, token)


def waits_until(user: Any) -> dt.datetime | None:
    """When the next code will be looked at, after wrong ones (2 queries)."""
    devices = [*TOTPDevice.objects.filter(user=user), *StaticDevice.objects.filter(user=user)]
    waits = [
        told["locked_until"] for is_free, told in (device.verify_is_allowed() for device in devices) if not is_free
    ]
    return max(waits, default=None)


def plain(typed: str) -> str:
    """A code as it was made, however it was typed."""
    return "".join(sign for sign in typed.lower() if sign.isalnum())


def recovery_of(user: Any) -> StaticDevice | None:
    found: StaticDevice | None = StaticDevice.objects.filter(user=user.pk, confirmed=True).order_by("pk").first()
    return found


def codes_left(user: Any) -> int:
    return int(StaticToken.objects.filter(device__user=user.pk).count())


def fingerprint(user: Any, code: str) -> str:
    """What is stored of a recovery code: nobody who reads the database alone can type it."""
    digest = salted_hmac(SALT, f"{user.pk}:{code}", algorithm="sha256").digest()
    return b32encode(digest[:10]).decode().lower()


def new_codes(user: Any) -> list[str]:
    """Recovery codes in the place of the earlier ones; this is the only moment at which anybody can read them."""
    codes = [b32encode(token_bytes(7)).decode().lower()[:10] for _number in range(CODES)]
    with transaction.atomic():
        device, _made = StaticDevice.objects.get_or_create(user=user, name=NAME)
        device.token_set.all().delete()
        tokens = [StaticToken(device=device, token=fingerprint(user, code)) for code in codes]
        StaticToken.objects.bulk_create(tokens)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def remove(user: Any) -> bool:
    """Take the second step away; sessions that had taken it have to take a new one, if one is asked for."""
    with transaction.atomic():
        count = TOTPDevice.objects.filter(user=user).delete()[0] + StaticDevice.objects.filter(user=user).delete()[0]
    vars(user).pop("second_factor", None)
    return bool(count)


def key_in_words(key: str) -> str:
    """The key as people type it: groups of four."""
    letters = b32encode(bytes.fromhex(key)).decode().rstrip("=")
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def picture(user: Any, key: str) -> dict[str, Any]:
    """The key as the squares of a picture to scan: its size and a path."""
    # Its writers of image formats, for the one page that draws a key.
    import segno  # noqa: PLC0415

    matrix = segno.make(TOTPDevice(user=user, key=key).config_url, error="m").matrix
    squares = [
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, is_dark in enumerate(row)
        if is_dark
    ]
    return {"size": len(matrix) + 2 * QUIET_ZONE, "path": "".join(squares)}


def last_used(user: Any) -> dt.datetime | None:
    device = device_of(user)
    return timezone.localtime(device.last_used_at) if device and device.last_used_at else None
