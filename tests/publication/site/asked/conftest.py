"""One release of a procedure that changed twice: 3, 5 and 7 October 2024."""

from datetime import date, timedelta

import pytest

from publication.site.release import publish
from tests.factories import make_content, make_procedure
from tests.publication.acts import NOON, announce

CODE = "1.004222"
DAYS = (date(2024, 10, 3), date(2024, 10, 5), date(2024, 10, 7))


@pytest.fixture
def released(db, tmp_path, settings):
    settings.PORTAL_DATA_DIR = tmp_path
    settings.PORTAL_SITE_DIR = tmp_path / "site"
    procedure = make_procedure(CODE, name="Đăng ký thường trú")
    for day, word in zip(DAYS, ("hai", "ba", "bốn"), strict=True):
        moment = NOON + (day - NOON.date())
        procedure.content = make_content(summary=f"Nộp {word} giấy tờ.")
        procedure.save()
        announce(
            procedure,
            effect="new" if day == DAYS[0] else "amended",
            signed_on=day,
            now=moment,
        )
    publish(now=NOON + timedelta(days=5))
    return procedure
