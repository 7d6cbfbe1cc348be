"""The releases that were: which is served, going back to one, settling and clearing up."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from publication.enums import ReleaseState
from publication.models import ConsumerCursor, Release
from publication.site.store import Store

CONSUMER = "site"
SHOWN = [ReleaseState.PUBLIC, ReleaseState.RETIRED]


class NoSuchRelease(Exception):
    """There is no such release to go back to; the message says which there are."""


def site_store() -> Store:
    return Store(settings.PORTAL_SITE_DIR)


def is_held() -> bool:
    """Whether somebody went back to an earlier release: only a publish by hand goes on."""
    public = Release.objects.filter(state=ReleaseState.PUBLIC).first()
    newer = Release.objects.filter(state=ReleaseState.RETIRED)
    return public is not None and newer.filter(pk__gt=public.pk).exists()


def rollback(*, now: datetime, to: int | None = None) -> Release:
    """Serve an earlier release, by number or the one before; hold it until a publish by hand.

    Raises NoSuchRelease.
    """
    store = site_store()
    with store.lock():
        settle(store, now=now)
        release = _earlier(store, to)
        store.switch(release.tree)
        record_public(release, now=now)
        return release


def settle(store: Store, *, now: datetime) -> None:
    """Finish or give up what a killed builder left behind, and clear its traces."""
    served = store.current_tree()
    for release in Release.objects.filter(state=ReleaseState.BUILDING).order_by("pk"):
        if release.tree and release.tree == served:
            record_public(release, now=now)
        else:
            record_failure(release, "bị ngắt giữa chừng")
    _finish_rollback(served, now=now)
    if store.is_unclean:
        store.sweep(kept=_kept_trees())
        store.finish()


def _finish_rollback(served: str, *, now: datetime) -> None:
    """A roll-back killed after its switch is written down: what is served says what was meant."""
    public = Release.objects.filter(state=ReleaseState.PUBLIC).first()
    if public and served and public.tree != served:
        meant = Release.objects.filter(state=ReleaseState.RETIRED, tree=served)
        if release := meant.order_by("-pk").first():
            record_public(release, now=now)


def record_public(release: Release, *, now: datetime) -> None:
    """Write down what the public sees since the switch."""
    with transaction.atomic():
        Release.objects.filter(state=ReleaseState.PUBLIC).exclude(pk=release.pk).update(
            state=ReleaseState.RETIRED
        )
        release.state, release.switched_at = ReleaseState.PUBLIC, now
        release.save()
        ConsumerCursor.objects.update_or_create(
            consumer=CONSUMER, defaults={"sequence": release.through_sequence}
        )


def record_failure(release: Release, error: str) -> None:
    release.state, release.error = ReleaseState.FAILED, error
    release.save()


def _kept() -> list[Release]:
    newest = list(Release.objects.filter(state__in=SHOWN).order_by("-pk"))
    kept = newest[: settings.PORTAL_KEEP_RELEASES]
    return kept + [it for it in newest if it.state == ReleaseState.PUBLIC and it not in kept]


def _kept_trees() -> list[str]:
    return [release.tree for release in _kept()]


def clear_old(store: Store) -> None:
    """Let go of releases that have grown too old, the oldest first."""
    kept = _kept()
    too_old = Release.objects.filter(state__in=SHOWN).exclude(pk__in=[it.pk for it in kept])
    for release in too_old.order_by("-pk")[: settings.PORTAL_KEEP_RELEASES]:
        store.forget(release.tree, kept=[it.tree for it in kept])


def _earlier(store: Store, number: int | None) -> Release:
    public = Release.objects.filter(state=ReleaseState.PUBLIC).first()
    earlier = Release.objects.filter(state=ReleaseState.RETIRED)
    if number is not None:
        found = earlier.filter(pk=number).first()
    else:
        found = earlier.filter(pk__lt=public.pk).order_by("-pk").first() if public else None
    if found is None or not store.holds(found.tree):
        kept = ", ".join(str(it.pk) for it in _kept() if it.state == ReleaseState.RETIRED)
        raise NoSuchRelease(f"Không có bản phát hành để quay lại; hiện còn: {kept or 'không có'}.")
    return found
