from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils.timezone import now

from publication.heartbeats import Program, beat

ALL_ALIVE = {"database": "ok", "broker": "ok", "jobs": "ok", "silent": []}


@pytest.fixture
def programs(db):
    """Worker, beat and queue, all heard just now."""
    for program in (Program.WORKER, Program.BEAT, Program.QUEUE):
        beat(program, now=now())


def test_health_is_good_when_database_and_broker_answer_and_the_jobs_are_done(client, programs):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == ALL_ALIVE
    assert "no-store" in response["Cache-Control"]


def test_health_costs_two_queries(client, programs, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/healthz")


def test_a_dead_worker_degrades_the_portal_and_takes_no_web_process_out(client, programs):
    beat(Program.WORKER, now=now() - timedelta(minutes=5))
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == ALL_ALIVE | {"jobs": "degraded", "silent": ["worker"]}


def test_health_names_a_database_that_is_down(client, monkeypatch):
    def refuse(*args):
        raise DatabaseError("down")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == ALL_ALIVE | {"database": "down", "jobs": "unknown"}


def test_health_names_a_broker_folder_that_is_gone(client, programs, settings, tmp_path):
    gone = str(tmp_path / "gone")
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": gone}
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == ALL_ALIVE | {"broker": "down"}
