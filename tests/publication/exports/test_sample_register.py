"""The whole sample province in every vocabulary, held against the published standards."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from catalog.content import TimeUnit
from procedures_portal.sample.loading import load_sample
from publication.exports.durations import promised
from publication.exports.hsds import hsds_service
from publication.exports.public_text import PublicText
from publication.exports.vocabularies import VOCABULARIES
from publication.public_texts import offered_texts, present_portal
from tests.publication.exports.test_cpsv_ap import CV, TIME
from tests.standards import cpsv_violations, graph_of, hsds_violations


@pytest.fixture(scope="module")
def texts(django_db_setup, django_db_blocker) -> Iterator[list[PublicText]]:
    """What the sample offers, loaded once for this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_sample()
        yield list(offered_texts())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def graph(texts):
    return graph_of(b"".join(VOCABULARIES["cpsv-ap"].all(texts, present_portal())))


def test_the_sample_conforms_to_cpsv_ap(texts, graph):
    assert len(texts) > 50
    assert cpsv_violations(graph) == []


def test_the_sample_is_valid_hsds(texts):
    portal = present_portal()
    wrong = {it.text.code: hsds_violations(hsds_service(it, portal)) for it in texts}
    assert {code: problems for code, problems in wrong.items() if problems} == {}


def test_every_time_in_working_days_is_told_as_such_and_none_as_a_duration(texts, graph):
    methods = [method for it in texts for method in it.text.content.filing_methods]
    units = [time.unit for m in methods for o in m.options if (time := promised(o))]
    day = present_portal().url + "/gioi-thieu/#ngay-lam-viec"
    told = [m for m, unit in graph.subject_objects(TIME.unitType) if str(unit) == day]
    assert len(told) == units.count(TimeUnit.WORKING_DAY) > 50
    channels = {channel for m in told for channel in graph.subjects(TIME.hasDuration, m)}
    assert channels & set(graph.subjects(CV.processingTime, None)) == set()
