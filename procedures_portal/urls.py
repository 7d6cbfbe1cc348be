"""The site map of what Django answers; finished public pages come from the release before it."""

from django.contrib import admin
from django.urls import include, path, re_path

from procedures_portal.favicon import favicon
from procedures_portal.health import healthz
from publication.api.base import Nowhere
from publication.views import search_page, suggestions

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("procedures_portal.api_v1")),
    re_path(r"^api(?:/.*)?$", Nowhere.as_view()),
    path("tim-kiem/", search_page, {"language": "vi"}, name="search"),
    path("<str:language>/tim-kiem/", search_page),
    path("favicon.ico", favicon),
    path("tim-kiem/goi-y/", suggestions, {"language": "vi"}),
    path("<str:language>/tim-kiem/goi-y/", suggestions),
    path("", include("publication.voice.urls"), {"language": "vi"}),
    path("<str:language>/", include("publication.voice.urls")),
    path("", include("publication.site.asked.urls")),
    path("healthz", healthz, name="healthz"),
]
