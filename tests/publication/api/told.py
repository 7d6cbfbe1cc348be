"""Rows that make every part of every answer of the API, at the addresses of the examples."""

from tests.factories import (
    make_agency,
    make_announcement,
    make_field,
    make_life_event,
    make_ministry_decision,
    make_procedure,
)
from tests.publication.acts import issue


def make_everything_told():
    """The ministry's decision, and the province's that answers it."""
    item = make_ministry_decision(codes=["1.004873"]).items.get()
    procedure = make_procedure(
        "1.004873",
        name="Đăng ký kết hôn",
        levels=["commune"],
        field=make_field("Hộ tịch", slug="ho-tich"),
        lead_agency=make_agency("Sở Tư pháp", slug="so-tu-phap"),
    )
    procedure.life_events.add(make_life_event(slug="co-con-nho"))
    decision = make_announcement(procedures=[procedure])
    decision.items.update(answers=item)
    issue(decision, number="3218/QĐ-UBND")
    decision.refresh_from_db()
    return item.decision, decision
