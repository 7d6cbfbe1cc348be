import gzip
import re

import pytest
from django.utils.html import escape

from publication.models import UnansweredQuestion
from publication.search import index_file
from publication.search.build import catch_up
from tests.factories import make_content, make_field, make_procedure
from tests.publication.acts import announce

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path):
    settings.PORTAL_SITE_DIR = tmp_path
    yield
    index_file.forget_reader()


def ask(client, path="/tim-kiem/", status=200, **parameters):
    response = client.get(path, parameters)
    assert response.status_code == status
    assert response.headers.get("X-Robots-Tag") == _robots(parameters)
    return response.content.decode()


def _robots(parameters):
    """An answer to a question is no page of a search engine; the form alone is a door."""
    return "noindex" if parameters.get("q", "").strip(" \x00\x07") else None


def found(html):
    return re.findall(r'href="(?:/en)?/thu-tuc/(\d\.\d{6})/"', html)


def marriages(count):
    return [make_procedure(f"1.0000{n:02d}", name=f"Đăng ký kết hôn {n}") for n in range(count)]


def test_a_question_without_marks_finds_and_marks_the_words(client):
    told = make_content(summary="Hai bên nam, nữ kết hôn tại Ủy ban nhân dân xã.")
    announce(make_procedure("1.004873", name="Đăng ký kết hôn", content=told))
    catch_up()
    html = ask(client, q="dang ky ket hon")
    assert found(html) == ["1.004873"]
    assert "<mark>Đăng ký kết hôn</mark>" in html
    assert "<mark>kết hôn</mark> tại" in html


def test_the_page_asks_the_database_nothing(client, django_assert_num_queries):
    announce(*marriages(3))
    catch_up()
    with django_assert_num_queries(0):
        ask(client, q="ket hon", kind="regular")


def test_the_english_page_speaks_english_and_links_to_english_pages(client):
    announce(*marriages(1))
    catch_up()
    html = ask(client, "/en/tim-kiem/", q="ket hon")
    assert '<html lang="en"' in html
    assert '"/en/thu-tuc/1.000000/"' in html
    assert client.get("/fr/tim-kiem/").status_code == 404
    assert client.get("/vi/tim-kiem/").status_code == 404


def test_an_empty_question_shows_the_form_alone(client):
    announce(*marriages(1))
    catch_up()
    for q in ("", "   ", "\x00\x07"):
        html = ask(client, q=q)
        assert 'role="search"' in html
        assert found(html) == []
        assert "Không tìm thấy thủ tục nào" not in html


def test_search_engines_may_know_the_door_and_no_question(client, settings):
    announce(*marriages(1))
    catch_up()
    for path in ("/tim-kiem/", "/en/tim-kiem/"):
        door, answer = ask(client, path), ask(client, path, q="ket hon")
        assert '<meta name="robots"' not in door
        assert f'<link rel="canonical" href="{settings.PORTAL_URL}{path}">' in door
        assert '<meta name="robots" content="noindex">' in answer
        assert f'<link rel="canonical" href="{settings.PORTAL_URL}{path}?q=ket+hon">' in answer


def test_no_answer_says_so_and_what_to_try(client):
    announce(*marriages(1))
    catch_up()
    html = ask(client, q="zebra")
    assert "Không tìm thấy thủ tục nào" in html
    assert "Hãy thử ít từ hơn" in html


def test_what_was_typed_is_shown_as_text_only(client):
    announce(*marriages(1))
    catch_up()
    attack = "<script>alert(1)</script> ket hon"
    html = ask(client, q=attack)
    assert "<script>alert" not in html
    assert escape(attack) in html


def test_markup_in_an_announced_text_is_shown_as_text(client):
    announce(make_procedure(name="Kết hôn <b>đậm</b>"))
    catch_up()
    assert "&lt;b&gt;đậm&lt;/b&gt;" in ask(client, q="ket hon")


def test_a_very_long_question_is_answered_by_its_beginning(client):
    announce(*marriages(1))
    catch_up()
    html = ask(client, q="kết hôn " + "rất dài " * 500)
    assert found(html) == ["1.000000"]
    assert "Câu hỏi dài quá" in html


def test_internal_procedures_answer_only_those_who_ask_for_them(client):
    announce(
        make_procedure("1.000001", name="Cử cán bộ đi học", scope="internal"),
        make_procedure("1.000002", name="Cử học sinh đi học"),
    )
    catch_up()
    assert found(ask(client, q="đi học")) == ["1.000002"]
    assert found(ask(client, q="đi học", kind="internal")) == ["1.000001"]
    assert "1.000001" not in found(ask(client, q="1.000001"))


def test_filters_narrow_and_unknown_values_do_not(client):
    field = make_field("Hộ tịch")
    announce(
        make_procedure("1.000001", name="Kết hôn", field=field, levels=["commune"]),
        make_procedure("1.000002", name="Kết hôn", levels=["province"]),
    )
    catch_up()
    assert found(ask(client, q="ket hon", field="ho-tich")) == ["1.000001"]
    assert found(ask(client, q="ket hon", level="province")) == ["1.000002"]
    assert set(found(ask(client, q="ket hon", level="xx", kind="'"))) == {"1.000001", "1.000002"}


