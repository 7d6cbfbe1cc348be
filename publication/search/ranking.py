"""Which procedure answers best: words, name and meaning together. Pure; decision 017."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from publication.search.asking import WEAK

# A procedure whose words score less than this share of the best is no answer, unless it means it.
LEAST_SHARE = 0.25
# A procedure is near in meaning when its cosine is at most this much below the nearest one's.
NEAR = 0.03
# Below this no name and no everyday phrase means what is asked for; of names asked only where no
# word of the question is in any text. Measured by benchmarks/search_silence.py: one answerable
# question in a hundred is below it, and about half of those that no office answers.
MEANS_NOTHING = 0.86

_WEAK_WORD = 0.3
_HINTED = 0.5  # of a word that only the everyday phrase nearest to the question means
_IN_MANY_NAMES = ("thu", "tuc")  # "Thủ tục …", which nobody says or leaves out
_weight = (dict.fromkeys(WEAK, _WEAK_WORD) | dict.fromkeys(_IN_MANY_NAMES, 0.0)).get
_NOT_KNOWN = -0.06  # nearness, to the nearest, of a name that was not learnt yet
_ABOLISHED = 1.0


@dataclass(frozen=True)
class Weights:
    """How much each signal counts beside the score by words, which counts 1.

    Fitted by benchmarks/search_weights.py on questions held back in turn; docs/search.md has the
    figures.
    """

    name: float = 1.2
    meaning: float = 6.0
    marks: float = 0.4


SHIPPED = Weights()


@dataclass(frozen=True)
class Candidate:
    """`name` are the folded syllables of its name, `spelt` its words with their marks."""

    doc: int
    name: frozenset[str]
    spelt: frozenset[str]
    abolished: bool


@dataclass(frozen=True)
class Signals:
    """What speaks for a document: shares of 0 to 1, and how much further than the nearest it is.

    `meaning` is None where nothing is known of meanings.
    """

    doc: int
    words: float
    name: float
    marks: float
    meaning: float | None
    abolished: bool

    def worth(self, weights: Weights) -> float:
        return (
            self.words
            + weights.name * self.name
            + weights.marks * self.marks
            + weights.meaning * (self.meaning or 0.0)
            - _ABOLISHED * self.abolished
        )


def signals(
    candidates: Iterable[Candidate],
    *,
    words: frozenset[str],
    hinted: frozenset[str],
    marked: frozenset[str],
    scores: Mapping[int, float],
    nearness: Mapping[int, float],
) -> Iterator[Signals]:
    """`scores` by words, `nearness` in meaning (empty when nothing is known of meanings).

    `words` are the folded syllables asked for, `hinted` others that only a hint asks for, `marked`
    the words typed with marks.
    """
    best = max(scores.values(), default=0) or 1
    nearest = max(nearness.values(), default=0)
    for one in candidates:
        known = nearness[one.doc] - nearest if one.doc in nearness else _NOT_KNOWN
        yield Signals(
            doc=one.doc,
            words=scores.get(one.doc, 0) / best,
            name=share_of_name(one.name, words) + _HINTED * share_of_name(one.name, hinted),
            marks=_share(marked, one.spelt),
            meaning=known if nearness else None,
            abolished=one.abolished,
        )


def rank(every: Iterable[Signals], weights: Weights = SHIPPED) -> list[int]:
    """Documents, best first."""
    return [one.doc for one in sorted(every, key=lambda one: (-one.worth(weights), one.doc))]


def share_of_name(name: frozenset[str], words: frozenset[str]) -> float:
    """How much of a name is asked for, 0 to 1.

    "Đăng ký kết hôn" asks for all of that name, and for half of "Đăng ký kết hôn có yếu tố nước
    ngoài": who does not mention abroad means the other.
    """
    whole = sum([_weight(word, 1.0) for word in name])
    return sum([_weight(word, 1.0) for word in name & words]) / whole if whole else 0.0


def _share(wanted: frozenset[str], held: frozenset[str]) -> float:
    return len(wanted & held) / len(wanted) if wanted else 0.0
