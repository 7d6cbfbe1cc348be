"""The API's list of 50, detail, changes and search against a stock ModelViewSet and Datasette.

    uv run python -m benchmarks.api_list [--procedures 2600] [--times 10] [--requests 200]

Both run in one process through Django's request handling, in turns, so that other work on the
machine falls on both alike. The stock view has the same fields by serializers, select_related and
DRF's own cursor pages and search in names: what one would write first. The API's search asks its
index by words, made before: minutes at 26,000 procedures. Datasette, where it is installed,
is asked in the same process over the same file (datasette_list.py).
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from benchmarks.apart import fill_database, quantiles, run_apart


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--procedures", type=int, default=2600)
    parser.add_argument("--times", type=int, default=10, help="0 measures one size only")
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        os.environ["PORTAL_API_PER_MINUTE"] = "10000000"  # counted, and never over
        fill_database(procedures=options.procedures, seed=options.seed)
        print(json.dumps({"procedures": options.procedures} | _measure(options.requests)))
        return
    for times in sorted({1, options.times or 1}):
        arguments = ["--alone", "--procedures", str(options.procedures * times)]
        arguments += ["--requests", str(options.requests), "--seed", str(options.seed)]
        print(json.dumps(run_apart("benchmarks.api_list", arguments), indent=1))


def _measure(requests: int) -> dict[str, Any]:
    from rest_framework.test import APIRequestFactory

    from publication.api.changes import ChangeList
    from publication.api.procedure import ProcedureDetail
    from publication.api.procedures import ProcedureList
    from publication.api.searching import SearchView
    from publication.models import Listing
    from publication.search.build import catch_up

    catch_up()
    factory = APIRequestFactory(headers={"host": "localhost"})
    texts = Listing.objects.current().order_by("sort_key")
    code, name = texts.values_list("code", "name")[100]
    asked = " ".join(name.split()[:4])
    question = f"?{urlencode({'q': asked, 'page_size': 50})}"
    listed = "/api/v1/procedures/"
    known = _call(ProcedureList.as_view(), factory.get(listed))["ETag"]
    headers = {"HTTP_IF_NONE_MATCH": known}
    views = {
        "list": (ProcedureList.as_view(), listed, {}, {}),
        "stock list": (_stock_view(), listed, {}, {}),
        "list, client's copy good": (ProcedureList.as_view(), listed, headers, {}),
        "list, three columns": (ProcedureList.as_view(), f"{listed}?fields=code,name,url", {}, {}),
        "list of a day": (ProcedureList.as_view(), f"{listed}?on={_today()}", {}, {}),
        "detail": (ProcedureDetail.as_view(), f"{listed}{code}/", {}, {"code": code}),
        "changes": (ChangeList.as_view(), "/api/v1/changes/?after=1000", {}, {}),
        "search": (SearchView.as_view(), f"/api/v1/search/{question}", {}, {}),
        "stock search": (_stock_view(), f"{listed}?{urlencode({'search': asked})}", {}, {}),
    }
    calls = {
        name: partial(_ask, factory, view, address, extra, arguments)
        for name, (view, address, extra, arguments) in views.items()
    } | _datasette(code, asked)
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for _turn in range(requests):
        for name, call in calls.items():
            started = time.process_time()
            call()
            seconds[name].append(time.process_time() - started)
    return {name: _figures(taken) for name, taken in seconds.items()} | {
        "whole list, NDJSON": _whole_list(factory)
    }


def _ask(factory: Any, view: Any, address: str, extra: Any, arguments: Any) -> Any:
    return _call(view, factory.get(address, **extra), **arguments)


def _datasette(code: str, asked: str) -> dict[str, Callable[[], Any]]:
    from django.db import connection

    from benchmarks.datasette_list import datasette_calls

    if connection.vendor != "sqlite":
        return {}
    # SQLite itself takes two slashes for one; Datasette takes them for a machine's name.
    path = f"/{str(connection.settings_dict['NAME']).lstrip('/')}"
    return datasette_calls(path, code=code, asked=asked)


def _today() -> str:
    from django.utils.timezone import localdate

    return localdate().isoformat()


def _whole_list(factory: Any) -> dict[str, float]:
    """Read to its end, once."""
    from publication.api.procedures import ProcedureList

    request = factory.get("/api/v1/procedures/?format=ndjson")
    started = time.process_time()
    size = len(b"".join(ProcedureList.as_view()(request)))
    return {"seconds": round(time.process_time() - started, 3), "megabytes": round(size / 1e6, 2)}


def _call(view: Any, request: Any, **arguments: str) -> Any:
    response = view(request, **arguments)
    if hasattr(response, "render"):
        response.render()
    return response


def _figures(taken: list[float]) -> dict[str, float]:
    per_second = len(taken) / sum(taken)
    return {"requests_per_cpu_second": round(per_second, 1)} | quantiles(taken)


def _stock_view() -> Any:
    from rest_framework import serializers
    from rest_framework.filters import SearchFilter
    from rest_framework.pagination import CursorPagination
    from rest_framework.viewsets import ReadOnlyModelViewSet

    from publication.models import AnnouncementDecision, Listing

    class Decision(serializers.ModelSerializer):
        url = serializers.CharField(source="get_absolute_url")

        class Meta:
            model = AnnouncementDecision
            fields = ["number", "signed_on", "url"]

    class Row(serializers.ModelSerializer):
        levels = serializers.JSONField(source="text.levels")
        audiences = serializers.JSONField(source="text.audiences")
        field = serializers.JSONField(source="text.field")
        lead_agency = serializers.JSONField(source="text.lead_agency")
        decision = Decision()
        url = serializers.CharField(source="get_absolute_url")

        class Meta:
            model = Listing
            fields = [
                "code", "name", "kind", "online_level", "levels", "audiences", "field",
                "lead_agency", "state", "valid_from", "decision", "digest", "url",
            ]  # fmt: skip

    class Pages(CursorPagination):
        page_size = 50
        ordering = ("sort_key", "code")

    class Stock(ReadOnlyModelViewSet):
        queryset = Listing.objects.current().select_related("decision")
        serializer_class = Row
        pagination_class = Pages
        filter_backends = (SearchFilter,)
        search_fields = ("name",)

    return Stock.as_view({"get": "list"})


if __name__ == "__main__":
    sys.exit(main())
