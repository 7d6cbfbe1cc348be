"""What a request for a list asks for, checked as a whole before anything is read."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from publication.api.cursors import After, CursorError, From, read_cursor
from publication.api.filters import SLUGS, ProcedureFilters
from publication.api.problems import bad_request, parameter_error
from publication.models import Listing
from publication.querysets import ListingQuerySet
from publication.search.question import MAX_QUESTION_CHARS

PAGE_SIZE, LARGEST_PAGE = 50, 200
_OWN = ("q", "cursor", "page_size")
_ALLOWED = tuple(sorted({*ProcedureFilters.base_filters, *_OWN}))


@dataclass(frozen=True)
class Asked:
    """`filters` holds the filters given, each with its values; `listings` are those that fit."""

    q: str
    filters: dict[str, list[str]]
    page_size: int
    cursor: After | From | None
    listings: ListingQuerySet


def read_parameters(parameters: QueryDict) -> Asked:
    """Raises Problem (400) that names every wrong parameter."""
    errors = refuse_unknown(parameters, _ALLOWED)
    errors += [
        parameter_error(name, gettext("Tham số “%(name)s” chỉ được ghi một lần.") % {"name": name})
        for name in _OWN
        if len(parameters.getlist(name)) > 1
    ]
    listings, filters = Listing.objects.current(), dict[str, list[str]]()
    if ProcedureFilters.base_filters.keys() & parameters.keys():
        # Making the form costs as much as reading fifty rows, and most requests filter nothing.
        listings, filters, wrong = _filtered(parameters)
        errors += wrong
    q, page_size, cursor = parameters.get("q", ""), PAGE_SIZE, None
    if len(q) > MAX_QUESTION_CHARS:
        text = gettext("“q” dài quá %(most)s ký tự.") % {"most": MAX_QUESTION_CHARS}
        errors.append(parameter_error("q", text))
    if given := parameters.get("page_size"):
        page_size, errors = _page_size(given, errors)
    if given := parameters.get("cursor"):
        cursor, errors = _cursor(given, errors, ranked=bool(q.strip()))
    if errors:
        raise bad_request(errors)
    return Asked(
        q=q.strip(),
        filters=filters,
        page_size=page_size,
        cursor=cursor,
        listings=listings,
    )


def refuse_unknown(parameters: QueryDict, allowed: Collection[str]) -> list[dict[str, Any]]:
    """An error for each parameter that the address does not know: a typing slip must not widen."""
    return [
        parameter_error(
            name[:60],
            gettext("Không có tham số “%(name)s”.") % {"name": name[:60]},
            allowed=sorted(allowed),
        )
        for name in parameters
        if name not in allowed
    ]


def _filtered(
    parameters: QueryDict,
) -> tuple[ListingQuerySet, dict[str, list[str]], list[dict[str, Any]]]:
    """The listings that fit, the filters in use, and the errors that make both void."""
    filter_set = ProcedureFilters(data=parameters, queryset=Listing.objects.current())
    form = filter_set.form
    if form.is_valid():
        chosen = {name: list(values) for name, values in form.cleaned_data.items() if values}
        return filter_set.qs, chosen, []
    return filter_set.queryset, {}, _wrong_values(form)


def _wrong_values(form: Any) -> list[dict[str, Any]]:
    return [
        parameter_error(
            name,
            gettext("“%(value)s” không phải giá trị của “%(name)s”.")
            % {"value": ", ".join(form[name].value())[:60], "name": name},
            allowed=None if name in SLUGS else [key for key, _ in form.fields[name].choices],
        )
        for name in form.errors
    ]


def _page_size(text: str, errors: list[dict[str, Any]]) -> tuple[int, list[dict[str, Any]]]:
    if text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= LARGEST_PAGE:
        return int(text), errors
    problem = gettext("“page_size” phải là số nguyên từ 1 đến %(most)s.") % {"most": LARGEST_PAGE}
    return PAGE_SIZE, [*errors, parameter_error("page_size", problem)]


def _cursor(
    text: str, errors: list[dict[str, Any]], *, ranked: bool
) -> tuple[After | From | None, list[dict[str, Any]]]:
    """A cursor of a ranked list does not fit an ordered one, nor the other way round."""
    try:
        cursor = read_cursor(text)
    except CursorError:
        cursor = None
    if isinstance(cursor, From if ranked else After):
        return cursor, errors
    problem = gettext("“cursor” không phải con trỏ lấy từ “next” của chính danh sách này.")
    return None, [*errors, parameter_error("cursor", problem)]
