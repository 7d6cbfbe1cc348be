"""Who opens the staff pages, and a draft to open."""

import pytest
from django.contrib.auth import get_user_model

from tests.factories import make_agency, make_announcement, make_procedure


@pytest.fixture
def boss(client):
    user = get_user_model().objects.create_superuser("quan-tri", password="x")
    client.force_login(user)
    return user


@pytest.fixture
def department():
    return make_agency("Sở Tư pháp")


@pytest.fixture
def draft(department):
    procedure = make_procedure("1.900001", lead_agency=department)
    return make_announcement(procedures=[procedure], lead_agency=department)
