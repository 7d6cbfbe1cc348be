"""What is done with the files of forms: kept as new versions, removed while nothing stands on them.

Nothing here publishes: citizens get the version that a decision took when it was submitted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from catalog.canonical import digest_bytes
from catalog.content import Content, named_forms
from catalog.form_kinds import FormKind, FormRefused, clean_file_name, recognise
from catalog.form_store import keep
from catalog.models import FormFile, Procedure, name_of
from catalog.vietnamese import clean_line


class FormInUse(Exception):
    """A file that a submitted or announced text names; the message says what to do instead."""

    def __init__(self, form_file: FormFile) -> None:
        super().__init__(
            f"Tệp “{form_file.file_name}” (bản {form_file.version}) nằm trong văn bản đã trình "
            "hoặc đã công bố nên không xóa được: muốn thay, hãy tải lên bản mới."
        )


@dataclass(frozen=True)
class FormStanding:
    """A form that a paper names, with what a citizen can get of it."""

    name: str
    file: FormFile | None
    address: str

    @property
    def is_lacking(self) -> bool:
        return self.file is None and not self.address


def check_form(data: bytes) -> FormKind:
    """The kind of an uploaded form. Raises FormRefused."""
    limit = settings.PORTAL_FORM_MAX_MB
    if not data:
        raise FormRefused("Tệp trống: chọn lại tệp.")
    if len(data) > limit * 1024**2:
        raise FormRefused(f"Tệp lớn hơn {limit} MB: bỏ bớt hình ảnh hoặc lưu lại cho gọn.")
    return recognise(data)


@transaction.atomic
def add_form_file(
    *, procedure: Procedure, title: str, file_name: str, data: bytes, by: Any, now: datetime
) -> FormFile:
    """Keep a file as the newest version of a form. Raises FormRefused; then nothing is written."""
    kind, title = check_form(data), clean_line(title)
    Procedure.objects.select_for_update(of=("self",)).get(pk=procedure.pk)
    newest = refuse_repeat(procedure=procedure, title=title, data=data)
    return FormFile.objects.create(
        procedure=procedure,
        title=title,
        version=(newest.version if newest else 0) + 1,
        sha256=keep(data),
        file_name=clean_file_name(file_name, kind),
        size=len(data),
        media_type=kind.media_type,
        uploaded_at=now,
        uploaded_by=by,
        uploaded_by_name=name_of(by),
    )


def refuse_repeat(*, procedure: Procedure, title: str, data: bytes) -> FormFile | None:
    """The newest version of a form. Raises FormRefused when these bytes are it already."""
    versions = FormFile.objects.filter(procedure=procedure.pk, title=title)
    newest = versions.order_by("-version").first()
    if newest and newest.sha256 == digest_bytes(data):
        raise FormRefused(f"Tệp này đã là bản mới nhất của mẫu “{title}”.")
    return newest


def remove_form_file(*, form_file: FormFile) -> None:
    """Take back an upload. Raises FormInUse when a submitted or announced text names it."""
    try:
        with transaction.atomic():
            form_file.delete()
    except ProtectedError as error:
        raise FormInUse(form_file) from error


def newest_of_each(files: Iterable[FormFile]) -> dict[str, FormFile]:
    """The newest version of each form, by title."""
    newest: dict[str, FormFile] = {}
    for file in files:
        if file.title not in newest or newest[file.title].version < file.version:
            newest[file.title] = file
    return newest


def form_standings(content: Content, files: Iterable[FormFile]) -> list[FormStanding]:
    newest = newest_of_each(files)
    return [FormStanding(it.name, newest.get(it.name), it.url) for it in named_forms(content)]


def unnamed_files(content: Content, files: Iterable[FormFile]) -> list[FormFile]:
    """Newest versions of forms that no paper names: citizens will not see them."""
    named = {form.name for form in named_forms(content)}
    return [file for title, file in newest_of_each(files).items() if title not in named]
