"""Accounts to try the portal with. Passwords are made up on the spot and kept outside the code."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q

FILE_NAME = "sample_accounts.txt"
_OFFICER_MODELS = (
    "ministrydecision",
    "ministryitem",
    "legaldocument",
    "announcementdecision",
    "announcementitem",
    "procedure",
    "procedureagency",
)


@dataclass(frozen=True)
class SampleAccount:
    """`password` is empty for an account that was there before: only its owner knows it."""

    username: str
    role: str
    password: str


_ACCOUNTS = (
    ("quan-tri", "Quản trị hệ thống"),
    ("can-bo-so", "Cán bộ sở, ngành"),
    ("kiem-soat", "Văn phòng UBND tỉnh, kiểm soát thủ tục hành chính"),
)


def create_sample_accounts(*, folder: Path) -> list[SampleAccount]:
    """Create the accounts that are missing and write their passwords to a file only we can read.

    The file is `sample_accounts.txt` in `folder` (0600). Existing accounts keep their passwords
    and their lines in it.
    """
    with transaction.atomic():
        accounts = [_create(username, role) for username, role in _ACCOUNTS]
        fresh = [account for account in accounts if account.password]
        if fresh:
            _keep(folder / FILE_NAME, fresh)
    return accounts


def _create(username: str, role: str) -> SampleAccount:
    users = get_user_model()
    if users.objects.filter(username=username).exists():
        return SampleAccount(username, role, "")
    password = secrets.token_urlsafe(12)
    user = users.objects.create_user(username=username, password=password, first_name=role)
    user.is_staff = True
    user.is_superuser = username == "quan-tri"
    user.save()
    if not user.is_superuser:
        user.user_permissions.set(_permissions(username))
    return SampleAccount(username, role, password)


def _permissions(username: str) -> list[Permission]:
    """The officer enters decisions and procedures; the controller reads all, returns and issues."""
    ours = Permission.objects.filter(content_type__app_label__in=["catalog", "publication"])
    reading = Q(codename__startswith="view_")
    if username == "can-bo-so":
        own = Q(content_type__model__in=_OFFICER_MODELS)
        writing = Q(codename__startswith="add_") | Q(codename__startswith="change_")
        return list(ours.filter(reading | own & writing))
    acting = Q(codename__in=["issue_announcement", "return_announcement"])
    return list(ours.filter(reading | acting))


def _keep(path: Path, accounts: list[SampleAccount]) -> None:
    """Append, so that earlier passwords stay known."""
    # Opened with its mode: a file that is narrowed only after writing is readable for a moment.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        for account in accounts:
            file.write(f"{account.username}\t{account.password}\t{account.role}\n")
