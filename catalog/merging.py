"""How a new national text meets the register's own: a three-way merge, part by part. Pure.

Three texts meet: *mine* (the register), *base* (the national text it was last refreshed from) and
*theirs* (the new one). What the province did not touch follows the nation; what it did touch
stays, and where both changed the register keeps its own and says so. A source that is silent on
a part changes nothing there. Local times are the province's whatever happens to the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from catalog.content import Content, FilingMethod, Part, TimeOption

# Parts that mean something only together, by the name that reports use.
GROUPS: Final[dict[str, tuple[tuple[str, ...], tuple[Part, ...]]]] = {
    "summary": (("summary",), ()),
    "keywords": (("keywords",), ()),
    "steps": (("steps",), (Part.STEPS,)),
    "filing_methods": (
        ("filing_methods",),
        (Part.FILING_METHODS, Part.PROCESSING_TIME, Part.FEES),
    ),
    "reception_address": (("reception_address",), ()),
    "papers": (("paper_cases", "dossier_sets", "forms"), (Part.PAPERS, Part.FORMS)),
    "results": (("results",), (Part.RESULTS,)),
    "conditions": (("conditions",), (Part.CONDITIONS,)),
    "legal_bases": (("legal_bases",), (Part.LEGAL_BASES,)),
}
_EMPTY: Final = Content()


@dataclass(frozen=True)
class Merged:
    """A fact after merging: whose it is now, and whether the other side's was set aside."""

    value: Any
    conflict: bool = False


@dataclass(frozen=True)
class MergedContent:
    """The merged document; names of the groups that changed, stayed local, or lost local times."""

    content: Content
    changed: tuple[str, ...]
    conflicts: tuple[str, ...]
    lost_times: tuple[str, ...]


def three_way(mine: Any, base: Any, theirs: Any, *, empty: Any) -> Merged:
    """Merge one fact. None for `base` means that no earlier record spoke, for `theirs` silence."""
    if theirs is None or theirs in (empty, mine):
        return Merged(mine)
    if mine in (empty, base):
        return Merged(theirs)
    return Merged(mine, conflict=theirs != base)


def merge_content(
    *, mine: Content, base: Content | None, theirs: Content, silent: frozenset[Part] = frozenset()
) -> MergedContent:
    """The register text after a new national one; `silent` parts are those it does not speak of."""
    bare = _without_local_times(mine)
    facts: dict[str, Any] = {}
    notes: dict[Part, str] = {}
    changed: list[str] = []
    conflicts: list[str] = []
    for group, (_, parts) in GROUPS.items():
        new = _EMPTY if parts and parts[0] in silent else theirs
        merged = three_way(
            _group(bare, group),
            _group(base, group) if base else None,
            _group(new, group),
            empty=_group(_EMPTY, group),
        )
        if merged.value != _group(bare, group):
            changed.append(group)
        if merged.conflict:
            conflicts.append(group)
        facts |= merged.value[0]
        notes |= merged.value[1]
    methods, lost = _with_local_times(facts["filing_methods"], mine.filing_methods)
    facts["filing_methods"] = methods
    return MergedContent(Content(**facts, as_written=notes), tuple(changed), tuple(conflicts), lost)


def differing_groups(one: Content, other: Content) -> tuple[str, ...]:
    """Names of the groups in which two texts say different things."""
    return tuple(group for group in GROUPS if _group(one, group) != _group(other, group))


def _group(content: Content, group: str) -> tuple[dict[str, Any], Mapping[Part, str]]:
    names, parts = GROUPS[group]
    return (
        {name: getattr(content, name) for name in names},
        {part: content.as_written[part] for part in parts if part in content.as_written},
    )


def _without_local_times(content: Content) -> Content:
    methods = tuple(
        method.model_copy(
            update={
                "options": tuple(
                    option.model_copy(update={"local": None}) for option in method.options
                )
            }
        )
        for method in content.filing_methods
    )
    return content.model_copy(update={"filing_methods": methods})


def _with_local_times(
    methods: tuple[FilingMethod, ...], mine: tuple[FilingMethod, ...]
) -> tuple[tuple[FilingMethod, ...], tuple[str, ...]]:
    """Local times put back on the options they belong to; those without one are told."""
    rows = [(method.channel, list(method.options)) for method in methods]
    lost: list[str] = []
    for method in mine:
        for place, option in enumerate(method.options):
            if option.local is None:
                continue
            home = _home(rows, method, place)
            if home is None:
                lost.append(f"{method.channel.value}: {option.local.amount} {option.local.unit}")
            else:
                options, index = home
                options[index] = options[index].model_copy(update={"local": option.local})
    kept = [
        method.model_copy(update={"options": tuple(options)})
        for method, (_, options) in zip(methods, rows, strict=True)
    ]
    return tuple(kept), tuple(lost)


def _home(
    rows: list[tuple[Any, list[TimeOption]]], method: FilingMethod, place: int
) -> tuple[list[TimeOption], int] | None:
    """The same place where a channel has as many options as before, else the same option."""
    option = method.options[place]
    for channel, options in rows:
        if channel is not method.channel:
            continue
        if len(options) == len(method.options) and options[place].local is None:
            return options, place
        for index, other in enumerate(options):
            same = (other.label, other.statutory, other.note)
            if other.local is None and same == (option.label, option.statutory, option.note):
                return options, index
    return None
