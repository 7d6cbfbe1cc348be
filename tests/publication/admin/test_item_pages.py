"""One row of a decision: its three texts side by side, and the public page it would make."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from catalog.enums import Role
from catalog.models import NationalRecord
from publication.actions import submit_announcement
from publication.models import DecisionAct, Listing
from tests.factories import (
    make_agency,
    make_announcement,
    make_content,
    make_procedure,
    make_staff,
)
from tests.publication.acts import NOON, announce

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make_agency("Sở Tư pháp")


@pytest.fixture
def procedure(agency):
    return make_procedure(
        "1.900001",
        lead_agency=agency,
        content=make_content(summary="Dành cho người dân trong tỉnh: bản đã công khai."),
    )


@pytest.fixture
def draft(agency, procedure):
    announce(procedure, signed_on=date(2024, 9, 3))
    procedure.content = make_content(summary="Dành cho người dân trong tỉnh: bản đang soạn.")
    procedure.save()
    return make_announcement(procedures=[procedure], effect="amended", lead_agency=agency)


@pytest.fixture
def officer(client, agency):
    user = make_staff(Role.OFFICER, agency)
    client.force_login(user)
    return user


def page(name, item, **query) -> str:
    address = reverse(
        f"admin:publication_announcementdecision_{name}", args=[item.decision_id, item.pk]
    )
    return address + "".join(f"?{key}={value}" for key, value in query.items())


def read(client, name, item, **query) -> str:
    answer = client.get(page(name, item, **query))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def record(procedure, **content):
    return NationalRecord.objects.create(
        procedure=procedure,
        source="national_api",
        taken_on=date(2024, 9, 1),
        raw={},
        name=procedure.name,
        content=make_content(**content),
        digest="x",
    )


def test_three_texts_stand_side_by_side_with_the_changed_words_marked(
    client, officer, draft, procedure
):
    record(procedure, summary="Dành cho người dân trong tỉnh: bản của bộ.")
    shown = read(client, "difference", draft.items.get())
    assert "bản <del>đã công khai</del>." in shown
    assert "bản <ins>đang soạn</ins>." in shown
    assert "bản <del>của bộ</del>." in shown


def test_only_what_changed_can_be_asked_for(client, officer, draft):
    item = draft.items.get()
    assert "Nhận kết quả." in read(client, "difference", item)
    changed = read(client, "difference", item, phan="thay-doi")
    assert "Nhận kết quả." not in changed
    assert "<ins>đang soạn</ins>" in changed


def test_after_submitting_the_frozen_text_is_compared(client, officer, draft, procedure):
    submit_announcement(decision_id=draft.pk, by=None, now=NOON)
    procedure.content = make_content(summary="Sửa sau khi trình.")
    procedure.save()
    shown = read(client, "difference", draft.items.get())
    assert "đang soạn" in shown
    assert "Sửa sau khi trình" not in shown


def test_an_issued_text_is_compared_with_the_one_before_it(client, officer, procedure):
    announce(procedure, signed_on=date(2024, 9, 3))
    procedure.content = make_content(summary="Dành cho người dân trong tỉnh: bản thứ hai.")
    procedure.save()
    second = announce(procedure, effect="amended", signed_on=date(2024, 10, 3))
    shown = read(client, "difference", second.items.get())
    assert "từ 03/09/2024" in shown
    assert "<ins>thứ hai</ins>" in shown


def test_the_end_of_a_procedure_shows_what_ends(client, officer, procedure, agency):
    announce(procedure, signed_on=date(2024, 9, 3))
    ending = make_announcement(procedures=[procedure], effect="abolished", lead_agency=agency)
    shown = read(client, "difference", ending.items.get())
    assert "Thủ tục này kết thúc" in shown
    assert "bản đã công khai." in shown


def test_the_preview_is_the_public_page_of_the_draft_and_says_so(client, officer, draft):
    answer = client.get(page("preview", draft.items.get()))
    shown = unescape(answer.content.decode())
    assert "bản đang soạn." in shown
    assert "bản đã công khai." not in shown
    assert "Bản xem trước, chưa công khai" in shown
    assert '<meta name="robots" content="noindex">' in shown
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert Listing.objects.count() == 1


def test_the_preview_is_what_the_public_reads_once_it_is_issued(client, officer, draft):
    """The same words, apart from what only issuing gives: number, signer, days, the ribbon."""
    from publication.site.page import Edition, Page, PageKind
    from publication.site.render import render_page
    from tests.publication.acts import issue

    item = draft.items.get()
    before = read(client, "preview", item)
    issue(draft, signed_on=date(2024, 10, 3))
    edition = Edition(sequence=1, shown_on=date(2024, 10, 3))
    after = render_page(Page(PageKind.PROCEDURE, "1.900001"), edition=edition).decode()

    def part(html: str, name: str) -> str:
        return unescape(html).split(f'id="{name}"')[1].split("</section>")[0]

    names = ["cach-nop", "giay-to", "cac-buoc", "dieu-kien", "ket-qua", "co-quan", "can-cu"]
    assert [part(before, name) for name in names] == [part(after, name) for name in names]


def test_the_end_is_previewed_with_the_text_that_was_offered_last(
    client, officer, procedure, agency
):
    announce(procedure, signed_on=date(2024, 9, 3))
    ending = make_announcement(procedures=[procedure], effect="abolished", lead_agency=agency)
    shown = read(client, "preview", ending.items.get())
    assert "Thủ tục này đã bãi bỏ" in shown
    assert "bản đã công khai." in shown


@pytest.mark.parametrize("name", ["difference", "preview"])
def test_strangers_read_neither(client, draft, name):
    item = draft.items.get()
    client.force_login(make_staff(Role.HEAD, make_agency("Sở Y tế")))
    assert client.get(page(name, item)).status_code == 404
    client.logout()
    assert client.get(page(name, item)).status_code == 302


@pytest.mark.parametrize("name", ["difference", "preview"])
def test_a_row_of_another_decision_is_not_read_through_one_s_own(client, officer, draft, name):
    other = make_agency("Sở Y tế")
    foreign = make_announcement(
        procedures=[make_procedure(lead_agency=other)], lead_agency=other
    ).items.get()
    address = reverse(f"admin:publication_announcementdecision_{name}", args=[draft.pk, foreign.pk])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["difference", "preview"])
def test_another_agency_s_register_text_is_not_read_through_one_s_own_decision(
    client, officer, agency, name
):
    foreign = make_procedure(lead_agency=make_agency("Sở Y tế"))
    decision = make_announcement(procedures=[foreign], lead_agency=agency)
    assert client.get(page(name, decision.items.get())).status_code == 404


def test_a_reading_of_another_s_draft_is_kept(client, officer, draft):
    read(client, "preview", draft.items.get())
    assert [act.actor for act in DecisionAct.objects.filter(kind="read")] == [officer]


@pytest.mark.parametrize("name", ["difference", "preview"])
def test_a_page_takes_the_same_queries_for_1_and_3_rows(
    client, officer, draft, agency, name, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    item = draft.items.get()
    client.get(page(name, item))
    with CaptureQueriesContext(connection) as one:
        client.get(page(name, item))
    for ordinal in (2, 3):
        draft.items.create(
            ordinal=ordinal, effect="new", procedure=make_procedure(lead_agency=agency)
        )
    with django_assert_num_queries(len(one)):
        client.get(page(name, item))
