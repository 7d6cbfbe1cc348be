"""Legal bases that another document at hand replaces, that are dated too late or not cited."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from catalog.content import LegalBasis
from catalog.vietnamese import fold, nfc
from publication.lint.subject import Knowledge, Remark, Subject

_FIELD = "Căn cứ pháp lý"
_NUMBER = re.compile(r"\d{1,4}/(?:\d{4}/)?[A-ZĐ][A-ZĐ0-9-]*[A-ZĐ0-9]")
_ENDS = re.compile(r"(?:thay thế|bãi bỏ)\b(?! một số| điều| khoản| điểm)[^;.]*", re.IGNORECASE)


def remarks(subject: Subject, known: Knowledge) -> Iterator[Remark]:
    bases = subject.content.legal_bases
    replaced = {**known.replaced_documents, **replaced_by_titles(_titles(bases))}
    for basis in bases:
        yield from _of_basis(basis, replaced, known.on)
    cited = {document_key(basis.number or basis.title) for basis in bases}
    for number in known.expected_documents:
        if bases and not any(document_key(number) in words for words in cited):
            yield Remark(
                _FIELD,
                f"chưa dẫn {number} mà quyết định của bộ căn cứ vào: bổ sung hoặc kiểm tra "
                "văn bản đã theo quy định mới chưa.",
            )


def document_key(number: str) -> str:
    """What two spellings of one document number share."""
    return re.sub(r"[^a-z0-9/-]", "", fold(number))


def replaced_by_titles(documents: Iterable[tuple[str, str]]) -> dict[str, str]:
    """From (number, title) pairs: the key of each document that a title says it replaces.

    Only whole documents: a title that repeals some articles leaves the rest in force.
    """
    found: dict[str, str] = {}
    for number, title in documents:
        for words in _ENDS.findall(nfc(title)):
            for ended in _NUMBER.findall(words):
                if document_key(ended) != document_key(number):
                    found[document_key(ended)] = number or title[:80]
    return found


def _titles(bases: Iterable[LegalBasis]) -> Iterator[tuple[str, str]]:
    return ((basis.number, basis.title) for basis in bases)


def _of_basis(basis: LegalBasis, replaced: Mapping[str, str], on: date) -> Iterator[Remark]:
    by = replaced.get(document_key(basis.number)) if basis.number else None
    if by:
        yield Remark(
            _FIELD,
            f"{basis.number} đã được thay thế hoặc bãi bỏ, theo tên của {by}: "
            "dẫn văn bản đang có hiệu lực.",
        )
    if basis.issued_on and date.fromisoformat(basis.issued_on) > on:
        yield Remark(
            _FIELD,
            f"{basis.number or basis.title[:60]} ghi ban hành ngày "
            f"{date.fromisoformat(basis.issued_on):%d/%m/%Y}, sau ngày quyết định có hiệu lực: "
            "sửa ngày.",
        )
