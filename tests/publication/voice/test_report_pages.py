"""Anybody reports a mistake without an account, loses nothing, and follows it by its reference."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.timezone import now

from publication.models import Listing, Report, ReportContact
from publication.voice.reporting import make_reference, read_reference
from tests.factories import make_agency, make_procedure, make_report
from tests.publication.acts import announce
from tests.publication.voice.forms import database_stopped, key_of, reported, shown_values

pytestmark = pytest.mark.django_db
PATH = "/phan-anh/1.004222/"
TYPED = {"part": "fees", "message": "Lệ phí đã đổi từ tháng trước.", "contact": ""}


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def agency():
    return make_agency("Sở Xây dựng")


@pytest.fixture
def listing(agency):
    announce(make_procedure("1.004222", name="Cấp giấy phép xây dựng", lead_agency=agency))
    return Listing.objects.current().get()


def send(client, path=PATH, **typed):
    return client.post(path, reported(**typed))


# --- Sending -------------------------------------------------------------------------------------


def test_a_report_reaches_the_agency_that_leads_the_procedure(client, listing, agency):
    answer = send(client, contact="lan@example.com")
    report = Report.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"/phan-anh/theo-doi/{report.reference}/?da-gui"
    assert (report.listing, report.code, report.agency) == (listing, "1.004222", agency)
    assert (report.part, report.message) == ("fees", "Lệ phí đã đổi từ tháng trước.")
    assert report.contact.value == "lan@example.com"


def test_a_procedure_that_nobody_leads_is_reported_to_the_office(client):
    announce(make_procedure("1.004222"))
    send(client)
    assert Report.objects.get().agency is None


def test_no_contact_is_asked_for_and_none_is_kept(client, listing):
    send(client)
    assert ReportContact.objects.count() == 0


def test_the_agency_is_that_of_the_public_text_not_of_the_register(client, listing, agency):
    listing.procedure.lead_agency = make_agency("Sở khác")
    listing.procedure.save()
    send(client)
    assert Report.objects.get().agency == agency


def test_a_form_that_is_sent_twice_makes_one_report(client, listing):
    facts = reported()
    first, second = (client.post(PATH, facts)["Location"] for _time in range(2))
    assert first == second
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"part": ""}, "Hãy chọn phần có sai sót."),
        ({"part": "khong-co"}, "Hãy chọn phần có sai sót."),
        ({"message": "   "}, "Hãy viết sai thế nào."),
        ({"message": "Sai"}, "Hãy viết rõ hơn, ít nhất 10 ký tự."),
        ({"message": "a" * 4001}, "Nội dung dài 4001 ký tự, nhiều nhất là 4000."),
        ({"contact": "lan@@example"}, "Đây không phải e-mail hay số điện thoại."),
        ({"contact": "9" * 201}, "Dài quá: chỉ ghi một e-mail"),
        ({"website": "http://spam"}, "Hãy để trống ô dành cho máy"),
        ({"form_key": ""}, "Trang đã mở quá lâu."),
        ({"form_key": "made:up:key"}, "Trang đã mở quá lâu."),
        ({"opened": 8 * 86_400}, "Trang đã mở quá lâu."),
        ({"opened": -600}, "Gửi nhanh quá."),
    ],
)
def test_what_is_wrong_is_named_and_what_was_written_is_shown_again(client, listing, typed, said):
    if "opened" in typed:  # seconds before the test, not before it was collected
        typed = {"form_key": key_of(typed["opened"])}
    answer = send(client, **typed)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert said in html
    written = {name: typed.get(name, kept) for name, kept in TYPED.items()}
    if written["part"] not in ("", "khong-co"):
        assert shown_values(html)["part"] == written["part"]
    assert shown_values(html)["message"] == written["message"].strip() or "   "
    assert shown_values(html)["contact"] == written["contact"]
    assert Report.objects.count() == 0


def test_a_form_that_was_refused_can_be_sent_with_the_key_it_came_back_with(client, listing):
    html = send(client, form_key="").content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', html)
    assert key
    with_time = send(client, form_key=key_of(60))
    assert with_time.status_code == 303
    assert send(client, form_key=key.group(1)).status_code == 400  # too fast, not forged


@pytest.mark.parametrize("contact", ["lan@example.com", "0912 345 678", "+84 (24) 3822.1234"])
def test_a_contact_is_a_mail_address_or_a_telephone_number(client, listing, contact):
    assert send(client, contact=contact).status_code == 303


def test_markup_in_a_report_stays_text(client, listing):
    html = send(client, message="<script>alert(1)</script>", part="").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_there_is_no_form_for_what_was_never_public(client, listing):
    make_procedure("1.000001")
    assert client.get("/phan-anh/1.000001/").status_code == 404
    assert send(client, "/phan-anh/1.000001/").status_code == 404
    assert client.get("/vi/phan-anh/1.004222/").status_code == 404
    assert client.get("/fr/phan-anh/1.004222/").status_code == 404


# --- Origin, number, and a database that is down -------------------------------------------------


def test_a_form_is_taken_with_the_cookie_and_token_that_its_page_gave(listing):
    strict = Client(enforce_csrf_checks=True)
    html = strict.get(PATH).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert token
    assert send(strict, csrfmiddlewaretoken=token.group(1)).status_code == 303


def test_without_the_cookie_the_words_come_back_with_a_way_to_send_them(listing):
    strict = Client(enforce_csrf_checks=True)
    answer = send(strict)
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "chưa lưu cookie" in html
    assert shown_values(html) == TYPED
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert token
    assert send(strict, csrfmiddlewaretoken=token.group(1)).status_code == 303


def test_staff_pages_keep_the_usual_page_for_a_form_of_unknown_origin():
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert answer.status_code == 403
    assert b"csrfmiddlewaretoken" not in answer.content


def test_an_address_sends_so_many_an_hour_and_its_words_are_kept(client, listing, settings):
    settings.PORTAL_REPORTS_PER_HOUR = 2
    assert [send(client).status_code for _time in range(3)] == [303, 303, 429]
    answer = send(client)
    assert shown_values(answer.content.decode()) == TYPED
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert client.post(PATH, reported(), REMOTE_ADDR="192.0.2.7").status_code == 303


def test_a_stopped_database_costs_nobody_what_they_wrote(client, listing, settings):
    settings.PORTAL_REPORTS_PER_HOUR = 1
    with database_stopped():
        opened = client.get(PATH)
        answer = send(client, contact="lan@example.com")
    assert (opened.status_code, answer.status_code) == (503, 503)
    assert answer["Retry-After"] == "60"
    html = answer.content.decode()
    assert "đang bảo trì" in html
    assert shown_values(html) == {**TYPED, "contact": "lan@example.com"}
    assert send(client).status_code == 303  # and the failed one was not counted


# --- Following -----------------------------------------------------------------------------------


def test_its_page_tells_state_and_answer_and_nothing_of_the_sender(client, listing):
    report = make_report(listing, contact="lan@example.com", message="Tôi tên Lan, nhà số 5.")
    Report.objects.filter(pk=report.pk).update(
        state="answered", closed_at=now(), answer="Đã sửa lệ phí."
    )
    answer = client.get(f"/phan-anh/theo-doi/{report.reference}/")
    html = answer.content.decode()
    assert "Đã trả lời" in html
    assert "Đã sửa lệ phí." in html
    assert "lan@example.com" not in html
    assert "Tôi tên Lan" not in html
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")


def test_its_page_tells_the_last_day_and_how_late_it_is(client, listing):
    sent = now() - timedelta(days=60)
    report = make_report(listing, sent_at=sent)
    html = client.get(f"/phan-anh/theo-doi/{report.reference}/").content.decode()
    assert "Trả lời chậm nhất" in html
    assert re.search(r"quá \d+ ngày", html)


def test_a_reference_is_found_as_people_type_it(client, listing):
    report = make_report(listing)
    typed = report.reference.lower().replace("-", " ")
    answer = client.get("/phan-anh/theo-doi/", {"ma": f" {typed} "})
    assert answer["Location"] == f"/phan-anh/theo-doi/{report.reference}/"
    assert "12 chữ và số" in client.get("/phan-anh/theo-doi/", {"ma": "xyz"}).content.decode()
    assert read_reference("0000-0000-0000") == ""  # a sign that references do not have


def test_references_are_drawn_from_more_than_anybody_can_try():
    drawn = {make_reference() for _time in range(500)}
    assert len(drawn) == 500
    assert all(
        re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{4}(-[2-9A-HJKMNP-TV-Z]{4}){2}", it) for it in drawn
    )
    assert 30**12 > 2**58


def test_guessing_references_is_stopped_for_the_address(client, listing):
    report = make_report(listing)
    for _time in range(60):
        client.get(f"/phan-anh/theo-doi/{make_reference()}/")
    assert client.get(f"/phan-anh/theo-doi/{report.reference}/").status_code == 429
    other = client.get(f"/phan-anh/theo-doi/{report.reference}/", REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 200


def test_a_stopped_database_is_told_on_the_page_of_a_report(client, listing):
    report = make_report(listing)
    with database_stopped():
        answer = client.get(f"/phan-anh/theo-doi/{report.reference}/")
    assert answer.status_code == 503
    assert report.reference in answer.content.decode()


def test_the_pages_speak_english_below_en(client, listing):
    html = client.get("/en/phan-anh/1.004222/").content.decode()
    assert '<html lang="en"' in html
    assert "Which part is wrong?" in html
    assert 'href="/phan-anh/1.004222/"' in html
    sent = send(client, "/en/phan-anh/1.004222/")
    assert sent["Location"].startswith("/en/phan-anh/theo-doi/")
    assert "Answer due by" in client.get(sent["Location"]).content.decode()


def test_a_form_asks_the_database_once(client, listing, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(PATH)
