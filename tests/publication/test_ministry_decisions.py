"""The imported register names the ministry decisions the province has to answer."""

from datetime import date

import pytest
from django.core.management import call_command

from catalog.enums import RecordSource
from catalog.models import NationalRecord, Procedure
from publication.gaps import record_gaps
from publication.ministry_decisions import record_ministry_decisions
from publication.models import MinistryDecision, MinistryItem
from tests.factories import make_agency, make_procedure

pytestmark = pytest.mark.django_db


def make_record(procedure: Procedure, number: str, *, latest: bool = True, **facts) -> None:
    NationalRecord.objects.create(
        procedure=procedure,
        source=facts.get("source", RecordSource.SCRAPED_REGISTER),
        taken_on=facts.get("taken_on", date(2026, 7, 1)),
        raw={},
        name=procedure.name,
        decision_number=number,
        content={},
        digest="0" * 64,
        latest=latest,
    )


@pytest.fixture
def justice():
    return make_agency("Bộ Tư pháp", kind="ministry", level="ministry", short_name="BTP")


def test_records_of_one_number_become_one_decision_with_their_codes(justice):
    make_record(make_procedure("1.900001"), "163/QĐ-BTP")
    make_record(make_procedure("1.900002"), "163/QĐ-BTP")
    make_record(make_procedure("1.900003"), "200/QĐ-BTP-C06")
    report = record_ministry_decisions()
    assert (report.decisions, report.items, report.unplaced) == (2, 3, {})
    decision = MinistryDecision.objects.get(number="163/QĐ-BTP")
    assert (decision.issuer, decision.signed_on) == (justice, None)
    assert list(decision.items.values_list("code", flat=True)) == ["1.900001", "1.900002"]


def test_recording_again_adds_nothing_and_new_codes_join_their_decision(justice):
    make_record(make_procedure("1.900001"), "163/QĐ-BTP")
    record_ministry_decisions()
    make_record(make_procedure("1.900002"), "163/QĐ-BTP")
    report = record_ministry_decisions()
    assert (report.decisions, report.items) == (0, 1)
    assert list(MinistryItem.objects.values_list("ordinal", "code")) == [
        (1, "1.900001"),
        (2, "1.900002"),
    ]


def test_a_code_with_an_earlier_national_text_is_amended(justice):
    known, met = make_procedure("1.900001"), make_procedure("1.900002")
    make_record(known, "", source=RecordSource.NATIONAL_LIST, taken_on=date(2025, 4, 28))
    make_record(known, "163/QĐ-BTP")
    make_record(met, "163/QĐ-BTP")
    record_ministry_decisions()
    assert dict(MinistryItem.objects.values_list("code", "effect")) == {
        "1.900001": "amended",
        "1.900002": "new",
    }


def test_a_code_that_two_sources_show_on_one_day_was_met_for_the_first_time(justice):
    met = make_procedure("1.900001")
    make_record(met, "", source=RecordSource.NATIONAL_LIST)
    make_record(met, "163/QĐ-BTP", source=RecordSource.NATIONAL_PACKAGE)
    make_record(met, "", source=RecordSource.SCRAPED_REGISTER, taken_on=date(2026, 8, 1))
    record_ministry_decisions(proposed=True)
    assert MinistryItem.objects.get().effect == "new"


def test_a_number_of_an_unknown_ministry_is_reported_and_not_guessed(justice, capsys):
    make_record(make_procedure(), "7/QĐ-BXD")
    make_record(make_procedure(), "8/QĐ-BXD-C06")
    make_record(make_procedure(), "Tờ trình 12")
    call_command("record_ministry_decisions")
    out, err = capsys.readouterr()
    assert out == "Thêm 0 quyết định của bộ, 0 thủ tục.\n"
    assert err.splitlines() == [
        "Số quyết định không ghi rõ bộ ban hành, hãy nhập bằng tay: Tờ trình 12 (1 thủ tục).",
        "BXD: 2 quyết định, 2 thủ tục chưa lập được vì chưa bộ nào trong danh mục cơ quan có tên "
        "viết tắt này; ghi tên viết tắt rồi chạy lại.",
    ]


def test_a_mark_is_matched_whatever_its_letter_d(justice):
    make_agency("Bộ Giáo dục và Đào tạo", kind="ministry", level="ministry", short_name="BGDĐT")
    make_record(make_procedure(), "7/QĐ-BGDDT")
    make_record(make_procedure(), "8/QĐ-BGDĐT")
    assert record_ministry_decisions().decisions == 2


def test_recorded_decisions_open_gaps(justice):
    make_record(make_procedure("1.900001"), "163/QĐ-BTP")
    record_ministry_decisions()
    assert record_gaps(on=date(2026, 11, 23)).opened == 1
