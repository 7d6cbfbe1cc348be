"""The web application: the public release first, Django for the rest."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procedures_portal.settings")

application = get_wsgi_application()
