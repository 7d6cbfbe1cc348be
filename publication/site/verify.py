"""After the switch: fetch what citizens fetch, compare, and write down what was seen when."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from catalog.canonical import digest, digest_bytes
from publication.models import AnnouncementDecision, Listing
from publication.site.addresses import file_of
from publication.site.form_files import form_address
from publication.site.page import Page, PageKind
from publication.site.store import Store

_TIMEOUT = 10  # seconds
Fetch = Callable[[str], bytes]
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Seen:
    """One procedure of a decision, as the public got it. `problem` is empty when it was right."""

    code: str
    address: str
    digest: str  # of the public text, by the listing
    page_digest: str  # of the page's bytes, as fetched
    seen_at: str
    problem: str


@dataclass(frozen=True)
class Receipt:
    """Every item of one decision, and the second it was seen."""

    decision: str
    tree: str
    items: tuple[Seen, ...]

    @property
    def is_whole(self) -> bool:
        return bool(self.items) and not any(item.problem for item in self.items)

    def write(self, folder: Path) -> Path:
        """Keep the receipt as a file named by decision and release; its path."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.decision}-{self.tree[:12]}.json"
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n")
        return path


def verify_decision(
    decision: AnnouncementDecision, *, store: Store, fetch: Fetch, clock: Clock
) -> Receipt:
    """Fetch the page, the twin and the forms of every listing that a decision made current."""
    tree = store.current_tree()
    listings = Listing.objects.current().filter(decision=decision).order_by("code")
    rows = listings.values_list("code", "digest")
    seen = tuple(
        _look_at(code, expected, root=store.tree(tree), fetch=fetch, clock=clock)
        for code, expected in rows
    )
    return Receipt(decision.slug or "", tree, seen)


def _look_at(code: str, expected: str, *, root: Path, fetch: Fetch, clock: Clock) -> Seen:
    address = Page(PageKind.PROCEDURE, code).path
    page = b""
    try:
        page = fetch(address)
        twin = fetch(f"{address}index.json")
        problem = _problem(page, twin, expected, root / _file(address)) or _bad_form(twin, fetch)
    except (URLError, OSError, ValueError) as error:
        problem = f"không tải được: {error}"
    seen_at = clock().isoformat(timespec="seconds")
    return Seen(code, address, expected, digest_bytes(page), seen_at, problem)


def _problem(page: bytes, twin: bytes, expected: str, file: Path) -> str:
    document: dict[str, Any] = json.loads(twin)
    if document.get("digest") != expected or digest(document.get("text")) != expected:
        return "văn bản trên trang khác văn bản đã công bố"
    if not file.is_file() or page != file.read_bytes():
        return "trang tải về khác trang của bản phát hành"
    return ""


def _bad_form(twin: bytes, fetch: Fetch) -> str:
    """Forms come with the bytes whose digest the announced text holds."""
    for form in json.loads(twin)["text"].get("form_files", ()):
        if digest_bytes(fetch(form_address(form))) != form["sha256"]:
            return f"tệp mẫu đơn {form['file_name']} khác tệp đã công bố"
    return ""


def _file(address: str) -> str:
    path = file_of(address)
    assert path is not None, "a procedure's page has a file"
    return path


def fetch_from(base: str) -> Fetch:
    """Fetch addresses below a base over HTTP, past every cache."""

    def fetch(address: str) -> bytes:
        request = Request(base + address, headers={"Cache-Control": "no-cache"})  # noqa: S310
        with urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310  the portal's own address
            body: bytes = answer.read()
            return body

    return fetch
