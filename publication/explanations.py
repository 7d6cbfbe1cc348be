"""Which changes of the national register a ministry decision explains that people stand behind."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from catalog.codes import decision_number_key
from catalog.vietnamese import clean_line
from publication.enums import AlarmKind, ItemEffect
from publication.models import MinistryItem
from publication.register_changes import Change


class KnownItems:
    """The items of decisions that people entered or confirmed, for some codes."""

    def __init__(self, codes: Iterable[str]) -> None:
        wanted = frozenset(codes)
        self.numbers: set[tuple[str, str]] = set()
        self.signed: dict[str, list[tuple[date, str]]] = defaultdict(list)
        self.ended: set[str] = set()
        rows = MinistryItem.objects.filter(decision__is_proposed=False).values_list(
            "code",
            "name",
            "effect",
            "replaces_codes",
            "decision__number_key",
            "decision__signed_on",
        )
        for code, name, effect, replaces, number_key, signed_on in rows.iterator(chunk_size=2000):
            self.ended |= wanted.intersection(replaces)
            if code not in wanted:
                continue
            self.numbers.add((code, number_key))
            if signed_on:
                self.signed[code].append((signed_on, name))
            if effect == ItemEffect.ABOLISHED:
                self.ended.add(code)

    def explain(self, change: Change) -> bool:
        """By number where another one is named, else by a decision signed in between.

        A new name is explained as well by the decision that gave it, however long before.
        """
        if change.kind == AlarmKind.VANISHED:
            return change.code in self.ended
        if change.kind == AlarmKind.RENAMED and self.gave(
            change.code, change.after, on=change.seen_on
        ):
            return True
        named = decision_number_key(change.named_decision)
        if named and named != decision_number_key(change.earlier_decision):
            return (change.code, named) in self.numbers
        since = change.since or date.min
        return any(since < day <= change.seen_on for day, _name in self.signed[change.code])

    def gave(self, code: str, name: str, *, on: date) -> bool:
        """Whether the last decision on a code that was signed by a day gave it the name."""
        signed = [row for row in self.signed[code] if row[0] <= on]
        last = max((day for day, _name in signed), default=None)
        return any(day == last and _same(given, name) for day, given in signed)


def _same(name: str, other: str) -> bool:
    """Capitals and spaces are the typist's; a mark of Vietnamese is a change like any other."""
    return clean_line(name).casefold() == clean_line(other).casefold()
