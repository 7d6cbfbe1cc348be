"""Names that go on from what somebody is typing: by their words alone, within milliseconds."""

from publication.search.find import find_names
from publication.search.words import spelt_words

MOST = 8
_SHORTEST = 2  # letters; before that everything would fit


def suggest(text: str) -> list[tuple[str, str]]:
    """(code, name), best first; the last word may be unfinished. Raises SearchUnavailable."""
    if len("".join(spelt_words(text))) < _SHORTEST:
        return []
    return find_names(text, most=MOST)
