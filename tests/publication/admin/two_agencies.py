"""Two agencies at work: what is A's own says so in every text, B's people must never read it.

`SECRET` stands wherever somebody of A, or the Office, wrote something that is not public yet:
drafts, register texts, remarks, earlier titles of what was issued since. The same rows are listed
in `hidden`, so that texts without a marker (gaps, codes) are watched too.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils.timezone import now

from catalog.enums import Role
from catalog.models import (
    Agency,
    CalendarDay,
    FormFile,
    Membership,
    NationalRecord,
    Procedure,
    ProcedureAgency,
)
from publication.actions import return_announcement, submit_announcement
from publication.acts_log import log_act
from publication.annex.annex_rows import AnnexRow
from publication.annex.matching import Register, match_rows
from publication.annex.proposals import propose, to_json
from publication.enums import DecisionActKind
from publication.models import (
    AnnexReading,
    AnnouncementDecision,
    AnnouncementGap,
    ApiToken,
    DeadlineRule,
    DecisionAct,
    EverydayWord,
    FailedTask,
    Heartbeat,
    LegalDocument,
    Listing,
    Notice,
    RegisterAlarm,
    Release,
    UnansweredQuestion,
    WebhookDelivery,
    WebhookSubscription,
)
from publication.report_acts import forward_report, receive_report
from publication.unanswered import ENOUGH
from tests.factories import (
    make_agency,
    make_announcement,
    make_content,
    make_form_file,
    make_life_event,
    make_ministry_decision,
    make_pdf,
    make_procedure,
    make_report,
    make_staff,
)
from tests.publication.acts import NOON, issue

SECRET = "MATCUASOKHAC"
HALF = SECRET[:8]  # what a search sends: seeing it come back in the search box tells nothing


@dataclass
class TwoAgencies:
    """The rows of both, and the people who look."""

    a: Agency
    b: Agency
    ministry: Agency
    province: Agency
    people: dict[str, Any] = field(default_factory=dict)
    hidden: dict[type[Model], set[Any]] = field(default_factory=lambda: defaultdict(set))

    def hide(self, *rows: Model) -> None:
        for row in rows:
            self.hidden[type(row)].add(row.pk)


def make_two_agencies() -> TwoAgencies:
    world = TwoAgencies(
        make_agency("Sở Y tế"),
        make_agency("Sở Xây dựng"),
        make_agency("Bộ Y tế", kind="ministry", level="ministry"),
        make_agency("Ủy ban nhân dân tỉnh", kind="province"),
    )
    _people(world)
    _work_of_a(world)
    _work_of_b(world)
    _of_the_office(world)
    _reports(world)
    _webhooks(world)
    return world


def _people(world: TwoAgencies) -> None:
    users = get_user_model()
    nobody = users.objects.create_user("khong-vai-tro", password="x", is_staff=True)
    inactive = make_staff(Role.OFFICER, world.b, username="da-nghi")
    users.objects.filter(pk=inactive.pk).update(is_active=False)
    of_a = make_staff(Role.OFFICER, world.a, username="can-bo-a")
    of_a.first_name = f"Lan {SECRET}"
    of_a.save()
    world.hide(of_a, *Membership.objects.filter(user=of_a))
    world.people = {
        "of A": of_a,
        "officer": make_staff(Role.OFFICER, world.b, username="can-bo-b"),
        "head": make_staff(Role.HEAD, world.b, username="lanh-dao-b"),
        "controller": make_staff(Role.CONTROLLER, username="kiem-soat"),
        "administrator": make_staff(Role.ADMINISTRATOR, username="quan-tri"),
        "superuser": users.objects.create_superuser("goc", password="x"),
        "without role": nobody,
        "inactive": users.objects.get(pk=inactive.pk),
        "anonymous": None,
    }
    world.people["superuser"].groups.add(Group.objects.get(name=Role.ADMINISTRATOR.value))


def _work_of_a(world: TwoAgencies) -> None:
    procedure = _register_text(world, code="1.700001", lead_agency=world.a)
    orphan = _register_text(world, code="1.700002")
    for status in ("draft", "returned", "submitted"):
        decision = _secret_decision(world, procedure)
        _bring_to(status, decision, world)
        world.hide(decision)
    world.hide(*DecisionAct.objects.all(), orphan)
    _issued_from_secret_drafts(world)
    gone = _secret_decision(world, procedure)
    key = gone.pk
    gone.acts.all()._raw_delete("default")
    gone.delete()
    world.hidden[AnnouncementDecision].add(key)
    alarm = RegisterAlarm.objects.create(
        code=procedure.code,
        kind="renamed",
        source="national_api",
        seen_on=date(2024, 9, 2),
        before=SECRET,
        after=SECRET,
    )
    notice = Notice.objects.create(
        user=world.people["of A"], key="gap:1", subject=SECRET, created_at=NOON
    )
    item = make_ministry_decision(codes=[procedure.code], issuer=world.ministry).items.get()
    gap = AnnouncementGap.objects.create(
        ministry_item=item, agency=world.a, opened_on=date(2024, 9, 2)
    )
    world.hide(alarm, notice, gap)


def _register_text(world: TwoAgencies, **facts: Any) -> Procedure:
    """A text that only its agency and the Office may read, now and as it was."""
    procedure = make_procedure(
        name=f"Thủ tục {SECRET}", content=make_content(summary=SECRET), **facts
    )
    ProcedureAgency.objects.create(
        procedure=procedure, agency=world.a, role="handling", name_as_written=SECRET
    )
    procedure.name = f"Tên mới {SECRET}"
    procedure._change_reason = SECRET  # type: ignore[attr-defined]
    procedure.save()
    NationalRecord.objects.create(
        procedure=procedure,
        source="national_api",
        taken_on=date(2024, 9, 1),
        raw={},
        name="Tên trong cơ sở dữ liệu quốc gia",
        content=make_content(),
        digest=f"{procedure.pk:064d}",
    )
    world.hide(procedure, _form(procedure, SECRET, by=world.people["of A"]))
    return procedure


def _form(procedure: Procedure, title: str, *, by: Any) -> FormFile:
    """A file whose bytes, name and title say whose it is."""
    return make_form_file(
        procedure, title=title, file_name=f"{title}.pdf", data=make_pdf(title), by=by
    )


def _secret_decision(world: TwoAgencies, procedure: Procedure) -> AnnouncementDecision:
    decision = make_announcement(
        issuer=world.province,
        procedures=[procedure],
        title=f"Công bố {SECRET}",
        lead_agency=world.a,
        created_by=world.people["of A"],
    )
    decision.items.update(change_note=SECRET, part=SECRET)
    log_act(
        decision, kind=DecisionActKind.ENTERED, by=world.people["of A"], now=NOON, remarks=SECRET
    )
    row = AnnexRow(place="Bảng 1, dòng 1", name=SECRET)
    reading = AnnexReading.objects.create(
        decision=decision,
        file=ContentFile(b"x", name="phu-luc.xlsx"),
        file_name=f"{SECRET}.xlsx",
        sha256="0" * 64,
        rows=to_json(propose([row], match_rows([row], Register([])))),
        read_at=NOON,
    )
    world.hide(reading)
    return decision


def _bring_to(status: str, decision: AnnouncementDecision, world: TwoAgencies) -> None:
    if status == "draft":
        return
    submit_announcement(decision_id=decision.pk, by=None, now=NOON)
    if status == "returned":
        return_announcement(decision_id=decision.pk, by=None, reason=SECRET, now=NOON)


def _issued_from_secret_drafts(world: TwoAgencies) -> None:
    """Public by now; its earlier titles, remarks and acts are still A's own."""
    procedure = make_procedure(code="1.700003", name="Thủ tục đã công khai", lead_agency=world.a)
    decision = _secret_decision(world, procedure)
    submit_announcement(decision_id=decision.pk, by=None, now=NOON)
    return_announcement(decision_id=decision.pk, by=None, reason=SECRET, now=NOON)
    decision = AnnouncementDecision.objects.get(pk=decision.pk)
    decision.title = "Công bố thủ tục lĩnh vực Y tế"
    decision.save()
    decision.items.update(change_note="", part="Phần I")
    issue(decision, number="700/QĐ-UBND")
    # After it was announced, A works on the next wording.
    procedure.name = f"Tên sẽ công bố {SECRET}"
    procedure.save()
    world.hide(procedure, *decision.acts.all())


