"""The web application: the public release first, Django for the rest."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procedures_portal.settings")

behind = get_wsgi_application()

from django.conf import settings  # noqa: E402  Django must be set up first

from publication.site.serving import ReleaseSite  # noqa: E402

application = ReleaseSite(behind, site=settings.PORTAL_SITE_DIR, collected=settings.STATIC_ROOT)
