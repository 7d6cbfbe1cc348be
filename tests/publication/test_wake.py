"""A broker that is down holds nobody up and loses nothing."""

import os
import subprocess
import sys
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from kombu.exceptions import OperationalError

from catalog.changes import tell_duties_changed
from catalog.models import Agency, CalendarDay
from publication import tasks
from publication.wake import wake_consumers
from tests.factories import make_agency, make_procedure


@pytest.mark.parametrize("error", [OperationalError("refused"), OSError("no space left")])
def test_an_unreachable_broker_is_logged_and_not_raised(monkeypatch, caplog, error):
    def fail(*args, **kwargs):
        raise error

    # Only the message to the outside world is replaced; the real broker is tried below.
    monkeypatch.setattr(tasks.run_consumers, "apply_async", fail)
    assert wake_consumers() is False
    assert "the timetable will catch up" in caplog.text


@pytest.mark.processes
def test_a_redis_that_refuses_connections_is_given_up_within_seconds(tmp_path):
    program = (
        "import django; django.setup();"
        "from publication.wake import wake_consumers; print('woken', wake_consumers())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "procedures_portal.settings",
            "PORTAL_DATA_DIR": str(tmp_path),
            "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == "woken False"


@pytest.fixture
def asked(monkeypatch):
    """The runs over the gaps that were asked for; the broker is outside."""
    messages = []
    monkeypatch.setattr(tasks.flag_gaps, "apply_async", lambda *args, **_: messages.append(args))
    return messages


def _save(client, row, django_capture_on_commit_callbacks, **changed):
    client.force_login(get_user_model().objects.create_superuser("quan-tri", password="x"))
    address = reverse(f"admin:catalog_{row._meta.model_name}_change", args=[row.pk])
    form = client.get(address).context["adminform"].form
    facts = {name: form[name].value() for name in form.fields}
    facts = {name: value for name, value in facts.items() if value not in (None, False)}
    for formset in client.get(address).context["inline_admin_formsets"]:
        prefix = formset.formset.prefix
        facts |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, facts | changed)
    assert answer.status_code == 302, answer.context["errors"]


@pytest.mark.django_db
def test_an_agency_saved_by_hand_asks_for_the_gaps(
    client, asked, django_capture_on_commit_callbacks
):
    _save(client, make_agency(), django_capture_on_commit_callbacks, phone="0220 3853 555")
    assert len(asked) == 1


@pytest.mark.django_db
def test_a_procedure_given_to_another_agency_asks_for_the_gaps_and_another_word_does_not(
    client, asked, django_capture_on_commit_callbacks
):
    procedure = make_procedure()
    _save(client, procedure, django_capture_on_commit_callbacks, name="Tên khác")
    assert asked == []
    get_user_model().objects.all().delete()
    agency = make_agency().pk
    _save(client, procedure, django_capture_on_commit_callbacks, lead_agency=agency)
    assert len(asked) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["confirm", "delete_selected"])
def test_days_confirmed_or_taken_away_ask_for_the_gaps(
    client, asked, act, django_capture_on_commit_callbacks
):
    client.force_login(get_user_model().objects.create_superuser("quan-tri", password="x"))
    day = CalendarDay.objects.create(day=date(2024, 9, 3), kind="day_off", name="Quốc khánh")
    facts = {"action": act, "_selected_action": [day.pk], "post": "yes"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:catalog_calendarday_changelist"), facts)
    assert len(asked) == 1


@pytest.mark.django_db
def test_nothing_is_asked_for_by_a_change_that_was_not_committed(asked):
    tell_duties_changed(Agency)  # the test's own transaction is never committed
    assert asked == []
