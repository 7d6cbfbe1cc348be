"""nginx and the embedded server answer alike, from finished files, whatever else is down."""

import json
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.test import override_settings

from catalog.canonical import digest_bytes
from catalog.form_kinds import FormKind
from catalog.form_store import keep
from catalog.models import FormFile, Procedure
from publication.site.release import publish
from publication.site.serving import ReleaseSite
from tests.factories import make_content, make_procedure
from tests.procedures_portal.running import wait_until
from tests.publication.acts import NOON, announce
from tests.publication.site.server import ask, free_port, nginx, wsgi

pytestmark = [pytest.mark.django_db, pytest.mark.processes, pytest.mark.embedded]

_OF_ONE_SERVER = {"server", "date", "connection", "transfer-encoding"}


@pytest.fixture(scope="module")
def portal(tmp_path_factory, django_db_setup, django_db_blocker):
    """The data directory of `_publish_two`; its rows are gone, servers read nothing but files."""
    folder = tmp_path_factory.mktemp("portal")
    with _placed_in(folder):
        with django_db_blocker.unblock(), transaction.atomic():
            _publish_two(folder)
            transaction.set_rollback(True)
        yield folder


@pytest.fixture
def portal_with_rows(tmp_path):
    """The same with its rows, for tests that publish once more."""
    with _placed_in(tmp_path):
        _publish_two(tmp_path)
        yield tmp_path


def _placed_in(folder):
    return override_settings(
        PORTAL_DATA_DIR=folder,
        PORTAL_SITE_DIR=folder / "site",
        STATIC_ROOT=folder / "static",
        MEDIA_ROOT=folder / "files",
    )


def _publish_two(folder):
    """One release of two procedures, one of them with an old version."""
    (folder / "static" / "admin").mkdir(parents=True)
    (folder / "static" / "admin" / "base.css").write_text("body{}")
    first, second = make_procedure("1.004222"), make_procedure("2.000130")
    _give_forms(first)
    announce(first, second)
    announce(first, effect="amended", signed_on=NOON.date() + timedelta(days=1), now=_tomorrow())
    publish(now=_tomorrow())


# One of each kind: the servers keep a list of kinds each, and answer from the name alone.
_FORMS = {
    kind: f"/mau-don/{digest_bytes(f'%PDF {kind}'.encode())}/don.{kind.value}" for kind in FormKind
}


def _give_forms(procedure):
    names = [{"name": kind.value} for kind in FormKind]
    procedure.content = make_content(paper_cases=[{"papers": [{"name": "Đơn", "forms": names}]}])
    procedure.save()
    for kind in FormKind:
        FormFile.objects.create(
            procedure=procedure,
            title=kind.value,
            version=1,
            sha256=keep(f"%PDF {kind}".encode()),
            file_name=f"don.{kind.value}",
            size=5 + len(kind),
            media_type=kind.media_type,
            uploaded_at=NOON,
        )


def _tomorrow():
    return NOON + timedelta(days=1)


def _release_site(portal, behind=None):
    return ReleaseSite(
        behind or get_wsgi_application(), site=portal / "site", collected=portal / "static"
    )


@pytest.fixture(scope="module")
def both(portal, tmp_path_factory):
    """Ports of nginx and of the embedded server over one data directory."""
    with (
        wsgi(_release_site(portal)) as embedded,
        nginx(portal, web=embedded, places=tmp_path_factory.mktemp("places")) as front,
    ):
        yield front, embedded


def _differences(one, other):
    """Whatever two answers do not share: status, body, headers by name."""
    names = (one.headers.keys() | other.headers.keys()) - _OF_ONE_SERVER
    facts = {name: (one.headers.get(name), other.headers.get(name)) for name in names}
    facts |= {"status": (one.status, other.status), "body": (one.body, other.body)}
    return {name: pair for name, pair in facts.items() if pair[0] != pair[1]}


_PATHS = [
    "/",
    "/en/",
    "/thu-tuc/",
    "/thu-tuc/1.004222/",
    "/en/thu-tuc/1.004222/",
    "/thu-tuc/1.004222/2024-10-03/",
    "/thu-tuc/1.004222/2024-10-04/",
    "/thu-tuc/1.004222/2024-10-04/thay-doi/",
    "/thu-tuc/1.004222/index.json",
    "/thu-tuc/1.004222/2024-10-03/index.json",
    "/linh-vuc/",
    "/quyet-dinh/",
    "/quyet-dinh/atom.xml",
    "/atom.xml",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap/thu-tuc-1.0042.xml",
    "/static/admin/base.css",
]


def test_both_servers_answer_every_kind_of_file_alike(both, portal):
    assets = sorted((portal / "site" / "static").rglob("*"))
    style = next(path for path in assets if path.suffix == ".css")
    font = next(path for path in assets if path.suffix == ".woff2")
    extra = [f"/{path.relative_to(portal / 'site')}" for path in (style, font)]
    for path in [*_PATHS, *_FORMS.values(), *extra]:
        for encoding in ("", "gzip", "br, gzip;q=0.8", "br;q=0"):
            front, embedded = (ask(port, path, Accept_Encoding=encoding) for port in both)
            assert front.status == 200, path
            assert _differences(embedded, front) == {}, (path, encoding)


