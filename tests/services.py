"""PostgreSQL and Redis of full mode, real ones, for as long as a block or a command runs.

`python -m tests.services COMMAND…` runs a command against both.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_PATIENCE = 30.0  # seconds for a server to come up


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """One server program on a loopback port; `start` and `stop` as often as a test needs."""

    command: list[str]
    port: int
    user: str | None = None  # PostgreSQL refuses to run as root
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **_as(self.user)
        )
        deadline = time.monotonic() + _PATIENCE
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"did not start: {' '.join(self.command)}")
            time.sleep(0.05)

    def stop(self) -> None:
        """SIGINT is the fast stop of both: connections are dropped, nothing is left behind."""
        if self.process:
            self.process.send_signal(2)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def is_ready(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


class Postgres(Server):
    @property
    def url(self) -> str:
        return f"postgresql://portal@127.0.0.1:{self.port}/postgres"

    def is_ready(self) -> bool:
        asked = [_postgres_program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(asked, check=False).returncode == 0


class Redis(Server):
    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A fresh cluster with one user, `portal`, who may do everything."""
    user = "postgres" if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
    server: Postgres | None = None
    try:
        if user:
            shutil.chown(folder, user)
        _create_cluster(folder / "data", user)
        port = free_port()
        server = Postgres(_postgres_command(folder, port), port, user)
        server.start()
        yield server
    finally:
        if server:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis() -> Iterator[Redis]:
    """An empty Redis that keeps nothing on disk."""
    program = shutil.which("redis-server")
    assert program, "redis-server is missing: apt-get install redis-server"
    port = free_port()
    place = ["--bind", "127.0.0.1", "--port", str(port)]
    server = Redis([program, *place, "--save", "", "--appendonly", "no"], port)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _create_cluster(data: Path, user: str | None) -> None:
    place = ["--pgdata", str(data), "--no-sync"]
    facts = ["--username", "portal", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"]
    subprocess.run(
        [_postgres_program("initdb"), *place, *facts],
        check=True,
        stdout=subprocess.DEVNULL,
        **_as(user),
    )


def _postgres_command(folder: Path, port: int) -> list[str]:
    place = ["-D", str(folder / "data"), "-h", "127.0.0.1", "-p", str(port)]
    facts = {"fsync": "off", "max_connections": "60", "unix_socket_directories": str(folder)}
    settings = [f"--{name}={value}" for name, value in facts.items()]
    return [_postgres_program("postgres"), *place, *settings]


def _postgres_program(name: str) -> str:
    """Debian keeps the servers of each version apart, outside PATH; the newest one wins."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda home: int(home.parts[-2]))
    found = shutil.which(name, path=str(homes[-1])) if homes else shutil.which(name)
    assert found, f"{name} is missing: apt-get install postgresql"
    return found


def _as(user: str | None) -> dict[str, Any]:
    if user is None:
        return {}
    entry = pwd.getpwnam(user)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": "/"}


def main(command: list[str]) -> int:
    """Run a command with both servers in its environment; its exit code."""
    with postgres() as database, redis() as broker:
        servers = {"DATABASE_URL": database.url, "CELERY_BROKER_URL": broker.url}
        return subprocess.run(command, env=os.environ | servers, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
