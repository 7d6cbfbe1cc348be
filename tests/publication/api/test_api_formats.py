"""Whole lists as CSV and NDJSON, columns, texts on demand, and the validators of answers."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from catalog.canonical import digest
from publication.api.formats import safe_cell
from publication.models import Listing
from tests.factories import make_agency, make_field, make_procedure
from tests.publication.acts import announce
from tests.publication.api.calls import URL, announce_later, codes, get, problem

pytestmark = pytest.mark.django_db
NDJSON = {"accept": "application/x-ndjson"}


def pulled(client, query="?format=ndjson", **headers):
    response = client.get(URL + query, headers=headers)
    assert response.status_code == 200, response.content
    return response.getvalue().decode()


def test_ndjson_has_the_rows_of_all_pages_one_a_line(client):
    announce(*[make_procedure(f"1.00000{n}", name=f"Việc {n}") for n in range(1, 6)])
    paged, address = [], f"{URL}?page_size=2"
    while address:
        page = client.get(address).json()
        paged += page["results"]
        address = page["next"]
    assert [json.loads(line) for line in pulled(client).splitlines()] == paged
    assert pulled(client, "", accept="application/x-ndjson") == pulled(client)


def test_csv_has_a_line_for_every_row_and_a_column_for_every_fact(client):
    agency, field = make_agency("Sở Tư pháp"), make_field("Hộ tịch")
    announce(
        make_procedure(
            "1.004873",
            name='Đăng ký "kết hôn", có yếu tố',
            field=field,
            lead_agency=agency,
            levels=["province", "commune"],
        ),
        number="3218/QĐ-UBND",
    )
    announce(make_procedure("1.004874", name="Đăng ký khai sinh"))
    response = client.get(f"{URL}?format=csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == 'attachment; filename="thu-tuc.csv"'
    text = response.getvalue().decode()
    assert text.startswith("\ufeffcode,name,")
    first, second = csv.DictReader(io.StringIO(text[1:], newline=""))
    assert first == {
        "code": "1.004873",
        "name": 'Đăng ký "kết hôn", có yếu tố',
        "kind": "regular",
        "online_level": "none",
        "levels": "province; commune",
        "audiences": "citizen",
        "field.name": "Hộ tịch",
        "field.slug": "ho-tich",
        "lead_agency.name": "Sở Tư pháp",
        "lead_agency.slug": agency.slug,
        "state": "offered",
        "valid_from": "2024-10-03",
        "decision.number": "3218/QĐ-UBND",
        "decision.signed_on": "2024-10-03",
        "decision.url": "http://localhost:8000/quyet-dinh/3218-qd-ubnd-2024/",
        "digest": Listing.objects.get(code="1.004873").digest,
        "url": "http://localhost:8000/thu-tuc/1.004873/",
    }
    assert (second["name"], second["lead_agency.name"]) == ("Đăng ký khai sinh", "")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1"])
def test_no_cell_begins_like_a_formula(client, name):
    announce(make_procedure())
    written = json.dumps(name)[1:-1]
    Listing.objects.update(row=Listing.objects.get().row.replace('"name":"', f'"name":"{written}'))
    text = pulled(client, "?format=csv&fields=name")
    assert safe_cell(name) == f"'{name}"
    (row,) = csv.DictReader(io.StringIO(text[1:], newline=""))
    assert row["name"].startswith(f"'{name}")


def test_a_plain_cell_stays_as_it_is():
    assert [safe_cell(text) for text in ("", "1.004873", "Sở - ngành")] == [
        "",
        "1.004873",
        "Sở - ngành",
    ]


def test_filters_hold_for_whole_lists_too(client):
    announce(make_procedure("1.000001"), make_procedure("1.000002", scope="internal"))
    text = pulled(client, "?format=ndjson&kind=internal&fields=code")
    assert text == '{"code":"1.000002"}\n'
    assert pulled(client, "?format=csv&kind=internal&fields=code") == "\ufeffcode\r\n1.000002\r\n"


def test_a_whole_list_without_rows_is_empty_and_still_tells_its_number(client):
    announce(make_procedure())
    response = client.get(f"{URL}?format=ndjson&kind=internal")
    assert (response.getvalue(), response["Event-Sequence"]) == (b"", "1")


def test_a_list_to_embed_has_one_agencys_links_and_no_markup_of_anybodys_names(client):
    agency = make_agency("Sở Tư pháp")
    own = make_procedure("1.004873", name="Cấp <script>bản sao</script> & xác nhận")
    own.lead_agency = agency
    own.save()
    announce(own, make_procedure("1.004874", name="Việc của cơ quan khác"))
    response = client.get(f"{URL}?format=html&agency={agency.slug}")
    assert response.getvalue().decode() == (
        '<ul class="thu-tuc" lang="vi">\n'
        '<li><a href="http://localhost:8000/thu-tuc/1.004873/" target="_top">'
        "Cấp &lt;script&gt;bản sao&lt;/script&gt; &amp; xác nhận</a> "
        '<span class="thu-tuc__ma">1.004873</span></li>\n'
        "</ul>\n"
    )
    assert response["Content-Type"] == "text/html; charset=utf-8"


def test_a_list_to_embed_marks_what_has_ended(client):
    field = make_field("Hộ tịch")
    procedure = make_procedure("1.004873", field=field)
    announce(procedure)
    announce_later(procedure, effect="abolished")
    text = client.get(f"{URL}?format=html&field=ho-tich").getvalue().decode()
    assert "1.004873</span> (đã bãi bỏ)</li>" in text
    text = client.get(f"{URL}?format=html&field=ho-tich&state=offered").getvalue().decode()
    assert "<li>" not in text


def test_only_a_list_to_embed_may_be_framed_also_by_who_has_it_already(client):
    announce(make_procedure(field=make_field("Hộ tịch")))
    address = f"{URL}?format=html&field=ho-tich"
    embedded = client.get(address)
    embedded.getvalue()
    known = client.get(address, headers={"if-none-match": embedded["ETag"]})
    assert known.status_code == 304
    for answered in (embedded, known, client.head(address)):
        policy = answered["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert "default-src 'none'" in policy
        assert "X-Frame-Options" not in answered
    listed = client.get(URL)
    assert "frame-ancestors 'none'" in listed["Content-Security-Policy"]
    assert listed["X-Frame-Options"] == "DENY"


def test_a_browser_that_opens_the_list_reads_json_and_html_is_only_had_by_its_name(client):
    announce(make_procedure(field=make_field("Hộ tịch")))
    browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    opened = client.get(URL, headers=browser)
    assert (opened.status_code, opened["Content-Type"]) == (200, "application/json")
    for accept in (browser, {"accept": "text/html"}):
        embedded = client.get(f"{URL}?format=html&field=ho-tich", headers=accept)
        assert embedded.getvalue().startswith(b"<ul")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("?format=xml", "format"),
        ("?format=html", "format"),
        ("?format=html&kind=regular", "format"),
        ("?format=csv&page_size=5", "page_size"),
        ("?format=ndjson&cursor=WyJhIiwiYiJd", "cursor"),
        ("?format=csv&q=giay", "q"),
        ("?format=csv&expand=text", "expand"),
        ("?format=html&field=ho-tich&fields=code", "fields"),
        ("?fields=code,secret", "fields"),
        ("?fields=", "fields"),
        ("?expand=decision__created_by", "expand"),
        ("?expand=text&page_size=51", "page_size"),
        ("?expand=text&q=giay", "q"),
        ("?fields=code&fields=name", "fields"),
    ],
)
def test_a_wrong_parameter_is_named(client, query, parameter):
    (error,) = problem(get(client, query), 400)["errors"]
    assert error["parameter"] == parameter


def test_a_refusal_of_a_csv_is_a_problem_document(client):
    refusal = problem(client.get(f"{URL}?x=1", headers={"accept": "text/csv"}), 400)
    assert [error["parameter"] for error in refusal["errors"]] == ["x"]
    assert problem(client.get(URL, headers={"accept": "application/xml"}), 406)["status"] == 406


def test_columns_are_those_asked_for_in_the_lists_own_order(client):
    announce(make_procedure("1.004873"))
    (row,) = get(client, "?fields=digest,code,decision").json()["results"]
    assert list(row) == ["code", "decision", "digest"]
    detail = client.get(f"{URL}1.004873/?fields=versions,code").json()
    assert list(detail) == ["code", "versions"]


def test_texts_come_when_asked_for_and_are_those_that_were_digested(client):
    announce(make_procedure("1.000001"), make_procedure("1.000002"))
    page = get(client, "?expand=text&fields=digest").json()["results"]
    whole = [json.loads(line) for line in pulled(client, "?format=ndjson&expand=text").splitlines()]
    for row in [*page, *whole]:
        assert digest(row["text"]) == row["digest"]


def test_neither_columns_nor_texts_widen_the_rows(client):
    """Asking for more of a row never shows another row."""
    announce(make_procedure("1.000001"))
    hidden = make_procedure("1.000002", name="zebra")
    announce(hidden, effective_on=datetime(2099, 1, 1, tzinfo=UTC).date())
    for query in ("?fields=code,name", "?expand=text"):
        assert codes(client, query) == ["1.000001"]
        assert "zebra" not in get(client, query).content.decode()


def test_head_tells_of_a_whole_list_without_reading_it(client, django_assert_num_queries):
    announce(make_procedure())
    with django_assert_num_queries(1):
        response = client.head(f"{URL}?format=csv")
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv")


@pytest.mark.parametrize("count", [1, 3])
def test_whole_lists_cost_the_same_queries_for_one_row_and_for_three(
    client, django_assert_num_queries, count
):
    announce(*[make_procedure() for _n in range(count)])
    for query in ("?format=ndjson", "?format=csv", "?format=ndjson&expand=text"):
        with django_assert_num_queries(2):
            pulled(client, query)


# --- Validators ----------------------------------------------------------------------------------


def test_formats_are_copies_of_their_own(client):
    announce(make_procedure())
    etags = {client.head(URL, headers={"accept": accept})["ETag"] for accept in ("*/*", "text/csv")}
    assert len(etags) == 2
    known = client.head(f"{URL}?format=csv")["ETag"]
    assert client.get(f"{URL}?format=csv", headers={"if-none-match": known}).status_code == 304


def test_answers_tell_since_when_they_are_as_they_are(client):
    announce(make_procedure("1.000001"))
    for url in (URL, f"{URL}1.000001/", "/api/v1/changes/", f"{URL}?format=ndjson"):
        response = client.head(url)
        assert response["Last-Modified"] == "Thu, 03 Oct 2024 05:00:00 GMT"
        again = client.get(url, headers={"if-modified-since": response["Last-Modified"]})
        assert again.status_code == 304
    announce_later(make_procedure())
    later = client.get(URL, headers={"if-modified-since": "Thu, 03 Oct 2024 05:00:00 GMT"})
    assert (later.status_code, later["Last-Modified"]) == (200, "Fri, 04 Oct 2024 05:00:00 GMT")


def test_a_second_that_may_see_another_act_is_no_date_yet(client):
    from django.utils.timezone import localdate, now

    announce(make_procedure(), signed_on=localdate(), now=now())
    assert "Last-Modified" not in client.get(URL)
