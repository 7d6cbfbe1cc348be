"""What the tree promises: documented settings, tasks that exist, nothing of one machine in it."""

import importlib
import re
import subprocess
from pathlib import Path

import pytest

from procedures_portal.celery import app

ROOT = Path(__file__).resolve().parent.parent.parent


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_every_variable_that_is_read_is_documented():
    settings = (ROOT / "procedures_portal/settings.py").read_text()
    documented = (ROOT / "docs/operations.md").read_text()
    names = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))
    assert names
    assert sorted(name for name in names if f"`{name}`" not in documented) == []


@pytest.mark.parametrize("entry", sorted(app.conf.beat_schedule))
def test_every_task_of_the_timetable_exists(entry: str):
    module, _, name = app.conf.beat_schedule[entry]["task"].rpartition(".")
    assert callable(getattr(importlib.import_module(module), name).delay)


def test_the_arrows_between_rooms_are_kept():
    done = subprocess.run(["lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_public_code_names_no_table_of_register_texts():
    rooms = ("site", "search", "api", "consumers", "news", "voice", "exports", "webhooks")
    public = tracked(*(f"publication/{name}" for name in rooms))
    named = re.compile(r"^from catalog\.models import .*\b(Procedure|NationalRecord)\b", re.M)
    sources = [path for path in public if path.suffix == ".py"]
    assert len(sources) > 30
    assert [str(path.relative_to(ROOT)) for path in sources if named.search(path.read_text())] == []


def test_no_tracked_text_names_a_package_index_or_an_absolute_home():
    forbidden = re.compile(r"pypi\.org|pythonhosted\.org|registry\.npmjs|/root/|/home/[a-z]")
    own = Path(__file__).resolve()
    strangers = [
        str(path.relative_to(ROOT))
        for path in tracked("*.py", "*.toml", "*.md", "*.lock", "*.yml", "*.sh", "*.html", "*.conf")
        if path != own and forbidden.search(path.read_text())
    ]
    assert strangers == []


def test_every_direct_dependency_is_exact_and_gives_its_reason():
    text = (ROOT / "pyproject.toml").read_text()
    lists = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", text, re.M | re.S)
    rows = [row for block in lists for row in block.splitlines() if row.strip()]
    assert len(rows) > 20
    assert [
        row for row in rows if not re.match(r'^    "[\w-]+==[\d.]+(?:; [^"]+)?", +# \S', row)
    ] == []
