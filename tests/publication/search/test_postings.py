import sqlite3

import pytest

from publication.search import postings
from publication.search.postings import BUCKETS, change, read, summed, write_all

SAME_BUCKET = (7, 7 + BUCKETS, 7 + 2 * BUCKETS)


@pytest.fixture
def index():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(postings.SCHEMA)
    yield connection
    connection.close()


def held(index, term):
    return sorted(read(index, term).tolist())


def rows(index):
    return index.execute("SELECT * FROM posting ORDER BY bundle").fetchall()


def test_a_term_is_read_whole_and_no_other_with_it(index):
    write_all(index, [(1, 64, 10), (2, 64, 20), (2, 65, 21), (2, 127, 22), (3, 64, 30)])
    assert held(index, 2) == [(64, 20), (65, 21), (127, 22)]
    assert held(index, 4) == []


def test_documents_of_one_bucket_share_a_row(index):
    write_all(index, [(5, doc, 100 + doc) for doc in SAME_BUCKET])
    assert len(rows(index)) == 1
    assert held(index, 5) == [(doc, 100 + doc) for doc in SAME_BUCKET]


def test_changes_give_what_writing_anew_gives(index):
    first, second, third = SAME_BUCKET
    for doc in (third, first, second):
        change(index, doc, {5: 1, 6: 2})
    change(index, second, {5: 900, 6: None})
    changed = rows(index)
    index.execute("DELETE FROM posting")
    write_all(index, [(5, first, 1), (5, second, 900), (5, third, 1), (6, first, 2), (6, third, 2)])
    assert rows(index) == changed


def test_a_term_that_nobody_holds_any_more_leaves_no_row(index):
    change(index, 8, {5: 1, 6: 2})
    change(index, 8, {5: None})
    assert held(index, 5) == []
    assert len(rows(index)) == 1


def test_a_document_has_the_sum_of_its_weights_by_their_rarities(index):
    write_all(index, [(1, 3, 100), (1, 4, 200), (2, 4, 10)])
    docs, scores = summed(index, [(2, 2.0), (1, 0.5)])
    assert docs.tolist() == [3, 4]
    assert scores.tolist() == [50.0, 120.0]
