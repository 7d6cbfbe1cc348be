"""Addresses below a procedure's own that no file of a release stands for (addresses.py)."""

from django.urls import re_path

from publication.site.asked.comparing import compare_texts
from publication.site.asked.extract import extract
from publication.site.asked.linked_data import linked_data
from publication.site.asked.on_date import choose_date, on_date

_PROCEDURE = r"^(?:(?P<language>[a-z]{2})/)?thu-tuc/(?P<code>\d\.\d{6})/"

urlpatterns = [
    re_path(_PROCEDURE + r"(?P<day>\d{4}-\d{2}-\d{2})/$", on_date),
    re_path(_PROCEDURE + r"ngay/$", choose_date),
    re_path(_PROCEDURE + r"so-sanh/$", compare_texts),
    re_path(
        r"^thu-tuc/(?P<code>\d\.\d{6})/(?:(?P<day>\d{4}-\d{2}-\d{2})/)?(?P=code)\.pdf$", extract
    ),
    re_path(
        r"^thu-tuc/(?P<code>\d\.\d{6})/(?:(?P<day>\d{4}-\d{2}-\d{2})/)?index\.jsonld$",
        linked_data,
    ),
]
