"""A telephone with an authenticator, as a person holds it beside the browser."""

import time
from base64 import b32decode
from typing import Any

from django.test import Client
from django_otp.oath import TOTP

ENROL = "/admin/second-factor/enrol/"


def code_at(key: str, moment: float) -> str:
    """The six digits that a key (in hexadecimal) shows at a moment."""
    device = TOTP(bytes.fromhex(key))
    device.time = moment
    return f"{device.token():06d}"


class Phone:
    """Reads the key from the page of a client and shows its codes."""

    def __init__(self, client: Client) -> None:
        self.client = client
        letters = client.get(ENROL).context["key"].replace(" ", "")
        self.key = b32decode(letters + "=" * (-len(letters) % 8)).hex()

    def code(self) -> str:
        return code_at(self.key, time.time())

    def set_up(self, **data: str) -> Any:
        """Type the first code; gives the page with the recovery codes."""
        response = self.client.post(ENROL, {"code": self.code(), **data})
        assert "codes" in response.context, response.context["form"].errors
        return response
