"""Keys of the API: given to an agency's system, shown once, recognised by digest, revoked."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from catalog.enums import Role
from catalog.models import Agency, name_of
from catalog.people import person_of
from publication.authority import NotAllowed
from publication.models import ApiToken

# Programs that look for leaked secrets know a key by how it begins.
_BEGINS: Final = "vnp_"
_SEEN_EVERY = timedelta(minutes=5)  # a write for each request would cost more than the reading


def give_token(
    *,
    agency: Agency,
    name: str,
    scopes: Sequence[str],
    expires_on: date | None,
    by: Any,
    now: datetime,
) -> tuple[ApiToken, str]:
    """A new key, and its secret: this is the only time that anybody can read it.

    Raises NotAllowed, and ValidationError for scopes that there are not.
    """
    _check_administrator(by)
    prefix = _BEGINS + secrets.token_hex(4)
    secret = f"{prefix}_{secrets.token_urlsafe(32)}"
    token = ApiToken(
        agency=agency,
        name=name,
        scopes=list(scopes),
        prefix=prefix,
        digest=_digest(secret),
        created_at=now,
        created_by=name_of(by),
        expires_on=expires_on,
    )
    token.full_clean()
    token.save()
    return token, secret


def revoke_token(*, token_id: int, by: Any, now: datetime) -> ApiToken:
    """From now on nobody is let in with it; revoking again changes nothing. Raises NotAllowed."""
    _check_administrator(by)
    with transaction.atomic():
        token = ApiToken.objects.select_for_update(of=("self",)).get(pk=token_id)
        if token.revoked_at is None:
            token.revoked_at, token.revoked_by = now, name_of(by)
            token.save(update_fields=["revoked_at", "revoked_by"])
        return token


def find_token(secret: str, *, now: datetime) -> ApiToken | None:
    """The key that a secret opens, unless it has ended or was revoked; one query."""
    token = ApiToken.objects.filter(digest=_digest(secret), revoked_at=None).first()
    if token and token.expires_on and token.expires_on < localdate(now):
        return None
    return token


def note_seen(token: ApiToken, *, now: datetime) -> None:
    """Write down that a key is in use, every few minutes at most."""
    if token.last_seen_at and now - token.last_seen_at < _SEEN_EVERY:
        return
    unseen = Q(last_seen_at=None) | Q(last_seen_at__lt=now)
    ApiToken.objects.filter(unseen, pk=token.pk).update(last_seen_at=now)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _check_administrator(by: Any) -> None:
    if not person_of(by).has(Role.ADMINISTRATOR):
        raise NotAllowed(_("Chỉ quản trị hệ thống cấp và thu hồi khóa truy cập API."))
