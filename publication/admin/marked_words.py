"""A text before and after as one line of HTML, what went struck out and what came underlined."""

from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def marked_words(before: str, after: str) -> SafeString:
    """Word by word. Texts with nothing in common stand one after the other."""
    old, new = before.split(), after.split()
    spans: list[SafeString] = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            spans.append(format_html("{}", " ".join(old[a:b])))
            continue
        if b > a:
            spans.append(format_html("<del>{}</del>", " ".join(old[a:b])))
        if d > c:
            spans.append(format_html("<ins>{}</ins>", " ".join(new[c:d])))
    return format_html_join(" ", "{}", ((span,) for span in spans))
