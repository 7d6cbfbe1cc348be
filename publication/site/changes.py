"""What a release must render again after the last one: the part of the plan that changed.

Follows what each page shows (render/): a procedure page shows its own versions, the procedures it
replaced or that replaced it, and its neighbours in its field's list; a list page shows its rows
and how many there are; every list of procedures by letter shows which letters there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Set

from publication.models import AnnouncementDecision, AnnouncementItem, Listing
from publication.site import archive, lists
from publication.site.form_files import ended_forms, shown_forms
from publication.site.lists import PublicList
from publication.site.look import Look
from publication.site.moves import Move, Row, read_moves
from publication.site.neighbours import codes_beside
from publication.site.page import Edition, Page, PageKind
from publication.site.plan import (
    FEED,
    INDEX_OF,
    OF_THE_DAY,
    WITH_FEED,
    Plan,
    feed_of,
    full_plan,
    versions,
)
from publication.site.sitemaps import decision_shard, list_shard, procedure_shard

# Where most procedures are touched, counting what to leave out costs more than it saves.
_MOST = 0.5


def changed_plan(base: Edition, edition: Edition, *, before: Look, after: Look) -> Plan:
    """What to render so that a release of `base` becomes one of `edition`; empty for nothing."""
    if before.code != after.code:
        return full_plan(after)
    moves = read_moves(after=base.sequence, through=edition.sequence)
    if len(moves) > _MOST * Listing.objects.current().count():
        return full_plan(after)
    plan = Plan()
    _add_procedures(plan, moves)
    _add_lists(plan, moves, after)
    _add_machine_files(plan, moves, after)
    _add_renamed(plan, before, after)
    if plan or base.shown_on != edition.shown_on:
        for kind in OF_THE_DAY:  # counts, the newest changes and the week up to today
            plan.add(kind)
    return plan


def _add_procedures(plan: Plan, moves: list[Move]) -> None:
    codes = {move.code for move in moves}
    if not codes:
        return
    plan.forms = shown_forms(codes)
    plan.gone |= ended_forms(codes)
    around = _replacing_or_replaced(codes) | codes_beside(moves)
    for code, days in versions(codes | around).items():
        plan.add_procedure(code, days, with_differences=code in codes)
    for slug in _decisions_naming({move.code for move in moves if move.is_first}):
        plan.add(PageKind.DECISION, slug)


def _replacing_or_replaced(codes: set[str]) -> set[str]:
    items = AnnouncementItem.objects.filter(replaces__isnull=False)
    replaced = items.filter(procedure__code__in=codes).values_list("replaces__code", flat=True)
    replacing = items.filter(replaces__code__in=codes).values_list("procedure__code", flat=True)
    return {*replaced, *replacing}


def _decisions_naming(codes: set[str]) -> set[str]:
    """Decisions link to the procedures that have a page: a first page is a new link."""
    named = AnnouncementDecision.objects.public().filter(listings__procedure__code__in=codes)
    return {slug for slug in named.values_list("slug", flat=True) if slug}


def _add_lists(plan: Plan, moves: list[Move], look: Look) -> None:
    touched: dict[PublicList, list[Move]] = defaultdict(list)
    for move in moves:
        for wanted in _places(move.before) | _places(move.after):
            touched[wanted].append(move)
    letters_changed = False
    for wanted, within in touched.items():
        if not lists.has_page(wanted, look):
            continue
        added, removed = _membership(wanted, within)
        if not (added or removed) and wanted != lists.ABOLISHED:
            # Counting is what grows with the list, and nothing came or went.
            for number in _pages_between(wanted, within):
                plan.add(wanted.kind, wanted.key, number)
            continue
        now = lists.rows(wanted).count()
        before = now - len(added) + len(removed)
        _add_list_pages(plan, wanted, within, now=now, before=before)
        if (added or removed) and wanted.kind in INDEX_OF:
            plan.add(INDEX_OF[wanted.kind])
        letters_changed |= wanted.kind is PageKind.INITIAL and bool(now) != bool(before)
    if letters_changed:
        _add_all_with_letters(plan)


def _places(row: Row | None) -> frozenset[PublicList]:
    return row.places if row else frozenset()


def _membership(wanted: PublicList, moves: Iterable[Move]) -> tuple[set[str], set[str]]:
    """The codes that came onto a list and that left it."""
    before = {move.code for move in moves if wanted in _places(move.before)}
    after = {move.code for move in moves if wanted in _places(move.after)}
    return after - before, before - after


def _add_list_pages(
    plan: Plan, wanted: PublicList, moves: list[Move], *, now: int, before: int
) -> None:
    """The pages whose rows, or whose count of rows, changed; and the end of pages too many."""
    pages = lists.last_page(now)
    changed = now != before or wanted == lists.ABOLISHED
    for number in range(1, pages + 1) if changed else _pages_between(wanted, moves):
        plan.add(wanted.kind, wanted.key, number)
    for number in range(pages + 1, lists.last_page(before) + 1):
        plan.end(Page(wanted.kind, wanted.key, number))


def _pages_between(wanted: PublicList, moves: list[Move]) -> Iterable[int]:
    """With as many rows as before: pages of rows that stayed, and all between those that moved."""
    stayed: set[int] = set()
    moved: set[int] = set()
    for move in moves:
        rows = [row for row in (move.before, move.after) if row and wanted in row.places]
        if len(rows) == 2 and rows[0].shown == rows[1].shown:
            continue  # its text changed, and no list tells of that
        positions = {row.position for row in rows}
        pages = {lists.page_of(wanted, position) for position in positions}
        if len(rows) == 2 and len(positions) == 1:
            stayed |= pages
        else:
            moved |= pages
    return stayed | set(range(min(moved), max(moved) + 1)) if moved else stayed


def _add_all_with_letters(plan: Plan) -> None:
    for wanted, count in {
        **{it: n for it, n in lists.shelf_counts().items() if it.kind is PageKind.INITIAL},
        lists.ALL: lists.rows(lists.ALL).count(),
    }.items():
        for number in range(1, lists.last_page(count) + 1):
            plan.add(wanted.kind, wanted.key, number)


def _add_machine_files(plan: Plan, moves: list[Move], look: Look) -> None:
    if not moves:
        return
    plan.add_file(f"/{FEED}")
    for move in moves:
        plan.add_file(procedure_shard(move.code))
        for wanted in _shelves(move.before) | _shelves(move.after):
            if wanted.kind in WITH_FEED and lists.has_page(wanted, look):
                plan.add_file(feed_of(wanted))
        for wanted in _shelves(move.after) - _shelves(move.before):
            plan.add_file(list_shard(wanted.kind))
    if any(move.is_first for move in moves):
        plan.add_file("/sitemap.xml")


def _shelves(row: Row | None) -> frozenset[PublicList]:
    return row.shelves if row else frozenset()


def _add_renamed(plan: Plan, before: Look, after: Look) -> None:
    changed = after.changed_rows(before)
    for kind, sort in lists.ROW_OF.items():
        for slug in changed[sort]:
            _add_renamed_list(plan, PublicList(kind, slug), after)
    if changed["life_event"]:
        plan.add(PageKind.LIFE_EVENTS)  # names also those that have no procedure
    added = after.decision.keys() - before.decision.keys()
    _add_decisions(plan, changed["decision"] & after.decision.keys(), added=added)
    _add_texts_of(plan, changed["decision"] & before.decision.keys())
    _add_answers(plan, changed["ministry"])


def _add_renamed_list(plan: Plan, wanted: PublicList, look: Look) -> None:
    """A renamed row shows on its own list, in its index and where agencies name one another."""
    ever = wanted in lists.shelf_counts(wanted)
    if not ever:
        return
    pages = [
        Page(wanted.kind, wanted.key, number)
        for number in range(1, lists.last_page(lists.rows(wanted).count()) + 1)
    ]
    plan.add(INDEX_OF[wanted.kind])
    plan.add_file(list_shard(wanted.kind))
    if lists.has_page(wanted, look):
        for page in pages:
            plan.add(page.kind, page.key, page.number)
        if wanted.kind in WITH_FEED:
            plan.add_file(feed_of(wanted))
        return
    for page in pages:
        plan.end(page)
    if wanted.kind in WITH_FEED:
        plan.gone.add(feed_of(wanted))


def _add_decisions(plan: Plan, slugs: set[str], *, added: Set[str] = frozenset()) -> None:
    if not slugs:
        return
    for slug in slugs:
        plan.add(PageKind.DECISION, slug)
    years = AnnouncementDecision.objects.filter(slug__in=slugs).values_list(
        "signed_year", flat=True
    )
    for year in set(years):
        plan.add_file(decision_shard(year))
    in_order = lists.rows(lists.DECISIONS).order_by("signed_on", "pk")
    oldest_first = list(in_order.values_list("slug", flat=True))
    for number in archive.changed_pages(oldest_first, shown=slugs, added=added):
        plan.add(PageKind.DECISIONS, number=number)
    plan.add_file(f"/quyet-dinh/{FEED}")
    plan.add_file("/sitemap.xml")


def _add_texts_of(plan: Plan, slugs: set[str]) -> None:
    """A withdrawn decision is named as such by every text that stood on it, also by old ones."""
    listings = Listing.objects.filter(decision__slug__in=slugs)
    codes = set(listings.values_list("procedure__code", flat=True)) if slugs else set()
    for code, days in versions(codes).items() if codes else ():
        plan.add_procedure(code, days)


def _add_answers(plan: Plan, ministry: set[str]) -> None:
    """Ministry decisions are named by what answers them: decisions and the texts made by them."""
    if not ministry:
        return
    items = AnnouncementItem.objects.filter(
        answers__decision__in=[int(pk) for pk in ministry], decision__slug__isnull=False
    )
    found = set(items.values_list("decision__slug", "procedure__code"))
    if not found:
        return
    _add_decisions(plan, {slug for slug, _code in found if slug})
    for code, days in versions({code for _slug, code in found}).items():
        plan.add_procedure(code, days, with_differences=False)
