"""What a register refresh changed is proposed when a ministry decision explains it, else told."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from catalog.enums import AgencyKind
from publication.enums import ItemEffect
from publication.gaps import record_gaps
from publication.models import AnnouncementGap, MinistryDecision, MinistryItem, RegisterAlarm
from publication.register_refresh import NoComparison, review_register, vanished_codes
from tests.factories import make_agency, make_content, make_ministry_decision, make_procedure
from tests.publication.acts import NOON
from tests.publication.national_texts import JULY_2026, list_row, text

pytestmark = pytest.mark.django_db
AUGUST_2026 = date(2026, 8, 20)


@pytest.fixture(autouse=True)
def justice():
    return make_agency("Bộ Tư pháp", kind=AgencyKind.MINISTRY, level="ministry", short_name="BTP")


@pytest.fixture(autouse=True)
def _an_earlier_list():
    list_row(make_procedure("1.900000"))


def alarms() -> list[tuple[str, str, str]]:
    rows = RegisterAlarm.objects.order_by("code", "kind")
    return list(rows.values_list("code", "kind", "named_decision"))


def rename(code: str, number: str) -> None:
    procedure = make_procedure(code, name="Tên mới")
    list_row(procedure, name="Tên cũ")
    text(procedure, number)


def report(*codes: str, taken_on: date = JULY_2026, **facts) -> dict:
    vanished = [{"code": code, "name": f"Thủ tục {code}", "issuer": "Bộ Tư pháp"} for code in codes]
    return {
        "dry_run": False,
        "source": "national_list",
        "taken_on": taken_on.isoformat(),
        "comparison": {"vanished": vanished},
    } | facts


def test_changes_that_name_a_decision_become_items_of_a_proposed_one(justice):
    text(make_procedure("1.900001", levels=["ministry"]), "163/QĐ-BTP")
    rename("1.900002", "163/QĐ-BTP")
    found = review_register(now=NOON)
    decision = MinistryDecision.objects.get()
    assert (decision.issuer, decision.number) == (justice, "163/QĐ-BTP")
    assert (decision.is_proposed, decision.signed_on, decision.created_by) == (True, None, None)
    assert list(decision.items.values_list("ordinal", "code", "effect", "levels")) == [
        (1, "1.900001", ItemEffect.NEW, ["ministry"]),
        (2, "1.900002", ItemEffect.AMENDED, ["province"]),
    ]
    assert found.to_json() == {
        "explained": {},
        "rejected": {},
        "proposed": {"new": 1, "renamed": 1},
        "unexplained": {},
        "new_decisions": 1,
        "new_items": 2,
        "new_alarms": 0,
        "closed_alarms": 0,
    }
    assert alarms() == []


def test_a_proposed_decision_starts_no_clock():
    text(make_procedure("1.900001"), "163/QĐ-BTP")
    review_register(now=NOON)
    record_gaps(on=AUGUST_2026)
    assert not AnnouncementGap.objects.exists()


@pytest.mark.parametrize("number", ["", "2267./QĐ-BXD", "226/QĐ-UBND", "7/QĐ-BXD", "Tờ trình 12"])
def test_a_number_that_no_known_ministry_stands_behind_is_an_alarm(number):
    text(make_procedure("1.900001"), number)
    rename("1.900002", number)
    review_register(now=NOON)
    assert alarms() == [("1.900001", "new", number), ("1.900002", "renamed", number)]
    alarm = RegisterAlarm.objects.get(code="1.900002")
    assert (alarm.before, alarm.after, alarm.seen_on) == ("Tên cũ", "Tên mới", JULY_2026)
    assert not MinistryDecision.objects.exists()


@pytest.mark.parametrize("number", ["163/QĐ-BTP", "163/QD-BTP"])  # a scan writes D for Đ
def test_a_text_that_changed_under_the_same_decision_is_an_alarm(number):
    procedure = make_procedure("1.900001")
    list_row(procedure)
    text(procedure, "163/QĐ-BTP")
    other = make_content(reception_address="Số 1")
    text(procedure, number, content=other, taken_on=AUGUST_2026)
    review_register(now=NOON)
    assert alarms() == [("1.900001", "changed", number)]
    assert not MinistryDecision.objects.exists()


def test_another_decision_of_the_same_code_is_proposed_beside_the_first():
    procedure = make_procedure("1.900001")
    list_row(procedure)
    text(procedure, "163/QĐ-BTP")
    text(procedure, "885/QĐ-BTP-C06", taken_on=AUGUST_2026)
    review_register(now=NOON)
    assert list(MinistryItem.objects.values_list("decision__number", "code", "effect")) == [
        ("885/QĐ-BTP-C06", "1.900001", ItemEffect.AMENDED)
    ]


def test_what_vanished_is_an_alarm_and_nothing_more():
    list_row(make_procedure("1.900001"))
    review_register(now=NOON, vanished=vanished_codes(report("1.900001")))
    alarm = RegisterAlarm.objects.get()
    assert (alarm.code, alarm.kind, alarm.before, alarm.after) == (
        "1.900001",
        "vanished",
        "Thủ tục 1.900001",
        "",
    )
    assert not MinistryDecision.objects.exists()


def test_a_second_review_adds_nothing():
    text(make_procedure("1.900001"), "163/QĐ-BTP")
    text(make_procedure("1.900002"), "")
    list_row(make_procedure("1.900003"))
    gone = vanished_codes(report("1.900003"))
    review_register(now=NOON, vanished=gone)
    before = [list(model.objects.values()) for model in (MinistryItem, RegisterAlarm)]
    found = review_register(now=NOON, vanished=gone)
    assert (found.new_decisions, found.new_items, found.new_alarms) == (0, 0, 0)
    assert [list(model.objects.values()) for model in (MinistryItem, RegisterAlarm)] == before
    assert MinistryDecision.objects.count() == 1


def test_a_resolved_alarm_does_not_come_back_for_the_same_change():
    text(make_procedure("1.900001"), "")
    list_row(make_procedure("1.900002"))
    review_register(now=NOON, vanished=vanished_codes(report("1.900002")))
    RegisterAlarm.objects.update(resolved_at=NOON, resolution="Tên cũ ghi sai")
    later = vanished_codes(report("1.900002", taken_on=AUGUST_2026))
    assert review_register(now=NOON, vanished=later).new_alarms == 0
    assert not RegisterAlarm.objects.open().exists()


def test_a_code_that_came_back_and_vanished_again_is_a_new_alarm():
    procedure = make_procedure("1.900001")
    list_row(procedure)
    review_register(now=NOON, vanished=vanished_codes(report("1.900001")))
    list_row(procedure, taken_on=AUGUST_2026)
    again = vanished_codes(report("1.900001", taken_on=date(2026, 9, 30)))
    assert review_register(now=NOON, vanished=again).new_alarms == 1
    assert [seen_on for (seen_on,) in RegisterAlarm.objects.values_list("seen_on")] == [
        date(2026, 9, 30),
        JULY_2026,
    ]


def test_a_report_older_than_the_newest_text_makes_nothing_vanish():
    list_row(make_procedure("1.900001"), taken_on=AUGUST_2026)
    review_register(now=NOON, vanished=vanished_codes(report("1.900001")))
    assert not RegisterAlarm.objects.filter(kind="vanished").exists()


def test_what_the_province_has_ended_does_not_vanish():
    list_row(make_procedure("1.900001", abolished_on=date(2026, 1, 1)))
    review_register(now=NOON, vanished=vanished_codes(report("1.900001")))
    assert alarms() == []


def test_a_decision_that_people_entered_explains_its_codes(justice):
    facts = {"issuer": justice, "number": "163/QĐ-BTP", "signed_on": date(2026, 6, 1)}
    make_ministry_decision(codes=["1.900001"], **facts)
    text(make_procedure("1.900001"), "163/QĐ-BTP")
    text(make_procedure("1.900002"), "163/QĐ-BTP")
    found = review_register(now=NOON)
    assert dict(found.explained) == {"new": 1}
    proposed = MinistryDecision.objects.proposed().get()
    assert list(proposed.items.values_list("code", flat=True)) == ["1.900002"]


@pytest.mark.parametrize(
    ("signed_on", "raised"), [(date(2026, 6, 1), []), (date(2024, 6, 1), ["1.900001"])]
)
def test_a_decision_signed_in_between_explains_a_change_without_a_number(signed_on, raised):
    make_ministry_decision(codes=["1.900001"], signed_on=signed_on)
    rename("1.900001", "")
    review_register(now=NOON)
    assert [code for code, *_ in alarms()] == raised


def test_what_a_ministry_abolished_or_replaced_vanishes_without_an_alarm(justice):
    make_ministry_decision(codes=["1.900001"], effect=ItemEffect.ABOLISHED, issuer=justice)
    replacing = make_ministry_decision(codes=["1.900009"], issuer=justice)
    replacing.items.update(replaces_codes=["1.900002"])
    for code in ("1.900001", "1.900002", "1.900003"):
        list_row(make_procedure(code))
    gone = vanished_codes(report("1.900001", "1.900002", "1.900003"))
    review_register(now=NOON, vanished=gone)
    assert alarms() == [("1.900003", "vanished", "")]


def test_an_alarm_that_a_decision_explains_by_now_closes_in_the_next_review(justice):
    procedure = make_procedure("1.900001")
    list_row(procedure)
    text(procedure, "163/QĐ-BTP")
    other = make_content(reception_address="Số 1")
    text(procedure, "163/QĐ-BTP", content=other, taken_on=AUGUST_2026)
    list_row(make_procedure("1.900002"))
    review_register(now=NOON, vanished=vanished_codes(report("1.900002")))
    assert alarms() == [("1.900001", "changed", "163/QĐ-BTP"), ("1.900002", "vanished", "")]
    between = date(2026, 8, 1)
    make_ministry_decision(
        codes=["1.900001", "1.900003"], issuer=justice, number="9/QĐ-BTP", signed_on=between
    )
    assert review_register(now=NOON).closed_alarms == 1
    assert list(RegisterAlarm.objects.open().values_list("code", flat=True)) == ["1.900002"]


def test_a_rename_that_the_last_decision_gave_is_no_alarm_however_late_it_is_seen(justice):
    decision = make_ministry_decision(
        codes=["1.900002"], issuer=justice, signed_on=date(2024, 1, 1), number="9/QĐ-BTP"
    )
    decision.items.update(name="Tên mới")
    rename("1.900002", "Tờ trình 12")
    assert review_register(now=NOON).explained == {"renamed": 1}
    assert alarms() == []


@pytest.mark.parametrize(
    ("facts", "message"), [({"dry_run": True}, "chạy thử"), ({"comparison": None}, "--compare")]
)
def test_a_report_without_a_comparison_is_refused(facts, message):
    with pytest.raises(NoComparison, match=message):
        vanished_codes(report("1.900001", **facts))


def test_the_command_reads_the_import_report_and_counts(tmp_path, capsys):
    text(make_procedure("1.900001"), "163/QĐ-BTP")
    list_row(make_procedure("1.900002"))
    file = tmp_path / "report.json"
    file.write_text(json.dumps(report("1.900002")))
    call_command("review_register", str(file))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "Mã mới: 1 thuộc quyết định đề xuất, 0 chưa rõ quyết định, 0 đã có quyết định, "
        "0 thuộc đề xuất đã bác."
    )
    assert lines[-2] == (
        "Thêm 1 quyết định đề xuất, 1 thủ tục, 1 cảnh báo; 0 cảnh báo đã có lời giải."
    )
    assert json.loads(lines[-1])["unexplained"] == {"vanished": 1}


@pytest.mark.parametrize("words", ["{", "[]", '{"source": "x"}'])
def test_the_command_names_a_file_that_is_no_report(tmp_path, words):
    file = tmp_path / "report.json"
    file.write_text(words)
    with pytest.raises(CommandError):
        call_command("review_register", str(file))
    assert not RegisterAlarm.objects.exists()


def test_the_command_names_a_report_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="Không đọc được báo cáo"):
        call_command("review_register", str(tmp_path / "none.json"))
