"""WEBHOOK_SECRET=whsec_... python receive_webhooks.py 8080: keep a copy of what is sent."""

import base64
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

seen: set[str] = set()
held: dict[str, object] = {}  # a real receiver keeps both in its database, written together


def is_signed(headers, body, secret, now):  # type: ignore[no-untyped-def]
    """By Standard Webhooks: not older or newer than five minutes, one of the signatures ours."""
    key, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not moment.isdigit() or abs(now - int(moment)) > 300:
        return False
    raw = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.digest(raw, f"{key}.{moment}.".encode() + body, "sha256")
    ours = "v1," + base64.b64encode(digest).decode()
    given = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(ours, one) for one in given)


def take(key, body):  # type: ignore[no-untyped-def]
    """Every message once, in the order of arrival; each line under its code."""
    message = json.loads(body)
    if key in seen:
        return
    for change in message["data"].get("results", ()):
        if change["procedure"] is not None:
            held[change["code"]] = change["procedure"]
    seen.add(key)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):  # type: ignore[no-untyped-def]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        signed = is_signed(self.headers, body, os.environ["WEBHOOK_SECRET"], time.time())
        if signed:
            take(self.headers["webhook-id"], body)
        self.send_response(204 if signed else 401)
        self.end_headers()


if __name__ == "__main__":  # behind your web server, which speaks https
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
