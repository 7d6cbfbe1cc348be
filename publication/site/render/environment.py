"""The template engine of the public pages.

Jinja2, because a release renders thousands of pages: measured on the procedure page, Django's
templates took about five times as long (docs/decisions, the record on the design system).
`_("…")` in a template is found by `makemessages` like Django's own tags.
"""

import ast
import re
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup, escape

from publication.site.render import prose, wording
from publication.site.render.kinds import Tag, tags
from publication.site.render.language import active_language, gettext_in, ngettext
from publication.site.render.static import asset_url


class _Constants(Extension):
    """Puts words, icons and asset addresses in place when a template is read, not for each page.

    Every language has its own environment, so a plain `{{ _("…") }}` is a constant of it.
    """

    _CALL = re.compile(r"""\{\{ (_|icon|asset)\(((?:"[^"]*"|'[^']*')(?:, "[^"]*")*)\) \}\}""")

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return self._CALL.sub(self._value, source)

    def _value(self, call: re.Match[str]) -> str:
        function = self.environment.globals[call.group(1)]
        assert callable(function)
        return str(escape(function(*ast.literal_eval(f"({call.group(2)},)"))))


@cache
def environment(language: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(settings.BASE_DIR / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=settings.DEBUG,
        extensions=[_Constants],
    )
    made.globals |= {"_": gettext_in(language), "asset": asset_url, "icon": icon}
    made.filters |= {
        "announced": prose.prose_html,
        "changes": _changes,
        "day": wording.day,
        "decisions": _decisions,
        "fill": _fill,
        "kept": _kept,
        "linked": prose.linked,
        "matches": _matches,
        "month": wording.month,
        "number": wording.number,
        "procedure_tags": _procedure_tags,
        "procedures": wording.procedures,
        "sets": _sets,
        "week_changes": _week_changes,
    }
    return made


def render(name: str, context: dict[str, object]) -> str:
    """A template below templates/ filled in, in the active language."""
    return environment(active_language()).get_template(name).render(context)


@cache
def icon(name: str, css_class: str = "icon", sheet: str = "icons.svg") -> SafeString:
    """An icon that only decorates: the words beside it say what it means."""
    return SafeString(
        f'<svg class="{css_class}" aria-hidden="true" focusable="false">'
        f'<use href="{asset_url(sheet)}#{name}"/></svg>'
    )


def _fill(message: str, **values: object) -> Markup:
    """A translated message, which may hold markup, with its escaped values."""
    return Markup(message) % values  # noqa: S704  messages are ours, values are escaped


def _changes(count: int) -> str:
    words = ngettext("%(count)s đoạn thay đổi", "%(count)s đoạn thay đổi", count)
    return words % {"count": wording.number(count)}


def _kept(count: int) -> str:
    words = ngettext("%(count)s đoạn giữ nguyên", "%(count)s đoạn giữ nguyên", count)
    return words % {"count": wording.number(count)}


def _decisions(count: int) -> str:
    words = ngettext("%(count)s quyết định", "%(count)s quyết định", count)
    return words % {"count": wording.number(count)}


def _matches(count: int) -> str:
    words = ngettext("%(count)s thủ tục phù hợp", "%(count)s thủ tục phù hợp", count)
    return words % {"count": wording.number(count)}


def _week_changes(count: int) -> str:
    words = ngettext(
        "Xem cả %(count)s thay đổi của tuần", "Xem cả %(count)s thay đổi của tuần", count
    )
    return words % {"count": wording.number(count)}


def _sets(count: int) -> Markup:
    words = ngettext("Nộp <b>%(count)s bộ</b> hồ sơ.", "Nộp <b>%(count)s bộ</b> hồ sơ.", count)
    return _fill(words, count=count)


def _procedure_tags(result: Any) -> tuple[Tag, ...]:
    """The tags of anything with kind, online_level and levels, a mapping or an object."""
    if isinstance(result, dict):
        return tags(result["kind"], result["online_level"], result.get("levels") or ())
    return tags(result.kind, result.online_level, getattr(result, "levels", None) or ())
