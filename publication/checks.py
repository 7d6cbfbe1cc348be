"""What stands in the way of submitting or issuing a decision, in words an officer can act on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from catalog.completeness import find_defects
from publication.enums import ItemEffect
from publication.listings import offered_procedures
from publication.models import AnnouncementDecision, AnnouncementItem


@dataclass(frozen=True)
class Finding:
    """One finding; a blocking one must be mended first. `row` is the item's ordinal, 0 for all."""

    row: int
    code: str
    message: str
    blocking: bool

    def __str__(self) -> str:
        return f"Dòng {self.row}, mã {self.code}: {self.message}" if self.code else self.message


class DecisionRefused(Exception):
    """A decision that cannot be submitted or issued as it stands; carries the findings."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def find_findings(decision: AnnouncementDecision, *, on: date) -> list[Finding]:
    """All findings of a decision that would take effect on a day, in the order of its annex."""
    items = list(
        decision.items.select_related("procedure").prefetch_related("replaces").order_by("ordinal")
    )
    if not items:
        return [Finding(0, "", "Quyết định chưa có thủ tục nào: thêm ít nhất một dòng.", True)]
    findings = list(_twice(items))
    offered = offered_procedures([item.procedure_id for item in items], on=on)
    for item in items:
        findings.extend(_of_item(item, offered=item.procedure_id in offered))
    return findings


def refuse_blocking(findings: list[Finding]) -> None:
    """Raises DecisionRefused with the blocking findings, when there are any."""
    blocking = [finding for finding in findings if finding.blocking]
    if blocking:
        raise DecisionRefused(blocking)


def _of_item(item: AnnouncementItem, *, offered: bool) -> Iterator[Finding]:
    code = item.procedure.code
    if item.effect == ItemEffect.NEW and offered:
        yield Finding(
            item.ordinal,
            code,
            "thủ tục đang được công khai, không thể “mới ban hành”: chọn “Sửa đổi, bổ sung”.",
            True,
        )
    if item.effect == ItemEffect.AMENDED and not offered:
        yield Finding(
            item.ordinal,
            code,
            "chưa có bản công khai để sửa đổi; sẽ được công khai lần đầu.",
            False,
        )
    if item.effect == ItemEffect.ABOLISHED and not offered:
        yield Finding(
            item.ordinal, code, "không có bản công khai nào để bãi bỏ: bỏ dòng này.", True
        )
    if item.effect != ItemEffect.REPLACED and item.replaces.all():
        yield Finding(
            item.ordinal,
            code,
            "chỉ loại “Thay thế” mới ghi thủ tục bị thay thế: đổi loại hoặc bỏ danh sách.",
            True,
        )
    if item.effect != ItemEffect.ABOLISHED:
        for defect in find_defects(item.procedure.document):
            yield Finding(item.ordinal, code, defect.message, False)


def _twice(items: list[AnnouncementItem]) -> Iterator[Finding]:
    own = {item.procedure_id for item in items}
    for item in items:
        for replaced in item.replaces.all():
            if replaced.pk in own:
                yield Finding(
                    item.ordinal,
                    replaced.code,
                    "vừa bị thay thế vừa có dòng riêng trong quyết định: bỏ một trong hai.",
                    True,
                )
