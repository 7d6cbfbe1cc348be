"""Staff see what the background programs do, and the Office can act on it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from celery import current_app
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from catalog.enums import Role
from publication.heartbeats import Program, beat
from publication.models import FailedTask, Heartbeat, Notice
from tests.factories import make_agency, make_staff

pytestmark = pytest.mark.django_db

NOON = datetime(2024, 10, 3, 5, 0, tzinfo=UTC)
FLAG = "publication.tasks.flag_gaps"


def address(name: str) -> str:
    return reverse(f"admin:publication_{name}_changelist")


@pytest.fixture
def office(client):
    user = make_staff(Role.CONTROLLER)
    client.force_login(user)
    return user


@pytest.fixture
def sent(monkeypatch):
    """What was handed to the broker, which is outside."""
    messages = []

    def take(self, args=None, kwargs=None, **_options):
        messages.append(self.name)
        return current_app.AsyncResult("new-task")

    monkeypatch.setattr(current_app.Task, "apply_async", take)
    return messages


def make_failure(number: int = 1, **overrides) -> FailedTask:
    facts = {
        "task_id": f"task-{number}",
        "name": FLAG,
        "arguments": {"args": [], "kwargs": {}},
        "error": f"ValueError: broken {number}\n\n  File …",
        "fingerprint": f"{number}",
        "failed_at": NOON,
    }
    return FailedTask.objects.create(**facts | overrides)


def make_notice(**overrides) -> Notice:
    user = overrides.pop("user", None) or make_staff(Role.OFFICER, make_agency())
    facts = {"key": "overdue:2024-10-03", "subject": "2 thủ tục quá hạn", "created_at": NOON}
    return Notice.objects.create(user=user, **facts | {"state": "unclear"} | overrides)


def test_a_silent_program_is_named_above_the_list(client, office):
    beat(Program.BEAT, now=now())
    beat(Program.WORKER, now=now() - timedelta(minutes=5))
    page = client.get(address("heartbeat")).content.decode()
    assert "Tiến trình nền không hoạt động từ" in page
    assert "Bộ hẹn giờ không hoạt động" not in page
    assert page.count("Không có dấu hiệu hoạt động") == 1
    assert page.count("Đang hoạt động") == 1


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CONTROLLER])
def test_the_front_page_tells_every_member_of_staff_of_a_silent_program(client, role):
    client.force_login(make_staff(role, make_agency()))
    for program in (Program.WORKER, Program.BEAT, Program.QUEUE):
        beat(program, now=now())
    assert "không hoạt động" not in client.get(reverse("admin:index")).content.decode()
    beat(Program.BEAT, now=now() - timedelta(hours=1))
    page = client.get(reverse("admin:index")).content.decode()
    assert page.count("Bộ hẹn giờ không hoạt động từ") == 1


def test_a_failed_task_is_run_again_from_its_list(client, office, sent):
    failed = make_failure()
    asked = {"action": "repeat", "_selected_action": [failed.pk]}
    page = client.post(address("failedtask"), asked, follow=True).content.decode()
    assert sent == [FLAG]
    assert "Đã gửi 1 việc để chạy lại." in page
    failed.refresh_from_db()
    assert failed.repeated_by == office.username


def test_what_cannot_be_run_again_is_named_and_the_others_are(client, office, sent):
    gone, failed = make_failure(1, name="publication.tasks.gone"), make_failure(2)
    asked = {"action": "repeat", "_selected_action": [gone.pk, failed.pk]}
    page = client.post(address("failedtask"), asked, follow=True).content.decode()
    assert sent == [FLAG]
    assert "Phiên bản này không có việc “publication.tasks.gone”." in page
    assert "Đã gửi 1 việc để chạy lại." in page


def test_the_list_shows_what_nobody_has_run_again_unless_asked_otherwise(client, office):
    make_failure(1)
    make_failure(2, repeated_at=NOON)
    assert "broken 1" in client.get(address("failedtask")).content.decode()
    assert "broken 2" not in client.get(address("failedtask")).content.decode()
    done = client.get(address("failedtask"), {"tinh-trang": "da-chay-lai"}).content.decode()
    assert ["broken 1" in done, "broken 2" in done] == [False, True]


def test_a_failure_is_shown_whole_in_words(client, office):
    failed = make_failure()
    page = client.get(
        reverse("admin:publication_failedtask_change", args=[failed.pk])
    ).content.decode()
    assert "Tính lại thủ tục chưa công bố" in page
    assert "File …" in page


def test_an_unclear_mail_is_let_go_again_from_its_list(client, office):
    notice = make_notice()
    asked = {"action": "send_again", "_selected_action": [notice.pk]}
    page = client.post(address("notice"), asked, follow=True).content.decode()
    assert "1 thư sẽ gửi lại trong vài phút, nếu việc còn phải báo." in page
    notice.refresh_from_db()
    assert notice.state == Notice.State.NOT_SENT


def test_a_mail_that_was_sent_is_not_sent_again_from_its_list(client, office):
    notice = make_notice(state="sent", sent_at=NOON)
    asked = {"action": "send_again", "_selected_action": [notice.pk]}
    page = client.post(address("notice"), asked, follow=True).content.decode()
    assert "Thư này đã gửi hoặc sẽ tự gửi lại." in page
    notice.refresh_from_db()
    assert (notice.state, notice.sent_at) == (Notice.State.SENT, NOON)


@pytest.mark.parametrize("name", ["heartbeat", "failedtask", "notice"])
@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD])
def test_departments_see_neither_jobs_nor_the_mails_of_others(client, role, name):
    make_failure()
    make_notice()
    client.force_login(make_staff(role, make_agency()))
    assert client.get(address(name)).status_code == 403
    assert client.post(address(name), {"action": "repeat"}).status_code == 403


@pytest.mark.parametrize("name", ["heartbeat", "failedtask", "notice"])
def test_nobody_types_or_deletes_these_rows(client, office, name):
    rows: dict[str, Any] = {"heartbeat": Heartbeat, "failedtask": FailedTask, "notice": Notice}
    beat(Program.WORKER, now=NOON)
    make_failure()
    make_notice()
    pk = rows[name].objects.get().pk
    assert client.get(reverse(f"admin:publication_{name}_add")).status_code == 403
    for page in ("change", "delete"):
        place = reverse(f"admin:publication_{name}_{page}", args=[pk])
        assert client.post(place, {"post": "yes"}).status_code == 403
    assert rows[name].objects.count() == 1


def _add_row(name: str, number: int) -> None:
    if name == "heartbeat":
        beat(list(Program)[number], now=now())
    elif name == "failedtask":
        make_failure(number)
    else:
        make_notice()


@pytest.mark.parametrize("name", ["heartbeat", "failedtask", "notice"])
def test_a_list_takes_the_same_queries_for_1_and_3_rows(client, office, name):
    _add_row(name, 0)
    client.get(address(name))
    with CaptureQueriesContext(connection) as one:
        assert client.get(address(name)).status_code == 200
    _add_row(name, 1)
    _add_row(name, 2)
    with CaptureQueriesContext(connection) as three:
        client.get(address(name))
    assert len(three) == len(one)
