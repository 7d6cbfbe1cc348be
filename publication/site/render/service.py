"""The block of data inside a procedure page by which search engines know it as a service."""

import json

from markupsafe import Markup

from publication.enums import ListingState
from publication.exports.schema_org import government_service
from publication.public_texts import present_portal
from publication.site.render.dossier import Dossier

# Nothing that is announced may end the block: none of these signs stands in it as such.
_ESCAPED = str.maketrans({"&": "\\u0026", "<": "\\u003c", ">": "\\u003e"})


def service_block(dossier: Dossier) -> Markup:
    """JSON for a data block; empty where there is nothing to act on: old, ended or not public.

    Browsers do not run such a block, so a strict policy on scripts has nothing to forbid.
    """
    listing = dossier.shown.listing
    if not (listing.is_current and listing.in_force_at and listing.state == ListingState.OFFERED):
        return Markup("")
    service = government_service(dossier.text, present_portal())
    data = json.dumps(service, ensure_ascii=False, separators=(",", ":"))
    return Markup(data.translate(_ESCAPED))  # noqa: S704
