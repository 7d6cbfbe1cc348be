"""Which agency a member of staff works for: what is open to them follows from it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.agency import Agency
from catalog.querysets import MembershipQuerySet


class Membership(models.Model):
    """A person works for an agency; most for one, some for two."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("cán bộ"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    agency = models.ForeignKey(
        Agency, verbose_name=_("cơ quan"), on_delete=models.PROTECT, related_name="memberships"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("cán bộ của cơ quan")
        verbose_name_plural = _("cán bộ của cơ quan")
        ordering = ["agency", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency"],
                name="membership_once_per_agency",
                violation_error_message=_("Người này đã thuộc cơ quan này."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.agency}"
