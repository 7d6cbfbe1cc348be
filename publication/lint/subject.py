"""What the rules read of one text, what else is known, and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from catalog.content import Content


@dataclass(frozen=True)
class Body:
    """An agency in a role, with the level it stands at."""

    role: str
    name: str
    level: str


@dataclass(frozen=True)
class Subject:
    """One text as a decision takes it; `part` is where the annex puts it."""

    code: str
    name: str
    content: Content
    online_level: str = "none"
    levels: tuple[str, ...] = ()
    bodies: tuple[Body, ...] = ()
    part: str = ""
    form_files: frozenset[str] = frozenset()  # names of the forms that have a file


@dataclass(frozen=True)
class Knowledge:
    """What is known beside the text, on the day it would take effect."""

    on: date
    # By number as `document_key` spells it: the document that says it replaces or repeals it.
    replaced_documents: Mapping[str, str] = field(default_factory=dict)
    # Documents that the ministry's decision names as its ground.
    expected_documents: tuple[str, ...] = ()
    national_name: str = ""
    abolished_by: str = ""  # the ministry decision that abolished the code last


@dataclass(frozen=True)
class Remark:
    """One thing to look at; `field` is what the officer's form calls the place."""

    field: str
    message: str
    citation: str = ""
