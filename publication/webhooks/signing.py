"""Secrets of subscribers, and signatures by the rules of Standard Webhooks.

A secret must be readable to sign with, so it is sealed instead of digested: with a key made of
PORTAL_SECRET_KEY, so that a copy of the database alone signs nothing (decision 021).
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes

_BEGINS: Final = "whsec_"
_BYTES = 32


class SecretUnreadable(Exception):
    """Sealed with another key than the portal has now."""


def new_secret() -> str:
    """Random, in the spelling that libraries of Standard Webhooks take."""
    return _BEGINS + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def new_key() -> str:
    return f"msg_{secrets.token_hex(16)}"


def seal(secret: str) -> str:
    return _sealer().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises SecretUnreadable."""
    try:
        return _sealer().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SecretUnreadable from error


def signed_headers(*, key: str, body: bytes, valid: Iterable[str], now: datetime) -> dict[str, str]:
    """What a receiver checks; one signature for each secret that is valid now."""
    moment = str(int(now.timestamp()))
    content = b".".join((key.encode(), moment.encode(), body))
    return {
        "Content-Type": "application/json",
        "User-Agent": "procedures-portal",
        "webhook-id": key,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(_signature(secret, content) for secret in valid),
    }


def _signature(secret: str, content: bytes) -> str:
    raw = base64.b64decode(secret.removeprefix(_BEGINS))
    return "v1," + base64.b64encode(hmac.digest(raw, content, "sha256")).decode()


def _sealer() -> MultiFernet:
    """Seals with the key of today, opens with those before it as well."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str | bytes) -> bytes:
    digest = hashlib.sha256(b"webhook secrets\0" + force_bytes(key)).digest()
    return base64.urlsafe_b64encode(digest)
