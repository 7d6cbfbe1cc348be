"""Channels and costs of a public text in CPSV-AP: how to file, how long it takes, what it costs.

The vocabulary gives a channel one processing time, so each time limit of a way to file is a
channel of its own, and its fees point at it.
"""

from collections.abc import Iterator

from catalog.content import Content, Duration, Fee, FilingMethod, TimeOption
from publication.exports import concepts
from publication.exports.durations import (
    calendar_duration,
    option_in_words,
    plain_number,
    promised,
)
from publication.exports.fees import fee_in_words, value_of
from publication.exports.graph import Graph, Node
from publication.exports.public_text import Portal

_Offer = tuple[str, FilingMethod, TimeOption]


def channels(graph: Graph, portal: Portal, page: str, content: Content) -> list[str]:
    return [
        graph.add(
            {
                "id": f"{page}#{name}",
                "type": "cv:Channel",
                "identifier": name,
                "kind": concepts.channel_type(graph, portal, method.channel),
                "description": _in_words(method, option),
                **_time(graph, portal, f"{page}#{name}-thoi-han", promised(option)),
            }
        )
        for name, method, option in _offers(content)
    ]


def costs(graph: Graph, page: str, content: Content) -> list[str]:
    return [
        _cost(graph, page, name, fee, number)
        for name, _method, option in _offers(content)
        for number, fee in enumerate(option.fees, start=1)
    ]


def _offers(content: Content) -> Iterator[_Offer]:
    """Each way to file at each pace, by a name that lasts as long as the text."""
    for place, method in enumerate(content.filing_methods, start=1):
        for number, option in enumerate(method.options or (TimeOption(),), start=1):
            yield f"kenh-{place}-{number}", method, option


def _in_words(method: FilingMethod, option: TimeOption) -> str:
    name = concepts.CHANNEL_NAMES[method.channel]["vi"]
    return ". ".join(filter(None, [name, option_in_words(option)]))


def _time(graph: Graph, portal: Portal, address: str, time: Duration | None) -> Node:
    """The announced number and unit; as xsd:duration only where that says the same."""
    if time is None:
        return {}
    measured = graph.add(
        {
            "id": address,
            "type": "time:Duration",
            "numericDuration": plain_number(time.amount),
            "unitType": concepts.time_unit(graph, portal, time.unit),
        }
    )
    return {"processingTime": calendar_duration(time), "hasDuration": measured}


def _cost(graph: Graph, page: str, channel: str, fee: Fee, number: int) -> str:
    value = value_of(fee)
    return graph.add(
        {
            "id": f"{page}#{channel}-phi-{number}",
            "type": "cv:Cost",
            "identifier": f"{channel}-phi-{number}",
            "hasValue": value,
            "currency": None if value is None else concepts.currency(graph, fee.currency),
            "description": fee_in_words(fee),
            "ifAccessedThrough": f"{page}#{channel}",
            "validFrom": fee.valid_from,
            "validThrough": fee.valid_to,
        }
    )
