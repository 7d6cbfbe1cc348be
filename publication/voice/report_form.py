"""The form by which somebody says what is wrong in a public text."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publication.enums import ReportPart
from publication.models.report import LONGEST_CONTACT, LONGEST_MESSAGE
from publication.voice.signed_form import SignedForm

_PHONE = re.compile(r"\+?[\d .()-]{8,25}")


class ReportForm(SignedForm):
    part = forms.ChoiceField(
        label=gettext_lazy("Phần nào sai?"),
        choices=[("", gettext_lazy("Chọn một phần")), *ReportPart.choices],
        error_messages={
            "required": gettext_lazy("Hãy chọn phần có sai sót."),
            "invalid_choice": gettext_lazy("Hãy chọn phần có sai sót."),
        },
    )
    message = forms.CharField(
        label=gettext_lazy("Sai thế nào?"),
        help_text=gettext_lazy(
            "Nêu chỗ sai và, nếu biết, điều đúng. Không ghi số căn cước hay thông tin hồ sơ riêng."
        ),
        min_length=10,
        max_length=LONGEST_MESSAGE,
        error_messages={
            "required": gettext_lazy("Hãy viết sai thế nào."),
            "min_length": gettext_lazy("Hãy viết rõ hơn, ít nhất 10 ký tự."),
            "max_length": gettext_lazy(
                "Nội dung dài %(show_value)s ký tự, nhiều nhất là %(limit_value)s."
            ),
        },
    )
    contact = forms.CharField(
        label=gettext_lazy("E-mail hoặc số điện thoại"),
        required=False,
        max_length=LONGEST_CONTACT,
        error_messages={
            "max_length": gettext_lazy("Dài quá: chỉ ghi một e-mail hoặc một số điện thoại.")
        },
    )

    def __init__(self, data: Any = None, *, now: datetime) -> None:
        super().__init__(data, now=now)
        words = _(
            "Có e-mail thì câu trả lời được gửi tới đó. "
            "Chỉ người xử lý phản ánh thấy; tự xóa sau %(days)s ngày."
        )
        self.fields["contact"].help_text = words % {"days": settings.PORTAL_KEEP_CONTACT_DAYS}

    def clean_contact(self) -> str:
        value: str = self.cleaned_data["contact"]
        if not value or _PHONE.fullmatch(value):
            return value
        try:
            validate_email(value)
        except ValidationError:
            raise ValidationError(
                _("Đây không phải e-mail hay số điện thoại. Sửa lại hoặc để trống.")
            ) from None
        return value


class SupplyForm(SignedForm):
    """What the sender of a report adds, asked by those who handle it."""

    message = forms.CharField(
        label=gettext_lazy("Thông tin bổ sung"),
        help_text=gettext_lazy("Chỉ người xử lý phản ánh đọc. Không ghi số căn cước."),
        min_length=2,
        max_length=LONGEST_MESSAGE,
        error_messages={
            "required": gettext_lazy("Hãy viết thông tin bổ sung."),
            "min_length": gettext_lazy("Hãy viết rõ hơn."),
            "max_length": gettext_lazy(
                "Nội dung dài %(show_value)s ký tự, nhiều nhất là %(limit_value)s."
            ),
        },
    )
