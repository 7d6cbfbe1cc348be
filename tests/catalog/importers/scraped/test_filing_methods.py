"""Laws of reading the flattened filing table. All texts are invented; their shapes are real."""

from decimal import Decimal

import pytest

from catalog.content import Channel, Duration, FeeKind, FeeState, Part, TimeUnit
from catalog.importers.parsed import Recovery
from catalog.importers.scraped.filing_methods import HEADING, Filing, read_filing


def read(rows: str) -> Filing:
    return read_filing(HEADING + rows)


def days(amount: str, unit: TimeUnit = TimeUnit.DAY) -> Duration:
    return Duration(amount=Decimal(amount), unit=unit)


def test_rows_without_separators_become_channels_with_time_and_fee():
    filing = read("Trực tuyến10 Ngày làm việcMiễn phíDịch vụ bưu chính12 Ngày40,000 VNĐ")
    online, postal = filing.methods
    assert online.channel is Channel.ONLINE
    assert online.options[0].statutory == days("10", TimeUnit.WORKING_DAY)
    assert online.options[0].fees[0].state is FeeState.FREE
    assert postal.channel is Channel.POSTAL
    assert postal.options[0].statutory == days("12")
    assert postal.options[0].fees[0].amount == 40000
    assert {reading.recovery for reading in filing.parts.values()} == {Recovery.RECOVERED}


def test_rows_of_one_channel_are_its_time_options_in_order():
    filing = read(
        "Trực tiếp2 Ngày làm việcMiễn phí- Hồ sơ đơn giản.Trực tuyến4 GiờMiễn phí"
        "Trực tiếp1 ThángMiễn phí- Hồ sơ phải xác minh."
    )
    direct, online = filing.methods
    assert [option.statutory for option in direct.options] == [
        days("2", TimeUnit.WORKING_DAY),
        days("1", TimeUnit.MONTH),
    ]
    assert direct.options[1].note == "- Hồ sơ phải xác minh."
    assert online.options[0].statutory == days("4", TimeUnit.HOUR)


def test_a_channel_named_in_a_description_does_not_begin_a_row():
    filing = read(
        "Trực tiếp3 NgàyMiễn phíTrực tiếp tại quầy; Trực tuyến: qua cổng.Trực tuyến3 NgàyMiễn phí"
    )
    assert [method.channel for method in filing.methods] == [Channel.DIRECT, Channel.ONLINE]
    assert filing.methods[0].options[0].note == "Trực tiếp tại quầy; Trực tuyến: qua cổng."


def test_a_note_with_brackets_inside_ends_at_its_own_bracket():
    filing = read("Trực tiếp5 Ngày90,000 VNĐ(Lệ phí cấp thẻ (theo Biểu 2))Nhận tại quầy")
    option = filing.methods[0].options[0]
    assert option.fees[0].note == "Lệ phí cấp thẻ (theo Biểu 2)"
    assert option.fees[0].kind is FeeKind.CHARGE
    assert option.note == "Nhận tại quầy"


def test_a_note_whose_end_is_unknown_makes_the_fees_partly_recovered():
    filing = read("Trực tiếp5 Ngày90,000 VNĐ(Sát hạch (lần đầu)05 ngày kể từ ngày nhận hồ sơ")
    reading = filing.parts[Part.FEES]
    assert reading.recovery is Recovery.PARTLY
    assert "05 ngày" in filing.methods[0].options[0].fees[0].note


def test_an_amount_in_another_currency_keeps_it():
    filing = read("Trực tiếp7 Ngày25 USD(Mỗi thẻ)")
    fee = filing.methods[0].options[0].fees[0]
    assert (fee.amount, fee.currency) == (25, "USD")


