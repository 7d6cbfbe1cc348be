"""Public lists stand in Vietnamese dictionary order, whatever database orders them."""

import pytest

from catalog.vietnamese import sort_key
from publication.models import Listing
from tests.factories import make_field, make_procedure
from tests.publication.acts import announce

pytestmark = pytest.mark.django_db

# Letters before tones, đ after d, a space before any letter; a locale's collation undoes these.
_IN_ORDER = [
    "An toàn",
    "Ăn uống",
    "Ấn phẩm",
    "Cấp đổi",
    "Cấp lại",
    "Dược",
    "Đá",
    "Đà nẵng",
    "Đăng ký",
    "Hoà giải",
    "Yêu cầu",
]


def test_the_database_orders_names_as_the_dictionary_does():
    field = make_field()
    announce(*[make_procedure(name=name, field=field) for name in reversed(_IN_ORDER)])
    rows = list(Listing.objects.current().order_by("sort_key").values_list("name", flat=True))
    assert rows == sorted(_IN_ORDER, key=sort_key)
    assert rows == _IN_ORDER
