"""Publishing: build a release beside the last, switch, record. What is served is always whole.

    settle   finish or give up what a killed builder left
    plan     what changed since the release that is served
    render   pages into the stage; again for what the log told meanwhile
    arrange  stage and last release into trees
    sync     everything on the disk
    switch   one rename: from here on the public sees the new release
    record   the release row and the consumer's cursor
    clear    trees that only too old releases use

A kill before the switch leaves the old release served, one after it the new one; the next run
settles either.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Protocol

from django.conf import settings
from django.utils.timezone import localdate

from publication.enums import ReleaseState
from publication.models import Release
from publication.site.addresses import RECORD, file_of
from publication.site.changes import changed_plan
from publication.site.compressed import SIBLINGS, siblings
from publication.site.files import make_files
from publication.site.form_files import put_form
from publication.site.history import (
    SHOWN,
    clear_old,
    is_held,
    record_failure,
    record_public,
    settle,
    site_store,
)
from publication.site.look import present_look
from publication.site.page import Edition, Page
from publication.site.plan import Plan, full_plan
from publication.site.record import Record, present_edition
from publication.site.render import render_pages
from publication.site.render.static import assets
from publication.site.side_by_side import helpers, leave_when_orphaned, shares
from publication.site.staging import Stage
from publication.site.store import Store

STEPS = ("settle", "plan", "render", "arrange", "sync", "switch", "record", "clear")
# The log may grow while pages are rendered; each pass is shorter than the one before.
_MOST_PASSES = 20
_PACKED = (".css", ".js", ".svg")


class Renderer(Protocol):
    def __call__(
        self, pages: Iterable[Page], *, edition: Edition
    ) -> Iterator[tuple[Page, bytes]]: ...


class Report(Protocol):
    def __call__(self, step: str, done: int, total: int) -> None: ...


def quiet(step: str, done: int, total: int) -> None:
    """Report nothing."""


def publish(
    *,
    now: datetime,
    full: bool = False,
    render: Renderer = render_pages,
    report: Report = quiet,
    by_hand: bool = True,
) -> Release | None:
    """Bring the public site up to the log; the new release, None when it already was.

    `full` renders everything again. Not `by_hand`, it leaves a held release as it is, and raises
    SiteBusy when another builds; by hand it ends the holding and waits its turn.
    """
    store = site_store()
    with store.lock(wait=by_hand):
        report("settle", 0, 1)
        settle(store, now=now)
        if not by_hand and is_held():
            return None
        return _Build(store, now=now, render=render, report=report).run(full=full)


def needs_release(*, now: datetime) -> bool:
    """Whether the log, the day or the look has moved on since the release that is served."""
    served = _served(site_store())
    on = localdate(now)
    return served is None or (served.edition, served.look) != (
        present_edition(on)[0],
        present_look(on=on),
    )


class _Build:
    """One run of the steps; the caller holds the lock."""

    def __init__(self, store: Store, *, now: datetime, render: Renderer, report: Report) -> None:
        self.store, self.now = store, now
        self.render, self.report = render, report
        self.whole = False
        self.written: set[str] = set()
        self.gone: set[str] = set()
        self.rendered = 0

    def run(self, *, full: bool) -> Release | None:
        self.report("plan", 0, 1)
        record = self._present()
        plan = self._plan(record, full=full)
        if not plan and not is_held():
            return None
        release = Release.objects.create(
            state=ReleaseState.BUILDING,
            through_sequence=record.edition.sequence,
            shown_on=record.edition.shown_on,
            started_at=self.now,
        )
        try:
            return self._build(release, record, plan)
        except Exception as error:
            record_failure(release, f"{type(error).__name__}: {error}")
            raise

    def _present(self) -> Record:
        # The look is read before any page: a change during the build is seen by the next one.
        on = localdate(self.now)
        look = present_look(on=on)
        edition, event_digest = present_edition(on)
        return Record(edition, event_digest, look)

    def _plan(self, record: Record, *, full: bool) -> Plan:
        served = None if full else _served(self.store)
        if served is None:
            return full_plan(record.look)
        return _plan_between(served, record)

    def _build(self, release: Release, record: Record, plan: Plan) -> Release:
        base = self.store.current_tree()
        self.store.begin()
        record = self._render_until_still(record, plan)
        self.report("arrange", 0, 1)
        self.store.add_assets(_packed_assets())
        release.tree = self.store.arrange(base, self._removed_files(), whole=self.whole)
        self.report("sync", 0, 1)
        self.store.sync()
        release.through_sequence = record.edition.sequence
        release.rendered = self.rendered
        release.pages = self._count(base)
        release.save()
        self.report("switch", 0, 1)
        self.store.switch(release.tree)
        self.report("record", 0, 1)
        record_public(release, now=self.now)
        self.report("clear", 0, 1)
        clear_old(self.store)
        self.store.finish()
        return release

    def _render_until_still(self, record: Record, plan: Plan) -> Record:
        """Render the plan, and what the log told meanwhile, until it tells nothing more."""
        stamp = self.store.next_stamp(self.now.timestamp())
        for _ in range(_MOST_PASSES):
            if plan.is_whole:
                self._start_whole()
            self._render(plan, record, stamp)
            later = self._present()
            if later.edition.sequence == record.edition.sequence:
                return record
            record, plan = later, _plan_between(record, later)
        raise RuntimeError(f"the log did not rest during {_MOST_PASSES} passes")

    def _start_whole(self) -> None:
        self.store.begin()
        self.whole = True
        self.written, self.gone = set(), set()

    def _render(self, plan: Plan, record: Record, stamp: int) -> None:
        """Pages on every core, then the files for machines; all of it into the stage."""
        own, *others = shares(list(plan.pages), together=len(settings.PORTAL_LANGUAGES))
        with (
            helpers([partial(self._help, plan, record, stamp, share) for share in others]),
            Stage(self.store.stage, stamp=stamp) as stage,
        ):
            self._put_pages(plan, record, stage, own)
            self._put_files(plan, record, stage)
            self._put_forms(plan)
            stage.put_file(RECORD, record.to_bytes())
        for addresses in (*plan.pages.values(), *plan.files.values(), plan.forms):
            self.written.update(addresses)
        self.rendered += len(plan)
        self._end(plan)

    def _help(self, plan: Plan, record: Record, stamp: int, share: list[Page]) -> None:
        builder = os.getppid()
        with Stage(self.store.stage, stamp=stamp) as stage:
            for page, html in self.render(share, edition=record.edition):
                leave_when_orphaned(builder)
                stage.put(plan.pages[page], html)

    def _put_pages(self, plan: Plan, record: Record, stage: Stage, share: list[Page]) -> None:
        hands = len(plan.pages) / max(len(share), 1)
        rendered = self.render(share, edition=record.edition)
        for done, (page, html) in enumerate(rendered, start=1):
            self.report("render", round(done * hands), len(plan))
            stage.put(plan.pages[page], html)

    def _put_files(self, plan: Plan, record: Record, stage: Stage) -> None:
        made = make_files(plan.files, look=record.look)
        for done, (address, data) in enumerate(made, start=len(plan.pages) + 1):
            self.report("render", done, len(plan))
            stage.put(plan.files[address], data)

    def _put_forms(self, plan: Plan) -> None:
        """Those that the served release lacks; what it has is taken over or found the same."""
        served = self.store.tree(self.store.current_tree())
        for address in sorted(plan.forms):
            path = file_of(address) or ""
            if self.whole or not (served / path).is_file():
                put_form(address, self.store.stage / path, served=served)

    def _end(self, plan: Plan) -> None:
        self.gone = (self.gone | plan.gone) - self.written
        ended = plan.gone & self.written
        self.written -= ended
        self.gone |= ended
        for path in self._removed_files():
            for suffix in ("", *SIBLINGS):
                (self.store.stage / (path + suffix)).unlink(missing_ok=True)

    def _removed_files(self) -> set[str]:
        return {path for address in self.gone if (path := file_of(address))}

    def _count(self, base: str) -> int:
        """How many addresses the new release has."""
        if self.whole:
            return len(self.written)
        last = Release.objects.filter(tree=base, state__in=SHOWN).order_by("-pk").first()
        root = self.store.tree(base)
        new = sum(not (root / (file_of(it) or "")).exists() for it in self.written)
        lost = sum((root / path).exists() for path in self._removed_files())
        return (last.pages if last else 0) + new - lost


def _plan_between(before: Record, after: Record) -> Plan:
    return changed_plan(before.edition, after.edition, before=before.look, after=after.look)


def _served(store: Store) -> Record | None:
    """The record of the release that is served, when the next one may build on it."""
    digest = store.current_tree()
    if not store.holds(digest):
        return None
    record = Record.read(store.tree(digest))
    return record if record and record.is_of_this_log else None


def _packed_assets() -> dict[str, bytes]:
    """Assets with their compressed siblings; fonts and pictures are compressed already."""
    packed = dict(assets())
    for path, data in assets().items():
        if path.endswith(_PACKED):
            packed |= {path + suffix: small for suffix, small in siblings(data).items()}
    return packed
