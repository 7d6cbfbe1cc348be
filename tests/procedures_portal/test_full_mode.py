"""Full mode by hand: the commands of the compose file, real PostgreSQL, Redis and nginx."""

import re
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.procedures_portal.compose import OURS, ROOT, command_by_hand, services
from tests.procedures_portal.running import plain_environment, wait_until
from tests.publication.site.server import ask, nginx
from tests.services import Postgres, free_port, postgres, redis

pytestmark = [pytest.mark.processes, pytest.mark.embedded]

_CODE = re.compile(r'href="/thu-tuc/(\d\.\d{6})/"')


@dataclass
class FullMode:
    front: int  # nginx
    web: int  # granian behind it
    database: Postgres
    environment: dict[str, str]

    def amend(self, code, words):
        done = self.run("python", "-m", "tests.procedures_portal.amending", code, words)
        assert done.returncode == 0, done.stderr

    def run(self, *command):
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    def says(self, code, words, *, port=None):
        return words in ask(port or self.front, f"/thu-tuc/{code}/").body.decode()


@pytest.fixture(scope="module")
def full_mode(tmp_path_factory):
    data = tmp_path_factory.mktemp("full") / "data"
    data.mkdir()
    with ExitStack() as stack:
        database, broker = stack.enter_context(postgres()), stack.enter_context(redis())
        web = free_port()
        environment = _environment(data, database.url, broker.url)
        portal = FullMode(0, web, database, environment)
        prepared = portal.run(*command_by_hand("prepare", {}), "--sample")
        assert prepared.returncode == 0, prepared.stdout + prepared.stderr
        places = {
            "8000": str(web),
            "0.0.0.0": "127.0.0.1",
            "/tmp/beat-schedule": str(data / "beat"),
        }
        for name in ("web", "worker", "beat"):
            stack.enter_context(_running(command_by_hand(name, places), environment, data / name))
        configuration = tmp_path_factory.mktemp("nginx")
        portal.front = stack.enter_context(nginx(data, web=web, places=configuration))
        wait_until(lambda: _status(web, "/admin/login/") == 200)
        yield portal


def _environment(data, database, broker):
    """What the compose file gives each program, with this machine's places."""
    given = {
        "PORTAL_MODE": "full",
        "PORTAL_SECRET_KEY": "a-key-for-this-test-alone-" * 3,
        "PORTAL_URL": "http://portal.test",
        "PORTAL_ALLOWED_HOSTS": "127.0.0.1",
        "PORTAL_DATA_DIR": str(data),
        "PORTAL_CACHE_URL": broker.replace("/0", "/1"),
        "PORTAL_LOG_LEVEL": "INFO",
        "PORTAL_PROVINCE": "",
        "PORTAL_AUTHORITY": "",
        "PORTAL_OFFICE": "",
        "PORTAL_DATA_PUBLISHER": "",
        "PORTAL_DATA_LICENCE": "",
        "PORTAL_MAIL_URL": "",
        "PORTAL_MAIL_FROM": "",
        "PORTAL_NOTICES_AT": "",
        "PORTAL_DIGEST_WEEKDAY": "",
        "DATABASE_URL": database,
        "CELERY_BROKER_URL": broker,
    }
    for name in OURS:
        assert set(services()[name]["environment"]) == set(given)
    named = {"DJANGO_SETTINGS_MODULE": "procedures_portal.settings"}
    return plain_environment(data) | given | named


@contextmanager
def _running(command, environment, log: Path):
    with log.with_suffix(".log").open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _status(port, path):
    try:
        return ask(port, path).status
    except OSError:
        return 0


def _a_code(portal):
    return _CODE.findall(ask(portal.front, "/thu-tuc/").body.decode())[0]


def test_pages_api_and_admin_are_reached_through_nginx(full_mode):
    code = _a_code(full_mode)
    for path in ("/", f"/thu-tuc/{code}/", "/api/v1/procedures/", "/admin/login/"):
        assert ask(full_mode.front, path).status == 200, path
    assert ask(full_mode.front, "/static/admin/css/base.css").status == 200


def test_an_issued_decision_is_public_within_seconds(full_mode):
    code = _a_code(full_mode)
    began = time.monotonic()
    full_mode.amend(code, "Sửa trong chế độ đầy đủ")
    wait_until(lambda: full_mode.says(code, "Sửa trong chế độ đầy đủ"), seconds=60)
    assert time.monotonic() - began < 60


def test_pages_are_served_while_the_database_is_stopped_and_work_goes_on_afterwards(full_mode):
    code = _a_code(full_mode)
    # nginx keeps a file open for a second after a switch.
    wait_until(lambda: _body(full_mode.front, code) == _body(full_mode.web, code))
    before = _body(full_mode.front, code)
    full_mode.database.stop()
    try:
        through_nginx = ask(full_mode.front, f"/thu-tuc/{code}/")
        from_the_web_process = ask(full_mode.web, f"/thu-tuc/{code}/")
    finally:
        full_mode.database.start()
    assert [through_nginx.status, through_nginx.body] == [200, before]
    assert [from_the_web_process.status, from_the_web_process.body] == [200, before]
    full_mode.amend(code, "Sửa sau khi cơ sở dữ liệu trở lại")
    wait_until(lambda: full_mode.says(code, "Sửa sau khi cơ sở dữ liệu trở lại"), seconds=90)


def _body(port, code):
    return ask(port, f"/thu-tuc/{code}/").body


def test_full_mode_without_its_secrets_does_not_start(full_mode):
    lacking = {k: v for k, v in full_mode.environment.items() if k != "PORTAL_SECRET_KEY"}
    done = FullMode(0, 0, full_mode.database, lacking).run("python", "manage.py", "check")
    assert done.returncode == 1
    assert "PORTAL_SECRET_KEY is not set" in done.stderr
    assert "Traceback" not in done.stderr
