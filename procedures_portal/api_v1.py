"""The router of the API, version 1: which address answers what."""

from django.urls import include, path, re_path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from publication.api import (
    changes,
    deadlines,
    decisions,
    document,
    gaps,
    ministry_decisions,
    places,
    procedure,
    procedures,
    searching,
)
from publication.api.base import Nowhere, PublicView
from publication.api.document_page import document_page

_LISTS = (
    *("procedures", "search", "changes", "daily-heads", "decisions", "ministry-decisions"),
    *("agencies", "fields", "life-events", "gaps", "deadlines", "exports", "openapi"),
)


class Root(PublicView):
    """The addresses of the API."""

    def get(self, request: Request) -> Response:
        return Response({name: reverse(f"api:{name}", request=request) for name in _LISTS})


app_name = "api"
urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("openapi.json", document.DocumentView.as_view(), name="openapi"),
    path("docs/", document_page, name="docs"),
    path("exports/", include("publication.api.exports")),
    path("procedures/", procedures.ProcedureList.as_view(), name="procedures"),
    path("procedures/<str:code>/", procedure.ProcedureDetail.as_view(), name="procedure"),
    path("procedures/<str:code>/versions/", procedure.VersionList.as_view(), name="versions"),
    path("procedures/<str:code>/versions/<str:day>/", procedure.VersionDetail.as_view()),
    path("procedures/<str:code>/difference/", procedure.DifferenceView.as_view()),
    path("search/", searching.SearchView.as_view(), name="search"),
    path("changes/", changes.ChangeList.as_view(), name="changes"),
    path("changes/days/", changes.DailyHeads.as_view(), name="daily-heads"),
    path("decisions/", decisions.DecisionList.as_view(), name="decisions"),
    path("decisions/<str:slug>/", decisions.DecisionDetail.as_view()),
    path(
        "ministry-decisions/",
        ministry_decisions.MinistryDecisionList.as_view(),
        name="ministry-decisions",
    ),
    path("ministry-decisions/<int:key>/", ministry_decisions.MinistryDecisionDetail.as_view()),
    path("agencies/", places.AgencyList.as_view(), name="agencies"),
    path("agencies/<str:slug>/", places.AgencyDetail.as_view()),
    path("fields/", places.FieldList.as_view(), name="fields"),
    path("fields/<str:slug>/", places.FieldDetail.as_view()),
    path("life-events/", places.LifeEventList.as_view(), name="life-events"),
    path("life-events/<str:slug>/", places.LifeEventDetail.as_view()),
    path("gaps/", gaps.GapSummary.as_view(), name="gaps"),
    path("deadlines/", deadlines.DeadlineView.as_view(), name="deadlines"),
    re_path(r"^.+$", Nowhere.as_view()),
]
