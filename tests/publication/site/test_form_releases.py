"""Forms in releases: held once, at an address that means them for good, shared with what was."""

import json

import pytest

from catalog.form_store import place
from publication.models import Release
from publication.site.addresses import file_of
from publication.site.form_files import FormMissing
from publication.site.history import site_store
from publication.site.release import publish
from publication.site.verify import verify_decision
from tests.factories import make_announcement, make_form_file, make_pdf, make_procedure
from tests.publication.acts import NOON, announce, issue
from tests.publication.site.test_release_laws import differences, files_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_places(settings, tmp_path):
    settings.PORTAL_SITE_DIR = tmp_path / "site"
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PORTAL_LANGUAGES = ["vi"]


def address(file) -> str:
    return f"/mau-don/{file.sha256}/{file.file_name}"


def on_disk(file) -> str:
    return file_of(address(file)) or ""


def served(file):
    return site_store().current / on_disk(file)


def held() -> list[str]:
    """The forms of the release that is served."""
    return sorted(path for path in files_of(site_store().current) if path.startswith("mau-don/"))


def others():
    """So many that a change of one is no reason to make everything anew."""
    return [make_procedure() for _ in range(8)]


def correct(procedure):
    """A second decision of the same day: its text takes the place of the first."""
    issue(make_announcement(procedures=[procedure], effect="amended"), number="99/QĐ-UBND")


def assert_equal_to_a_full_release():
    changed = site_store().tree(Release.objects.get(state="public").tree)
    whole = publish(now=NOON, full=True)
    assert whole is not None
    assert differences(changed, site_store().tree(whole.tree)) == []


def test_every_public_version_s_file_is_held_and_drafts_are_not():
    procedure = make_procedure()
    first = make_form_file(procedure)
    announce(procedure)
    publish(now=NOON)
    second = make_form_file(procedure)
    later = NOON.replace(day=4)
    announce(procedure, effect="amended", number="2/QĐ-UBND", signed_on=later.date(), now=later)
    make_form_file(procedure)
    publish(now=later)
    assert held() == sorted(on_disk(file) for file in (first, second))
    assert served(second).read_bytes() == second.path.read_bytes()


def test_a_file_that_two_procedures_share_is_held_once():
    one, other = make_procedure(), make_procedure()
    file = make_form_file(one, data=make_pdf("chung"))
    make_form_file(other, data=make_pdf("chung"))
    announce(one, other)
    publish(now=NOON)
    assert held() == [on_disk(file)]


def test_a_release_shares_the_bytes_of_forms_with_the_store_and_with_the_last_release():
    file = make_form_file(procedure := make_procedure())
    announce(procedure)
    publish(now=NOON)
    before = served(file).stat()
    assert before.st_ino == file.path.stat().st_ino
    announce(make_procedure(), number="2/QĐ-UBND")
    publish(now=NOON)
    assert served(file).stat().st_ino == before.st_ino
    publish(now=NOON, full=True)
    assert served(file).stat().st_ino == before.st_ino


def test_forms_that_a_release_has_are_not_read_again(monkeypatch):
    announced = make_procedure()
    make_form_file(announced)
    announce(announced, *others())
    publish(now=NOON)
    put = []

    def remember(address, *_args, **_more):
        put.append(address)

    monkeypatch.setattr("publication.site.release.put_form", remember)
    announce(make_procedure(), number="2/QĐ-UBND")
    announce(announced, effect="amended", number="3/QĐ-UBND")
    publish(now=NOON)
    assert put == []


def test_a_file_ends_with_the_last_text_that_names_it():
    procedure = make_procedure()
    wrong = make_form_file(procedure)
    announce(procedure, *others())
    publish(now=NOON)
    right = make_form_file(procedure)
    correct(procedure)
    publish(now=NOON)
    assert not served(wrong).exists()
    assert held() == [on_disk(right)]
    assert_equal_to_a_full_release()


def test_a_file_stays_while_a_text_of_another_procedure_names_it():
    one, other = make_procedure(), make_procedure()
    shared = make_form_file(one, data=make_pdf("chung"))
    make_form_file(other, data=make_pdf("chung"))
    announce(one, other, *others())
    publish(now=NOON)
    make_form_file(one)
    correct(one)
    publish(now=NOON)
    assert served(shared).exists()
    assert_equal_to_a_full_release()


def test_files_on_another_disk_are_copied(monkeypatch):
    def other_disk(*args):
        raise OSError("another disk")

    file = make_form_file(procedure := make_procedure())
    announce(procedure)
    monkeypatch.setattr("publication.site.form_files.os.link", other_disk)
    publish(now=NOON)
    assert served(file).read_bytes() == file.path.read_bytes()


def test_a_lost_upload_is_lent_by_the_served_release():
    file = make_form_file(procedure := make_procedure())
    announce(procedure)
    publish(now=NOON)
    place(file.sha256).unlink()
    publish(now=NOON, full=True)
    assert served(file).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"x")])
def test_no_release_is_made_without_the_very_bytes_that_were_announced(harm):
    announce(make_procedure())
    publish(now=NOON)
    before = site_store().current_tree()
    lost = make_form_file(procedure := make_procedure())
    announce(procedure, number="2/QĐ-UBND")
    harm(place(lost.sha256))
    with pytest.raises(FormMissing, match=lost.sha256[2:]):
        publish(now=NOON)
    assert site_store().current_tree() == before


def test_the_twin_tells_where_the_file_is_and_what_it_must_be():
    file = make_form_file(procedure := make_procedure())
    announce(procedure)
    publish(now=NOON)
    path = file_of(f"/thu-tuc/{procedure.code}/index.json") or ""
    twin = site_store().current / path
    assert json.loads(twin.read_text())["forms"] == [
        {
            "name": "to-khai.docx",
            "file_name": "to-khai.pdf",
            "url": f"http://localhost:8000{address(file)}",
            "size": file.size,
            "media_type": "application/pdf",
            "sha256": file.sha256,
        }
    ]


@pytest.mark.parametrize(
    ("answer", "problem"), [(None, ""), (b"x", "tệp mẫu đơn to-khai.pdf khác tệp đã công bố")]
)
def test_verifying_fetches_the_forms_too(answer, problem):
    make_form_file(procedure := make_procedure())
    decision = announce(procedure)
    publish(now=NOON)

    def fetch(path):
        if answer and path.startswith("/mau-don/"):
            return answer
        return (site_store().current / (file_of(path) or "")).read_bytes()

    receipt = verify_decision(decision, store=site_store(), fetch=fetch, clock=lambda: NOON)
    assert [item.problem for item in receipt.items] == [problem]
