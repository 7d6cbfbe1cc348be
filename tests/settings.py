"""The portal's own settings, with places and speed fit for tests."""

import os
import tempfile
from pathlib import Path

_scratch = Path(tempfile.gettempdir()) / f"procedures-portal-tests-{os.getuid()}"
os.environ.setdefault(
    "PORTAL_DATA_DIR", str(_scratch / os.environ.get("PYTEST_XDIST_WORKER", "main"))
)

from procedures_portal.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
