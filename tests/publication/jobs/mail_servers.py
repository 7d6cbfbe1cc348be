"""A real mail server on loopback that behaves as told: takes, refuses, hangs, hangs up."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer:
    """Speaks SMTP. `misbehave[command]` is what it does at a command instead of its duty.

    An answer such as "550 no" is said; "hang" says nothing; "drop" closes the line. The command
    "TEXT" is the end of a mail's text; `taken` holds what came that far, whatever was said then.
    """

    def __init__(self) -> None:
        self.misbehave: dict[str, str] = {}
        self.taken: list[EmailMessage] = []
        self._ended = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                line, _address = self._listener.accept()
            except OSError:
                return
            with line, line.makefile("rb") as reader, suppress(OSError):
                if self._answer(line, "GREETING", "220 ready"):
                    self._talk(line, reader)

    def _talk(self, line: socket.socket, reader) -> None:
        while words := reader.readline():
            command = words.split()[0].upper().decode()
            usual = {"DATA": "354 go on", "QUIT": "221 bye"}.get(command, "250 ok")
            if not self._answer(line, command, usual) or command == "QUIT":
                return
            if command == "DATA" and "DATA" not in self.misbehave:
                text = b"".join(iter(reader.readline, b".\r\n"))
                self.taken.append(message_from_bytes(text, policy=policy.default))
                if not self._answer(line, "TEXT", "250 taken"):
                    return

    def _answer(self, line: socket.socket, command: str, usual: str) -> bool:
        words = self.misbehave.get(command, usual)
        if words == "hang":
            line.recv(1)  # until the other side has had enough
        if words in {"hang", "drop"}:
            return False
        line.sendall(words.encode() + b"\r\n")
        return not words.startswith("421")


@contextmanager
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    try:
        yield server
    finally:
        server.stop()