def test_pages_follow_each_other_and_keep_question_and_filters(client):
    announce(*marriages(25))
    catch_up()
    first = ask(client, q="kết hôn", kind="regular")
    assert len(found(first)) == 10
    assert "25 thủ tục phù hợp" in first
    assert "q=k%E1%BA%BFt+h%C3%B4n&amp;kind=regular&amp;trang=2" in first
    second, third = (ask(client, q="kết hôn", trang=n) for n in (2, 3))
    assert len(set(found(first) + found(second) + found(third))) == 25
    assert found(ask(client, q="kết hôn", trang="99")) == found(third)
    for wrong in ("0", "-1", "x", "9" * 30):
        assert len(found(ask(client, q="kết hôn", trang=wrong))) == 10


def test_without_an_index_the_page_says_to_come_back(client):
    response = client.get("/tim-kiem/", {"q": "kết hôn"})
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    html = response.content.decode()
    assert "Hãy thử lại sau một phút" in html
    assert "Không tìm thấy" not in html
    assert 'value="kết hôn"' in html


def test_only_reading_is_allowed(client):
    assert client.post("/tim-kiem/", {"q": "x"}).status_code == 405
    assert client.head("/tim-kiem/").status_code in {200, 503}


def choice(html, shelf, key):
    """The number beside a choice of the filters, None when it is not offered."""
    field = re.search(rf'id="loc-{shelf}-{key}".*?<span class="num"[^>]*>(\d+)<', html)
    return int(field[1]) if field else None


def test_each_choice_tells_how_many_answers_it_would_leave_whatever_else_is_chosen(client):
    field = make_field("Hộ tịch")
    announce(
        make_procedure("1.000001", name="Kết hôn ở xã", field=field, levels=["commune"]),
        make_procedure("1.000002", name="Kết hôn ở tỉnh", levels=["province"]),
        make_procedure("1.000003", name="Kết hôn cả hai", levels=["commune", "province"]),
    )
    catch_up()
    html = ask(client, q="ket hon", level="commune")
    assert (choice(html, "level", "commune"), choice(html, "level", "province")) == (2, 2)
    assert choice(html, "field", "ho-tich") == 1
    both = ask(client, q="ket hon", level=["commune", "province"])
    assert set(found(both)) == {"1.000001", "1.000002", "1.000003"}
    assert "Bỏ lọc: Cấp xã" in both


def test_the_first_answer_stands_apart_with_the_part_that_was_asked_for(client):
    announce(*marriages(2))
    catch_up()
    html = ask(client, q="đăng ký kết hôn mất bao nhiêu tiền")
    assert "Sát nhất với câu hỏi" in html
    assert 'href="/thu-tuc/1.000000/#cach-nop"' in html
    assert "#cach-nop" not in ask(client, q="đăng ký kết hôn")


def test_the_page_says_how_it_read_the_question_and_offers_the_very_words(client):
    announce(make_procedure("1.004873", name="Đăng ký kết hôn"))
    catch_up()
    html = ask(client, q="làm đám cưới")
    assert found(html) == ["1.004873"]
    assert "“đám cưới” <span" in html
    assert "q=l%C3%A0m+%C4%91%C3%A1m+c%C6%B0%E1%BB%9Bi&amp;dung-chu=1" in html
    very = ask(client, q="làm đám cưới", **{"dung-chu": "1"})
    assert found(very) == []
    assert "Đang tìm đúng từng chữ đã gõ." in very


def test_a_slip_is_mended_and_told(client):
    announce(make_procedure("1.004194", name="Đăng ký tạm trú"))
    catch_up()
    html = ask(client, q="đăng kí tạm chú")
    assert found(html) == ["1.004194"]
    assert "<b>đăng ký tạm trú</b>" in html


def test_times_and_fees_stand_beside_each_answer(client):
    announce(*marriages(1))
    catch_up()
    assert re.search(r'<p class="quick"><span><b>[^<]+</b></span>', ask(client, q="ket hon"))


def test_a_question_that_finds_nothing_is_counted_and_a_filtered_one_is_not(client):
    announce(*marriages(1))
    catch_up()
    ask(client, q="ket hon", kind="internal")
    assert not UnansweredQuestion.objects.exists()
    ask(client, q="zebra")
    assert UnansweredQuestion.objects.get().times == 1


def suggestions(client, text, path="/tim-kiem/goi-y/"):
    response = client.get(path, {"q": text})
    assert response.status_code == 200
    return [(row["name"], row["url"]) for row in response.json()]


def test_suggestions_go_on_from_an_unfinished_word(client, django_assert_num_queries):
    announce(
        make_procedure("1.004873", name="Đăng ký kết hôn"),
        make_procedure("1.000656", name="Đăng ký khai tử"),
    )
    catch_up()
    with django_assert_num_queries(0):
        assert suggestions(client, "ket ho")[0] == ("Đăng ký kết hôn", "/thu-tuc/1.004873/")
    assert suggestions(client, "khai t", "/en/tim-kiem/goi-y/")[0][1] == "/en/thu-tuc/1.000656/"


def test_nothing_is_suggested_for_one_letter_nor_from_between_state_bodies(client):
    announce(make_procedure("1.000001", name="Cử cán bộ đi học", scope="internal"))
    catch_up()
    assert suggestions(client, "c") == []
    assert suggestions(client, "cử cán bộ") == []


def test_without_an_index_nothing_is_suggested(client):
    assert suggestions(client, "kết hôn") == []
    assert client.get("/fr/tim-kiem/goi-y/", {"q": "x"}).status_code == 404


def test_the_page_travels_compressed_to_whoever_can_read_that(client):
    announce(*marriages(12))
    catch_up()
    plain = client.get("/tim-kiem/", {"q": "ket hon"})
    packed = client.get("/tim-kiem/", {"q": "ket hon"}, HTTP_ACCEPT_ENCODING="gzip")
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) * 3 < len(plain.content)
