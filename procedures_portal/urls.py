"""The site map of what Django answers; finished public pages come from the release before it."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
