"""A public text in CPSV-AP 3.2.0: one cpsv:PublicService and all that hangs on it, as JSON-LD.

What the text keeps in its source's own words becomes a Rule with those words, so nothing that is
announced is left out. A text without a summary is described by its classification: the vocabulary
wants a description, and inventing one would be worse.
"""

from collections.abc import Iterator
from typing import Final

from catalog.content import Content, LegalBasis, Paper, Part
from catalog.enums import AgencyRole
from publication.exports import concepts, cpsv_offer
from publication.exports.graph import Graph, Node
from publication.exports.links import web_address
from publication.exports.public_text import Portal, PublicText
from publication.exports.words import (
    description_of,
    paper_in_words,
    paper_name,
    steps_in_words,
)
from publication.site.addresses import form_at
from publication.site.page import PageKind

_PARTS: Final = {
    Part.STEPS: "Trình tự thực hiện",
    Part.FILING_METHODS: "Cách thức thực hiện",
    Part.PROCESSING_TIME: "Thời hạn giải quyết",
    Part.FEES: "Phí, lệ phí",
    Part.PAPERS: "Thành phần hồ sơ",
    Part.FORMS: "Mẫu đơn, tờ khai",
    Part.RESULTS: "Kết quả thực hiện",
    Part.CONDITIONS: "Yêu cầu, điều kiện thực hiện",
    Part.LEGAL_BASES: "Căn cứ pháp lý",
}
_TAKING_PART: Final = (
    AgencyRole.RECEPTION,
    AgencyRole.HANDLING,
    AgencyRole.AUTHORISED,
    AgencyRole.COORDINATING,
)


def cpsv_document(public: PublicText, portal: Portal) -> Node:
    """A JSON-LD document of one text."""
    return cpsv_graph(public, portal).document()


def cpsv_graph(public: PublicText, portal: Portal) -> Graph:
    graph = Graph()
    graph.add(_service(graph, public, portal))
    return graph


def service_address(portal: Portal, code: str) -> str:
    """The name of a procedure as a public service, whichever text of it holds."""
    return portal.thing(PageKind.PROCEDURE, code, "dich-vu")


def _service(graph: Graph, public: PublicText, portal: Portal) -> Node:
    text, page = public.text, public.page(portal)
    content = text.content
    bases = [_legal_basis(graph, page, row, n) for n, row in enumerate(content.legal_bases, 1)]
    channels = cpsv_offer.channels(graph, portal, page, content)
    return {
        "id": f"{page}#dich-vu",
        "type": "cpsv:PublicService",
        "identifier": text.code,
        "title": text.name,
        "description": content.summary or description_of(text),
        "keyword": list(content.keywords),
        **_standing(graph, public, portal),
        **concepts.classification(graph, text, portal),
        "hasCompetentAuthority": _authorities(graph, public, portal),
        "hasParticipation": list(_participations(graph, public, portal, page)),
        "hasChannel": channels,
        "hasCost": cpsv_offer.costs(graph, page, content),
        "hasInput": list(_evidence(graph, public, portal, page)),
        "produces": [_output(graph, page, name, code, n) for n, name, code in _results(content)],
        "holdsRequirement": _requirement(graph, page, content),
        "follows": list(_rules(graph, page, content, bases)),
        "hasLegalResource": [*bases, _decision(graph, public, portal)],
        "page": graph.add({"id": page, "type": "foaf:Document"}),
    }


def _standing(graph: Graph, public: PublicText, portal: Portal) -> Node:
    code = public.text.code
    return {
        "isVersionOf": None if public.is_current else service_address(portal, code),
        "isReplacedBy": [service_address(portal, code) for code in public.successors],
        "status": concepts.status(graph, offered=public.is_offered),
        "language": concepts.vietnamese(graph),
        "spatial": concepts.province(graph, portal),
        "validFrom": public.valid_from.isoformat(),
        "validThrough": public.valid_to.isoformat() if public.valid_to else None,
        "modified": public.public_since.isoformat(),
        "sha256": public.digest,
    }


def _authorities(graph: Graph, public: PublicText, portal: Portal) -> list[str]:
    """By the competent role, else who handles, else who is in charge, else who announced."""
    text = public.text
    named = public.agencies_in(AgencyRole.COMPETENT, AgencyRole.HANDLING)
    if named:
        return [concepts.agency(graph, portal, row) for row in named]
    if text.lead_agency:
        return [concepts.agency(graph, portal, text.lead_agency)]
    return [concepts.announcing_authority(graph, portal, public.decision.issuer)]


