"""Steps that take longer than the announced time, each unit for itself.

Working days, days and hours are never converted into each other: the law writes them apart.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from catalog.content import Content, StepCase, TimeUnit
from publication.lint.subject import Knowledge, Remark, Subject

_TERM = re.compile(
    r"(?<![\d.,/])(\d{1,3}(?:,\d+)?)\s*(?:\([^)]{1,30}\)\s*)?"
    r"(ngày làm việc|ngày|giờ làm việc|giờ)(?!\s*\d)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.;\n]+(?:\.(?=\d)[^.;\n]+)*")
# Terms of the applicant, of mending a dossier, of what comes before or lasts after.
_ASIDE = re.compile(
    r"bổ sung|hoàn thiện|(?:chưa|không) (?:đầy đủ|đủ|hợp lệ)|từ chối|trả lại|trước (?:ngày|khi)"
    r"|tạm ngừng|hiệu lực|tối thiểu|ít nhất|hết hạn|quá hạn|khiếu nại|gia hạn|niêm yết|định kỳ"
    r"|không còn giá trị|(?<!không )quá (?=\d)",
    re.IGNORECASE,
)
# Counted from the dossier's arrival such a term is a total, not a step after another.
_FROM_ARRIVAL = re.compile(
    r"nhận (?:được )?(?:đủ |đầy đủ )?(?:hồ sơ|đơn|văn bản đề nghị)|hồ sơ (?:đầy đủ|hợp lệ)",
    re.IGNORECASE,
)
_UNITS = {
    "ngày làm việc": TimeUnit.WORKING_DAY,
    "ngày": TimeUnit.DAY,
    "giờ": TimeUnit.HOUR,
    "giờ làm việc": TimeUnit.HOUR,
}
_NAMES = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.DAY: "ngày",
    TimeUnit.HOUR: "giờ",
}

_Terms = dict[TimeUnit, list[Decimal]]


def remarks(subject: Subject, known: Knowledge) -> Iterator[Remark]:  # noqa: ARG001
    limits = longest_limits(subject.content)
    for case in subject.content.steps:
        for unit, terms in named_terms(case).items():
            limit = limits.get(unit)
            if limit is not None and sum(terms) > limit:
                yield _remark(case, unit, terms, limit)


def longest_limits(content: Content) -> dict[TimeUnit, Decimal]:
    """By unit, the longest time the text promises on any channel."""
    found: dict[TimeUnit, Decimal] = {}
    for method in content.filing_methods:
        for option in method.options:
            if limit := option.local or option.statutory:
                found[limit.unit] = max(limit.amount, found.get(limit.unit, limit.amount))
    return found


def named_terms(case: StepCase) -> _Terms:
    """By unit, the terms that follow one another in the steps, or the longest single total.

    A step counts with its longest term: what else it names runs beside it or in another case.
    """
    totals: _Terms = defaultdict(list)
    following: _Terms = defaultdict(list)
    for step in case.steps:
        longest: dict[TimeUnit, Decimal] = {}
        for unit, amount, is_total in _terms(step.text):
            if is_total:
                totals[unit] = [max([amount, *totals[unit]])]
            else:
                longest[unit] = max(amount, longest.get(unit, amount))
        for unit, amount in longest.items():
            following[unit].append(amount)
    return {unit: max(totals[unit], following[unit], key=sum) for unit in {*totals, *following}}


def _terms(text: str) -> Iterator[tuple[TimeUnit, Decimal, bool]]:
    for sentence in _SENTENCE.findall(text):
        if _ASIDE.search(sentence):
            continue
        is_total = _FROM_ARRIVAL.search(sentence) is not None
        for amount, unit in _TERM.findall(sentence):
            yield _UNITS[unit.casefold()], Decimal(amount.replace(",", ".")), is_total


def _remark(case: StepCase, unit: TimeUnit, terms: list[Decimal], limit: Decimal) -> Remark:
    named = " + ".join(_plain(term) for term in terms)
    total = f" = {_plain(sum(terms, Decimal()))}" if len(terms) > 1 else ""
    where = f" trường hợp “{case.case[:60]}”" if case.case else ""
    return Remark(
        "Trình tự thực hiện",
        f"các bước{where} nêu {named}{total} {_NAMES[unit]}, dài hơn thời hạn "
        f"{_plain(limit)} {_NAMES[unit]}: kiểm tra lại bước hoặc thời hạn.",
    )


def _plain(amount: Decimal) -> str:
    return format(amount.normalize(), "f").replace(".", ",")
