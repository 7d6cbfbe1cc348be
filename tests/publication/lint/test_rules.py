"""What the rules say of a text: each names the field, and each leaves a sound text alone."""

from datetime import date
from typing import Any

import pytest

from catalog.content import read_content
from publication.lint import Knowledge, Subject, find_remarks
from publication.lint.bases import replaced_by_titles
from publication.lint.name import faults
from publication.lint.subject import Body
from tests.factories import make_content

DAY = date(2024, 10, 3)


def subject(*, content: dict[str, Any] | None = None, **facts: Any) -> Subject:
    whole: dict[str, Any] = {
        "code": "1.900001",
        "name": "Cấp giấy xác nhận",
        "online_level": "full",
        "levels": ("province",),
        "bodies": (Body("competent", "Sở Tư pháp", "province"),),
        "content": read_content(make_content(**(content or {}))),
        "form_files": frozenset({"to-khai.docx"}),
    }
    return Subject(**whole | facts)


def said(one: Subject, **known: Any) -> list[tuple[str, str]]:
    return [(r.field, r.message) for r in find_remarks(one, Knowledge(**{"on": DAY} | known))]


def filing(**fees: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "filing_methods": [
            {
                "channel": channel,
                "options": [{"statutory": {"amount": "5", "unit": "working_day"}, "fees": found}],
            }
            for channel, found in fees.items()
        ]
    }


def steps(*texts: str, case: str = "") -> dict[str, Any]:
    return {"steps": [{"case": case, "steps": [{"text": text} for text in texts]}]}


def test_a_sound_text_gets_no_remark():
    assert said(subject()) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Cấp phép hoạt động khảo nghiệm của", "kết thúc bằng chữ “của”"),
        ("Cấp lại giấy phép trong.", "kết thúc bằng chữ “trong”"),
        ("Cấp chứng chỉ hành nghề (cấp tỉnh", "thiếu một dấu ngoặc đơn"),
        ("Thủ tục đăng ký sáng chế -", "kết thúc bằng dấu “-”"),
        ("Cấp bằng t ốt nghiệp", "chữ bị tách rời “t ốt”"),
        ("Cấp  giấy phép", "hai dấu cách"),
    ],
)
def test_a_name_cut_short_or_broken_apart_is_named(name: str, words: str):
    found = list(faults(name))
    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize(
    "name",
    [
        "Đăng ký khai sinh có yếu tố nước ngoài",
        "Cấp lại Giấy phép kinh doanh cảng hàng không",
        "Chấp thuận dự toán năm sau",
        "Cấp giấy phép lái xe hạng B, C (đổi từ nước ngoài)",
        "Đăng ký người phụ thuộc",
        "Thủ tục cấp lại sổ a, b và c ở xã",
    ],
)
def test_a_name_that_may_end_so_is_left_alone(name: str):
    assert list(faults(name)) == []


def test_a_name_unlike_the_national_one_is_shown_beside_it():
    assert said(subject(), national_name="Cấp  giấy Xác nhận") == []
    assert said(subject(), national_name="Cấp lại giấy xác nhận") == [
        ("Tên thủ tục", "khác tên trong cơ sở dữ liệu quốc gia: “Cấp lại giấy xác nhận”.")
    ]


def test_a_missing_part_cites_its_point_of_the_law():
    remarks = find_remarks(subject(content={"paper_cases": [], "forms": "unknown"}), Knowledge(DAY))
    assert [(r.field, r.citation[:21]) for r in remarks] == [
        ("Thành phần hồ sơ", "điểm d khoản 2 Điều 8"),
        ("Mẫu đơn, tờ khai", "điểm h khoản 2 Điều 8"),
    ]


def test_an_unknown_fee_is_set_against_what_other_channels_declare():
    one = subject(content=filing(direct=[{"state": "free"}], online=[]))
    assert said(one) == [
        (
            "Phí, lệ phí",
            "nộp trực tuyến chưa ghi phí, trong khi trực tiếp đã ghi “không thu”: "
            "ghi mức thu, “không thu” hoặc “chưa quy định”.",
        )
    ]


def test_a_text_that_knows_no_fee_at_all_gets_one_remark():
    one = subject(content=filing(direct=[], online=[{"state": "unknown"}]))
    assert [field for field, _message in said(one)] == ["Phí, lệ phí"]


def test_a_fee_that_contradicts_itself_or_has_run_out_is_named():
    free_and_paid = [{"state": "free"}, {"state": "amount", "amount": "5000"}]
    assert (
        "vừa “không thu” vừa có mức thu"
        in said(subject(content=filing(direct=free_and_paid, online=[{"state": "free"}])))[0][1]
    )
    past = [{"state": "amount", "amount": "5000", "valid_to": "2024-10-02"}]
    last_day = [{"state": "amount", "amount": "5000", "valid_to": "2024-10-03"}]
    assert said(subject(content=filing(online=last_day))) == []
    assert "chỉ áp dụng đến 02/10/2024" in said(subject(content=filing(online=past)))[0][1]


