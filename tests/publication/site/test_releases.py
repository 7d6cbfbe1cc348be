"""Publishing, going back, holding, verifying: what the public sees and what the books say."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import now as real_now

from publication import consumers
from publication.models import ConsumerCursor, EventHead, Release
from publication.site.addresses import file_of
from publication.site.history import is_held, rollback, site_store
from publication.site.release import publish
from publication.site.serving import ReleaseSite
from publication.site.verify import verify_decision
from tests.factories import make_procedure
from tests.publication.acts import NOON, announce
from tests.publication.site.server import wsgi

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def site(tmp_path, settings):
    settings.PORTAL_DATA_DIR = tmp_path
    settings.PORTAL_SITE_DIR = tmp_path / "site"
    settings.PORTAL_LANGUAGES = ["vi"]
    return tmp_path / "site" / "current"


def _release(**how: Any) -> Release:
    """Publish something new."""
    release = publish(**how)
    assert release is not None
    return release


def _shown(site, address):
    return (site / file_of(address)).read_text()


def _amend(procedure, name, day):
    procedure.name = name
    procedure.save()
    moment = NOON + timedelta(days=day)
    return announce(procedure, effect="amended", signed_on=moment.date(), now=moment)


def test_a_decision_is_public_as_a_whole_and_the_cursor_follows(site):
    first, second = make_procedure("1.000001"), make_procedure("1.000002")
    announce(first, second)
    release = _release(now=NOON)
    assert first.name in _shown(site, "/thu-tuc/1.000001/")
    assert second.name in _shown(site, "/thu-tuc/1.000002/")
    assert release.through_sequence == EventHead.objects.get().sequence
    assert ConsumerCursor.objects.get(consumer="site").sequence == release.through_sequence


def test_an_amendment_renders_only_what_shows_it(site):
    procedures = [make_procedure(f"1.{number:06d}") for number in range(1, 9)]
    announce(*procedures)
    whole = _release(now=NOON)
    _amend(procedures[3], procedures[3].name, day=1)
    release = _release(now=NOON + timedelta(days=1))
    assert release.rendered < whole.rendered / 2
    # The old text's page and twin, the change to the new one, and the decision's page.
    assert release.pages == whole.pages + 4


def test_an_amendment_of_the_text_alone_renders_no_list(site):
    procedure = make_procedure("1.000001")
    announce(procedure)
    publish(now=NOON)
    lists = ("/thu-tuc/", f"/linh-vuc/{procedure.field.slug}/", "/cap-thuc-hien/tinh/")
    before = [(site / file_of(address)).stat().st_ino for address in lists]
    _amend(procedure, procedure.name, day=1)
    publish(now=NOON + timedelta(days=1))
    assert [(site / file_of(address)).stat().st_ino for address in lists] == before


def test_a_new_day_renders_what_shows_the_day_and_nothing_else(site):
    announce(make_procedure("1.000001", name="Đăng ký"))
    publish(now=NOON)
    assert "Đăng ký" in _shown(site, "/thay-doi/")
    for later in (6, 7):
        release = _release(now=NOON + timedelta(days=later))
        assert release.rendered == 2  # the home page and the week's
        # Afterwards the page tells of it as of something before.
        assert ("gần nhất trước đó" in _shown(site, "/thay-doi/")) == (later == 7)


def test_nothing_new_publishes_nothing():
    announce(make_procedure())
    publish(now=NOON)
    assert publish(now=NOON) is None
    assert Release.objects.count() == 1


def test_old_texts_stay_at_their_day_and_ended_procedures_keep_their_page(site):
    procedure = make_procedure("1.000001", name="Tên cũ")
    announce(procedure)
    _amend(procedure, "Tên mới", day=1)
    announce(procedure, effect="abolished", signed_on=NOON.date() + timedelta(days=2),
             now=NOON + timedelta(days=2))  # fmt: skip
    publish(now=NOON + timedelta(days=2))
    assert "Tên cũ" in _shown(site, "/thu-tuc/1.000001/2024-10-03/")
    assert "Tên mới" in _shown(site, "/thu-tuc/1.000001/2024-10-04/")
    assert "1.000001" in _shown(site, "/da-bai-bo/")
    assert json.loads(_shown(site, "/thu-tuc/1.000001/index.json"))["state"] == "abolished"


def test_the_twin_carries_the_announced_text_and_its_digest(site):
    procedure = make_procedure("1.000001")
    decision = announce(procedure)
    publish(now=NOON)
    twin = json.loads(_shown(site, "/thu-tuc/1.000001/index.json"))
    listing = decision.listings.get()
    assert (twin["digest"], twin["text"]) == (listing.digest, listing.text)
    assert twin["decision"]["number"] == decision.number
    assert [version["valid_from"] for version in twin["versions"]] == ["2024-10-03"]


def test_feeds_tell_each_change_once_with_lasting_ids(site):
    procedure = make_procedure("1.000001")
    announce(procedure)
    publish(now=NOON)
    before = ET.fromstring(_shown(site, "/atom.xml"))
    _amend(procedure, "Tên mới", day=1)
    publish(now=NOON + timedelta(days=1))
    after = ET.fromstring(_shown(site, "/atom.xml"))
    ids = [entry.findtext(f"{ATOM}id") for entry in after.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) == 2
    assert [entry.findtext(f"{ATOM}id") for entry in before.iter(f"{ATOM}entry")] == ids[1:]
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert after.findtext(f"{ATOM}updated") == "2024-10-04T05:00:00Z"
    for name in ("id", "title", "updated", "author/" + ATOM + "name"):
        assert after.find(ATOM + name) is not None


def test_a_field_and_an_agency_have_a_feed_of_their_own(site):
    first, second = make_procedure("1.000001"), make_procedure("1.000002")
    announce(first, second)
    publish(now=NOON)
    feed = ET.fromstring(_shown(site, f"/linh-vuc/{first.field.slug}/atom.xml"))
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == [f"{first.name} (1.000001)"]


def test_the_sitemap_names_every_page_of_a_procedure_once(site, settings):
    codes = ["1.000001", "1.000199", "2.001234"]
    announce(*(make_procedure(code) for code in codes))
    publish(now=NOON)
    index = ET.fromstring(_shown(site, "/sitemap.xml"))
    shards = [(loc.text or "").removeprefix(settings.PORTAL_URL) for loc in index.iter(f"{MAP}loc")]
    assert {"/sitemap/thu-tuc-1.0000.xml", "/sitemap/thu-tuc-1.0001.xml"} <= set(shards)
    named = [
        (loc.text or "").removeprefix(settings.PORTAL_URL)
        for shard in shards
        for loc in ET.fromstring(_shown(site, shard)).iter(f"{MAP}loc")
    ]
    assert len(named) == len(set(named))
    assert {f"/thu-tuc/{code}/" for code in codes} <= set(named)
    assert all((site / file_of(address)).is_file() for address in named)


def test_robots_are_asked_to_leave_staff_pages_and_questions_alone(site, settings):
    settings.PORTAL_LANGUAGES = ["vi", "en"]
    announce(make_procedure("1.000001"))
    publish(now=NOON)
    assert _shown(site, "/robots.txt").splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /api/",
        "Disallow: /tim-kiem/?",
        "Disallow: /tim-kiem/goi-y/",
        "Disallow: /en/tim-kiem/?",
        "Disallow: /en/tim-kiem/goi-y/",
        "",
        f"Sitemap: {settings.PORTAL_URL}/sitemap.xml",
    ]


def test_going_back_shows_the_earlier_release_and_holds_it(site):
    procedure = make_procedure("1.000001", name="Tên cũ")
    announce(procedure)
    first = _release(now=NOON)
    _amend(procedure, "Tên mới", day=1)
    second = _release(now=NOON + timedelta(days=1))
    assert rollback(now=NOON + timedelta(days=1)) == first
    assert "Tên cũ" in _shown(site, "/thu-tuc/1.000001/")
    assert ConsumerCursor.objects.get(consumer="site").sequence == first.through_sequence
    assert is_held()

    consumers.site.run(now=NOON + timedelta(days=1))
    assert "Tên cũ" in _shown(site, "/thu-tuc/1.000001/"), "beat must not undo a roll-back"

    third = _release(now=NOON + timedelta(days=1))
    assert "Tên mới" in _shown(site, "/thu-tuc/1.000001/")
    assert third.tree == second.tree
    assert not is_held()


def test_a_roll_back_killed_after_its_switch_still_holds(site):
    procedure = make_procedure("1.000001", name="Tên cũ")
    announce(procedure)
    first = _release(now=NOON)
    _amend(procedure, "Tên mới", day=1)
    publish(now=NOON + timedelta(days=1))
    site_store().switch(first.tree)  # as far as a killed roll-back came

    consumers.site.run(now=NOON + timedelta(days=2))

    assert "Tên cũ" in _shown(site, "/thu-tuc/1.000001/")
    assert is_held()


def test_there_is_no_going_back_beyond_the_kept_releases(settings):
    settings.PORTAL_KEEP_RELEASES = 2
    procedure = make_procedure()
    announce(procedure)
    first = _release(now=NOON)
    for day in (1, 2, 3):
        _amend(procedure, f"Tên {day}", day=day)
        publish(now=NOON + timedelta(days=day))
    assert not site_store().holds(first.tree)
    left = Release.objects.filter(state="retired").latest("pk")
    with pytest.raises(CommandError, match=f"hiện còn: {left.pk}\\."):
        call_command("rollback", str(first.pk), stdout=StringIO())


def test_a_restored_database_is_published_from_scratch(site):
    announce(make_procedure("1.000001"))
    publish(now=NOON)
    record = json.loads((site / ".release.json").read_text())
    (site / ".release.json").write_text(json.dumps(record | {"event_digest": "0" * 64}))
    release = _release(now=NOON)
    assert release.rendered == release.pages - 2  # the current text is at its day, too


def test_the_command_says_what_it_did():
    announce(make_procedure("1.000001"))
    said = StringIO()
    call_command("publish", stdout=said)
    release = Release.objects.get(state="public")
    assert said.getvalue().startswith(f"Bản phát hành {release.pk}: {release.pages} địa chỉ")
    said = StringIO()
    call_command("publish", stdout=said)
    assert "không có gì để dựng" in said.getvalue()


def test_a_failed_build_leaves_the_old_release_and_says_why(site):
    procedure = make_procedure("1.000001", name="Tên cũ")
    announce(procedure)
    publish(now=NOON)
    _amend(procedure, "Tên mới", day=1)

    def broken(pages, *, edition):
        raise ValueError("mẫu trang hỏng")
        yield

    with pytest.raises(ValueError, match="hỏng"):
        publish(now=NOON + timedelta(days=1), render=broken)
    assert "Tên cũ" in _shown(site, "/thu-tuc/1.000001/")
    assert Release.objects.get(state="failed").error == "ValueError: mẫu trang hỏng"
    publish(now=NOON + timedelta(days=1))
    assert "Tên mới" in _shown(site, "/thu-tuc/1.000001/")


def test_changes_made_while_pages_are_rendered_are_in_the_release(site):
    from publication.site.render import render_pages

    procedure = make_procedure("1.000001", name="Tên cũ")
    announce(procedure)
    changed: list[Any] = []

    def interrupted(pages, *, edition):
        for page, html in render_pages(pages, edition=edition):
            yield page, html
            if not changed:
                changed.append(_amend(procedure, "Tên mới", day=1))

    release = _release(now=NOON + timedelta(days=1), render=interrupted)
    assert "Tên mới" in _shown(site, "/thu-tuc/1.000001/")
    assert release.through_sequence == EventHead.objects.get().sequence
    whole = _release(now=NOON + timedelta(days=1), full=True)
    assert release.tree == whole.tree


@pytest.mark.processes
def test_verifying_names_every_item_and_the_second_it_was_seen(tmp_path):
    decision = announce(make_procedure("1.000001"), make_procedure("1.000002"))
    publish(now=NOON)
    said = StringIO()
    with wsgi(ReleaseSite(_nothing, site=tmp_path / "site", collected=tmp_path)) as port:
        call_command("verify_release", url=f"http://127.0.0.1:{port}", stdout=said)
    (receipt,) = (tmp_path / "receipts").iterdir()
    items = json.loads(receipt.read_text())["items"]
    assert [(item["code"], item["problem"]) for item in items] == [
        ("1.000001", ""),
        ("1.000002", ""),
    ]
    assert all(len(item["seen_at"]) == len("2024-10-03T12:00:00+07:00") for item in items)
    assert decision.number in said.getvalue()


def test_verifying_finds_a_page_that_is_not_the_announced_one(site):
    decision = announce(make_procedure("1.000001"), make_procedure("1.000002"))
    publish(now=NOON)

    def fetch(address):
        data = (site / file_of(address)).read_bytes()
        return data.replace(b"Cap", b"").replace(b"1.000002", b"1.000003")

    receipt = verify_decision(decision, store=site_store(), fetch=fetch, clock=real_now)
    assert not receipt.is_whole
    assert [bool(item.problem) for item in receipt.items] == [False, True]


def _nothing(environ, start):
    raise AssertionError("Django was asked for a public page")
