"""Announced wording as HTML: lines become paragraphs, dashes become lists. No letter is changed."""

import re
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString

_ITEM = re.compile(r"^([-–—•*]|\+)\s*(?=\S)")
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]]")
# Where a flattened source ran lines together; only ever a line break is put in.
_LONG_LINE = 320
_JOINTS = re.compile(
    r"(?<=[.;:!?”\")\d])\s*"
    r"(?=- |\+ |• |\* |Bước \d|Trường hợp |Ghi chú|Lưu ý|[a-zđ]\) |\(\d{1,2}\) )"
)


@dataclass
class _Lines:
    html: list[str] = field(default_factory=list)
    depth: int = 0

    def to_depth(self, depth: int) -> None:
        while self.depth < depth:
            self.html.append('<ul class="ds-list">' if self.depth == 0 else "<ul>")
            self.depth += 1
        while self.depth > depth:
            self.html.append("</li></ul>")
            self.depth -= 1

    def item(self, text: str, depth: int) -> None:
        if self.depth >= depth:
            self.to_depth(depth)
            self.html.append("</li>")
        self.to_depth(depth)
        self.html.append(f"<li>{text}")

    def paragraph(self, text: str) -> None:
        self.to_depth(0)
        self.html.append(f"<p>{text}</p>")


def prose_html(text: str) -> SafeString:
    """A text of several lines as paragraphs and lists; empty for an empty text.

    A line that begins with a dash is an item, one with a plus an item below it.
    """
    lines = _Lines()
    for line in text.split("\n"):
        line = line.strip()
        if line:
            _add(lines, line)
    lines.to_depth(0)
    return SafeString("".join(lines.html))


def as_written_html(text: str) -> SafeString:
    """The source's own words; where its lines were run together, they are set apart again."""
    return prose_html(
        "\n".join(
            _JOINTS.sub("\n", line) if len(line) > _LONG_LINE else line for line in text.split("\n")
        )
    )


def linked(text: str) -> SafeString:
    """One line, escaped, with web addresses as links."""
    if "http" not in text:
        return SafeString(escape(text))
    parts, end = [], 0
    for match in _ADDRESS.finditer(text):
        address = escape(match.group())
        parts += [
            escape(text[end : match.start()]),
            f'<a class="ds-link" href="{address}" rel="nofollow noopener">{address}</a>',
        ]
        end = match.end()
    return SafeString("".join([*parts, escape(text[end:])]))


def _add(lines: _Lines, line: str) -> None:
    match = _ITEM.match(line)
    if not match:
        lines.paragraph(linked(line))
        return
    below = match.group(1) == "+" and lines.depth > 0
    lines.item(linked(line[match.end() :]), 2 if below else 1)
