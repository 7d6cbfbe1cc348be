"""Datasette over the benchmark's own database file: what one would put before the tables at once.

It is no dependency of the portal. With it installed beside,
`uv run --with datasette python -m benchmarks.api_list` measures it too.
"""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

# Rows as they are stored, without counts and facets: the least work that Datasette can be given.
_LIST = (
    "/portal/publication_listing.json?_shape=array&_size=50&_col=row&is_current=1"
    "&_sort=sort_key&_nocount=1&_nofacet=1"
)
_DETAIL = "/portal/publication_listing.json?_shape=array&_nocount=1&_nofacet=1&is_current=1&code="
_CHANGES = (
    "/portal/publication_publicationevent.json?_shape=array&_size=50&_sort=sequence"
    "&sequence__gt=1000&_nocount=1&_nofacet=1"
)
_SEARCH = f"{_LIST}&name__contains="


def datasette_calls(database: str, *, code: str, asked: str) -> dict[str, Callable[[], Any]]:
    """A list, one procedure, changes, names with some words; empty without Datasette."""
    try:
        from datasette.app import Datasette
    except ImportError:
        return {}
    loop = asyncio.new_event_loop()
    served = Datasette([database], settings={"max_returned_rows": 1000})
    loop.run_until_complete(served.invoke_startup())

    def asking(address: str) -> Callable[[], Any]:
        def ask() -> Any:
            response = loop.run_until_complete(served.client.get(address))
            assert response.status_code == 200, response.text[:300]
            return response

        assert ask().json(), f"no rows at {address}"
        return ask

    return {
        "Datasette list": asking(_LIST),
        "Datasette detail": asking(f"{_DETAIL}{code}"),
        "Datasette changes": asking(_CHANGES),
        "Datasette search": asking(f"{_SEARCH}{quote(asked)}"),
    }
