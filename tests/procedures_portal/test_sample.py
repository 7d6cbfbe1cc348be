"""The sample province: complete texts, a history made by the real acts, loaded once."""

import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from django.db import transaction

from catalog.codes import procedure_code
from catalog.completeness import find_defects
from catalog.form_kinds import FormKind, recognise
from catalog.models import Agency, LifeEvent, Procedure
from procedures_portal.sample.forms import make_form
from procedures_portal.sample.loading import SampleReport, load_sample
from procedures_portal.sample.reading import Sample
from publication.enums import DecisionStatus
from publication.events import verify_chain
from publication.gap_reading import gap_reader
from publication.gaps import record_gaps
from publication.models import AnnouncementDecision, AnnouncementGap, Listing, PublicationEvent


@pytest.fixture(scope="module")
def sample() -> Sample:
    return Sample()


@pytest.fixture(scope="module")
def told_progress(django_db_setup, django_db_blocker) -> Iterator[list[tuple[int, int]]]:
    """The sample in the database for all tests of this file, loaded once; what progress said."""
    told: list[tuple[int, int]] = []
    with django_db_blocker.unblock(), transaction.atomic():
        load_sample(progress=lambda done, steps, _what: told.append((done, steps)))
        yield told
        transaction.set_rollback(True)


@pytest.fixture
def loaded(told_progress, db) -> None:
    """Each test sees the loaded sample and undoes only what it did itself."""


def test_every_text_of_the_sample_is_complete(sample):
    texts = [
        (row.code, text.content)
        for row in sample.procedures
        for text in (row.text, *(change.text for change in row.amendments))
    ]
    assert [(code, d.message) for code, content in texts for d in find_defects(content)] == []


def test_codes_are_of_the_reserved_range_and_used_once(sample):
    codes = [row.code for row in sample.procedures]
    assert len(set(codes)) == len(codes) >= 60
    assert all(procedure_code(code) == code for code in codes)
    assert {code[:3] for code in codes} == {"1.9", "2.9", "3.9"}


def test_all_three_kinds_and_many_fields_are_there(loaded):
    kinds = Counter(Procedure.objects.values_list("kind", flat=True))
    assert kinds["internal"] >= 10
    assert kinds["online_eligible"] >= 25
    assert kinds["regular"] >= 20
    assert Procedure.objects.values("field").distinct().count() >= 12
    assert not Procedure.objects.filter(online_level="partial", partial_reason="").exists()
    assert LifeEvent.objects.count() == 22


def test_an_amendment_really_changes_the_public_text(loaded):
    first, second, third = Listing.objects.filter(code="1.901001").order_by("valid_from")
    assert len({first.digest, second.digest, third.digest}) == 3
    assert (first.is_current, second.is_current, third.is_current) == (False, False, True)
    assert second.change_note.startswith("Miễn lệ phí đăng ký quá hạn cho hộ nghèo")
    assert third.change_note.startswith("Bỏ yêu cầu xuất trình giấy chứng nhận kết hôn")
    assert Listing.objects.exclude(change_note="").count() >= 6


def test_a_replaced_procedure_ends_with_its_successor_named(loaded):
    ended = Listing.objects.current().get(code="1.907001")
    assert (ended.state, ended.successors) == ("abolished", ["2.907002"])
    assert Listing.objects.current().get(code="1.920004").state == "abolished"


def test_what_no_ministry_was_answered_on_becomes_a_gap(loaded):
    record_gaps(on=date(2024, 12, 2))
    codes = AnnouncementGap.objects.open().values_list("ministry_item__code", flat=True)
    assert sorted(codes) == [
        "1.915003",
        "1.920001",
        "2.909091",  # one of three of its decision: the others are answered
        "2.915095",
        "2.916002",
        "2.916003",
        "2.916094",
    ]


def test_the_gaps_of_the_sample_show_who_holds_them_and_how_late(loaded):
    record_gaps(on=date(2024, 12, 2))
    gaps = list(AnnouncementGap.objects.open().with_decisions().order_by("ministry_item__code"))
    readings = gap_reader(on=date(2024, 12, 2)).read(gaps)
    told = {
        gap.ministry_item.code: (reading.holding.holder, reading.state.kind, reading.state.clock)
        for gap, reading in zip(gaps, readings, strict=True)
    }
    assert told == {
        "1.915003": ("department", "overdue", "legal"),
        "1.920001": ("department", "at_risk", "office"),
        "2.909091": ("office", "overdue", "legal"),  # no agency leads it
        "2.915095": ("office", "overdue", "legal"),
        "2.916002": ("department", "overdue", "legal"),
        "2.916003": ("department", "overdue", "legal"),
        "2.916094": ("office", "overdue", "legal"),
    }
    assert AnnouncementGap.objects.filter(closure="not_applicable").count() == 2
    assert AnnouncementGap.objects.filter(closure="answered").count() == 20


def test_the_events_of_the_sample_are_a_whole_chain(loaded):
    assert list(verify_chain()) == []
    assert PublicationEvent.objects.count() > 80


def test_one_decision_waits_as_a_draft(loaded):
    draft = AnnouncementDecision.objects.get(status=DecisionStatus.DRAFT)
    assert sorted(draft.items.values_list("procedure__code", flat=True)) == ["2.916002", "2.916003"]


def test_a_merged_commune_names_its_successor(loaded):
    old = Agency.objects.get(slug="ubnd-xa-thai-hoc")
    new = old.successors.get()
    assert old.valid_to is not None
    assert new.valid_from is not None
    assert (new.valid_from - old.valid_to).days == 1


def test_a_second_load_changes_nothing(loaded):
    before = list(PublicationEvent.objects.values_list("digest", flat=True))
    history = Procedure.history.count()
    assert load_sample() == SampleReport()
    assert list(PublicationEvent.objects.values_list("digest", flat=True)) == before
    assert Procedure.history.count() == history


def test_progress_goes_from_none_to_all(told_progress, loaded):
    assert [done for done, _ in told_progress] == list(range(len(told_progress)))
    assert told_progress[-1][0] == told_progress[-1][1]


def test_some_forms_can_be_downloaded_and_each_is_a_file_of_an_announced_text(loaded, sample):
    announced = {
        form["form"]: form["media_type"]
        for text in Listing.objects.values_list("text", flat=True)
        for form in text.get("form_files", ())
    }
    assert announced == dict.fromkeys(sample.forms, FormKind.DOCX.media_type)


def test_a_form_of_the_sample_is_the_same_file_wherever_it_is_made(sample):
    title, form = next(iter(sample.forms.items()))
    made = make_form(title, form)
    assert recognise(made) is FormKind.DOCX
    with zipfile.ZipFile(BytesIO(made)) as package:
        assert {member.date_time[0] for member in package.infolist()} == {1980}
