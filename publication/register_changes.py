"""What changed in the national register, read from the national texts that were kept.

Everything follows from the archive of national records, so a review that was missed or repeated
finds the same changes in the end. The texts of one day are one state of a code, compared with the
state before. Sources word the same thing differently: a name is a new one only when neither the
last state nor its own source said it, and contents are compared within one source.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from catalog.content import read_content
from catalog.importers.comparison import LISTS, listed_issuers
from catalog.merging import differing_groups
from catalog.models import NationalRecord
from publication.enums import AlarmKind

_BATCH = 200
_PARTS = {
    "summary": "tóm tắt",
    "keywords": "từ khóa",
    "steps": "trình tự thực hiện",
    "filing_methods": "cách thức, thời hạn, phí",
    "reception_address": "địa chỉ tiếp nhận",
    "papers": "thành phần hồ sơ, mẫu đơn",
    "results": "kết quả",
    "conditions": "yêu cầu, điều kiện",
    "legal_bases": "căn cứ pháp lý",
}


@dataclass(frozen=True)
class Change:
    """One code that is not what it was; `since` is the day of the state before, None for none."""

    code: str
    kind: AlarmKind
    source: str
    seen_on: date
    name: str
    before: str = ""
    after: str = ""
    named_decision: str = ""
    earlier_decision: str = ""
    since: date | None = None


@dataclass(frozen=True)
class _Text:
    code: str
    pk: int
    source: str
    taken_on: date
    name: str
    number: str
    digest: str


@dataclass(frozen=True)
class _Unsure:
    """A change if the contents of one of the pairs of records differ."""

    change: Change
    pairs: list[tuple[int, int]]


@dataclass
class _Known:
    """What the states so far said of a code."""

    day: date
    name: str
    number: str = ""
    by_source: dict[str, _Text] = field(default_factory=dict)

    def learn(self, texts: list[_Text], *, name: str) -> None:
        self.day, self.name = texts[0].taken_on, name
        self.number = _number(texts) or self.number
        self.by_source |= {text.source: text for text in texts}


def find_changes() -> list[Change]:
    """Every new, renamed or changed code of the archive, by code and day."""
    listed = _FirstListed()
    found: list[Change] = []
    unsure: list[_Unsure] = []
    for _code, texts in groupby(_texts(), key=lambda text: text.code):
        for step in _walk(texts, listed):
            (unsure if isinstance(step, _Unsure) else found).append(step)  # type: ignore[arg-type]
    return sorted([*found, *_settled(unsure)], key=lambda change: (change.code, change.seen_on))


def _texts() -> Iterator[_Text]:
    rows = NationalRecord.objects.order_by("procedure__code", "taken_on", "pk").values_list(
        "procedure__code", "pk", "source", "taken_on", "name", "decision_number", "digest"
    )
    for facts in rows.iterator(chunk_size=2000):
        yield _Text(*facts)


class _FirstListed:
    """The day of the first import, and since when the lists cover an issuer.

    A file often holds some issuers only: the codes of an issuer that no list held before are not
    new because the first list of it comes later.
    """

    def __init__(self) -> None:
        first = NationalRecord.objects.order_by("taken_on").values_list("taken_on", flat=True)
        self.first_day = first.first()
        self.issuers = listed_issuers()
        self.since: dict[str, date] = {}
        for (_code, day), issuer in self.issuers.items():
            self.since[issuer] = min(day, self.since.get(issuer, day))

    def is_new(self, texts: list[_Text]) -> bool:
        """Whether codes were known before the day of a code's first texts."""
        day = texts[0].taken_on
        if day == self.first_day:
            return False
        issuer = self.issuers.get((texts[0].code, day), "")
        only_listed = all(text.source in LISTS for text in texts)
        return not (only_listed and issuer) or self.since[issuer] < day


def _walk(texts: Iterable[_Text], listed: _FirstListed) -> Iterator[Change | _Unsure]:
    """The steps of one code from state to state."""
    known: _Known | None = None
    for _day, rows in groupby(texts, key=lambda text: text.taken_on):
        state = list(rows)
        if known is None:
            known = _Known(day=state[0].taken_on, name=state[-1].name)
            if listed.is_new(state):
                yield _change(AlarmKind.NEW, state, state[-1], after=state[-1].name)
            known.learn(state, name=state[-1].name)
            continue
        renamed = next((text for text in state if _is_renamed(text, known)), None)
        yield from _step(state, known, renamed)
        known.learn(state, name=renamed.name if renamed else known.name)


def _step(state: list[_Text], known: _Known, renamed: _Text | None) -> Iterator[Change | _Unsure]:
    number = _number(state)
    if renamed:
        found = _change(AlarmKind.RENAMED, state, renamed, before=known.name, after=renamed.name)
        yield _since(found, known)
    elif number and known.number and number != known.number:
        text = next(text for text in state if text.number == number)
        found = _change(AlarmKind.CHANGED, state, text, before=known.number, after=number)
        yield _since(found, known)
    elif pairs := _pairs(state, known):
        text = next(text for text in state if text.pk == pairs[0][1])
        yield _Unsure(_since(_change(AlarmKind.CHANGED, state, text), known), pairs)


def _is_renamed(text: _Text, known: _Known) -> bool:
    own = known.by_source.get(text.source)
    return text.name != known.name and (own is None or text.name != own.name)


def _pairs(state: list[_Text], known: _Known) -> list[tuple[int, int]]:
    """Records of one source whose raw texts differ, earlier and later."""
    return [
        (earlier.pk, text.pk)
        for text in state
        if (earlier := known.by_source.get(text.source)) and earlier.digest != text.digest
    ]


def _number(state: list[_Text]) -> str:
    return next((text.number for text in reversed(state) if text.number), "")


def _change(
    kind: AlarmKind, state: list[_Text], text: _Text, *, before: str = "", after: str = ""
) -> Change:
    return Change(
        code=text.code,
        kind=kind,
        source=text.source,
        seen_on=text.taken_on,
        name=text.name,
        before=before,
        after=after,
        named_decision=_number(state),
    )


def _since(change: Change, known: _Known) -> Change:
    return replace(change, since=known.day, earlier_decision=known.number)


def _settled(unsure: list[_Unsure]) -> Iterator[Change]:
    """Of the doubtful ones those whose contents differ, with the names of the parts that do."""
    for start in range(0, len(unsure), _BATCH):
        batch = unsure[start : start + _BATCH]
        keys = {pk for doubt in batch for pair in doubt.pairs for pk in pair}
        rows = NationalRecord.objects.filter(pk__in=keys).values_list("pk", "content")
        contents = dict(rows)
        for doubt in batch:
            parts = [part for pair in doubt.pairs for part in _differing(pair, contents)]
            if parts:
                yield replace(
                    doubt.change,
                    before=f"Bản lấy ngày {doubt.change.since:%d/%m/%Y}",
                    after=f"Đổi: {'; '.join(dict.fromkeys(parts))}",
                )


def _differing(pair: tuple[int, int], contents: dict[int, dict[str, object]]) -> list[str]:
    earlier, later = (contents[pk] for pk in pair)
    if not earlier or not later:  # lists of names have no contents
        return []
    return [_PARTS[group] for group in differing_groups(read_content(earlier), read_content(later))]
