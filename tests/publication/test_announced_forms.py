"""Forms as a decision announces them: frozen by digest, kept for as long as a text names them."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog.canonical import digest
from catalog.form_files import FormInUse, remove_form_file
from catalog.models import FormFile
from publication.actions import recall_announcement, return_announcement, submit_announcement
from publication.announced_text import freeze_text, read_text
from publication.comparison import compare_item
from publication.models import FrozenForm, Listing
from tests.factories import make_announcement, make_form_file, make_procedure
from tests.publication.acts import NOON, announce, issue

pytestmark = pytest.mark.django_db


def submitted(*procedures):
    decision = make_announcement(procedures=list(procedures))
    submit_announcement(decision_id=decision.pk, by=None, now=NOON)
    return decision


def test_a_submitted_text_names_the_newest_file_and_a_later_upload_changes_nothing():
    procedure = make_procedure()
    make_form_file(procedure)
    newest = make_form_file(procedure)
    make_form_file(procedure, "Mẫu mà không giấy tờ nào gọi")
    decision = submitted(procedure)
    make_form_file(procedure)
    text = decision.items.get().frozen_text
    assert text["form_files"] == [
        {
            "form": "to-khai.docx",
            "sha256": newest.sha256,
            "file_name": "to-khai.pdf",
            "size": newest.size,
            "media_type": "application/pdf",
        }
    ]
    assert [row.form_file for row in FrozenForm.objects.all()] == [newest]


def test_the_digest_of_a_text_covers_the_files_of_its_forms():
    procedure = make_procedure()
    without = freeze_text(procedure).digest
    make_form_file(procedure)
    first = freeze_text(procedure)
    make_form_file(procedure)
    second = freeze_text(procedure)
    assert len({without, first.digest, second.digest}) == 3
    assert digest(second.to_json()) == second.digest


def test_a_text_from_before_there_were_files_keeps_its_digest():
    data = freeze_text(make_procedure()).to_json()
    assert "form_files" not in data
    assert read_text(data).to_json() == data
    assert read_text(data).digest == digest(data)


def test_a_file_that_a_text_names_cannot_be_deleted():
    file = make_form_file(procedure := make_procedure())
    submitted(procedure)
    with pytest.raises(FormInUse, match="không xóa được: muốn thay, hãy tải lên bản mới"):
        remove_form_file(form_file=file)
    assert list(FormFile.objects.all()) == [file]


def test_the_database_itself_refuses_to_lose_a_row_that_a_text_names():
    make_form_file(procedure := make_procedure())
    submitted(procedure)
    point = transaction.savepoint()
    FormFile.objects.all()._raw_delete("default")
    with pytest.raises(IntegrityError):
        connection.check_constraints()
    transaction.savepoint_rollback(point)


@pytest.mark.parametrize("let_go", [recall_announcement, return_announcement])
def test_a_text_that_is_let_go_lets_its_files_go(let_go):
    file = make_form_file(procedure := make_procedure())
    decision = submitted(procedure)
    reason = {"reason": "Sai mẫu"} if let_go is return_announcement else {}
    let_go(decision_id=decision.pk, by=None, now=NOON, **reason)
    remove_form_file(form_file=file)
    assert list(FormFile.objects.all()) == []


def test_what_was_announced_keeps_its_file_when_a_newer_text_has_another():
    procedure = make_procedure()
    old = make_form_file(procedure)
    announce(procedure)
    make_form_file(procedure)
    announce(procedure, effect="amended", number="2/QĐ-UBND")
    with pytest.raises(FormInUse):
        remove_form_file(form_file=old)


def test_freezing_forms_asks_the_same_for_one_procedure_and_for_three():
    counts = []
    for count in (1, 3):
        procedures = [make_procedure() for _ in range(count)]
        for procedure in procedures:
            make_form_file(procedure)
        decision = make_announcement(procedures=procedures)
        with CaptureQueriesContext(connection) as asked:
            submit_announcement(decision_id=decision.pk, by=None, now=NOON)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_procedure_that_ends_without_having_been_public_announces_no_form():
    ended, new = make_procedure(), make_procedure()
    make_form_file(ended)
    decision = make_announcement(procedures=[new], effect="replaced")
    decision.items.get().replaces.set([ended])
    issue(decision)
    assert "form_files" not in Listing.objects.get(procedure=ended).text


def test_a_new_file_of_the_same_form_is_told_as_a_change():
    procedure = make_procedure()
    make_form_file(procedure)
    announce(procedure)
    make_form_file(procedure)
    item = make_announcement(procedures=[procedure], effect="amended").items.get()
    changed = compare_item(item, on=NOON.date()).changed
    assert [part.part for part in changed] == ["Tệp mẫu đơn, tờ khai"]