def test_pages_come_with_a_strict_policy_a_short_life_and_compressed(both):
    for port in both:
        page = ask(port, "/thu-tuc/1.004222/", Accept_Encoding="gzip, br")
        assert page.headers["content-encoding"] == "br"
        assert page.headers["cache-control"] == "public, max-age=60"
        assert page.headers["vary"] == "Accept-Encoding"
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "unsafe" not in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("kind", FormKind)
def test_a_form_is_saved_and_never_shown_and_may_be_kept_for_good(both, kind):
    for port in both:
        form = ask(port, _FORMS[kind])
        assert form.body == f"%PDF {kind}".encode()
        assert form.headers["content-type"] == kind.media_type
        assert form.headers["content-disposition"] == "attachment"
        assert form.headers["x-content-type-options"] == "nosniff"
        assert form.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_form_is_resumed_and_found_unchanged_like_any_file(both):
    tag = ask(both[0], _FORMS[FormKind.PDF]).headers["etag"]
    for headers, status in (({"If_None_Match": tag}, 304), ({"Range": "bytes=2-3"}, 206)):
        front, embedded = (ask(port, _FORMS[FormKind.PDF], **headers) for port in both)
        assert front.status == status
        embedded.headers.pop("content-length", None)
        front.headers.pop("content-length", None)
        assert _differences(embedded, front) == {}


def test_a_client_that_has_the_page_is_told_so_without_it(both):
    for headers in ({}, {"Accept_Encoding": "br"}, {"Accept_Encoding": "gzip"}):
        tag = ask(both[0], "/thu-tuc/1.004222/", **headers).headers["etag"]
        for known in (tag, f'"other", {tag}', f"W/{tag}"):
            front, embedded = (
                ask(port, "/thu-tuc/1.004222/", If_None_Match=known, **headers) for port in both
            )
            assert front.status == 304
            assert front.body == b""
            embedded.headers.pop("content-length", None)  # said by the test's own server
            assert _differences(embedded, front) == {}


def test_each_form_of_a_page_has_its_own_etag(both):
    tags = {
        ask(both[1], "/thu-tuc/1.004222/", Accept_Encoding=encoding).headers["etag"]
        for encoding in ("", "gzip", "br")
    }
    assert len(tags) == 3


@pytest.mark.parametrize("span", ["bytes=0-99", "bytes=0-0", "bytes=100-", "bytes=-50"])
def test_parts_of_a_file_can_be_asked_for(both, span):
    whole = ask(both[0], "/thu-tuc/1.004222/index.json").body
    front, embedded = (ask(port, "/thu-tuc/1.004222/index.json", Range=span) for port in both)
    assert front.status == 206
    assert front.body in whole
    assert _differences(embedded, front) == {}


def test_a_part_is_given_only_beside_parts_of_the_same_text(both):
    for port in both:
        answer = ask(port, "/robots.txt", Range="bytes=0-3", If_Range='"another"')
        assert answer.status == 200


def test_head_tells_what_get_would(both):
    for path in ("/thu-tuc/1.004222/", "/thu-tuc/9.999999/"):
        front, embedded = (ask(port, path, method="HEAD") for port in both)
        assert front.body == b""
        assert _differences(embedded, front) == {}


@pytest.mark.parametrize(
    "path",
    ["/thu-tuc/1.004222", "/en/thu-tuc/1.004222", "/linh-vuc", "/thu-tuc/1.004222/2024-10-03"],
)
def test_a_missing_slash_is_added(both, path):
    for port in both:
        answer = ask(port, f"{path}?a=1")
        assert (answer.status, answer.headers["location"]) == (301, f"{path}/?a=1")


@pytest.mark.parametrize(
    "path",
    [
        "/thu-tuc/9.999999/",
        "/thu-tuc/9.999999",
        "/khong-co/",
        "/quyet-dinh/khong-co/",
        "/.release.json",
        "/thu-tuc/.22/2/1.004222/",
        "/thu-tuc/22/2/1.004222/",
        "/index.html",
        "/thu-tuc/1.004222/index.html",
        "/thu-tuc/1.004222/index.html.gz",
        "/static/khong-co.css",
        f"/mau-don/{'0' * 64}/don.pdf",
        "/mau-don/",
        "/mau-don",
        _FORMS[FormKind.PDF].replace("don.pdf", ""),
        _FORMS[FormKind.PDF].replace("don.pdf", "khac.pdf"),
        _FORMS[FormKind.PDF].replace("don.pdf", "don.html"),
        "/en" + _FORMS[FormKind.PDF],
        "/404/",
        "/503/",
        "/en/404/",
        "/en/503/",
        "/fr/thu-tuc/1.004222/",
    ],
)
def test_an_address_without_a_page_answers_404_with_the_portal_page(both, path):
    front, embedded = (ask(port, path) for port in both)
    assert (front.status, embedded.status) == (404, 404)
    assert b"<html" in front.body
    assert embedded.body == front.body
    assert embedded.headers["content-security-policy"] == front.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/thu-tuc/1.004222/2024-12-31/", 302),
        ("/en/thu-tuc/1.004222/2024-12-31/", 302),
        ("/thu-tuc/1.004222/2024-12-31", 301),
        ("/thu-tuc/1.004222/2020-01-01/", 404),
        ("/thu-tuc/1.004222/ngay/?ngay=1/10/2024", 302),
        ("/thu-tuc/1.004222/so-sanh/", 302),
    ],
)
def test_any_day_and_any_two_texts_are_asked_of_the_web_processes(both, path, status):
    front, embedded = (ask(port, path) for port in both)
    assert (front.status, embedded.status) == (status, status)
    assert _differences(embedded, front) == {}
    if status == 404:
        assert "Chưa có bản công khai" in front.body.decode()


