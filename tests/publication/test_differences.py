"""What changed stands out, word by word, and what did not is found again."""

from publication.differences import PartDifference, Span, compare


def only(differences: list[PartDifference]) -> PartDifference:
    (difference,) = differences
    return difference


def plain(cell):
    return None if cell is None else "".join(span.text for span in cell)


def changed(cell):
    return [span.text for span in cell or () if span.changed]


def table(difference: PartDifference):
    return [(plain(r.national), plain(r.public), plain(r.proposed)) for r in difference.rows]


def test_the_same_words_on_every_side_are_no_difference():
    words = {"Bước": ["Nộp hồ sơ.", "Nhận kết quả."]}
    part = only(compare(national=words, public=words, proposed=words))
    assert not part.changed
    assert [row.changed for row in part.rows] == [False, False]
    assert part.rows[0].proposed == (Span("Nộp hồ sơ."),)


def test_changed_words_are_marked_on_both_sides_and_no_others():
    part = only(
        compare(
            national=None,
            public={"Thời hạn": ["Trực tiếp: 7 ngày làm việc"]},
            proposed={"Thời hạn": ["Trực tiếp: 5 ngày làm việc"]},
        )
    )
    assert changed(part.rows[0].public) == ["7"]
    assert changed(part.rows[0].proposed) == ["5"]
    assert (part.unlike_public, part.unlike_national) == (True, False)


def test_changed_words_next_to_each_other_are_one_change():
    part = only(
        compare(
            national=None,
            public={"B": ["Bản đã công khai, giữ lại."]},
            proposed={"B": ["Bản đang soạn, giữ lại."]},
        )
    )
    assert part.rows[0].proposed == (
        Span("Bản "),
        Span("đang soạn", changed=True),
        Span(", giữ lại."),
    )
    assert changed(part.rows[0].public) == ["đã công khai"]


def test_each_side_is_compared_with_the_proposed_text():
    part = only(
        compare(
            national={"Bước": ["Nộp hồ sơ tại bộ.", "Nhận kết quả."]},
            public={"Bước": ["Nộp hồ sơ tại sở."]},
            proposed={"Bước": ["Nộp hồ sơ tại sở.", "Nhận kết quả."]},
        )
    )
    assert table(part) == [
        ("Nộp hồ sơ tại bộ.", "Nộp hồ sơ tại sở.", "Nộp hồ sơ tại sở."),
        ("Nhận kết quả.", None, "Nhận kết quả."),
    ]
    assert changed(part.rows[0].national) == ["bộ"]
    assert changed(part.rows[0].proposed) == []
    assert changed(part.rows[1].proposed) == ["Nhận kết quả."]  # new to the public


def test_a_paragraph_that_went_keeps_its_place():
    part = only(
        compare(
            national={"Hồ sơ": ["Đơn", "Bản sao căn cước"]},
            public={"Hồ sơ": ["Đơn", "Bản sao căn cước", "Ảnh chân dung", "Lệ phí trước bạ"]},
            proposed={"Hồ sơ": ["Đơn", "Lệ phí trước bạ"]},
        )
    )
    assert table(part) == [
        ("Đơn", "Đơn", "Đơn"),
        ("Bản sao căn cước", "Bản sao căn cước", None),
        (None, "Ảnh chân dung", None),
        (None, "Lệ phí trước bạ", "Lệ phí trước bạ"),
    ]


def test_unlike_paragraphs_are_two_and_not_one_that_changed():
    part = only(
        compare(
            national=None,
            public={"Bước": ["Nộp tại bộ phận một cửa cấp huyện"]},
            proposed={"Bước": ["Thẩm định hồ sơ trong ba ngày"]},
        )
    )
    assert table(part) == [
        (None, "Nộp tại bộ phận một cửa cấp huyện", None),
        (None, None, "Thẩm định hồ sơ trong ba ngày"),
    ]


def test_a_part_a_side_does_not_speak_of_is_not_compared():
    agencies, name = compare(
        national={"Tên": ["A"]}, public=None, proposed={"Cơ quan": ["Sở Y tế"], "Tên": ["A"]}
    )
    assert (agencies.part, agencies.national, agencies.changed) == ("Cơ quan", False, False)
    assert (name.national, name.changed) == (True, False)


def test_when_a_procedure_ends_the_public_text_is_the_anchor():
    part = only(compare(national={"Tên": ["B"]}, public={"Tên": ["A"]}, proposed=None))
    assert table(part) == [
        ("B", None, None),
        (None, "A", None),
    ]


def test_a_paragraph_too_long_to_compare_is_marked_whole():
    one, other = "chữ " * 2500 + "một", "chữ " * 2500 + "hai"
    part = only(compare(national=None, public={"B": [one]}, proposed={"B": [other]}))
    assert changed(part.rows[0].proposed) == [other]
