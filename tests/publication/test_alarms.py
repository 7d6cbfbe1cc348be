"""An alarm of the register is closed by the Office: with words, or with a ministry decision."""

from datetime import date

import pytest

from catalog.enums import RecordSource, Role
from publication.alarms import NotResolved, close_explained_renames, resolve_alarm
from publication.authority import NotAllowed
from publication.enums import AlarmKind
from publication.models import MinistryItem, RegisterAlarm
from publication.tasks import flag_gaps
from tests.factories import make_agency, make_ministry_decision, make_procedure, make_staff
from tests.publication.acts import NOON

pytestmark = pytest.mark.django_db


def make_alarm(code: str = "1.900001", kind: str = AlarmKind.RENAMED, **facts) -> RegisterAlarm:
    given = {"before": "Tên cũ", "after": "Tên mới", "seen_on": date(2024, 9, 2)}
    source = RecordSource.SCRAPED_REGISTER
    return RegisterAlarm.objects.create(code=code, kind=kind, source=source, **given | facts)


@pytest.fixture
def office():
    return make_staff(Role.CONTROLLER)


def resolve(alarm, by, resolution="", decision=None) -> RegisterAlarm:
    return resolve_alarm(
        alarm_id=alarm.pk, by=by, now=NOON, resolution=resolution, decision=decision
    )


def test_words_close_an_alarm_and_keep_who_and_when(office):
    alarm = make_alarm()
    resolve(alarm, office, " Chỉ sửa lỗi chính tả ")
    alarm.refresh_from_db()
    assert (alarm.resolution, alarm.resolved_by, alarm.resolved_at) == (
        "Chỉ sửa lỗi chính tả",
        office,
        NOON,
    )
    assert not RegisterAlarm.objects.open().exists()
    assert not MinistryItem.objects.exists()


@pytest.mark.parametrize(
    ("kind", "effect", "name"),
    [
        (AlarmKind.NEW, "new", "Tên mới"),
        (AlarmKind.RENAMED, "amended", "Tên mới"),
        (AlarmKind.CHANGED, "amended", "Cấp thẻ"),
        (AlarmKind.VANISHED, "abolished", "Tên cũ"),
    ],
)
def test_a_decision_that_explains_the_change_takes_the_code_in(office, kind, effect, name):
    make_procedure("1.900001", name="Cấp thẻ", levels=["commune"])
    decision = make_ministry_decision(codes=["1.900009"], number="163/QĐ-BTP")
    alarm = resolve(make_alarm(kind=kind), office, "Xem mục II", decision)
    assert alarm.resolution == "Gắn với quyết định 163/QĐ-BTP ngày 01/08/2024. Xem mục II"
    item = decision.items.get(code="1.900001")
    assert (item.effect, item.name, item.levels, item.ordinal) == (effect, name, ["commune"], 2)
    assert item.history.get().actor_name == office.username


def test_a_code_that_stands_in_the_decision_is_left_as_it_is(office):
    decision = make_ministry_decision(codes=["1.900001"])
    resolve(make_alarm(), office, decision=decision)
    assert decision.items.get().name == "Thủ tục 1.900001"


@pytest.mark.parametrize("words", ["", "  "])
def test_neither_words_nor_a_decision_closes_nothing(office, words):
    with pytest.raises(NotResolved, match="ghi kết quả xử lý"):
        resolve(make_alarm(), office, words)
    assert RegisterAlarm.objects.open().exists()


def test_words_that_do_not_fit_are_refused_and_not_cut(office):
    with pytest.raises(NotResolved, match="500 ký tự"):
        resolve(make_alarm(), office, "x" * 501)
    assert RegisterAlarm.objects.open().exists()


def test_a_proposed_decision_explains_nothing_before_it_is_confirmed(office):
    decision = make_ministry_decision(is_proposed=True)
    with pytest.raises(NotResolved, match="xác nhận quyết định"):
        resolve(make_alarm(), office, decision=decision)
    assert not MinistryItem.objects.exists()