def test_an_error_is_told_in_the_language_of_its_address(both):
    for port in both:
        assert '<html lang="en"' in ask(port, "/en/thu-tuc/9.999999/").body.decode()
        assert '<html lang="vi"' in ask(port, "/fr/thu-tuc/9.999999/").body.decode()


def test_a_failure_of_the_application_is_told_with_the_portal_page(portal):
    def failing(environ, start):
        start("500 Internal Server Error", [("Content-Type", "text/html")])
        return [b"<h1>Server Error (500)</h1>"]

    with wsgi(_release_site(portal, failing)) as port:
        answer = ask(port, "/tim-kiem/?q=a")
        assert answer.status == 500
        assert "Phần này đang tạm dừng" in answer.body.decode()
        assert ask(port, "/api/v1/procedures/").body == b"<h1>Server Error (500)</h1>"


def test_what_the_release_does_not_have_is_answered_by_django(both):
    for port in both:
        assert ask(port, "/admin/").headers["location"].startswith("/admin/login/")


def test_pages_are_read_only(both):
    for port in both:
        assert ask(port, "/thu-tuc/1.004222/", method="POST").status == 405


def test_public_pages_answer_while_the_web_processes_are_down(portal, tmp_path_factory):
    with nginx(portal, web=free_port(), places=tmp_path_factory.mktemp("places")) as front:
        assert ask(front, "/thu-tuc/1.004222/").status == 200
        assert ask(front, "/thu-tuc/9.999999/").status == 404
        for path in ("/admin/", "/tim-kiem/?q=a", "/thu-tuc/1.004222/2024-12-31/"):
            answer = ask(front, path)
            assert (answer.status, answer.headers["retry-after"]) == (503, "60")
            assert "Phần này đang tạm dừng" in answer.body.decode()
            assert "content-security-policy" in answer.headers
        assert "This part is resting" in ask(front, "/en/tim-kiem/").body.decode()
        api = ask(front, "/api/v1/procedures/")
        assert (api.status, api.headers["retry-after"]) == (503, "60")
        assert api.headers["content-type"].startswith("application/problem+json")
        assert json.loads(api.body)["status"] == 503


def test_public_pages_ask_the_database_nothing(portal, django_assert_num_queries):
    def broken(environ, start):
        raise AssertionError("Django was asked for a public page")

    with wsgi(_release_site(portal, broken)) as port, django_assert_num_queries(0):
        connection.close()
        for path in (*_PATHS, "/thu-tuc/9.999999/"):
            assert ask(port, path).status in {200, 404}


def test_a_switch_is_seen_with_the_next_request(portal_with_rows):
    with wsgi(_release_site(portal_with_rows)) as port:
        before = ask(port, "/thu-tuc/2.000130/")
        procedure = make_procedure("3.000001")
        procedure.refresh_from_db()
        announce(procedure, now=_tomorrow(), signed_on=_tomorrow().date())
        publish(now=_tomorrow())
        assert ask(port, "/thu-tuc/3.000001/").status == 200
        again = ask(port, "/thu-tuc/2.000130/", If_None_Match=before.headers["etag"])
        assert again.status == 304, "an untouched page keeps its ETag from release to release"


def test_nginx_shows_what_it_keeps_open_anew_within_seconds_of_a_switch(
    portal_with_rows, tmp_path_factory
):
    procedure = Procedure.objects.get(code="1.004222")
    later = _tomorrow() + timedelta(days=1)
    with nginx(
        portal_with_rows, web=free_port(), places=tmp_path_factory.mktemp("places")
    ) as front:
        assert "Tên mới" not in ask(front, "/thu-tuc/1.004222/").body.decode()
        procedure.name = "Tên mới"
        procedure.save()
        announce(procedure, effect="amended", signed_on=later.date(), now=later)
        publish(now=later)
        wait_until(lambda: "Tên mới" in ask(front, "/thu-tuc/1.004222/").body.decode(), seconds=5)


def test_both_servers_read_the_policy_of_the_settings():
    from publication.site.headers import SECURITY

    directives = django_settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())
    assert dict(SECURITY)["Content-Security-Policy"] == policy
