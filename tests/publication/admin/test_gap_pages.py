"""The staff pages of gaps: who sees which, in what words, in which order, and as a file."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from catalog.enums import Role
from publication.gaps import record_gaps
from publication.models import AnnouncementDecision, AnnouncementGap
from tests.factories import make_agency, make_ministry_decision, make_procedure, make_staff
from tests.publication.acts import announce

pytestmark = pytest.mark.django_db
LIST = reverse("admin:publication_announcementgap_changelist")
CONTRADICTIONS = reverse("admin:publication_announcementgap_contradictions")


@pytest.fixture
def office(client):
    user = make_staff(Role.CONTROLLER)
    client.force_login(user)
    return user


def export(kind: str, query: str = "") -> str:
    return reverse("admin:publication_announcementgap_export", args=[kind]) + query


def gap(code: str, *, agency=None, **facts) -> AnnouncementGap:
    """A gap as a run records it, of a ministry decision entered for it."""
    item = make_ministry_decision(codes=[code], **facts).items.get()
    if agency:
        item.agencies.add(agency)
    record_gaps(on=localdate())
    return AnnouncementGap.objects.get(ministry_item=item)


def due_in(days: dict[str, int | None]) -> None:
    """Open gaps whose legal day is so many days from today, and which know no other."""
    make_ministry_decision(codes=list(days))
    record_gaps(on=localdate())
    for code, count in days.items():
        legal = None if count is None else localdate() + timedelta(days=count)
        rows = AnnouncementGap.objects.filter(ministry_item__code=code)
        rows.update(legal_due_on=legal, office_due_on=None)


def codes_in(response) -> list[str]:
    return [row.ministry_item.code for row in response.context["cl"].result_list]


def test_the_list_is_in_the_order_of_the_due_days_with_the_unknown_last(client, office):
    due_in({"1.900001": 9, "1.900002": None, "1.900003": -9, "1.900004": 2})
    assert codes_in(client.get(LIST)) == ["1.900003", "1.900004", "1.900001", "1.900002"]
    overdue = client.get(LIST, {"tinh-trang": "overdue"})
    assert codes_in(overdue) == ["1.900003"]
    assert codes_in(client.get(LIST, {"tinh-trang": "unknown"})) == ["1.900002"]


def test_a_row_tells_state_holder_and_lateness_of_the_ministry_in_words(client, office):
    agency = make_agency("Sở Tư pháp")
    row = gap("1.900001", agency=agency, received_on=date(2024, 8, 9))
    row.legal_due_on = localdate() - timedelta(days=7)
    row.ministry_due_on, row.office_due_on = date(2024, 7, 31), None
    row.save()
    page = client.get(LIST).content.decode()
    assert "Quá hạn 5 ngày làm việc" in page
    assert "Sở Tư pháp" in page
    assert "Sở, ngành, từ 09/08/2024" in page
    assert "Bộ công bố muộn 1 ngày làm việc" in page


def test_a_page_tells_both_clocks_and_where_the_days_went(client, office):
    row = gap("1.900001", signed_on=date(2024, 8, 29))
    AnnouncementGap.objects.update(
        agency=make_agency(),
        legal_due_on=date(2024, 9, 13),
        office_due_on=date(2024, 12, 31),
        drafted_on=date(2024, 11, 12),
        closed_on=date(2024, 11, 18),
        closure="answered",
    )
    address = reverse("admin:publication_announcementgap_change", args=[row.pk])
    page = client.get(address).content.decode()
    assert "13/09/2024: Đã công bố muộn 46 ngày làm việc" in page
    assert "31/12/2024: Đã công bố đúng hạn" in page
    assert "Sở, ngành: 29/08/2024 – 12/11/2024, 75 ngày (53 ngày làm việc)" in page
    assert "Văn phòng: 12/11/2024 – 18/11/2024, 6 ngày (4 ngày làm việc)" in page


def test_departments_see_the_gaps_of_agencies_in_their_care_and_the_office_all(client):
    own, other = make_agency(), make_agency()
    below, before = make_agency(parent=own), make_agency(valid_to=date(2099, 1, 1))
    before.successors.add(own)
    for number, agency in enumerate([own, below, before, other, None], start=1):
        gap(f"1.90000{number}", agency=agency)
    client.force_login(make_staff(Role.OFFICER, own))
    assert sorted(codes_in(client.get(LIST))) == ["1.900001", "1.900002", "1.900003"]
    for query in ("?tinh-trang=tat-ca", f"?agency__id__exact={other.pk}", "?q=1.900004"):
        assert "1.900004" not in codes_in(client.get(LIST + query))
        assert b"1.900004" not in client.get(export("csv", query)).content
    strange = AnnouncementGap.objects.get(agency=other)
    address = reverse("admin:publication_announcementgap_change", args=[strange.pk])
    assert client.get(address).status_code == 302  # as for a row that is not there
    client.force_login(make_staff(Role.CONTROLLER))
    assert len(codes_in(client.get(LIST))) == 5


def test_filters_offer_no_agency_that_the_person_does_not_see(client):
    own, other = make_agency("Sở Tư pháp"), make_agency("Sở Nội vụ")
    gap("1.900001", agency=own)
    gap("1.900002", agency=other)
    client.force_login(make_staff(Role.HEAD, own))
    page = client.get(LIST).content.decode()
    assert "Sở Tư pháp" in page
    assert "Sở Nội vụ" not in page


def test_what_no_agency_is_named_for_can_be_filtered(client, office):
    gap("1.900001", agency=make_agency())
    gap("1.900002")
    assert codes_in(client.get(LIST, {"agency__isnull": "True"})) == ["1.900002"]
    assert "Chưa giao cơ quan nào" in client.get(LIST).content.decode()


def test_the_list_shows_what_is_open_unless_asked_otherwise(client, office):
    announce(make_procedure("1.900001"))
    gap("1.900001")
    gap("1.900002")
    assert codes_in(client.get(LIST)) == ["1.900002"]
    assert codes_in(client.get(LIST, {"tinh-trang": "da-dong"})) == ["1.900001"]
    assert len(codes_in(client.get(LIST, {"tinh-trang": "tat-ca"}))) == 2


def test_the_file_has_the_rows_of_the_list_in_its_order(client, office):
    due_in({"1.900001": -9, "1.900002": -12, "1.900003": 9})
    query = "?tinh-trang=overdue"
    answer = client.get(export("csv", query))
    assert answer["Content-Disposition"] == (
        f'attachment; filename="thu-tuc-chua-cong-bo-{localdate():%Y-%m-%d}.csv"'
    )
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert [row[0] for row in rows] == ["Mã thủ tục", "1.900002", "1.900001"]
    assert rows[1][rows[0].index("Chậm (ngày)")] == "12"
    sheet = load_workbook(BytesIO(client.get(export("xlsx", query)).content)).active
    assert [cell.value for cell in sheet["A"]] == ["Mã thủ tục", "1.900002", "1.900001"]
    assert sheet.cell(2, rows[0].index("Hạn theo luật") + 1).value.date() == (
        localdate() - timedelta(days=12)
    )


@pytest.mark.parametrize("mark", ["=", "+", "-", "@"])
def test_a_file_runs_no_formula_that_came_as_a_name(client, office, mark):
    row = gap("1.900001")
    row.ministry_item.name = f"{mark}HYPERLINK(1)"
    row.ministry_item.save()
    text = client.get(export("csv")).content.decode("utf-8-sig")
    assert f"'{mark}HYPERLINK(1)" in text
    sheet = load_workbook(BytesIO(client.get(export("xlsx")).content)).active
    cell = sheet.cell(2, 2)
    assert (cell.value, cell.data_type) == (f"{mark}HYPERLINK(1)", "s")


def test_a_file_of_another_kind_is_not_found(client, office):
    assert client.get(export("pdf")).status_code == 404


def test_drafting_is_a_button_that_posts_to_the_ministry_decision(client):
    agency = make_agency("Ủy ban nhân dân tỉnh", kind="province")
    procedure = make_procedure("1.900001", lead_agency=agency)
    row = gap(procedure.code)
    address = reverse(
        "admin:publication_ministrydecision_draft_answer", args=[row.ministry_item.decision_id]
    )
    client.force_login(make_staff(Role.OFFICER, agency))
    assert f'formaction="{address}"' in client.get(LIST).content.decode()
    assert client.post(address, {"_save": ""}).status_code == 302
    assert AnnouncementDecision.objects.get().items.get().answers == row.ministry_item


def test_nobody_is_offered_to_draft_what_is_submitted_or_closed_or_without_the_right(client):
    row = gap("1.900001")
    onlooker = get_user_model().objects.create_user("xem", password="x", is_staff=True)
    client.force_login(make_staff(Role.CONTROLLER))
    assert "formaction" in client.get(LIST).content.decode()
    AnnouncementGap.objects.filter(pk=row.pk).update(drafted_on=localdate())
    assert "formaction" not in client.get(LIST).content.decode()
    client.force_login(onlooker)
    assert client.get(LIST).status_code == 403
    assert client.get(export("csv")).status_code == 403


def test_partial_answers_are_named_and_can_be_filtered(client, office):
    one, other = make_agency(), make_agency()
    item = make_ministry_decision(codes=["1.900001"]).items.get()
    item.agencies.set([one, other])
    item.levels = ["province", "commune"]
    item.save()
    whole = make_ministry_decision(codes=["1.900002"]).items.get()
    whole.levels = ["province"]
    whole.save()
    announce(make_procedure("1.900002", levels=["province", "commune"]))
    announce(make_procedure("1.900001", levels=["province"]), lead_agency=one)
    record_gaps(on=localdate())
    found = client.get(LIST, {"tra-loi": "mot-phan", "tinh-trang": "tat-ca"})
    assert codes_in(found) == ["1.900001", "1.900001"]
    page = found.content.decode()
    assert page.count("Trả lời một phần: 1/2 cơ quan đã công bố") == 2
    assert page.count("1/2 cơ quan đã công bố; thiếu cấp xã") == 1


def test_contradictions_are_shown_to_the_office_alone(client):
    own = make_agency()
    announce(make_procedure("1.900001"), signed_on=date(2024, 7, 1), lead_agency=own)
    make_ministry_decision(codes=["1.900001"], effect="abolished", signed_on=date(2024, 8, 1))
    client.force_login(make_staff(Role.CONTROLLER))
    page = client.get(CONTRADICTIONS).content.decode()
    assert "1.900001" in page
    assert "01/08/2024" in page
    assert CONTRADICTIONS in client.get(LIST).content.decode()
    client.force_login(make_staff(Role.HEAD, own))
    assert client.get(CONTRADICTIONS).status_code == 403
    assert CONTRADICTIONS not in client.get(LIST).content.decode()


def test_list_file_and_contradictions_take_the_same_queries_for_1_and_3_rows(
    client, office, django_assert_num_queries
):
    agency = make_agency()
    addresses = [
        LIST + "?tinh-trang=tat-ca",
        LIST + "?tra-loi=mot-phan",
        export("csv", "?tinh-trang=tat-ca"),
        CONTRADICTIONS,
    ]

    def add_row() -> None:
        procedure = make_procedure()
        announce(procedure, signed_on=date(2024, 9, 3))
        make_ministry_decision(codes=[procedure.code])
        gap(procedure.code, effect="abolished", agency=agency)

    add_row()
    counts = []
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    add_row()
    add_row()
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_num_queries(count):
            client.get(address)
