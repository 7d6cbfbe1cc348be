"""A walk over every staff address as every role: nothing of another agency's work is told.

The walk takes the addresses from the pages that are registered, and fails for a page outside the
scoped door or for a model without a row in the walked database (two_agencies.py).
"""

import io
import logging
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client, RequestFactory

from catalog.admin.scope import is_scoped
from catalog.admin.scoped import ScopedInline, ScopedPage
from catalog.enums import Role
from catalog.models import Agency, Procedure
from publication.models import AnnouncementDecision, AnnouncementGap
from tests.publication.admin.staff_urls import (
    addresses,
    all_keys,
    list_address,
    lookup_addresses,
    pages,
    site_addresses,
    text_lookups,
)
from tests.publication.admin.two_agencies import HALF, SECRET, TwoAgencies, make_two_agencies
from tests.staff_pages import form_of

pytestmark = pytest.mark.django_db
OUTSIDE = ["without role", "inactive", "anonymous"]
ANSWERS = {200, 302, 400, 403, 404, 405, 409}


@pytest.fixture
def world() -> TwoAgencies:
    return make_two_agencies()


@pytest.fixture(autouse=True)
def _refusals_are_no_news() -> Iterator[None]:
    """Thousands of refusals are wanted here; writing each down takes half of the walk's time."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


class Browser(Client):
    """The test client without its copies of every template's context: twice as fast."""

    def request(self, **request: Any) -> Any:
        answer = self.handler(self._base_environ(**request))  # type: ignore[attr-defined]
        self.cookies.update(answer.cookies)
        return answer


class Walker:
    """A person with a browser; every answer is read for what it must not say."""

    def __init__(self, world: TwoAgencies, name: str) -> None:
        self.world = world
        self.client = Browser()
        if world.people[name]:
            self.client.force_login(world.people[name])
        self._before: dict[Any, list[Any]] = {}
        self.told: list[str] = []
        self.changed: list[str] = []
        self.broken: list[str] = []

    def get(self, address: str) -> Any:
        return self._read(f"GET {address}", self.client.get(address))

    def post(self, address: str, data: dict[str, Any], *, about: Any) -> Any:
        """Whatever it changed is taken back, so that the walk goes on in the same world."""
        what = f"POST {address} {data.get('action', '')}".strip()
        if about not in self._before:
            self._before[about] = self._state_of_hidden(about)
        with transaction.atomic():
            answer = self.client.post(address, data)
            if self._state_of_hidden(about) != self._before[about]:
                self.changed.append(what)
            transaction.set_rollback(True)
        return self._read(what, answer)

    def _state_of_hidden(self, model: Any) -> list[Any]:
        rows = model._base_manager.filter(pk__in=self.world.hidden.get(model, ()))
        return list(rows.order_by("pk").values())

    def _read(self, what: str, answer: Any) -> Any:
        if answer.status_code not in ANSWERS:
            self.broken.append(f"{what}: {answer.status_code}")
        if SECRET.encode() in _all_bytes(answer):
            self.told.append(what)
        return answer


def _all_bytes(answer: Any) -> bytes:
    """Body and headers; what is packed is unpacked."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if zipfile.is_zipfile(io.BytesIO(body)):
        packed = zipfile.ZipFile(io.BytesIO(body))
        body = b"".join(packed.read(name) for name in packed.namelist())
    return body + str(answer.headers).encode() + str(answer.cookies).encode()


# --- What the walk relies on ---------------------------------------------------------------------


def test_every_page_and_inline_goes_through_the_scoped_door():
    loose = [page for page in pages() if not isinstance(page, ScopedPage)]
    inlines = [(page, inline) for page in pages() for inline in page.inlines]
    loose_inlines = [inline for _page, inline in inlines if not issubclass(inline, ScopedInline)]
    assert (loose, loose_inlines) == ([], [])
    models = {page.model for page in pages()} | {inline.model for _page, inline in inlines}
    assert [model for model in models if not is_scoped(model)] == [get_user_model()]


def test_no_page_spells_out_a_row_by_an_id_that_is_typed():
    """Django's plain id box names any row, past every queryset."""
    places: list[Any] = [*pages(), *(inline for page in pages() for inline in page.inlines)]
    assert [place for place in places if place.raw_id_fields] == []


def test_the_walked_database_has_rows_of_every_page(world):
    assert [page for page in pages() if not page.model._base_manager.exists()] == []


# --- The walk ------------------------------------------------------------------------------------


def test_no_address_tells_another_agencys_people_anything(world):
    walker = Walker(world, "head")
    opened = []
    for page in pages():
        for address, key in addresses(page):
            answers = _get_and_post(walker, address, page)
            if key in world.hidden[page.model] and 200 in answers:
                opened.append(address)
    for address in [*site_addresses(), *lookup_addresses(["", HALF, "1.70"])]:
        walker.get(address)
    assert (walker.told, opened, walker.changed, walker.broken) == ([], [], [], [])


