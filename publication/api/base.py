"""What every public address of the API shares."""

from collections.abc import Callable
from typing import Any

from rest_framework.request import Request
from rest_framework.views import APIView

from publication.api.problems import handle, not_found


class PublicView(APIView):
    """Read only, for everybody; errors are problem documents."""

    http_method_names = ["get", "head", "options"]

    def get_exception_handler(self) -> Callable[..., Any]:
        return handle


class Nowhere(PublicView):
    """Addresses of the API that do not exist."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise not_found()
