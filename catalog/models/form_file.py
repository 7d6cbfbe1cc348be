"""The files of forms that papers name. Citizens get the one that a decision announced."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from catalog.form_kinds import MEDIA_TYPES, FormKind
from catalog.form_store import place
from catalog.models.procedure import Procedure
from catalog.querysets import FormFileQuerySet


class FormFile(models.Model):
    """One version of a form's file; a new upload is a new version and earlier ones stay.

    `title` is the name by which papers call the form. Rows are written once (form_files.py).
    """

    procedure = models.ForeignKey(
        Procedure, verbose_name=_("thủ tục"), on_delete=models.CASCADE, related_name="form_files"
    )
    title = models.CharField(
        _("tên mẫu"),
        max_length=500,
        help_text=_("Đúng như tên mẫu ghi ở thành phần hồ sơ."),
    )
    version = models.PositiveIntegerField(_("bản"), editable=False)
    sha256 = models.CharField(_("mã băm"), max_length=64, editable=False, db_index=True)
    file_name = models.CharField(_("tên tệp"), max_length=100, editable=False)
    size = models.PositiveIntegerField(_("dung lượng"), editable=False)
    media_type = models.CharField(_("loại tệp"), max_length=100, editable=False)
    uploaded_at = models.DateTimeField(_("tải lên lúc"), editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("tài khoản tải lên"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    uploaded_by_name = models.CharField(
        _("người tải lên"), max_length=300, blank=True, editable=False
    )

    objects = FormFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp mẫu đơn")
        verbose_name_plural = _("tệp mẫu đơn, tờ khai")
        ordering = ["title", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "title", "version"],
                name="form_file_version_once",
                violation_error_message=_(
                    "Có người vừa tải lên một bản khác của mẫu này: tải lại trang rồi làm lại."
                ),
            ),
            models.CheckConstraint(
                name="form_file_has_a_title",
                condition=~Q(title=""),
                violation_error_message=_("Ghi tên mẫu đúng như ở thành phần hồ sơ."),
            ),
            models.CheckConstraint(
                name="form_file_is_not_empty",
                condition=Q(size__gt=0),
                violation_error_message=_("Tệp trống: chọn lại tệp."),
            ),
            models.CheckConstraint(
                name="form_file_of_a_known_kind",
                condition=Q(media_type__in=sorted(MEDIA_TYPES.values())),
                violation_error_message=_(
                    "Chỉ nhận biểu mẫu dạng PDF, Word, Excel, OpenDocument hoặc RTF."
                ),
            ),
        ]

    def __str__(self) -> str:
        moment = f"{localtime(self.uploaded_at):%d/%m/%Y}"
        return f"{self.title}, bản {self.version} ({self.file_name}, {moment})"

    @property
    def kind(self) -> FormKind:
        return FormKind(self.file_name.rpartition(".")[2])

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return place(self.sha256)
