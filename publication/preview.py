"""The public page an item of a decision would make, through the renderer of the public site.

Staff pages alone may ask for it: the text comes from the register or from a decision that is not
issued. Nothing is written.
"""

from datetime import date

from django.utils.translation import gettext as _

from catalog.models import Procedure
from catalog.vietnamese import sort_key
from publication.announced_text import AnnouncedText, freeze_text, read_text
from publication.enums import ItemEffect, ListingOrigin, ListingState
from publication.listings import SORT_KEY_LENGTH, last_offered_texts
from publication.models import AnnouncementItem, Listing
from publication.site.page import Page, PageKind
from publication.site.render import render_dossier
from publication.site.render.dossier import given_dossier
from publication.site.render.frame import Link, Ribbon


def proposed_text(item: AnnouncementItem) -> AnnouncedText | None:
    """What the decision would announce: the frozen text, else the register's; None for an end."""
    if item.effect == ItemEffect.ABOLISHED:
        return None
    if item.frozen_text:
        return read_text(item.frozen_text)
    return register_text(item.procedure_id)


def register_text(procedure_id: int) -> AnnouncedText:
    return freeze_text(Procedure.objects.for_announcing().get(pk=procedure_id))


def preview_page(item: AnnouncementItem, *, on: date, back: str) -> bytes:
    """The finished page in Vietnamese; `on` is the day of effect while the decision has none."""
    text = proposed_text(item) or _last_text(item, on=on)
    listing = _listing(item, text, on=on)
    page = Page(PageKind.PROCEDURE, listing.code)
    words = _("Bản xem trước, chưa công khai: người dân chưa thấy trang này.")
    ribbon = Ribbon(words, Link(_("Quay lại quyết định"), back))
    return render_dossier(page, given_dossier(listing, text), ribbon=ribbon)


def _last_text(item: AnnouncementItem, *, on: date) -> AnnouncedText:
    """The page of an ended procedure keeps the text that was offered last."""
    found = last_offered_texts([item.procedure_id], on=on).get(item.procedure_id)
    return found or register_text(item.procedure_id)


def _listing(item: AnnouncementItem, text: AnnouncedText, *, on: date) -> Listing:
    ends = item.effect == ItemEffect.ABOLISHED
    decision = item.decision
    decision.number = decision.number or _("(chưa có số)")
    return Listing(
        procedure_id=item.procedure_id,
        item=item,
        decision=decision,
        origin=ListingOrigin.ITEM,
        state=ListingState.ABOLISHED if ends else ListingState.OFFERED,
        valid_from=decision.effective_on or on,
        is_current=True,
        code=text.code,
        name=text.name,
        sort_key=sort_key(text.name)[:SORT_KEY_LENGTH],
        kind=text.kind,
        online_level=text.online_level,
        text=text.to_json(),
        digest=text.digest,
        change_note=item.change_note,
    )
