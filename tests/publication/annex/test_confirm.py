"""From a reading to items: whole or not at all, once, by those who may, and nothing unseen."""

import pytest
from django.core.files.storage import default_storage

from catalog.enums import Role
from publication.acts_log import StaleDecision
from publication.annex.confirm import AnnexRefused, confirm_annex
from publication.annex.matching import MatchState
from publication.annex.proposals import Choice, Take, from_json
from publication.annex.reading import (
    AlreadyConfirmed,
    keep_choices,
    leave_open_rows,
    read_annex,
    take_over_rows,
)
from publication.annex.tables import AnnexUnreadable
from publication.authority import NotAllowed
from publication.enums import DecisionStatus, ItemEffect
from publication.models import AnnexReading, AnnouncementItem
from tests.factories import (
    make_agency,
    make_announcement,
    make_ministry_decision,
    make_procedure,
    make_staff,
)
from tests.publication.acts import NOON
from tests.publication.annex.annexes import ANNEXES, INVENTED
from tests.publication.annex.files import T, docx

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    """A department with an officer, its part of the register, and a draft."""
    agency = make_agency("Sở Nghề truyền thống")
    for code, (name, levels) in INVENTED.items():
        make_procedure(code, name=name, levels=list(levels), lead_agency=agency)
    return agency


@pytest.fixture
def officer(office):
    return make_staff(Role.OFFICER, office)


@pytest.fixture
def decision(office, officer):
    return make_announcement(lead_agency=office, created_by=officer)


def upload(decision, by, name="kinds-and-levels.docx"):
    data = next(one for one in ANNEXES if one.name == name).data()
    return read_annex(decision_id=decision.pk, file_name=name, data=data, by=by, now=NOON)


def choice(reading, place, **changes) -> dict[int, Choice]:
    held = from_json(reading.rows)[place].choice
    return {place: held.model_copy(update=changes)}


def confirm(reading, by, choices=None, **more):
    return confirm_annex(reading_id=reading.pk, choices=choices or {}, by=by, now=NOON, **more)


def items(decision) -> list[tuple[int, str, str]]:
    held = decision.items.order_by("ordinal").values_list("ordinal", "procedure__code", "effect")
    return list(held)


def messages(refused) -> list[str]:
    return [str(error) for error in refused.value.errors]


def test_reading_keeps_file_digest_and_rows_and_leaves_the_decision_alone(decision, officer):
    reading = upload(decision, officer)
    kept = AnnexReading.objects.get()
    assert (kept.pk, kept.file_name, kept.read_by, len(kept.rows)) == (
        reading.pk,
        "kinds-and-levels.docx",
        officer,
        4,
    )
    assert len(kept.sha256) == 64
    assert default_storage.exists(str(kept.file.name))
    assert items(decision) == []


def test_the_same_file_again_goes_on_with_the_unfinished_reading(decision, officer):
    first = upload(decision, officer)
    keep_choices(reading_id=first.pk, choices=choice(first, 0, note="Sửa dở"), by=officer)
    again = upload(decision, officer)
    assert again.pk == first.pk
    assert from_json(again.rows)[0].choice.note == "Sửa dở"


def test_confirming_makes_the_items_in_the_order_of_the_annex(decision, officer):
    confirm(upload(decision, officer), officer)
    assert items(decision) == [
        (1, "9.100001", "new"),
        (2, "9.100002", "new"),
        (3, "9.100010", "new"),
        (4, "9.100004", "abolished"),
    ]
    last = decision.items.get(procedure__code="9.100004")
    assert last.part.endswith("B. DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ")
    assert last.change_note == "Theo Nghị định 05/2024/NĐ-CP"


def test_numbers_that_rise_through_the_annex_are_kept(decision, officer):
    table = T([["STT", "Mã", "Tên TTHC"], ["3", "9.100001", INVENTED["9.100001"][0]],
               ["7", "9.100002", INVENTED["9.100002"][0]]])  # fmt: skip
    data = docx(["A. Danh mục TTHC mới ban hành", table])
    reading = read_annex(
        decision_id=decision.pk, file_name="a.docx", data=data, by=officer, now=NOON
    )
    confirm(reading, officer)
    assert [ordinal for ordinal, _code, _effect in items(decision)] == [3, 7]


def test_replaced_procedures_become_the_items_own(decision, officer):
    reading = upload(decision, officer, "replaced.docx")
    confirm(reading, officer, choice(reading, 1, take=Take.TAKE))
    held = {
        item.procedure.code: sorted(item.replaces.values_list("code", flat=True))
        for item in decision.items.all()
    }
    assert held == {"9.100001": ["9.100002"], "9.100010": ["9.100011", "9.100041"]}


def test_nothing_open_becomes_an_item(decision, officer):
    reading = upload(decision, officer, "without-codes.docx")
    with pytest.raises(AnnexRefused) as refused:
        confirm(reading, officer)
    assert messages(refused) == [
        "Dòng 1, quyết định: chọn “Đưa vào” hoặc “Bỏ qua”.",
        "Dòng 2, quyết định: chọn “Đưa vào” hoặc “Bỏ qua”.",
        "Dòng 3, quyết định: chọn “Đưa vào” hoặc “Bỏ qua”.",
    ]
    assert items(decision) == []


