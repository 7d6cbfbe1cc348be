"""A public text as an Open Referral HSDS 3.0 service, whole: organisation, costs, documents.

Identifiers are UUIDs made of addresses, so a service keeps its own over every export. What HSDS
has no field for is an attribute with a term of the portal's own taxonomies; times among them,
because HSDS has no place for a processing time, and least of all for one in working days.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from django.db.models import TextChoices

from catalog.content import Conditions, Content, Fee, Part, TimeUnit
from catalog.enums import AgencyRole, Audience, GovernmentLevel, OnlineLevel, ProcedureKind
from publication.announced_text import AnnouncedText, Named
from publication.exports.concepts import CHANNEL_NAMES, names_of
from publication.exports.durations import option_in_words, plain_number, promised, time_in_words
from publication.exports.fees import fee_in_words, value_of
from publication.exports.links import web_address
from publication.exports.public_text import Portal, PublicText, agency_list
from publication.exports.words import (
    description_of,
    paper_in_words,
    paper_name,
    steps_in_words,
)
from publication.site.addresses import form_at
from publication.site.page import PageKind

Node = dict[str, Any]
VERSION: Final = "3.0"
_TAXONOMIES: Final = {
    "ma-thu-tuc": "Mã thủ tục hành chính quốc gia",
    "linh-vuc": "Lĩnh vực",
    "su-kien": "Sự kiện trong đời sống",
    "loai-thu-tuc": "Loại thủ tục",
    "cap-thuc-hien": "Cấp thực hiện",
    "doi-tuong": "Đối tượng thực hiện",
    "truc-tuyen": "Mức độ trực tuyến",
    "thoi-han": "Thời hạn giải quyết, theo đơn vị",
    "ket-qua": "Kết quả thực hiện",
    "can-cu": "Căn cứ pháp lý",
    "vai-tro": "Cơ quan theo vai trò",
    "dau-kiem": "Dấu kiểm SHA-256 của văn bản đã công bố",
}


def hsds_service(public: PublicText, portal: Portal) -> Node:
    """One service, valid against the full HSDS 3.0 schema."""
    text, page = public.text, public.page(portal)
    content = text.content
    return _filled(
        {
            "id": _id(portal.page(PageKind.PROCEDURE, text.code)),
            "name": text.name,
            "alternate_name": text.code,
            "description": content.summary or description_of(text),
            "url": page,
            "status": "active" if public.is_offered else "defunct",
            "application_process": "\n\n".join(_process(content)),
            "fees_description": "\n".join(_fees_in_words(content)),
            "eligibility_description": "\n".join(_for_whom(text)),
            "assured_date": public.valid_from.isoformat(),
            "last_modified": _moment(public),
            "service_areas": [{"id": _id(f"{page}#dia-ban"), "name": portal.province}],
            "languages": [{"id": _id(f"{page}#tieng-viet"), "name": "Tiếng Việt", "code": "vie"}],
            "organization": _organisation(public, portal),
            "cost_options": list(_costs(content, page)),
            "required_documents": list(_documents(public, portal, page)),
            "attributes": list(_attributes(public, portal, page)),
        }
    )


def _moment(public: PublicText) -> str:
    return public.public_since.isoformat(timespec="milliseconds")


def _organisation(public: PublicText, portal: Portal) -> Node:
    """Who is in charge, else the first agency that is named, else who announced."""
    named = next(iter(agency_list(public.text)), None)
    if named is None:
        address = portal.thing(PageKind.ABOUT, "", "co-quan-cong-bo")
        name = public.decision.issuer
        return {"id": _id(address), "name": name, "description": name}
    address = portal.page(PageKind.AGENCY, named.slug)
    return {
        "id": _id(address),
        "name": named.name,
        "description": named.name,
        "website": address,
    }


def _process(content: Content) -> Iterator[str]:
    for case in content.steps:
        yield "\n".join(filter(None, [case.case, steps_in_words(case)]))
    if content.reception_address:
        yield f"Địa chỉ tiếp nhận hồ sơ: {content.reception_address}"
    for method in content.filing_methods:
        name = CHANNEL_NAMES[method.channel]["vi"]
        for option in method.options:
            yield ". ".join(filter(None, [name, option_in_words(option)]))
    fees, who = Part.FEES, (Part.CONDITIONS, Part.LEGAL_BASES)
    yield from (words for part, words in content.as_written.items() if part not in (fees, *who))


def _fees_in_words(content: Content) -> Iterator[str]:
    said = [
        f"{CHANNEL_NAMES[method.channel]['vi']}: {fee_in_words(fee)}"
        for method in content.filing_methods
        for option in method.options
        for fee in option.fees
    ]
    yield from dict.fromkeys(said)
    if written := content.as_written.get(Part.FEES):
        yield written


def _for_whom(text: AnnouncedText) -> Iterator[str]:
    content = text.content
    conditions: Conditions = content.conditions
    yield ", ".join(names_of(Audience(word))["vi"] for word in text.audiences)
    yield conditions.text
    yield content.as_written.get(Part.CONDITIONS, "")


def _costs(content: Content, page: str) -> Iterator[Node]:
    for place, method in enumerate(content.filing_methods, start=1):
        fees = [(option, fee) for option in method.options for fee in option.fees]
        for number, (option, fee) in enumerate(fees, start=1):
            name = ". ".join(filter(None, [CHANNEL_NAMES[method.channel]["vi"], option.label]))
            yield _cost(f"{page}#phi-{place}-{number}", name, fee)


def _cost(address: str, name: str, fee: Fee) -> Node:
    value = value_of(fee)
    return _filled(
        {
            "id": _id(address),
            "option": name,
            "currency": fee.currency.lower() if value is not None else None,
            "amount": None if value is None else _json_number(Decimal(value)),
            "amount_description": fee_in_words(fee),
            "valid_from": fee.valid_from,
            "valid_to": fee.valid_to,
        }
    )


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _documents(public: PublicText, portal: Portal, page: str) -> Iterator[Node]:
    """A row for each paper, and for each further form of a paper."""
    cases = public.text.content.paper_cases
    papers = [(case, paper) for case in cases for paper in case.papers]
    for number, (case, paper) in enumerate(papers, start=1):
        words = ". ".join(filter(None, [paper_name(paper), paper_in_words(case, paper)]))
        addresses = [_form_address(public, portal, form.name, form.url) for form in paper.forms]
        for place, address in enumerate(list(filter(None, addresses)) or [""], start=1):
            name = f"{page}#giay-to-{number}-{place}"
            yield _filled({"id": _id(name), "document": words, "uri": address})


def _form_address(public: PublicText, portal: Portal, name: str, url: str) -> str:
    file = public.form_file(name)
    return portal.url + form_at(file.sha256, file.file_name) if file else web_address(url)


def _attributes(public: PublicText, portal: Portal, page: str) -> Iterator[Node]:
    terms = [
        *_classification(public.text),
        *_times(public.text.content),
        *_named_parts(public.text.content),
        *(("vai-tro", row.role, names_of(AgencyRole(row.role))["vi"], row.name)
          for row in public.text.agencies),
        ("dau-kiem", "sha256", "SHA-256", public.digest),
    ]  # fmt: skip
    for number, (taxonomy, code, name, value) in enumerate(terms, start=1):
        yield _filled(
            {
                "id": _id(f"{page}#thuoc-tinh-{number}"),
                "link_type": taxonomy,
                "link_entity": "service",
                "value": value,
                "taxonomy_term": _term(portal, taxonomy, code, name),
            }
        )


_Term = tuple[str, str, str, str]  # taxonomy, code, name, value


def _classification(text: AnnouncedText) -> Iterator[_Term]:
    yield "ma-thu-tuc", "ma-thu-tuc", _TAXONOMIES["ma-thu-tuc"], text.code
    yield from _named("linh-vuc", text.fields)
    yield from _named("su-kien", text.life_events)
    yield _choice("loai-thu-tuc", ProcedureKind(text.kind))
    yield _choice("truc-tuyen", OnlineLevel(text.online_level))
    yield from (_choice("cap-thuc-hien", GovernmentLevel(word)) for word in text.levels)
    yield from (_choice("doi-tuong", Audience(word)) for word in text.audiences)


def _named(taxonomy: str, rows: Iterable[Named]) -> Iterator[_Term]:
    yield from ((taxonomy, row.slug, row.name, "") for row in rows)


def _choice(taxonomy: str, choice: TextChoices) -> _Term:
    return taxonomy, choice.value, names_of(choice)["vi"], ""


def _times(content: Content) -> Iterator[_Term]:
    """The number, with the unit as the term: five working days are no five days."""
    for method in content.filing_methods:
        for time in filter(None, map(promised, method.options)):
            unit = time_in_words(time).partition(" ")[2]
            code = f"{method.channel.value}-{TimeUnit(time.unit).value}"
            name = f"{CHANNEL_NAMES[method.channel]['vi']}, {unit}"
            yield "thoi-han", code, name, plain_number(time.amount)


def _named_parts(content: Content) -> Iterator[_Term]:
    for item in content.results.items:
        yield "ket-qua", item.code or "ket-qua", _TAXONOMIES["ket-qua"], item.name
    for basis in content.legal_bases:
        value = ". ".join(filter(None, [basis.title, basis.issued_on, basis.issuer]))
        yield "can-cu", basis.number or "can-cu", basis.number or basis.title, value
    if written := content.as_written.get(Part.LEGAL_BASES):
        yield "can-cu", "can-cu", _TAXONOMIES["can-cu"], written


def _term(portal: Portal, taxonomy: str, code: str, name: str) -> Node:
    address = portal.thing(PageKind.ABOUT, "", f"{taxonomy}/{code}")
    return {
        "id": _id(address),
        "code": code,
        "name": name,
        "description": f"{_TAXONOMIES[taxonomy]}: {name}",
        "taxonomy": _TAXONOMIES[taxonomy],
        "language": "vie",
    }


def _id(address: str) -> str:
    return str(uuid5(NAMESPACE_URL, address))


def _filled(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in ("", [], None)}
