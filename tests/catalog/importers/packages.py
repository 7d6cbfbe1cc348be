"""National data packages drawn by hypothesis: as the national database spells them, and soiled."""

import unicodedata
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

_WORDS = ["Đơn", "đề nghị", "cấp", "giấy phép", "theo mẫu", "số 01", "(bản chính)", "của tổ chức"]
_UNITS = ["Giờ", "Ngày", "Ngày làm việc", "Tháng", "Năm"]
_LEVELS = ["Cấp Bộ", "Cấp Tỉnh", "Cấp Huyện", "Cấp Xã", "Cơ quan khác"]
_FIELDS = ["Đất đai", "Hộ tịch", "Quản lý xuất nhập cảnh", "Cấp, quản lý căn cước"]
_AGENCIES = ["Sở Tư pháp", "Sở Xây dựng", "Ủy ban nhân dân cấp xã", "Công an tỉnh"]
_AUDIENCES = [
    "Công dân Việt Nam",
    "Doanh nghiệp có vốn đầu tư nước ngoài",
    "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "Cán bộ, công chức, viên chức",
]
_BASES = ["01/2024/NĐ-CP", "37/2015/TTLT-BLĐTBXH-BQP", "59/2020/QH14", ""]

LINE = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map(" ".join)
PROSE = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
_COUNT = st.sampled_from(["", "0", "1", "12"])
_AMOUNT = st.integers(1, 999_999_999).map(str)
_FEE = st.one_of(
    st.tuples(st.just("") | PROSE, _AMOUNT, st.just("Đồng")),
    st.tuples(st.just("") | PROSE, st.sampled_from(["1.5", "20"]), st.just("USD")),
    st.tuples(st.just("") | PROSE, st.just("0"), st.just("Đồng")),
    st.tuples(st.just("") | PROSE, st.just("Chưa quy định"), st.just("")),
    st.tuples(st.sampled_from(["", "0,5% giá trị hợp đồng", "Theo thỏa thuận"]),
              st.just(""), st.just("")),
).map(lambda fee: dict(zip(("MOTA", "SOTIEN", "DONVI"), fee, strict=True)))  # fmt: skip
_TIME = st.tuples(st.decimals(1, 400, places=1), st.sampled_from(_UNITS)).map(
    lambda time: (format(time[0].normalize(), "f"), time[1])
)


def _rows(key: str, values: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[Any]]:
    return values.map(lambda found: [{key: value} for value in found])


def _some(words: list[str], least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(words), min_size=least, max_size=3, unique=True)


def _first_apart(fields: list[str]) -> list[str]:
    """The field a procedure belongs to, and in the register's order those it touches as well."""
    return [fields[0], *sorted(fields[1:])]


@st.composite
def _options(draw: Any) -> dict[str, Any]:
    value, unit = draw(st.just(("", "")) | _TIME)
    return {
        "THOIGIANGIAIQUYET": value,
        "DONVITINH": unit,
        "MOTA": draw(st.just("") | PROSE),
        "PHILEPHI": draw(st.lists(_FEE, max_size=3)),
    }


@st.composite
def _papers(draw: Any) -> list[dict[str, str]]:
    """The rows of one paper: one for each of its forms, or one without."""
    forms = draw(st.lists(LINE, max_size=3, unique=True))
    paper = {"TENGIAYTO": draw(PROSE), "SOBANCHINH": draw(_COUNT), "SOBANSAO": draw(_COUNT)}
    url = "https://dichvucong.example/mau?ma=1"
    named = [{"TENMAUDON": form, "URL": draw(st.sampled_from(["", url]))} for form in forms]
    return [paper | form for form in named or [{"TENMAUDON": "", "URL": ""}]]


