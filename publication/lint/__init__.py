"""What an officer should look at again in a text before it is announced. Pure rules, no tables.

Each remark names the field and the mend, and the article where there is one. None of them stops
a decision: they are found by reading, and reading can be wrong. What must be mended first is in
publication/checks.py.

About legal bases it is checked what can be known here: whether the title of another document at
hand says that it replaces or repeals one, whether a day of issue lies after the day of effect, and
whether the documents that the ministry's decision names are cited. The portal holds no list of
documents that have lapsed.
"""

from collections.abc import Callable, Iterator

from publication.lint import agencies, bases, fees, forms, name, parts, times
from publication.lint.subject import Knowledge, Remark, Subject

__all__ = ["Knowledge", "Remark", "Subject", "find_remarks"]

_RULES: tuple[Callable[[Subject, Knowledge], Iterator[Remark]], ...] = (
    name.remarks,
    agencies.remarks,
    parts.remarks,
    forms.remarks,
    fees.remarks,
    times.remarks,
    bases.remarks,
)


def find_remarks(subject: Subject, known: Knowledge) -> list[Remark]:
    """All remarks on one text, in the order a reader meets its fields."""
    return [remark for rule in _RULES for remark in rule(subject, known)]
