"""Findings stand beside their item; only what cannot be right stops a decision."""

from datetime import date

import pytest

from publication.actions import submit_announcement
from publication.checks import find_findings, find_obstacles
from publication.models import LegalDocument
from tests.factories import (
    make_announcement,
    make_content,
    make_form_file,
    make_ministry_decision,
    make_procedure,
)
from tests.publication.acts import NOON, announce

pytestmark = pytest.mark.django_db
DAY = date(2024, 10, 3)


def sound(**facts):
    """A procedure whose text the rules have nothing to say about."""
    procedure = make_procedure(online_eligible=True, online_level="full", **facts)
    make_form_file(procedure)
    return procedure


def messages(decision, *, on=DAY):
    return [finding.words for finding in find_findings(decision, on=on)]


def test_a_finding_names_its_item_field_and_mend():
    decision = make_announcement(procedures=[sound(), sound(content=make_content(steps=[]))])
    item = decision.items.get(ordinal=2)
    (finding,) = find_findings(decision, on=DAY)
    assert (finding.row, finding.code, finding.item_id) == (2, item.procedure.code, item.pk)
    assert str(finding) == (
        f"Dòng 2, mã {item.procedure.code}: Chưa có trình tự thực hiện: "
        "nhập các bước. (điểm b khoản 2 Điều 8 Nghị định 63/2010/NĐ-CP)"
    )
    assert not finding.blocking


def test_advice_stops_nothing():
    decision = make_announcement(procedures=[make_procedure(content={}, levels=[])])
    assert find_findings(decision, on=DAY) != []
    assert find_obstacles(decision, on=DAY) == []


def test_a_code_the_ministry_abolished_last_is_said_until_it_is_announced_again():
    procedure = sound()
    decision = make_announcement(procedures=[procedure])
    make_ministry_decision(codes=[procedure.code], effect="abolished", number="9/QĐ-BTP")
    assert ["bộ đã bãi bỏ mã này theo Quyết định 9/QĐ-BTP" in m for m in messages(decision)] == [
        True
    ]
    make_ministry_decision(codes=[procedure.code], signed_on=date(2024, 9, 1))
    assert messages(decision) == []


def test_a_proposal_of_the_machine_abolishes_nothing():
    procedure = sound()
    make_ministry_decision(codes=[procedure.code], effect="abolished", is_proposed=True)
    assert messages(make_announcement(procedures=[procedure])) == []


def test_the_documents_of_the_answered_decision_are_to_be_cited():
    procedure = sound()
    ministry = make_ministry_decision(codes=[procedure.code])
    LegalDocument.objects.create(decision=ministry, number="99/2022/NĐ-CP")
    decision = make_announcement(procedures=[procedure])
    assert messages(decision) == []
    decision.items.update(answers=ministry.items.get())
    assert ["chưa dẫn 99/2022/NĐ-CP" in m for m in messages(decision)] == [True]


def test_after_submitting_the_frozen_text_is_read_and_not_the_register():
    procedure = sound()
    decision = make_announcement(procedures=[procedure])
    submit_announcement(decision_id=decision.pk, by=None, now=NOON)
    procedure.content = {}
    procedure.save()
    assert messages(decision) == []


def test_the_text_of_an_abolished_item_is_not_read():
    procedure = make_procedure(content={}, levels=[])
    announce(procedure, signed_on=date(2024, 9, 3))
    assert messages(make_announcement(procedures=[procedure], effect="abolished")) == []


def test_findings_take_the_same_queries_for_1_and_3_items(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    one = make_announcement(procedures=[make_procedure()])
    three = make_announcement(procedures=[make_procedure() for _ in range(3)])
    with CaptureQueriesContext(connection) as queries:
        find_findings(one, on=DAY)
    with django_assert_num_queries(len(queries)):
        find_findings(three, on=DAY)
