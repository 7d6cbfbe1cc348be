"""The law of releases: what is built from changes equals what is built from nothing."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from publication.models import Release
from publication.site.addresses import RECORD
from publication.site.history import site_store
from publication.site.release import publish
from tests.publication.site.histories import ACTS, make_province

EXAMPLES = int(os.environ.get("PORTAL_TEST_HISTORIES", "6"))


def files_of(root: Path) -> dict[str, bytes]:
    """Every public file of a release by its path, links followed."""
    return {
        os.path.relpath(os.path.join(folder, name), root): Path(folder, name).read_bytes()
        for folder, _below, names in os.walk(root, followlinks=True)
        for name in names
        if name != RECORD
    }


def differences(one: Path, other: Path) -> list[str]:
    before, after = files_of(one), files_of(other)
    return sorted(
        path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
    )


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
class ReleasesFromChanges(TestCase):
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize="PORTAL_TEST_HISTORIES" not in os.environ,
        print_blob=True,
    )
    @given(data=st.data())
    def test_a_release_built_from_changes_equals_one_built_from_nothing(self, data):
        folder = Path(tempfile.mkdtemp(prefix="histories-"))
        with override_settings(PORTAL_SITE_DIR=folder, PORTAL_PAGE_SIZE=5, PORTAL_LANGUAGES=["vi"]):
            try:
                self._live_through(data)
            finally:
                shutil.rmtree(folder)

    def _live_through(self, data):
        province = make_province()
        publish(now=province.now)
        for act in data.draw(st.lists(st.sampled_from(ACTS), min_size=3, max_size=9)):
            act(province, data.draw)
            if data.draw(st.booleans()):
                publish(now=province.now)
        publish(now=province.now)
        changed = Release.objects.get(state="public")
        whole = publish(now=province.now, full=True)
        assert whole is not None
        store = site_store()
        assert differences(store.tree(changed.tree), store.tree(whole.tree)) == []
        assert changed.pages == whole.pages
