"""The register as a data set: what it is, whose, since when, and every form it can be had in.

DCAT-AP in JSON-LD, by which catalogues of open data find and fetch it. A licence is named only
where the office has chosen one; that administrative texts are not protected by copyright is the
law's own word (Law on Intellectual Property 2005 art. 15).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from publication.exports import concepts
from publication.exports.graph import Graph, Node
from publication.exports.public_text import Portal
from publication.site.page import PageKind

_EU: Final = "http://publications.europa.eu/resource/authority"
_IANA: Final = "https://www.iana.org/assignments/media-types/"
_RIGHTS: Final = (
    "Văn bản hành chính không thuộc phạm vi bảo hộ quyền tác giả "
    "(Luật Sở hữu trí tuệ năm 2005, Điều 15)."
)


@dataclass(frozen=True)
class DataSet:
    """What the log tells of the whole: its first and last change, and how much there is now."""

    publisher: str
    licence: str  # an address, "" when none is chosen
    procedures: int
    first_on: date | None
    first_at: datetime | None
    changed_at: datetime | None


@dataclass(frozen=True)
class _Form:
    name: str
    title: str
    path: str
    media_type: str
    standard: str = ""


_FORMS: Final = (
    _Form("json", "Danh sách thủ tục, JSON, từng trang", "/api/v1/procedures/", "application/json"),
    _Form(
        "ndjson",
        "Toàn bộ thủ tục với nguyên văn đã công bố, mỗi dòng một thủ tục",
        "/api/v1/procedures/?format=ndjson&expand=text",
        "application/x-ndjson",
    ),
    _Form("csv", "Danh sách thủ tục, CSV", "/api/v1/procedures/?format=csv", "text/csv"),
    _Form("changes", "Các thay đổi theo số thứ tự, JSON", "/api/v1/changes/", "application/json"),
    _Form(
        "cpsv-ap",
        "Toàn bộ thủ tục theo CPSV-AP 3.2.0, JSON-LD",
        "/api/v1/exports/cpsv-ap/",
        "application/ld+json",
        "https://semiceu.github.io/CPSV-AP/releases/3.2.0/",
    ),
    _Form(
        "hsds",
        "Toàn bộ thủ tục theo Open Referral HSDS 3.0, mỗi dòng một thủ tục",
        "/api/v1/exports/hsds/",
        "application/x-ndjson",
        "https://docs.openreferral.org/en/3.0/hsds/schema_reference.html",
    ),
    _Form(
        "national-package",
        "Toàn bộ thủ tục theo gói dữ liệu quốc gia, mỗi dòng một thủ tục",
        "/api/v1/exports/national-package/",
        "application/x-ndjson",
    ),
    _Form("atom", "Các thay đổi mới nhất, Atom", "/atom.xml", "application/atom+xml"),
)


def dcat_document(data: DataSet, portal: Portal) -> Node:
    """A JSON-LD document: a catalogue of the one data set, with all its distributions."""
    graph = Graph()
    publisher = graph.add(
        {
            "id": portal.thing(PageKind.ABOUT, "", "don-vi"),
            "type": "foaf:Agent",
            "identifier": portal.url,
            "title": data.publisher,
            "foaf:name": data.publisher,
        }
    )
    dataset = graph.add(_dataset(graph, data, portal, publisher))
    graph.add(
        {
            "id": f"{portal.url}/api/v1/exports/#danh-muc",
            "type": "dcat:Catalog",
            "title": f"Dữ liệu mở của cổng thủ tục hành chính {portal.province}",
            "description": "Danh mục các tập dữ liệu mà cổng này cung cấp.",
            "publisher": publisher,
            "language": concepts.vietnamese(graph),
            "landingPage": _landing_page(graph, portal),
            "dataset": dataset,
            "modified": _moment(data.changed_at),
        }
    )
    return graph.document()


def _dataset(graph: Graph, data: DataSet, portal: Portal, publisher: str) -> Node:
    return {
        "id": f"{portal.url}/api/v1/exports/#tap-du-lieu",
        "type": "dcat:Dataset",
        "identifier": f"{portal.url}/api/v1/exports/#tap-du-lieu",
        "title": f"Thủ tục hành chính của {portal.province}",
        "description": (
            f"Nội dung {data.procedures} thủ tục hành chính đang công khai, đúng như quyết định "
            f"công bố của {portal.authority}: nơi nộp, giấy tờ, thời hạn, phí, căn cứ pháp lý."
        ),
        "keyword": ["thủ tục hành chính", "dịch vụ công", portal.province],
        "publisher": publisher,
        "language": concepts.vietnamese(graph),
        "spatial": [concepts.province(graph, portal)],
        "theme": concepts.concept(graph, f"{_EU}/data-theme/GOVE", {"en": "Government"}),
        "frequency": concepts.concept(graph, f"{_EU}/frequency/IRREG", {"en": "irregular"}),
        "accessRights": _access(graph),
        "landingPage": _landing_page(graph, portal),
        "temporal": _period(graph, data, portal),
        "issued": _moment(data.first_at),
        "modified": _moment(data.changed_at),
        "distribution": list(_distributions(graph, data, portal)),
    }


def _distributions(graph: Graph, data: DataSet, portal: Portal) -> Iterator[str]:
    for form in _FORMS:
        address = portal.url + form.path
        yield graph.add(
            {
                "id": f"{portal.url}/api/v1/exports/#ban-{form.name}",
                "type": "dcat:Distribution",
                "title": form.title,
                "accessURL": address,
                "downloadURL": address,
                "mediaType": graph.share({"id": _IANA + form.media_type, "type": "dct:MediaType"}),
                "conformsTo": _standard(graph, form.standard),
                "license": _licence(graph, data.licence),
                "rights": _RIGHTS,
                "modified": _moment(data.changed_at),
            }
        )


def _standard(graph: Graph, address: str) -> str:
    return graph.share({"id": address, "type": "dct:Standard"}) if address else ""


def _licence(graph: Graph, address: str) -> str:
    return graph.share({"id": address, "type": "dct:LicenseDocument"}) if address else ""


def _access(graph: Graph) -> str:
    return graph.share({"id": f"{_EU}/access-right/PUBLIC", "type": "dct:RightsStatement"})


def _landing_page(graph: Graph, portal: Portal) -> str:
    address = portal.thing(PageKind.ABOUT, "", "du-lieu")
    return graph.share({"id": address, "type": "foaf:Document"})


def _period(graph: Graph, data: DataSet, portal: Portal) -> str | None:
    """From the first day on which a text held; it has no end."""
    if data.first_on is None:
        return None
    return graph.add(
        {
            "id": f"{portal.url}/api/v1/exports/#thoi-gian",
            "type": "dct:PeriodOfTime",
            "startDate": data.first_on.isoformat(),
        }
    )


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
