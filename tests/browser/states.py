"""Every public page in every state a citizen can meet, as {name: page}; no portal need run."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.cache import cache
from django.test import Client
from django.utils.timezone import now

from catalog.enums import Role
from catalog.models import Procedure
from publication.models import Listing, Report, Subscriber
from publication.report_acts import ask_sender, supply_more
from publication.search import index_file
from publication.search.build import catch_up
from publication.site.page import Page, PageKind
from publication.site.release import publish
from publication.site.render import render_page
from publication.voice.subscribing import make_confirm_token
from tests.factories import make_content, make_field, make_procedure, make_report, make_staff
from tests.publication.acts import announce
from tests.publication.site.render.pages import edition, every_page, make_province
from tests.publication.voice.forms import key_of, reported

_LONG = "làm giấy khai sinh cho con " * 20
# The searches of a citizen, by what they lead to.
_QUESTIONS: dict[str, dict[str, Any]] = {
    "search-empty": {},
    "search-results": {"q": "dang ky"},
    "search-filtered": {"q": "đăng ký", "level": ["province", "commune"], "audience": "citizen"},
    "search-filtered-away": {"q": "đăng ký", "level": "commune"},
    "search-mended": {"q": "đăng kí tạm chú mất bao nhiêu tiền"},
    "search-meant": {"q": "làm đám cưới"},
    "search-as-typed": {"q": "kết hôn", "dung-chu": "1"},
    "search-none": {"q": "zebra"},
    "search-too-long": {"q": _LONG},
}


def all_states() -> dict[str, bytes]:
    """All in Vietnamese, and every finished kind of page in English.

    Writes to the database and to PORTAL_SITE_DIR: give it a place of its own.
    """
    province = make_province()
    unavailable = _get("/tim-kiem/?q=khai", 503)  # before there is an index
    three_texts = _three_texts()
    _commoners()
    publish(now=now())
    catch_up()
    pages = [*every_page(province), *_more(three_texts)]
    english = [page.in_language("en") for page in _one_of_each_kind(pages)]
    made = {"search-unavailable": unavailable}
    made |= _finished([*_unlike(pages), *english]) | dict(_asked(three_texts.code))
    index_file.forget_reader()
    return made


def _one_of_each_kind(pages: list[Page]) -> list[Page]:
    return list({page.kind: page for page in pages}.values())


def _unlike(pages: list[Page]) -> list[Page]:
    """One page of each kind, and every page of those kinds that differ within."""
    many = {PageKind.PROCEDURE, PageKind.DIFFERENCE}
    return list(
        dict.fromkeys([*_one_of_each_kind(pages), *(it for it in pages if it.kind in many)])
    )


def _three_texts() -> Procedure:
    procedure = make_procedure(name="Đăng ký thường trú")
    days = (date(2024, 9, 5), date(2024, 9, 20), date(2024, 10, 3))
    for day, effect in zip(days, ("new", "amended", "amended"), strict=True):
        procedure.content = make_content(summary=f"Nộp trước ngày {day.day} hằng tháng.")
        procedure.save()
        announce(procedure, effect=effect, signed_on=day)
    return procedure


def _commoners() -> None:
    """Enough to be found by everyday words, over several pages and under many filters."""
    names = ["Đăng ký tạm trú", "Đăng ký kết hôn", *(f"Đăng ký nghề {n}" for n in range(12))]
    field = make_field("Nghề truyền thống")
    announce(*(make_procedure(name=name, field=field) for name in names))


def _more(three_texts: Procedure) -> list[Page]:
    internal = Procedure.objects.get(scope="internal")
    return [Page(PageKind.PROCEDURE, procedure.code) for procedure in (internal, three_texts)]


def _finished(pages: list[Page]) -> dict[str, bytes]:
    shown = edition()
    return {
        f"{page.kind}-{page.key}-{page.language}": render_page(page, edition=shown)
        for page in pages
    }


def _asked(code: str) -> Iterator[tuple[str, bytes]]:
    """What is made when asked for."""
    cache.clear()
    for name, question in _QUESTIONS.items():
        yield name, _get("/tim-kiem/", **question)
    texts = f"/thu-tuc/{code}"
    yield "day-before-the-first", _get(f"{texts}/2001-01-01/", 404)
    yield "day-to-come", _get(f"{texts}/2999-01-01/", 404)
    yield "day-not-understood", _get(f"{texts}/ngay/?ngay=qua", 400)
    yield "day-to-choose", _get(f"{texts}/ngay/")
    yield "two-texts", _get(f"{texts}/so-sanh/?tu=2024-09-05&den=2024-10-03")
    yield "api", _get("/api/v1/docs/")
    yield from _reports(code)
    yield from _subscriptions(code)


def _reports(code: str) -> Iterator[tuple[str, bytes]]:
    form, follow = f"/phan-anh/{code}/", "/phan-anh/theo-doi/"
    yield "report", _get(form)
    yield "report-wrong", _post(form, 400, part="", message="", contact="x", form_key="")
    sent = Client().post(form, reported())
    yield "report-sent", _get(sent["Location"])
    listing = Listing.objects.current().get(code=code)
    done: dict[str, Any] = {
        "state": "answered",
        "answer": "Đã sửa.\nXin cảm ơn.",
        "closed_at": now(),
    }
    yield "report-answered", _get(f"{follow}{make_report(listing, **done).reference}/")
    yield "report-late", _get(f"{follow}{make_report(listing).reference}/")
    yield from _questions_to_senders(make_report(listing), follow)
    yield "follow", _get(follow)
    yield "follow-wrong", _get(f"{follow}?ma=khong-phai-ma")


def _questions_to_senders(report: Report, follow: str) -> Iterator[tuple[str, bytes]]:
    clerk = make_staff(Role.CONTROLLER)
    ask_sender(report_id=report.pk, by=clerk, now=now(), question="Ở xã nào?\nNgày nào?")
    page = f"{follow}{report.reference}/"
    yield "report-asked", _get(page)
    yield "supply", _get(f"{page}bo-sung/")
    yield "supply-wrong", _post(f"{page}bo-sung/", 400, message="", form_key="")
    supply_more(reference=report.reference, words="Xã Hồng Phong", now=now())
    yield "report-supplied", _get(f"{page}?da-bo-sung")


def _subscriptions(code: str) -> Iterator[tuple[str, bytes]]:
    path = f"/nhan-tin/thu-tuc/{code}/"
    yield "subscribe", _get(path)
    yield "subscribe-wrong", _post(path, 400, email="lan", form_key=key_of())
    yield "subscribe-told", _post(path, 200, email="lan@example.com", form_key=key_of())
    subscriber = Subscriber.objects.get()
    link = f"/nhan-tin/xac-nhan/{make_confirm_token(subscriber, list(subscriber.wants.all()))}/"
    yield "confirm", _get(link)
    yield "confirmed", _post(link, 200)
    yield "confirm-link-too-old", _get("/nhan-tin/xac-nhan/cu/")
    leave = f"/nhan-tin/thoi-nhan/{subscriber.leave_key}/"
    yield "leave", _get(leave)
    yield "left", _post(leave, 200)


def _get(path: str, status: int = 200, **parameters: Any) -> bytes:
    return _content(Client().get(path, parameters or None), status)


def _post(path: str, status: int, **typed: str) -> bytes:
    return _content(Client().post(path, {"website": ""} | typed), status)


def _content(answer: Any, status: int) -> bytes:
    assert answer.status_code == status
    content: bytes = answer.content
    return content