def test_a_closed_alarm_keeps_its_first_words(office):
    alarm = make_alarm()
    resolve(alarm, office, "Lần một")
    with pytest.raises(NotResolved, match="đã được xử lý"):
        resolve(alarm, office, "Lần hai")
    alarm.refresh_from_db()
    assert alarm.resolution == "Lần một"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD])
def test_departments_close_no_alarms(role):
    with pytest.raises(NotAllowed):
        resolve(make_alarm(), make_staff(role, make_agency()), "Xong")
    assert RegisterAlarm.objects.open().exists()


SEEN = date(2024, 9, 2)


def announce(code: str, name: str, *, signed_on: date | None = SEEN, **facts) -> None:
    decision = make_ministry_decision(codes=[code], signed_on=signed_on, **facts)
    decision.items.update(name=name)


def open_alarms() -> list[str]:
    return list(RegisterAlarm.objects.open().order_by("code").values_list("code", flat=True))


def test_a_rename_alarm_closes_when_the_decision_that_gave_the_name_is_recorded():
    alarm = make_alarm()
    assert close_explained_renames(now=NOON) == 0
    announce("1.900001", "Tên  MỚI")  # spelt as a paper spells it
    assert close_explained_renames(now=NOON) == 1
    alarm.refresh_from_db()
    assert (alarm.resolved_at, alarm.resolved_by) == (NOON, None)
    assert alarm.resolution == "Đã có quyết định của bộ giải thích thay đổi này."
    assert close_explained_renames(now=NOON) == 0


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("Tên khác", {}),
        ("Ten moi", {}),
        ("Tên mới", {"signed_on": date(2024, 9, 3)}),  # after the change was seen
        ("Tên mới", {"signed_on": None}),
        ("Tên mới", {"is_proposed": True}),
    ],
)
def test_a_decision_that_did_not_give_the_name_closes_nothing(name, facts):
    make_alarm()
    announce("1.900001", name, **facts)
    announce("1.900002", "Tên mới", number="2/QĐ-BTP")
    assert close_explained_renames(now=NOON) == 0
    assert open_alarms() == ["1.900001"]


def test_the_last_decision_before_the_change_counts_and_not_an_old_one():
    make_alarm()
    announce("1.900001", "Tên mới", signed_on=date(2019, 1, 1), number="1/QĐ-BTP")
    announce("1.900001", "Tên cũ", signed_on=date(2024, 1, 1), number="2/QĐ-BTP")
    assert close_explained_renames(now=NOON) == 0


def test_only_renames_close_by_their_name():
    make_alarm(kind=AlarmKind.CHANGED)
    announce("1.900001", "Tên mới")
    assert close_explained_renames(now=NOON) == 0
    assert open_alarms() == ["1.900001"]


def test_the_words_of_a_person_are_left_alone(office):
    alarm = resolve(make_alarm(), office, "Sửa lỗi chính tả")
    announce("1.900001", "Tên mới")
    assert close_explained_renames(now=NOON) == 0
    alarm.refresh_from_db()
    assert alarm.resolution == "Sửa lỗi chính tả"


def test_recomputing_after_an_entry_closes_the_alarm():
    make_alarm()
    announce("1.900001", "Tên mới")
    flag_gaps()
    assert open_alarms() == []


def test_closing_takes_the_same_queries_for_1_and_3_alarms(django_assert_num_queries):
    def three(first: int, count: int) -> None:
        for number in range(first, first + count):
            make_alarm(code=f"1.90000{number}")
            announce(f"1.90000{number}", "Tên mới", number=f"{number}/QĐ-BTP")

    three(1, 1)
    with django_assert_num_queries(3):
        assert close_explained_renames(now=NOON) == 1
    three(2, 3)
    with django_assert_num_queries(3):
        assert close_explained_renames(now=NOON) == 3
