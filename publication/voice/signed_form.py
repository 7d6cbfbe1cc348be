"""Forms for strangers: a signed key in place of a captcha, and a field that only machines fill."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_SALT = "publication.voice.form"
_SHORTEST = timedelta(seconds=2)  # nobody reads and fills in a form faster
_LONGEST = timedelta(days=7)


def make_form_key(*, now: datetime) -> str:
    """A key that says when the form was opened and can be used once."""
    return signing.dumps([secrets.token_hex(16), int(now.timestamp())], salt=_SALT)


class SignedForm(forms.Form):
    """`form_key` holds the key; after is_valid() its name is in cleaned_data["form_key"].

    Whatever is wrong, `next_key` is what the form is shown again with.
    """

    website = forms.CharField(required=False)
    form_key = forms.CharField(required=False)

    def __init__(self, data: Any = None, *, now: datetime) -> None:
        super().__init__(data)
        self._now = now
        self.next_key = make_form_key(now=now)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Hãy để trống ô dành cho máy rồi gửi lại."))
        return ""

    def clean_form_key(self) -> str:
        sent = self.cleaned_data["form_key"]
        try:
            name, opened = signing.loads(sent, salt=_SALT)
        except (signing.BadSignature, ValueError):
            raise ValidationError(_again()) from None
        age = self._now - datetime.fromtimestamp(opened, tz=self._now.tzinfo)
        if age > _LONGEST:
            raise ValidationError(_again())
        self.next_key = sent
        if age < _SHORTEST:
            raise ValidationError(_("Gửi nhanh quá. Hãy xem lại rồi bấm gửi lần nữa."))
        return str(name)

    def clean(self) -> dict[str, Any]:
        """The key can wait while there is something to mend: the form is sent again anyway."""
        facts: dict[str, Any] = super().clean() or {}
        if len(self.errors) > 1:
            self.errors.pop("form_key", None)
        return facts


def _again() -> str:
    return _("Trang đã mở quá lâu. Nội dung vẫn còn dưới đây, hãy bấm gửi lần nữa.")
