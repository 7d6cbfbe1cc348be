"""What the public was told: listings, events, releases, and the gaps; to look at only."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.read_only import ReadOnlyAdmin
from publication.models import AnnouncementGap, Listing, PublicationEvent, Release


@admin.register(Listing)
class ListingAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "state", "valid_from", "is_current", "decision", "page")
    list_filter = ("is_current", "state", "kind")
    list_select_related = ("decision",)
    search_fields = ("code", "name", "decision__number")
    exclude = ("sort_key",)
    view_on_site = False  # before its day a listing has no public page

    @admin.display(description=_("Trang công khai"))
    def page(self, listing: Listing) -> SafeString | str:
        if not listing.in_force_at:
            return gettext("Chưa đến ngày")
        return format_html('<a href="{}">{}</a>', listing.get_absolute_url(), _("Xem"))


@admin.register(PublicationEvent)
class PublicationEventAdmin(ReadOnlyAdmin):
    list_display = ("sequence", "kind", "code", "decision", "occurred_at")
    list_filter = ("kind",)
    list_select_related = ("decision",)
    search_fields = ("code", "decision__number")
    date_hierarchy = "occurred_at"


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ("id", "state", "through_sequence", "pages", "rendered", "switched_at")
    list_filter = ("state",)


class OpenGapFilter(admin.SimpleListFilter):
    """Open gaps are what staff come for, so they are shown unless asked otherwise."""

    title = _("tình trạng")
    parameter_name = "tinh-trang"

    def lookups(self, request, model_admin):  # type: ignore[no-untyped-def]
        return [("dong", _("Đã công bố")), ("tat-ca", _("Tất cả"))]

    def choices(self, changelist):  # type: ignore[no-untyped-def]
        first, *others = super().choices(changelist)
        return [{**first, "display": _("Chưa công bố")}, *others]

    def queryset(self, request, queryset):  # type: ignore[no-untyped-def]
        if self.value() == "dong":
            return queryset.exclude(closed_on=None)
        return queryset if self.value() == "tat-ca" else queryset.open()


@admin.register(AnnouncementGap)
class AnnouncementGapAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "effect", "ministry_decision", "opened_on", "closed_on")
    list_filter = (OpenGapFilter, "ministry_item__effect", "ministry_item__decision__issuer")
    list_select_related = ("ministry_item__decision",)
    search_fields = (
        "ministry_item__code",
        "ministry_item__name",
        "ministry_item__decision__number",
    )

    @admin.display(description=_("mã thủ tục"), ordering="ministry_item__code")
    def code(self, gap: AnnouncementGap) -> str:
        return gap.ministry_item.code

    @admin.display(description=_("tên thủ tục"))
    def name(self, gap: AnnouncementGap) -> str:
        return gap.ministry_item.name

    @admin.display(description=_("loại"))
    def effect(self, gap: AnnouncementGap) -> str:
        return gap.ministry_item.get_effect_display()

    @admin.display(description=_("quyết định của bộ"))
    def ministry_decision(self, gap: AnnouncementGap) -> str:
        return str(gap.ministry_item.decision)
