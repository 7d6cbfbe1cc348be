"""What stands on the sheet: the announced text as words in order, for the template to set.

In Vietnamese only: it is the announced text, for a desk or a file.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from catalog.content import Content, Paper, Part, Presence
from catalog.enums import Audience
from publication.announced_text import AnnouncedForm, AnnouncedText
from publication.site.asked.twins import Twin
from publication.site.page import Page, PageKind
from publication.site.render import body, offer
from publication.site.render.frame import portal_name
from publication.site.render.kinds import tags
from publication.site.render.language import gettext, label, speaking
from publication.site.render.qr import qr_path
from publication.site.render.wording import NONE, UNKNOWN, capitalised, day, iso_day, listed

Sheet = dict[str, Any]

_LONG_WORD = re.compile(r"\S{25,}")
_PIECE = re.compile(r".{1,12}")
# Bullets of Wingdings, as Word files leave them: no other font has them.
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")


def sheet_of(twin: Twin) -> Sheet:
    """All that sheet.typ reads, as plain JSON."""
    with speaking("vi"):
        text = twin.text
        address = settings.PORTAL_URL + Page(PageKind.PROCEDURE, text.code).path
        side, path = qr_path(address)
        return {
            "portal": portal_name(),
            "authority": settings.PORTAL_AUTHORITY,
            "address": address,
            "qr": _drawing(side, path),
            "code": text.code,
            "name": text.name,
            "tags": [tag.label for tag in tags(text.kind, text.online_level, text.levels)],
            "standing": _standing(twin),
            "seal": _seal(twin),
            "summary": _lines(text.content.summary),
            "meta": _meta(text),
            "facts": [_fact(fact) for fact in offer.facts(text)],
            "parts": [part for part in _parts(text) if part],
            "valid_from": twin.document["valid_from"],
        }


def _drawing(side: int, path: str) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
    return f'{head}<path d="{path}"/></svg>'


def _standing(twin: Twin) -> str:
    """What must be seen before all else of a text that holds no longer."""
    span = twin.span
    if span.is_ended:
        return gettext("THỦ TỤC ĐÃ HẾT HIỆU LỰC từ ngày %(day)s") % {"day": day(span.first_day)}
    if span.last_day:
        words = gettext("BẢN CŨ, không còn áp dụng: có giá trị từ ngày %(first)s đến hết %(last)s")
        return words % {"first": day(span.first_day), "last": day(span.last_day)}
    return ""


def _seal(twin: Twin) -> dict[str, str]:
    decision = twin.document["decision"]
    span = twin.span
    first = {"first": day(span.first_day), "last": day(span.last_day)}
    return {
        "words": (
            gettext("Bãi bỏ theo Quyết định số")
            if span.is_ended
            else gettext("Khớp với Quyết định công bố số")
        ),
        "number": decision["number"],
        "signed": gettext("ngày %(day)s") % {"day": iso_day(decision["signed_on"])},
        "issuer": decision["issuer"],
        "span": (
            gettext("từ %(first)s đến hết %(last)s") % first
            if span.last_day
            else gettext("từ %(first)s") % first
        ),
        "digest": span.digest,
    }


def _meta(text: AnnouncedText) -> list[list[str]]:
    audiences = capitalised(listed(label(Audience(it)) for it in text.audiences))
    return [
        [gettext("Dành cho"), audiences or str(UNKNOWN)],
        [gettext("Lĩnh vực"), "; ".join(field.name for field in text.fields)],
    ]


def _fact(fact: offer.Fact) -> dict[str, str]:
    return {"title": fact.title, "answer": fact.answer, "more": fact.more}


def _parts(text: AnnouncedText) -> list[dict[str, Any]]:
    content = text.content
    return [
        _part(gettext("Cách nộp, thời hạn, phí"), "offers", _offers(content),
              content, Part.FILING_METHODS, Part.PROCESSING_TIME, Part.FEES),
        _part(gettext("Địa chỉ tiếp nhận"), "lines", _lines(content.reception_address)),
        _part(_papers_title(content), "papers", _papers(text),
              content, Part.PAPERS, Part.FORMS),
        _part(gettext("Tải mẫu đơn, tờ khai"), "forms", _forms(text)),
        _part(gettext("Các bước thực hiện"), "steps", _steps(content), content, Part.STEPS),
        _part(gettext("Điều kiện"), "lines", _conditions(content), content, Part.CONDITIONS),
        _part(gettext("Kết quả"), "lines", _results(content), content, Part.RESULTS),
        _part(gettext("Cơ quan thực hiện"), "pairs", _roles(text)),
        _part(gettext("Căn cứ pháp lý"), "pairs", _bases(content), content, Part.LEGAL_BASES),
    ]  # fmt: skip


def _part(
    title: str, kind: str, rows: list[Any], content: Content | None = None, *sources: Part
) -> dict[str, Any]:
    """A part with its rows and, where the source could not be told apart, its own words."""
    written = content.as_written if content else {}
    words = dict.fromkeys(written[it] for it in sources if it in written)
    lines = [line for text in words for line in _lines(text)]
    if not rows and not lines and not sources:
        return {}
    missing = "" if rows or lines else str(UNKNOWN)
    return {"title": title, "kind": kind, "rows": rows, "lines": lines, "missing": missing}


def _offers(content: Content) -> list[dict[str, Any]]:
    return [
        {
            "channel": row.channel,
            "label": row.label,
            "time": row.time,
            "statutory": row.statutory and gettext("luật định %(time)s") % {"time": row.statutory},
            "fees": [_fee(fee) for fee in row.fees],
            "note": _lines(row.note),
        }
        for row in offer.offer_rows(content)
    ]


def _fee(fee: offer.FeeLine) -> dict[str, Any]:
    amount = " ".join(filter(None, (fee.kind, fee.amount)))
    return {
        "amount": amount,
        "more": [*filter(None, (fee.period,)), *_lines(fee.note), *filter(None, (fee.basis,))],
    }


def _papers_title(content: Content) -> str:
    if not content.dossier_sets:
        return gettext("Giấy tờ cần có")
    return gettext("Giấy tờ cần có (%(count)s bộ)") % {"count": content.dossier_sets}


def _papers(text: AnnouncedText) -> list[dict[str, Any]]:
    files = body.form_files(text)
    return [
        {"case": _lines(case.case), "papers": [_paper(paper, files) for paper in case.papers]}
        for case in text.content.paper_cases
        if case.papers or case.case
    ]


def _paper(paper: Paper, files: Mapping[str, AnnouncedForm]) -> dict[str, Any]:
    return {
        "name": _lines(paper.name),
        "forms": [
            {"name": _breakable(form.name), "address": _absolute(form.address)}
            for form in body.forms_of(paper, files)
        ],
        "count": body.paper_count(paper),
    }


def _forms(text: AnnouncedText) -> list[dict[str, str]]:
    """Where each form is fetched, written out: a sheet of paper cannot be clicked."""
    return [
        {
            "name": _breakable(form.name),
            "size": form.size,
            "address": _absolute(address),
            "shown": _breakable(_absolute(address)),
        }
        for address, form in body.form_addresses(text).items()
    ]


def _absolute(address: str) -> str:
    return settings.PORTAL_URL + address if address.startswith("/") else address


def _steps(content: Content) -> list[dict[str, Any]]:
    return [
        {
            "case": case.case,
            "steps": [{"title": step.title, "lines": _lines(step.text)} for step in case.steps],
        }
        for case in content.steps
        if case.steps
    ]


def _conditions(content: Content) -> list[str]:
    return _lines(content.conditions.text) or _declared(content.conditions.presence)


def _results(content: Content) -> list[str]:
    rows = [
        " ".join(filter(None, (" ".join(_lines(it.name)), f"({it.code})" if it.code else "")))
        for it in content.results.items
    ]
    return rows or _declared(content.results.presence)


def _declared(presence: Presence) -> list[str]:
    return [str(NONE)] if presence is Presence.DECLARED_NONE else []


def _roles(text: AnnouncedText) -> list[list[str]]:
    return [[role.name, "; ".join(it.label for it in role.agencies)] for role in body.roles(text)]


def _bases(content: Content) -> list[list[str]]:
    return [
        [basis.number, " · ".join(filter(None, (basis.title, basis.details)))]
        for basis in body.bases(content)
    ]


def _lines(text: str) -> list[str]:
    shown = _PRIVATE.sub("•", text)
    return [_breakable(line) for line in map(str.strip, shown.split("\n")) if line]


def _breakable(line: str) -> str:
    """A word wider than a column gets places to break; a page does it by itself."""
    return _LONG_WORD.sub(lambda word: "\u200b".join(_PIECE.findall(word.group())), line)
