"""The content form goes there and back without loss, and explains what it refuses."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import reverse

from catalog.admin.content_form import form_schema, from_form, to_form
from catalog.content import read_content
from catalog.models import Procedure
from tests.factories import make_agency, make_content, make_field, make_procedure
from tests.staff_pages import form_of


@pytest.fixture
def boss(client):
    user = get_user_model().objects.create_superuser("quan-tri", password="x")
    client.force_login(user)
    return user


def form_data(procedure: Procedure, **overrides):
    facts = {
        "code": procedure.code,
        "name": procedure.name,
        "scope": "citizen",
        "field": procedure.field_id,
        "levels": ["province"],
        "audiences": ["citizen"],
        "online_level": "none",
        "local_regulation": "unknown",
        "content": json.dumps(to_form(procedure.document)),
        "roles-TOTAL_FORMS": 0,
        "roles-INITIAL_FORMS": 0,
        "form_files-TOTAL_FORMS": 0,
        "form_files-INITIAL_FORMS": 0,
    }
    return facts | overrides


@pytest.mark.parametrize("content", [{}, make_content(), make_content(as_written={"fees": "200đ"})])
def test_the_form_gives_back_the_document_it_was_made_from(content):
    document = read_content(content)
    assert read_content(from_form(to_form(document))) == document


def test_every_part_of_the_document_has_a_place_in_the_form():
    assert set(form_schema()["keys"]) == set(to_form(read_content({})))


def test_times_and_amounts_may_be_typed_the_vietnamese_way():
    form = {
        "filing_methods": [
            {
                "channel": "direct",
                "options": [
                    {
                        "statutory_amount": "16,5",
                        "statutory_unit": "working_day",
                        "local_amount": "",
                        "fees": [{"state": "amount", "amount": "1 200 000"}],
                    }
                ],
            }
        ]
    }
    (option,) = read_content(from_form(form)).filing_methods[0].options
    assert option.statutory is not None
    assert (str(option.statutory.amount), option.local) == ("16.5", None)
    assert str(option.fees[0].amount) == "1200000"


@pytest.mark.parametrize("typed", ["50.000", "50,000", "50 000", "50000"])
def test_fifty_thousand_is_fifty_thousand_however_it_is_typed(typed):
    form = {"filing_methods": [{"channel": "direct", "options": [_costing(typed)]}]}
    (method,) = read_content(from_form(form)).filing_methods
    assert method.options[0].fees[0].amount == 50_000


@pytest.mark.parametrize("typed", ["50.5", "1.50.000", "năm mươi"])
def test_an_amount_that_can_be_read_in_two_ways_is_asked_for_again(typed):
    form = {"filing_methods": [{"channel": "direct", "options": [_costing(typed)]}]}
    with pytest.raises(ValidationError, match=f"số tiền “{typed}” không rõ"):
        from_form(form)


def _costing(typed):
    return {"fees": [{"state": "amount", "amount": typed, "currency": "VND"}]}


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2024-02-30", "30/09/2024", "2024-9-30"])
def test_a_day_that_no_calendar_has_is_refused_at_its_place(client, boss, day):
    procedure = make_procedure()
    bases = [{"number": "1/2024/NĐ-CP", "title": "Nghị định", "issued_on": day, "issuer": ""}]
    form = to_form(procedure.document) | {"legal_bases": bases}
    address = reverse("admin:catalog_procedure_change", args=[procedure.pk])
    answer = client.post(address, form_data(procedure, content=json.dumps(form)))
    told = answer.content.decode()
    assert "Căn cứ pháp lý 1 › Ngày ban hành: " in told
    assert "ví dụ 2024-09-30" in told
    assert day in told


@pytest.mark.django_db
def test_an_officer_changes_a_text_and_history_says_who(client, boss):
    procedure = make_procedure()
    form = to_form(procedure.document) | {"summary": "Bản viết lại."}
    address = reverse("admin:catalog_procedure_change", args=[procedure.pk])
    answer = client.post(address, form_of(client.get(address), content=json.dumps(form)))
    assert answer.status_code == 302, answer.context["errors"]
    procedure.refresh_from_db()
    assert procedure.document.summary == "Bản viết lại."
    assert procedure.history.first().history_user == boss


@pytest.mark.django_db
def test_a_text_that_contradicts_itself_is_refused_at_its_place(client, boss):
    procedure = make_procedure()
    form = to_form(procedure.document) | {"conditions": {"presence": "has", "text": ""}}
    address = reverse("admin:catalog_procedure_change", args=[procedure.pk])
    answer = client.post(address, form_data(procedure, content=json.dumps(form)))
    assert "Yêu cầu, điều kiện: Yêu cầu, điều kiện" in answer.content.decode()
    procedure.refresh_from_db()
    assert procedure.document.conditions.presence == "declared_none"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["agency", "calendarday", "field", "lifeevent", "procedure"])
def test_staff_lists_open_with_the_same_queries_for_1_and_3_rows(
    client, boss, name, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = reverse(f"admin:catalog_{name}_changelist")
    make_procedure(lead_agency=make_agency(), field=make_field())
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        assert client.get(address).status_code == 200
    for _ in range(2):
        make_procedure(lead_agency=make_agency(), field=make_field())
    with django_assert_num_queries(len(one)):
        client.get(address)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["agency", "calendarday", "field", "lifeevent", "procedure"])
def test_every_add_form_opens(client, boss, name):
    assert client.get(reverse(f"admin:catalog_{name}_add")).status_code == 200


@pytest.mark.django_db
def test_an_earlier_text_is_read_in_words(client, boss):
    procedure = make_procedure()
    past = reverse(
        "admin:catalog_procedure_simple_history",
        args=[procedure.pk, procedure.history.get().pk],
    )
    page = client.get(past).content.decode()
    place = "Cách thức, thời hạn, phí 1 › Thời hạn và phí 1 › Thời hạn theo luật: số"
    assert f"<p><strong>{place}:</strong> 5</p>" in page
    assert '<div class="readonly">Cấp tỉnh</div>' in page
    assert "schema_version" not in page
