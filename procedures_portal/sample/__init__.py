"""The sample: an invented record of a province like Hải Dương in autumn 2024.

Texts are in `data/` (its README tells the format), `shorthand.py` turns one entry into a content
document, `reading.py` reads the files, `loading.py` replays their history through the real acts.
"""
