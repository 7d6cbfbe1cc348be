"""Nodes that texts share: agencies, places, languages, and every word they choose from a list.

CPSV-AP's shapes want each word from a list to be a typed skos:Concept inside the graph; so the
concepts come with their names in both languages, under the address of the page that lists what
they stand for.
"""

from functools import cache
from typing import Final

from django.db.models import TextChoices
from django.utils import translation

from catalog.content import Channel, TimeUnit
from catalog.enums import AgencyRole, Audience, GovernmentLevel, OnlineLevel, ProcedureKind
from publication.announced_text import AgencyInRole, AnnouncedText, Named
from publication.exports.graph import Graph, Node
from publication.exports.public_text import Portal
from publication.site.page import PageKind

_EU: Final = "http://publications.europa.eu/resource/authority"
VIETNAM: Final = f"{_EU}/country/VNM"
VIETNAMESE: Final = f"{_EU}/language/VIE"
_STATUS: Final = "http://purl.org/adms/status"

CHANNEL_NAMES: Final = {
    Channel.DIRECT: {"vi": "Trực tiếp", "en": "In person"},
    Channel.ONLINE: {"vi": "Trực tuyến", "en": "Online"},
    Channel.POSTAL: {"vi": "Bưu chính công ích", "en": "By post"},
}
_TIME_UNITS: Final = {
    TimeUnit.HOUR: "unitHour",
    TimeUnit.DAY: "unitDay",
    TimeUnit.MONTH: "unitMonth",
    TimeUnit.YEAR: "unitYear",
}


@cache
def names_of(choice: TextChoices) -> dict[str, str]:
    """What a word from a list is called, by language, whatever language is asked in."""
    return {language: _name_in(language, choice) for language in ("vi", "en")}


def _name_in(language: str, choice: TextChoices) -> str:
    with translation.override(language):
        return str(choice.label)


def concept(graph: Graph, address: str, names: dict[str, str], notation: str = "") -> str:
    return graph.share(
        {"id": address, "type": "skos:Concept", "prefLabel": names, "notation": notation}
    )


def classification(graph: Graph, text: AnnouncedText, portal: Portal) -> Node:
    """Fields, audiences, life events, and by kind, level and online level."""
    listed = PageKind.LEVEL, PageKind.AUDIENCE
    words = [
        _word(graph, portal, PageKind.KIND, ProcedureKind(text.kind)),
        concept(
            graph,
            portal.thing(PageKind.ABOUT, "", f"truc-tuyen-{text.online_level}"),
            names_of(OnlineLevel(text.online_level)),
            text.online_level,
        ),
        *(_word(graph, portal, listed[0], GovernmentLevel(level)) for level in text.levels),
    ]
    return {
        "thematicArea": [_field(graph, portal, field) for field in text.fields],
        "audience": [_word(graph, portal, listed[1], Audience(it)) for it in text.audiences],
        "isClassifiedBy": words,
        "isGroupedBy": [_life_event(graph, portal, event) for event in text.life_events],
    }


def _word(graph: Graph, portal: Portal, kind: PageKind, choice: TextChoices) -> str:
    address = portal.thing(kind, choice.value, "khai-niem")
    return concept(graph, address, names_of(choice), choice.value)


def _field(graph: Graph, portal: Portal, field: Named) -> str:
    address = portal.thing(PageKind.FIELD, field.slug, "linh-vuc")
    return concept(graph, address, {"vi": field.name}, field.slug)


def _life_event(graph: Graph, portal: Portal, event: Named) -> str:
    return graph.share(
        {
            "id": portal.thing(PageKind.LIFE_EVENT, event.slug, "su-kien"),
            "type": "cv:Event",
            "identifier": event.slug,
            "title": event.name,
        }
    )


def agency(graph: Graph, portal: Portal, named: Named | AgencyInRole) -> str:
    """An agency as announced: a name of today would not be what the decision says."""
    address = portal.thing(PageKind.AGENCY, named.slug, "co-quan")
    return _organisation(graph, address, named.name, named.slug)


def announcing_authority(graph: Graph, portal: Portal, name: str) -> str:
    address = portal.thing(PageKind.ABOUT, "", "co-quan-cong-bo")
    return _organisation(graph, address, name, "co-quan-cong-bo")


def _organisation(graph: Graph, address: str, name: str, identifier: str) -> str:
    return graph.share(
        {
            "id": address,
            "type": ["cv:PublicOrganisation", "org:Organization", "foaf:Agent"],
            "identifier": identifier,
            "title": name,
            "prefLabel": {"vi": name},
            # The text does not say in which part of the country an agency works.
            "spatial": graph.share(
                {
                    "id": VIETNAM,
                    "type": "dct:Location",
                    "prefLabel": {"vi": "Việt Nam", "en": "Viet Nam"},
                }
            ),
        }
    )


def province(graph: Graph, portal: Portal) -> str:
    return graph.share(
        {
            "id": portal.thing(PageKind.ABOUT, "", "dia-ban"),
            "type": "dct:Location",
            "prefLabel": {"vi": portal.province},
        }
    )


def vietnamese(graph: Graph) -> str:
    return graph.share({"id": VIETNAMESE, "type": "dct:LinguisticSystem"})


def status(graph: Graph, *, offered: bool) -> str:
    word = "Completed" if offered else "Withdrawn"
    names = (
        {"vi": "Đang công khai", "en": "In force"}
        if offered
        else {"vi": "Đã bãi bỏ", "en": "Abolished"}
    )
    return concept(graph, f"{_STATUS}/{word}", names)


def channel_type(graph: Graph, portal: Portal, channel: Channel) -> str:
    address = portal.thing(PageKind.ABOUT, "", f"kenh-{channel.value}")
    return concept(graph, address, CHANNEL_NAMES[channel], channel.value)


def role(graph: Graph, portal: Portal, word: str) -> str:
    address = portal.thing(PageKind.ABOUT, "", f"vai-tro-{word}")
    return concept(graph, address, names_of(AgencyRole(word)), word)


def currency(graph: Graph, code: str) -> str:
    return concept(graph, f"{_EU}/currency/{code}", {"en": code}, code)


def time_unit(graph: Graph, portal: Portal, unit: TimeUnit) -> str:
    """OWL-Time's unit; for the working day, which it has not, one of our own."""
    if unit in _TIME_UNITS:
        return f"http://www.w3.org/2006/time#{_TIME_UNITS[unit]}"
    return graph.share(
        {
            "id": portal.thing(PageKind.ABOUT, "", "ngay-lam-viec"),
            "type": ["time:TemporalUnit", "skos:Concept"],
            "prefLabel": {"vi": "ngày làm việc", "en": "working day"},
            "notation": unit.value,
        }
    )
