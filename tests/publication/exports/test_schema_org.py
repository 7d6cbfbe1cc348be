"""schema.org's GovernmentService: short, true, and no duration for working days."""

from publication.exports.schema_org import government_service
from tests.factories import make_content
from tests.publication.exports.texts import PAGE, PORTAL, make_text, one_option
from tests.standards import keys_of


def test_a_service_says_who_offers_what_to_whom_and_for_how_much():
    assert government_service(make_text(), PORTAL) == {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": f"{PAGE}#dich-vu",
        "identifier": "1.004222",
        "name": "Đăng ký thường trú",
        "description": "Dành cho người dân trong tỉnh.",
        "url": PAGE,
        "serviceType": "Đăng ký, quản lý cư trú",
        "provider": {
            "@type": "GovernmentOrganization",
            "name": "Công an tỉnh",
            "url": f"{PORTAL.url}/co-quan/cong-an-tinh/",
        },
        "areaServed": {"@type": "AdministrativeArea", "name": "tỉnh Hải Dương"},
        "audience": [{"@type": "Audience", "audienceType": "Công dân Việt Nam"}],
        "availableChannel": [
            {
                "@type": "ServiceChannel",
                "name": "Trực tiếp",
                "description": "Thời hạn: 5 ngày làm việc",
            },
            {
                "@type": "ServiceChannel",
                "name": "Trực tuyến",
                "description": "Thời hạn: 5 ngày làm việc",
                "serviceUrl": PAGE,
            },
        ],
        "offers": [
            {"@type": "Offer", "price": "10000", "priceCurrency": "VND"},
            {"@type": "Offer", "price": "0", "priceCurrency": "VND"},
        ],
        "serviceOutput": [{"@type": "Thing", "name": "Giấy xác nhận"}],
    }


def test_working_days_are_words_and_calendar_days_a_duration():
    for unit, expected in (("working_day", None), ("day", "P5D")):
        content = one_option(statutory={"amount": "5", "unit": unit})
        service = government_service(make_text(content=content), PORTAL)
        (channel,) = service["availableChannel"]
        assert channel.get("processingTime") == expected
    working = one_option(statutory={"amount": "5", "unit": "working_day"})
    assert "processingTime" not in set(
        keys_of(government_service(make_text(content=working), PORTAL))
    )


def test_several_times_of_one_channel_are_told_in_words_alone():
    options = [{"statutory": {"amount": n, "unit": "day"}} for n in ("5", "7")]
    content = make_content(filing_methods=[{"channel": "direct", "options": options}])
    (channel,) = government_service(make_text(content=content), PORTAL)["availableChannel"]
    assert channel["description"] == "Thời hạn: 5 ngày; 7 ngày"
    assert "processingTime" not in channel


def test_a_fee_without_a_number_is_no_offer():
    fees = [{"state": "not_regulated"}, {"state": "formula", "note": "0,5%"}, {"state": "unknown"}]
    assert "offers" not in government_service(make_text(content=one_option(fees=fees)), PORTAL)


def test_a_long_text_stays_on_the_page():
    content = make_content(summary="rất dài " * 500)
    service = government_service(make_text(content=content), PORTAL)
    assert len(service["description"]) <= 301
