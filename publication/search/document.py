"""What the index keeps of a listing, and what each of its terms weighs."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from catalog.codes import decision_number_key
from catalog.content import Content
from publication.announced_text import AnnouncedText, read_text
from publication.models import Listing
from publication.search.words import pairs, syllables
from publication.summary import Summary, summary

# How much a term counts by where it stands. Measured on real questions; see the decision record.
_NAME, _ABOUT, _BODY = 10, 2, 1
# BM25's two constants. Lengths are compared with a fixed ordinary text and not with the average
# of the day, so that adding one procedure does not change the weights of all the others.
_SATURATION, _LENGTH_SHARE, _ORDINARY_LENGTH = 1.2, 0.75, 900
_NAME_LENGTH, _BODY_LENGTH = 20, 2
_SCALE = 1000  # weights are whole numbers: small on disk, and sums that do not depend on order


@dataclass(frozen=True)
class SearchDocument:
    """`places` are (shelf, key, label); filters and the choices of the search page come from it."""

    summary: Summary
    about: str
    body: str
    filing: str  # JSON
    places: tuple[tuple[str, str, str], ...]

    @property
    def key(self) -> int:
        return document_key(self.summary["code"])

    @property
    def decision_key(self) -> str:
        return decision_number_key(self.summary["decision"]["number"])

    def weights(self) -> Mapping[str, int]:
        return term_weights(self.summary["name"], self.about, self.body)


def document_key(code: str) -> int:
    """ "1.004222" gives 1004222: the same key in every build of the index."""
    return int(code.replace(".", ""))


def make_document(listing: Listing) -> SearchDocument:
    """Read from the frozen text alone. The listing comes with its decision selected."""
    text = read_text(listing.text)
    decision = listing.decision
    row = {
        "code": listing.code,
        "name": listing.name,
        "kind": listing.kind,
        "online_level": listing.online_level,
        "state": listing.state,
        "valid_from": listing.valid_from,
        "digest": listing.digest,
        "decision__number": decision.number,
        "decision__signed_on": decision.signed_on,
        "decision__slug": decision.slug,
        "facts": listing.text,
    }
    return SearchDocument(
        summary=summary(row),
        about="\n".join(_about(text)),
        body="\n".join(line for line in _body(text.content) if line),
        filing=json.dumps(
            [method.model_dump(mode="json") for method in text.content.filing_methods],
            ensure_ascii=False,
        ),
        places=tuple(sorted(_places(listing, text))),
    )


# A change is written into two files: the old and new texts of 25 procedures are weighed once.
@lru_cache(maxsize=64)
def term_weights(name: str, about: str, body: str) -> Mapping[str, int]:
    """By term, its weight in a document: BM25F over the fields, without the rarity of the term.

    In the body a term counts once, however often it stands there: long forms repeat themselves.
    """
    name_words, body_lines = syllables(name), [syllables(line) for line in body.split("\n")]
    counts: Counter[str] = Counter()
    for term in (*name_words, *pairs(name_words)):
        counts[term] += _NAME
    for words in map(syllables, about.split("\n")):
        for term in (*words, *pairs(words)):
            counts[term] += _ABOUT
    body_words = {word for words in body_lines for word in words}
    counts.update(dict.fromkeys(body_words.union(*map(pairs, body_lines)), _BODY))
    length = len(name_words) * _NAME_LENGTH + len(body_words) * _BODY_LENGTH
    slack = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / _ORDINARY_LENGTH)
    return {
        term: round(_SCALE * count * (_SATURATION + 1) / (count + slack))
        for term, count in counts.items()
    }


def _about(text: AnnouncedText) -> Iterator[str]:
    yield from text.content.keywords
    yield from (field.name for field in text.fields)
    yield from (event.name for event in text.life_events)
    if text.lead_agency:
        yield text.lead_agency.name
    yield from dict.fromkeys(agency.name for agency in text.agencies)


def _body(content: Content) -> Iterator[str]:
    """The readable text, line by line; passages shown to readers are cut from it."""
    yield content.summary
    for case in content.steps:
        yield case.case
        for step in case.steps:
            yield step.title
            yield step.text
    for paper_case in content.paper_cases:
        yield paper_case.case
        yield from (paper.name for paper in paper_case.papers)
    yield from (result.name for result in content.results.items)
    yield content.conditions.text
    for method in content.filing_methods:
        for option in method.options:
            yield from (option.label, option.note)
            yield from (fee.note for fee in option.fees)
    yield content.reception_address
    yield from content.as_written.values()
    for basis in content.legal_bases:
        yield f"{basis.number} {basis.title}".strip()


def _places(listing: Listing, text: AnnouncedText) -> Iterator[tuple[str, str, str]]:
    labels = {("field", named.slug): named.name for named in text.fields}
    labels |= {("agency", named.slug): named.name for named in text.agencies}
    labels |= {("life_event", named.slug): named.name for named in text.life_events}
    if lead := text.lead_agency:
        labels["agency", lead.slug] = lead.name
    for shelf, key in text.shelves():
        yield shelf, key, labels.get((shelf, key), "")
    yield "state", str(listing.state), ""
    yield "online_level", str(listing.online_level), ""
