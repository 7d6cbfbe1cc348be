"""How each source's words become rows."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.content import Channel, Content, Duration, FeeKind, FeeState, Part, Presence, TimeUnit
from catalog.enums import AgencyKind, AgencyRole, LocalRegulation, OnlineLevel, ProcedureScope
from catalog.importers.agency_names import comma_listed_agencies, kind_and_level, ministry_mark
from catalog.importers.content_parts import legal_basis_of
from catalog.importers.decision_titles import is_decision_title
from catalog.importers.exported_tables import parse_exported_tables
from catalog.importers.fees import fees_of
from catalog.importers.field_names import split_fields
from catalog.importers.national_api import parse_national_api
from catalog.importers.national_list import taken_on_of
from catalog.importers.national_package import parse_national_package
from catalog.importers.national_package_export import (
    lost_in_national_package,
    to_national_package,
)
from catalog.importers.parsed import ParsedProcedure, RecordRefused, Recovery
from catalog.importers.run import import_file
from catalog.importers.wording import audiences, duration, iso_day, levels, paper_counts, step_cases
from catalog.models import Procedure
from tests.catalog.importers.source_files import package, tables, write_lines
from tests.factories import make_procedure


def text_of(parsed: ParsedProcedure) -> Content:
    """The text of a record that has one."""
    content = parsed.content
    assert content is not None
    return content


def test_a_table_row_becomes_channel_time_fees_papers_and_legal_basis():
    parsed = parse_exported_tables(tables())
    (method,) = text_of(parsed).filing_methods
    (option,) = method.options
    assert method.channel is Channel.DIRECT
    assert option.statutory == Duration(amount=Decimal(30), unit=TimeUnit.WORKING_DAY)
    assert [(f.kind, f.state, f.amount) for f in option.fees] == [
        (FeeKind.FEE, FeeState.AMOUNT, Decimal(2_000_000)),
        (FeeKind.CHARGE, FeeState.FREE, None),
    ]
    assert option.fees[0].note == "mỗi hồ sơ"
    ((paper,),) = (case.papers for case in text_of(parsed).paper_cases)
    assert (paper.originals, paper.copies, paper.forms[0].name) == (1, 2, "Mẫu 01.docx")
    (basis,) = text_of(parsed).legal_bases
    assert (basis.number, basis.issued_on) == ("12/2021/QĐ-TTg", "2021-03-24")
    assert text_of(parsed).conditions.presence is Presence.DECLARED_NONE
    assert parsed.levels == ("ministry", "commune")
    assert parsed.audiences == ("enterprise", "organisation")
    assert parsed.local_regulation is LocalRegulation.ASSIGNED
    assert parsed.decision_number == "62/QĐ-BTN"
    assert parsed.agencies == {
        AgencyRole.HANDLING: ("Sở Văn hóa, Thể thao và Du lịch", "Cục Thử nghiệm")
    }


def test_counts_and_form_file_are_told_apart_whichever_column_they_stand_in():
    row = {"ten_giay_to": "Đơn", "so_luong": "Bản chính: 3 Bản sao: 0", "ghi_chu": "a.doc\nb.doc"}
    parsed = parse_exported_tables(tables(thanh_phan_ho_so=[row]))
    (paper,) = text_of(parsed).paper_cases[0].papers
    assert (paper.originals, paper.copies) == (3, 0)
    assert [form.name for form in paper.forms] == ["a.doc", "b.doc"]
    assert text_of(parsed).forms is Presence.HAS


def test_a_time_that_is_none_is_kept_in_the_sources_words_and_reported():
    row = {"hinh_thuc": "Trực tuyến", "thoi_han_giai_quyet": "0 Giờ", "phi_le_phi": "Phí : o Đồng"}
    parsed = parse_exported_tables(tables(hinh_thuc_nop=[row]))
    (option,) = text_of(parsed).filing_methods[0].options
    assert (option.statutory, option.note) == (None, "0 Giờ")
    assert parsed.recovery[Part.PROCESSING_TIME] is Recovery.REFUSED
    assert option.fees[0].state is FeeState.UNKNOWN
    assert {r.field for r in parsed.remarks} == {"thoi_han_giai_quyet", "phi_le_phi"}


def test_an_unknown_channel_is_kept_as_written():
    row = {"hinh_thuc": "Qua bồ câu", "thoi_han_giai_quyet": "1 Ngày"}
    parsed = parse_exported_tables(tables(hinh_thuc_nop=[row]))
    assert parsed.recovery[Part.FILING_METHODS] is Recovery.REFUSED
    assert "Qua bồ câu" in text_of(parsed).as_written[Part.FILING_METHODS]


@pytest.mark.parametrize("broken", [{"hinh_thuc_nop": "chữ"}, {"can_cu_phap_ly": [1]}])
def test_a_table_of_the_wrong_shape_refuses_the_record(broken):
    with pytest.raises(RecordRefused):
        parse_exported_tables(tables(**broken))


@pytest.mark.parametrize(
    ("cell", "state", "amount", "currency"),
    [
        ("Phí : Không Đồng", FeeState.FREE, None, "VND"),
        ("Lệ phí : 1.5 USD", FeeState.AMOUNT, Decimal("1.5"), "USD"),
        ("Lệ phí : 03 USD (mỗi giấy)", FeeState.AMOUNT, Decimal(3), "USD"),
        ("Phí : 1.5 Đồng", FeeState.UNKNOWN, None, "VND"),
        ("Phí : Mức thu bằng 50% biểu Đồng", FeeState.FORMULA, None, "VND"),
        ("Phí :  Đồng", FeeState.UNKNOWN, None, "VND"),
        ("Phí : Chưa quy định", FeeState.NOT_REGULATED, None, "VND"),
        ("Phí : 0 Đồng (Mức thu: 2.000.000 đồng/hồ sơ)", FeeState.UNKNOWN, None, "VND"),
        (
            "Phí : Không Đồng (thực hiện theo Thông tư 44; mức thu 5%)",
            FeeState.UNKNOWN,
            None,
            "VND",
        ),
        ("Phí : Không Đồng (không thu phí)", FeeState.FREE, None, "VND"),
        ("Phí : 25 Đồng", FeeState.UNKNOWN, None, "VND"),
        ("Phí : 1.000 Đồng", FeeState.AMOUNT, Decimal(1000), "VND"),
        ("Phí : 5.000 Đồng (5.000.000 đồng một giấy)", FeeState.UNKNOWN, None, "VND"),
    ],
)
def test_a_fee_says_its_state_and_never_a_guessed_amount(cell, state, amount, currency):
    (fee,) = fees_of(cell)
    assert (fee.state, fee.amount, fee.currency) == (state, amount, currency)


def test_a_fee_that_contradicts_its_note_keeps_the_words_of_both():
    (fee,) = fees_of("Phí : 0 Đồng (Mức thu: 2.000.000 đồng/hồ sơ)")
    assert fee.note == "0 (Mức thu: 2.000.000 đồng/hồ sơ)"


def test_words_of_times_counts_levels_days_and_audiences():
    assert duration("16,5 ngày") == Duration(amount=Decimal("16.5"), unit=TimeUnit.DAY)
    assert duration("2 Giờ làm việc") is None
    assert paper_counts("Bản chính: 1\nBản sao: 0") == (1, 0)
    assert paper_counts("Bản chính: 1") is None
    assert levels("Cấp Bộ, Xã, Cấp thôn") == (("ministry", "commune"), "Cấp thôn")
    assert iso_day("31-02-2024") is None
    assert audiences("Cán bộ, công chức, viên chức, Người lạ") == (("official",), "nguoi la")


def test_steps_are_cut_only_where_all_of_them_are_numbered():
    (case,) = step_cases("a) Bước 1: Nộp.\nb) Bước 2: Nhận, xem Bước 1.")
    assert [step.text for step in case.steps] == ["Nộp.", "Nhận, xem Bước 1."]
    for text in ("Mở đầu. Bước 1: Nộp.", "Bước 1: Nộp. Bước 3: Nhận.", "Nộp rồi nhận."):
        (case,) = step_cases(text)
        assert [step.text for step in case.steps] == [text]


def test_a_field_whose_own_name_holds_a_comma_is_not_cut_by_the_names_of_its_pieces():
    known = frozenset({"Khiếu nại", "Tố cáo", "Hộ tịch"})
    assert split_fields("Khiếu nại, tố cáo", known=known) == ("Khiếu nại, tố cáo",)
    assert split_fields("Khiếu nại, Tố cáo", known=known) == ("Khiếu nại", "Tố cáo")
    assert split_fields("Khiếu nại, Đất đai", known=known) == ("Khiếu nại, Đất đai",)
    whole = known | {"Khiếu nại, Tố cáo"}
    assert split_fields("Khiếu nại, Tố cáo", known=whole) == ("Khiếu nại, Tố cáo",)


def number_of(number: str, title: str) -> str:
    basis, _ = legal_basis_of(number=number, title=title)
    assert basis is not None
    return basis.number


def test_a_number_of_a_legal_basis_is_taken_from_words_only_when_one_fits():
    assert number_of("Luật 47/2014/QH13", "") == "47/2014/QH13"
    both = "Nghị định 1/2020/NĐ-CP và 1/2021/NĐ-CP"
    assert number_of("1", both) == "1"
    assert legal_basis_of(number="", title=" ")[0] is None


def test_agencies_are_cut_only_before_an_agencys_own_first_words():
    text = "Đội Thủ tục, Phòng Pháp chế, Cục cảnh sát về trật tự, xã hội"
    assert comma_listed_agencies(text) == (
        "Đội Thủ tục",
        "Phòng Pháp chế",
        "Cục cảnh sát về trật tự, xã hội",
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Bộ Tư pháp", AgencyKind.MINISTRY),
        ("Bộ Tư lệnh Quân khu", AgencyKind.OTHER),
        ("Bộ phận Một cửa", AgencyKind.OTHER),
        ("Sở giao dịch, Chi nhánh NHPT", AgencyKind.OTHER),
        ("Sở Văn hóa, Thể thao và Du lịch", AgencyKind.DEPARTMENT),
        ("Sở Xây dựng, Khu Quản lý đường bộ", AgencyKind.OTHER),
        ("UBND cấp xã", AgencyKind.COMMUNE),
        ("Uỷ ban nhân dân huyện Thử", AgencyKind.DISTRICT),
        ("Chủ tịch Ủy ban nhân dân cấp tỉnh", AgencyKind.OTHER),
    ],
)
def test_the_kind_of_an_agency_is_told_only_by_unambiguous_first_words(name, kind):
    assert kind_and_level(name)[0] is kind


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("Bộ Tư pháp", "BTP"),
        ("Bộ Văn hóa, Thể thao và Du lịch", "BVHTTDL"),
        ("Bộ Lao động - Thương binh và Xã hội", "BLĐTBXH"),
        ("Bộ Lao động, Thương binh và Xã hội", "BLĐTBXH"),
        ("Cục Hải quan - Bộ Tài chính", ""),
        ("Sở Tài chính", ""),
    ],
)
def test_a_ministry_has_the_short_name_of_its_decision_numbers(name, mark):
    assert ministry_mark(name) == mark


@pytest.mark.parametrize(
    ("name", "is_title"),
    [
        ("Công bố Danh mục và Quy trình nội bộ thủ tục hành chính thuộc Sở", True),
        ("Quyết định về việc công bố danh mục TTHC lĩnh vực Thử", True),
        ("Phê duyệt quy trình nội bộ giải quyết thủ tục hành chính", True),
        ("Công bố Danh mục khu đất dự kiến thực hiện dự án", False),
        ("Công bố mở cảng cá loại III", False),
        ("Quyết định giao rừng cho tổ chức", False),
        ("Công bố thủ tục hành chính", False),
    ],
)
def test_titles_of_decisions_are_told_from_procedures(name, is_title):
    assert is_decision_title(name) is is_title


def api_record(**overrides):
    facts = {
        "code": "1.900001",
        "name": "Cấp thẻ",
        "executionSteps": [{"name": "Cấp mới", "description": "Bước 1: Nộp. Bước 2: Nhận."}],
        "executionMethods": [
            {
                "submissionMethod": "ONLINE",
                "processingTime": 2.5,
                "processingTimeUnit": "WORKING_DAY",
                "fees": [{"type": "CHARGE", "value": 10000, "description": ""}],
            }
        ],
        "isInternal": False,
        "isFullProcess": True,
        "isWard": True,
        "formalityType": "ASSIGNED_REGULATION",
        "categoriesDetails": [{"name": "Thử, nghiệm"}],
        "subjectTypesDetails": [{"name": "Hợp tác xã"}],
        "unitGroupsExecuting": [{"name": "Ủy ban nhân dân cấp xã"}],
        "resultsDetails": [{"name": "Thẻ", "code": "KQ.1"}],
        "procedureProposal": {"proposalNumber": "3085/QĐ-BTN"},
        "departmentPromulgateName": "Bộ Tư pháp",
    }
    return facts | overrides


def test_the_portals_own_record_becomes_rows():
    parsed = parse_national_api(api_record())
    (option,) = text_of(parsed).filing_methods[0].options
    assert option.statutory == Duration(amount=Decimal("2.5"), unit=TimeUnit.WORKING_DAY)
    assert option.fees[0].amount == Decimal(10_000)
    assert [len(case.steps) for case in text_of(parsed).steps] == [2]
    assert text_of(parsed).results.items[0].code == "KQ.1"
    assert (parsed.field_names, parsed.levels) == (("Thử, nghiệm",), ("commune",))
    assert (parsed.issuer, parsed.decision_number) == ("Bộ Tư pháp", "3085/QĐ-BTN")
    assert parsed.agencies == {AgencyRole.HANDLING: ("Ủy ban nhân dân cấp xã",)}


def test_the_record_itself_says_how_far_a_procedure_is_online_and_whom_it_serves():
    assert parse_national_api(api_record()).online_level is OnlineLevel.FULL
    partial = parse_national_api(api_record(isFullProcess=False))
    assert partial.online_level is OnlineLevel.PARTIAL
    offline = parse_national_api(api_record(executionMethods=[]))
    assert offline.online_level is OnlineLevel.NONE
    assert parse_national_api(api_record(type="STANDARD_INTERNAL")).scope is ProcedureScope.INTERNAL


@pytest.mark.parametrize(
    "broken",
    [
        {"executionMethods": [{"submissionMethod": "PIGEON"}]},
        {"executionMethods": {"a": 1}},
        {"executionMethods": [{"submissionMethod": "DIRECT", "processingTime": "mười"}]},
        {"executionMethods": [{"submissionMethod": "DIRECT", "processingTime": -1}]},
    ],
)
def test_a_portal_record_of_the_wrong_shape_is_refused(broken):
    with pytest.raises(RecordRefused):
        parse_national_api(api_record(**broken))


@pytest.mark.django_db
def test_a_package_in_out_and_in_again_says_the_same(tmp_path):
    import_file(write_lines(tmp_path, [package()]), today=date(2026, 11, 22))
    first = parse_national_package(package())
    out = to_national_package(Procedure.objects.get())
    again = parse_national_package(out)
    assert text_of(again) == text_of(first)
    facts = ("code", "name", "decision_number", "field_names", "levels", "audiences", "agencies")
    assert [getattr(again, fact) for fact in facts] == [getattr(first, fact) for fact in facts]
    assert again.local_regulation is first.local_regulation
    assert out["quyetDinhCongBo"] == package()["quyetDinhCongBo"]
    assert lost_in_national_package(Procedure.objects.get()) == ()
    states = [f.state for o in text_of(first).filing_methods[0].options for f in o.fees]
    assert states == [
        FeeState.AMOUNT,
        FeeState.FREE,
        FeeState.NOT_REGULATED,
        FeeState.FORMULA,
        FeeState.AMOUNT,
    ]


@pytest.mark.django_db
def test_what_a_package_cannot_say_is_told():
    procedure = make_procedure()
    local = {"amount": "3", "unit": "working_day"}
    procedure.content["filing_methods"][0]["options"][0]["local"] = local
    assert [remark.field for remark in lost_in_national_package(procedure)] == [
        "filing_methods",
        "fees",
    ]


def test_the_packages_leading_keys_are_settings(settings):
    settings.PORTAL_PACKAGE_CODE_KEY = "MA"
    settings.PORTAL_PACKAGE_NAME_KEY = "TEN"
    parsed = parse_national_package(package() | {"MA": "1.900009", "TEN": "Khác"})
    assert (parsed.code, parsed.name) == ("1.900009", "Khác")


@pytest.mark.parametrize("moment", ["9999-12-31T23:00:00+00:00", "hôm qua", ""])
def test_a_row_whose_moment_no_calendar_has_says_no_day(moment):
    assert taken_on_of({"collected_at": moment}) is None
