"""The staff pages of reports: what waits comes first, acts are offered to whom they belong."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.enums import Role
from publication.models import Listing, Report
from publication.report_acts import receive_report, reject_report
from tests.factories import make_agency, make_procedure, make_report, make_staff
from tests.publication.acts import NOON, announce

pytestmark = pytest.mark.django_db
LIST = "/admin/publication/report/"


@pytest.fixture
def agency():
    return make_agency("Sở Xây dựng")


@pytest.fixture
def listing(agency):
    announce(make_procedure("1.004222", name="Cấp giấy phép xây dựng", lead_agency=agency))
    return Listing.objects.current().get()


@pytest.fixture
def officer(agency, client):
    user = make_staff(Role.OFFICER, agency, username="lan")
    client.force_login(user)
    return user


@pytest.fixture
def report(listing, agency):
    return make_report(listing, agency=agency, contact="nguoi-dan@example.com")


def page(client, address):
    return client.get(address).content.decode()


def test_the_list_shows_what_waits_unless_asked_otherwise(client, officer, report, listing, agency):
    refused = make_report(listing, agency=agency)
    reject_report(report_id=refused.pk, by=officer, now=NOON, reason="Không rõ.")
    shown = {
        query: [row.pk for row in client.get(LIST + query).context["cl"].result_list]
        for query in ("", "?tinh-trang=tat-ca", "?tinh-trang=rejected", "?tinh-trang=qua-han")
    }
    assert shown == {
        "": [report.pk],
        "?tinh-trang=tat-ca": [report.pk, refused.pk],
        "?tinh-trang=rejected": [refused.pk],
        "?tinh-trang=qua-han": [report.pk],
    }


def test_the_list_says_how_late_a_report_is(client, officer, report):
    html = page(client, LIST)
    assert "quá hạn" in html
    assert "Cấp giấy phép xây dựng" in html
    assert "nguoi-dan@example.com" not in html


def test_the_list_costs_the_same_for_one_row_and_for_three(client, officer, listing, agency):
    costs = []
    for _time in range(3):
        make_report(listing, agency=agency)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(LIST)
        costs.append(len(queries))
    assert costs[0] == costs[1] == costs[2]


def test_the_page_shows_words_days_and_contact_to_those_who_handle_it(client, officer, report):
    html = page(client, f"{LIST}{report.pk}/change/")
    assert "Lệ phí đã đổi từ tháng trước." in html
    assert "nguoi-dan@example.com" in html
    assert "07/10/2024" in html
    assert "mục 5.2" in html


def test_the_office_watches_over_a_report_without_its_contact(client, report):
    client.force_login(make_staff(Role.CONTROLLER))
    html = page(client, f"{LIST}{report.pk}/change/")
    assert "Lệ phí đã đổi từ tháng trước." in html
    assert "nguoi-dan@example.com" not in html
    assert "Chỉ cơ quan đang xử lý thấy liên hệ." in html


def offered(client, report):
    html = page(client, f"{LIST}{report.pk}/change/")
    return [
        name
        for name in ("receive", "ask", "answer", "forward", "reject")
        if f"/{report.pk}/{name}/" in html
    ]


def test_only_acts_that_can_follow_are_offered(client, officer, report):
    assert offered(client, report) == ["receive", "ask", "answer", "forward", "reject"]
    receive_report(report_id=report.pk, by=officer, now=NOON)
    assert offered(client, report) == ["ask", "answer", "forward", "reject"]
    client.post(f"{LIST}{report.pk}/ask/", {"question": "Ở xã nào?"})
    assert offered(client, report) == ["answer", "forward", "reject"]
    html = page(client, f"{LIST}{report.pk}/change/")
    assert "Ở xã nào? <i>(thư cho người gửi: chờ gửi)</i>" in html
    reject_report(report_id=report.pk, by=officer, now=NOON, reason="Không rõ.")
    assert offered(client, report) == []


def test_an_answer_is_written_on_its_page_and_logged(client, officer, report):
    address = f"{LIST}{report.pk}/answer/"
    assert "Lệ phí đã đổi" in page(client, address)
    assert client.post(address, {"answer": " "}).status_code == 200
    done = client.post(address, {"answer": "Đã sửa lệ phí."})
    assert done["Location"] == f"{LIST}{report.pk}/change/"
    report.refresh_from_db()
    assert (report.state, report.answer) == ("answered", "Đã sửa lệ phí.")
    html = page(client, f"{LIST}{report.pk}/change/")
    assert "lan" in html
    assert "Đã sửa lệ phí." in html


def test_an_act_that_came_too_late_says_who_was_first(client, officer, report):
    reject_report(report_id=report.pk, by=officer, now=NOON, reason="Không rõ.")
    answer = client.post(f"{LIST}{report.pk}/answer/", {"answer": "Đã sửa."})
    assert "lan đã làm việc này trước: từ chối" in answer.content.decode()


def test_handing_on_leads_back_to_the_list_for_it_is_out_of_sight(client, officer, report):
    other = make_agency("Sở Y tế")
    done = client.post(
        f"{LIST}{report.pk}/forward/", {"agency": other.pk, "reason": "Việc của y tế"}
    )
    assert done["Location"] == LIST
    assert Report.objects.get().agency == other
    assert client.get(f"{LIST}{report.pk}/answer/").status_code == 404


def test_a_report_is_never_typed_changed_or_deleted_by_hand(client, report):
    client.force_login(make_staff(Role.ADMINISTRATOR))
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{report.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(f"{LIST}{report.pk}/change/", {"message": "Khác", "_save": "1"})
    report.refresh_from_db()
    assert report.message == "Lệ phí đã đổi từ tháng trước."
