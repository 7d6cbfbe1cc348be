"""Search over what is public: an artefact built from the event log, read without the database.

    words.py      how a question and a text become terms (pure)
    document.py   what the index keeps of a listing
    index.py      the artefact: an SQLite file, written beside the old one and switched by rename
    build.py      keeps the artefact level with the event log
    find.py       questions answered and ranked
    passages.py   the passage of a text that answers, with the matching words marked (pure)

docs/decisions/007-the-search-index.md says why it is built this way.
"""