def test_rows_left_out_are_no_items(decision, officer):
    reading = upload(decision, officer)
    confirm(reading, officer, choice(reading, 0, take=Take.LEAVE))
    assert [code for _ordinal, code, _effect in items(decision)] == [
        "9.100002",
        "9.100010",
        "9.100004",
    ]


def test_one_press_takes_what_has_exactly_the_name_and_no_more(decision, officer):
    reading = upload(decision, officer, "without-codes.docx")
    changed = take_over_rows(reading_id=reading.pk, states={MatchState.SAME_NAME}, by=officer)
    reading.refresh_from_db()
    takes = [proposal.choice.take for proposal in from_json(reading.rows)]
    assert (changed, takes) == (2, [Take.TAKE, Take.TAKE, Take.OPEN])


def test_one_press_takes_no_row_that_another_contradicts(decision, officer):
    reading = upload(decision, officer, "duplicates.docx")
    assert take_over_rows(reading_id=reading.pk, states=set(MatchState), by=officer) == 0


def test_one_press_leaves_out_every_open_row(decision, officer):
    reading = upload(decision, officer, "scanned.pdf")
    assert leave_open_rows(reading_id=reading.pk, by=officer) == 3
    confirm(reading, officer)
    assert items(decision) == [(1, "9.100030", "abolished")]


def test_a_typed_code_is_taken_when_its_name_agrees(decision, officer):
    reading = upload(decision, officer, "scanned.pdf")
    proposals = keep_choices(
        reading_id=reading.pk, choices=choice(reading, 2, code="9.100002.H23"), by=officer
    )
    assert (proposals[2].choice.code, proposals[2].choice.take) == ("9.100002", Take.TAKE)
    assert proposals[2].match.state == MatchState.EXACT


def test_a_typed_code_of_another_procedure_is_shown_before_it_is_taken(decision, officer):
    reading = upload(decision, officer)
    typed = choice(reading, 0, code="9.100030", take=Take.TAKE)
    with pytest.raises(AnnexRefused) as refused:
        confirm(reading, officer, typed)
    assert messages(refused) == [
        "Dòng 1, quyết định: chọn “Đưa vào” hoặc “Bỏ qua” "
        "(mã và tên không khớp; tên giống 9.100001 hơn (100 %))."
    ]
    keep_choices(reading_id=reading.pk, choices=typed, by=officer)  # now it has been shown
    confirm(reading, officer, typed)
    assert items(decision)[0] == (1, "9.100030", "new")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"code": "9.999999"}, "Dòng 1, mã: 9.999999 không có trong kho thủ tục anh/chị được dùng"),
        ({"code": "vớ vẩn"}, "Dòng 1, mã: vớ vẩn không có trong kho thủ tục anh/chị được dùng"),
        ({"code": ""}, "Dòng 1, mã: nhập mã thủ tục"),
        ({"effect": ""}, "Dòng 1, loại: chọn mới, sửa đổi, thay thế hoặc bãi bỏ."),
        ({"effect": "lạ"}, "Dòng 1, loại: chọn mới, sửa đổi, thay thế hoặc bãi bỏ."),
        ({"note": "x" * 1001}, "Dòng 1, nội dung thay đổi: dài 1001 ký tự, rút còn 1000."),
        ({"part": "x" * 201}, "Dòng 1, phần, mục: dài 201 ký tự, rút còn 200."),
        ({"replaces": "9.100030"}, "Dòng 1, thay thế cho: chỉ loại “Thay thế” mới ghi"),
        (
            {"effect": "replaced", "replaces": "9.999999"},
            "Dòng 1, thay thế cho: 9.999999 không có trong kho",
        ),
        (
            {"effect": "replaced", "replaces": "9.100001"},
            "Dòng 1, thay thế cho: 9.100001 không thể thay thế chính nó.",
        ),
    ],
)
def test_every_mistake_names_row_field_and_mend(decision, officer, changes, message):
    reading = upload(decision, officer)
    with pytest.raises(AnnexRefused) as refused:
        confirm(reading, officer, choice(reading, 0, take=Take.TAKE, **changes))
    assert [told[: len(message)] for told in messages(refused)] == [message]
    assert items(decision) == []
    reading.refresh_from_db()
    assert reading.confirmed_at is None


def test_one_procedure_twice_is_refused(decision, officer):
    reading = upload(decision, officer, "duplicates.docx")
    both = choice(reading, 0, take=Take.TAKE) | choice(reading, 1, take=Take.TAKE)
    leave = choice(reading, 2, take=Take.LEAVE) | choice(reading, 3, take=Take.LEAVE)
    with pytest.raises(AnnexRefused) as refused:
        confirm(reading, officer, both | leave)
    assert messages(refused) == ["Dòng 2, mã: 9.100001 trùng với dòng 1: bỏ qua một dòng."]


