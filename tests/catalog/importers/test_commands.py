"""The commands: last line, exit, report file; and a real process killed in the middle."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from catalog.models import Procedure
from tests.catalog.importers.source_files import listed, package, scraped, write_lines


def run(*arguments):
    """Standard output of an import and whether it failed."""
    out = io.StringIO()
    try:
        call_command("import_procedures", *map(str, arguments), stdout=out, stderr=io.StringIO())
    except CommandError:
        return out.getvalue(), True
    return out.getvalue(), False


@pytest.mark.django_db
def test_the_last_line_is_one_json_object_with_the_counts(tmp_path):
    path = write_lines(tmp_path, [scraped("1.900001"), scraped("x")])
    out, failed = run(path)
    last = json.loads(out.splitlines()[-1])
    keys = ("read", "created", "updated", "unchanged", "refused")
    assert [last[key] for key in keys] == [2, 1, 0, 0, 1]
    assert not failed
    assert "Dòng 2" in out


@pytest.mark.django_db
def test_a_refused_file_fails_and_still_ends_with_the_object(tmp_path):
    path = tmp_path / "cut.jsonl"
    path.write_text('{"ma_thu_tuc": "1.9000')
    out, failed = run(path)
    last = json.loads(out.splitlines()[-1])
    assert failed
    assert (last["read"], last["created"], last["refused"]) == (0, 0, 0)
    assert "JSON" in last["error"]


@pytest.mark.django_db
def test_the_report_goes_to_a_file_or_alone_to_standard_output(tmp_path):
    path = write_lines(tmp_path, [scraped("1.900001"), scraped("x")])
    target = tmp_path / "report.json"
    run(path, "--dry-run", "--report-json", target)
    whole = json.loads(target.read_text())
    assert [row["outcome"] for row in whole["rows"]] == ["created", "refused"]
    assert whole["dry_run"] is True
    assert Procedure.objects.count() == 0
    (line,) = run(path, "--report-json", "-")[0].splitlines()
    assert json.loads(line)["created"] == 1
    assert json.loads(line)["rows"][0]["recovery"]["steps"] == "recovered"


@pytest.mark.django_db
def test_the_comparison_is_printed_as_a_proposal(tmp_path):
    run(write_lines(tmp_path, [listed("1.900001"), listed("1.900002")], "list.jsonl"))
    out, _ = run(write_lines(tmp_path, [scraped("1.900001")], "new.jsonl"), "--compare")
    assert "1.900002" in out
    assert "không bãi bỏ gì" in " ".join(out.split())


@pytest.mark.django_db
def test_the_day_and_the_source_can_be_named(tmp_path):
    path = write_lines(tmp_path, [package()])
    run(path, "--taken-on", "2026-01-02", "--source", "national_package")
    assert str(Procedure.objects.get().national_records.get().taken_on) == "2026-01-02"


@pytest.mark.django_db
def test_packages_are_exported_one_a_line_and_unknown_codes_named(tmp_path):
    run(write_lines(tmp_path, [package("1.900001"), package("1.900002")]))
    out = io.StringIO()
    call_command("export_national_package", "1900002", stdout=out)
    (line,) = out.getvalue().splitlines()
    assert json.loads(line)["MATTHC"] == "1.900002"
    target = tmp_path / "all.jsonl"
    call_command("export_national_package", "--output", str(target))
    assert len(target.read_text().splitlines()) == 2
    with pytest.raises(CommandError, match=r"1\.900009"):
        call_command("export_national_package", "1.900009")


@pytest.mark.processes
def test_a_process_killed_in_the_middle_is_completed_by_the_next_run(tmp_path):
    records = [scraped(f"1.9{n:05d}", linh_vuc=f"Lĩnh vực {n % 7}") for n in range(600)]
    path = write_lines(tmp_path, records)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "procedures_portal.settings",
        "PORTAL_DATA_DIR": str(tmp_path / "data"),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
    }

    def manage(*words):
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", "manage.py", *words],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    with manage("migrate", "-v0") as migrate:
        assert migrate.wait(60) == 0
    first = manage("import_procedures", str(path))
    while _registered(tmp_path / "portal.sqlite3") < 100 and first.poll() is None:
        time.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    first.communicate(timeout=10)
    left = _registered(tmp_path / "portal.sqlite3")
    assert 100 <= left < 600
    assert left % 100 == 0  # whole batches only
    out, _ = manage("import_procedures", str(path)).communicate(timeout=120)
    last = json.loads(out.decode().splitlines()[-1])
    assert (last["created"], last["unchanged"], last["refused"]) == (600 - left, left, 0)
    assert _registered(tmp_path / "portal.sqlite3") == 600


def _registered(database: Path) -> int:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(database, timeout=5)) as connection:
        return int(connection.execute("select count(*) from catalog_procedure").fetchone()[0])
