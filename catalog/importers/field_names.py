"""Field names (lĩnh vực) of a cell. Pure.

A field's own name may hold commas ("Cấp, quản lý căn cước"), and the same cell divides several
fields by commas. So a list is taken apart only when every piece is a field that is known and
begins with a capital letter, as field names do; everything else is one name.
"""

import re

from catalog.importers.wording import stated
from catalog.vietnamese import clean_line


def split_fields(text: str, *, known: frozenset[str]) -> tuple[str, ...]:
    """The fields of a cell, each once. `known` holds names as the register writes them."""
    whole = clean_line(stated(text))
    if not whole:
        return ()
    names = {name.casefold() for name in known}
    if whole.casefold() in names:
        return (whole,)
    pieces = [clean_line(piece) for piece in re.split(r"[,;\n]", stated(text))]
    pieces = [piece for piece in pieces if piece]
    known_all = all(piece.casefold() in names and piece[0].isupper() for piece in pieces)
    return tuple(dict.fromkeys(pieces)) if len(pieces) > 1 and known_all else (whole,)
