"""The public site as a consumer of the log: a new release whenever something moved."""

import logging
from datetime import datetime

from publication.site.history import is_held
from publication.site.release import needs_release, publish
from publication.site.store import SiteBusy

logger = logging.getLogger(__name__)


def run(*, now: datetime) -> int:
    """Publish until the site shows the whole log; how many pages were rendered.

    Does nothing while a rolled-back release is held. When another builder is at work this one
    leaves it to that: it looks at the log again after it has let go of the lock.
    """
    rendered = 0
    while needs_release(now=now):
        if is_held():
            logger.warning("the site is held at an earlier release; run publish to go on")
            break
        try:
            release = publish(now=now, by_hand=False)
        except SiteBusy:
            break
        if release is None:
            break
        rendered += release.rendered
        logger.info("release %s: %s pages rendered", release.pk, release.rendered)
    return rendered
