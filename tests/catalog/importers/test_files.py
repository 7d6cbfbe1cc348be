"""A damaged or foreign file is refused whole, in words that name the damage."""

import gzip
import json
from datetime import date

import pytest
from openpyxl import Workbook

from catalog.enums import RecordSource
from catalog.importers.files import FileRefused, read_json_records
from catalog.importers.run import import_file
from catalog.importers.sources import source_of
from catalog.models import NationalRecord, Procedure
from tests.catalog.importers.source_files import listed, package, scraped, tables, write_lines

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def lines(*records):
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()


def flipped(data, place):
    return data[:place] + bytes([data[place] ^ 255]) + data[place + 1 :]


def with_changed_letters(data):
    """Packed, with a byte changed that unpacks to other letters, so that only the sum tells."""
    packed = gzip.compress(data, compresslevel=0)
    return flipped(packed, packed.index(b"ten_thu_tuc"))


GOOD = lines(*(scraped(f"1.9{n:05d}") for n in range(250)))
DAMAGED = {
    "empty": (b"", "Tệp trống"),
    "blank": (b"\n  \n", "Tệp trống"),
    "empty list": (b"[]", "Tệp trống"),
    "empty gzip": (gzip.compress(b""), "Tệp trống"),
    "broken gzip": (gzip.compress(GOOD)[:-200], "gzip bị hỏng"),
    "gzip with a changed byte": (
        flipped(gzip.compress(GOOD), 400),
        "gzip bị hỏng",
    ),
    "gzip with changed letters": (with_changed_letters(GOOD), "gzip bị hỏng"),
    "cut workbook": (b"PK\x03\x04" + b"\x00\xff" * 200, "Lưu lại danh sách từ Excel"),
    "cut in the last record": (GOOD[:-30], "Dòng 250 không phải JSON"),
    "a bad line in the middle": (GOOD + b"{xx\n" + lines(scraped()), "Dòng 251 không phải JSON"),
    "cut document": (json.dumps([scraped()], indent=1).encode()[:-40], "không phải JSON"),
    "list of words": (b'["a", "b"]', "không phải một đối tượng"),
    "not UTF-8": ("Tên".encode("utf-16"), "không phải văn bản UTF-8"),
    "not UTF-8 in the middle": (
        GOOD + '{"ten": "Thủ"}'.encode("cp1258", "replace") + b"\xff\n",
        "UTF-8",
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "không phải"),
    "other columns": (lines({"id": 1, "title": "x"}), "có các cột “id”, “title”"),
    "a column short": (
        lines({"ma_so": "1.900001", "ten": "Cấp phép"}),
        "gần giống nguồn national_list nhưng thiếu cột “linh_vuc”",
    ),
    "not a number": (lines(scraped()) + b'{"ma_thu_tuc": NaN}\n', "không phải JSON"),
    "deep nesting": (b"[" * 100_000, "không phải JSON"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_refused_before_anything_is_written(tmp_path, name):
    data, message = DAMAGED[name]
    path = tmp_path / "source"
    path.write_bytes(data)
    with pytest.raises(FileRefused, match=message):
        import_file(path, today=DAY)
    assert (Procedure.objects.count(), NationalRecord.objects.count()) == (0, 0)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(FileRefused, match="Không có tệp"):
        import_file(tmp_path / "none.jsonl", today=DAY)
    with pytest.raises(FileRefused, match="thư mục"):
        import_file(tmp_path, today=DAY)


def test_a_file_of_another_source_than_the_one_named_is_refused(tmp_path):
    path = write_lines(tmp_path, [scraped()])
    with pytest.raises(FileRefused, match="Không bản ghi nào"):
        import_file(path, today=DAY, source=source_of(RecordSource.NATIONAL_LIST))


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("make", [scraped, tables, package, listed])
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path, make, packed):
    data = b"\xef\xbb\xbf" + lines(make("1.900001"), make("1.900002")).replace(b"\n", b"\r\n\r\n")
    path = tmp_path / "source"
    path.write_bytes(gzip.compress(data) if packed else data)
    report = import_file(path, today=DAY)
    assert (report.counts()["created"], report.counts()["refused"]) == (2, 0)
    assert [row.number for row in report.rows] == [1, 3]


@pytest.mark.parametrize("text", [json.dumps(scraped(), indent=2), json.dumps([scraped()])])
def test_one_document_is_read_like_lines(tmp_path, text):
    path = tmp_path / "source.json"
    path.write_text(text)
    assert import_file(path, today=DAY).counts()["created"] == 1


def test_lines_are_read_one_by_one(tmp_path):
    path = write_lines(tmp_path, [scraped("1.900001"), scraped("1.900002")])
    path.write_bytes(path.read_bytes() + b"{broken")
    rows = read_json_records(path)
    assert [next(rows).number, next(rows).number] == [1, 2]
    with pytest.raises(FileRefused, match="Dòng 3"):
        next(rows)


@pytest.mark.parametrize("name", ["danh-sach.xlsx", "DANH-SACH.XLS"])
def test_a_text_that_calls_itself_a_workbook_is_refused_in_words_of_workbooks(tmp_path, name):
    path = tmp_path / name
    path.write_text("Mã số;Tên\n1.900001;Cấp thẻ\n")
    with pytest.raises(FileRefused, match="không phải bảng Excel") as refused:
        next(read_json_records(path))
    assert "JSON" not in str(refused.value)


def workbook(folder, rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    path = folder / "danh-sach.xlsx"
    book.save(path)
    return path


HEADER = ["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"]


def test_the_portals_excel_list_has_a_banner_and_several_agencies_in_a_cell(tmp_path):
    path = workbook(
        tmp_path,
        [
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nDANH SÁCH THỦ TỤC HÀNH CHÍNH"],
            HEADER,
            ["1.900001", " Cấp thẻ thử ", "Bộ Tư pháp", "Sở Thử nghiệm\nBộ Tư pháp\n\n", "Thử"],
            [1.90001, "Cấp lại thẻ thử", "Bộ Tư pháp", "", "Thử"],
            [None, None, None, None, None],
        ],
    )
    report = import_file(path, today=DAY)
    assert report.source == "spreadsheet"
    assert [(row.number, row.code) for row in report.rows] == [(3, "1.900001"), (4, "1.900010")]
    procedure = Procedure.objects.get(code="1.900001")
    assert procedure.name == "Cấp thẻ thử"
    assert [row.name_as_written for row in procedure.roles.all()] == ["Sở Thử nghiệm", "Bộ Tư pháp"]
    assert procedure.content == {}


def test_columns_in_another_order_are_read_by_their_names(tmp_path):
    path = workbook(tmp_path, [["Lĩnh vực", "Tên", "Mã số"], ["Thử", "Cấp thẻ", "1.900001"]])
    import_file(path, today=DAY)
    assert Procedure.objects.get().field.name == "Thử"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["Mã số", "Tên"], ["1.900001", "x"]], "thiếu cột Lĩnh vực"),
        ([["a", "b"]], "thiếu cột Mã số, Tên, Lĩnh vực"),
        ([HEADER], "Tệp trống"),
    ],
)
def test_a_workbook_without_the_columns_or_rows_is_refused(tmp_path, rows, message):
    with pytest.raises(FileRefused, match=message):
        import_file(workbook(tmp_path, rows), today=DAY)


def test_a_cut_workbook_is_refused(tmp_path):
    path = workbook(tmp_path, [HEADER, ["1.900001", "x", "", "", "Thử"]])
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(FileRefused):
        import_file(path, today=DAY)
