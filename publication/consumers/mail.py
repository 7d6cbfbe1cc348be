"""Mails of news as a consumer of the log: it plans them, a task of its own sends them."""

from datetime import datetime

from publication.news.planning import plan_step


def run(*, now: datetime) -> int:
    """Plan mails up to what the public site shows; how many."""
    planned = 0
    while (step := plan_step(now=now)) is not None:
        planned += step
    return planned
