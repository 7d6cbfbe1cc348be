from datetime import date

import pytest

from publication.actions import submit_announcement
from publication.models import Listing
from publication.search.build import catch_up
from tests.factories import (
    make_agency,
    make_announcement,
    make_content,
    make_field,
    make_procedure,
)
from tests.publication.acts import NOON, announce
from tests.publication.api.calls import URL, announce_later, codes, get, problem

pytestmark = pytest.mark.django_db


def everything(client):
    """All that the API says of all it lists, as one text."""
    catch_up()
    listed = get(client, "?page_size=200").content.decode()
    found = get(client, "?q=zebra").content.decode()
    details = [client.get(f"{URL}{code}/").content.decode() for code in codes(client)]
    return "".join([listed, found, *details])


def zebra(code):
    return make_procedure(code, name="Nuôi zebra", content=make_content(summary="zebra"))


def test_drafts_and_submitted_texts_are_not_answered(client):
    announce(make_procedure())
    make_announcement(procedures=[zebra("1.000001")], title="zebra")
    waiting = make_announcement(procedures=[zebra("1.000002")], title="zebra")
    submit_announcement(decision_id=waiting.pk, by=None, now=NOON)
    assert "zebra" not in everything(client)
    problem(client.get(f"{URL}1.000001/"), 404)
    problem(client.get(f"{URL}1.000002/"), 404)


def test_a_text_of_the_future_is_not_answered(client):
    procedure = make_procedure("1.000001", name="Nuôi hươu")
    announce(procedure)
    procedure.name = "Nuôi zebra"
    procedure.save()
    announce(procedure, effect="amended", effective_on=date(2024, 12, 1))
    announce(zebra("1.000002"), effective_on=date(2024, 12, 1))
    assert "zebra" not in everything(client)
    assert "2024-12-01" not in everything(client)
    problem(client.get(f"{URL}1.000002/"), 404)


def test_an_edit_of_the_register_after_issue_is_not_answered(client):
    agency, field = make_agency("Sở Tư pháp"), make_field("Hộ tịch")
    procedure = make_procedure(field=field, lead_agency=agency)
    announce(procedure)
    field.name = agency.name = "zebra"
    field.save()
    agency.save()
    procedure.name, procedure.levels = "zebra", ["commune"]
    procedure.content = make_content(summary="zebra", keywords=["zebra"])
    procedure.field = make_field("Lĩnh vực zebra")
    procedure.save()
    assert "zebra" not in everything(client)
    assert codes(client, "?level=commune") == []
    problem(get(client, "?field=linh-vuc-zebra"), 400)


def test_superseded_and_set_aside_texts_are_not_answered(client):
    procedure = zebra("1.000001")
    announce(procedure)
    procedure.name, procedure.content = "Nuôi hươu", make_content(summary="gorilla")
    procedure.save()
    announce_later(procedure, effect="amended")
    procedure.content = make_content(summary="hươu")
    procedure.save()
    announce_later(procedure, effect="amended")
    said = everything(client)
    assert "zebra" not in said
    assert "gorilla" not in said
    set_aside = Listing.objects.exclude(set_aside_by=None).get()
    assert set_aside.digest not in said
    assert Listing.objects.get(valid_from=date(2024, 10, 3)).digest in said  # history, by digest
