"""Slugs of filters: those under which nothing is public are refused, never passed over."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.utils.translation import gettext

from publication.api.asked import Asked
from publication.api.filters import SLUGS
from publication.api.problems import bad_request, parameter_error
from publication.models import ListingShelf
from publication.search.find import choices


def refuse_strangers(asked: Asked, known: Callable[[str], set[str]]) -> None:
    """Raises Problem (400): a slug that names nothing is more likely a slip than a wish."""
    errors = []
    for shelf in SLUGS:
        wanted = set(asked.filters.get(shelf, ()))
        if wanted and (strangers := sorted(wanted - (keys := known(shelf)))):
            problem = gettext("“%(value)s” không phải giá trị của “%(name)s”.")
            words = problem % {"value": ", ".join(strangers)[:60], "name": shelf}
            errors.append(parameter_error(shelf, words, allowed=sorted(keys)))
    if errors:
        raise bad_request(errors)


def indexed_slugs(shelf: str) -> set[str]:
    """Raises SearchUnavailable."""
    return {key for key, _ in choices(shelf)}


def current_slugs(shelf: str) -> set[str]:
    """Of the texts that are public now."""
    return _slugs(ListingShelf.objects.filter(shelf=shelf, listing__is_current=True))


def past_slugs(shelf: str) -> set[str]:
    """Of the texts that are or have been public."""
    return _slugs(ListingShelf.objects.filter(shelf=shelf, listing__in_force_at__isnull=False))


def _slugs(places: "QuerySet[ListingShelf]") -> set[str]:
    return set(places.values_list("key", flat=True).distinct())
