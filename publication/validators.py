"""Validators of decisions; each message names the mend."""

from django.core.exceptions import ValidationError

from catalog.codes import CodeError, decision_number


def validate_decision_number(value: str) -> None:
    try:
        usual = decision_number(value)
    except CodeError as error:
        raise ValidationError(str(error)) from error
    if usual != value:
        raise ValidationError(f"Ghi số quyết định đúng dạng: {usual}.")
