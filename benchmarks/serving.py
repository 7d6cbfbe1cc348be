"""Requests a second: nginx with the release, the same bytes in a plain folder, the embedded server.

    uv run python -m benchmarks.serving [--seconds 5] [--rounds 5]

The sample province in a folder that is thrown away, wrk on loopback, the page of one procedure as
a browser asks for it (brotli). Besides, a Django view that renders the page from the tables for
each request, in a web process like the embedded server's. They take turns, so that what else the
machine does falls on all of them; the median of what each round gives as ratio. Budgets: the
release through deploy/nginx.conf at least 0.95 of the plain folder, the embedded server at least
ten times the view. Figures of a busy machine say nothing.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

PAGE = "/thu-tuc/1.908001/"
_REAL = "procedures_portal.wsgi:application"
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_WRONG = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="of each round of each server")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procedures_portal.settings")
    django.setup()
    with TemporaryDirectory(prefix="portal-benchmark-") as folder, ExitStack() as stack:
        servers = _servers(Path(folder), stack)
        pages = {name: _body(port, encoding="identity") for name, port in servers.items()}
        assert len(set(pages.values())) == 1, "the servers do not send the same page"
        rates: dict[str, list[float]] = {name: [] for name in servers}
        for number in range(options.rounds):
            for name in _turns(servers, number):
                rates[name].append(_requests_a_second(servers[name], options.seconds))
        size = len(_body(servers["release"], encoding="br"))
    print(json.dumps(_told(rates, size)))


def _turns(servers: Iterable[str], number: int) -> list[str]:
    """The two that are compared closely begin in turns: what comes before falls on both alike."""
    first, second, *others = servers
    return [second, first, *others] if number % 2 else [first, second, *others]


def _servers(folder: Path, stack: ExitStack) -> dict[str, int]:
    """The port of each, all over the one release that `serve` made of the sample."""
    from tests.procedures_portal.running import serving
    from tests.publication.site.server import free_port, nginx

    data, embedded = folder / "data", free_port()
    data.mkdir()
    stack.enter_context(serving(data, embedded)).wait_until_ready()
    release = stack.enter_context(nginx(data, web=embedded, places=folder / "places"))
    plain = stack.enter_context(_plain_nginx(folder / "plain", release))
    rendered = stack.enter_context(_rendered(data, embedded))
    return {"release": release, "plain": plain, "embedded": embedded, "rendered": rendered}


@contextmanager
def _rendered(data: Path, embedded: int) -> Iterator[int]:
    """The view of rendered_page.py over the same database, started as the embedded server is."""
    from procedures_portal.serve.programs import web_program
    from tests.procedures_portal.running import plain_environment, wait_until
    from tests.publication.site.server import free_port

    port = free_port()
    real = web_program("127.0.0.1", port).command
    command = [part.replace(_REAL, "benchmarks.rendered_page:application") for part in real]
    # Pages name their own address, which is that of the port the portal was started with.
    environment = plain_environment(data, PORTAL_PORT=str(embedded))
    with subprocess.Popen(command, env=environment) as process:
        try:
            wait_until(lambda: _answers(port))
            yield port
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        return bool(_body(port, encoding="identity"))
    except OSError:
        return False


@contextmanager
def _plain_nginx(folder: Path, release: int) -> Iterator[int]:
    """nginx with no rules but a root, over the page and its compressed form; the same headers.

    What was asked for stays open as in deploy/nginx.conf: what is compared is the release's rules.
    """
    from tests.publication.site.server import nginx

    page = folder / "data" / PAGE.strip("/") / "index.html"
    page.parent.mkdir(parents=True)
    page.write_bytes(_body(release, encoding="identity"))
    page.with_name("index.html.br").write_bytes(_body(release, encoding="br"))
    configuration = folder / "plain.conf"
    configuration.write_text(_PLAIN)
    with nginx(folder / "data", web=1, places=folder / "places", configuration=configuration) as it:
        yield it


_PLAIN = """
load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;
worker_processes auto;
daemon off;
pid nginx.pid;
error_log stderr warn;
events { worker_connections 4096; }
http {
    access_log off;
    open_file_cache max=4000 inactive=60s;
    open_file_cache_valid 1s;
    sendfile on;
    tcp_nopush on;
    default_type text/html;
    brotli_static on;
    charset utf-8;
    gzip_vary on;
    server {
        include nginx/place.conf;
        include nginx/headers.conf;
        add_header Cache-Control "public, max-age=60" always;
        root .;
        index index.html;
    }
}
"""


def _body(port: int, *, encoding: str) -> bytes:
    from tests.publication.site.server import ask

    answer = ask(port, PAGE, Accept_Encoding=encoding)
    assert answer.status == 200, answer.status
    assert answer.headers.get("content-encoding", "identity") == encoding, answer.headers
    return answer.body


def _requests_a_second(port: int, seconds: int) -> float:
    program = shutil.which("wrk")
    assert program, "wrk is missing: apt-get install wrk"
    address = f"http://127.0.0.1:{port}{PAGE}"
    command = [
        program,
        "-t1",
        "-c32",
        "--timeout=30s",
        f"-d{seconds}s",
        "-H",
        "Accept-Encoding: br",
        address,
    ]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = _RATE.search(said)
    assert found, said
    assert not _WRONG.search(said), said
    return float(found[1])


def _told(rates: dict[str, list[float]], page_bytes: int) -> dict[str, Any]:
    return {
        "page_bytes": page_bytes,
        "requests_a_second": {name: round(statistics.median(of)) for name, of in rates.items()},
        "rounds": rates,
        "release_to_plain": _ratio(rates, "release", "plain"),
        "embedded_to_plain": _ratio(rates, "embedded", "plain"),
        "embedded_to_rendered": _ratio(rates, "embedded", "rendered"),
    }


def _ratio(rates: dict[str, list[float]], one: str, other: str) -> float:
    """The median of what the rounds give, each by itself."""
    rounds = zip(rates[one], rates[other], strict=True)
    return round(statistics.median(a / b for a, b in rounds), 3)


if __name__ == "__main__":
    main()
