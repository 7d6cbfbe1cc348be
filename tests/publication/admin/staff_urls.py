"""Every staff address there is, taken from the pages that are registered: no list kept by hand."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\[\^/\]\+\)")
_OWN = {"object_id", "pk", "id", ""}  # names of the parameter that is the key of the page's row


def pages() -> list[ModelAdmin]:
    return list(admin.site._registry.values())


def all_keys(model: type[Model]) -> list[Any]:
    """The keys of all rows, and of those that only history remembers."""
    keys = set(model._base_manager.values_list("pk", flat=True))
    if hasattr(model, "history"):
        keys |= set(model.history.values_list("id", flat=True))
    return sorted(keys)


def addresses(page: ModelAdmin) -> Iterator[tuple[str, Any]]:
    """(address, key of the page's own row or None) of every view of a page, for every row."""
    opts = page.model._meta
    for url in page.get_urls():
        route = str(url.pattern).lstrip("^").rstrip("$")
        names = [found[1] or "" for found in _PARAMETER.finditer(route)]
        for values in _values(page, names):
            path = route
            for value in values:
                path = _PARAMETER.sub(str(value), path, count=1)
            own = values[0] if names and names[0] in _OWN else None
            yield f"/admin/{opts.app_label}/{opts.model_name}/{path}", own


def _values(page: ModelAdmin, names: list[str]) -> Iterator[tuple[Any, ...]]:
    """Values for the parameters of an address, whosever they are."""
    if not names:
        yield ()
    elif len(names) == 1:
        keys = all_keys(page.model) if names[0] in _OWN else _every_key()
        yield from ((key,) for key in keys)
    else:
        assert len(names) == 2, "a view with three parameters: tell the walk what they are"
        yield from _states(page.model) if names[1] == "" else _rows_of_inlines(page)


def _every_key() -> list[Any]:
    return sorted({key for page in pages() for key in all_keys(page.model) if key != ""})


def _states(model: Any) -> Iterator[tuple[Any, Any]]:
    """Every record of history under its own row, and the first ones under another row's key."""
    other = all_keys(model)[-1]
    for place, record in enumerate(model.history.order_by("history_id")):
        yield record.id, record.pk
        if place < 3:
            yield other, record.pk


def _rows_of_inlines(page: ModelAdmin) -> Iterator[tuple[Any, Any]]:
    """Every row of an inline under the row it belongs to, and under another one."""
    other = all_keys(page.model)[-1]
    for inline in page.inlines:
        model: Any = inline.model
        link = next(field for field in model._meta.fields if field.related_model is page.model)
        for key, parent in model._base_manager.values_list("pk", link.attname):
            yield parent, key
            yield other, key


def site_addresses() -> list[str]:
    """What belongs to no page: front page, application pages, short cuts to public pages."""
    found = ["/admin/", "/admin/jsi18n/", "/admin/password_change/", "/admin/khong-co/"]
    found += [f"/admin/{label}/" for label in sorted({page.opts.app_label for page in pages()})]
    for page in pages():
        kind = ContentType.objects.get_for_model(page.model)
        found += [f"/admin/r/{kind.pk}/{key}/" for key in all_keys(page.model)]
    return found


def lookup_addresses(terms: list[str]) -> Iterator[str]:
    """The autocomplete of every relation of every registered model and inline."""
    models = {page.model for page in pages()}
    models |= {inline.model for page in pages() for inline in page.inlines}
    for model in sorted(models, key=lambda one: one._meta.label):
        for field in (*model._meta.fields, *model._meta.many_to_many):
            for term in terms if field.is_relation else ():
                yield (
                    f"/admin/autocomplete/?app_label={model._meta.app_label}"
                    f"&model_name={model._meta.model_name}&field_name={field.name}&term={term}"
                )


def list_address(page: ModelAdmin) -> str:
    return f"/admin/{page.opts.app_label}/{page.opts.model_name}/"


def text_lookups(model: type[Model]) -> Iterator[str]:
    """A filter typed into the address for every text of the row and of what it leads to."""
    for field in model._meta.get_fields():
        remote: Any = field.related_model if field.is_relation else None
        parts = remote._meta.fields if remote else [field]
        for part in parts:
            if not part.is_relation and part.get_internal_type() in ("CharField", "TextField"):
                yield (
                    f"{field.name}__{part.name}__startswith"
                    if remote
                    else f"{field.name}__startswith"
                )
