"""What acts on the register do, and what a national record may and may not change."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from catalog.actions import amend_procedure, register_procedure
from catalog.content import Duration, Part, TimeUnit
from catalog.enums import OnlineLevel
from catalog.importers.report import Outcome
from catalog.importers.run import import_file
from catalog.models import Agency, LifeEvent, NationalRecord, Procedure
from tests.catalog.importers.source_files import package, write_lines
from tests.factories import make_agency, make_content, make_field, make_life_event, make_procedure

pytestmark = pytest.mark.django_db
EARLIER, LATER = date(2026, 11, 1), date(2026, 11, 22)


def take_in(tmp_path, on, **overrides):
    """Import one package and return its row of the report."""
    path = write_lines(tmp_path, [package(**overrides)])
    return import_file(path, today=on).rows[0]


def kept_fields(row):
    return {remark.field for remark in row.remarks if "giữ nội dung đã sửa" in remark.message}


def test_registering_by_hand_leaves_who_and_why():
    user = get_user_model().objects.create(username="can-bo")
    procedure = register_procedure(
        code="1.900001", name=" Cấp  thẻ ", field=make_field(), by=user, reason="Nhập tay"
    )
    row = procedure.history.get()
    assert (procedure.name, row.history_user, row.history_change_reason) == (
        "Cấp thẻ",
        user,
        "Nhập tay",
    )


def test_a_wrong_code_is_not_registered():
    with pytest.raises(ValidationError):
        register_procedure(code="19", name="x", field=make_field(), by=None, reason="")
    assert Procedure.objects.count() == 0


def test_amending_says_what_changed_and_does_nothing_when_nothing_did():
    procedure = make_procedure()
    changes = amend_procedure(procedure=procedure, by=None, reason="Sửa", name="Tên mới")
    assert [(c.field, c.new) for c in changes] == [("name", "Tên mới")]
    assert amend_procedure(procedure=procedure, by=None, reason="Sửa", name="Tên mới") == ()
    assert procedure.history.count() == 2


def test_a_new_national_text_replaces_what_nobody_touched(tmp_path):
    take_in(tmp_path, EARLIER)
    row = take_in(tmp_path, LATER, TENTTHC="Tên mới", DIACHITIEPNHAN="Số 2", YEUCAU="Có phép")
    procedure = Procedure.objects.get()
    assert row.outcome is Outcome.UPDATED
    assert {c.field for c in row.changes} == {"name", "reception_address", "conditions"}
    assert (procedure.name, procedure.document.reception_address) == ("Tên mới", "Số 2")
    records = NationalRecord.objects.order_by("pk")
    assert [record.latest for record in records] == [False, True]
    assert procedure.history.count() == 2


def test_what_an_officer_changed_stays_and_a_differing_record_is_reported(tmp_path):
    take_in(tmp_path, EARLIER)
    procedure = Procedure.objects.get()
    amend_procedure(
        procedure=procedure,
        by=None,
        reason="Địa phương",
        name="Tên của tỉnh",
        levels=["province", "commune"],
        content=procedure.content | {"reception_address": "Trung tâm của tỉnh"},
    )
    row = take_in(
        tmp_path,
        LATER,
        TENTTHC="Tên mới của Bộ",
        DIACHITIEPNHAN="Số 2",
        CAPTHUCHIEN=[{"TENCAP": "Cấp Bộ"}],
    )
    procedure.refresh_from_db()
    assert row.outcome is Outcome.UNCHANGED
    assert kept_fields(row) == {"name", "levels", "reception_address"}
    assert procedure.name == "Tên của tỉnh"
    assert procedure.levels == ["province", "commune"]
    assert procedure.document.reception_address == "Trung tâm của tỉnh"


def test_an_officers_change_is_not_reported_again_while_the_nation_says_the_same(tmp_path):
    take_in(tmp_path, EARLIER)
    procedure = Procedure.objects.get()
    amend_procedure(procedure=procedure, by=None, reason="x", name="Tên của tỉnh")
    row = take_in(tmp_path, LATER, TUKHOA="mới")
    assert kept_fields(row) == set()
    assert [c.field for c in row.changes] == ["keywords"]


def test_a_record_that_is_silent_erases_nothing(tmp_path):
    take_in(tmp_path, EARLIER)
    before = Procedure.objects.get()
    row = take_in(
        tmp_path,
        LATER,
        CACHTHUCTHUCHIEN=[],
        THANHPHANHOSO=[],
        KETQUATHUCHIEN=[],
        YEUCAU="Không có thông tin",
        DIACHITIEPNHAN="",
        CAPTHUCHIEN=[],
        DOITUONGTHUCHIEN=[],
        COQUANTHUCHIEN=[],
        LINHVUCTHUCHIEN=[],
        LOAITTHC="",
    )
    after = Procedure.objects.get()
    assert row.outcome is Outcome.UNCHANGED
    assert (after.content, after.levels, after.audiences) == (
        before.content,
        before.levels,
        before.audiences,
    )
    assert after.local_regulation == before.local_regulation
    assert after.roles.count() == 1


def test_local_times_lead_agency_life_events_and_local_agencies_survive(tmp_path):
    take_in(tmp_path, EARLIER)
    procedure = Procedure.objects.get()
    content = procedure.content
    content["filing_methods"][0]["options"][0]["local"] = {"amount": "3", "unit": "day"}
    centre = make_agency("Trung tâm Thử nghiệm")
    Procedure.objects.filter(pk=procedure.pk).update(content=content, lead_agency=centre)
    procedure.life_events.add(make_life_event())
    procedure.roles.create(agency=centre, role="reception")
    channel = package()["CACHTHUCTHUCHIEN"][0]
    shorter = channel | {"THOIGIAN": [{"THOIGIANGIAIQUYET": "10", "DONVITINH": "Ngày"}, {}]}
    row = take_in(tmp_path, LATER, CACHTHUCTHUCHIEN=[shorter])
    procedure.refresh_from_db()
    option = procedure.document.filing_methods[0].options[0]
    assert (option.statutory, option.local) == (
        Duration(amount=Decimal(10), unit=TimeUnit.DAY),
        Duration(amount=Decimal(3), unit=TimeUnit.DAY),
    )
    assert [c.field for c in row.changes] == ["filing_methods"]
    assert procedure.lead_agency == centre
    assert list(procedure.life_events.all()) == list(LifeEvent.objects.all())
    assert procedure.roles.filter(agency=centre).count() == 1


def test_a_local_time_whose_channel_is_gone_is_reported(tmp_path):
    take_in(tmp_path, EARLIER)
    procedure = Procedure.objects.get()
    procedure.content["filing_methods"][0]["options"][0]["local"] = {"amount": "3", "unit": "day"}
    procedure.save()
    channel = package()["CACHTHUCTHUCHIEN"][0] | {"KENH": "1"}
    row = take_in(tmp_path, LATER, CACHTHUCTHUCHIEN=[channel])
    assert any("Thời hạn của tỉnh" in remark.message for remark in row.remarks)


def test_only_the_difference_between_two_records_moves_agencies(tmp_path):
    take_in(tmp_path, EARLIER, COQUANTHUCHIEN=[{"TENDONVI": "Sở Một"}, {"TENDONVI": "Sở Hai"}])
    procedure = Procedure.objects.get()
    procedure.roles.filter(name_as_written="Sở Hai").delete()
    row = take_in(
        tmp_path,
        LATER,
        COQUANTHUCHIEN=[{"TENDONVI": "Sở Hai"}, {"TENDONVI": "Sở Ba"}],
    )
    assert [role.name_as_written for role in procedure.roles.all()] == ["Sở Ba"]
    assert {(c.old, c.new) for c in row.changes} == {("Sở Một", ""), ("", "Sở Ba")}


def test_a_hand_entered_procedure_takes_only_what_it_lacks(tmp_path):
    make_procedure("1.900001", name="Tên nhập tay", levels=[], content=make_content())
    row = take_in(tmp_path, LATER)
    procedure = Procedure.objects.get()
    assert (procedure.name, procedure.levels) == ("Tên nhập tay", ["province"])
    assert procedure.content["steps"] == make_content()["steps"]
    assert procedure.content["reception_address"] == "Số 1 đường Thử"
    assert {"name", "steps", "papers"} <= kept_fields(row)


def test_a_record_that_states_the_online_level_moves_it_until_an_officer_did(tmp_path):
    def api(level_is_full, day):
        record = {
            "code": "1.900001",
            "name": "Cấp thẻ",
            "executionMethods": [
                {
                    "submissionMethod": "ONLINE",
                    "processingTime": 5,
                    "processingTimeUnit": "DAY",
                }
            ],
            "isFullProcess": level_is_full,
            "categoriesDetails": [{"name": "Thử"}],
        }
        return import_file(write_lines(tmp_path, [record]), today=day).rows[0]

    api(False, EARLIER)
    assert Procedure.objects.get().online_level == OnlineLevel.PARTIAL
    api(True, LATER)
    procedure = Procedure.objects.get()
    assert (procedure.online_level, procedure.online_eligible) == (OnlineLevel.FULL, True)
    amend_procedure(
        procedure=procedure,
        by=None,
        reason="Danh mục của Chủ tịch",
        online_level=OnlineLevel.NONE,
        online_eligible=False,
    )
    row = api(False, date(2026, 11, 30))
    assert kept_fields(row) == {"online_level"}
    assert Procedure.objects.get().online_level == OnlineLevel.NONE


def test_an_ended_agency_is_not_doubled_but_reported(tmp_path):
    make_agency("Sở Thử nghiệm", valid_to=date(2025, 2, 28))
    row = take_in(tmp_path, LATER)
    assert Agency.objects.filter(name="Sở Thử nghiệm").count() == 1
    assert any("đã kết thúc" in remark.message for remark in row.remarks)


def test_reading_anew_replaces_the_first_reading_of_the_same_record(tmp_path):
    path = write_lines(tmp_path, [package()])
    import_file(path, today=EARLIER)
    NationalRecord.objects.update(recovery={"steps": "refused"})
    assert import_file(path, today=LATER).counts()["unchanged"] == 1
    assert NationalRecord.objects.get().recovery == {"steps": "refused"}
    import_file(path, today=LATER, reread=True)
    assert NationalRecord.objects.get().recovery[Part.STEPS] == "recovered"
