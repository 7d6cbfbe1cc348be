"""Reads what the lint rules look at: texts of a decision and what the register knows beside them.

A fixed number of queries, whatever the number of items.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from catalog.models import NationalRecord, Procedure
from publication.announced_text import AnnouncedText, read_text
from publication.enums import ItemEffect
from publication.lint import Knowledge, Subject
from publication.lint.bases import replaced_by_titles
from publication.lint.subject import Body
from publication.models import AnnouncementItem, LegalDocument, MinistryItem


def read_lint_facts(
    items: Sequence[AnnouncementItem], *, on: date
) -> dict[int, tuple[Subject, Knowledge]]:
    """By item, its text and what is known beside it. What is frozen is read as it was frozen."""
    ids = [item.procedure_id for item in items]
    procedures = Procedure.objects.for_announcing().in_bulk(ids)
    national = _national_names(ids)
    abolished = _abolished([procedure.code for procedure in procedures.values()])
    expected = _expected(item.answers_id for item in items if item.answers_id)
    common = Knowledge(on=on, replaced_documents=_replaced_documents())
    found = {}
    for item in items:
        procedure = procedures[item.procedure_id]
        known = replace(
            common,
            national_name=national.get(procedure.pk, ""),
            abolished_by=abolished.get(procedure.code, ""),
            expected_documents=expected.get(item.answers_id or 0, ()),
        )
        found[item.pk] = (_subject(item, procedure), known)
    return found


def _subject(item: AnnouncementItem, procedure: Procedure) -> Subject:
    levels = {role.agency.name: role.agency.level for role in procedure.roles.all()}
    if item.frozen_text:
        return _of_text(read_text(item.frozen_text), part=item.part, levels=levels)
    return Subject(
        code=procedure.code,
        name=procedure.name,
        content=procedure.document,
        online_level=procedure.online_level,
        levels=tuple(procedure.levels),
        bodies=tuple(
            Body(role.role, role.agency.name, role.agency.level) for role in procedure.roles.all()
        ),
        part=item.part,
        form_files=frozenset(file.title for file in procedure.form_files.all()),
    )


def _of_text(text: AnnouncedText, *, part: str, levels: dict[str, str]) -> Subject:
    return Subject(
        code=text.code,
        name=text.name,
        content=text.content,
        online_level=text.online_level,
        levels=text.levels,
        bodies=tuple(
            Body(agency.role, agency.name, levels.get(agency.name, "")) for agency in text.agencies
        ),
        part=part,
        form_files=frozenset(file.form for file in text.form_files),
    )


def _national_names(procedure_ids: Iterable[int]) -> dict[int, str]:
    """The newest name each procedure has in a national source."""
    rows = (
        NationalRecord.objects.filter(procedure__in=list(procedure_ids), latest=True)
        .order_by("taken_on", "pk")
        .values_list("procedure_id", "name")
    )
    return dict(rows)


def _abolished(codes: Iterable[str]) -> dict[str, str]:
    """Codes whose last word from a ministry is that they are abolished, with that decision."""
    rows = (
        MinistryItem.objects.filter(code__in=list(codes), decision__is_proposed=False)
        .select_related("decision")
        .order_by("decision__signed_on", "pk")
    )
    last = {item.code: item for item in rows}
    return {
        code: f"Quyết định {item.decision}"
        for code, item in last.items()
        if item.effect == ItemEffect.ABOLISHED
    }


def _expected(item_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """By ministry item, the documents that its decision names."""
    rows = MinistryItem.objects.filter(
        pk__in=list(item_ids), decision__legal_documents__isnull=False
    ).values_list("pk", "decision__legal_documents__number")
    found: dict[int, tuple[str, ...]] = {}
    for pk, number in rows:
        found[pk] = (*found.get(pk, ()), number)
    return found


def _replaced_documents() -> dict[str, str]:
    return replaced_by_titles(LegalDocument.objects.values_list("number", "title"))
