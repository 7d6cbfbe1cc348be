"""The Celery application and its timetable: task, when, why.

Every task works by state, so each run makes up for those before it. A message that nobody took in
time is dropped: the next one does the same, and a worker that comes back after a night does not
begin with a thousand of them.
"""

import os

from celery import Celery
from celery.schedules import crontab

from procedures_portal import file_broker, job_signs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procedures_portal.settings")

file_broker.use()
app = Celery("procedures_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["publication"])
job_signs.connect()

_MINUTE, _HOUR = 60, 3600

app.conf.beat_schedule = {
    # A lost message or a broker that was down delays the public by a minute, never loses a change.
    "catch-up-consumers": {
        "task": "publication.tasks.run_consumers",
        "schedule": float(_MINUTE),
        "options": {"expires": _MINUTE},
    },
    # New names and everyday phrases are found by their words at once, and by their meaning from
    # the next minute on.
    "learn-meanings": {
        "task": "publication.tasks.learn_meanings",
        "schedule": float(_MINUTE),
        "options": {"expires": _MINUTE},
    },
    # At 00:00 sharp a day's decisions take effect; each later minute makes up for one that was
    # missed, at the price of one look into an index.
    "bring-into-force": {
        "task": "publication.tasks.bring_into_force",
        "schedule": crontab(),
        "options": {"expires": _MINUTE},
    },
    # Entries recompute the register at once. At ten past midnight, when that day's decisions have
    # taken effect, gaps become overdue with the day; every hour catches what no entry told of.
    "flag-gaps": {
        "task": "publication.tasks.flag_gaps",
        "schedule": crontab(minute="10"),
        "options": {"expires": _HOUR},
    },
    # Mails go out from PORTAL_NOTICES_AT on, on working days; what became overdue by an entry of
    # this morning, or met a server that was down, goes five minutes later. Asks, mostly in vain.
    "send-notices": {
        "task": "publication.tasks.send_notices",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 5 * _MINUTE},
    },
    # Whoever asks for mails waits for the link at their screen; news goes out in shares a minute.
    "send-news": {
        "task": "publication.tasks.send_news",
        "schedule": float(_MINUTE),
        "options": {"expires": _MINUTE},
    },
    # A decision asks for it at once; what was not taken is sent again when its time comes.
    "push-webhooks": {
        "task": "publication.tasks.push_webhooks",
        "schedule": float(_MINUTE),
        "options": {"expires": _MINUTE},
    },
    # Addresses are kept as long as was promised and not a night longer.
    "forget-addresses": {
        "task": "publication.tasks.forget_addresses",
        "schedule": crontab(minute="40"),
        "options": {"expires": _HOUR},
    },
    # Sending it shows that beat lives, carrying it out that the queue moves.
    "beat-heart": {
        "task": job_signs.HEART,
        "schedule": float(_MINUTE),
        "options": {"expires": _MINUTE},
    },
    # At night, when nobody waits for the worker.
    "clear-old": {
        "task": "publication.tasks.clear_old",
        "schedule": crontab(hour="3", minute="20"),
        "options": {"expires": 6 * _HOUR},
    },
}
