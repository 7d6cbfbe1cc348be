"""One command starts the whole portal and leaves nothing behind."""

import json
import os
import signal
import socket
import sqlite3
import time
from contextlib import closing

import pytest

from tests.procedures_portal.running import (
    commands_of,
    parent_of,
    processes_of,
    serving,
    wait_until,
)
from tests.publication.site.server import ask, free_port

pytestmark = [pytest.mark.processes, pytest.mark.embedded]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder the command has filled once, with what it said; the tests start it again."""
    folder = tmp_path_factory.mktemp("portal") / "data"
    port = free_port()
    with serving(folder, port) as command:
        command.wait_until_ready()
        told = command.said
        answers = {path: ask(port, path) for path in ("/", "/thu-tuc/", "/admin/login/")}
        began = time.monotonic()
        code = command.interrupt(signal.SIGTERM)
        took, left = time.monotonic() - began, processes_of(folder)
    (folder / "first-start").write_text(told)
    (folder / "first-stop").write_text(json.dumps([code, left, took, command.said]))
    assert {path: answer.status for path, answer in answers.items()} == dict.fromkeys(answers, 200)
    return folder


@pytest.fixture(scope="module")
def second_start(data):
    """The command started again on what the first start left, and what it found there."""
    before = _state(data)
    with serving(data, free_port()) as command:
        command.wait_until_ready()
        command.before = before
        yield command


def _state(data):
    """What must survive: rows, and the release that is served."""
    tables = ("catalog_procedure", "publication_listing", "publication_publicationevent")
    return [_count(data, table) for table in tables]


def _count(data, table):
    with closing(sqlite3.connect(data / "portal.sqlite3")) as database:
        return database.execute(f"select count(*) from {table}").fetchone()[0]


def test_the_first_start_fills_an_empty_machine_and_tells_where_to_go(data):
    told = (data / "first-start").read_text()
    assert _count(data, "catalog_procedure") >= 60
    for words in ("/admin/", "/api/v1/procedures/", "quan-tri", "Nhấn Ctrl-C để dừng."):
        assert words in told
    assert "Traceback" not in told


def test_a_supervisor_stops_it_within_seconds_and_no_process_is_left(data):
    code, left, took, said = json.loads((data / "first-stop").read_text())
    assert (code, left) == (0, [])
    assert took < 12
    assert "Traceback" not in said


def test_a_second_start_loses_nothing(data, second_start):
    assert ask(second_start.port, "/").status == 200
    assert _state(data) == second_start.before
    assert "giữ nguyên" in second_start.said


def test_addresses_on_pages_follow_the_port(second_start):
    assert (
        f"http://localhost:{second_start.port}/"
        in ask(second_start.port, "/robots.txt").body.decode()
    )


def test_a_second_portal_on_the_same_data_is_refused(data, second_start):
    with serving(data, free_port(), spare=processes_of(data)) as second:
        assert second.end() == 1
    assert "đang chạy trên thư mục dữ liệu này" in second.said
    assert _answers(second_start.port)


@pytest.mark.parametrize("program", ["granian", "celery"])
def test_a_program_that_dies_is_started_again(second_start, program):
    first = _leader(second_start, program)
    told = second_start.said.count("đang khởi động lại")
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: _leader(second_start, program) not in (None, first))
    wait_until(lambda: _answers(second_start.port))
    assert second_start.said.count("đang khởi động lại") == told + 1


def test_no_program_outlives_a_command_that_is_killed(data, second_start):
    """The last one to use the running command."""
    assert len(processes_of(data)) > 3
    second_start.process.kill()
    wait_until(lambda: not processes_of(data), seconds=20)


def test_a_busy_port_is_named_before_anything_starts(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serving(tmp_path / "data", port) as command:
            assert command.end() == 1
    assert f"Cổng {port} đang có chương trình khác dùng" in command.said
    assert "Traceback" not in command.said
    assert not (tmp_path / "data" / "portal.sqlite3").exists()


def test_an_interrupt_while_preparing_is_clean_and_the_next_start_completes(tmp_path):
    data = tmp_path / "data"
    with serving(data, free_port(), "--no-sample") as command:
        command.wait_for("Kiểm tra cấu hình")
        assert command.interrupt() == 0
    assert "Traceback" not in command.said
    assert processes_of(data) == []
    with serving(data, free_port(), "--no-sample") as again:
        again.wait_until_ready()
        assert again.interrupt() == 0
        assert processes_of(data) == []
    assert _count(data, "catalog_procedure") == 0


def _leader(command, program):
    """The process of a program that the command itself started; it has children of its own."""
    found = [
        pid
        for pid, words in commands_of(command.data).items()
        if f"-m {program}" in words and parent_of(pid) == command.process.pid
    ]
    return found[0] if found else None


def _answers(port):
    try:
        return ask(port, "/").status == 200
    except OSError:
        return False
