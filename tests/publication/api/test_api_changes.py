"""The change feed: without gaps, checked by outsiders, and enough to rebuild all that is public."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import transaction

from publication.actions import withdraw_announcement
from publication.change_feed import changes_after, read_head
from publication.correcting import draft_correction
from publication.enums import EventKind
from publication.events import append_events
from publication.models import DailyHead, Listing, PublicationEvent
from tests.factories import make_agency, make_announcement, make_field, make_procedure
from tests.publication.acts import NOON, announce, issue
from tests.publication.api.calls import announce_later, problem
from tests.publication.api.following import Follower, whole_list

pytestmark = pytest.mark.django_db
CHANGES = "/api/v1/changes/"
DAYS = "/api/v1/changes/days/"
SCRIPT = Path(__file__).parents[3] / "docs" / "check_changes.py"


def tell_a_history():
    """Every way in which what is public moves."""
    amended, corrected, ended, old, new = (make_procedure(f"1.00000{n}") for n in range(5))
    announce(amended, corrected, ended, old)
    amended.name = 'Việc “mới” \\ "url":"/x'
    amended.save()
    announce_later(amended, effect="amended")
    announce_later(ended, effect="abolished", day=5)
    taking_over = make_announcement(procedures=[new], effect="replaced")
    taking_over.items.get().replaces.add(old)
    issue(taking_over, signed_on=date(2024, 10, 6), now=NOON.replace(day=6))
    wrong = announce_later(corrected, effect="amended", day=7)
    mending = draft_correction(decision_id=wrong.pk, by=None, now=NOON.replace(day=7))
    issue(mending, signed_on=date(2024, 10, 7), now=NOON.replace(day=7, hour=6))
    after_the_fact = {"signed_on": date(2024, 10, 2), "now": NOON.replace(day=8)}
    announce(amended, effect="amended", **after_the_fact)
    regretted = announce_later(make_procedure("1.000009"), day=8)
    withdraw_announcement(
        decision_id=regretted.pk, by=None, basis="1/QĐ-UBND", now=NOON.replace(day=9)
    )


def test_the_keys_of_a_change_are_a_promise(client):
    announce(make_procedure("1.004873", name="Đăng ký kết hôn"), number="3218/QĐ-UBND")
    body = client.get(CHANGES).json()
    assert list(body) == ["results", "next"]
    (change,) = body["results"]
    event, listing = PublicationEvent.objects.get(), Listing.objects.get()
    assert change == {
        "sequence": 1,
        "kind": "listing_published",
        "code": "1.004873",
        "occurred_at": "2024-10-03T05:00:00.000000+00:00",
        "payload": {
            "decision": {
                "issuer": "Ủy ban nhân dân tỉnh",
                "number": "3218/QĐ-UBND",
                "signed_on": "2024-10-03",
            },
            "digest": listing.digest,
            "listing": listing.pk,
            "name": "Đăng ký kết hôn",
            "state": "offered",
            "successors": [],
            "valid_from": "2024-10-03",
        },
        "previous": "0" * 64,
        "digest": event.digest,
        "procedure": client.get("/api/v1/procedures/").json()["results"][0],
    }


def test_every_number_comes_once_whatever_the_page_size(client):
    tell_a_history()
    count = PublicationEvent.objects.count()
    assert count > 12
    for size in (1, 5, 200):
        follower = Follower(client, page_size=size)
        follower.follow()
        assert follower.seen == list(range(1, count + 1))


def test_following_from_nothing_ends_with_exactly_the_whole_list(client):
    tell_a_history()
    follower = Follower(client)
    follower.follow()
    assert follower.bytes() == whole_list(client)
    assert b'"state":"abolished"' in follower.bytes()


def test_at_every_step_of_the_log_following_and_pulling_agree(client):
    """So a pull at any time may go on with the changes after its own number."""
    procedure, other = make_procedure("1.000001"), make_procedure("1.000002")
    follower = Follower(client)
    steps = [
        lambda: announce(procedure, other),
        lambda: announce_later(procedure, effect="amended"),
        lambda: announce_later(procedure, effect="amended"),  # sets the one before aside
        lambda: announce_later(other, effect="abolished", day=5),
        lambda: announce_later(other, effect="new", day=6),
    ]
    for step in steps:
        step()
        follower.follow()
        assert follower.bytes() == whole_list(client)


def test_a_pull_tells_the_number_to_go_on_from(client):
    announce(make_procedure("1.000001"))
    pulled = client.get("/api/v1/procedures/?format=ndjson")
    assert pulled.getvalue().count(b"\n") == 1
    announce_later(make_procedure("1.000002"))
    assert pulled["Event-Sequence"] == "1"
    (change,) = client.get(f"{CHANGES}?after={pulled['Event-Sequence']}").json()["results"]
    assert change["code"] == "1.000002"


def test_what_is_no_longer_public_is_a_tombstone_that_names_its_text(client):
    procedure = make_procedure("1.000001")
    announce(procedure)
    announce_later(procedure, effect="amended")
    first, gone, new = client.get(CHANGES).json()["results"]
    assert gone["kind"] == "listing_superseded"
    assert gone["procedure"] is None
    assert gone["payload"]["digest"] == first["payload"]["digest"]
    assert new["procedure"]["valid_from"] == "2024-10-04"


def test_a_page_that_is_full_is_the_same_for_good(client):
    announce(make_procedure("1.000001"), make_procedure("1.000002"), make_procedure("1.000003"))
    full, last = f"{CHANGES}?page_size=2", f"{CHANGES}?after=2&page_size=2"
    known = {url: client.get(url)["ETag"] for url in (full, last)}
    announce_later(make_procedure("1.000004"))
    assert client.get(full, headers={"if-none-match": known[full]}).status_code == 304
    assert client.get(last, headers={"if-none-match": known[last]}).status_code == 200


def test_the_end_of_the_log_is_an_empty_page_also_beyond_it(client):
    announce(make_procedure())
    for after in (1, 99, 2**63 - 1):
        response = client.get(f"{CHANGES}?after={after}")
        assert response.json() == {"results": [], "next": None}
        assert response["Event-Sequence"] == "1"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("?after=-1", "after"),
        ("?after=x", "after"),
        ("?after=9223372036854775808", "after"),
        ("?after=1&after=2", "after"),
        ("?page_size=201", "page_size"),
        ("?since=1", "since"),
    ],
)
def test_a_wrong_parameter_is_named(client, query, parameter):
    (error,) = problem(client.get(CHANGES + query), 400)["errors"]
    assert error["parameter"] == parameter


def test_a_change_that_was_rolled_back_was_never_told(client):
    announce(make_procedure())
    with transaction.atomic():
        append_events([(EventKind.LISTING_PUBLISHED, Listing.objects.get())], now=NOON)
        transaction.set_rollback(True)
    assert [change.sequence for change in changes_after(0, limit=9)] == [1]
    assert read_head().sequence == 1


def test_an_edit_of_the_register_changes_nothing_that_was_told(client):
    agency, field = make_agency("Sở Tư pháp"), make_field("Hộ tịch")
    procedure = make_procedure(field=field, lead_agency=agency)
    announce(procedure)
    before = client.get(CHANGES).content
    agency.name = field.name = procedure.name = "zebra"
    for row in (agency, field, procedure):
        row.save()
    make_announcement(procedures=[procedure], effect="amended", title="zebra")
    announce(make_procedure(name="zebra"), effective_on=date(2099, 1, 1))
    assert client.get(CHANGES).content == before


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_queries_for_one_change_and_for_three(
    client, django_assert_num_queries, count
):
    announce(*[make_procedure() for _n in range(count)])
    with django_assert_num_queries(2):
        client.get(CHANGES)
    with django_assert_num_queries(1):
        client.get(DAYS)


# --- The last link of each day -------------------------------------------------------------------


def test_each_day_has_the_last_link_of_its_day(client):
    announce(make_procedure(), make_procedure())
    announce_later(make_procedure())
    links = dict(PublicationEvent.objects.values_list("sequence", "digest"))
    assert client.get(DAYS).json() == {
        "results": [
            {"day": "2024-10-03", "sequence": 2, "digest": links[2], "final": True},
            {"day": "2024-10-04", "sequence": 3, "digest": links[3], "final": True},
        ],
        "next": None,
    }
    first = client.get(f"{DAYS}?page_size=1").json()
    second = client.get(first["next"]).json()
    assert [row["sequence"] for row in first["results"] + second["results"]] == [2, 3]


def test_a_day_is_of_the_province_and_never_moves_once_a_later_one_began():
    evening = datetime(2024, 10, 3, 17, 30, tzinfo=UTC)  # half past midnight of the 4th there
    announce(make_procedure(), now=evening)
    announce(make_procedure(), now=NOON)  # began before midnight, written after
    assert list(DailyHead.objects.values_list("day", "sequence")) == [(date(2024, 10, 4), 2)]


def test_today_is_not_final(client):
    from django.utils.timezone import localdate, now

    announce(make_procedure(), signed_on=localdate(), now=now())
    (row,) = client.get(DAYS).json()["results"]
    assert row["final"] is False


# --- The script for outsiders --------------------------------------------------------------------


def run_script(live_server, *more):
    """As an outsider would, in a Python of its own."""
    address = f"{live_server.url}/api/v1"
    return subprocess.run(
        [sys.executable, str(SCRIPT), address, *more], capture_output=True, text=True, check=False
    )


@pytest.mark.django_db(transaction=True)
def test_the_script_in_the_documentation_checks_the_log_and_finds_what_was_changed(
    live_server, tmp_path
):
    assert len(SCRIPT.read_text().splitlines()) <= 30
    tell_a_history()
    count, last = PublicationEvent.objects.count(), PublicationEvent.objects.last()
    assert last is not None
    noted = tmp_path / "noted.txt"
    noted.write_text(f"{count} {last.digest}\n")
    whole = run_script(live_server, str(noted))
    assert whole.returncode == 0, whole.stderr
    assert whole.stdout.startswith(f"Whole: {count} changes, ")

    PublicationEvent.objects.filter(pk=3).update(payload={"name": "khác"})
    assert run_script(live_server).stderr == "Broken at change 3\n"


@pytest.mark.django_db(transaction=True)
def test_the_script_finds_a_log_that_was_written_anew(live_server, tmp_path):
    announce(make_procedure())
    noted = tmp_path / "noted.txt"
    noted.write_text(f"1 {'f' * 64}\n")
    assert run_script(live_server, str(noted)).stderr == "Not what was noted: change 1\n"
