"""Whatever changes a text's digest is seen where two texts are read side by side."""

import pytest

from catalog.content import read_content
from publication.announced_text import AgencyInRole, AnnouncedText, Named, freeze_text
from publication.text_parts import parts_of_text
from tests.factories import make_life_event, make_procedure

pytestmark = pytest.mark.django_db

OTHER = Named(name="Tên khác", slug="ten-khac")
_ANOTHER = {
    "name": "Tên khác",
    "kind": "internal",
    "online_level": "full",
    "partial_reason": "in_person",
    "local_regulation": "assigned",
    "field": OTHER,
    "further_fields": (OTHER,),
    "levels": ("ministry",),
    "audiences": ("foreigner",),
    "lead_agency": OTHER,
    "agencies": (AgencyInRole(role="competent", name="Tên khác", slug="ten-khac"),),
    "life_events": (OTHER,),
    "content": read_content({"summary": "Khác."}),
}
# What is no text of its own: told by another fact, or by a key that names the procedure.
_SEEN_ELSEWHERE = {"version", "code", "scope", "partial_reason_basis", "form_files"}


@pytest.fixture
def text():
    procedure = make_procedure()
    procedure.life_events.add(make_life_event())
    return freeze_text(procedure)


@pytest.mark.parametrize("fact", _ANOTHER)
def test_a_changed_fact_changes_what_is_read(text, fact):
    changed = text.model_copy(update={fact: _ANOTHER[fact]})
    assert changed.digest != text.digest
    assert parts_of_text(changed) != parts_of_text(text)


def test_the_basis_of_a_reason_is_read_with_it(text):
    reason = {"partial_reason": "in_person", "partial_reason_basis": "Điều 1"}
    one = text.model_copy(update=reason)
    other = text.model_copy(update=reason | {"partial_reason_basis": "Điều 2"})
    assert parts_of_text(one) != parts_of_text(other)


def test_no_fact_of_a_text_is_left_out():
    assert set(AnnouncedText.model_fields) == {*_ANOTHER, *_SEEN_ELSEWHERE}
