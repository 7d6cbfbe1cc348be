"""Where the file of a public address lies."""

import pytest

from publication.site.addresses import file_of, is_owned


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "index.html"),
        ("/en/", "en/index.html"),
        ("/thu-tuc/", "thu-tuc/index.html"),
        ("/thu-tuc/trang-2/", "thu-tuc/trang-2/index.html"),
        ("/thu-tuc/1.004222/", "thu-tuc/.22/2/1.004222/index.html"),
        ("/en/thu-tuc/1.004135/", "en/thu-tuc/.35/1/1.004135/index.html"),
        ("/thu-tuc/1.004222/2024-10-03/", "thu-tuc/.22/2/1.004222/2024-10-03/index.html"),
        ("/thu-tuc/1.004222/index.json", "thu-tuc/.22/2/1.004222/index.json"),
        ("/quyet-dinh/3218-qd-ubnd-2024/", "quyet-dinh/.32/3218-qd-ubnd-2024/index.html"),
        ("/quyet-dinh/", "quyet-dinh/index.html"),
        ("/quyet-dinh/atom.xml", "quyet-dinh/atom.xml"),
        ("/robots.txt", "robots.txt"),
        (f"/mau-don/0f{'a' * 62}/don-01.docx", f"mau-don/.0f/0f{'a' * 62}/don-01.docx"),
    ],
)
def test_an_address_has_one_file(address, path):
    assert file_of(address) == path


@pytest.mark.parametrize(
    "address",
    [
        "",
        "thu-tuc/",
        "/.release.json",
        "/thu-tuc/.22/2/1.004222/",
        "/../secret.txt",
        "//thu-tuc/",
        "/thu-tuc/1.004222/index.html",
        "/thu-tuc/1.004222/index.html.gz",
        "/thu-tuc/1.004222",
        f"/mau-don/{'a' * 63}/don.docx",
        f"/mau-don/{'a' * 64}/don.html",
        f"/mau-don/{'a' * 64}/a/don.docx",
        f"/en/mau-don/{'a' * 64}/don.docx",
    ],
)
def test_an_address_that_is_no_page_has_no_file(address):
    assert file_of(address) is None


def test_the_release_alone_answers_for_its_own_folders():
    assert is_owned("/thu-tuc/9.999999/")
    assert is_owned("/en/quyet-dinh")
    assert not is_owned("/thu-tuc-khac/")
    assert not is_owned("/tim-kiem/")
    assert not is_owned("/admin/")


@pytest.mark.parametrize(
    "address",
    [
        "/thu-tuc/1.004222/2024-10-04/",
        "/en/thu-tuc/1.004222/2024-10-04",
        "/thu-tuc/1.004222/so-sanh/",
        "/thu-tuc/1.004222/1.004222.pdf",
    ],
)
def test_what_is_made_of_twins_is_asked_of_the_web_processes(address):
    assert not is_owned(address)


@pytest.mark.parametrize(
    "address",
    [
        "/thu-tuc/1.004222/",
        "/thu-tuc/1.004222/2024-10-04/thay-doi/",
        "/thu-tuc/1.004222/khong-co/",
        "/thu-tuc/1.004222/2024-10-04/index.json",
        "/thu-tuc/chu-cai/2024-10-04/",
    ],
)
def test_all_else_below_the_procedures_is_the_releases_own(address):
    assert is_owned(address)
