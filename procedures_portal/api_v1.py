"""The router of the API, version 1: which address answers what."""

from django.urls import include, path, re_path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from publication.api.base import Nowhere, PublicView
from publication.api.deadlines import DeadlineView
from publication.api.procedures import ProcedureDetail, ProcedureList


class Root(PublicView):
    """The addresses of the API."""

    def get(self, request: Request) -> Response:
        names = ("procedures", "deadlines")
        return Response({name: reverse(f"api:{name}", request=request) for name in names})


app_name = "api"
urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("procedures/", ProcedureList.as_view(), name="procedures"),
    path("procedures/<str:code>/", ProcedureDetail.as_view(), name="procedure"),
    path("deadlines/", DeadlineView.as_view(), name="deadlines"),
    path("exports/", include("publication.api.exports")),
    re_path(r"^.+$", Nowhere.as_view()),
]