@pytest.mark.parametrize("cell", ["30 VNĐ(30.000đ/giấy)", "45 Việt Nam Đồng"])
def test_an_amount_that_may_be_in_thousands_is_not_believed(cell: str):
    filing = read(f"Trực tuyến3 Ngày làm việc{cell}")
    fee = filing.methods[0].options[0].fees[0]
    assert (fee.state, fee.amount) == (FeeState.UNKNOWN, None)
    assert filing.parts[Part.FEES].recovery is Recovery.REFUSED


def test_time_and_fee_in_one_run_of_digits_are_not_parted():
    filing = read("Trực tuyến1300 VNĐ(Phí đăng bố cáo: 300.000 đồng)")
    option = filing.methods[0].options[0]
    assert option.statutory is None
    assert option.fees[0].state is FeeState.UNKNOWN
    assert option.fees[0].note.startswith("1300 VNĐ")
    assert filing.parts[Part.PROCESSING_TIME].recovery is Recovery.REFUSED


def test_a_time_without_unit_is_no_time():
    filing = read("Trực tuyến1Miễn phí")
    assert filing.methods[0].options[0].statutory is None
    assert filing.parts[Part.PROCESSING_TIME].recovery is Recovery.REFUSED
    assert filing.parts[Part.FEES].recovery is Recovery.RECOVERED


def test_a_time_in_words_stays_in_the_note():
    filing = read("Trực tuyếnTrả ngay khi nộpMiễn phíQua cổng")
    assert filing.methods[0].options[0].note == "Trả ngay khi nộp\nQua cổng"
    assert filing.parts[Part.PROCESSING_TIME].recovery is Recovery.REFUSED


def test_no_information_is_silence_and_free_is_a_declaration():
    filing = read("Trực tiếpKhông có thông tinKhông có thông tinNộp tại quầy")
    assert filing.methods[0].options[0].fees == ()
    assert filing.parts[Part.FEES].recovery is Recovery.ABSENT
    assert filing.parts[Part.PROCESSING_TIME].recovery is Recovery.ABSENT
    assert filing.parts[Part.FILING_METHODS].recovery is Recovery.RECOVERED


@pytest.mark.parametrize(
    ("note", "state"),
    [
        ("", FeeState.FREE),
        ("(Không có)", FeeState.FREE),
        ("(Không thu phí)", FeeState.FREE),
        ("(Miễn lệ phí theo Thông tư 9/2030/TT-BTC)", FeeState.FREE),
        ("(Chưa quy định.)", FeeState.NOT_REGULATED),
        ("(mức thu là 15.000 đồng/tờ)", FeeState.UNKNOWN),
        ("(Theo Biểu phí của Thông tư 9/2030/TT-BTC)", FeeState.UNKNOWN),
        (
            "(Mức lệ phí do tỉnh quyết định. Miễn lệ phí cho người thuộc hộ nghèo.)",
            FeeState.UNKNOWN,
        ),
        ("(Miễn lệ phí đối với người cao tuổi)", FeeState.UNKNOWN),
        ("(Miễn phí từ ngày 07/4/2030 đến 30/6/2030)", FeeState.UNKNOWN),
        ("Phí thẩm định: 200.000 đồng", FeeState.UNKNOWN),
    ],
)
def test_free_is_believed_only_where_no_word_contradicts_it(note: str, state: FeeState):
    filing = read(f"Trực tiếp5 NgàyMiễn phí{note}")
    assert filing.methods[0].options[0].fees[0].state is state


def test_a_row_that_cannot_be_cut_makes_the_table_partly_recovered():
    filing = read("Trực tiếp5 NgàyMiễn phíTrực tuyếnTheo lịch riêng của đơn vị")
    assert [method.channel for method in filing.methods] == [Channel.DIRECT]
    assert filing.parts[Part.FILING_METHODS].recovery is Recovery.PARTLY


@pytest.mark.parametrize("text", ["", "Không có thông tin", HEADING])
def test_a_silent_table_is_absent(text: str):
    filing = read_filing(text)
    assert filing.methods == ()
    assert {reading.recovery for reading in filing.parts.values()} == {Recovery.ABSENT}
