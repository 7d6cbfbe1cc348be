"""The page of the API: all of the document, in both languages, with nothing from elsewhere."""

import json
import re

import pytest

from publication.api.schema.written import LANGUAGES, file_of

pytestmark = [pytest.mark.embedded, pytest.mark.django_db]
PAGE = "/api/v1/docs/"


def _page(client, language):
    return client.get(f"{PAGE}?lang={language}").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_every_operation_parameter_and_status(client, language):
    page, document = _page(client, language), json.loads(file_of(language).read_text())
    for path, told in document["paths"].items():
        operation = told["get"]
        start = page.index(f'id="{operation["operationId"]}"')
        part = page[start : page.index("</details>", start)]
        assert f"GET {path}</code>" in part
        for name in (it["name"] for it in operation["parameters"]):
            assert f"<dt><code>{name}</code>" in part, (path, name)
        for status in operation["responses"]:
            assert f"<dt><code>{status}</code>" in part, (path, status)


def test_the_page_speaks_one_language_at_a_time(client):
    vietnamese, english = _page(client, "vi"), _page(client, "en")
    assert '<html lang="vi"' in vietnamese
    assert '<html lang="en"' in english
    assert ("Thử ngay" in vietnamese, "Try it" in vietnamese) == (True, False)
    assert ("Thử ngay" in english, "Try it" in english) == (False, True)
    assert _page(client, "xx") == vietnamese


def test_the_menu_says_that_the_page_belongs_to_what_is_told_of_the_portal(client):
    here = re.findall(r'<a [^>]*aria-current="(?:page|true)"[^>]*>([^<]+)</a>', _page(client, "vi"))
    assert "Giới thiệu" in here
    assert "Thủ tục" not in here


def test_the_page_asks_no_other_site_and_runs_nothing_inline(client):
    response = client.get(PAGE)
    page = response.content.decode()
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    loaded = re.findall(r"<(?:script|img)[^>]* src=\"([^\"]+)\"|<use href=\"([^\"]+)\"", page)
    sheets = re.findall(r'<link rel="(?:stylesheet|preload|icon)"[^>]*href="([^"]+)"', page)
    addresses = [one or other for one, other in loaded] + sheets
    assert len(addresses) > 3
    assert [address for address in addresses if not address.startswith("/static/")] == []
    assert re.findall(r"<script>|<style|\son\w+=|\sstyle=", page) == []


def test_the_lines_to_try_are_answered(client):
    page = _page(client, "vi")
    lines = re.findall(r"curl &#39;(?:https?://[^/]+)(/[^ ]*?)&#39;", page)
    assert len(lines) == 26
    for line in ("/api/v1/procedures/", "/api/v1/openapi.json", "/api/v1/gaps/"):
        assert line in lines
        response = client.get(line)
        assert response.status_code == 200
        assert response.content


def test_the_page_is_asked_for_again_at_no_cost(client, django_assert_num_queries):
    first = client.get(PAGE)
    with django_assert_num_queries(0):
        again = client.get(PAGE, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
