"""Files of forms: a new upload is a new version, bytes are kept once, nothing is guessed."""

import pytest
from django.db import IntegrityError, transaction

from catalog.canonical import digest_bytes
from catalog.content import read_content
from catalog.enums import Role
from catalog.form_files import check_form, form_standings, unnamed_files
from catalog.form_kinds import FormRefused
from catalog.form_store import place
from catalog.models import FormFile
from tests.factories import make_content, make_form_file, make_pdf, make_procedure, make_staff

pytestmark = pytest.mark.django_db


def test_a_new_upload_is_a_new_version_and_the_earlier_one_stays():
    procedure = make_procedure()
    first = make_form_file(procedure, "Tờ khai", make_pdf("một"))
    second = make_form_file(procedure, " Tờ  khai", make_pdf("hai"))
    other = make_form_file(procedure, "Đơn", make_pdf("hai"))
    assert [(it.title, it.version) for it in (first, second, other)] == [
        ("Tờ khai", 1),
        ("Tờ khai", 2),
        ("Đơn", 1),
    ]
    assert first.path.read_bytes() == make_pdf("một")


def test_facts_are_those_of_the_bytes_and_the_uploader_s_name_lasts():
    user = make_staff(Role.OFFICER)
    file = make_form_file(make_procedure(), data=make_pdf("x"), file_name="Mẫu 1.docx", by=user)
    assert file.sha256 == digest_bytes(make_pdf("x"))
    assert (file.file_name, file.media_type) == ("mau-1.pdf", "application/pdf")
    assert file.size == len(make_pdf("x"))
    user.delete()
    file.refresh_from_db()
    assert (file.uploaded_by, file.uploaded_by_name) == (None, user.username)


def test_the_same_bytes_are_no_new_version_but_an_older_one_may_come_back():
    procedure = make_procedure()
    make_form_file(procedure, data=make_pdf("một"))
    with pytest.raises(FormRefused, match="đã là bản mới nhất"):
        make_form_file(procedure, data=make_pdf("một"))
    make_form_file(procedure, data=make_pdf("hai"))
    assert make_form_file(procedure, data=make_pdf("một")).version == 3


def test_what_is_too_large_or_empty_is_refused_and_nothing_is_kept(settings):
    settings.PORTAL_FORM_MAX_MB = 1
    large = make_pdf("x" * 1024**2)
    with pytest.raises(FormRefused, match="lớn hơn 1 MB"):
        make_form_file(make_procedure(), data=large)
    with pytest.raises(FormRefused, match="trống"):
        check_form(b"")
    assert not place(digest_bytes(large)).exists()
    assert list(FormFile.objects.all()) == []


@pytest.mark.parametrize(
    "facts", [{"title": ""}, {"size": 0}, {"media_type": "text/html"}, {"version": 1}]
)
def test_the_database_refuses_rows_that_no_upload_makes(facts):
    procedure = make_procedure()
    make_form_file(procedure)
    second = make_form_file(procedure)
    with pytest.raises(IntegrityError), transaction.atomic():
        FormFile.objects.filter(pk=second.pk).update(**facts)


def test_standings_tell_what_citizens_get_of_each_form_and_what_no_paper_names():
    procedure = make_procedure(
        content=make_content(
            paper_cases=[
                {
                    "papers": [
                        {"name": "Đơn", "forms": [{"name": "Mẫu A"}, {"name": "Mẫu B"}]},
                        {
                            "name": "Bản kê",
                            "forms": [
                                {"name": "Mẫu C", "url": "https://a.vn/c"},
                                {"name": "Mẫu A"},
                            ],
                        },
                    ]
                }
            ]
        )
    )
    make_form_file(procedure, "Mẫu A")
    newest = make_form_file(procedure, "Mẫu A")
    stray = make_form_file(procedure, "Mẫu D")
    content = read_content(procedure.content)
    files = list(procedure.form_files.all())
    found = form_standings(content, files)
    assert [(it.name, it.file, it.address, it.is_lacking) for it in found] == [
        ("Mẫu A", newest, "", False),
        ("Mẫu B", None, "", True),
        ("Mẫu C", None, "https://a.vn/c", False),
    ]
    assert unnamed_files(content, files) == [stray]
