"""The English interface is whole: nothing untranslated or fuzzy, the compiled file current."""

import re
from gettext import GNUTranslations
from pathlib import Path

from django.conf import settings

FOLDER = Path("en/LC_MESSAGES")
SOURCES = ("templates/site", "templates/components", "publication/site", "publication/enums.py",
           "publication/news", "publication/voice",
           "publication/search_choices.py", "publication/search_page.py",
           "publication/views.py", "catalog/enums.py",
           "publication/api", "publication/api_tokens.py")  # fmt: skip
STAFF = ("publication/admin", "catalog/admin", "publication/models", "catalog/models",
         "publication/waiting.py", "publication/gap_words.py", "publication/item_standing.py",
         "templates/admin")  # fmt: skip
_TRANSLATE = re.compile(r'{% translate "([^"]+)"')
DJANGO = {"Home", "History"}  # words that the framework translates itself
_CALL = re.compile(r"""(?<!\w)(?:_|n?gettext(?:_lazy)?)\(\s*((?:"[^"]*"\s*|'[^']*'\s*)+)""")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')


def test_every_word_of_the_public_pages_has_an_english_one():
    known = _messages(settings.LOCALE_PATHS[0] / FOLDER / "django.po")
    used = {message for path in _source_files(SOURCES) for message in _messages_in(path)}
    assert len(used) > 200
    assert sorted(used - {message for message, text in known.items() if text}) == []


def test_every_word_of_the_staff_pages_has_an_english_one():
    known = _messages(settings.LOCALE_PATHS[0] / FOLDER / "django.po")
    files = _source_files(STAFF)
    used = {message for path in files for message in _messages_in(path)}
    used |= {word for path in files for word in _TRANSLATE.findall(path.read_text())}
    assert len(used) > 500
    assert sorted(used - {message for message, text in known.items() if text} - DJANGO) == []


def test_nothing_is_fuzzy():
    assert "fuzzy" not in (settings.LOCALE_PATHS[0] / FOLDER / "django.po").read_text()


def test_the_compiled_file_says_what_the_source_says():
    with (settings.LOCALE_PATHS[0] / FOLDER / "django.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message, text in _messages(settings.LOCALE_PATHS[0] / FOLDER / "django.po").items():
        single = compiled.gettext(message)
        assert text in {single, compiled.ngettext(message, message, 1)}


def test_translated_messages_keep_their_placeholders():
    for message, text in _messages(settings.LOCALE_PATHS[0] / FOLDER / "django.po").items():
        assert set(re.findall(r"%\(\w+\)s", text)) == set(re.findall(r"%\(\w+\)s", message))


def _source_files(sources: tuple[str, ...]) -> list[Path]:
    roots = [settings.BASE_DIR / source for source in sources]
    return [
        path
        for root in roots
        for path in ([root] if root.is_file() else sorted(root.rglob("*")))
        if path.suffix in {".py", ".html"}
    ]


def _messages_in(path: Path) -> set[str]:
    """What `_("…")`, gettext and ngettext are called with, adjacent strings joined."""
    return {
        "".join(part[1:-1] for part in re.findall(r"\"[^\"]*\"|'[^']*'", call.group(1)))
        for call in _CALL.finditer(path.read_text())
    } - {"…"}  # how comments write a call


def _messages(path: Path) -> dict[str, str]:
    """Messages and their (singular) translations of a .po file."""
    found = {}
    for entry in path.read_text().split("\n\n")[1:]:
        message, _, text = entry.partition("\nmsgstr")
        plural = message.partition("\nmsgid_plural")[0]
        text = text.partition("\nmsgstr[1]")[0]
        found[_joined(plural[plural.index("msgid ") :])] = _joined(text)
    return found


def _joined(lines: str) -> str:
    return "".join(_TEXT.findall(lines)).replace('\\"', '"').replace("\\n", "\n")
