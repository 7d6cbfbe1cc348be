"""JSON-LD graphs: the context that all documents share, and nodes that are named once.

Values of the context's reference terms are addresses, so `Graph.add` answers a node's address:
the node is written where it is pointed at. Shared nodes (agencies, fields, concepts) are the same
in every text and stand once in a document of many.
"""

from typing import Any, Final

Node = dict[str, Any]

_PREFIXES: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_VIETNAMESE: Final = {
    "title": "dct:title",
    "description": "dct:description",
    "keyword": "dcat:keyword",
    "rights": "dct:rights",
    "responsible": "eli:responsibility_of",
}
_REFERENCES: Final = {
    "accessRights": "dct:accessRights",
    "accessURL": "dcat:accessURL",
    "audience": "dct:audience",
    "conformsTo": "dct:conformsTo",
    "currency": "cv:currency",
    "dataset": "dcat:dataset",
    "distribution": "dcat:distribution",
    "downloadURL": "dcat:downloadURL",
    "follows": "cpsv:follows",
    "frequency": "dct:accrualPeriodicity",
    "hasChannel": "cv:hasChannel",
    "hasCompetentAuthority": "cv:hasCompetentAuthority",
    "hasCost": "cv:hasCost",
    "hasDuration": "time:hasDuration",
    "hasInput": "cpsv:hasInput",
    "hasLegalResource": "cv:hasLegalResource",
    "hasParticipant": "cv:hasParticipant",
    "hasParticipation": "cv:hasParticipation",
    "holdsRequirement": "cv:holdsRequirement",
    "ifAccessedThrough": "cv:ifAccessedThrough",
    "implements": "cpsv:implements",
    "isClassifiedBy": "cv:isClassifiedBy",
    "isGroupedBy": "cv:isGroupedBy",
    "isReplacedBy": "dct:isReplacedBy",
    "isVersionOf": "dct:isVersionOf",
    "kind": "dct:type",
    "landingPage": "dcat:landingPage",
    "language": "dct:language",
    "license": "dct:license",
    "mediaType": "dcat:mediaType",
    "page": "foaf:page",
    "produces": "cpsv:produces",
    "publisher": "dct:publisher",
    "role": "cv:role",
    "spatial": "dct:spatial",
    "status": "adms:status",
    "temporal": "dct:temporal",
    "thematicArea": "cv:thematicArea",
    "theme": "dcat:theme",
    "unitType": "time:unitType",
}
_TYPED: Final = {
    "documentDate": ("eli:date_document", "xsd:date"),
    "hasValue": ("cv:hasValue", "xsd:double"),
    "issued": ("dct:issued", "xsd:dateTime"),
    "modified": ("dct:modified", "xsd:dateTime"),
    "numericDuration": ("time:numericDuration", "xsd:decimal"),
    "processingTime": ("cv:processingTime", "xsd:duration"),
    "startDate": ("dcat:startDate", "xsd:date"),
    "validFrom": ("schema:validFrom", "xsd:date"),
    "validThrough": ("schema:validThrough", "xsd:date"),
}
CONTEXT: Final[Node] = (
    _PREFIXES
    | {"id": "@id", "type": "@type"}
    | {
        "identifier": "dct:identifier",
        "notation": "skos:notation",
        "sha256": "schema:sha256",
        "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    }
    | {term: {"@id": name, "@language": "vi"} for term, name in _VIETNAMESE.items()}
    | {term: {"@id": name, "@type": "@id"} for term, name in _REFERENCES.items()}
    | {term: {"@id": name, "@type": kind} for term, (name, kind) in _TYPED.items()}
)


class Graph:
    """The nodes of one document in the order they were added, each address once."""

    def __init__(self) -> None:
        self.own: dict[str, Node] = {}
        self.shared: dict[str, Node] = {}

    def add(self, node: Node) -> str:
        """Put in a node of this text; its address. Empty values say nothing and are left out."""
        return _put(self.own, node)

    def share(self, node: Node) -> str:
        """Put in a node that other texts have as well; its address."""
        return _put(self.shared, node)

    def document(self) -> Node:
        return {"@context": CONTEXT, "@graph": [*self.own.values(), *self.shared.values()]}


def _put(nodes: dict[str, Node], node: Node) -> str:
    address = str(node["id"])
    nodes.setdefault(address, {k: v for k, v in node.items() if v not in ("", [], None)})
    return address
