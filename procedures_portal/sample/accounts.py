"""Accounts to try the portal with. Passwords are made up on the spot and kept outside the code."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from catalog.enums import Role
from catalog.models import Agency, Membership

FILE_NAME = "sample_accounts.txt"


@dataclass(frozen=True)
class SampleAccount:
    """`password` is empty for an account that was there before: only its owner knows it."""

    username: str
    role: str
    password: str


@dataclass(frozen=True)
class _Planned:
    username: str
    full_name: str
    role: Role
    agency: str = ""  # the slug of the sample agency they work for

    @property
    def words(self) -> str:
        return str(self.role.label)


_ACCOUNTS = (
    _Planned("quan-tri", "Quản trị cổng", Role.ADMINISTRATOR),
    _Planned("can-bo-so", "Nguyễn Thị Lan", Role.OFFICER, "so-tu-phap"),
    _Planned("lanh-dao-so", "Phạm Văn Hùng", Role.HEAD, "so-tu-phap"),
    _Planned("kiem-soat", "Trần Thị Minh", Role.CONTROLLER, "van-phong-ubnd-tinh"),
    _Planned("can-bo-so-khac", "Lê Văn Bình", Role.OFFICER, "so-xay-dung"),
)


def create_sample_accounts(*, folder: Path) -> list[SampleAccount]:
    """Create the accounts that are missing and write their passwords to a file only we can read.

    The file is `sample_accounts.txt` in `folder` (0600). Existing accounts keep their passwords
    and their lines in it.
    """
    with transaction.atomic():
        accounts = [_create(planned) for planned in _ACCOUNTS]
        fresh = [account for account in accounts if account.password]
        if fresh:
            _keep(folder / FILE_NAME, fresh)
    return accounts


def _create(planned: _Planned) -> SampleAccount:
    users = get_user_model()
    if users.objects.filter(username=planned.username).exists():
        return SampleAccount(planned.username, planned.words, "")
    password = secrets.token_urlsafe(12)
    user = users.objects.create_user(
        username=planned.username,
        password=password,
        # Django prints the first name first; a Vietnamese name is one field.
        first_name=planned.full_name,
        email=f"{planned.username}@example.gov.vn",
        is_staff=True,
        is_superuser=planned.role == Role.ADMINISTRATOR,
    )
    user.groups.add(Group.objects.get(name=planned.role.value))
    agency = Agency.objects.filter(slug=planned.agency).first()
    if agency:
        Membership.objects.create(user=user, agency=agency)
    return SampleAccount(planned.username, planned.words, password)


def _keep(path: Path, accounts: list[SampleAccount]) -> None:
    """Append, so that earlier passwords stay known."""
    # Opened with its mode: a file that is narrowed only after writing is readable for a moment.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        for account in accounts:
            file.write(f"{account.username}\t{account.password}\t{account.role}\n")