def _work_of_b(world: TwoAgencies) -> None:
    """B's own, and in it what the Office wrote there of A: known by its code alone."""
    foreign = Procedure.objects.get(code="1.700001")
    own = make_procedure(code="1.800001", name="Thủ tục của B", lead_agency=world.b)
    own.successors.add(foreign)
    _form(own, "Tờ khai của B", by=world.people["officer"])
    for status in ("draft", "returned"):
        decision = make_announcement(
            issuer=world.province,
            procedures=[own, foreign],
            title="Công bố của B",
            lead_agency=world.b,
            created_by=world.people["officer"],
        )
        decision.items.get(procedure=own).replaces.add(Procedure.objects.get(code="1.700003"))
        log_act(decision, kind=DecisionActKind.ENTERED, by=world.people["officer"], now=NOON)
        if status == "returned":
            decision.status = "submitted"
            decision.save()
            return_announcement(decision_id=decision.pk, by=None, reason="Thiếu phí", now=NOON)
    ministry = make_ministry_decision(
        codes=[own.code], created_by=world.people["officer"], issuer=world.ministry
    )
    AnnouncementGap.objects.create(
        ministry_item=ministry.items.get(), agency=world.b, opened_on=date(2024, 9, 2)
    )
    RegisterAlarm.objects.create(
        code=own.code, kind="renamed", source="national_api", seen_on=date(2024, 9, 2)
    )
    Notice.objects.create(
        user=world.people["officer"], key="gap:2", subject="Việc của B", created_at=NOON
    )


