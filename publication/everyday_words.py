"""The everyday words a portal knows: those it begins with, and those its staff keep."""

from collections.abc import Iterable, Iterator
from typing import Any

from publication.search.everyday import Meant, default_pairs, phrase_key


def words_in_use() -> Iterator[Meant]:
    """The phrases that questions are read with."""
    from publication.models import EverydayWord

    rows = EverydayWord.objects.filter(in_use=True).order_by("key")
    for phrase, meaning in rows.values_list("phrase", "meaning"):
        yield Meant(phrase, meaning)


def add_shipped_words() -> list[Meant]:
    """Give the table the shipped phrases that it has no row of, in use or not; those it got.

    Rows that staff changed or set out of use stay as they are; one they deleted comes back.
    """
    from publication.models import EverydayWord

    known = set(EverydayWord.objects.values_list("key", flat=True))
    missing = [one for one in default_pairs() if phrase_key(one.phrase) not in known]
    EverydayWord.objects.bulk_create(_rows(EverydayWord, missing))
    return missing


def install_everyday_words(**signal: Any) -> None:
    """Fill an empty table; from then on it belongs to the staff, and nothing comes back to it."""
    from django.apps import apps as today  # apps are ready only when called

    try:
        # A run that stops at an older schema has no such table yet.
        model: Any = (signal.get("apps") or today).get_model("publication", "EverydayWord")
    except LookupError:
        return
    rows = model._default_manager.using(signal.get("using", "default"))
    if rows.exists():
        return
    rows.bulk_create(_rows(model, default_pairs()))


def _rows(model: Any, pairs: Iterable[Meant]) -> list[Any]:
    return [
        model(phrase=one.phrase, key=phrase_key(one.phrase), meaning=one.meaning) for one in pairs
    ]
