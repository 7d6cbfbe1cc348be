"""Fields (lĩnh vực) and life events: the two ways people group procedures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.enums import LifeEventGroup
from catalog.querysets import StaffQuerySet


class Field(models.Model):
    """A sector of procedures, named as the national database names it."""

    name = models.CharField(_("tên lĩnh vực"), max_length=300, unique=True)
    slug = models.SlugField(_("đường dẫn"), max_length=200, unique=True)
    code = models.CharField(_("mã quốc gia"), max_length=30, blank=True)

    objects = StaffQuerySet["Field"].as_manager()

    class Meta:
        verbose_name = _("lĩnh vực")
        verbose_name_plural = _("lĩnh vực")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/linh-vuc/{self.slug}/"


class LifeEvent(models.Model):
    """One of the national portal's groups: 11 for citizens, 11 for businesses."""

    group = models.CharField(_("nhóm"), max_length=10, choices=LifeEventGroup.choices)
    name = models.CharField(_("tên"), max_length=120)
    slug = models.SlugField(_("đường dẫn"), max_length=140, unique=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"))

    objects = StaffQuerySet["LifeEvent"].as_manager()

    class Meta:
        verbose_name = _("sự kiện")
        verbose_name_plural = _("sự kiện")
        ordering = ["group", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "name"],
                name="life_event_once_per_group",
                violation_error_message=_("Nhóm này đã có sự kiện cùng tên."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
