"""Listings: the frozen public texts. The public reads these and the event log, nothing else."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.enums import OnlineLevel, ProcedureKind
from catalog.models import Procedure
from publication.enums import ListingOrigin, ListingState
from publication.json_parts import WithoutContent
from publication.models.announcement import AnnouncementItem
from publication.querysets import ListingQuerySet


class Listing(models.Model):
    """One public text of a procedure, valid from a day until the next one of the procedure.

    An abolition is a listing too, so that what held on any day follows from `valid_from` alone.
    A later decision for the same day sets the first aside by name; the row stays as history.
    `is_current` is moved by `bring_into_force` together with the event that tells the public.
    """

    procedure = models.ForeignKey(
        Procedure, verbose_name=_("thủ tục"), on_delete=models.PROTECT, related_name="listings"
    )
    item = models.OneToOneField(
        AnnouncementItem,
        verbose_name=_("căn cứ trong quyết định"),
        on_delete=models.PROTECT,
        null=True,
        related_name="listing",
        help_text=_("Trống khi thủ tục kết thúc vì bị thủ tục khác thay thế."),
    )
    decision = models.ForeignKey(
        "publication.AnnouncementDecision",
        verbose_name=_("quyết định"),
        on_delete=models.PROTECT,
        related_name="listings",
    )
    state = models.CharField(_("trạng thái"), max_length=10, choices=ListingState.choices)
    valid_from = models.DateField(_("có hiệu lực từ"))
    set_aside_by = models.ForeignKey(
        "self",
        verbose_name=_("bị gác lại bởi"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="set_aside",
    )
    origin = models.CharField(
        _("nguồn gốc"),
        max_length=12,
        choices=ListingOrigin.choices,
        default=ListingOrigin.ITEM,
    )
    withdrawn_at = models.DateTimeField(
        _("rút lúc"),
        null=True,
        blank=True,
        help_text=_("Quyết định bị thu hồi trước khi bản này đến ngày hiển thị."),
    )
    is_current = models.BooleanField(_("đang hiển thị"), default=False)
    in_force_at = models.DateTimeField(_("hiển thị từ lúc"), null=True, blank=True)

    code = models.CharField(_("mã thủ tục"), max_length=8)
    name = models.CharField(_("tên thủ tục"), max_length=1500)
    sort_key = models.CharField(max_length=400)
    kind = models.CharField(_("loại thủ tục"), max_length=20, choices=ProcedureKind.choices)
    online_level = models.CharField(
        _("mức độ trực tuyến"), max_length=10, choices=OnlineLevel.choices
    )
    text = models.JSONField(_("văn bản công khai"))
    # Kept by the database, because cutting it from fifty long texts took most of a list's time.
    facts = models.GeneratedField(
        expression=WithoutContent("text"), output_field=models.JSONField(), db_persist=True
    )
    digest = models.CharField(_("mã băm"), max_length=64)
    # Written once and never parsed again: lists of the API join fifty of these as they are.
    row = models.TextField(
        _("dòng trong danh sách"),
        blank=True,
        help_text=_("JSON mà API trả lời trong danh sách; lập cùng lúc với bản công khai."),
    )
    change_note = models.CharField(_("nội dung thay đổi"), max_length=1000, blank=True)
    successors = models.JSONField(
        _("mã thủ tục thay thế"),
        default=list,
        blank=True,
        help_text=_("Khi đã bãi bỏ: mã các thủ tục thay thế."),
    )
    created_at = models.DateTimeField(_("lập lúc"), auto_now_add=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản công khai")
        verbose_name_plural = _("bản công khai")
        ordering = ["code", "-valid_from", "-pk"]
        indexes = [
            # Partial, because SQLite takes no column of an index for a bare "WHERE is_current".
            models.Index(
                fields=["sort_key", "code"],
                condition=Q(is_current=True),
                name="listing_current_by_name",
            ),
            models.Index(fields=["valid_from"], name="listing_by_day"),
            # All texts of a procedure, asked for by every address that names one.
            models.Index(fields=["code", "valid_from"], name="listing_by_code"),
            # What the home page counts, without a look at the long rows themselves.
            models.Index(
                fields=["state", "kind", "online_level"],
                condition=Q(is_current=True),
                name="listing_current_counted",
            ),
            # The API lists what held on a day in the same order.
            models.Index(
                fields=["sort_key", "code"],
                condition=Q(in_force_at__isnull=False),
                name="listing_told_by_name",
            ),
            # Asked each minute and at each issue, and nearly always empty.
            models.Index(
                fields=["valid_from"],
                condition=Q(in_force_at=None),
                name="listing_to_come",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "valid_from"],
                condition=Q(set_aside_by=None, withdrawn_at=None),
                name="listing_one_valid_per_day",
                violation_error_message=_("Mỗi thủ tục chỉ có một bản công khai cho một ngày."),
            ),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(is_current=True),
                name="listing_one_current",
                violation_error_message=_("Mỗi thủ tục chỉ có một bản đang hiển thị."),
            ),
            models.CheckConstraint(
                name="listing_withdrawn_before_its_day",
                condition=Q(withdrawn_at=None) | Q(in_force_at=None),
                violation_error_message=_("Bản đã hiển thị thì không rút được nữa."),
            ),
            models.CheckConstraint(
                name="listing_current_is_in_force",
                condition=Q(is_current=False)
                | Q(in_force_at__isnull=False, set_aside_by=None, withdrawn_at=None),
                violation_error_message=_(
                    "Bản đang hiển thị phải có hiệu lực và không bị gác lại."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} từ {self.valid_from:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return f"/thu-tuc/{self.code}/"


class ListingShelf(models.Model):
    """Where a listing stands in the public lists: one row per list it belongs to.

    `shelf` names the kind of list (field, agency, level, kind, life_event, initial, audience) and
    `key` the list. The sort key is repeated so that a page of a long list is an index range.
    """

    listing = models.ForeignKey(
        Listing, verbose_name=_("bản công khai"), on_delete=models.CASCADE, related_name="shelves"
    )
    shelf = models.CharField(_("danh mục"), max_length=20)
    key = models.CharField(_("giá trị"), max_length=200)
    is_current = models.BooleanField(_("đang hiển thị"), default=False)
    sort_key = models.CharField(max_length=400)
    code = models.CharField(max_length=8)

    class Meta:
        verbose_name = _("vị trí trong danh mục")
        verbose_name_plural = _("vị trí trong danh mục")
        ordering = ["shelf", "key", "sort_key", "code"]
        indexes = [
            models.Index(
                fields=["shelf", "key", "sort_key", "code"],
                condition=Q(is_current=True),
                name="shelf_current_in_order",
            ),
            # The API also lists ended procedures, which stand on no current shelf.
            # The last column lets a list be counted by the index alone.
            models.Index(fields=["shelf", "key", "is_current"], name="shelf_by_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "shelf", "key"],
                name="shelf_once_per_listing",
                violation_error_message=_("Bản công khai đã có trong danh mục này."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shelf}={self.key}: {self.code}"
