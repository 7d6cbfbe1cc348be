"""Narrowing answers by the shelves procedures stand on, and how many each choice leaves."""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

Chosen = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Places:
    """By document and shelf, the keys it stands under; and how a key is called, if by a name."""

    keys: Mapping[int, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)


def read_places(index: sqlite3.Connection, docs: Sequence[int], shelves: Collection[str]) -> Places:
    rows = index.execute(
        "SELECT doc, shelf, key, label FROM place WHERE doc IN (SELECT value FROM json_each(?))",
        (json.dumps(list(docs)),),
    )
    keys: dict[int, dict[str, set[str]]] = {doc: {} for doc in docs}
    labels: dict[tuple[str, str], str] = {}
    for doc, shelf, key, label in rows:
        if shelf in shelves:
            keys[doc].setdefault(shelf, set()).add(key)
            labels[shelf, key] = label
    frozen = {
        doc: {shelf: frozenset(held) for shelf, held in of_doc.items()}
        for doc, of_doc in keys.items()
    }
    return Places(frozen, labels)


def narrowed(docs: Sequence[int], places: Places, chosen: Chosen, hidden: Chosen) -> list[int]:
    """Documents that stand under one of the chosen keys of each shelf.

    `hidden` keys are left out of a shelf from which nothing is chosen.
    """
    return [doc for doc in docs if _fits(places.keys[doc], chosen, hidden)]


def counted(
    docs: Sequence[int], places: Places, chosen: Chosen, hidden: Chosen, shelf: str
) -> Counter[str]:
    """By key of a shelf, how many answers there are under it, whatever else is chosen from it."""
    others = {other: keys for other, keys in chosen.items() if other != shelf}
    unseen = {other: keys for other, keys in hidden.items() if other != shelf}
    return Counter(
        key
        for doc in docs
        if _fits(places.keys[doc], others, unseen)
        for key in places.keys[doc].get(shelf, ())
    )


def _fits(held: Mapping[str, frozenset[str]], chosen: Chosen, hidden: Chosen) -> bool:
    return all(held.get(shelf, frozenset()) & set(keys) for shelf, keys in chosen.items()) and all(
        held.get(shelf, frozenset()).isdisjoint(keys)
        for shelf, keys in hidden.items()
        if shelf not in chosen
    )
