"""What each role may do in the staff pages. The groups are made anew after every migration.

Permissions open pages; which rows a page shows follows from agency and status (querysets.py), and
which acts are allowed from authority.py.
"""

from collections.abc import Mapping
from typing import Any

from catalog.enums import Role

_VIEW, _ADD, _CHANGE, _DELETE = "view", "add", "change", "delete"
_WRITE = (_VIEW, _ADD, _CHANGE)
_ALL = (*_WRITE, _DELETE)
_READ = (_VIEW,)

_REFERENCE: Mapping[str, tuple[str, ...]] = {
    "catalog.agency": _READ,
    "catalog.field": _READ,
    "catalog.lifeevent": _READ,
    "catalog.calendarday": _READ,
    "catalog.nationalrecord": _READ,
    "publication.listing": _READ,
    "publication.publicationevent": _READ,
    "publication.announcementgap": _READ,
    "publication.deadlinerule": _READ,
    "publication.decisionact": _READ,
}
_OFFICER: Mapping[str, tuple[str, ...]] = {
    **_REFERENCE,
    "catalog.procedure": _WRITE,
    "catalog.procedureagency": _ALL,
    "catalog.formfile": _ALL,
    "publication.ministrydecision": _WRITE,
    "publication.ministryitem": _ALL,
    "publication.legaldocument": _ALL,
    "publication.announcementdecision": _ALL,
    "publication.announcementitem": _ALL,
    "publication.annexreading": _WRITE,
    "publication.registeralarm": _READ,
    "publication.report": (_VIEW, _CHANGE),
    "publication.webhooksubscription": _READ,
    "publication.webhookdelivery": _READ,
}
_CONTROLLER: Mapping[str, tuple[str, ...]] = {
    **_OFFICER,
    "catalog.agency": _WRITE,
    "catalog.agencycode": _ALL,
    "catalog.field": _WRITE,
    "catalog.calendarday": _ALL,
    "publication.deadlinerule": _WRITE,
    "publication.everydayword": _ALL,
    "publication.unansweredquestion": (_VIEW, "delete"),
    "publication.registeralarm": (_VIEW, _CHANGE),
    "publication.release": _READ,
    "publication.heartbeat": _READ,
    "publication.failedtask": (_VIEW, _CHANGE),
    "publication.notice": (_VIEW, _CHANGE),
}
_ADMINISTRATOR: Mapping[str, tuple[str, ...]] = {
    **_CONTROLLER,
    "catalog.agency": _ALL,
    "catalog.field": _ALL,
    "catalog.lifeevent": _ALL,
    "catalog.membership": _ALL,
    "publication.deadlinerule": _ALL,
    "publication.apitoken": _WRITE,
    "publication.webhooksubscription": _WRITE,
    "publication.webhookdelivery": (_VIEW, _CHANGE),
    "auth.user": _WRITE,
}
_MODELS = {
    Role.OFFICER: _OFFICER,
    Role.HEAD: _OFFICER,
    Role.CONTROLLER: _CONTROLLER,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
}
_OFFICE_ACTS = (
    "return_announcement",
    "approve_announcement",
    "issue_announcement",
    "withdraw_announcement",
    "override_separation",
)
_ACTS: Mapping[Role, tuple[str, ...]] = {
    Role.OFFICER: (),
    Role.HEAD: ("submit_announcement",),
    Role.CONTROLLER: _OFFICE_ACTS,
    Role.ADMINISTRATOR: ("submit_announcement", *_OFFICE_ACTS),
}


def install_roles(**_signal: Any) -> None:
    """Make the groups and give each exactly its permissions; safe to repeat."""
    from django.contrib.auth.models import Group, Permission  # apps are ready only when called

    by_name = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role.value)
        # A permission can be missing while an older schema is migrated; the next run has it.
        group.permissions.set(by_name[name] for name in sorted(_names(role)) if name in by_name)


def _names(role: Role) -> set[str]:
    names = {f"publication.{act}" for act in _ACTS[role]}
    for model, verbs in _MODELS[role].items():
        app, name = model.split(".")
        names |= {f"{app}.{verb}_{name}" for verb in verbs}
    return names
