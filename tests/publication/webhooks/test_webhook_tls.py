"""TLS is held against the name that was asked for, and against the authorities we trust."""

from ipaddress import ip_network

import pytest

from publication.webhooks.posting import post
from tests.publication.webhooks.certificates import make_certificate
from tests.publication.webhooks.receiving import Receiver


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("tls") / "localhost.pem", "localhost")


@pytest.fixture(scope="module")
def machine(certificate):
    machine = Receiver(certificate)
    yield machine
    machine.close()


@pytest.fixture
def secure(machine, settings):
    settings.PORTAL_WEBHOOK_PORTS = []
    settings.PORTAL_WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8"), ip_network("::1/128")]
    machine.begin()
    return machine


def ask(url):
    return post(url, headers={"webhook-id": "msg_1"}, body=b'{"data":{}}', seconds=5)


def test_a_receiver_with_a_certificate_of_an_authority_that_the_operator_named_is_asked(
    secure, certificate, settings
):
    settings.PORTAL_WEBHOOK_CA_FILE = str(certificate)
    answer = ask(secure.url)
    assert (answer.status, answer.error) == (204, "")
    assert secure.keys() == ["msg_1"]
    assert secure.got[0][0]["host"] == f"localhost:{secure.port}"


def test_a_certificate_that_nobody_vouches_for_is_refused(secure):
    answer = ask(secure.url)
    assert answer.status is None
    assert answer.error.startswith("Chứng thư của máy chủ không hợp lệ")
    assert secure.got == []


def test_a_certificate_of_another_name_is_refused(secure, certificate, settings):
    settings.PORTAL_WEBHOOK_CA_FILE = str(certificate)
    answer = ask(secure.url.replace("localhost", "127.0.0.1"))
    assert answer.status is None
    assert answer.error.startswith("Chứng thư của máy chủ không hợp lệ")
    assert secure.got == []
