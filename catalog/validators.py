"""Validators shared by models, forms and serializers; each message names the mend."""

from typing import Any

from django.core.exceptions import ValidationError
from pydantic import ValidationError as ContentError

from catalog.codes import CodeError, procedure_code
from catalog.content import read_content
from catalog.content_problems import told_in_vietnamese
from catalog.enums import Audience, GovernmentLevel


def validate_procedure_code(value: str) -> None:
    try:
        significant = procedure_code(value)
    except CodeError as error:
        raise ValidationError(str(error)) from error
    if significant != value:
        raise ValidationError(f"Chỉ ghi tám ký tự đầu của mã: {significant}.")


def validate_procedure_codes(value: Any) -> None:
    """A list of codes of eight characters."""
    if not isinstance(value, list):
        raise ValidationError("Danh sách mã thủ tục không đúng dạng: nhập mỗi mã một dòng.")
    for code in value:
        validate_procedure_code(str(code))


def validate_levels(value: Any) -> None:
    _validate_choices(value, allowed=GovernmentLevel.values, label="Cấp thực hiện")


def validate_audiences(value: Any) -> None:
    _validate_choices(value, allowed=Audience.values, label="Đối tượng thực hiện")


def validate_content(value: Any) -> None:
    try:
        read_content(value)
    except ContentError as error:
        raise ValidationError(
            [told_in_vietnamese(problem) for problem in error.errors()]
        ) from error


def _validate_choices(value: Any, *, allowed: list[str], label: str) -> None:
    if not isinstance(value, list):
        raise ValidationError(f"{label} phải là một danh sách.")
    strangers = [str(word) for word in value if word not in allowed]
    if strangers:
        raise ValidationError(
            f"{label}: không có giá trị {', '.join(strangers)}; chọn trong {', '.join(allowed)}."
        )
    if len(set(value)) != len(value):
        raise ValidationError(f"{label}: có giá trị lặp lại.")
