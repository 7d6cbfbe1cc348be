"""Public texts without a database, for tests of what is written from them."""

from datetime import UTC, date, datetime
from typing import Any

from catalog.content import read_content
from catalog.national_package import PackageKeys
from publication.announced_text import AgencyInRole, AnnouncedText, Named
from publication.enums import ListingState
from publication.exports.public_text import Decision, Portal, PublicText
from tests.factories import make_content

PORTAL = Portal(
    url="https://thutuc.example.gov.vn",
    province="tỉnh Hải Dương",
    authority="Ủy ban nhân dân tỉnh Hải Dương",
    package_keys=PackageKeys(),
)
PAGE = f"{PORTAL.url}/thu-tuc/1.004222/"


def make_text(*, content: dict[str, Any] | None = None, **overrides: Any) -> AnnouncedText:
    facts: dict[str, Any] = {
        "code": "1.004222",
        "name": "Đăng ký thường trú",
        "scope": "citizen",
        "kind": "online_eligible",
        "online_level": "full",
        "partial_reason": "",
        "partial_reason_basis": "",
        "local_regulation": "not_assigned",
        "field": Named(name="Đăng ký, quản lý cư trú", slug="cu-tru"),
        "further_fields": (),
        "levels": ("commune",),
        "audiences": ("citizen",),
        "lead_agency": Named(name="Công an tỉnh", slug="cong-an-tinh"),
        "agencies": (AgencyInRole(role="handling", name="Công an xã", slug="cong-an-xa"),),
        "life_events": (Named(name="Nhà ở", slug="nha-o"),),
        "content": read_content(make_content() if content is None else content),
    }
    return AnnouncedText(**facts | overrides)


def make_public(**overrides: Any) -> PublicText:
    """A text that holds now; keywords of AnnouncedText's go to the text."""
    own = {name: overrides.pop(name) for name in _OWN if name in overrides}
    facts: dict[str, Any] = {
        "text": make_text(**overrides),
        "state": ListingState.OFFERED,
        "is_current": True,
        "valid_from": date(2024, 10, 3),
        "valid_to": None,
        "public_since": datetime(2024, 10, 3, 5, 0, tzinfo=UTC),
        "successors": (),
        "digest": "ab" * 32,
        "decision": Decision(
            number="3218/QĐ-UBND",
            signed_on=date(2024, 10, 3),
            issuer="Ủy ban nhân dân tỉnh",
            slug="3218-qd-ubnd-2024",
            title="Công bố thủ tục hành chính",
        ),
    }
    return PublicText(**facts | own)


_OWN = (
    "state", "is_current", "valid_from", "valid_to", "public_since", "successors", "digest",
    "decision",
)  # fmt: skip


def one_option(**option: Any) -> dict[str, Any]:
    """A content document with one way to file at one pace."""
    return make_content(filing_methods=[{"channel": "direct", "options": [option]}])
