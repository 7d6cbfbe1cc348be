"""What a request for a list of procedures asks for, checked as a whole before anything is read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from publication.api.cursors import After, From
from publication.api.filters import SLUGS, ProcedureFilters
from publication.api.formats import CSV, FORMATS, HTML, JSON
from publication.api.parameters import LARGEST_PAGE, Reader
from publication.api.problems import parameter_error
from publication.models import Listing
from publication.querysets import ListingQuerySet
from publication.search.question import MAX_QUESTION_CHARS
from publication.summary import Summary

FIELDS = tuple(Summary.__annotations__)
EXPAND = ("text",)
# A text has 20 KB in the middle and 400 at most: a page of them should still be a page.
LARGEST_PAGE_OF_TEXTS = 50
_FILTERS = tuple(ProcedureFilters.base_filters)
_OWN = ("q", "on", "fields", "expand", "format", "cursor", "page_size")
_PAGING = ("cursor", "page_size", "q")


@dataclass(frozen=True)
class Asked:
    """`filters` holds the filters given, each with its values; `listings` are those that fit.

    `fields` are the columns wanted, all when empty; `format` is one of formats.FORMATS.
    """

    q: str
    on: date | None
    filters: dict[str, list[str]]
    fields: tuple[str, ...]
    expand: tuple[str, ...]
    format: str
    page_size: int
    cursor: After | From | None
    listings: ListingQuerySet

    @property
    def is_plain(self) -> bool:
        """Whether the rows are wanted just as they are stored."""
        return not self.fields and not self.expand


def read_parameters(parameters: QueryDict, *, format: str, today: date) -> Asked:
    """Raises Problem (400) that names every wrong parameter.

    `format` is what the client accepts; the parameter of that name overrides it.
    """
    reader = Reader(parameters, (*_FILTERS, *_OWN), repeatable=_FILTERS)
    q, on = _question(reader), reader.past_day("on", today=today)
    format = reader.word("format", FORMATS) or format
    expand = reader.words("expand", EXPAND)
    listings = Listing.objects.shown_on(on=on) if on else Listing.objects.current()
    filters = dict[str, list[str]]()
    if ProcedureFilters.base_filters.keys() & parameters.keys():
        # Making the form costs as much as reading fifty rows, and most requests filter nothing.
        listings, filters, wrong = _filtered(parameters, listings)
        reader.errors += wrong
    if q and (on or expand):
        words = gettext("“q” tìm trong các bản đang công khai, không đi cùng “on” hoặc “expand”.")
        reader.note("q", words)
    if format != JSON:
        _refuse_paging(reader)
    if format == CSV and expand:
        reader.note("expand", gettext("CSV không chứa được văn bản đầy đủ: dùng NDJSON."))
    if format == HTML:
        _check_fragment(reader, filters)
    asked = Asked(
        q=q,
        on=on,
        filters=filters,
        fields=reader.words("fields", FIELDS),
        expand=expand,
        format=format,
        page_size=reader.page_size(most=LARGEST_PAGE_OF_TEXTS if expand else LARGEST_PAGE),
        cursor=reader.cursor(From) if q else reader.cursor(After),
        listings=listings,
    )
    reader.check()
    return asked


def _question(reader: Reader) -> str:
    q = reader.parameters.get("q", "")
    if len(q) > MAX_QUESTION_CHARS:
        text = gettext("“q” dài quá %(most)s ký tự.") % {"most": MAX_QUESTION_CHARS}
        reader.note("q", text)
    return q.strip()


def _refuse_paging(reader: Reader) -> None:
    """The whole list comes in one answer: a page of it would look like all of it."""
    for name in _PAGING:
        if reader.parameters.get(name):
            words = gettext(
                "“%(name)s” không đi cùng CSV, NDJSON và HTML, vì chúng trả lời trọn bộ."
            )
            reader.note(name, words % {"name": name})


def _check_fragment(reader: Reader, filters: dict[str, list[str]]) -> None:
    """A list to embed is one agency's or one field's: short enough for every visitor to fetch."""
    for name in ("fields", "expand"):
        if name in reader.parameters:
            words = gettext("“%(name)s” không đi cùng HTML, vì danh sách này chỉ có tên và mã.")
            reader.note(name, words % {"name": name})
    if not filters.keys() & {"agency", "field"}:
        words = gettext("HTML là danh sách để nhúng: hãy nêu “agency” hoặc “field”.")
        reader.note("format", words)


def _filtered(
    parameters: QueryDict, listings: ListingQuerySet
) -> tuple[ListingQuerySet, dict[str, list[str]], list[dict[str, Any]]]:
    """The listings that fit, the filters in use, and the errors that make both void."""
    filter_set = ProcedureFilters(data=parameters, queryset=listings)
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
