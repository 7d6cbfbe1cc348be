"""Any day answers with the text that held on it, without the database."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from publication.site.release import publish
from tests.publication.acts import NOON, announce
from tests.publication.site.asked.conftest import CODE, DAYS

HERE = f"/thu-tuc/{CODE}/"


@pytest.fixture(autouse=True)
def _no_queries(released, django_assert_num_queries):
    """Sessions, users and rows alike: nothing of an answer comes from the database."""
    with django_assert_num_queries(0):
        yield


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("2024-10-04", "2024-10-03"),
        ("2024-10-06", "2024-10-05"),
        ("2024-10-07", "2024-10-07"),
        ("2025-02-28", "2024-10-07"),
    ],
)
def test_a_day_leads_to_the_text_that_held_on_it(client, asked, held):
    for language in ("", "/en"):
        answer = client.get(f"{language}{HERE}{asked}/")
        assert (answer.status_code, answer["Location"]) == (302, f"{language}{HERE}{held}/")
        assert answer["Cache-Control"] == "public, max-age=60"


def test_a_day_before_the_first_text_says_so_and_leads_to_the_first(client):
    answer = client.get(f"{HERE}2024-10-02/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "Chưa có bản công khai vào ngày 02/10/2024" in page
    assert "có giá trị từ ngày 03/10/2024" in page
    assert f'href="{HERE}2024-10-03/"' in page
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_day_to_come_is_not_told(client):
    tomorrow = localdate() + timedelta(days=1)
    answer = client.get(f"{HERE}{tomorrow}/")
    assert answer.status_code == 404
    assert "chưa đến" in answer.content.decode()
    assert client.get(f"{HERE}{localdate()}/")["Location"] == f"{HERE}{DAYS[-1]}/"


@pytest.mark.parametrize(
    "path",
    [
        f"{HERE}2024-13-01/", "/thu-tuc/9.999999/2024-10-04/", f"/vi{HERE}2024-10-04/",
        f"/fr{HERE}2024-10-04/", "/thu-tuc/9.999999/ngay/", "/thu-tuc/9.999999/so-sanh/",
    ],
)  # fmt: skip
def test_what_is_no_day_no_procedure_or_no_language_is_a_wrong_address(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "X-Portal-Own-Words" not in answer


@pytest.mark.parametrize("typed", ["2024-10-04", "04/10/2024", " 4-10-2024", "4.10.2024"])
def test_the_form_takes_days_as_browsers_and_as_people_write_them(client, typed):
    answer = client.get(f"{HERE}ngay/", {"ngay": typed})
    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}2024-10-04/")


def test_the_form_says_what_it_does_not_understand_and_stays(client):
    answer = client.get(f"{HERE}ngay/", {"ngay": "hôm <qua>"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Không hiểu ngày đã nhập" in page
    assert "<qua>" not in page
    assert f'action="{HERE}ngay/"' in page
    assert client.get(f"{HERE}ngay/").status_code == 200


def test_pages_made_when_asked_for_are_read_only(client):
    assert client.post(f"{HERE}2024-10-04/").status_code == 405


class TestAfterAnEnd:
    @pytest.fixture(autouse=True)
    def _no_queries(self):
        """Overrides: here rows are written first."""

    def test_a_day_after_the_end_leads_to_the_page_that_tells_of_the_end(self, released, client):
        moment = NOON + timedelta(days=9)
        announce(released, effect="abolished", signed_on=moment.date(), now=moment)
        publish(now=moment)
        assert client.get(f"{HERE}2024-12-31/")["Location"] == f"{HERE}2024-10-12/"
        assert client.get(f"{HERE}2024-10-11/")["Location"] == f"{HERE}2024-10-07/"
