"""Everyday words as rows: what people call a thing, and what the announced texts call it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.querysets import StaffQuerySet
from publication.search.everyday import MAX_WORDS, phrase_key


class EverydayWord(models.Model):
    """A phrase people search by. `key` is how it is looked up; it follows from the phrase."""

    phrase = models.CharField(
        _("người dân gọi là"), max_length=100, help_text=_("Ví dụ: sổ đỏ. Nhiều nhất sáu tiếng.")
    )
    key = models.CharField(_("cách tra"), max_length=100, editable=False)
    meaning = models.CharField(
        _("văn bản gọi là"),
        max_length=200,
        help_text=_("Ví dụ: giấy chứng nhận quyền sử dụng đất."),
    )
    in_use = models.BooleanField(_("đang dùng"), default=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    objects = StaffQuerySet["EverydayWord"].as_manager()

    class Meta:
        verbose_name = _("từ thường dùng")
        verbose_name_plural = _("từ thường dùng")
        ordering = ["phrase", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="everyday_word_once",
                violation_error_message=_("Từ này đã có một dòng; hãy sửa dòng đó."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phrase} → {self.meaning}"

    def clean(self) -> None:
        self.key = phrase_key(self.phrase)
        words = len(self.key.split())
        if not 1 <= words <= MAX_WORDS:
            raise ValidationError(
                {"phrase": _("Ghi từ một đến sáu tiếng; dòng này có %d tiếng.") % words}
            )
        if self.key == phrase_key(self.meaning):
            raise ValidationError({"meaning": _("Hai cách gọi giống nhau, tìm không khác gì.")})

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        # The key is compared by the constraint, which is asked after the fields were cleaned.
        self.key = phrase_key(self.phrase)
        super().full_clean(*args, **kwargs)
