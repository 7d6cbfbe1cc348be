"""What stands in the way of submitting or issuing a decision, and what to look at again.

Obstacles must be mended first; advice comes from reading the texts (lint/) and may be wrong.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from publication.enums import ItemEffect
from publication.lint import find_remarks
from publication.lint_facts import read_lint_facts
from publication.listings import offered_procedures
from publication.models import AnnouncementDecision, AnnouncementItem


@dataclass(frozen=True)
class Finding:
    """One finding; a blocking one must be mended first. `row` is the item's ordinal, 0 for all."""

    row: int
    code: str
    message: str
    blocking: bool
    field: str = ""
    citation: str = ""
    item_id: int | None = None

    def __str__(self) -> str:
        where = f"Dòng {self.row}, mã {self.code}: " if self.code else ""
        return f"{where}{self.words}{f' ({self.citation})' if self.citation else ''}"

    @property
    def words(self) -> str:
        """The finding where its row is plain to see; a message may name its field itself."""
        names_field = self.field.casefold() in self.message.casefold()
        return self.message if names_field else f"{self.field} – {self.message}"


class DecisionRefused(Exception):
    """A decision that cannot be submitted or issued as it stands; carries the findings."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def find_findings(decision: AnnouncementDecision, *, on: date) -> list[Finding]:
    """All findings of a decision that would take effect on a day, in the order of its annex."""
    items = _items(decision)
    facts = read_lint_facts(items, on=on)
    findings = _of_decision(items, on=on)
    for item in items:
        subject, known = facts[item.pk]
        if item.effect == ItemEffect.ABOLISHED:
            continue  # its text is not announced again
        for remark in find_remarks(subject, known):
            findings.append(_finding(item, remark.field, remark.message, citation=remark.citation))
    return findings


def find_obstacles(decision: AnnouncementDecision, *, on: date) -> list[Finding]:
    """The blocking findings alone, without reading the texts."""
    return [finding for finding in _of_decision(_items(decision), on=on) if finding.blocking]


def signed_later(signed_on: date, *, today: date) -> list[Finding]:
    """A day of signing that has not come yet is a slip of the keyboard."""
    if signed_on <= today:
        return []
    message = f"Ngày ký {signed_on:%d/%m/%Y} ở sau hôm nay: ghi ngày trên văn bản đã ký."
    return [Finding(0, "", message, blocking=True)]


def refuse_blocking(findings: list[Finding]) -> None:
    """Raises DecisionRefused with the blocking findings, when there are any."""
    blocking = [finding for finding in findings if finding.blocking]
    if blocking:
        raise DecisionRefused(blocking)


def _items(decision: AnnouncementDecision) -> list[AnnouncementItem]:
    return list(
        decision.items.select_related("procedure")
        .defer("procedure__content")
        .prefetch_related("replaces")
        .order_by("ordinal", "pk")
    )


def _of_decision(items: list[AnnouncementItem], *, on: date) -> list[Finding]:
    """What the effects say against each other and against what the public sees."""
    if not items:
        return [Finding(0, "", "Quyết định chưa có thủ tục nào: thêm ít nhất một dòng.", True)]
    findings = list(_twice(items))
    offered = offered_procedures([item.procedure_id for item in items], on=on)
    for item in items:
        findings.extend(_of_item(item, offered=item.procedure_id in offered))
    return findings


def _of_item(item: AnnouncementItem, *, offered: bool) -> Iterator[Finding]:
    if item.effect == ItemEffect.NEW and offered:
        yield _finding(
            item,
            "Loại",
            "thủ tục đang được công khai, không thể “mới ban hành”: chọn “Sửa đổi, bổ sung”.",
            blocking=True,
        )
    if item.effect == ItemEffect.AMENDED and not offered:
        yield _finding(item, "Loại", "chưa có bản công khai để sửa đổi; sẽ được công khai lần đầu.")
    if item.effect == ItemEffect.ABOLISHED and not offered:
        yield _finding(
            item, "Loại", "không có bản công khai nào để bãi bỏ: bỏ dòng này.", blocking=True
        )
    if item.effect != ItemEffect.REPLACED and item.replaces.all():
        yield _finding(
            item,
            "Thay thế",
            "chỉ loại “Thay thế” mới ghi thủ tục bị thay thế: đổi loại hoặc bỏ danh sách.",
            blocking=True,
        )
    if item.effect == ItemEffect.REPLACED and not item.replaces.all():
        yield _finding(
            item,
            "Thay thế",
            "chưa ghi mã thủ tục bị thay thế: ghi mã, hoặc chọn loại khác.",
        )


def _twice(items: list[AnnouncementItem]) -> Iterator[Finding]:
    own = {item.procedure_id for item in items}
    for item in items:
        for replaced in item.replaces.all():
            if replaced.pk in own:
                yield _finding(
                    item,
                    "Thay thế",
                    f"{replaced.code} vừa bị thay thế vừa có dòng riêng trong quyết định: "
                    "bỏ một trong hai.",
                    blocking=True,
                )


def _finding(
    item: AnnouncementItem, field: str, message: str, *, blocking: bool = False, citation: str = ""
) -> Finding:
    return Finding(
        row=item.ordinal,
        code=item.procedure.code,
        message=message,
        blocking=blocking,
        field=field,
        citation=citation,
        item_id=item.pk,
    )
