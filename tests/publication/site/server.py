"""Real servers over one site directory, on loopback, for tests that compare what they answer."""

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.conf import settings

DEPLOY = Path(settings.BASE_DIR) / "deploy"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes


def ask(port: int, path: str, *, method: str = "GET", **headers: str) -> Answer:
    """One request; header names with underscores for dashes."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=sent)
        answer = connection.getresponse()
        names = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, names, answer.read())
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def wsgi(application) -> Iterator[int]:
    """A WSGI application on a port of its own."""
    with make_server("127.0.0.1", 0, application, handler_class=_Silent) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def nginx(
    data: Path, *, web: int, places: Path, configuration: Path = DEPLOY / "nginx.conf"
) -> Iterator[int]:
    """nginx with deploy/nginx.conf over a data directory; `places` takes its place.conf."""
    program = shutil.which("nginx")
    assert program, "nginx is missing: apt-get install nginx libnginx-mod-http-brotli-static"
    shutil.copytree(DEPLOY, places, dirs_exist_ok=True)
    shutil.copy(configuration, places / "nginx.conf")
    port = free_port()
    (places / "nginx" / "place.conf").write_text(
        f"listen 127.0.0.1:{port};\nset $web 127.0.0.1:{web};\n"
    )
    process = subprocess.Popen(
        [program, "-p", f"{data}/", "-c", str(places / "nginx.conf"), *_as_this_user()],
        stderr=subprocess.PIPE,
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _as_this_user() -> list[str]:
    # Started by root it would give its workers to a user who cannot read a test's folder.
    return ["-g", "user root;"] if os.getuid() == 0 else []


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise AssertionError(f"nginx did not start: {process.communicate()[1].decode()}")
        with socket.socket() as probe:
            probe.settimeout(0.1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        threading.Event().wait(0.02)
    raise AssertionError("nginx did not listen in time")