def test_a_procedure_that_is_replaced_has_no_row_of_its_own(decision, officer):
    reading = upload(decision, officer)
    with pytest.raises(AnnexRefused) as refused:
        confirm(reading, officer, choice(reading, 0, effect="replaced", replaces="9.100002"))
    assert messages(refused) == [
        "Dòng 2, mã: 9.100002 vừa có dòng riêng vừa bị thay thế: bỏ một trong hai."
    ]


def test_taking_nothing_is_no_confirmation(decision, officer):
    reading = upload(decision, officer, "processes.docx")
    with pytest.raises(AnnexRefused, match="Chưa dòng nào được chọn"):
        confirm(reading, officer, choice(reading, 0, take=Take.LEAVE))


def test_appending_goes_on_after_the_decisions_own_items(decision, officer, office):
    own = make_procedure("9.200001", lead_agency=office)
    AnnouncementItem.objects.create(
        decision=decision, ordinal=5, procedure=own, effect=ItemEffect.NEW
    )
    confirm(upload(decision, officer, "processes.docx"), officer)
    assert items(decision) == [(5, "9.200001", "new"), (6, "9.100001", "new")]


def test_appending_refuses_what_the_decision_has_already(decision, officer):
    confirm(upload(decision, officer, "processes.docx"), officer)
    with pytest.raises(AnnexRefused) as refused:
        confirm(upload(decision, officer), officer)
    assert messages(refused) == [
        "Dòng 1, mã: 9.100001 đã có ở dòng 1 của quyết định: chọn “Bỏ qua”, hoặc thay mọi dòng."
    ]


def test_replacing_puts_the_annex_in_the_place_of_all_items_and_keeps_what_they_answer(
    decision, officer
):
    confirm(upload(decision, officer, "replaced.docx"), officer, _all_taken(2))
    answered = make_ministry_decision(codes=["9.100001"]).items.get()
    decision.items.filter(procedure__code="9.100001").update(answers=answered)
    confirm(upload(decision, officer, "processes.docx"), officer, replacing=True)
    assert items(decision) == [(1, "9.100001", "new")]
    assert decision.items.get().answers == answered


def _all_taken(_rows):
    return {1: Choice(take=Take.LEAVE)}


def test_an_annex_is_confirmed_once(decision, officer):
    reading = upload(decision, officer)
    confirm(reading, officer)
    with pytest.raises(AlreadyConfirmed):
        confirm(reading, officer, replacing=True)
    with pytest.raises(AlreadyConfirmed):
        keep_choices(reading_id=reading.pk, choices={}, by=officer)
    assert decision.items.count() == 4


def test_a_decision_that_changed_meanwhile_is_refused(decision, officer):
    reading = upload(decision, officer)
    decision.version += 1
    decision.save()
    with pytest.raises(StaleDecision):
        confirm(reading, officer, version=decision.version - 1)
    assert items(decision) == []


def test_confirming_is_an_edit_of_the_decision_by_a_named_person(decision, officer):
    confirm(upload(decision, officer), officer, version=decision.version)
    before = decision.version
    decision.refresh_from_db()
    act = decision.acts.get()
    assert decision.version == before + 1
    assert (act.kind, act.actor, act.remarks) == (
        "edited",
        officer,
        "đọc 4 dòng từ phụ lục kinds-and-levels.docx",
    )
    assert decision.history.first().history_user == officer


def test_only_those_who_may_edit_the_decision_read_and_confirm(decision, officer):
    stranger = make_staff(Role.OFFICER, make_agency("Sở Khác"))
    reading = upload(decision, officer)
    with pytest.raises(NotAllowed):
        upload(decision, stranger)
    with pytest.raises(NotAllowed):
        confirm(reading, stranger)
    decision.status = DecisionStatus.SUBMITTED
    decision.save()
    with pytest.raises(NotAllowed):
        confirm(reading, officer)
    assert items(decision) == []


def test_procedures_of_other_agencies_are_as_good_as_unknown(decision, officer):
    other = make_agency("Sở Khác")
    make_procedure("9.300001", name="Cấp giấy phép thả diều", lead_agency=other)
    table = T([["STT", "Mã", "Tên TTHC"], ["1", "9.300001", "Cấp giấy phép thả diều"]])
    reading = read_annex(
        decision_id=decision.pk,
        file_name="a.docx",
        data=docx(["A. TTHC mới ban hành", table]),
        by=officer,
        now=NOON,
    )
    match = from_json(reading.rows)[0].match
    assert (match.state, match.code, match.others) == (MatchState.UNKNOWN, "", ())
    with pytest.raises(AnnexRefused, match="không có trong kho thủ tục anh/chị được dùng"):
        confirm(reading, officer, choice(reading, 0, take=Take.TAKE, code="9.300001"))


def test_a_file_without_a_list_keeps_nothing(decision, officer):
    data = docx(["A. Một", T([["Bước", "Nội dung công việc"], ["1", "Nhận"]])])
    with pytest.raises(AnnexUnreadable, match="Không thấy bảng danh mục nào"):
        read_annex(decision_id=decision.pk, file_name="a.docx", data=data, by=officer, now=NOON)
    assert not AnnexReading.objects.exists()
