"""The national package of what was announced: the register's words, the province's decision."""

from datetime import date

import pytest

from catalog.importers.national_package import parse_national_package
from catalog.importers.national_package_export import to_national_package
from catalog.importers.run import import_file
from catalog.models import Procedure
from publication.exports.national_package import announced_package
from publication.public_texts import current_text, present_portal
from tests.catalog.importers.source_files import package, write_lines
from tests.publication.acts import announce


@pytest.mark.django_db
def test_a_package_that_is_taken_in_and_announced_comes_out_with_our_decision(tmp_path):
    sent = package(LINHVUCTHUCHIEN=[{"TENLINHVUC": "Đất đai"}, {"TENLINHVUC": "Bản đồ"}])
    import_file(write_lines(tmp_path, [sent]), today=date(2026, 11, 22))
    announce(Procedure.objects.get(), number="3218/QĐ-UBND")
    public = current_text("1.900001")
    assert public is not None
    out = announced_package(public, present_portal())
    ours = {
        "SOQUYETDINH": "3218/QĐ-UBND",
        "NGAYQUYETDINH": "03/10/2024",
        "TRICHYEU": "Công bố Danh mục thủ tục hành chính",
    }
    assert out["quyetDinhCongBo"] == ours
    register = to_national_package(Procedure.objects.for_announcing().get())
    assert out == register | {"quyetDinhCongBo": ours}
    assert parse_national_package(out).content == parse_national_package(sent).content


@pytest.mark.django_db
def test_the_leading_keys_are_settings_here_too(settings):
    settings.PORTAL_PACKAGE_CODE_KEY, settings.PORTAL_PACKAGE_NAME_KEY = "MA", "TEN"
    from tests.publication.exports.texts import make_public

    out = announced_package(make_public(), present_portal())
    assert (out["MA"], out["TEN"]) == ("1.004222", "Đăng ký thường trú")
