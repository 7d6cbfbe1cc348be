"""Vectors for all names and everyday phrases of a benchmark's register within a minute."""

from typing import Any

import numpy as np

_LEARNT = 400
_MOVED = 0.3  # of a vector's length; names of one field are about as far apart


def learn_names() -> dict[str, Any]:
    """Learn some names, and give the others vectors beside theirs: what asking costs is the same.

    Learning takes a tenth of a second a name, and half an hour would be spent on it.
    """
    from publication.search.meanings import (
        learn_meanings,
        meanings_path,
        text_key,
        texts_in_index,
    )

    left = learn_meanings(most=_LEARNT)
    stored = np.load(meanings_path())
    known = set(stored["key"].tolist())
    others = sorted({text_key(text) for text in texts_in_index()} - known)
    random = np.random.default_rng(1)
    rows = np.empty(len(others), stored.dtype)
    rows["key"] = others
    beside = stored["vector"][random.integers(len(stored), size=len(others))].astype(np.float32)
    noise = random.normal(size=beside.shape)
    moved = beside + _MOVED * noise / np.linalg.norm(noise, axis=1, keepdims=True)
    rows["vector"] = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    np.save(meanings_path(), np.sort(np.concatenate([stored, rows]), order="key"))
    return {"learnt": len(stored), "made_up": left}
