"""The synthetic register: the real shape, one seed one register, the acts' own listings."""

from collections.abc import Callable
from statistics import median, quantiles
from typing import Any

import pytest
from django.db import transaction

from benchmarks.synthetic import write_register
from benchmarks.synthetic_shape import Shape
from catalog.content import Content
from catalog.models import Procedure
from publication.events import verify_chain
from publication.models import Listing, ListingShelf, PublicationEvent


def _in_an_undone_transaction(look: Callable[[], Any]) -> Any:
    with transaction.atomic():
        seen = look()
        transaction.set_rollback(True)
    return seen


def _public_rows() -> dict[str, list[tuple[Any, ...]]]:
    listing = ("code", "name", "state", "valid_from", "is_current", "in_force_at", "digest")
    more = ("sort_key", "kind", "online_level", "decision__number", "decision__frozen_digest")
    shelf = ("listing__code", "shelf", "key", "is_current", "sort_key")
    events = PublicationEvent.objects.values_list("sequence", "kind", "code", "payload__digest")
    return {
        "listings": list(Listing.objects.order_by("code").values_list(*listing, *more)),
        "shelves": sorted(ListingShelf.objects.values_list(*shelf)),
        "events": list(events),
    }


@pytest.mark.django_db
def test_bulk_issuing_writes_what_the_acts_write():
    def write(issuing: Any) -> dict[str, list[tuple[Any, ...]]]:
        write_register(procedures=12, seed=7, issuing=issuing)
        assert list(verify_chain()) == []
        return _public_rows()

    by_acts = _in_an_undone_transaction(lambda: write("acts"))
    in_bulk = _in_an_undone_transaction(lambda: write("bulk"))
    assert len(in_bulk["listings"]) == 12
    assert in_bulk == by_acts


@pytest.mark.django_db
def test_one_seed_gives_one_register_and_another_seed_another():
    def write(seed: int) -> list[tuple[str, str, dict[str, Any]]]:
        write_register(procedures=5, seed=seed, issuing="none")
        return list(Procedure.objects.order_by("code").values_list("code", "name", "content"))

    first = _in_an_undone_transaction(lambda: write(1))
    again = _in_an_undone_transaction(lambda: write(1))
    other = _in_an_undone_transaction(lambda: write(2))
    assert first == again
    assert first != other


@pytest.mark.django_db
def test_a_register_that_holds_something_is_left_alone():
    write_register(procedures=1, issuing="none")
    with pytest.raises(SystemExit, match="not empty"):
        write_register(procedures=1)
    assert Procedure.objects.count() == 1


def test_decisions_have_the_sizes_of_the_real_ones():
    # Real: 382 decisions for 2,642 procedures; median 3, 95th percentile 24, at most 100.
    sizes = list(Shape(1).decision_sizes(2642))
    assert sum(sizes) == 2642
    assert 300 <= len(sizes) <= 480
    assert median(sizes) == 3
    assert 18 <= quantiles(sizes, n=20)[-1] <= 30
    assert max(sizes) <= 100


def test_texts_have_the_lengths_of_the_real_ones():
    # Real: median 9,000 and 95th percentile 30,000 characters.
    shape = Shape(1)
    lengths = [len(Content.model_validate(shape.content()).model_dump_json()) for _ in range(300)]
    assert 7_500 <= median(lengths) <= 10_500
    assert 25_000 <= quantiles(lengths, n=20)[-1] <= 36_000
