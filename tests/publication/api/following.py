"""A client that keeps a copy of all that is public by following the change feed alone."""

import json
from typing import Any


class Follower:
    """Puts every procedure it is told of under its code; knows nothing else of the portal."""

    def __init__(self, client: Any, *, page_size: int = 50) -> None:
        self.client = client
        self.page_size = page_size
        self.seen: list[int] = []
        self.held: dict[str, Any] = {}

    def follow(self, *, pages: int | None = None) -> None:
        """All that was written since the last time, or its first pages."""
        after = self.seen[-1] if self.seen else 0
        address = f"/api/v1/changes/?after={after}&page_size={self.page_size}"
        while address and pages != 0:
            pages = None if pages is None else pages - 1
            page = self.client.get(address).json()
            for change in page["results"]:
                self.take(change)
            address = page["next"]

    def take(self, change: dict[str, Any]) -> None:
        self.seen.append(change["sequence"])
        if change["procedure"] is not None:
            self.held[change["code"]] = change["procedure"]

    def bytes(self) -> bytes:
        """What it holds as NDJSON, by code."""
        return lines(self.held.values())


def whole_list(client: Any) -> bytes:
    """A full pull, by code."""
    response = client.get("/api/v1/procedures/?format=ndjson")
    assert response.status_code == 200
    pulled = sorted(response.getvalue().splitlines(keepends=True), key=code_of)
    return b"".join(pulled)


def code_of(line: bytes) -> str:
    code: str = json.loads(line)["code"]
    return code


def lines(rows: Any) -> bytes:
    ordered = sorted(rows, key=lambda row: row["code"])
    return b"".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        for row in ordered
    )
