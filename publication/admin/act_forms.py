"""What each act on a decision asks of the person; every form carries the version they saw."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publication.authority import people_behind
from publication.enums import ItemEffect
from publication.models import AnnouncementDecision
from publication.validators import validate_decision_number

_REASON = forms.Textarea({"rows": 3, "cols": 80})


class ActForm(forms.Form):
    """Nothing to fill in: the person confirms what they see."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, decision: AnnouncementDecision, user: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.decision = decision
        self.user = user
        self.fields["version"].initial = decision.version


class ApproveForm(ActForm):
    override_reason = forms.CharField(
        label=gettext_lazy("Lý do ngoại lệ"),
        max_length=500,
        widget=_REASON,
        help_text=gettext_lazy(
            "Anh/chị đã nhập hoặc trình quyết định này. Muốn tự duyệt phải ghi lý do; "
            "lý do được lưu và đếm trên trang chính."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.user.pk not in people_behind(self.decision):
            del self.fields["override_reason"]


class ReturnForm(ActForm):
    reason = forms.CharField(
        label=gettext_lazy("Lý do trả lại"),
        max_length=2000,
        widget=_REASON,
        help_text=gettext_lazy("Nêu dòng nào, mục nào, sửa thế nào: người nhập thấy đúng lời này."),
    )


class WithdrawForm(ActForm):
    basis = forms.CharField(
        label=gettext_lazy("Văn bản thu hồi"),
        max_length=300,
        widget=forms.TextInput({"size": 60}),
        help_text=gettext_lazy(
            "Số, ngày của văn bản. Nội dung công khai trước quyết định này có hiệu lực trở lại "
            "từ hôm nay."
        ),
    )


class IssueForm(ActForm):
    number = forms.CharField(
        label=gettext_lazy("Số quyết định"),
        max_length=60,
        validators=[validate_decision_number],
        help_text=gettext_lazy("Ví dụ 3218/QĐ-UBND"),
    )
    signed_on = forms.DateField(label=gettext_lazy("Ngày ký"), widget=AdminDateWidget)
    signed_by = forms.CharField(
        label=gettext_lazy("Người ký"),
        max_length=200,
        widget=forms.TextInput({"size": 60}),
        help_text=gettext_lazy("Chức vụ và họ tên như trong văn bản"),
    )
    effective_on = forms.DateField(
        label=gettext_lazy("Ngày có hiệu lực"),
        widget=AdminDateWidget,
        help_text=gettext_lazy("Ngày sau hôm nay: trang công khai đổi vào 0 giờ ngày đó."),
    )
    signed_file = forms.FileField(
        label=gettext_lazy("Bản đã ký (PDF)"),
        widget=forms.FileInput({"accept": "application/pdf"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.decision.corrects:
            # With that day the right texts set the wrong ones aside.
            self.fields["effective_on"].initial = self.decision.corrects.effective_on

    def clean_signed_file(self) -> Any:
        file = self.cleaned_data["signed_file"]
        if file.read(5) != b"%PDF-":
            raise ValidationError(_("Tệp này không phải PDF: chọn bản PDF đã ký."))
        file.seek(0)
        return file

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        signed_on, effective_on = facts.get("signed_on"), facts.get("effective_on")
        if signed_on and effective_on and effective_on < signed_on:
            self._check_early_day(effective_on)
        return facts

    def _check_early_day(self, effective_on: date) -> None:
        """Only a correction holds before its signing, from the day of what it puts right."""
        wrong = self.decision.corrects
        if wrong is None or wrong.effective_on is None:
            self.add_error("effective_on", _("Ngày có hiệu lực không được trước ngày ký."))
        elif effective_on < wrong.effective_on:
            message = _(
                "Ngày có hiệu lực không được trước ngày %(day)s của quyết định được đính chính."
            )
            self.add_error("effective_on", message % {"day": f"{wrong.effective_on:%d/%m/%Y}"})


class CorrectForm(ActForm):
    codes = forms.MultipleChoiceField(
        label=gettext_lazy("Thủ tục cần đính chính"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Chọn ít nhất một thủ tục.")},
        help_text=gettext_lazy(
            "Sửa nội dung trong kho thủ tục trước hoặc sau khi soạn; "
            "quyết định gốc giữ nguyên trong lịch sử."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["codes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (code, f"{code} {name}")
            for code, name in self.decision.items.exclude(effect=ItemEffect.ABOLISHED)
            .order_by("ordinal", "pk")
            .values_list("procedure__code", "procedure__name")
        ]
