"""History that still says who acted after the account has gone."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


def name_of(user: Any) -> str:
    """How a person is written into records: full name and account, "" for the system itself."""
    if user is None or not getattr(user, "pk", None):
        return ""
    full = user.get_full_name()
    return f"{full} ({user.get_username()})" if full else user.get_username()


class ActorNamed(models.Model):
    """Base of history rows: the link to an account can be emptied, the name stays."""

    actor_name = models.CharField(_("người thực hiện"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.actor_name = self.actor_name or name_of(getattr(self, "history_user", None))
        super().save(*args, **kwargs)
