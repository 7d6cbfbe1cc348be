"""Which procedure answers best: words, name and meaning together. Pure; decision 017."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from publication.search.asking import WEAK

# A procedure whose words score less than this share of the best is no answer, unless it means it.
LEAST_SHARE = 0.25
# A procedure is near in meaning when its cosine is at most this much below the nearest one's.
NEAR = 0.03
# Below this no name means what is asked for. Chosen, not measured; it is asked only where no word
# of the question is in any text.
MEANS_NOTHING = 0.84

# How much a name that is asked for as a whole, and meaning, count beside the best score by words.
# Chosen by trying a few values on the shared questions, none of them held back; see the decision.
_NAME, _NAME_ALONE, _MEANING, _MARKS = 1.6, 1.2, 8.0, 0.1
_WEAK_WORD = 0.3
_IN_MANY_NAMES = frozenset({"thu", "tuc"})  # "Thủ tục …", which nobody says or leaves out
_NOT_KNOWN = -0.06  # nearness, to the nearest, of a name that was not learnt yet
_ABOLISHED = 1.0


@dataclass(frozen=True)
class Candidate:
    """`name` are the folded syllables of its name, `spelt` its words with their marks."""

    doc: int
    name: frozenset[str]
    spelt: frozenset[str]
    abolished: bool


def rank(
    candidates: Iterable[Candidate],
    *,
    words: frozenset[str],
    marked: frozenset[str],
    scores: Mapping[int, float],
    nearness: Mapping[int, float],
) -> list[int]:
    """Documents, best first.

    `scores` by words, `nearness` in meaning (empty when nothing is known of meanings); `words`
    are the folded syllables asked for, `marked` those typed with marks.
    """
    best = max(scores.values(), default=0) or 1
    nearest = max(nearness.values(), default=0)
    name_weight = _NAME if nearness else _NAME_ALONE

    def worth(one: Candidate) -> float:
        meaning = nearness[one.doc] - nearest if one.doc in nearness else _NOT_KNOWN
        return (
            scores.get(one.doc, 0) / best
            + name_weight * share_of_name(one.name, words)
            + _MARKS * _share(marked, one.spelt)
            + (_MEANING * meaning if nearness else 0)
            - _ABOLISHED * one.abolished
        )

    return [one.doc for one in sorted(candidates, key=lambda one: (-worth(one), one.doc))]


def share_of_name(name: frozenset[str], words: frozenset[str]) -> float:
    """How much of a name is asked for, 0 to 1.

    "Đăng ký kết hôn" asks for all of that name, and for half of "Đăng ký kết hôn có yếu tố nước
    ngoài": who does not mention abroad means the other.
    """
    whole = sum(map(_weight, name))
    return sum(map(_weight, name & words)) / whole if whole else 0.0


def _weight(word: str) -> float:
    if word in _IN_MANY_NAMES:
        return 0.0
    return _WEAK_WORD if word in WEAK else 1.0


def _share(wanted: frozenset[str], held: frozenset[str]) -> float:
    return len(wanted & held) / len(wanted) if wanted else 0.0
