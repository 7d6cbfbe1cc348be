"""The sample's doors: what is refused, the accounts, the shorthand of its files."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from catalog.models import Procedure
from procedures_portal.sample.accounts import FILE_NAME, create_sample_accounts
from procedures_portal.sample.loading import ForeignRegister, load_sample
from procedures_portal.sample.shorthand import content_of
from publication.models import AnnouncementDecision
from tests.factories import make_procedure


@pytest.mark.django_db
def test_a_register_with_other_procedures_is_left_alone():
    make_procedure("1.004222")
    with pytest.raises(ForeignRegister, match=r"1\.004222"):
        load_sample()
    assert not AnnouncementDecision.objects.exists()


@pytest.mark.django_db
def test_the_command_refuses_full_mode_without_force(settings):
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="--force"):
        call_command("load_sample")
    assert not Procedure.objects.exists()


@pytest.mark.django_db
def test_accounts_have_fresh_passwords_that_only_we_can_read(tmp_path: Path):
    accounts = create_sample_accounts(folder=tmp_path)
    file = tmp_path / FILE_NAME
    assert [account.username for account in accounts] == [
        "quan-tri",
        "can-bo-so",
        "lanh-dao-so",
        "kiem-soat",
        "can-bo-so-khac",
    ]
    assert file.stat().st_mode & 0o777 == 0o600
    for account in accounts:
        user = get_user_model().objects.get(username=account.username)
        assert user.check_password(account.password)
        assert f"{account.username}\t{account.password}\t" in file.read_text()
    assert (
        not get_user_model()
        .objects.get(username="can-bo-so")
        .has_perm("publication.approve_announcement")
    )


@pytest.mark.django_db
def test_accounts_that_exist_keep_their_passwords(tmp_path: Path):
    create_sample_accounts(folder=tmp_path)
    kept = (tmp_path / FILE_NAME).read_text()
    assert {account.password for account in create_sample_accounts(folder=tmp_path)} == {""}
    assert (tmp_path / FILE_NAME).read_text() == kept


_ENTRY = {
    "summary": "Tóm tắt",
    "keywords": ["từ khóa"],
    "steps": ["Nộp | Nộp hồ sơ."],
    "filing": [{"by": "direct online", "time": "3 ngày làm việc"}],
    "papers": [["Đơn", 1, 0]],
    "laws": ["1/2024/NĐ-CP"],
}
_LAWS = {"1/2024/NĐ-CP": ["Nghị định", "2024-01-01", "Chính phủ"]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": ["Không có tên bước"]},
        {"filing": [{"by": "direct", "time": "3 tuần"}]},
        {"filing": [{"by": "direct", "time": "3 ngày", "fees": ["gratis"]}]},
        {"filing": [{"by": "direct", "time": "3 ngày", "fees": [{"note": "?"}]}]},
        {"laws": ["2/2024/NĐ-CP"]},
    ],
)
def test_shorthand_that_cannot_be_read_is_refused(wrong):
    content_of(_ENTRY, laws=_LAWS, reception_address="")
    with pytest.raises(ValueError):
        content_of(_ENTRY | wrong, laws=_LAWS, reception_address="")
