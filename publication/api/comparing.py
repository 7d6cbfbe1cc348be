"""Two public texts of a procedure as the API tells their difference: changed paragraphs by part."""

from functools import lru_cache
from typing import Any

from publication.announced_text import read_text
from publication.api.versions import Text
from publication.differences import Cell, PartDifference
from publication.models import Listing
from publication.site.render.difference import changed_parts, title_of

# The words of the API are English and lasting; the titles are for people.
_WORDS = {
    "Tên thủ tục": "name",
    "Phân loại": "classification",
    "Tóm tắt": "summary",
    "Trình tự thực hiện": "steps",
    "Cách thức, thời hạn": "times",
    "Phí, lệ phí": "fees",
    "Thành phần hồ sơ": "papers",
    "Kết quả": "results",
    "Yêu cầu, điều kiện": "conditions",
    "Căn cứ pháp lý": "legal_bases",
    "Tệp mẫu đơn, tờ khai": "form_files",
    "Cơ quan": "agencies",
}
_REMEMBERED = 64


def compared(older: Text, newer: Text) -> dict[str, Any]:
    """Every part in which they differ; in a row null stands where a side lacks the paragraph."""
    parts = _parts(older.key, older.version["digest"], newer.key, newer.version["digest"])
    return {
        "code": newer.code,
        "from": older.version,
        "to": newer.version,
        "parts": [_part(part) for part in parts],
    }


@lru_cache(maxsize=_REMEMBERED)
def _parts(
    older: int, _older_digest: str, newer: int, _newer_digest: str
) -> tuple[PartDifference, ...]:
    """Remembered with the digests, for laying long texts side by side costs."""
    texts = dict(Listing.objects.filter(pk__in=[older, newer]).values_list("pk", "text"))
    return tuple(changed_parts(read_text(texts[older]), read_text(texts[newer])))


def _part(part: PartDifference) -> dict[str, Any]:
    return {
        "part": _WORDS[part.part],
        "title": title_of(part.part),
        "rows": [
            {"before": _cell(row.public), "after": _cell(row.proposed)}
            for row in part.rows
            if row.changed
        ],
    }


def _cell(cell: Cell | None) -> list[dict[str, Any]] | None:
    if cell is None:
        return None
    return [{"text": span.text, "changed": span.changed} for span in cell]
