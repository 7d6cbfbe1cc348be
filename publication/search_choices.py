"""What a search can be narrowed by: the choices of an address, and those that the form offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from catalog.enums import Audience, GovernmentLevel, OnlineLevel, ProcedureKind
from catalog.vietnamese import sort_key
from publication.enums import ListingState
from publication.search.find import Narrowed
from publication.search.question import MAX_QUESTION_CHARS
from publication.search.words import visible
from publication.site.render.frame import Link

_AS_TYPED = "dung-chu"
_OPTIONS_SHOWN = 6

# The filters by their parameter, in the order of the form.
SHELF_LABELS = {
    "audience": gettext_lazy("Người thực hiện"),
    "level": gettext_lazy("Cấp thực hiện"),
    "online_level": gettext_lazy("Mức độ trực tuyến"),
    "kind": gettext_lazy("Loại thủ tục"),
    "life_event": gettext_lazy("Sự kiện"),
    "field": gettext_lazy("Lĩnh vực"),
    "agency": gettext_lazy("Cơ quan"),
    "state": gettext_lazy("Hiệu lực"),
}
_STATES = [
    (ListingState.OFFERED.value, gettext_lazy("Đang có hiệu lực")),
    (ListingState.ABOLISHED.value, gettext_lazy("Đã bãi bỏ")),
]
# Shelves whose keys are words of the portal; the others are named by the index.
_WORDS: Mapping[str, Sequence[tuple[str, Any]]] = {
    "audience": Audience.choices,
    "level": GovernmentLevel.choices,
    "online_level": OnlineLevel.choices,
    "kind": ProcedureKind.choices,
    "state": _STATES,
}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One filter of the form; `more` are the options that a reader opens."""

    name: str
    label: str
    options: tuple[Option, ...]
    more: tuple[Option, ...] = ()


class AskedAddress:
    """The question and the choices of an address."""

    def __init__(self, parameters: QueryDict) -> None:
        self.typed = visible(parameters.get("q", ""))
        self.query = self.typed[:MAX_QUESTION_CHARS]
        self.as_typed = parameters.get(_AS_TYPED) == "1"
        self.number = _page_number(parameters.get("trang", ""))
        self.chosen = {
            name: known
            for name in SHELF_LABELS
            if (known := _known(name, parameters.getlist(name)))
        }

    def address(
        self,
        *,
        chosen: Mapping[str, Sequence[str]] | None = None,
        number: int = 1,
        as_typed: bool | None = None,
    ) -> str:
        """The same question, otherwise narrowed or read."""
        pairs = [("q", self.query)] if self.query else []
        for name, values in (self.chosen if chosen is None else chosen).items():
            pairs += [(name, value) for value in values]
        if self.as_typed if as_typed is None else as_typed:
            pairs.append((_AS_TYPED, "1"))
        if number > 1:
            pairs.append(("trang", str(number)))
        return f"?{urlencode(pairs)}"

    def without(self, name: str, value: str) -> dict[str, list[str]]:
        left = {
            other: [one for one in values if (other, one) != (name, value)]
            for other, values in self.chosen.items()
        }
        return {other: values for other, values in left.items() if values}


def _known(name: str, values: Sequence[str]) -> list[str]:
    """The values without those that no word of the portal has: they are as good as none."""
    words = {value for value, _ in _WORDS.get(name, ())}
    return [value for value in dict.fromkeys(values) if value and (value in words or not words)]


def facets(asked: AskedAddress, narrowed: Narrowed) -> list[Facet]:
    every = [_facet(name, asked, narrowed) for name in SHELF_LABELS]
    # One choice that everything has narrows nothing.
    return [facet for facet in every if len(facet.options) > 1 or facet.name in asked.chosen]


def _facet(name: str, asked: AskedAddress, narrowed: Narrowed) -> Facet:
    counts, chosen = narrowed.counts[name], asked.chosen.get(name, ())
    words = dict(_WORDS.get(name, ()))
    options = [
        Option(
            key,
            str(words.get(key) or narrowed.labels.get((name, key)) or key),
            count,
            key in chosen,
        )
        for key, count in (dict.fromkeys(chosen, 0) | dict(counts)).items()
    ]
    if words:
        options.sort(key=lambda option: list(words).index(option.value))
        return Facet(name, str(SHELF_LABELS[name]), tuple(options))
    options.sort(key=lambda option: (not option.chosen, -option.count, sort_key(option.label)))
    return Facet(
        name,
        str(SHELF_LABELS[name]),
        tuple(options[:_OPTIONS_SHOWN]),
        tuple(options[_OPTIONS_SHOWN:]),
    )


def chips(asked: AskedAddress, narrowed: Narrowed) -> list[Link]:
    """What is chosen, each with the address that lets it go."""
    labels = {
        (facet.name, option.value): option.label
        for facet in facets(asked, narrowed)
        for option in (*facet.options, *facet.more)
    }
    return [
        Link(labels[name, value], asked.address(chosen=asked.without(name, value)))
        for name, values in asked.chosen.items()
        for value in values
    ]


def _page_number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < 7
    return max(1, int(text)) if is_number else 1
