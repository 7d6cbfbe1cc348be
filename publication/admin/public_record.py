"""What the public was told: listings, events and releases; to look at only."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.content_text import content_lines
from catalog.admin.read_only import ReadOnlyAdmin
from publication.models import Listing, PublicationEvent, Release


@admin.register(Listing)
class ListingAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "state", "valid_from", "is_current", "decision", "page")
    list_filter = ("is_current", "state", "kind")
    list_select_related = ("decision",)
    search_fields = ("code", "name", "decision__number")
    exclude = ("sort_key", "text", "facts", "row", "successors")
    readonly_fields = ("successors_shown", "page", "text_shown")
    view_on_site = False  # before its day a listing has no public page

    @admin.display(description=_("Trang công khai"))
    def page(self, listing: Listing) -> SafeString | str:
        if not listing.in_force_at:
            return gettext("Chưa đến ngày")
        return format_html('<a href="{}">{}</a>', listing.get_absolute_url(), _("Xem"))

    @admin.display(description=_("mã thủ tục thay thế"))
    def successors_shown(self, listing: Listing) -> str:
        return ", ".join(listing.successors)

    @admin.display(description=_("văn bản công khai"))
    def text_shown(self, listing: Listing) -> SafeString:
        lines = content_lines(listing.text.get("content")).items()
        return format_html_join("", "<p><strong>{}:</strong> {}</p>", lines)


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
