"""A client that nobody wrote by hand: made of the document, and asked against a running server."""

import importlib
import subprocess
import sys

import pytest

from publication.api.schema.written import file_of
from tests.factories import make_procedure
from tests.publication.acts import announce

pytestmark = [pytest.mark.embedded, pytest.mark.django_db(transaction=True)]
_SETTINGS = "package_name_override: portal_client\npost_hooks: []\n"


@pytest.fixture(scope="module")
def portal_client(tmp_path_factory):
    """The generated package; the generator finds nothing that it cannot read."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "settings.yaml").write_text(_SETTINGS)
    subprocess.run(
        [
            *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
            *("--path", str(file_of("en")), "--output-path", str(folder / "portal_client")),
            *("--config", str(folder / "settings.yaml"), "--fail-on-warning"),
        ],
        check=True,
        capture_output=True,
    )
    sys.path.insert(0, str(folder))
    yield importlib.import_module("portal_client")
    sys.path.remove(str(folder))


def _operation(tag, name):
    return importlib.import_module(f"portal_client.api.{tag}.{name}")


def test_a_generated_client_reads_lists_details_changes_and_refusals(portal_client, live_server):
    announce(*(make_procedure(f"1.00487{digit}") for digit in range(3)))
    with portal_client.Client(base_url=live_server.url) as client:
        listed = _every_code(client)
        _read_one_changes_and_refusals(client)
    assert sorted(listed) == ["1.004870", "1.004871", "1.004872"]


def _every_code(client):
    unset = importlib.import_module("portal_client.types").UNSET

    listed, page, cursor = [], None, unset
    while page is None or page.next_:
        page = _operation("procedures", "list_procedures").sync(
            client=client, page_size=2, cursor=cursor
        )
        listed += [row.code for row in page.results]
        cursor = page.next_ and page.next_.split("cursor=")[1].split("&")[0]
    return listed


def _read_one_changes_and_refusals(client):
    whole = _operation("procedures", "get_procedure").sync(code="1004871", client=client)
    assert (whole.code, whole.text.content.schema_version) == ("1.004871", 1)
    assert [version.digest for version in whole.versions] == [whole.digest]

    changes = _operation("changes", "list_changes").sync(client=client, after=1)
    assert [change.sequence for change in changes.results] == [2, 3]
    assert changes.results[-1].procedure.code == changes.results[-1].code

    missing = _operation("procedures", "get_procedure").sync(code="9.999999", client=client)
    assert (type(missing).__name__, missing.status) == ("ProblemDocument", 404)
    wrong = _operation("procedures", "search_procedures").sync(client=client, q=" ")
    assert (wrong.status, [error.parameter for error in wrong.errors]) == (400, ["q"])
