"""The pages of the acts on a decision, asked as a browser asks them."""

from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from publication.models import AnnouncementDecision

ISSUE = {
    "number": "3218/QĐ-UBND",
    "signed_on": "03/10/2024",
    "signed_by": "Chủ tịch Nguyễn Văn Mẫu",
    "effective_on": "03/10/2024",
}


def act(name: str, decision: AnnouncementDecision) -> str:
    return reverse(f"admin:publication_announcementdecision_{name}", args=[decision.pk])


def perform(client, name: str, decision: AnnouncementDecision, **facts):
    """The act's form as it is sent when it was opened just now."""
    decision.refresh_from_db()
    return client.post(act(name, decision), {"version": decision.version} | facts)


def issue_facts(**facts):
    file = SimpleUploadedFile("qd.pdf", b"%PDF-1.7 signed", content_type="application/pdf")
    return ISSUE | {"signed_file": file} | facts


def text_of(answer) -> str:
    return unescape(answer.content.decode())
