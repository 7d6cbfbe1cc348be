"""Which item of the province answers a ministry item: by code and link, never by number. Pure.

- Signed before the ministry signed, it is no answer.
- A text answers a text and an ending an ending; what is replaced by another procedure ends too.
- A text may answer by a later code: of the procedure that took the place of the ministry's. An
  ending answers by the code itself alone, for the end of a successor ends nothing else.
- Of several agencies concerned each has to be answered for; one alone is answered by anyone.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple


class Answer(NamedTuple):
    """An item of the province with the day it counts from; the first by day, then by entry."""

    signed_on: date
    item_id: int
    lead_agency_id: int | None = None
    drafted_on: date | None = None


class Asked(NamedTuple):
    """A ministry item, as far as matching asks. `ends` tells an ending from a text."""

    item_id: int
    code: str
    ends: bool
    signed_on: date | None


class CodeChains:
    """Which codes took the place of a code, however many steps later."""

    def __init__(self, replacements: Iterable[tuple[str, str]]) -> None:
        self._next: dict[str, set[str]] = defaultdict(set)
        for old, new in replacements:
            self._next[old].add(new)
        self._later: dict[str, tuple[str, ...]] = {}

    def later(self, code: str) -> tuple[str, ...]:
        if code not in self._next:
            return ()
        if code not in self._later:
            self._later[code] = tuple(sorted(self._walk(code) - {code}))
        return self._later[code]

    def _walk(self, code: str) -> set[str]:
        found: set[str] = set()
        fresh = {code}
        while fresh:
            found |= fresh
            fresh = {new for old in fresh for new in self._next.get(old, ())} - found
        return found


class AnswerIndex:
    """Answers by code and by explicit link, texts and endings apart."""

    def __init__(self, chains: CodeChains) -> None:
        self._chains = chains
        self._by_code: dict[tuple[bool, str], list[Answer]] = defaultdict(list)
        self._by_link: dict[tuple[bool, int], list[Answer]] = defaultdict(list)

    def add(self, answer: Answer, *, code: str, ends: bool) -> None:
        self._by_code[ends, code].append(answer)

    def add_link(self, answer: Answer, *, ministry_item_id: int, ends: bool) -> None:
        self._by_link[ends, ministry_item_id].append(answer)

    def sort(self) -> None:
        """Once all are in; `first` relies on it."""
        for found in (*self._by_code.values(), *self._by_link.values()):
            found.sort()

    def first(self, asked: Asked, *, leads: Container[int] | None = None) -> Answer | None:
        """The first answer; `leads` limits it to those agencies and to decisions naming none."""
        found: Answer | None = None
        for answers in self._candidates(asked):
            answer = next(_from(answers, asked.signed_on, leads), None)
            if answer is not None and (found is None or answer < found):
                found = answer
        return found

    def every(self, asked: Asked, *, leads: Container[int] | None = None) -> Iterator[Answer]:
        """All of them; one may come twice."""
        for answers in self._candidates(asked):
            yield from _from(answers, asked.signed_on, leads)

    def _candidates(self, asked: Asked) -> Iterator[list[Answer]]:
        if linked := self._by_link.get((asked.ends, asked.item_id)):
            yield linked
        if same := self._by_code.get((asked.ends, asked.code)):
            yield same
        if not asked.ends:
            for code in self._chains.later(asked.code):
                yield self._by_code.get((False, code), [])


def _from(
    answers: list[Answer], since: date | None, leads: Container[int] | None
) -> Iterator[Answer]:
    place = bisect_left(answers, (since,)) if since else 0
    for answer in islice(answers, place, None):
        if leads is None or answer.lead_agency_id is None or answer.lead_agency_id in leads:
            yield answer