def _reports(world: TwoAgencies) -> None:
    """One each: A's, the Office's, and B's own, which A had first and handed on."""
    listing = Listing.objects.get(code="1.700003")
    secret = {"message": SECRET, "contact": f"{SECRET}@example.com"}
    of_a = make_report(listing, agency=world.a, **secret)
    receive_report(report_id=of_a.pk, by=world.people["of A"], now=NOON)
    of_office = make_report(listing, agency=None, **secret)
    of_b = make_report(listing, agency=world.a, contact="0912 345 678")
    forward_report(
        report_id=of_b.pk,
        by=world.people["controller"],
        now=NOON,
        agency=world.b,
        reason="Thuộc việc của Sở Xây dựng",
    )
    world.hide(of_a, of_office)


def _webhooks(world: TwoAgencies) -> None:
    """A system of each, and a message to it with what it answered."""
    of_a, of_b = _webhook(world.a, SECRET), _webhook(world.b, "Trang của B")
    world.hide(of_a, *of_a.deliveries.all())
    assert of_b.deliveries.exists()


def _webhook(agency: Agency, words: str) -> WebhookSubscription:
    facts = {"url": f"https://nhan.example/{words}", "secret": SECRET, "created_at": NOON}
    subscription = WebhookSubscription.objects.create(agency=agency, label=words, **facts)
    WebhookDelivery.objects.create(
        subscription=subscription,
        key=f"msg_{words}",
        first=1,
        last=1,
        state="delivered",
        created_at=NOON,
        tried_at=NOON,
        error=words,
    )
    return subscription


def _of_the_office(world: TwoAgencies) -> None:
    proposed = make_ministry_decision(
        codes=["1.700009"],
        title=SECRET,
        is_proposed=True,
        number="9/QĐ-BYT",
        issuer=world.ministry,
    )
    proposed.items.update(name=SECRET)
    LegalDocument.objects.create(decision=proposed, number="1/2024/TT-BYT", title=SECRET)
    failed = FailedTask.objects.create(
        task_id="1", name="publication.tasks.publish", error=SECRET, failed_at=NOON
    )
    beat = Heartbeat.objects.create(program=SECRET, beaten_at=now())
    # Keys are the administrators': controllers do not meet this one, so it is not in `hidden`.
    ApiToken.objects.create(
        agency=world.b, name=SECRET, scopes=["read"], digest="1" * 64, created_at=NOON
    )
    world.hide(proposed, *proposed.items.all(), *proposed.legal_documents.all(), failed, beat)
    make_life_event()
    CalendarDay.objects.create(day=date(2024, 9, 2), kind="day_off", name="Quốc khánh")
    # One rule is as public as twelve, and the walk opens every row.
    DeadlineRule.objects.exclude(code="province_announces").delete()
    EverydayWord.objects.exclude(phrase="sổ đỏ").delete()
    UnansweredQuestion.objects.create(
        digest="1", words="giay di duong", times=ENOUGH, last_asked_on=date(2024, 10, 3)
    )
    Release.objects.create(
        state="failed",
        through_sequence=0,
        shown_on=date(2024, 10, 3),
        started_at=now() - timedelta(minutes=1),
    )
