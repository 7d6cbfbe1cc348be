"""What the libraries of the staff pages say, they say in Vietnamese."""

from gettext import GNUTranslations

from django.conf import settings
from django.utils.translation import gettext, ngettext, override

FOLDER = settings.LOCALE_PATHS[0] / "vi/LC_MESSAGES"


def test_words_that_the_libraries_lack_are_vietnamese():
    with override("vi"):
        assert gettext("History") == "Lịch sử"
        assert gettext("Changed") == "Sửa"
        several = ngettext("Please correct the error below.", "Please correct the errors below.", 2)
        assert several == "Chưa lưu: xem lỗi được ghi dưới đây."


def test_the_compiled_words_are_those_of_the_source():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = {text for text in GNUTranslations(file)._catalog.values() if text}  # type: ignore[attr-defined]
    source = (FOLDER / "django.po").read_text().split("\n\n", 1)[1]
    lines = [line.split(" ", 1)[1] for line in source.splitlines() if line.startswith("msgstr")]
    assert {text for text in compiled if "charset" not in text} == {line[1:-1] for line in lines}