def test_an_amount_below_a_thousand_dong_is_looked_at_again():
    small = {"state": "amount", "amount": "999"}
    assert "mức thu 999 đồng" in said(subject(content=filing(online=[small])))[0][1]
    whole = {"state": "amount", "amount": "1000"}
    dollars = {"state": "amount", "amount": "5", "currency": "USD"}
    assert said(subject(content=filing(online=[whole, dollars]))) == []


def test_the_online_level_and_the_ways_to_file_agree():
    only_direct = subject(content=filing(direct=[{"state": "free"}]))
    assert [field for field, _m in said(only_direct)] == ["Cách thức thực hiện"]
    assert [field for field, _m in said(subject(online_level="none"))] == ["Mức độ trực tuyến"]


def test_steps_in_a_row_that_outlast_the_limit_are_added_up():
    long = subject(
        content=steps(
            "Trong 03 (ba) ngày làm việc, phòng chuyên môn thẩm định.",
            "Trong 2,5 ngày làm việc, lãnh đạo sở ký.",
        )
    )
    assert said(long) == [
        (
            "Trình tự thực hiện",
            "các bước nêu 3 + 2,5 = 5,5 ngày làm việc, dài hơn thời hạn 5 ngày làm việc: "
            "kiểm tra lại bước hoặc thời hạn.",
        )
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("Trong 3 ngày làm việc, thẩm định.", "Trong 2 ngày làm việc, ký."),
        ("Trong 30 ngày, lấy ý kiến.",),  # days and working days are two units
        ("Trong 5 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ, trả kết quả.",
         "Trong 3 ngày làm việc, thẩm định."),
        ("Hồ sơ chưa đầy đủ thì trong 10 ngày làm việc phải bổ sung.",),
        ("Nộp chậm nhất 30 ngày làm việc trước ngày tổ chức.",),
    ],
)  # fmt: skip
def test_terms_that_run_otherwise_are_not_added_up(texts: tuple[str, ...]):
    assert said(subject(content=steps(*texts))) == []


def test_levels_agree_with_who_decides_and_with_the_annex():
    assert "thuộc cấp tỉnh" in said(subject(levels=("commune",)))[0][1]
    assert said(subject(levels=()))[0] == (
        "Cấp thực hiện",
        "chưa ghi: chọn cấp thực hiện của thủ tục.",
    )
    assert said(subject(part="I. Cấp tỉnh")) == []
    assert "phụ lục xếp vào “II. Cấp xã”" in said(subject(part="II. Cấp xã"))[0][1]


def test_there_are_no_districts_after_june_2025():
    one = subject(levels=("province", "district"))
    assert said(one, on=date(2025, 6, 30)) == []
    assert "cấp huyện đã kết thúc" in said(one, on=date(2025, 7, 1))[0][1]


def test_what_the_ministry_abolished_is_said():
    assert (
        "bộ đã bãi bỏ mã này theo Quyết định 1/QĐ-BTP"
        in said(subject(), abolished_by="Quyết định 1/QĐ-BTP")[0][1]
    )


def test_a_title_ends_whole_documents_only():
    titles = [
        ("99/2022/NĐ-CP", "Nghị định về đăng ký, thay thế Nghị định số 102/2017/NĐ-CP"),
        ("5/2023/NĐ-CP", "Nghị định bãi bỏ một số điều của Nghị định số 7/2020/NĐ-CP"),
        ("6/2023/NĐ-CP", "Nghị định sửa đổi Nghị định số 8/2020/NĐ-CP"),
    ]
    assert replaced_by_titles(titles) == {"102/2017/nd-cp": "99/2022/NĐ-CP"}


def test_a_basis_that_another_document_replaces_is_named():
    bases = [{"number": "102/2017/NĐ-CP"}, {"number": "01/2024/NĐ-CP", "issued_on": "2024-10-04"}]
    one = subject(content={"legal_bases": bases})
    found = said(one, replaced_documents={"102/2017/nd-cp": "99/2022/NĐ-CP"})
    assert [message.split(",")[0] for _field, message in found] == [
        "102/2017/NĐ-CP đã được thay thế hoặc bãi bỏ",
        "01/2024/NĐ-CP ghi ban hành ngày 04/10/2024",
    ]


def test_the_ground_of_the_ministry_s_decision_is_to_be_cited():
    assert said(subject(), expected_documents=("01/2024/NĐ-CP",)) == []
    assert "chưa dẫn 99/2022/NĐ-CP" in said(subject(), expected_documents=("99/2022/NĐ-CP",))[0][1]


def test_a_form_that_nobody_can_download_is_named_and_an_address_or_a_file_is_enough():
    forms = [{"name": "Mẫu A"}, {"name": "Mẫu B"}, {"name": "Mẫu C", "url": "https://a.vn/c"}]
    content = {"paper_cases": [{"papers": [{"name": "Đơn", "forms": forms}]}]}
    assert said(subject(content=content, form_files=frozenset({"Mẫu A"}))) == [
        (
            "Mẫu đơn, tờ khai",
            "mẫu “Mẫu B” chưa có tệp và không có địa chỉ tải: tải tệp lên ở trang thủ tục hoặc "
            "ghi địa chỉ.",
        )
    ]