@st.composite
def packages(draw: Any, code: str) -> dict[str, Any]:
    """A package in the national database's own spelling, every part of it optional."""
    kinds = draw(st.sampled_from(["1", "2", "3", ""]))
    basis = st.tuples(st.sampled_from(_BASES), LINE)
    return {
        "MATTHC": code,
        "TENTTHC": draw(LINE),
        **({"LOAITTHC": kinds} if kinds else {}),
        "CAPTHUCHIEN": draw(_rows("TENCAP", _some(_LEVELS))),
        "LINHVUCTHUCHIEN": draw(_rows("TENLINHVUC", _some(_FIELDS, 1).map(_first_apart))),
        "TRINHTUTHUCHIEN": [
            {"TRUONGHOP": draw(st.just("") | LINE), "TRINHTU": draw(_rows("TENTRINHTU", steps))}
            for steps in draw(st.lists(st.just(_STEPS), max_size=2))
        ],
        "CACHTHUCTHUCHIEN": [
            {"KENH": kenh, "THOIGIAN": draw(st.lists(_options(), max_size=2))}
            for kenh in draw(_some(["1", "2", "3"]))
        ],
        "THANHPHANHOSO": [
            {
                "TRUONGHOP": draw(st.just("") | PROSE),
                "GIAYTO": [row for paper in papers for row in paper],
            }
            for papers in draw(st.lists(st.lists(_papers(), min_size=1, max_size=3), max_size=2))
        ],
        "DOITUONGTHUCHIEN": draw(_rows("TENDOITUONG", _some(_AUDIENCES))),
        "COQUANTHUCHIEN": draw(_rows("TENDONVI", _some(_AGENCIES))),
        "COQUANCOTHAMQUYEN": draw(_rows("TENDONVI", _some(_AGENCIES))),
        "COQUANDUOCUYQUYEN": draw(_rows("TENDONVI", _some(_AGENCIES))),
        "COQUANPHOIHOP": draw(_rows("TENDONVI", _some(_AGENCIES))),
        "DIACHITIEPNHAN": draw(st.just("") | PROSE),
        "KETQUATHUCHIEN": draw(
            _rows("TENKETQUA", st.just(["Không"]) | st.lists(PROSE, max_size=2))
        ),
        "CANCUPHAPLY": [
            {"SOVANBAN": number, "TENVANBAN": title}
            for number, title in draw(st.lists(basis, max_size=3, unique=True))
        ],
        "YEUCAU": draw(st.sampled_from(["", "Không"]) | PROSE),
        "TUKHOA": "; ".join(draw(st.lists(LINE, max_size=3, unique=True))),
        "MOTA": draw(st.just("") | PROSE),
        "quyetDinhCongBo": {
            "SOQUYETDINH": f"{draw(st.integers(1, 9999))}/QĐ-BTN",
            "NGAYQUYETDINH": "01/08/2024",
            "TRICHYEU": draw(LINE),
        },
    }


_STEPS = st.lists(PROSE, min_size=1, max_size=3)


@st.composite
def spelt_twice(draw: Any, code: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A package in the usual spelling, and the same as real senders spell it."""
    package: dict[str, Any] = draw(packages(code))
    # The decision is passed on as it came, and by the ways to file a package is known.
    kept = {"quyetDinhCongBo": package["quyetDinhCongBo"], "CACHTHUCTHUCHIEN": []}
    rest = {key: value for key, value in package.items() if key != "quyetDinhCongBo"}
    spelt: dict[str, Any] = _each(rest, lambda key, text: _soiled_text(key, text, draw))
    left = {key: value for key, value in spelt.items() if value != [] or draw(st.booleans())}
    return package, kept | left


def _each(value: Any, spell: Callable[[str, str], Any], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _each(part, spell, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_each(part, spell, key) for part in value]
    return spell(key, value)


def _soiled_text(key: str, text: str, draw: Any) -> Any:
    if key == "MATTHC":
        return text
    if not text:
        return draw(st.sampled_from(["", None, " ", *_NOTHING.get(key, ())]))
    if key in {"SOBANCHINH", "SOBANSAO", "KENH", "LOAITTHC"}:
        return draw(st.sampled_from([text, int(text), f" {text} "]))
    if key == "THOIGIANGIAIQUYET":
        return draw(st.sampled_from([text, text.replace(".", ","), f" {text}", f"0{text}"]))
    if key == "SOTIEN" and text.isdigit():
        return draw(
            st.sampled_from([text, int(text), f"{int(text):,}", f"{int(text):,}".replace(",", ".")])
        )
    if key == "DONVI":
        return draw(
            st.sampled_from([text, text.upper(), *(["VNĐ", "vnd"] if text == "Đồng" else ())])
        )
    return draw(
        st.sampled_from(
            [
                text,
                unicodedata.normalize("NFD", text),
                f" {text} ",
                text.replace(" ", "  "),
                text.replace("\n", " \r\n\n"),
            ]
        )
    )


_NOTHING = dict.fromkeys(
    ("MOTA", "YEUCAU", "DIACHITIEPNHAN", "TUKHOA", "TRUONGHOP", "TENMAUDON"),
    ("Không có thông tin", "không có thông tin."),
)
