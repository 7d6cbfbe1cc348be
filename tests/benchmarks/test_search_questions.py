import json

from benchmarks.search_questions import OURS, Asked, by_wording, folds, ndcg, read_questions
from catalog.codes import procedure_code


def asked(*gold, source="faq"):
    return Asked(source, "hỏi", frozenset(gold))


def test_an_answer_counts_by_its_place_and_any_level_of_it_is_enough():
    assert ndcg(["1.000001"], {"1.000001", "1.000009"}) == 1.0
    assert round(ndcg(["1.000002", "1.000001"], {"1.000001"}), 3) == 0.631
    assert ndcg(["1.000002"] * 10 + ["1.000001"], {"1.000001"}) == 0.0
    assert ndcg([], {"1.000001"}) == 0.0


def test_questions_that_share_an_answer_are_held_back_together():
    questions = [asked(f"1.{n:06d}") for n in range(50)]
    chain = [asked("2.000001", "2.000002"), asked("2.000002", "2.000003"), asked("2.000003")]
    found = folds([*questions, *chain, *questions], 5)
    assert found[:50] == found[-50:]
    assert len(set(found[50:53])) == 1
    assert set(found) == {0, 1, 2, 3, 4}


def test_only_questions_that_the_index_can_answer_are_asked(tmp_path):
    rows = [
        {"question": "một", "gold": ["1.000001", "1.000002"]},
        {"question": "hai", "_gold_in_corpus": "1.000002"},
        {"question": "ba", "_gold_in_corpus": [], "_codes_by_exact_title": ["1.000001"]},
        {"question": "bốn", "gold": []},
    ]
    (tmp_path / "can_tho.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    found = read_questions([tmp_path], held={"1.000001"})
    assert [(one.question, sorted(one.gold)) for one in found] == [
        ("một", ["1.000001"]),
        ("ba", ["1.000001"]),
    ]
    assert found[0].without_marks().question == "mot"


def test_what_citizens_worded_is_told_apart():
    questions = [asked("1.000001", source="can_tho"), asked("1.000001", source="faq")]
    assert by_wording(questions, [1.0, 0.0]) == (0.5, 1.0)


def test_our_own_questions_are_each_there_once_with_codes_of_procedures():
    rows = [json.loads(line) for line in OURS.read_text("utf-8").splitlines()]
    assert len({row["question"] for row in rows}) == len(rows) > 100
    codes = [code for row in rows for code in row["gold"]]
    assert [procedure_code(code) for code in codes] == codes
