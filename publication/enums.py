"""The words of announcing and publicising. Values are stable: API, events and files carry them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DecisionStatus(TextChoices):
    """Where an announcement decision stands; moves are in lifecycle.py."""

    DRAFT = "draft", _("Dự thảo")
    SUBMITTED = "submitted", _("Đã trình")
    ISSUED = "issued", _("Đã ban hành")


class ItemEffect(TextChoices):
    """What a decision does to a procedure (Decree 63/2010/NĐ-CP art. 14)."""

    NEW = "new", _("Mới ban hành")
    AMENDED = "amended", _("Sửa đổi, bổ sung")
    REPLACED = "replaced", _("Thay thế")
    ABOLISHED = "abolished", _("Bãi bỏ")


class ListingState(TextChoices):
    """A listing either offers a text or tells that the procedure has ended."""

    OFFERED = "offered", _("Đang công khai")
    ABOLISHED = "abolished", _("Đã bãi bỏ")


class EventKind(TextChoices):
    """What changed for the public."""

    LISTING_PUBLISHED = "listing_published", _("Công khai")
    LISTING_SUPERSEDED = "listing_superseded", _("Thay bằng bản mới")
    LISTING_ABOLISHED = "listing_abolished", _("Bãi bỏ")
    LISTING_SET_ASIDE = "listing_set_aside", _("Gác lại")


class ReleaseState(TextChoices):
    """A release of the public site: built beside the last, made public by one switch."""

    BUILDING = "building", _("Đang dựng")
    PUBLIC = "public", _("Đang phục vụ")
    RETIRED = "retired", _("Đã thay")
    FAILED = "failed", _("Hỏng")
