"""What a reader calls that which happened to a procedure's public text."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from publication.enums import ItemEffect, ListingOrigin, ListingState


@dataclass(frozen=True)
class Effect:
    """A word for readers, and the look of its tag."""

    key: str
    title: str | Promise
    color: str
    icon: str


_ENDED = Effect("ended", gettext_lazy("Kết thúc vì được thay thế"), "primary", "minus")
_RESTORED = Effect("restored", gettext_lazy("Có hiệu lực trở lại"), "gold", "pencil")
_TAKEN_BACK = Effect("taken_back", gettext_lazy("Kết thúc vì bị thu hồi"), "primary", "minus")
_CORRECTED = Effect("corrected", gettext_lazy("Đính chính"), "gold", "pencil")
_OF_ITEM = {
    ItemEffect.NEW: Effect("new", gettext_lazy("Mới ban hành"), "jade", "new"),
    ItemEffect.AMENDED: Effect("amended", gettext_lazy("Sửa đổi, bổ sung"), "gold", "pencil"),
    ItemEffect.REPLACED: Effect("replaced", gettext_lazy("Thay thế"), "gold", "pencil"),
    ItemEffect.ABOLISHED: Effect("abolished", gettext_lazy("Bãi bỏ"), "primary", "minus"),
}
# In the order in which pages list them.
EFFECTS = (*_OF_ITEM.values(), _CORRECTED, _ENDED, _RESTORED, _TAKEN_BACK)


def effect_of(
    item_effect: str | None, *, origin: str, state: str, corrects: int | None = None
) -> Effect:
    """The effect of a listing; `corrects` names the decision that its own decision corrects."""
    if origin == ListingOrigin.WITHDRAWAL:
        return _RESTORED if state == ListingState.OFFERED else _TAKEN_BACK
    if item_effect is None:
        return _ENDED
    return _CORRECTED if corrects else _OF_ITEM[ItemEffect(item_effect)]
