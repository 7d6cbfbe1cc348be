"""The page of a procedure takes files of forms, shows versions, and says what citizens lack."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.enums import Role
from catalog.models import FormFile
from publication.actions import submit_announcement
from tests.factories import (
    make_agency,
    make_announcement,
    make_form_file,
    make_pdf,
    make_procedure,
    make_staff,
)
from tests.publication.acts import NOON
from tests.staff_pages import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make_agency("Sở Tư pháp")


@pytest.fixture
def officer(client, agency):
    user = make_staff(Role.OFFICER, agency, username="lan")
    client.force_login(user)
    return user


def page_of(procedure):
    return f"/admin/catalog/procedure/{procedure.pk}/change/"


def upload(client, procedure, *files):
    """Save the page with (title, data) in new rows."""
    page = client.get(page_of(procedure))
    begun = int(form_of(page)["form_files-TOTAL_FORMS"][0])
    typed: dict[str, Any] = {"form_files-TOTAL_FORMS": begun + len(files)}
    for place, (title, data) in enumerate(files, start=begun):
        typed[f"form_files-{place}-title"] = title
        typed[f"form_files-{place}-upload"] = SimpleUploadedFile("Mẫu đơn.docx", data)
    return client.post(page_of(procedure), form_of(page, **typed))


def errors(answer):
    formset = next(
        it.formset for it in answer.context["inline_admin_formsets"] if it.formset.model is FormFile
    )
    return [
        *formset.non_form_errors(),
        *(e for row in formset.errors for es in row.values() for e in es),
    ]


def test_an_officer_uploads_a_form_and_the_history_says_so(client, officer, agency):
    procedure = make_procedure(lead_agency=agency)
    assert upload(client, procedure, ("to-khai.docx", make_pdf("một"))).status_code == 302
    assert upload(client, procedure, ("to-khai.docx", make_pdf("hai"))).status_code == 302
    rows = FormFile.objects.order_by("version").values_list(
        "title", "version", "file_name", "uploaded_by_name"
    )
    assert list(rows) == [
        ("to-khai.docx", 1, "mau-don.pdf", "lan"),
        ("to-khai.docx", 2, "mau-don.pdf", "lan"),
    ]
    reasons = list(procedure.history.values_list("history_change_reason", flat=True))
    assert ["thêm “to-khai.docx, bản 2" in (reason or "") for reason in reasons][:2] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([("Đơn", b"<html><script>")], "trang web"),
        ([("Đơn", b"")], "rỗng"),
        ([("", make_pdf("x"))], "bắt buộc"),
        ([("Đơn", make_pdf("x")), ("Đơn", make_pdf("y"))], "chỉ tải lên một tệp cho một mẫu"),
        ([("to-khai.docx", make_pdf("đã có"))], "đã là bản mới nhất"),
    ],
)
def test_what_is_refused_is_named_and_nothing_is_kept(client, officer, agency, files, message):
    procedure = make_procedure(lead_agency=agency)
    make_form_file(procedure, data=make_pdf("đã có"))
    answer = upload(client, procedure, *files)
    assert answer.status_code == 200
    assert message in " ".join(errors(answer))
    assert FormFile.objects.count() == 1


def test_the_page_says_which_form_lacks_a_file_and_which_file_no_paper_names(
    client, officer, agency
):
    procedure = make_procedure(lead_agency=agency)
    make_form_file(procedure, "Mẫu cũ")
    text = client.get(page_of(procedure)).content.decode()
    assert "to-khai.docx: CHƯA CÓ TỆP và không có địa chỉ tải<br>" in text
    assert "Mẫu cũ: có tệp, nhưng không giấy tờ nào gọi mẫu bằng tên này<" in text
    assert '<option value="to-khai.docx">' in text
    make_form_file(procedure)
    text = client.get(page_of(procedure)).content.decode()
    assert "to-khai.docx: tệp to-khai.pdf, bản 1<br>" in text


def test_a_file_is_taken_back_unless_a_text_names_it(client, officer, agency):
    procedure = make_procedure(lead_agency=agency)
    make_form_file(procedure)
    decision = make_announcement(procedures=[procedure])
    submit_announcement(decision_id=decision.pk, by=None, now=NOON)
    page = client.get(page_of(procedure))
    assert "đã trình hoặc công bố nên không xóa được" in page.content.decode()
    (row,) = page.context["inline_admin_formsets"][0].formset.initial_forms
    assert row.fields["DELETE"].disabled
    client.post(page_of(procedure), form_of(page, **{"form_files-0-DELETE": "on"}))
    assert FormFile.objects.count() == 1
    newer = make_form_file(procedure)
    page = client.get(page_of(procedure))
    assert page.context["inline_admin_formsets"][0].formset.forms[0].instance == newer
    done = client.post(page_of(procedure), form_of(page, **{"form_files-0-DELETE": "on"}))
    assert done.status_code == 302
    assert [row.version for row in FormFile.objects.all()] == [1]


def test_staff_download_the_files_of_their_procedures_and_of_no_others(client, officer, agency):
    own, foreign = make_procedure(lead_agency=agency), make_procedure(lead_agency=make_agency())
    mine, theirs = make_form_file(own, data=make_pdf("của mình")), make_form_file(foreign)
    address = f"/admin/catalog/procedure/{own.pk}/forms/{mine.pk}/"
    assert f'href="{address}"' in client.get(page_of(own)).content.decode()
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == make_pdf("của mình")
    assert answer["Content-Disposition"] == 'attachment; filename="to-khai.pdf"'
    for procedure in (own, foreign):
        stranger = f"/admin/catalog/procedure/{procedure.pk}/forms/{theirs.pk}/"
        assert client.get(stranger).status_code == 404


def test_many_versions_cost_no_more_queries_than_one(client, officer, agency):
    counts = []
    for versions in (1, 3):
        procedure = make_procedure(lead_agency=agency)
        for _ in range(versions):
            make_form_file(procedure)
        with CaptureQueriesContext(connection) as asked:
            client.get(page_of(procedure))
        counts.append(len(asked))
    assert counts[0] == counts[1]
