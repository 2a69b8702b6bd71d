"""How often somebody may try to sign in: counted for each account at each address, and for each address alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone


class Throttle(AxesDatabaseHandler):  # type: ignore[misc]
    """axes with two limits: one for an account, a higher one for all accounts that an address tries."""

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """The failures that count, as if the limit of an account were the only one."""
        pair, address = self.counted(request, credentials)
        limit: int = settings.AXES_FAILURE_LIMIT
        return max(total(pair), limit if total(address) >= settings.ADDRESS_FAILURE_LIMIT else 0)

    def counted(self, request: Any, credentials: dict[str, Any] | None) -> tuple[list[Any], list[Any]]:
        """The attempts of the last hour: at this account from this address, and all from this address."""
        pair, address = self.get_user_attempts(request, credentials)
        return rows(pair), rows(address)

    def reset_user_attempts(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """A success forgives the attempts at one's own account alone: an own account must not buy further guesses."""
        pair, _address = self.filter_user_attempts(request, credentials)
        count, _rows = pair.delete()
        return int(count)

    def free_at(self, request: Any, credentials: dict[str, Any] | None = None) -> dt.datetime:
        """When the next attempt will be looked at."""
        pair, address = self.counted(request, credentials)
        limits = ((pair, settings.AXES_FAILURE_LIMIT), (address, settings.ADDRESS_FAILURE_LIMIT))
        moments = [moment for attempts, limit in limits if (moment := falls_below(attempts, limit))]
        return max(moments, default=request.axes_attempt_time)


def rows(attempts: QuerySet[Any]) -> list[tuple[dt.datetime, int]]:
    return list(attempts.order_by("attempt_time").values_list("attempt_time", "failures_since_start"))


def total(attempts: list[tuple[dt.datetime, int]]) -> int:
    return sum(count for _moment, count in attempts)


def falls_below(attempts: list[tuple[dt.datetime, int]], limit: int) -> dt.datetime | None:
    """When so many of these attempts are forgotten that fewer than the limit remain."""
    left = total(attempts)
    for moment, count in attempts:
        if left < limit:
            break
        left -= count
        free = moment + settings.AXES_COOLOFF_TIME
    return free if total(attempts) >= limit else None


def is_locked(username: str) -> bool:
    """Whether an account is shut at some address just now (one query)."""
    return any(count >= settings.AXES_FAILURE_LIMIT for count in by_address(username).values())


def by_address(username: str) -> dict[str, int]:
    """How often it was tried from each address, as far as that is not forgotten yet."""
    found: dict[str, int] = {}
    remembered = AccessAttempt.objects.filter(
        username=username, attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME
    )
    for address, count in remembered.values_list("ip_address", "failures_since_start"):
        found[address] = found.get(address, 0) + count
    return found


def unlock(username: str) -> int:
    """Forget the failed attempts at an account; how many rows that were."""
    count, _rows = AccessAttempt.objects.filter(username=username).delete()
    return int(count)
