"""Where the written documents are."""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "written_files"
EXAMPLES: Final = FOLDER / "examples.json"
LANGUAGES: Final = ("vi", "en")


def file_of(language: str) -> Path:
    return FOLDER / f"openapi.{language}.json"
