"""The annex as one table: typed codes become rows, mistakes are named by row, cost stays flat."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.enums import Role
from publication.models import AnnouncementDecision
from tests.factories import (
    make_agency,
    make_announcement,
    make_content,
    make_field,
    make_ministry_decision,
    make_procedure,
    make_staff,
)
from tests.staff_pages import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make_agency("Sở Tư pháp")


@pytest.fixture
def officer(client, agency):
    user = make_staff(Role.OFFICER, agency, username="lan")
    client.force_login(user)
    return user


@pytest.fixture
def procedures(agency):
    return [make_procedure(f"1.90000{n}", lead_agency=agency) for n in (1, 2, 3)]


@pytest.fixture
def draft(agency, officer, procedures):
    return make_announcement(
        procedures=procedures[:2], lead_agency=agency, created_by=officer, title="Công bố"
    )


def change(decision: AnnouncementDecision) -> str:
    return reverse("admin:publication_announcementdecision_change", args=[decision.pk])


def save(client, decision, **typed):
    return client.post(change(decision), form_of(client.get(change(decision)), **typed))


def new_row(index: int = 2, **facts):
    return {f"items-{index}-{name}": value for name, value in facts.items()}


def errors(answer) -> list[str]:
    return [str(line) for errors in answer.context["errors"] for line in errors]


def rows(decision):
    return [
        (item.ordinal, item.effect, item.procedure.code)
        for item in decision.items.select_related("procedure").order_by("ordinal")
    ]


def test_a_typed_code_becomes_the_next_row(client, draft):
    answer = save(client, draft, **new_row(procedure="1.900003.H23", effect="amended"))
    assert answer.status_code == 302
    assert rows(draft) == [
        (1, "new", "1.900001"),
        (2, "new", "1.900002"),
        (3, "amended", "1.900003"),
    ]


def test_a_row_left_empty_is_no_row(client, draft):
    assert save(client, draft).status_code == 302
    assert len(rows(draft)) == 2


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("khai sinh", "không đúng dạng"),
        ("1.999999", "Mã 1.999999 chưa có trong kho thủ tục"),
        ("1.900001", "Mã này đã có ở một dòng khác"),
    ],
)
def test_a_wrong_code_is_said_at_its_row_and_nothing_is_saved(client, draft, code, message):
    answer = save(client, draft, title="Khác", **new_row(procedure=code, effect="new"))
    assert answer.status_code == 200
    assert any(message in line for line in errors(answer))
    assert 'href="#items-2"' in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.title, len(rows(draft))) == ("Công bố", 2)


def test_a_procedure_of_another_agency_cannot_be_named_by_its_code(client, draft):
    make_procedure("1.900009", name="Bí mật của sở khác", lead_agency=make_agency("Sở Y tế"))
    answer = save(client, draft, **new_row(procedure="1.900009", effect="new"))
    assert any("Mã 1.900009 chưa có trong kho" in line for line in errors(answer))
    assert "Bí mật" not in answer.content.decode()
    look_up = reverse("admin:publication_announcementdecision_procedure")
    assert client.get(look_up, {"code": "1.900009"}).json() == {"names": {}}
    assert client.get(look_up, {"code": "1900001"}).json() == {
        "names": {"1.900001": "Cấp giấy xác nhận 1.900001"}
    }


def test_a_row_can_make_way_for_another_one_of_the_same_code(client, draft):
    first = draft.items.get(ordinal=1)
    index = next(
        n for n in (0, 1) if form_of(client.get(change(draft)))[f"items-{n}-id"] == [str(first.pk)]
    )
    typed = {f"items-{index}-DELETE": "on", **new_row(procedure="1.900001", effect="amended")}
    assert save(client, draft, **typed).status_code == 302
    assert rows(draft) == [(2, "new", "1.900002"), (3, "amended", "1.900001")]


def test_replaced_codes_are_typed_and_typed_away(client, draft, agency):
    for code in ("1.900004", "1.900005"):
        make_procedure(code, lead_agency=agency)
    item = draft.items.get(ordinal=1)
    place = [form_of(client.get(change(draft)))[f"items-{n}-id"][0] for n in (0, 1)].index(
        str(item.pk)
    )
    typed = {f"items-{place}-effect": "replaced", f"items-{place}-replaces": "1.900004; 1900005"}
    assert save(client, draft, **typed).status_code == 302
    assert [one.code for one in item.replaces.order_by("code")] == ["1.900004", "1.900005"]
    place = [form_of(client.get(change(draft)))[f"items-{n}-id"][0] for n in (0, 1)].index(
        str(item.pk)
    )
    assert form_of(client.get(change(draft)))[f"items-{place}-replaces"] == ["1.900004, 1.900005"]
    assert save(client, draft, **{f"items-{place}-replaces": ""}).status_code == 302
    assert not item.replaces.exists()


def test_a_decision_number_leads_to_the_ministry_s_item_of_the_code(client, draft):
    ministry = make_ministry_decision(codes=["1.900003"], number="163/QĐ-BTP")
    make_ministry_decision(codes=["1.900001"], number="164/QĐ-BTP")
    typed = new_row(procedure="1.900003", effect="new", answers="163 / QD-BTP")
    assert save(client, draft, **typed).status_code == 302
    assert draft.items.get(ordinal=3).answers == ministry.items.get()


def test_two_decisions_of_one_number_are_told_apart_by_the_day(client, draft):
    for day in (date(2023, 8, 1), date(2024, 8, 1)):
        make_ministry_decision(codes=["1.900003"], number="163/QĐ-BTP", signed_on=day)
    typed = new_row(procedure="1.900003", effect="new", answers="163/QĐ-BTP")
    answer = save(client, draft, **typed)
    assert any("ghi cả ngày ký" in line for line in errors(answer))
    typed |= new_row(answers="163/QĐ-BTP ngày 1/8/2024")
    assert save(client, draft, **typed).status_code == 302
    assert draft.items.get(ordinal=3).answers.decision.signed_on == date(2024, 8, 1)


def test_a_decision_that_does_not_name_the_code_is_refused(client, draft):
    make_ministry_decision(codes=["1.900001"], number="164/QĐ-BTP")
    answer = save(
        client, draft, **new_row(procedure="1.900003", effect="new", answers="164/QĐ-BTP")
    )
    assert any("Không có quyết định 164/QĐ-BTP của bộ có mã này" in e for e in errors(answer))


def test_what_a_row_answers_stays_while_other_cells_change(client, draft):
    ministry = make_ministry_decision(codes=["2.900001"], number="163/QĐ-BTP")
    draft.items.filter(ordinal=1).update(answers=ministry.items.get())
    form = form_of(client.get(change(draft)))
    place = [form[f"items-{n}-answers"][0] for n in (0, 1)].index("163/QĐ-BTP ngày 01/08/2024")
    assert save(client, draft, **{f"items-{place}-change_note": "Giảm phí"}).status_code == 302
    item = draft.items.get(ordinal=1)
    assert (item.change_note, item.answers) == ("Giảm phí", ministry.items.get())


def test_rows_stand_under_effect_part_and_field(client, agency, officer):
    births, land = make_field("Hộ tịch"), make_field("Đất đai")
    decision = make_announcement(lead_agency=agency)
    for ordinal, (effect, field, part) in enumerate(
        [
            ("abolished", births, ""),
            ("new", land, "I. Cấp tỉnh"),
            ("new", births, "I. Cấp tỉnh"),
            ("new", land, "I. Cấp tỉnh"),
        ],
        start=1,
    ):
        decision.items.create(
            ordinal=ordinal,
            effect=effect,
            part=part,
            procedure=make_procedure(field=field, lead_agency=agency),
        )
    page = client.get(change(decision)).content.decode()
    heads = [
        " ".join(head.split("</th>")[0].replace("<span>›</span>", ">").split(">", 1)[1].split())
        for head in page.split('<tr class="annex-group">')[1:]
    ]
    assert heads == [
        "Mới ban hành > I. Cấp tỉnh > Đất đai",
        "Mới ban hành > I. Cấp tỉnh > Hộ tịch",
        "Bãi bỏ > Hộ tịch",
    ]


def test_findings_stand_beside_their_row(client, officer, agency):
    bad = make_procedure("1.900007", lead_agency=agency, content=make_content(steps=[]))
    decision = make_announcement(procedures=[bad], lead_agency=agency)
    row = client.get(change(decision)).content.decode().split('class="field-findings"')[1]
    assert "Chưa có trình tự thực hiện: nhập các bước." in row.split("</td>")[0]


def test_a_row_that_went_meanwhile_is_not_saved_over(client, draft):
    form = form_of(client.get(change(draft)))
    draft.items.all().delete()
    assert client.post(change(draft), form).status_code == 200
    assert rows(draft) == []


def counted(call) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = call()
    assert answer.status_code in (200, 302)
    return len(queries)


def add_full_rows(decision, agency, codes) -> None:
    """Rows that name all a row can: what they answer, what they replace, a part."""
    ministry = make_ministry_decision(codes=codes)
    for n, item in enumerate(ministry.items.all()):
        row = decision.items.create(
            ordinal=decision.items.count() + n,
            effect="replaced",
            part=f"Mục {n}",
            procedure=make_procedure(item.code, lead_agency=agency),
            answers=item,
        )
        row.replaces.add(make_procedure(lead_agency=agency))


def test_showing_and_checking_take_the_same_queries_for_2_and_20_rows(client, officer, agency):
    decision = make_announcement(lead_agency=agency)
    add_full_rows(decision, agency, ["1.910001", "1.910002"])
    client.get(change(decision))
    shown = counted(lambda: client.get(change(decision)))
    form = form_of(client.get(change(decision)), _continue="1")
    saved = counted(lambda: client.post(change(decision), form))
    add_full_rows(decision, agency, [f"1.92{n:04d}" for n in range(18)])
    assert counted(lambda: client.get(change(decision))) == shown
    form = form_of(client.get(change(decision)), _continue="1")
    assert counted(lambda: client.post(change(decision), form)) == saved


def test_two_hundred_rows_are_taken_in_one_form(client, officer, agency):
    decision = make_announcement(
        procedures=[make_procedure(lead_agency=agency) for _ in range(200)], lead_agency=agency
    )
    form = form_of(client.get(change(decision)), **{"items-199-change_note": "Dòng cuối"})
    assert client.post(change(decision), form).status_code == 302
    assert decision.items.filter(change_note="Dòng cuối").count() == 1


def test_what_was_submitted_is_read_as_text(client, officer, draft):
    from publication.actions import submit_announcement
    from tests.publication.acts import NOON

    submit_announcement(decision_id=draft.pk, by=None, now=NOON)
    page = client.get(change(draft)).content.decode()
    assert "Cấp giấy xác nhận 1.900001" in page
    assert 'name="items-0-effect"' not in page
