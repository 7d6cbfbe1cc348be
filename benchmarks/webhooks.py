"""Changes a second to a quick receiver, at two sizes of the log, and beside one that hangs.

    uv run python -m benchmarks.webhooks [--procedures 2600] [--times 10] [--rounds 5]

The receiver is a process of its own on loopback that reads a message and answers 204; asked by
another address, it reads and never answers. Each round sends the whole log anew. Seconds are those
until the last message was taken.
"""

import argparse
import json
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from typing import Any

from benchmarks.apart import fill_database, processor_seconds, run_apart

_LONGEST = 60  # seconds that a hanging receiver holds on at most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--procedures", type=int, default=2600)
    parser.add_argument("--times", type=int, default=10, help="0 measures one size only")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        with _receiver() as (port, last):
            _allow(port)
            fill_database(procedures=options.procedures, seed=options.seed)
            print(json.dumps(_measure(port, last, options.rounds)))
        return
    for times in sorted({1, options.times or 1}):
        arguments = ["--alone", "--procedures", str(options.procedures * times)]
        arguments += ["--rounds", str(options.rounds), "--seed", str(options.seed)]
        print(json.dumps(run_apart("benchmarks.webhooks", arguments), indent=1))


def _allow(port: int) -> None:
    os.environ |= {
        "PORTAL_WEBHOOK_HTTP": "true",
        "PORTAL_WEBHOOK_PORTS": str(port),
        "PORTAL_WEBHOOK_NETWORKS": "127.0.0.0/8",
    }


def _measure(port: int, last: Any, rounds: int) -> dict[str, Any]:
    """Alone and beside a subscriber who hangs, in turns."""
    from publication.change_feed import read_head

    head = read_head().sequence
    quick, hanging = _enrol(port, "taken"), _enrol(port, "hang")
    alone, beside, used = [], [], []
    for _round in range(rounds):
        began = processor_seconds()
        alone.append(_send(last, [quick]))
        used.append(processor_seconds() - began)
        beside.append(_send(last, [quick, hanging]))
    return {
        "changes": head,
        "changes a second": round(head / median(alone)),
        "changes a second of processor": round(head / median(used)),
        "seconds": round(median(alone), 2),
        "seconds beside one that hangs": round(median(beside), 2),
        "ratio": round(median(b / a for a, b in zip(alone, beside, strict=True)), 2),
    }


def _enrol(port: int, path: str) -> int:
    from django.utils.timezone import now

    from publication.models import WebhookSubscription
    from publication.webhooks.signing import new_secret, seal
    from tests.factories import make_agency

    subscription = WebhookSubscription.objects.create(
        agency=make_agency(),
        label=path,
        url=f"http://127.0.0.1:{port}/{path}",
        secret=seal(new_secret()),
        created_at=now(),
    )
    return subscription.pk


def _send(last: Any, subscribers: list[int]) -> float:
    """The whole log to each; seconds until the quick one had its last message."""
    from django.utils.timezone import now

    from publication.models import WebhookDelivery, WebhookSubscription
    from publication.webhooks.pushing import push

    WebhookDelivery.objects.all().delete()
    every = WebhookSubscription.objects.all()
    every.update(sequence=0, state="paused", failing_since=None, failures=0)
    every.filter(pk__in=subscribers).update(state="active")
    began = time.monotonic()
    push(clock=now)
    return float(last.value) - began


@contextmanager
def _receiver() -> Iterator[tuple[int, Any]]:
    """Its port, and when it last took a message; this machine's processes share the clock."""
    port, last = multiprocessing.Value("i", 0), multiprocessing.Value("d", 0.0)
    process = multiprocessing.Process(target=_receive, args=(port, last), daemon=True)
    process.start()
    while not port.value:
        time.sleep(0.01)
    try:
        yield port.value, last
    finally:
        process.terminate()
        process.join()


def _receive(port: Any, last: Any) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/hang":
                threading.Event().wait(_LONGEST)
                return
            last.value = time.monotonic()
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_facts: Any) -> None:
            """Nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    port.value = server.server_address[1]
    server.serve_forever()


if __name__ == "__main__":
    main()
