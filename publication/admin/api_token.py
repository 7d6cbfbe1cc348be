"""Keys of the API: given, shown once, watched and revoked."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin.scoped import ScopedPage
from publication.api_tokens import give_token, revoke_token
from publication.enums import ApiScope
from publication.models import ApiToken


class ApiTokenForm(forms.ModelForm):
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Phạm vi"),
        choices=ApiScope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[ApiScope.READ.value],
    )

    class Meta:
        model = ApiToken
        fields = ("agency", "name", "scopes", "expires_on")


class RevokedFilter(admin.SimpleListFilter):
    title = gettext_lazy("tình trạng")
    parameter_name = "tinh-trang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("chua-thu-hoi", _("Chưa thu hồi")), ("da-thu-hoi", _("Đã thu hồi"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if not self.value():
            return queryset
        return queryset.filter(revoked_at__isnull=self.value() == "chua-thu-hoi")


@admin.register(ApiToken)
class ApiTokenAdmin(ScopedPage):
    """A key is given and revoked; in between nothing about it changes."""

    form = ApiTokenForm
    list_display = ("prefix", "name", "agency", "standing", "last_seen_at", "created_at")
    list_filter = (RevokedFilter,)
    show_facets = admin.ShowFacets.NEVER
    list_select_related = ("agency",)
    search_fields = ("prefix", "name", "agency__name")
    autocomplete_fields = ("agency",)
    actions = ("revoke",)
    _told = (
        *("agency", "name", "scopes_shown", "prefix", "standing", "expires_on"),
        *("last_seen_at", "created_at", "created_by", "revoked_at", "revoked_by"),
    )

    def get_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> Any:
        return self._told if obj else ApiTokenForm.Meta.fields

    def get_readonly_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> Any:
        return self._told if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("publication.change_apitoken")

    def save_model(self, request: Any, obj: ApiToken, form: Any, change: bool) -> None:
        facts = form.cleaned_data
        token, secret = give_token(
            agency=facts["agency"],
            name=facts["name"],
            scopes=facts["scopes"],
            expires_on=facts["expires_on"],
            by=request.user,
            now=now(),
        )
        obj.__dict__.update(token.__dict__)
        request._api_secret = secret

    def response_add(
        self, request: Any, obj: ApiToken, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The secret is in this answer and nowhere else: no message, cookie or log ever has it."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Khóa mới"),
            "token": obj,
            "secret": request._api_secret,
        }
        return TemplateResponse(request, "admin/publication/apitoken/secret.html", context)

    @admin.display(description=gettext_lazy("tình trạng"))
    def standing(self, token: ApiToken) -> str:
        if token.revoked_at:
            return _("Đã thu hồi")
        ended = token.expires_on is not None and token.expires_on < localdate()
        return _("Hết hạn") if ended else _("Đang dùng được")

    @admin.display(description=gettext_lazy("phạm vi"))
    def scopes_shown(self, token: ApiToken) -> str:
        return ", ".join(str(ApiScope(scope).label) for scope in token.scopes)

    @admin.action(description=gettext_lazy("Thu hồi các khóa đã chọn"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, rows: QuerySet[ApiToken]) -> HttpResponse | None:
        """Asked once more before: systems that use a key stop being let in at once."""
        keys = list(rows.filter(revoked_at=None))
        if keys and request.POST.get("post") != "yes":
            return self._ask(request, keys)
        for token in keys:
            revoke_token(token_id=token.pk, by=request.user, now=now())
        words = _("Đã thu hồi %(count)s khóa.") % {"count": len(keys)}
        self.message_user(request, words, messages.SUCCESS)
        return None

    def _ask(self, request: HttpRequest, keys: list[ApiToken]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Thu hồi khóa"),
            "keys": keys,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/publication/apitoken/revoke.html", context)
