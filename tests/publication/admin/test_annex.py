"""The pages that read an annex: upload, review, edit, confirm; and everything they refuse."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.enums import Role
from publication.annex.proposals import Take, from_json
from publication.enums import DecisionStatus
from publication.models import AnnexReading
from tests.factories import make_agency, make_announcement, make_procedure, make_staff
from tests.publication.annex.annexes import ANNEXES, INVENTED
from tests.publication.annex.files import T, docx

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    agency = make_agency("Sở Nghề truyền thống")
    for code, (name, levels) in INVENTED.items():
        make_procedure(code, name=name, levels=list(levels), lead_agency=agency)
    return agency


@pytest.fixture
def officer(client, agency):
    user = make_staff(Role.OFFICER, agency)
    client.force_login(user)
    return user


@pytest.fixture
def decision(agency, officer):
    return make_announcement(lead_agency=agency, created_by=officer)


def file(name: str) -> BytesIO:
    content = BytesIO(next(one for one in ANNEXES if one.name == name).data())
    content.name = name
    return content


def page(name: str, pk: int) -> str:
    return reverse(f"admin:publication_annexreading_{name}", args=[pk])


def upload(client, decision, name="kinds-and-levels.docx") -> AnnexReading:
    answer = client.post(page("upload", decision.pk), {"file": file(name)})
    reading = AnnexReading.objects.latest("pk")
    assert answer.status_code == 302
    assert answer.url == page("review", reading.pk)
    return reading


def form(client, reading, **changes) -> dict[str, str]:
    """What the page would post, row by row, as a browser does."""
    shown = client.get(page("review", reading.pk))
    fields = {"version": str(shown.context["version"])}
    for line in shown.context["rows"]:
        choice = line.proposal.choice
        for name in ("take", "code", "effect", "part", "note", "replaces"):
            fields[f"{line.name}-{name}"] = str(getattr(choice, name))
    return fields | changes


def test_an_officer_uploads_reviews_edits_and_confirms(client, decision):
    change = reverse("admin:publication_announcementdecision_change", args=[decision.pk])
    assert page("upload", decision.pk) in client.get(change).content.decode()
    reading = upload(client, decision)
    shown = client.get(page("review", reading.pk)).content.decode()
    assert "Khớp mã và tên" in shown
    assert "Thu hồi giấy phép nuôi ong lấy mật ven đê" in shown

    fields = form(client, reading)
    fields |= {"r0-note": "Bỏ một giấy tờ", "r2-take": "leave", "confirm": "1"}
    answer = client.post(page("review", reading.pk), fields)

    assert (answer.status_code, answer.url) == (302, change)
    held = decision.items.order_by("ordinal").values_list(
        "procedure__code", "effect", "change_note"
    )
    assert list(held) == [
        ("9.100001", "new", "Bỏ một giấy tờ"),
        ("9.100002", "new", ""),
        ("9.100004", "abolished", "Theo Nghị định 05/2024/NĐ-CP"),
    ]


def test_edits_are_kept_when_the_page_is_left_and_opened_again(client, decision):
    reading = upload(client, decision, "without-codes.docx")
    fields = form(client, reading) | {"r2-note": "Hỏi lại Sở", "r2-take": "leave", "save": "1"}
    assert client.post(page("review", reading.pk), fields).status_code == 302
    again = form(client, reading)
    assert (again["r2-note"], again["r2-take"]) == ("Hỏi lại Sở", "leave")
    listed = client.get(page("upload", decision.pk)).content.decode()
    assert page("review", reading.pk) in listed
    assert "Chưa xác nhận: bấm vào tên tệp để làm tiếp" in listed


def test_what_stands_in_the_way_is_named_beside_the_row_and_edits_are_kept(client, decision):
    reading = upload(client, decision)
    fields = form(client, reading) | {
        "r1-code": "9.999999",
        "r0-note": "đã ghi",
        "confirm": "1",
    }
    answer = client.post(page("review", reading.pk), fields)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert '<a href="#dong-2">Dòng 2, mã: 9.999999 không có trong kho' in text
    again = form(client, reading)
    assert (again["r1-code"], again["r0-note"]) == ("9.999999", "đã ghi")
    assert not decision.items.exists()


def test_rows_are_taken_over_and_left_out_by_one_press(client, decision):
    reading = upload(client, decision, "without-codes.docx")
    client.post(page("review", reading.pk), form(client, reading) | {"take_names": "1"})
    client.post(page("review", reading.pk), form(client, reading) | {"leave_rest": "1"})
    reading.refresh_from_db()
    assert [one.choice.take for one in from_json(reading.rows)] == [
        Take.TAKE,
        Take.TAKE,
        Take.LEAVE,
    ]


def test_a_page_of_open_rows_leaves_the_others_as_they_are(client, decision):
    reading = upload(client, decision, "scanned.pdf")
    shown = client.get(page("review", reading.pk), {"xem": "open"})
    assert [line.number for line in shown.context["rows"]] == [2, 3, 4]
    client.post(page("review", reading.pk), {"r1-take": "leave", "save": "1"})
    reading.refresh_from_db()
    assert [one.choice.take for one in from_json(reading.rows)] == [
        Take.TAKE,
        Take.LEAVE,
        Take.OPEN,
        Take.OPEN,
    ]


def test_confirming_twice_is_refused_and_a_confirmed_page_has_no_form(client, decision):
    reading = upload(client, decision)
    fields = form(client, reading) | {"confirm": "1"}
    client.post(page("review", reading.pk), fields)
    answer = client.post(page("review", reading.pk), fields)
    assert "Phụ lục này đã được xác nhận" in answer.content.decode()
    assert 'name="confirm"' not in answer.content.decode()
    assert decision.items.count() == 4


def test_a_decision_changed_meanwhile_is_refused_and_the_edits_kept(client, decision):
    reading = upload(client, decision)
    fields = form(client, reading) | {"r0-note": "giữ lại", "confirm": "1"}
    decision.version += 1
    decision.save()
    answer = client.post(page("review", reading.pk), fields)
    assert "Quyết định đã thay đổi từ khi anh/chị mở" in answer.content.decode()
    assert not decision.items.exists()
    assert form(client, reading)["r0-note"] == "giữ lại"


def test_a_decision_with_items_asks_whether_to_append_or_replace(client, decision):
    first = upload(client, decision, "processes.docx")
    assert 'name="mode"' not in client.get(page("review", first.pk)).content.decode()
    client.post(page("review", first.pk), form(client, first) | {"confirm": "1"})
    second = upload(client, decision)
    assert 'name="mode"' in client.get(page("review", second.pk)).content.decode()
    fields = form(client, second) | {"mode": "replace", "confirm": "1"}
    client.post(page("review", second.pk), fields)
    assert decision.items.count() == 4


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{\\rtf1 x}", "lưu lại dạng .docx"),
        (docx([T([["a", "b"]])]), "Không thấy bảng danh mục nào"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_page(client, decision, content, words):
    sent = BytesIO(content)
    sent.name = "phu-luc.docx"
    answer = client.post(page("upload", decision.pk), {"file": sent})
    assert words in answer.content.decode()
    assert not AnnexReading.objects.exists()


def test_a_file_above_the_limit_is_refused(client, decision, settings):
    settings.PORTAL_ANNEX_MAX_MB = 0
    answer = client.post(page("upload", decision.pk), {"file": file("processes.docx")})
    assert "quá mức 0 MB" in answer.content.decode()


def test_the_file_goes_to_the_people_of_the_decision_alone(client, decision):
    reading = upload(client, decision)
    answer = client.get(page("file", reading.pk))
    assert answer.getvalue() == file("kinds-and-levels.docx").getvalue()
    assert answer["Content-Disposition"] == 'attachment; filename="kinds-and-levels.docx"'
    client.force_login(make_staff(Role.OFFICER, make_agency("Sở Khác")))
    assert client.get(page("file", reading.pk)).status_code == 404
    client.logout()
    assert client.get(page("file", reading.pk)).status_code == 302
    assert client.get(f"/files/{reading.file.name}").status_code == 404


def test_pages_of_another_agencys_draft_are_not_there(client, decision):
    reading = upload(client, decision)
    client.force_login(make_staff(Role.OFFICER, make_agency("Sở Khác")))
    assert client.get(page("upload", decision.pk)).status_code == 404
    assert (
        client.post(page("upload", decision.pk), {"file": file("merged.xlsx")}).status_code == 404
    )
    assert client.get(page("review", reading.pk)).status_code == 404
    assert client.post(page("review", reading.pk), {"confirm": "1"}).status_code == 404
    assert client.get(page("change", reading.pk)).status_code == 404
    changelist = client.get(reverse("admin:publication_annexreading_changelist"))
    assert "kinds-and-levels" not in changelist.content.decode()
    assert not decision.items.exists()


@pytest.mark.parametrize("status", [DecisionStatus.SUBMITTED, DecisionStatus.APPROVED])
def test_a_decision_that_is_not_open_for_editing_reads_no_annex(client, decision, status):
    reading = upload(client, decision)
    type(decision).objects.filter(pk=decision.pk).update(status=status)
    assert client.get(page("upload", decision.pk)).status_code == 404
    assert client.post(page("review", reading.pk), {"confirm": "1"}).status_code == 404


def test_the_review_asks_the_database_the_same_for_one_row_and_for_many(client, decision):
    asked = []
    for name in ("processes.docx", "broken-pages.pdf"):
        reading = upload(client, decision, name)
        with CaptureQueriesContext(connection) as queries:
            client.get(page("review", reading.pk))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_two_hundred_rows_are_posted_and_confirmed(client, decision, agency):
    rows = []
    for number in range(200):
        code = f"8.{number:06d}"
        make_procedure(code, name=f"Cấp giấy phép số {number}", lead_agency=agency)
        rows.append([str(number + 1), code, f"Cấp giấy phép số {number}"])
    table = T([["STT", "Mã TTHC", "Tên TTHC"], *rows])
    sent = BytesIO(docx(["A. Danh mục thủ tục hành chính mới ban hành", table]))
    sent.name = "200.docx"
    client.post(page("upload", decision.pk), {"file": sent})
    reading = AnnexReading.objects.get()
    fields = form(client, reading) | {"confirm": "1"}
    assert len(fields) > 1000
    assert client.post(page("review", reading.pk), fields).status_code == 302
    assert decision.items.count() == 200


def test_an_address_that_names_no_reading_is_not_found(client, officer):
    address = reverse("admin:publication_annexreading_changelist")
    assert client.get(f"{address}abc/change/").status_code == 404
