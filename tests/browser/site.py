"""Serves rendered pages to a real browser under the portal's own Content-Security-Policy."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.utils import translation


@contextmanager
def rows_for_a_while(blocker: Any, folder: Path) -> Iterator[None]:
    """A database and a site folder while pages are rendered for all tests of a module."""
    places = override_settings(PORTAL_SITE_DIR=folder)
    with blocker.unblock(), places, translation.override("vi"), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def serving(files: dict[str, bytes]) -> Iterator[str]:
    """The files by path, and the address of the server; "/x/" is asked for as it is named."""
    handler = type("Handler", (_Handler,), {"files": files})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.block_on_close = False  # a browser keeps its connection to ask again
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    files: dict[str, bytes]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        content = self.files.get(path)
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Type", guess_type(path)[0] or "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content or b"")))
        self.send_header("Content-Security-Policy", _policy())
        if path.startswith("/static/"):  # as nginx has it: fetched once, not for every page
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *_args: object) -> None:
        """Silent: what the browser complains of is what the tests look at."""


def _policy() -> str:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())
