import sqlite3
from datetime import date

import pytest
from django.utils.timezone import now

from publication.actions import submit_announcement
from publication.consumers import search as consumer
from publication.models import ConsumerCursor, EventHead, Listing, PublicationEvent
from publication.search import answers, index, index_file
from publication.search.build import catch_up, rebuild
from publication.search.find import search
from publication.search.index import contents
from publication.search.index_file import SearchUnavailable, index_path, reading, sole_writer
from tests.factories import (
    make_agency,
    make_announcement,
    make_content,
    make_field,
    make_procedure,
)
from tests.publication.acts import NOON, announce

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path):
    settings.PORTAL_SITE_DIR = tmp_path
    yield
    index_file.forget_reader()


def codes(text, **kwargs):
    return [hit.summary["code"] for hit in search(text, **kwargs).hits]


def announce_later(*procedures, day=4, **facts):
    """A decision signed and in force some days after those of `announce`."""
    moment = NOON.replace(day=day)
    return announce(*procedures, signed_on=date(2024, 10, day), now=moment, **facts)


def snapshot():
    with reading() as connection:
        return list(contents(connection))


def change_by_hand(write):
    with sole_writer():
        index_file.change(write)


def marriage(code="1.004873", **facts):
    return make_procedure(code, name="Đăng ký kết hôn", **facts)


def test_nothing_is_searched_before_there_is_an_index():
    with pytest.raises(SearchUnavailable):
        search("kết hôn")


def test_the_consumer_writes_what_was_published_and_moves_its_cursor():
    announce(marriage(), make_procedure("1.000656", name="Đăng ký khai tử"))
    assert consumer.run(now=now()) == 2
    assert consumer.run(now=now()) == 0
    cursor = ConsumerCursor.objects.get(consumer="search")
    assert cursor.sequence == EventHead.objects.get().sequence == 2
    assert codes("kết hôn")[0] == "1.004873"


def test_an_updated_index_equals_one_built_anew():
    province = make_agency("Ủy ban nhân dân tỉnh")
    field = make_field("Hộ tịch")
    rows = [
        make_procedure(f"1.00000{n}", name=f"Cấp bản sao số {n}", field=field) for n in range(5)
    ]
    announce(*rows, issuer=province)
    catch_up()
    rows[1].name = "Cấp bản sao trích lục khai sinh"
    rows[1].save()
    announce_later(rows[1], issuer=province, effect="amended")
    catch_up()
    announce_later(rows[2], issuer=province, effect="abolished", day=5)
    announce(marriage(field=field), issuer=province)
    catch_up()
    updated = snapshot()
    answers = [codes(q) for q in ("bản sao", "khai sinh", "kết hôn", "hộ tịch")]
    rebuild()
    assert snapshot() == updated
    assert [codes(q) for q in ("bản sao", "khai sinh", "kết hôn", "hộ tịch")] == answers


def test_only_what_changed_is_written_again():
    announce(*[make_procedure() for _ in range(4)])
    catch_up()
    announce(marriage())
    assert catch_up() == (5, 1)


def test_a_procedure_without_a_current_listing_leaves_the_index():
    announce(marriage(), make_procedure("1.000656", name="Đăng ký khai tử"))
    catch_up()
    before = snapshot()
    announce_later(make_procedure("1.000700", name="Đăng ký giám hộ"))
    catch_up()
    assert codes("giám hộ")[0] == "1.000700"

    def remove(draft):
        index.remove(draft, "1.000700")
        index.set_level(draft, sequence=2, digest=PublicationEvent.objects.get(pk=2).digest)

    change_by_hand(remove)
    assert snapshot() == before


@pytest.mark.parametrize("damage", ["missing", "version", "garbage", "history"])
def test_an_index_that_cannot_be_trusted_is_built_anew(damage):
    announce(marriage())
    catch_up()
    whole = snapshot()
    index_file.forget_reader()
    if damage == "missing":
        index_path().unlink()
    elif damage == "garbage":
        index_path().write_bytes(b"not a database" * 100)
    elif damage == "version":
        change_by_hand(lambda draft: draft.execute("PRAGMA user_version=99"))
    else:
        change_by_hand(lambda draft: index.set_level(draft, sequence=1, digest="f" * 64))
    assert catch_up() == (1, 1)
    assert snapshot() == whole


def test_a_writer_that_dies_leaves_the_old_index_in_place():
    announce(marriage())
    catch_up()
    before = snapshot()
    with pytest.raises(sqlite3.OperationalError):
        change_by_hand(
            lambda draft: [draft.execute(f"DELETE FROM {t}") for t in ("procedure", "x")]
        )
    assert snapshot() == before
    announce_later(make_procedure("1.000700", name="Đăng ký giám hộ"))
    catch_up()
    assert codes("giám hộ")[0] == "1.000700"


def test_a_reader_sees_the_new_index_after_the_switch():
    announce(marriage())
    catch_up()
    assert codes("zebra") == []
    announce_later(make_procedure("1.000700", name="Nuôi zebra"))
    catch_up()
    assert codes("zebra") == ["1.000700"]


def test_search_asks_the_database_nothing(django_assert_num_queries):
    announce(marriage())
    catch_up()
    with django_assert_num_queries(0):
        assert codes("kết hôn") == ["1.004873"]


