"""The Celery application and its timetable: task, when, why."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procedures_portal.settings")

app = Celery("procedures_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["publication"])

app.conf.beat_schedule = {
    # A lost message or a broker that was down delays the public by a minute, never loses a change.
    "catch-up-consumers": {
        "task": "publication.tasks.run_consumers",
        "schedule": 60.0,
    },
    # A decision with a future day takes effect at the start of that day.
    "bring-into-force": {
        "task": "publication.tasks.bring_into_force",
        "schedule": crontab(minute="0,5,15,30,45", hour="*"),
    },
    # The duty to announce has a clock; the register of gaps is recomputed by state.
    "flag-gaps": {
        "task": "publication.tasks.flag_gaps",
        "schedule": crontab(minute="10", hour="*"),
    },
}
