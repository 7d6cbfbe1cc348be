"""Staff read words: no stored value, no raw JSON, no time of another zone, and lists that fit."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from catalog.models import Procedure
from publication.acts_log import log_act
from publication.enums import DecisionActKind
from publication.models import DecisionAct, Heartbeat, Listing, MinistryItem, PublicationEvent
from tests.factories import make_announcement, make_life_event, make_ministry_decision
from tests.factories import make_procedure as make
from tests.publication.acts import issue

pytestmark = pytest.mark.django_db
EVENING = datetime(2024, 9, 10, 18, 30, tzinfo=UTC)  # half past one of the 11th in Vietnam


def read(client, name: str, *keys, **asked) -> str:
    page: str = client.get(reverse(f"admin:{name}", args=keys), asked).content.decode()
    return page


def listed(client, **asked) -> str:
    page = read(client, "catalog_procedure_changelist", **asked)
    return page[page.index('id="result_list"') : page.index("</table>")]


def test_the_list_of_procedures_names_the_kind_and_filters_by_it(client, controller):
    make("1.900001", online_eligible=True)
    make("1.900002", online_eligible=False)
    table = listed(client)
    assert "Đủ điều kiện trực tuyến" in table
    assert "online_eligible" not in table
    assert "1.900002" not in listed(client, kind="online_eligible")
    assert "1.900001" in listed(client, kind="online_eligible")
    assert ">Thủ tục nội bộ<" in read(client, "catalog_procedure_changelist")


def test_an_item_of_a_ministry_names_levels_and_codes(client, controller):
    make_ministry_decision(codes=["1.900001"])
    MinistryItem.objects.update(levels=["district", "commune"], replaces_codes=["1.900009"])
    item = MinistryItem.objects.get()
    item.save()
    past = (item.pk, item.history.latest("history_id").pk)
    for name, keys in (("change", (item.pk,)), ("simple_history", past)):
        page = read(client, f"publication_ministryitem_{name}", *keys)
        assert "Cấp huyện, Cấp xã" in page
        assert "1.900009" in page
        assert "[&quot;" not in page


def test_a_listing_is_read_place_by_place(client, controller):
    issue(make_announcement(procedures=[make("1.900001")]))
    page = read(client, "publication_listing_change", Listing.objects.get().pk)
    assert "schema_version" not in page
    assert "<strong>Thành phần hồ sơ theo trường hợp 1 › Giấy tờ 1 › Tên giấy tờ:</strong>" in page
    event = PublicationEvent.objects.get()
    assert str(event) == "1 Công khai 1.900001"


def test_an_act_and_a_sign_of_life_are_named_in_words_and_local_time():
    log_act(make_announcement(), kind=DecisionActKind.ENTERED, by=None, now=EVENING)
    assert str(DecisionAct.objects.get()) == "Nhập 11/09/2024 01:30"
    beat = Heartbeat.objects.create(program="beat", beaten_at=EVENING)
    assert str(beat) == "Bộ hẹn giờ 11/09/2024 01:30:00"


def test_an_earlier_state_shows_no_relations_of_today(client, controller):
    procedure = make("1.900001")
    procedure.life_events.add(make_life_event())
    record = procedure.history.latest("history_id")
    page = read(client, "catalog_procedure_simple_history", procedure.pk, record.pk)
    assert "Sự kiện:" not in page
    assert "agencies-TOTAL_FORMS" not in page
    today = read(client, "catalog_procedure_change", Procedure.objects.get().pk)
    assert "Sự kiện:" in today


def test_lists_take_the_width_of_the_desk_and_pages_keep_the_menu(client, controller):
    assert 'id="nav-sidebar"' not in read(client, "catalog_procedure_changelist")
    assert 'id="nav-sidebar"' in read(client, "catalog_procedure_add")


def test_titles_say_what_is_done_once(client, controller):
    assert "Chọn thay đổi chưa rõ quyết định để sửa" in read(
        client, "publication_registeralarm_changelist"
    )
