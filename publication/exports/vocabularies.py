"""The vocabularies by the name in their addresses, and how one text and a whole register are said.

A register is said piece by piece, so that it may be longer than memory.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from publication.exports.cpsv_ap import cpsv_document, cpsv_graph
from publication.exports.graph import CONTEXT
from publication.exports.hsds import hsds_service
from publication.exports.national_package import announced_package
from publication.exports.public_text import Portal, PublicText

LINKED_DATA: Final = "application/ld+json"
_JSON: Final = "application/json"
_LINES: Final = "application/x-ndjson"


@dataclass(frozen=True)
class Vocabulary:
    """`says_ended` tells whether it can say that a procedure was abolished."""

    one: Callable[[PublicText, Portal], dict[str, Any]]
    all: Callable[[Iterable[PublicText], Portal], Iterator[bytes]]
    one_type: str
    all_type: str
    says_ended: bool


def to_bytes(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _lines(
    one: Callable[[PublicText, Portal], dict[str, Any]],
) -> Callable[[Iterable[PublicText], Portal], Iterator[bytes]]:
    def every(texts: Iterable[PublicText], portal: Portal) -> Iterator[bytes]:
        return (to_bytes(one(public, portal)) for public in texts)

    return every


def _one_graph(texts: Iterable[PublicText], portal: Portal) -> Iterator[bytes]:
    """One JSON-LD document, a node a line; what texts share stands where it is first met."""
    met: set[str] = set()
    yield b'{"@context":' + to_bytes(CONTEXT).rstrip() + b',"@graph":[\n'
    before = b""
    for public in texts:
        graph = cpsv_graph(public, portal)
        shared = [node for address, node in graph.shared.items() if address not in met]
        met.update(graph.shared)
        nodes = (to_bytes(node).rstrip() for node in (*graph.own.values(), *shared))
        yield before + b",\n".join(nodes)
        before = b",\n"
    yield b"\n]}\n"


VOCABULARIES: Final = {
    "cpsv-ap": Vocabulary(cpsv_document, _one_graph, LINKED_DATA, LINKED_DATA, True),
    "hsds": Vocabulary(hsds_service, _lines(hsds_service), _JSON, _LINES, True),
    "national-package": Vocabulary(
        announced_package, _lines(announced_package), _JSON, _LINES, False
    ),
}
