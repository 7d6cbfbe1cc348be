"""A public text as the national data package: what the province announced, in the State's own form.

`quyetDinhCongBo` is the provincial decision that the text stands on: that is what was announced
here. The register's own export (manage.py export_national_package) names the ministry's.
"""

from typing import Any

from catalog.national_package import ROLES, PackageFacts, package_of
from publication.exports.public_text import Decision, Portal, PublicText


def announced_package(public: PublicText, portal: Portal) -> dict[str, Any]:
    text = public.text
    facts = PackageFacts(
        code=text.code,
        name=text.name,
        content=text.content,
        local_regulation=text.local_regulation,
        levels=text.levels,
        fields=tuple(field.name for field in text.fields),
        audiences=text.audiences,
        agencies={
            role: tuple(row.name for row in text.agencies if row.role == role) for role in ROLES
        },
        decision=_decision(public.decision),
    )
    return package_of(facts, keys=portal.package_keys)


def _decision(decision: Decision) -> dict[str, str]:
    return {
        "SOQUYETDINH": decision.number,
        "NGAYQUYETDINH": f"{decision.signed_on:%d/%m/%Y}",
        "TRICHYEU": decision.title,
    }
