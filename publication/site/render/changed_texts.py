"""Pairs of public texts to lay side by side, read for many pages in two queries."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from publication.announced_text import read_text
from publication.models import Listing
from publication.site.render.difference import Change, Side, is_ended


def read_changes(keys: Sequence[str]) -> dict[str, Change]:
    """Changes by page key, code/yyyy-mm-dd of the newer text; a key without one is left out."""
    histories = _read_histories({key.partition("/")[0] for key in keys})
    places = {key: place for key in keys if (place := _place(histories, key))}
    wanted = {it.pk for history, at in places.values() for it in history[at - 1 : at + 1]}
    texts = dict(Listing.objects.filter(pk__in=wanted).values_list("pk", "text"))
    return {key: _change(history, at, texts) for key, (history, at) in places.items()}


_History = list[Listing]  # oldest first
_Texts = dict[int, dict[str, object]]


def _read_histories(codes: Iterable[str]) -> dict[str, _History]:
    listings = (
        Listing.objects.standing()
        .filter(procedure__code__in=list(codes), in_force_at__isnull=False)
        .select_related("decision")
        .defer("text")
        .order_by("code", "valid_from")
    )
    by_code: dict[str, _History] = {}
    for listing in listings:
        by_code.setdefault(listing.code, []).append(listing)
    return by_code


def _place(histories: dict[str, _History], key: str) -> tuple[_History, int] | None:
    """The history of a key's code and where in it the newer text stands, never first."""
    code, _, day = key.partition("/")
    history = histories.get(code, [])
    at = next((at for at, it in enumerate(history) if it.valid_from.isoformat() == day), 0)
    return (history, at) if at else None


def _change(history: _History, at: int, texts: _Texts) -> Change:
    after = at + 1
    return Change(
        older=_side(history, at - 1, texts),
        newer=_side(history, at, texts),
        beside=True,
        earlier_day=history[at - 1].valid_from if at > 1 else None,
        later_day=history[after].valid_from if after < len(history) else None,
    )


def _side(history: _History, at: int, texts: _Texts) -> Side:
    listing = history[at]
    return Side(
        text=read_text(texts[listing.pk]),
        digest=listing.digest,
        first_day=listing.valid_from,
        last_day=_last_day(history, at),
        ended=is_ended(listing.state),
        note=listing.change_note,
        decision=listing.decision.number,
        decision_slug=listing.decision.slug or "",
    )


def _last_day(history: _History, at: int) -> date | None:
    return history[at + 1].valid_from - timedelta(days=1) if at + 1 < len(history) else None
