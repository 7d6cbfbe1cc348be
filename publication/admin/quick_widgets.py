"""Widgets written straight as markup, for tables of hundreds of rows.

Django fills in a template file for each widget, which took half of the time of a page with 200
rows; these write the same elements with the same escaping.
"""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class QuickText(forms.TextInput):
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        facts = {"type": self.input_type, "name": name, **self.build_attrs(self.attrs, attrs)}
        shown = self.format_value(value)
        return format_html("<input{}>", flatatt(facts | ({"value": shown} if shown else {})))


class QuickNumber(QuickText):
    input_type = "number"


class QuickHidden(QuickText):
    input_type = "hidden"


class QuickTick(forms.CheckboxInput):
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        facts = {"type": "checkbox", "name": name, **self.build_attrs(self.attrs, attrs)}
        return format_html("<input{}>", flatatt(facts | {"checked": self.check_test(value)}))


class QuickLines(forms.Textarea):
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        facts = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        # The first line feed after the tag is the browser's to drop.
        return format_html("<textarea{}>\n{}</textarea>", facts, self.format_value(value) or "")


class QuickSelect(forms.Select):
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = {str(one) for one in self.format_value(value)}
        options = format_html_join(
            "",
            "<option{}>{}</option>",
            (
                (flatatt({"value": key, "selected": str(key) in chosen}), label)
                for key, label in self.choices
            ),
        )
        facts = {"name": name, **self.build_attrs(self.attrs, attrs)}
        return format_html("<select{}>{}</select>", flatatt(facts), options)
