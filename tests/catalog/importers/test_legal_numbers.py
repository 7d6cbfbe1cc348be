"""The number of a legal document as sources write it, never a part of it."""

import pytest

from catalog.importers.content_parts import legal_basis_of


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Nghị định số 101/2025/NĐ-CP", "101/2025/NĐ-CP"),
        ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
        ("Nghị quyết số 66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
        ("190/2025/NQ-QH15", "190/2025/NQ-QH15"),
        ("Pháp lệnh 28/2005/PL-UBTVQH11", "28/2005/PL-UBTVQH11"),
        ("02/2020/UBTVQH14", "02/2020/UBTVQH14"),
        ("37/2015/TTLT-BLĐTBXH-BQP", "37/2015/TTLT-BLĐTBXH-BQP"),
        ("2972/QĐ-BNN-CN", "2972/QĐ-BNN-CN"),
        ("01/2008/TTLT-BCT-BNN&PTNT-BYT", "01/2008/TTLT-BCT-BNN&PTNT-BYT"),
        ("28/2005/PL-", "28/2005/PL"),
    ],
)
def test_a_number_is_taken_whole_out_of_what_stands_around_it(written, number):
    basis, remarks = legal_basis_of(number=written, title="")
    assert (basis.number if basis else "", remarks) == (number, ())
