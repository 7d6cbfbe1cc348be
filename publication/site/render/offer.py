"""A procedure's filing methods, times and fees as rows to read, and the facts that stand first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext_lazy

from catalog.content import Channel, Content, Duration, Fee, FeeState, Part, Presence, TimeOption
from publication.announced_text import AnnouncedText
from publication.site.render.language import gettext
from publication.site.render.wording import (
    FEE_KINDS,
    NONE,
    UNKNOWN,
    duration,
    fee_amount,
    iso_day,
    listed,
    shortened,
)

_ADDRESS_LENGTH = 90
_Value = TypeVar("_Value")

CHANNELS = {
    Channel.DIRECT: gettext_lazy("Trực tiếp"),
    Channel.ONLINE: gettext_lazy("Trực tuyến"),
    Channel.POSTAL: gettext_lazy("Bưu chính"),
}
_ICONS = {Channel.DIRECT: "reception", Channel.ONLINE: "laptop", Channel.POSTAL: "mail"}


@dataclass(frozen=True)
class FeeLine:
    amount: str
    kind: str
    note: str
    period: str
    basis: str


@dataclass(frozen=True)
class OfferRow:
    """One way to file at one pace: a row of the table, a card on a phone."""

    channel: str
    icon: str
    time: str
    statutory: str  # the limit of the law, when the province promises a shorter one
    fees: tuple[FeeLine, ...]
    label: str
    note: str


@dataclass(frozen=True)
class Fact:
    icon: str
    title: str
    answer: str
    more: str
    announced: bool  # whether the answer is announced wording and not the portal's own
    known: bool = True


def offer_rows(content: Content) -> list[OfferRow]:
    """A row for each pace of each way to file; ways that offer the very same share their row."""
    shared: dict[OfferRow, list[Channel]] = {}
    for method in content.filing_methods:
        for option in method.options or (TimeOption(),):
            shared.setdefault(_row(option), []).append(method.channel)
    return [
        replace(row, channel=_channels(channels), icon=_ICONS[channels[0]])
        for row, channels in shared.items()
    ]


def facts(text: AnnouncedText) -> list[Fact]:
    """The four answers that stand first: how long, how much, where, what comes of it."""
    return [
        _time_fact(text.content),
        _fee_fact(text.content),
        _place_fact(text),
        _result_fact(text.content),
    ]


def time_in_brief(content: Content) -> str:
    """ "7 ngày làm việc", or the range of several; empty when the text has none."""
    times = _distinct(_limit(option) for _channel, option in _options(content))
    if not times:
        return ""
    units = {time.unit for time in times}
    if len(times) == 1 or len(units) > 1:
        return duration(times[0])
    least, most = min(times, key=_amount), max(times, key=_amount)
    return gettext("%(least)s đến %(most)s") % {
        "least": duration(least).split(" ")[0],
        "most": duration(most),
    }


def fee_in_brief(content: Content) -> str:
    """What it costs, for a line of a list; "" when nobody said."""
    fees = (fee for _channel, option in _options(content) for fee in option.fees)
    amounts = _distinct(fee_amount(fee) for fee in fees if fee.state is not FeeState.UNKNOWN)
    return gettext("Phí tùy trường hợp") if len(amounts) > 1 else "".join(amounts)


def _channels(channels: Iterable[Channel]) -> str:
    """ "Trực tiếp, bưu chính"; lines break between ways, never within one."""
    names = [str(CHANNELS[channel]).replace(" ", "\u00a0") for channel in dict.fromkeys(channels)]
    return ", ".join([names[0], *(name.lower() for name in names[1:])])


def _row(option: TimeOption) -> OfferRow:
    """What an option offers, whatever the way to file."""
    limit = _limit(option)
    shorter = option.local and option.statutory and option.local != option.statutory
    return OfferRow(
        channel="",
        icon="",
        time=duration(limit) if limit else "",
        statutory=duration(option.statutory) if shorter and option.statutory else "",
        fees=tuple(_fee_line(fee) for fee in option.fees),
        label=option.label,
        note=option.note,
    )


def _fee_line(fee: Fee) -> FeeLine:
    return FeeLine(
        amount=fee_amount(fee),
        kind=str(FEE_KINDS[fee.kind]) if fee.state is FeeState.AMOUNT else "",
        note=fee.note,
        period=_period(fee),
        basis=fee.basis,
    )


def _period(fee: Fee) -> str:
    if fee.valid_from and fee.valid_to:
        return gettext("từ %(first)s đến hết %(last)s") % {
            "first": iso_day(fee.valid_from),
            "last": iso_day(fee.valid_to),
        }
    if fee.valid_from:
        return gettext("từ %(first)s") % {"first": iso_day(fee.valid_from)}
    if fee.valid_to:
        return gettext("đến hết %(last)s") % {"last": iso_day(fee.valid_to)}
    return ""


def _time_fact(content: Content) -> Fact:
    brief = time_in_brief(content)
    times = _distinct(_limit(option) for _channel, option in _options(content))
    if len(times) > 1:
        more = gettext("tùy cách nộp và trường hợp")
    elif any(_is_shorter(option) for _channel, option in _options(content)):
        more = gettext("ngắn hơn thời hạn luật định")
    else:
        more = gettext("từ khi nhận đủ hồ sơ hợp lệ")
    in_words = Part.PROCESSING_TIME in content.as_written or any(
        option.note for _channel, option in _options(content)
    )
    return _fact("clock", gettext("Thời hạn giải quyết"), brief, more, in_words=in_words)


def _fee_fact(content: Content) -> Fact:
    fees = [(channel, fee) for channel, option in _options(content) for fee in option.fees]
    known = [(channel, fee) for channel, fee in fees if fee.state is not FeeState.UNKNOWN]
    title = gettext("Phí, lệ phí")
    if not known:
        return _fact("receipt", title, "", "", in_words=Part.FEES in content.as_written)
    amounts = _distinct(fee_amount(fee) for _channel, fee in known)
    if len(amounts) == 1:
        everywhere = len({channel for channel, _fee in known}) > 1
        more = gettext("ở mọi cách nộp") if everywhere else ""
    elif len(amounts) == 2:
        channels = {channel for channel, fee in known if fee_amount(fee) == amounts[1]}
        more = gettext("hoặc %(amount)s (%(how)s)") % {
            "amount": amounts[1][:1].lower() + amounts[1][1:],
            "how": listed(
                str(CHANNELS[channel]).lower() for channel in CHANNELS if channel in channels
            ),
        }
    else:
        more = gettext("tùy trường hợp: %(count)s mức") % {"count": len(amounts)}
    return _fact("receipt", title, amounts[0], more)


def _place_fact(text: AnnouncedText) -> Fact:
    places = _distinct(
        agency.name
        for role in ("reception", "handling", "competent")
        for agency in text.agencies
        if agency.role == role
    ) or _address_in_brief(text.content)
    channels = _distinct(str(CHANNELS[method.channel]) for method in text.content.filing_methods)
    how = listed([channels[0], *(channel.lower() for channel in channels[1:])]) if channels else ""
    return _fact(
        "pin", gettext("Nơi nộp"), places[0] if places else "", how, announced=bool(places)
    )


def _address_in_brief(content: Content) -> list[str]:
    first = content.reception_address.split("\n")[0]
    return [shortened(first, _ADDRESS_LENGTH)] if first else []


def _result_fact(content: Content) -> Fact:
    title = gettext("Kết quả")
    results = content.results
    if results.presence is Presence.DECLARED_NONE:
        return Fact("result", title, str(NONE), "", announced=False)
    if not results.items:
        return _fact("result", title, "", "", in_words=Part.RESULTS in content.as_written)
    others = len(results.items) - 1
    more = gettext("và %(count)s kết quả khác") % {"count": others} if others else ""
    return _fact("result", title, results.items[0].name.split("\n")[0], more, announced=True)


def _fact(
    icon: str,
    title: str,
    answer: str,
    more: str,
    *,
    announced: bool = False,
    in_words: bool = False,
) -> Fact:
    """An answer; without one, that the text says it in words, or that it is unknown."""
    if answer:
        return Fact(icon, title, answer, more, announced)
    if in_words:
        return Fact(icon, title, gettext("Theo nội dung bên dưới"), "", announced=False)
    return Fact(icon, title, str(UNKNOWN), "", announced=False, known=False)


def _options(content: Content) -> Iterator[tuple[Channel, TimeOption]]:
    for method in content.filing_methods:
        for option in method.options:
            yield method.channel, option


def _limit(option: TimeOption) -> Duration | None:
    return option.local or option.statutory


def _is_shorter(option: TimeOption) -> bool:
    return bool(option.local and option.statutory and option.local != option.statutory)


def _amount(time: Duration) -> Decimal:
    return time.amount


def _distinct(values: Iterable[_Value | None]) -> list[_Value]:
    """The values in their order, each once, without the empty ones."""
    return list(dict.fromkeys(value for value in values if value))
