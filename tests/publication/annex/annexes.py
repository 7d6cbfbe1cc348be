"""Annexes of invented procedures in the shapes of the field, each with what is true of it.

Shapes as provincial decisions have them: without a code column, with it in any place, abolished
ones with the legal text, replaced ones old to new, heads of two rows, cells merged, sections by
field and level, rows broken over pages, decomposed accents, scanning noise, provincial codes.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from publication.enums import ItemEffect
from tests.publication.annex.files import C, T, docx, pdf, xlsx

NEW, AMENDED = ItemEffect.NEW, ItemEffect.AMENDED
REPLACED, ABOLISHED = ItemEffect.REPLACED, ItemEffect.ABOLISHED

# Siblings differ by a word or two, as real ones do.
INVENTED: dict[str, tuple[str, tuple[str, ...]]] = {
    "9.100001": ("Cấp giấy phép nuôi ong lấy mật ven đê", ("province",)),
    "9.100002": ("Cấp lại giấy phép nuôi ong lấy mật ven đê", ("province",)),
    "9.100003": ("Cấp sửa đổi, bổ sung giấy phép nuôi ong lấy mật ven đê", ("province",)),
    "9.100004": ("Thu hồi giấy phép nuôi ong lấy mật ven đê", ("province",)),
    "9.100010": ("Đăng ký đặt tên ngõ, xóm theo đề nghị của cộng đồng", ("commune",)),
    "9.100011": ("Đăng ký đổi tên ngõ, xóm theo đề nghị của cộng đồng", ("commune",)),
    "9.100020": ("Công nhận nghệ nhân làm nón lá", ("district",)),
    "9.100021": ("Công nhận nghệ nhân làm nón lá", ("province",)),
    "9.100030": ("Hỗ trợ chi phí học nghề dệt thổ cẩm cho người cao tuổi", ("commune",)),
    "9.100040": ("Xác nhận nguồn gốc cây cảnh cổ thụ trồng tại hộ gia đình", ("province",)),
    "9.100041": ("Gia hạn xác nhận nguồn gốc cây cảnh cổ thụ trồng tại hộ gia đình", ("province",)),
    "9.100050": ("Cấp thẻ hướng dẫn viên bến đò", ("district", "commune")),
}


@dataclass(frozen=True)
class Truth:
    """One row as a reader with eyes reads it; `code` is the right procedure, "" if none."""

    code: str
    effect: ItemEffect
    replaced: tuple[str, ...] = ()


@dataclass(frozen=True)
class Annex:
    """A file, and what is true of it."""

    name: str
    data: Callable[[], bytes]
    truth: Sequence[Truth]
    process_tables: int = 0


def name(code: str) -> str:
    return INVENTED[code][0]


def _new(*codes: str) -> list[Truth]:
    return [Truth(code, NEW) for code in codes]


def chairman_head() -> list[Any]:
    """The letterhead and the body before an annex; nothing of it is a row."""
    return [
        T(
            [
                ["ỦY BAN NHÂN DÂN TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
                ["Số: 99/QĐ-UBND", "ngày 03 tháng 10 năm 2024"],
            ]
        ),
        "QUYẾT ĐỊNH",
        "Về việc công bố Danh mục thủ tục hành chính mới ban hành; bị bãi bỏ",
        "Căn cứ Nghị định số 63/2010/NĐ-CP; Nghị định số 92/2017/NĐ-CP được sửa đổi, bổ sung;",
        "Điều 1. Công bố kèm theo Quyết định này danh mục thủ tục hành chính bị bãi bỏ.",
        T([["Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"]]),
        "Phụ lục",
    ]


def _without_codes() -> bytes:
    """As Decision 3218/QĐ-UBND of Quảng Bình (2024): seven columns, no code."""
    head = [
        "STT",
        "Tên thủ tục hành chính",
        "Thời hạn giải quyết",
        "Địa điểm thực hiện",
        "Phí, lệ phí",
        "Căn cứ pháp lý",
        "Cơ quan thực hiện",
    ]
    rest = ["10 ngày", "Bộ phận Một cửa", "Không", "Luật 01/2024", "UBND cấp huyện"]
    return docx(
        [
            *chairman_head(),
            "DANH MỤC THỦ TỤC HÀNH CHÍNH BAN HÀNH MỚI TRONG LĨNH VỰC NGHỀ TRUYỀN THỐNG",
            "THUỘC THẨM QUYỀN GIẢI QUYẾT CỦA UBND CẤP HUYỆN",
            "(Ban hành kèm theo Quyết định số 99/QĐ-UBND của Chủ tịch UBND tỉnh)",
            T(
                [
                    head,
                    ["1", name("9.100020"), *rest],
                    ["2", "Cấp thẻ hướng dẫn viên bến đò", *rest],
                    ["3", "Cấp giấy phép nuôi ong lấy mật ven sông", *rest],
                ]
            ),
        ]
    )


def _other_order() -> bytes:
    """The code last, provincial suffixes, the name first, no ordinal column."""
    suffix = ".000.00.00.H23"
    return docx(
        [
            "A. Danh mục thủ tục hành chính mới ban hành",
            T(
                [
                    ["Tên TTHC", "Lĩnh vực", "Ghi chú", "Mã số TTHC"],
                    [name("9.100010"), "Hộ tịch", "", f"9.100010{suffix}"],
                    [name("9.100011"), "Hộ tịch", "", "9.100011.H23"],
                ]
            ),
            "B. Danh mục thủ tục hành chính được sửa đổi, bổ sung",
            T(
                [
                    ["Nội dung sửa đổi, bổ sung", "Mã TTHC", "Tên TTHC", "Lĩnh vực"],
                    ["Giảm thời hạn còn 3 ngày", "9100001", name("9.100001"), "Nuôi ong"],
                ]
            ),
        ],
        grid=False,
    )


def _kinds_and_levels() -> bytes:
    """Part I by kind, level, field, and ordinal, with sections as rows of the tables."""
    head = ["STT", "Mã TTHC", "Tên thủ tục hành chính", "Phí, lệ phí (nếu có)"]
    gone = ["STT", "Mã số", "Tên TTHC", "Tên VBQPPL quy định việc bãi bỏ", "Lĩnh vực"]
    return docx(
        [
            "PHẦN I. DANH MỤC THỦ TỤC HÀNH CHÍNH",
            "A. DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH",
            T(
                [
                    head,
                    ["I", C("Thủ tục hành chính cấp tỉnh", 3)],
                    ["", C("Lĩnh vực: Nuôi ong", 3)],
                    ["1", "9.100001", name("9.100001"), "Không"],
                    ["2", "9.100002", name("9.100002"), "Không"],
                    ["II", C("Thủ tục hành chính cấp xã", 3)],
                    ["", C("Lĩnh vực: Địa danh", 3)],
                    ["1", "9.100010", name("9.100010"), "Chưa quy định"],
                ]
            ),
            "B. DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ",
            T([gone, ["1", "9.100004", name("9.100004"), "Nghị định 05/2024/NĐ-CP", "Nuôi ong"]]),
            "PHẦN II. NỘI DUNG CỤ THỂ CỦA TỪNG THỦ TỤC HÀNH CHÍNH",
            "1. Thủ tục: Cấp sửa đổi, bổ sung giấy phép nuôi ong lấy mật ven đê",
            T(
                [
                    ["Hình thức nộp", "Thời hạn giải quyết", "Phí, lệ phí", "Mô tả"],
                    ["Trực tiếp", "10 ngày", "Không", "Nộp tại Bộ phận Một cửa"],
                ]
            ),
        ]
    )


def _replaced() -> bytes:
    """Old to new under a head of two rows."""
    return docx(
        [
            "C. DANH MỤC THỦ TỤC HÀNH CHÍNH THAY THẾ",
            T(
                [
                    [
                        C("STT", rows=2),
                        C("Thủ tục được thay thế", 2),
                        C("Thủ tục thay thế", 2),
                        C("Căn cứ pháp lý", rows=2),
                    ],
                    ["Mã TTHC", "Tên TTHC", "Mã TTHC", "Tên TTHC"],
                    ["1", "9.100002", name("9.100002"), "9.100001", name("9.100001"), "Luật 01"],
                    [
                        "2",
                        "9.100011\n9.100041",
                        "",
                        "9.100010",
                        name("9.100010"),
                        "Luật 02",
                    ],
                ]
            ),
        ]
    )


def _replaced_one_code() -> bytes:
    """The model form of replaced procedures: one code for two names, and whose it is unsaid."""
    return docx(
        [
            "3. Danh mục thủ tục hành chính được thay thế",
            T(
                [
                    [
                        "STT",
                        "Mã TTHC",
                        "Tên thủ tục hành chính được thay thế",
                        "Tên thủ tục hành chính thay thế",
                        "Tên VBQPPL quy định nội dung thay thế",
                    ],
                    ["1", "9.100003", name("9.100003"), name("9.100002"), "Luật 03/2024"],
                ]
            ),
        ]
    )


def _several_kinds() -> bytes:
    """A title of two kinds over one table that does not tell them apart; a code in the name."""
    return docx(
        [
            "DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH; ĐƯỢC SỬA ĐỔI, BỔ SUNG",
            T(
                [
                    ["STT", "Tên TTHC (mã TTHC)", "Lĩnh vực"],
                    ["1", f"{name('9.100001')} (9.100001)", "Nuôi ong"],
                    ["2", f"{name('9.100003')}\n9.100003.000.00.00.H23", "Nuôi ong"],
                ]
            ),
        ]
    )


def _merged_sheet() -> bytes:
    """Excel: a banner, a head of two rows, a field merged downwards, two sheets."""
    return xlsx(
        {
            "Mới ban hành": [
                T([[C("DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH", 6)]]),
                T(
                    [
                        [
                            C("STT", rows=2),
                            C("Lĩnh vực", rows=2),
                            C("Thủ tục hành chính", 2),
                            C("Cấp thực hiện", 2),
                        ],
                        ["Mã số", "Tên thủ tục", "Tỉnh", "Xã"],
                        [1, C("Cây cảnh", rows=2), "9.100040", name("9.100040"), "x", ""],
                        [2, "9.100041", name("9.100041"), "x", ""],
                        [3, "Nghề", "9.100030", name("9.100030"), "", "x"],
                        [C("Tổng cộng: 03 thủ tục", 6)],
                    ]
                ),
            ],
            "Bãi bỏ": [
                T(
                    [
                        ["STT", "Mã số", "Tên thủ tục hành chính", "VB quy định bãi bỏ"],
                        [1, 9.10005, name("9.100050"), "NĐ 05/2024/NĐ-CP"],
                    ]
                )
            ],
        }
    )


def _broken_pages() -> bytes:
    """PDF: the head comes again on page 2, is missing on page 3, and a name runs over a break."""
    head = ["STT", "Mã TTHC", "Tên thủ tục hành chính", "Lệ phí"]
    long = name("9.100041").split(" ")
    return pdf(
        [
            [
                "DANH MỤC 1",
                "A. THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG",
                T(
                    [
                        head,
                        ["A1", C("Lĩnh vực Cây cảnh", 3)],
                        ["01", "9.100040", name("9.100040"), "Không"],
                        ["02", "9.100041", " ".join(long[:6]), "Không"],
                    ]
                ),
                "1",
            ],
            [
                T(
                    [
                        head,
                        ["", "", " ".join(long[6:]), ""],
                        ["03", "9.100001", name("9.100001"), "Không"],
                    ]
                ),
                "2",
            ],
            [
                T(
                    [
                        ["04", "9.100002", name("9.100002"), "Không"],
                        ["A2", C("Lĩnh vực Địa danh", 3)],
                        ["01", "9.100010", name("9.100010"), "Không"],
                    ]
                ),
                "3",
            ],
        ]
    )


def _scanned() -> bytes:
    """PDF after recognition: decomposed accents, spaces inside words and codes, Đ as D."""
    noisy = name("9.100030").replace("thổ cẩm", "th ổ c ẩm").replace("nghề", "ngh ề")
    lines = [
        "B. DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ",
        T(
            [
                ["TT", "Mã s ố TTHC", "Tên thủ tục hành chính", "Tên VBQPPL quy định bãi bỏ"],
                ["1", "9. 100030", noisy, "QD 2344/QĐ-BGDDT"],
                ["2", "9.1OOO4O", name("9.100040"), "QD 2344/QĐ-BGDDT"],
                ["3", "9.100001", name("9.100002"), "QD 2344/QĐ-BGDDT"],
                ["4", "9.100999", name("9.100050"), "QD 2344/QĐ-BGDDT"],
            ]
        ),
    ]
    decomposed = [_nfd(block) for block in lines]
    return pdf([decomposed])


def _processes() -> bytes:
    """The list, then the internal process of each procedure: steps are no rows of the list."""
    return docx(
        [
            "Phụ lục I",
            "DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH",
            T([["TT", "Mã TTHC", "Tên TTHC"], ["1", "9.100001", name("9.100001")]]),
            "Phụ lục II. QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
            f"1. Tên thủ tục: {name('9.100001')} (mã 9.100001). Tổng thời gian: 10 ngày",
            T(
                [
                    ["Bước", "Nội dung công việc", "Đơn vị/người thực hiện", "Thời gian"],
                    ["Bước 1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "0,5 ngày"],
                    ["Bước 2", "Thẩm định", "Chuyên viên", "9,5 ngày"],
                ]
            ),
            T(
                [
                    ["TT", "Tên thủ tục hành chính", "Quy trình nội bộ giải quyết"],
                    ["1", name("9.100001"), "Một cửa → Phòng → Lãnh đạo"],
                ]
            ),
        ]
    )


def _duplicates() -> bytes:
    """One code twice, one code for two lines, two codes in a cell, an old dossier number."""
    return docx(
        [
            "I. Danh mục thủ tục hành chính mới ban hành",
            T(
                [
                    ["Số TT", "Mã thủ tục", "Thủ tục hành chính", "Cơ quan"],
                    ["1", "9.100001", name("9.100001"), "Sở"],
                    ["2", "9.100001", name("9.100001"), "Sở"],
                    ["3", "9.100020\n9.100021", name("9.100020"), "Sở"],
                    ["4", "T-HDU-123456-TT", name("9.100050"), "Sở"],
                ]
            ),
        ]
    )


def _nfd(block: Any) -> Any:
    if isinstance(block, T):
        return T([[_nfd(cell) for cell in row] for row in block.rows])
    return unicodedata.normalize("NFD", block) if isinstance(block, str) else block


ANNEXES: tuple[Annex, ...] = (
    Annex(
        "without-codes.docx",
        _without_codes,
        [Truth("9.100020", NEW), Truth("9.100050", NEW), Truth("", NEW)],
    ),
    Annex(
        "other-order.docx",
        _other_order,
        [*_new("9.100010", "9.100011"), Truth("9.100001", AMENDED)],
    ),
    Annex(
        "kinds-and-levels.docx",
        _kinds_and_levels,
        [*_new("9.100001", "9.100002", "9.100010"), Truth("9.100004", ABOLISHED)],
    ),
    Annex(
        "replaced.docx",
        _replaced,
        [
            Truth("9.100001", REPLACED, ("9.100002",)),
            Truth("9.100010", REPLACED, ("9.100011", "9.100041")),
        ],
    ),
    Annex(
        "replaced-one-code.docx", _replaced_one_code, [Truth("9.100002", REPLACED, ("9.100003",))]
    ),
    Annex(
        "several-kinds.docx", _several_kinds, [Truth("9.100001", NEW), Truth("9.100003", AMENDED)]
    ),
    Annex(
        "merged.xlsx",
        _merged_sheet,
        [*_new("9.100040", "9.100041", "9.100030"), Truth("9.100050", ABOLISHED)],
    ),
    Annex(
        "broken-pages.pdf",
        _broken_pages,
        [
            Truth(code, AMENDED)
            for code in ("9.100040", "9.100041", "9.100001", "9.100002", "9.100010")
        ],
    ),
    Annex(
        "scanned.pdf",
        _scanned,
        [
            Truth("9.100030", ABOLISHED),
            Truth("9.100040", ABOLISHED),
            Truth("9.100002", ABOLISHED),  # its code is a sibling's: only a person can tell
            Truth("9.100050", ABOLISHED),
        ],
    ),
    Annex("processes.docx", _processes, _new("9.100001"), process_tables=1),
    Annex(
        "duplicates.docx",
        _duplicates,
        [*_new("9.100001", "9.100001"), Truth("9.100020", NEW), Truth("9.100050", NEW)],
    ),
)
