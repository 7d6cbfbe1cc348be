"""A broker that is down holds nobody up and loses nothing."""

import os
import subprocess
import sys

import pytest
from kombu.exceptions import OperationalError

from publication import tasks
from publication.wake import wake_consumers


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
