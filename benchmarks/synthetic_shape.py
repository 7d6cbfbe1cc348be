"""The shape of the real national register, drawn from one seed. Knows no database.

Procedures per decision: median 3, 95th percentile 24, at most 100. Text per procedure: median
9,000 and 95th percentile 30,000 characters. Some agencies and fields have many procedures, most
few. Words are put together from the syllables listed here.
"""

import math
import random
from collections.abc import Iterator
from typing import Any

_SYLLABLES = (  # noqa: SIM905  a column of words reads better than 150 literals
    "an bảo biên bình cảng cao cầu chăn chính chung công cửa dân dịch diện doanh dự đất điện định "
    "đoàn đô đường gia giao giấy hàng hải hành hạ hệ hiệp hoa hóa hoạt học hộ hội hợp hưởng khai "
    "khám khảo kho khoa khu kiểm kinh kỹ lao lập lâm lệnh liên loại lợi luật lưu mạng mẫu minh mở "
    "năng nghề nghiệp ngoài người nguồn nhà nhân nông nuôi nước phát phép phòng phương quản quy "
    "quyền rừng sách sản sát sinh sổ sở tài tạo tập tham thẩm thanh thành thể thi thông thủy thuê "
    "thuốc thuộc thực tiếp tiêu tín toàn tổ trại trang trình trung truyền trường tuyển tư tự vận "
    "văn vật viên viện việc vốn vụ vùng xã xây xe xuất y yêu"
).split()
VERBS = ("Cấp", "Cấp lại", "Gia hạn", "Điều chỉnh", "Thu hồi", "Đăng ký", "Thẩm định", "Công nhận")
LEVELS = (
    (["ministry"], 38),
    (["province"], 38),
    (["district"], 6),
    (["commune"], 8),
    (["province", "commune"], 6),
    (["ministry", "province"], 4),
)
ONLINE = (("none", 45), ("partial", 30), ("full", 25))
_CHANNELS = ("direct", "online", "postal")
_ITEMS_MEDIAN, _ITEMS_SIGMA, _ITEMS_MAX = 3, 1.26, 100
_TEXT_MEDIAN, _TEXT_SIGMA, _TEXT_LEAST = 6_200, 0.84, 1_000
_SENTENCES = 5_000


class Shape:
    """Draws of one seed. Everything random comes through here, in a fixed order."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        # Drawing sentences instead of syllables is several times as quick.
        self._sentences = [
            self.words(self.random.randint(8, 24)).capitalize() + "." for _ in range(_SENTENCES)
        ]

    def words(self, count: int) -> str:
        return " ".join(self.random.choices(_SYLLABLES, k=count))

    def prose(self, characters: int) -> str:
        """Sentences of about that many characters in all."""
        lines: list[str] = []
        length = 0
        while length < characters:
            line = self.random.choice(self._sentences)
            lines.append(line)
            length += len(line) + 1
        return "\n".join(lines)

    def decision_sizes(self, procedures: int) -> Iterator[int]:
        """Numbers of items, one a decision, that add up to `procedures`."""
        while procedures > 0:
            drawn = self.random.lognormvariate(math.log(_ITEMS_MEDIAN), _ITEMS_SIGMA)
            size = min(max(1, round(drawn)), _ITEMS_MAX, procedures)
            procedures -= size
            yield size

    def text_length(self) -> int:
        drawn = self.random.lognormvariate(math.log(_TEXT_MEDIAN), _TEXT_SIGMA)
        return max(_TEXT_LEAST, round(drawn))

    def weighted(self, options: Any) -> Any:
        values, weights = zip(*options, strict=True)
        return self.random.choices(values, weights)[0]

    def few_of_many(self, rows: list[Any]) -> Any:
        """Some are named often, most seldom."""
        return rows[min(int(self.random.paretovariate(0.6)) - 1, len(rows) - 1)]

    def content(self) -> dict[str, Any]:
        """A complete content document; most of its length is steps and papers, as in real ones."""
        length = self.text_length()
        papers, steps = self.random.randint(1, 12), self.random.randint(2, 8)
        return {
            "summary": self.prose(200),
            "keywords": [self.words(3) for _ in range(4)],
            "steps": [
                {
                    "case": "",
                    "steps": [
                        {"title": self.words(4), "text": self.prose(length // 2 // steps)}
                        for _ in range(steps)
                    ],
                }
            ],
            "filing_methods": [self._filing(c) for c in _CHANNELS[: self.random.randint(1, 3)]],
            "reception_address": self.words(12),
            "paper_cases": [
                {"case": "", "papers": [self._paper(length // 3 // papers) for _ in range(papers)]}
            ],
            "dossier_sets": 1,
            "forms": "has",
            "results": {"presence": "has", "items": [{"name": self.words(6)}]},
            "conditions": {"presence": "has", "text": self.prose(length // 8)},
            "legal_bases": [self._legal_basis() for _ in range(self.random.randint(1, 8))],
        }

    def _filing(self, channel: str) -> dict[str, Any]:
        fee: dict[str, Any] = {"state": "free"}
        if self.random.random() < 0.4:
            amount = str(self.random.randrange(10, 500) * 1000)
            fee = {"state": "amount", "amount": amount, "note": self.words(8)}
        duration = {"amount": str(self.random.randint(1, 45)), "unit": "working_day"}
        return {"channel": channel, "options": [{"statutory": duration, "fees": [fee]}]}

    def _paper(self, characters: int) -> dict[str, Any]:
        forms = [{"name": f"{self.words(3)}.docx"}]
        return {"name": self.prose(characters), "forms": forms, "originals": 1, "copies": 0}

    def _legal_basis(self) -> dict[str, Any]:
        number = f"{self.random.randint(1, 200)}/{self.random.randint(2010, 2024)}/NĐ-CP"
        return {"number": number, "title": self.words(14)}