def _get_and_post(walker: Walker, address: str, page: Any) -> list[int]:
    answers = [walker.get(address), walker.post(address, YES, about=page.model)]
    return [answer.status_code for answer in answers]


def test_heads_may_all_that_officers_may():
    """So the addresses are walked as head, and the lists, forms and actions as officer."""
    officer, head = (
        set(Group.objects.get(name=role.value).permissions.values_list("codename", flat=True))
        for role in (Role.OFFICER, Role.HEAD)
    )
    assert head - officer == {"submit_announcement"}
    assert officer - head == set()


YES = {"post": "yes", "reason": "x", "basis": "x", "_save": "1"}


@pytest.mark.parametrize("name", OUTSIDE)
def test_who_has_no_role_is_shown_nothing(world, name):
    walker = Walker(world, name)
    opened = [
        address
        for page in pages()
        for address, _key in addresses(page)
        if walker.get(address).status_code == 200
    ]
    for address in [*site_addresses(), *lookup_addresses([""])]:
        walker.get(address)
    assert (walker.told, opened, walker.changed, walker.broken) == ([], [], [], [])


@pytest.mark.embedded
def test_the_office_meets_the_secrets_and_nothing_breaks(world):
    """Were the secrets nowhere to be met, the walk of the others would prove nothing."""
    walker = Walker(world, "controller")
    for page in pages():
        for address, _key in addresses(page):
            _get_and_post(walker, address, page)
    assert walker.broken == []
    met = {"/".join(what.split("/")[2:4]) for what in walker.told}
    # The names in gaps are public, and accounts are the administrators'.
    elsewhere = {AnnouncementGap, get_user_model()}
    models = {page.model for page in pages()} & {*world.hidden} - elsewhere
    assert {model._meta.label_lower.replace(".", "/") for model in models} - met == set()


@pytest.mark.parametrize("name", ["administrator", "superuser"])
def test_accounts_open_to_administrators_and_nothing_breaks(world, name):
    walker = Walker(world, name)
    page = admin.site._registry[get_user_model()]
    for address, _key in addresses(page):
        _get_and_post(walker, address, page)
    assert walker.broken == []
    assert f"GET /admin/auth/user/{world.people['of A'].pk}/change/" in walker.told


def test_lists_filters_and_searches_show_no_row_of_another_agency(world):
    walker, officer = Walker(world, "officer"), world.people["officer"]
    everywhere = Walker(world, "superuser")
    shown, guessed = [], []
    for page in pages():
        start = list_address(page)
        for query in _queries(everywhere.get(start)):
            shown += _hidden_rows(walker.get(f"{start}{query}"), world, page.model)
        for order in range(1, len(page.list_display) + 1):
            shown += [
                row for row in _found(page, {"o": str(order)}, officer) if _is_hidden(row, world)
            ]
        for name in ["q", *text_lookups(page.model)]:
            if _found(page, {name: HALF}, officer):
                guessed.append((start, name))
    assert (walker.told, shown, guessed, walker.broken) == ([], [], [], [])


def _is_hidden(row: Any, world: TwoAgencies) -> bool:
    return row.pk in world.hidden.get(type(row), ())


def _found(page: Any, query: dict[str, str], user: Any) -> list[Any]:
    """What the list answers; were it a row, a hidden text could be guessed letter by letter."""
    request = RequestFactory().get(list_address(page), query)
    request.user = user
    lookups = {*query} - {"q", "o"}
    if not page.has_view_permission(request) or not all(
        page.lookup_allowed(lookup, query[lookup], request) for lookup in lookups
    ):
        return []
    try:
        return list(page.get_changelist_instance(request).result_list)
    except (DisallowedModelAdminLookup, IncorrectLookupParameters):
        return []


def _queries(answer: Any) -> Iterator[str]:
    """Every choice of every filter that anybody is offered, every order, every day."""
    listed = answer.context_data["cl"]
    yield from ("", "?_facets=True", "?all=1", "?p=2", "?e=1")
    for spec in listed.filter_specs:
        yield from (choice["query_string"] for choice in spec.choices(listed))
    if listed.date_hierarchy:
        for year in (2024, 2026):
            yield f"?{listed.date_hierarchy}__year={year}"
            yield f"?{listed.date_hierarchy}__year={year}&{listed.date_hierarchy}__month=9"


def _listed(answer: Any) -> list[Any]:
    found = getattr(answer, "context_data", {}).get("cl")
    return list(found.result_list) if found else []


def _hidden_rows(answer: Any, world: TwoAgencies, model: Any) -> list[Any]:
    return [row for row in _listed(answer) if row.pk in world.hidden[model]]