def test_reading_costs_the_same_queries_for_one_change_and_for_three(django_assert_num_queries):
    announce(make_procedure())
    catch_up()
    announce_later(make_procedure())
    # head, own event, everyday words, codes, listings once for both files
    with django_assert_num_queries(5):
        catch_up()
    announce_later(*[make_procedure() for _ in range(3)], day=5)
    with django_assert_num_queries(5):
        catch_up()


@pytest.mark.parametrize(
    "question",
    [
        "dang ky ket hon",
        "Đăng ký kết hôn",
        "ĐĂNG KÝ KẾT HÔN",
        "đang ky kết hon",
        "Tôi muốn đăng ký kết hôn thì cần giấy tờ gì?",
        "1.004873",
        "1004873",
        "1.004873.H23",
        "3218",
        "3218/QD-UBND",
    ],
)
def test_every_way_of_asking_finds_the_procedure_first(question):
    announce(
        make_procedure("1.000656", name="Đăng ký khai tử"),
        make_procedure("1.000700", name="Đăng ký giám hộ"),
        number="77/QĐ-UBND",
    )
    announce_later(marriage(), number="3218/QĐ-UBND")
    catch_up()
    assert codes(question)[0] == "1.004873"


def test_marks_as_typed_decide_between_names_that_differ_in_marks_only():
    announce(
        make_procedure("1.000001", name="Cấp phép khai thác đa"),
        make_procedure("1.000002", name="Cấp phép khai thác đá"),
    )
    catch_up()
    assert codes("khai thác đá") == ["1.000002", "1.000001"]
    assert codes("khai thác đa") == ["1.000001", "1.000002"]
    assert codes("khai thac da") == ["1.000001", "1.000002"]


def test_a_question_reads_the_postings_of_its_rarest_words_first(monkeypatch):
    announce(*(make_procedure(name=f"Cấp bản sao số {n}") for n in range(3)), marriage())
    catch_up()
    assert len(codes("bản sao kết hôn")) == 4
    monkeypatch.setattr(answers, "_MOST_POSTINGS", 1)
    assert codes("bản sao kết hôn") == ["1.004873"]


def test_the_name_weighs_more_than_the_body():
    told = make_content(steps=[{"steps": [{"text": "Nộp giấy chứng nhận kết hôn."}]}])
    announce(
        make_procedure("1.000001", name="Trích lục hộ tịch", content=told), marriage("1.000002")
    )
    catch_up()
    assert codes("kết hôn")[0] == "1.000002"
    assert "1.000001" in codes("trích lục hộ tịch kết hôn")


def test_an_abolished_procedure_is_found_marked_and_lower():
    old, new = marriage("1.000001"), marriage("1.000002")
    announce(old, new)
    announce_later(old, effect="abolished")
    catch_up()
    hits = search("đăng ký kết hôn").hits
    assert [(hit.summary["code"], hit.summary["state"]) for hit in hits] == [
        ("1.000002", "offered"),
        ("1.000001", "abolished"),
    ]


def test_filters_narrow_and_exclude():
    field = make_field("Hộ tịch")
    announce(
        marriage("1.000001", field=field, levels=["commune"]),
        marriage("1.000002", scope="internal", levels=["province"]),
    )
    catch_up()
    assert codes("kết hôn", filters={"field": ["ho-tich"]}) == ["1.000001"]
    assert codes("kết hôn", filters={"level": ["province", "ministry"]}) == ["1.000002"]
    assert codes("kết hôn", without={"kind": ["internal"]}) == ["1.000001"]
    assert "1.000001" not in codes("1.000001", filters={"level": ["province"]})


def test_a_draft_a_submitted_and_a_future_text_are_not_found():
    announce(marriage())
    make_announcement(procedures=[make_procedure("1.000001", name="Bản nháp zebra")])
    waiting = make_announcement(procedures=[make_procedure("1.000002", name="Đã trình zebra")])
    submit_announcement(decision_id=waiting.pk, by=None, now=NOON)
    announce(make_procedure("1.000003", name="Tương lai zebra"), effective_on=date(2024, 12, 1))
    catch_up()
    rebuild()
    assert codes("zebra") == []
    assert codes("1.000003") == []


def test_a_register_edit_after_issue_is_not_found():
    procedure = marriage()
    announce(procedure)
    procedure.name = "Đăng ký zebra"
    procedure.content = make_content(summary="Chuyện zebra")
    procedure.field = make_field("Zebra")
    procedure.save()
    rebuild()
    assert codes("zebra") == []
    assert search("kết hôn").hits[0].summary["name"] == "Đăng ký kết hôn"


def test_superseded_and_set_aside_texts_are_not_found():
    province = make_agency("Ủy ban nhân dân tỉnh")
    procedure = make_procedure("1.000009", name="Cũ zebra")
    announce(procedure, issuer=province)
    catch_up()
    assert codes("zebra") == ["1.000009"]
    procedure.name = "Giữa gorilla"
    procedure.save()
    announce_later(procedure, issuer=province, effect="amended")
    procedure.name = "Đăng ký kết hôn"
    procedure.save()
    announce_later(procedure, issuer=province, effect="amended")
    catch_up()
    assert Listing.objects.exclude(set_aside_by=None).count() == 1
    assert codes("zebra") == []
    assert codes("gorilla") == []
    assert codes("kết hôn") == ["1.000009"]


def test_several_codes_are_answered_in_the_order_asked():
    announce(*(make_procedure(code) for code in ("1.000001", "1.000002", "1.000003")))
    catch_up()
    asked = ["1.000003", "1.000001"]
    assert codes(" ".join(asked))[:2] == asked
