"""Several processes send and read through files, and nobody reads what is half written."""

import json
from concurrent.futures import ThreadPoolExecutor
from queue import Empty

import pytest
from kombu import Connection

from procedures_portal import file_broker
from procedures_portal.celery import app

WRITERS, EXCHANGES = 8, 15


@pytest.fixture
def channel(tmp_path):
    """A new channel at each call, as processes have, over one folder."""
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": str(tmp_path / "messages"),
        "data_folder_out": str(tmp_path / "messages"),
        "control_folder": str(tmp_path / "control"),
    }
    opened = []

    def open_one():
        opened.append(Connection("filesystem://localhost/", transport_options=options))
        return opened[-1].channel()

    yield open_one
    for connection in opened:
        connection.release()


def test_the_portals_files_are_read_and_written_by_this_broker():
    asked = app.connection_for_write("filesystem://localhost/")
    assert issubclass(asked.get_transport_cls(), file_broker.Transport)


def test_a_message_cannot_be_read_before_it_is_whole(channel):
    sender, reader = channel(), channel()
    message = _ReadWhileWritten(reader)
    sender._put("celery", {"body": message})
    assert message.found == "nothing yet"
    assert reader._get("celery") == {"body": "whole"}


class _ReadWhileWritten:
    """Its own JSON is made while the message is being sent; then somebody reads the queue."""

    def __init__(self, reader):
        self.reader, self.found = reader, ""

    def __json__(self):
        try:
            self.found = self.reader._get("celery")
        except Empty:
            self.found = "nothing yet"
        return "whole"


def test_messages_are_read_in_the_order_in_which_they_were_sent(channel):
    sender, reader = channel(), channel()
    for number in range(20):
        sender._put("celery", number)
    assert [reader._get("celery") for _n in range(20)] == list(range(20))


def test_no_queue_is_forgotten_by_processes_that_begin_in_one_moment(channel):
    channels = [channel() for _n in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as beside:
        for exchange in map(str, range(EXCHANGES)):
            binding = [
                beside.submit(one._queue_bind, exchange, "", "", f"queue-{number}")
                for number, one in enumerate(channels)
            ]
            for bound in binding:
                bound.result()
            queues = {row.queue for row in channels[0].get_table(exchange)}
            assert queues == {f"queue-{number}" for number in range(WRITERS)}


def test_nothing_but_whole_messages_is_left_in_the_folder(channel, tmp_path):
    channel()._put("celery", {"number": 1})
    (left,) = (tmp_path / "messages").iterdir()
    assert left.name.endswith(".celery.msg")
    assert json.loads(left.read_text()) == {"number": 1}
