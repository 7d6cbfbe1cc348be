import pytest

from publication.search import index_file


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path):
    settings.PORTAL_SITE_DIR = tmp_path
    yield
    index_file.forget_reader()
