"""`manage.py record_api_examples`: the examples of the OpenAPI document, asked for again.

For whoever changes the API, on a portal that holds the sample province (docs/api.md).
"""

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.test import Client
from django.utils.translation import gettext as _

from publication.api.schema.written import EXAMPLES


class Command(BaseCommand):
    help = "Hỏi lại mọi địa chỉ trong tệp ví dụ của tài liệu OpenAPI và ghi câu trả lời mới."

    def handle(self, *args: Any, **options: Any) -> None:
        recorded = json.loads(EXAMPLES.read_text())
        asking = Client(SERVER_NAME=urlsplit(settings.PORTAL_URL).hostname)
        for example in recorded.values():
            example["body"] = _ask(asking, example["address"])
        EXAMPLES.write_text(json.dumps(recorded, ensure_ascii=False, indent=1) + "\n")
        self.stdout.write(_("Đã ghi %(count)s ví dụ.") % {"count": len(recorded)})


def _ask(asking: Client, address: str) -> Any:
    response = asking.get(address, secure=settings.PORTAL_URL.startswith("https:"))
    if response.status_code != 200:
        raise CommandError(
            _("%(address)s trả lời %(status)s. Hãy chạy trên cổng có tỉnh mẫu.")
            % {"address": address, "status": response.status_code}
        )
    body = response.getvalue() if response.streaming else response.content
    return json.loads(body)
