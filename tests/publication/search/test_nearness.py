"""Which names are near to a question, by vectors written out by hand."""

import numpy as np

from publication.search.meanings import Nearness

NEAR = Nearness(np.array([3, 5, 8, 9]), np.array([0.5, 0.875, 0.25, 0.875], np.float32))


def test_the_nearest_come_first_and_equals_in_the_order_of_documents():
    assert NEAR.nearest(3) == [(5, 0.875), (9, 0.875), (3, 0.5)]
    assert NEAR.nearest(10) == [(5, 0.875), (9, 0.875), (3, 0.5), (8, 0.25)]


def test_documents_whose_name_was_not_learnt_have_no_nearness():
    assert NEAR.of([8, 4, 5, 100, 1]) == {8: 0.25, 5: 0.875}
    assert NEAR.of([]) == {}


def test_only_documents_that_fit_are_near():
    among = NEAR.among({9, 3, 77})
    assert among is not None
    assert among.nearest(10) == [(9, 0.875), (3, 0.5)]
    assert NEAR.among({77}) is None
