"""The sender of a report answers what they were asked, on the portal, by their reference."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from catalog.enums import Role
from publication.models import Listing
from publication.report_acts import ask_sender
from publication.voice.reporting import make_reference
from tests.factories import make_agency, make_procedure, make_report, make_staff
from tests.publication.acts import NOON, announce
from tests.publication.voice.forms import database_stopped, key_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def report():
    agency = make_agency("Sở Xây dựng")
    announce(make_procedure("1.004222", lead_agency=agency))
    made = make_report(Listing.objects.current().get(), agency=agency)
    officer = make_staff(Role.OFFICER, agency)
    ask_sender(report_id=made.pk, by=officer, now=NOON, question="Ở xã nào?\n<b>Ngày</b> nào?")
    return made


def follow_path(report):
    return f"/phan-anh/theo-doi/{report.reference}/"


def supply(client, report, **typed):
    facts = {"message": "Xã Hồng Phong", "form_key": key_of(), "website": ""}
    return client.post(f"{follow_path(report)}bo-sung/", facts | typed)


def test_the_page_of_a_report_shows_the_question_and_leads_to_the_answer(client, report):
    html = client.get(follow_path(report)).content.decode()
    assert "<p>Ở xã nào?</p>" in html
    assert "&lt;b&gt;Ngày&lt;/b&gt; nào?" in html
    assert f'href="{follow_path(report)}bo-sung/"' in html
    form = client.get(f"{follow_path(report)}bo-sung/").content.decode()
    assert "<p>Ở xã nào?</p>" in form
    assert 'name="message"' in form


def test_what_the_sender_adds_reaches_staff_and_stands_on_no_public_page(client, report):
    answer = supply(client, report)
    assert (answer.status_code, answer["Location"]) == (303, f"{follow_path(report)}?da-bo-sung")
    assert report.acts.get(kind="supplied").remarks == "Xã Hồng Phong"
    html = client.get(answer["Location"]).content.decode()
    assert "Đã gửi bổ sung" in html
    assert "Người gửi đã bổ sung, đang xử lý" in html
    assert "Xã Hồng Phong" not in html
    assert "Ở xã nào?" not in html


def test_a_doubled_press_adds_once(client, report):
    first, second = (supply(client, report) for _time in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert report.acts.filter(kind="supplied").count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"message": " "}, "Hãy viết thông tin bổ sung."),
        ({"message": "a" * 4001}, "nhiều nhất là 4000"),
        ({"website": "x"}, "Hãy để trống ô dành cho máy"),
        ({"form_key": ""}, "Trang đã mở quá lâu."),
    ],
)
def test_what_is_wrong_is_named_beside_the_question(client, report, typed, said):
    answer = supply(client, report, **typed)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert said in html
    assert "<p>Ở xã nào?</p>" in html
    assert report.acts.filter(kind="supplied").count() == 0


def test_a_report_that_asks_nothing_has_no_form(client, report):
    other = make_report(report.listing)
    answer = client.get(f"{follow_path(other)}bo-sung/")
    assert (answer.status_code, answer["Location"]) == (303, follow_path(other))
    assert supply(client, other)["Location"] == follow_path(other)
    assert other.acts.count() == 0


def test_guessing_is_counted_here_too(client, report):
    for _time in range(60):
        client.get(f"/phan-anh/theo-doi/{make_reference()}/bo-sung/")
    assert supply(client, report)["Location"] == follow_path(report)
    assert report.acts.filter(kind="supplied").count() == 0


def test_only_so_many_are_taken_from_one_address(client, report, settings):
    settings.PORTAL_REPORTS_PER_HOUR = 0
    answer = supply(client, report)
    assert answer.status_code == 429
    assert "Xã Hồng Phong" in answer.content.decode()


def test_a_stopped_database_and_a_lost_cookie_keep_the_words(report):
    with database_stopped():
        answer = supply(Client(), report)
    assert answer.status_code == 503
    assert "Xã Hồng Phong" in answer.content.decode()
    strict = Client(enforce_csrf_checks=True)
    refused = supply(strict, report)
    html = refused.content.decode()
    assert refused.status_code == 403
    assert "Xã Hồng Phong" in html
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert token
    assert supply(strict, report, csrfmiddlewaretoken=token.group(1)).status_code == 303
