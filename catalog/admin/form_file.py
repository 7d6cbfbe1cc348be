"""The files of a procedure's forms, on the procedure's page: upload, versions, what is missing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.scoped import ScopedTabularInline
from catalog.content import named_forms
from catalog.form_files import (
    FormStanding,
    add_form_file,
    check_form,
    form_standings,
    refuse_repeat,
    remove_form_file,
    unnamed_files,
)
from catalog.form_kinds import FormKind, FormRefused
from catalog.models import FormFile, Procedure
from catalog.vietnamese import clean_line

_ACCEPTED = ",".join(f".{kind.value}" for kind in FormKind)


class NameInput(forms.TextInput):
    """A text box that offers the names by which papers call their forms."""

    def __init__(self, attrs: dict[str, str], names: Iterable[str]) -> None:
        super().__init__(attrs)
        self.names = tuple(names)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        offered = f"{name}-names"
        box = super().render(name, value, {**(attrs or {}), "list": offered}, renderer)
        options = format_html_join("", '<option value="{}">', ((one,) for one in self.names))
        return format_html('{}<datalist id="{}">{}</datalist>', box, offered, options)


class KeptFile(forms.Widget):
    """In the place of the file box, for a file that is there: rows are written once."""

    needs_multipart_form = True  # the page's other rows do send files

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return SafeString("")


class FormFileForm(forms.ModelForm):
    upload = forms.FileField(
        label=_("Tệp"),
        widget=forms.FileInput({"accept": _ACCEPTED}),
        help_text=_("PDF, Word, Excel, .odt hoặc .rtf; không có macro."),
    )

    class Meta:
        model = FormFile
        fields = ("title",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("title", "upload"):
                if name in self.fields:
                    self.fields[name].disabled = True
                    self.fields[name].required = False
            if "upload" in self.fields:
                self.fields["upload"].widget = KeptFile()

    def clean_title(self) -> str:
        return clean_line(self.cleaned_data["title"])

    def clean_upload(self) -> Any:
        """Looked into as a whole: what it is called says nothing."""
        file = self.cleaned_data["upload"]
        if file and not self.instance.pk:
            try:
                check_form(_bytes(file))
            except FormRefused as refused:
                raise ValidationError(str(refused)) from refused
        return file


class FormFileFormSet(BaseInlineFormSet):
    """Saves through the acts, and says before what these would refuse; `by` is the request's."""

    by: Any = None

    def add_fields(self, form: Any, index: Any) -> None:
        """What a frozen text names offers no deletion, and takes none that is sent."""
        super().add_fields(form, index)
        if "DELETE" in form.fields and getattr(form.instance, "is_held", False):
            form.fields["DELETE"].disabled = True

    def clean(self) -> None:
        super().clean()
        titles: set[str] = set()
        for form in self.extra_forms:
            title, file = form.cleaned_data.get("title"), form.cleaned_data.get("upload")
            if not title or not file or form in self.deleted_forms:
                continue
            if title in titles:
                form.add_error("title", _("Mỗi lần lưu chỉ tải lên một tệp cho một mẫu."))
            titles.add(title)
            try:
                refuse_repeat(procedure=self.instance, title=title, data=_bytes(file))
            except FormRefused as refused:
                form.add_error("upload", str(refused))

    def save_new(self, form: Any, commit: bool = True) -> FormFile:
        file = form.cleaned_data["upload"]
        return add_form_file(
            procedure=self.instance,
            title=form.cleaned_data["title"],
            file_name=file.name,
            data=_bytes(file),
            by=self.by,
            now=now(),
        )

    def delete_existing(self, obj: Any, commit: bool = True) -> None:
        remove_form_file(form_file=obj)


def _bytes(file: Any) -> bytes:
    """All of an upload, or as much as shows that it is too large."""
    file.seek(0)
    data: bytes = file.read(settings.PORTAL_FORM_MAX_MB * 1024**2 + 1)
    return data


class FormFileInline(ScopedTabularInline):
    model = FormFile
    form = FormFileForm
    formset = FormFileFormSet
    extra = 0
    readonly_fields = ("kept",)

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.with_held()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        may_add = self.has_add_permission(request, obj)
        return ("title", "upload", "kept") if may_add else ("title", "kept")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.by = request.user
        if "title" in formset.form.base_fields:
            names = [form.name for form in named_forms(obj.document)] if obj else []
            formset.form.base_fields["title"].widget = NameInput({"class": "vTextField"}, names)
        return formset

    @admin.display(description=_("bản đã tải lên"))
    def kept(self, file: FormFile) -> SafeString | str:
        if not file.pk:
            return "-"
        return format_html(
            '<a href="{}">{}</a><br><span class="help">{}</span>',
            reverse("admin:catalog_procedure_form", args=[file.procedure_id, file.pk]),
            file.file_name,
            _facts(file),
        )


def _facts(file: Any) -> str:
    words = gettext("bản %(version)d, %(kind)s, %(size)d KB; %(moment)s, %(who)s") % {
        "version": file.version,
        "kind": file.kind.name,
        "size": max(1, round(file.size / 1000)),
        "moment": f"{localtime(file.uploaded_at):%H:%M %d/%m/%Y}",
        "who": file.uploaded_by_name or gettext("hệ thống"),
    }
    held = gettext("đã trình hoặc công bố nên không xóa được")
    return f"{words}; {held}" if file.is_held else words


def forms_of(procedure: Procedure) -> SafeString | str:
    """Each form that papers name with what citizens can get of it, and files that none names."""
    files = list(procedure.form_files.all())
    standings = form_standings(procedure.document, files)
    lines = [f"{it.name}: {_standing(it)}" for it in standings]
    for file in unnamed_files(procedure.document, files):
        words = gettext("%(title)s: có tệp, nhưng không giấy tờ nào gọi mẫu bằng tên này")
        lines.append(words % {"title": file.title})
    if not lines:
        return gettext("Giấy tờ không gọi mẫu nào.")
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))


def _standing(form: FormStanding) -> str:
    if form.file:
        facts = {"file": form.file.file_name, "version": form.file.version}
        return gettext("tệp %(file)s, bản %(version)d") % facts
    if form.address:
        return gettext("chỉ có địa chỉ %(address)s") % {"address": form.address}
    return gettext("CHƯA CÓ TỆP và không có địa chỉ tải")


class FormDownloads(admin.ModelAdmin):
    """Hands a file to those who may see its procedure."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.form_view)
        route = "<path:object_id>/forms/<int:form_file_id>/"
        return [path(route, view, name="catalog_procedure_form"), *super().get_urls()]

    def form_view(self, request: HttpRequest, object_id: str, form_file_id: int) -> FileResponse:
        procedure = self.get_object(request, object_id)
        if procedure is None or not self.has_view_permission(request, procedure):
            raise Http404
        file = get_object_or_404(FormFile.objects.filter(procedure=procedure), pk=form_file_id)
        if not file.path.is_file():
            raise Http404
        return FileResponse(
            file.path.open("rb"),
            as_attachment=True,
            filename=file.file_name,
            content_type=file.media_type,
        )
