"""Who sent a report and left an address is told of answer, refusal and question: once, by mail."""

from datetime import timedelta

import pytest
from django.core import mail

from catalog.enums import Role
from publication.models import Listing, ReportMail
from publication.news.report_mails import forget_report_mails
from publication.news.sending import send_news
from publication.report_acts import (
    answer_report,
    ask_sender,
    forget_contacts,
    forward_report,
    receive_report,
    reject_report,
)
from tests.factories import make_agency, make_procedure, make_report, make_staff
from tests.publication.acts import NOON, announce
from tests.publication.jobs.mail_servers import mail_server

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=3)


@pytest.fixture
def officer():
    return make_staff(Role.OFFICER, make_agency("Sở Xây dựng"), username="lan")


@pytest.fixture
def give(officer):
    """Makes a report in the officer's hands; what was left to reach its sender by is given."""
    agency = officer.memberships.get().agency
    announce(make_procedure("1.004222", name="Cấp giấy phép xây dựng", lead_agency=agency))
    listing = Listing.objects.current().get()
    return lambda contact: make_report(listing, agency=agency, contact=contact)


@pytest.fixture
def report(give):
    return give("nguoi-dan@example.com")


def told(now=NOON, most=9):
    """What goes out in a minute: receiver, subject, text."""
    mail.outbox.clear()
    send_news(now=now, most=most)
    return [(message.to, message.subject, message.body) for message in mail.outbox]


def test_an_answer_is_mailed_once_to_the_address_that_was_left(report, officer):
    answer_report(report_id=report.pk, by=officer, now=NOON, answer="Đã sửa.\nXin cảm ơn.")
    ((receivers, subject, body),) = told()
    assert receivers == ["nguoi-dan@example.com"]
    assert subject.endswith(f"] Trả lời phản ánh {report.reference}")
    assert "gửi ngày 03/10/2024 về thủ tục Cấp giấy phép xây dựng (1.004222) đã được xử" in body
    assert "Sở Xây dựng trả lời:\n\nĐã sửa.\nXin cảm ơn.\n" in body
    assert f"http://localhost:8000/phan-anh/theo-doi/{report.reference}/" in body
    assert "Lệ phí đã đổi" not in body
    assert told() == []
    assert report.acts.get().mail.state == "sent"


@pytest.mark.parametrize(
    ("act", "subject", "words"),
    [
        ("reject", "Phản ánh %s bị từ chối", "Sở Xây dựng nêu lý do:\n\nKhông rõ."),
        ("ask", "Đề nghị bổ sung phản ánh %s", "Sở Xây dựng hỏi:\n\nKhông rõ."),
    ],
)
def test_a_refusal_and_a_question_are_mailed_too(report, officer, act, subject, words):
    if act == "reject":
        reject_report(report_id=report.pk, by=officer, now=NOON, reason="Không rõ.")
    else:
        ask_sender(report_id=report.pk, by=officer, now=NOON, question="Không rõ.")
    ((_receivers, said, body),) = told()
    assert said.endswith(subject % report.reference)
    assert words in body


@pytest.mark.parametrize("contact", ["", "0912 345 678"])
def test_who_left_no_mail_address_gets_no_mail(give, officer, contact):
    answer_report(report_id=give(contact).pk, by=officer, now=NOON, answer="Đã sửa.")
    assert ReportMail.objects.count() == 0
    assert told() == []


def test_receiving_and_handing_on_tell_the_sender_nothing(report, officer):
    other = make_agency("Sở Y tế")
    receive_report(report_id=report.pk, by=officer, now=NOON)
    forward_report(report_id=report.pk, by=officer, now=LATER, agency=other, reason="?")
    assert told() == []


def test_an_address_that_was_deleted_meanwhile_is_not_written_to(report, officer):
    answer_report(report_id=report.pk, by=officer, now=NOON, answer="Đã sửa.")
    forget_contacts(before=NOON + timedelta(days=1))
    assert told() == []
    assert ReportMail.objects.count() == 0


def test_answers_take_their_share_of_a_run(give, officer):
    for number in range(3):
        report = give(f"a{number}@example.com")
        answer_report(report_id=report.pk, by=officer, now=NOON, answer="Đã sửa.")
    assert [receivers for receivers, *_rest in told(most=2)] == [
        ["a0@example.com"], ["a1@example.com"],
    ]  # fmt: skip
    assert [receivers for receivers, *_rest in told(most=2)] == [["a2@example.com"]]


def test_a_mail_whose_program_died_is_unclear_and_not_sent_again(report, officer):
    answer_report(report_id=report.pk, by=officer, now=NOON, answer="Đã sửa.")
    ReportMail.objects.update(state="sending", claimed_at=NOON)
    assert told(now=LATER) == []
    assert ReportMail.objects.get().state == "unclear"


def test_what_the_server_did_not_take_is_tried_again(report, officer, settings):
    answer_report(report_id=report.pk, by=officer, now=NOON, answer="Đã sửa.")
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        server.misbehave["RCPT"] = "450 later"
        assert send_news(now=NOON, most=9) == {"reports": 1, "not_sent": 1}
        server.misbehave.clear()
        assert send_news(now=LATER, most=9) == {"reports": 1, "sent": 1}
        assert [str(message["To"]) for message in server.taken] == ["nguoi-dan@example.com"]


def test_mails_settled_long_ago_are_forgotten_and_waiting_ones_kept(report, officer):
    answer_report(report_id=report.pk, by=officer, now=NOON, answer="Đã sửa.")
    assert forget_report_mails(before=LATER) == 0
    told()
    assert forget_report_mails(before=NOON) == 0
    assert forget_report_mails(before=LATER) == 1
