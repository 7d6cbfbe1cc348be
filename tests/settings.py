"""The portal's own settings, with places and speed fit for tests.

Every process of pytest has a data directory and, on Redis, a queue of its own: what one writes
no other may find. All of it is gone when the run ends.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

_process = os.environ.get("PYTEST_XDIST_WORKER", "main")
if "PORTAL_TESTS_DIR" not in os.environ:  # the first process of a run
    os.environ["PORTAL_TESTS_DIR"] = tempfile.mkdtemp(prefix="procedures-portal-tests-")
    atexit.register(shutil.rmtree, os.environ["PORTAL_TESTS_DIR"], ignore_errors=True)
os.environ["PORTAL_DATA_DIR"] = str(Path(os.environ["PORTAL_TESTS_DIR"]) / _process)

_broker = os.environ.get("CELERY_BROKER_URL", "")
if _broker.startswith("redis") and _process.startswith("gw"):
    _queue = 1 + int(_process.removeprefix("gw")) % 15
    os.environ["CELERY_BROKER_URL"] = urlsplit(_broker)._replace(path=f"/{_queue}").geturl()

# The language model takes seconds to load; the tests that are about it turn it on.
os.environ.setdefault("PORTAL_SEARCH_BY_MEANING", "false")

# All tests of a minute ask from one address; those that are about limits set their own.
for _limit in ("PER_MINUTE", "BULK_PER_HOUR"):
    os.environ.setdefault(f"PORTAL_API_{_limit}", "1000000")

from procedures_portal.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