def test_no_action_reaches_a_row_of_another_agency(world):
    walker = Walker(world, "officer")
    for page in pages():
        for action in _action_names(page):
            data = {"action": action, "_selected_action": all_keys(page.model), "index": 0}
            for more in ({}, {"select_across": 1}, {"post": "yes", "agency": world.b.pk}):
                walker.post(list_address(page), {**data, **more}, about=page.model)
    assert (walker.told, walker.changed, walker.broken) == ([], [], [])


def _action_names(page: Any) -> set[str]:
    """Also those that the person is not offered."""
    named = {action if isinstance(action, str) else action.__name__ for action in page.actions}
    return named | {"delete_selected"}


def test_the_walk_notices_an_action_that_changes_a_row(world):
    walker = Walker(world, "controller")
    hidden = Procedure.objects.get(code="1.700002")
    data = {"action": "assign_action", "_selected_action": [hidden.pk], "agency": world.b.pk}
    walker.post("/admin/catalog/procedure/", data, about=Procedure)
    assert walker.changed == ["POST /admin/catalog/procedure/ assign_action"]
    hidden.refresh_from_db()
    assert hidden.lead_agency is None


def test_no_form_takes_the_id_of_a_row_of_another_agency(world):
    walker = Walker(world, "officer")
    taken, tried = [], 0
    for page in pages():
        for address, _key in addresses(page):
            if not address.endswith(("/add/", "/change/")):
                continue
            answer = walker.get(address)
            if answer.status_code != 200 or b'name="_save"' not in answer.content:
                continue
            for field, values in _foreign_ids(answer, world):
                tried += 1
                refused = walker.post(address, form_of(answer, **{field: values}), about=page.model)
                if refused.status_code != 200:
                    taken.append((address, field, values))
    assert tried > 3
    assert (walker.told, taken, walker.broken) == ([], [], [])


def _foreign_ids(answer: Any, world: TwoAgencies) -> Iterator[tuple[str, list[Any]]]:
    """(field, ids) for each relation of the form and of its rows, naming what is hidden."""
    inlines = answer.context_data.get("inline_admin_formsets", [])
    rows = [form for inline in inlines for form in inline.formset.forms]
    for form in [answer.context_data["adminform"].form, *rows]:
        for name, field in form.fields.items():
            if not isinstance(field, forms.ModelChoiceField) or name == "id":
                continue
            current = {str(key) for key in _as_list(form[name].value())}
            choices: Any = field.queryset
            hidden = world.hidden.get(choices.model, set())
            for key in sorted(hidden - {int(key) for key in current if key})[:2]:
                many = isinstance(field, forms.ModelMultipleChoiceField)
                yield form.add_prefix(name), [*current, key] if many else [key]


def _as_list(value: Any) -> list[Any]:
    values = value if isinstance(value, list | tuple) else [value]
    return [getattr(one, "pk", one) for one in values if one not in (None, "")]


# --- What the walk cannot see --------------------------------------------------------------------


def test_people_enter_work_in_the_name_of_their_own_agency_only(world, client):
    client.force_login(world.people["officer"])
    for row in (
        Procedure.objects.get(code="1.800001"),
        AnnouncementDecision.objects.filter(lead_agency=world.b)[0],
    ):
        address = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"
        form = client.get(address).context["adminform"].form
        assert list(form.fields["lead_agency"].queryset) == [world.b]
        refused = client.post(address, form_of(client.get(address), lead_agency=world.a.pk))
        errors = refused.context["adminform"].form.errors["lead_agency"]
        assert errors == ["Chỉ chọn được cơ quan mà anh/chị làm việc."]
        row.refresh_from_db()
        assert row.lead_agency == world.b


def test_what_the_office_wrote_of_another_agency_stays_and_is_named_by_its_code(world, client):
    client.force_login(world.people["officer"])
    own = Procedure.objects.get(code="1.800001")
    address = f"/admin/catalog/procedure/{own.pk}/change/"
    page = client.get(address)
    assert "1.700001 (cơ quan khác)" in page.content.decode()
    assert client.post(address, form_of(page, name="Tên khác")).status_code == 302
    assert [one.code for one in own.successors.all()] == ["1.700001"]


def test_successors_people_see_what_the_agency_began(world, client):
    successor = Agency.objects.create(
        name="Sở Y tế và Xã hội", slug="so-y-te-va-xa-hoi", kind="department", level="province"
    )
    world.a.successors.add(successor)
    world.people["officer"].memberships.update(agency=successor)
    titles = {row.title for row in AnnouncementDecision.objects.visible_to(_fresh(world))}
    assert f"Công bố {SECRET}" in titles
    assert "Công bố của B" not in titles


def _fresh(world: TwoAgencies) -> Any:
    return get_user_model().objects.get(pk=world.people["officer"].pk)