def _participations(graph: Graph, public: PublicText, portal: Portal, page: str) -> Iterator[str]:
    taking_part = (row for row in public.text.agencies if row.role in _TAKING_PART)
    for number, row in enumerate(taking_part, start=1):
        name = concepts.names_of(AgencyRole(row.role))["vi"]
        yield graph.add(
            {
                "id": f"{page}#tham-gia-{number}",
                "type": "cv:Participation",
                "identifier": f"tham-gia-{number}",
                "description": f"{name}: {row.name}",
                "hasParticipant": concepts.agency(graph, portal, row),
                "role": concepts.role(graph, portal, row.role),
            }
        )


def _evidence(graph: Graph, public: PublicText, portal: Portal, page: str) -> Iterator[str]:
    papers = ((case, paper) for case in public.text.content.paper_cases for paper in case.papers)
    for number, (case, paper) in enumerate(papers, start=1):
        yield graph.add(
            {
                "id": f"{page}#giay-to-{number}",
                "type": "cv:Evidence",
                "identifier": f"giay-to-{number}",
                "title": paper_name(paper),
                "description": paper_in_words(case, paper),
                "page": list(_forms(graph, public, portal, paper)),
            }
        )


def _forms(graph: Graph, public: PublicText, portal: Portal, paper: Paper) -> Iterator[str]:
    """The files that were announced; of other forms the address that the source gives."""
    for form in paper.forms:
        file = public.form_file(form.name)
        address = (
            portal.url + form_at(file.sha256, file.file_name) if file else web_address(form.url)
        )
        if address:
            yield graph.add({"id": address, "type": "foaf:Document", "title": form.name})


def _results(content: Content) -> Iterator[tuple[int, str, str]]:
    for number, item in enumerate(content.results.items, start=1):
        yield number, item.name, item.code


def _output(graph: Graph, page: str, name: str, code: str, number: int) -> str:
    return graph.add(
        {
            "id": f"{page}#ket-qua-{number}",
            "type": "cv:Output",
            "identifier": code or f"ket-qua-{number}",
            "title": name,
        }
    )


def _requirement(graph: Graph, page: str, content: Content) -> str | None:
    if not content.conditions.text:
        return None
    return graph.add(
        {
            "id": f"{page}#dieu-kien",
            "type": "cv:Requirement",
            "identifier": "dieu-kien",
            "title": _PARTS[Part.CONDITIONS],
            "description": content.conditions.text,
        }
    )


def _rules(graph: Graph, page: str, content: Content, bases: list[str]) -> Iterator[str]:
    """The steps of each case, and what is announced in words alone."""
    told = [(case.case or _PARTS[Part.STEPS], steps_in_words(case)) for case in content.steps]
    told.append(("Địa chỉ tiếp nhận hồ sơ", content.reception_address))
    told.append(("Số lượng hồ sơ", f"{content.dossier_sets} bộ" if content.dossier_sets else ""))
    told += [(_PARTS[part], words) for part, words in content.as_written.items()]
    for number, (title, words) in enumerate(((t, w) for t, w in told if w), start=1):
        yield graph.add(
            {
                "id": f"{page}#quy-dinh-{number}",
                "type": "cpsv:Rule",
                "identifier": f"quy-dinh-{number}",
                "title": title,
                "description": words,
                "implements": bases,
            }
        )


def _legal_basis(graph: Graph, page: str, basis: LegalBasis, number: int) -> str:
    return graph.add(
        {
            "id": f"{page}#can-cu-{number}",
            "type": "eli:LegalResource",
            "identifier": basis.number,
            "title": basis.title or basis.number,
            "documentDate": basis.issued_on,
            "responsible": basis.issuer,
        }
    )


def _decision(graph: Graph, public: PublicText, portal: Portal) -> str:
    decision = public.decision
    return graph.share(
        {
            "id": portal.thing(PageKind.DECISION, decision.slug, "quyet-dinh"),
            "type": "eli:LegalResource",
            "identifier": decision.number,
            "title": decision.title or f"Quyết định số {decision.number}",
            "documentDate": decision.signed_on.isoformat(),
            "responsible": decision.issuer,
        }
    )
