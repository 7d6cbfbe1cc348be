"""docs/api.md: every address it names answers, and its script tells the truth."""

import io
import re
import sys
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from catalog.models import CalendarDay
from publication.api.asked import FIELDS
from publication.api.decision_facts import DECISION_FIELDS, ItemFacts
from publication.api.procedure import DETAIL_FIELDS
from publication.models import DeadlineRule, MinistryDecision
from publication.search.build import catch_up
from tests.factories import make_announcement, make_ministry_decision, make_procedure
from tests.publication.acts import issue

pytestmark = pytest.mark.django_db
PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text()
ADDRESSES = sorted(set(re.findall(r"^    GET (\S+)", PAGE, flags=re.MULTILINE)))


@pytest.fixture
def answered_ministry():
    assert DeadlineRule.objects.filter(code="national_database_entry").exists()
    CalendarDay.objects.create(day=date(2024, 9, 2), kind="day_off", name="Quốc khánh")
    item = make_ministry_decision(codes=["1.004873"]).items.get()
    procedure = make_procedure("1.004873", name="Đăng ký kết hôn", levels=["commune"])
    decision = make_announcement(procedures=[procedure])
    decision.items.update(answers=item)
    issue(decision, number="3218/QĐ-UBND")
    catch_up()


def _read(response):
    """To its end: a stream left half read keeps its cursor for the tests that follow."""
    return response.getvalue() if response.streaming else response.content


def test_every_address_in_the_documentation_answers(client, answered_ministry):
    key = MinistryDecision.objects.get().pk
    assert len(ADDRESSES) > 20
    for address in set(ADDRESSES) - {"/healthz"}:  # no worker runs beside a test
        asked = address.replace("ministry-decisions/1/", f"ministry-decisions/{key}/")
        response = client.get(asked)
        assert (response.status_code, bool(_read(response))) == (200, True), address


def test_every_list_of_the_root_is_documented(client):
    for address in client.get("/api/v1/").json().values():
        path = address.removeprefix("http://testserver")
        assert any(known.startswith(path) for known in ADDRESSES), path


def test_every_field_is_documented():
    told = set(re.findall(r"[a-z_]+", "".join(re.findall(r"`[^`]+`", PAGE))))
    fields = {*FIELDS, *DECISION_FIELDS, *ItemFacts.__annotations__, *DETAIL_FIELDS}
    assert fields - told == set()


def test_the_check_of_a_text_says_true_for_what_was_announced(
    client, answered_ministry, capsys, monkeypatch
):
    script = re.search(r"python3 -c '\n(.*?)'\n", PAGE, flags=re.DOTALL)
    assert script is not None
    lines = "\n".join(line.removeprefix("    ") for line in script[1].splitlines())
    body = client.get(reverse("api:procedure", args=["1.004873"])).content.decode()
    for text, said in ((body, "True"), (body.replace("kết hôn", "ly hôn"), "False")):
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        exec(lines, {})
        assert capsys.readouterr().out.strip() == said
