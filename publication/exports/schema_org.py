"""A public text as schema.org's GovernmentService, for search engines: small, no long text.

It stands inside the page, so it says what a result can show and leaves the rest to the page. A
time in working days is said in words: schema.org's processingTime is an ISO 8601 duration.
"""

from typing import Any, Final

from catalog.content import Channel, Content, Fee, FilingMethod
from catalog.enums import AgencyRole, Audience
from publication.announced_text import AnnouncedText
from publication.exports.concepts import CHANNEL_NAMES, names_of
from publication.exports.durations import calendar_duration, promised, time_in_words
from publication.exports.fees import value_of
from publication.exports.public_text import Portal
from publication.site.page import PageKind

_Node = dict[str, Any]
_LONGEST: Final = 300  # characters of a description; the page has the whole
_MOST_OFFERS: Final = 10


def government_service(text: AnnouncedText, portal: Portal) -> _Node:
    """The text that holds now, as the page in every language says it."""
    content, page = text.content, portal.page(PageKind.PROCEDURE, text.code)
    node = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": f"{page}#dich-vu",
        "identifier": text.code,
        "name": text.name,
        "description": _cut(content.summary),
        "url": page,
        "serviceType": text.field.name,
        "category": [field.name for field in text.further_fields],
        "provider": _provider(text, portal),
        "areaServed": {"@type": "AdministrativeArea", "name": portal.province},
        "audience": [_audience(word) for word in text.audiences],
        "availableChannel": [_channel(method, page) for method in content.filing_methods],
        "offers": _offers(content)[:_MOST_OFFERS],
        "serviceOutput": [
            {"@type": "Thing", "name": _cut(item.name)} for item in content.results.items
        ],
    }
    return _filled(node)


def _provider(text: AnnouncedText, portal: Portal) -> _Node:
    handling = next((row for row in text.agencies if row.role == AgencyRole.HANDLING), None)
    named = text.lead_agency or handling
    if named is None:
        return {"@type": "GovernmentOrganization", "name": portal.authority}
    return {
        "@type": "GovernmentOrganization",
        "name": named.name,
        "url": portal.page(PageKind.AGENCY, named.slug),
    }


def _audience(word: str) -> _Node:
    return {"@type": "Audience", "audienceType": names_of(Audience(word))["vi"]}


def _channel(method: FilingMethod, page: str) -> _Node:
    """A way to file; with one time limit its duration, if it has one, and else words."""
    times = [time for option in method.options if (time := promised(option))]
    duration = calendar_duration(times[0]) if len(times) == len(method.options) == 1 else None
    words = "; ".join(dict.fromkeys(map(time_in_words, times)))
    return _filled(
        {
            "@type": "ServiceChannel",
            "name": CHANNEL_NAMES[method.channel]["vi"],
            "description": f"Thời hạn: {words}" if words else "",
            "processingTime": duration,
            "serviceUrl": page if method.channel is Channel.ONLINE else None,
        }
    )


def _offers(content: Content) -> list[_Node]:
    fees = [fee for method in content.filing_methods for o in method.options for fee in o.fees]
    offers = (_offer(fee) for fee in fees if value_of(fee) is not None)
    return [dict(pairs) for pairs in dict.fromkeys(tuple(offer.items()) for offer in offers)]


def _offer(fee: Fee) -> _Node:
    return _filled(
        {
            "@type": "Offer",
            "price": value_of(fee),
            "priceCurrency": fee.currency,
            "description": _cut(fee.note),
            "validFrom": fee.valid_from,
            "validThrough": fee.valid_to,
        }
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(None, 1)[0] + "…"


def _filled(node: _Node) -> _Node:
    return {name: value for name, value in node.items() if value not in ("", [], None)}
