"""Validators of decisions and keys; each message names the mend."""

from typing import Any

from django.core.exceptions import ValidationError

from catalog.codes import CodeError, decision_number
from publication.enums import ApiScope
from publication.webhooks.addresses import AddressRefused, check_url


def validate_decision_number(value: str) -> None:
    try:
        usual = decision_number(value)
    except CodeError as error:
        raise ValidationError(str(error)) from error
    if usual != value:
        raise ValidationError(f"Ghi số quyết định đúng dạng: {usual}.")


def validate_api_scopes(value: Any) -> None:
    """A list of one or more scopes, each once."""
    if not isinstance(value, list) or not value:
        raise ValidationError("Chọn ít nhất một phạm vi.")
    if strangers := [str(word) for word in value if word not in ApiScope.values]:
        raise ValidationError(f"Không có phạm vi {', '.join(strangers)}.")
    if len(set(value)) != len(value):
        raise ValidationError("Phạm vi bị lặp lại.")


def validate_webhook_url(value: str) -> None:
    """An address that requests may go to, as far as it tells without looking up its name."""
    try:
        check_url(value)
    except AddressRefused as refused:
        raise ValidationError(str(refused)) from refused
