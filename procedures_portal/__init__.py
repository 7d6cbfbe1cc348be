"""The portal as a whole: settings, URLs, jobs and the one command that runs it."""

from procedures_portal.celery import app as celery_app

__all__ = ["celery_app"]
