"""The router of the API, version 1: which address answers what."""

from django.urls import path, re_path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from publication.api.base import Nowhere, PublicView
from publication.api.procedures import ProcedureDetail, ProcedureList


class Root(PublicView):
    """The addresses of the API."""

    def get(self, request: Request) -> Response:
        return Response({"procedures": reverse("api:procedures", request=request)})


app_name = "api"
urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("procedures/", ProcedureList.as_view(), name="procedures"),
    path("procedures/<str:code>/", ProcedureDetail.as_view(), name="procedure"),
    re_path(r"^.+$", Nowhere.as_view()),
]
