"""A receiver on this machine that takes, refuses, hangs or breaks off as it is told."""

import runpy
import ssl
import threading
from collections import deque
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).parents[3] / "docs" / "receive_webhooks.py"
LAST_DRIP = 40


class Receiver:
    """Answers by `plan`, one word a request, then with 204; `got` keeps every request.

    What it takes it hands to the documented script.
    """

    def __init__(self, certificate: Path | None = None) -> None:
        self.script = runpy.run_path(str(SCRIPT))
        self.plan: deque[Any] = deque()
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.let_go = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self.port: int = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/nhan"
        if certificate:
            self._speak_tls(certificate)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def begin(self) -> None:
        self.plan.clear()
        self.got.clear()
        self.script["seen"].clear()
        self.script["held"].clear()
        self.let_go.clear()

    def _speak_tls(self, certificate: Path) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"https://localhost:{self.port}/nhan"

    def keys(self) -> list[str]:
        return [headers["webhook-id"] for headers, _body in self.got]

    def close(self) -> None:
        self.let_go.set()
        self.server.shutdown()
        self.server.server_close()


def _handler_of(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
            step = receiver.plan.popleft() if receiver.plan else 204
            getattr(self, f"_{step}", self._answer)(step, body)

        def _answer(self, step: Any, body: bytes) -> None:
            status, headers = step if isinstance(step, tuple) else (step, {})
            if status < 300:
                receiver.script["take"](self.headers["webhook-id"], body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def _close(self, _step: str, body: bytes) -> None:
            """Taken, and the answer lost on its way."""
            receiver.script["take"](self.headers["webhook-id"], body)
            self.close_connection = True

        def _twice(self, _step: str, body: bytes) -> None:
            for _time in range(2):
                self._answer(204, body)

        def _hang(self, _step: str, _body: bytes) -> None:
            receiver.let_go.wait(20)

        def _drip(self, _step: str, _body: bytes) -> None:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Drip: ")
            for _byte in range(LAST_DRIP):
                if receiver.let_go.wait(0.05):
                    return
                self.wfile.write(b"a")

        def _flood(self, _step: str, _body: bytes) -> None:
            self.send_response(500)
            self.end_headers()
            with suppress(OSError):  # until nobody listens any more
                while not receiver.let_go.is_set():
                    self.wfile.write(b"a" * 65_536)

        def log_message(self, *_facts: Any) -> None:
            """Nothing on the screen."""

    return Handler
