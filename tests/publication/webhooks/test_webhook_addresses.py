"""Where requests go: public addresses, the checked one, and no other."""

import socket
import threading
from ipaddress import ip_address, ip_network

import pytest

from publication.webhooks.addresses import AddressRefused, is_allowed, read_target
from publication.webhooks.posting import post


@pytest.mark.parametrize(
    "text",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1"),
        *("fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1"),
        *("2002:a00:1::1", "2001:0:1::1", "2001:db8::1", "::127.0.0.1", "::10.0.0.1"),
        *("::ffff:0:127.0.0.1", "fec0::1", "64:ff9b:1::7f00:1", "192.88.99.1", "4000::1"),
    ],
)
def test_an_address_that_is_not_public_is_refused(text):
    assert not is_allowed(ip_address(text))


@pytest.mark.parametrize(
    "text", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_a_public_address_is_allowed(text):
    assert is_allowed(ip_address(text))


def test_an_inner_network_is_allowed_when_the_operator_names_it(settings):
    settings.PORTAL_WEBHOOK_NETWORKS = [ip_network("10.12.0.0/16")]
    assert is_allowed(ip_address("10.12.3.4"))
    assert is_allowed(ip_address("::ffff:10.12.3.4"))
    assert not is_allowed(ip_address("10.13.0.1"))
    settings.PORTAL_WEBHOOK_NETWORKS = [ip_network("fd00:12::/32")]
    assert is_allowed(ip_address("fd00:12::1"))
    assert not is_allowed(ip_address("fd00:13::1"))


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://a.vn/",
            "ftp://a.vn/",
            "https://u:p@a.vn/",
            "https://u@a.vn/",
            "https://a.vn:22/",
        ),
        *("https:///x", "https://a.vn/#x", "https://a.vn/ x", "https://a.vn:x/", "a.vn"),
    ],
)
def test_a_url_that_no_request_may_go_to_is_refused(url):
    with pytest.raises(AddressRefused):
        read_target(url)


def test_a_name_is_looked_up_once_and_what_was_checked_is_connected_to(receiver, monkeypatch):
    asked = []
    real = socket.getaddrinfo

    def look_up(host, *facts, **more):
        if host == "nhan.example":
            asked.append(host)
            host = "127.0.0.1" if len(asked) == 1 else "10.0.0.1"
        return real(host, *facts, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    url = f"http://nhan.example:{receiver.port}/"
    receiver.plan.append(500)
    assert post(url, headers={}, body=b"{}", seconds=1).status == 500
    assert asked == ["nhan.example"]
    assert receiver.got[0][0]["host"] == f"nhan.example:{receiver.port}"
    assert "mạng nội bộ" in post(url, headers={}, body=b"{}", seconds=1).error
    assert len(receiver.got) == 1


def test_a_name_that_leads_to_an_inner_machine_too_is_refused(receiver, monkeypatch):
    found = [(2, 1, 6, "", (host, 443)) for host in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_facts, **_more: found)
    answer = post("https://nhan.example/", headers={}, body=b"", seconds=1)
    assert answer.status is None
    assert "10.0.0.1" in answer.error


def test_a_lookup_that_hangs_ends_with_the_time_of_the_request(receiver, monkeypatch):
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_facts, **_more: over.wait(20))
    answer = post("https://nhan.example/", headers={}, body=b"", seconds=0.2)
    over.set()
    assert answer.error == "Không trả lời xong trong 0.2 giây."
    assert answer.milliseconds < 2_000


def test_a_name_or_a_machine_that_is_not_there_is_told_in_plain_words(receiver, monkeypatch):
    def answer_to(url):
        answer = post(url, headers={}, body=b"", seconds=2)
        return answer.status, answer.error

    with socket.socket() as closed:  # bound, but nobody listens
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        assert answer_to(url) == (None, "Máy nhận từ chối kết nối.")

    def look_up(*_facts, **_more):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    words = "Không tìm thấy tên máy của địa chỉ nhận."
    assert answer_to("https://nhan.example/") == (None, words)


def test_when_one_machine_of_a_name_does_not_answer_another_is_asked(
    receiver, settings, monkeypatch
):
    settings.PORTAL_WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    found = [(2, 1, 6, "", (host, 0)) for host in ("127.0.0.2", "127.0.0.1")]
    real = socket.getaddrinfo

    def look_up(host, *facts, **more):
        return found if host == "nhan.example" else real(host, *facts, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    url = f"http://nhan.example:{receiver.port}/"
    assert post(url, headers={"webhook-id": "msg_1"}, body=b'{"data":{}}', seconds=2).status == 204
