"""The compose file says only what the project has."""

import re
import shutil

import pytest

from tests.procedures_portal.compose import OURS, ROOT, compose_file, services

_VARIABLE = re.compile(r"\$\{(\w+)(:[-?])?")
_KEYS = {
    "image", "build", "restart", "environment", "volumes", "command", "depends_on",
    "healthcheck", "stop_grace_period", "ports",
}  # fmt: skip
_SERVERS = {"postgres", "redis"}


def _text():
    return (ROOT / "docker-compose.yml").read_text()


@pytest.mark.parametrize("name", services())
def test_a_service_uses_known_words_and_an_image(name):
    service = services()[name]
    assert set(service) <= _KEYS
    assert service["image"]


def test_every_volume_that_is_used_is_declared_and_every_declared_one_is_used():
    volumes = [volume for service in services().values() for volume in service.get("volumes", [])]
    used = {volume.split(":")[0] for volume in volumes}
    assert used == set(compose_file()["volumes"])


@pytest.mark.parametrize("name", services())
def test_a_service_waits_for_what_is_there_and_can_be_waited_for(name):
    for other, how in services()[name].get("depends_on", {}).items():
        if how["condition"] == "service_healthy":
            assert "healthcheck" in services()[other]
        else:
            assert how["condition"] == "service_completed_successfully"
            assert services()[other]["restart"] == "on-failure"


@pytest.mark.parametrize("name", sorted(set(services()) - {"prepare"}))
def test_what_goes_on_running_is_watched(name):
    check = services()[name]["healthcheck"]
    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert check["retries"] >= 3


@pytest.mark.parametrize("name", OURS)
def test_commands_are_programs_of_the_project(name):
    program = services()[name]["command"][0]
    assert shutil.which(program)
    assert services()[name]["environment"]["PORTAL_MODE"] == "full"


def test_images_are_built_from_stages_the_dockerfile_has_and_files_the_tree_has():
    dockerfile = (ROOT / "deploy" / "Dockerfile").read_text()
    stages = set(re.findall(r"^FROM .* AS (\w+)$", dockerfile, re.M))
    wanted = {service["build"]["target"] for service in services().values() if "build" in service}
    assert wanted == stages
    for source in re.findall(r"^COPY (\S+) ", dockerfile, re.M):
        assert (ROOT / source).exists(), source
    assert "--require-hashes" in dockerfile
    assert dockerfile.count("USER portal") == len(stages)


def test_every_variable_of_the_compose_file_is_told_of():
    told = (ROOT / "docs" / "operations.md").read_text()
    wanted = {name for name, _how in _VARIABLE.findall(_text())}
    assert {name for name in wanted if f"`{name}`" not in told} == set()


def test_no_secret_has_a_default():
    for name, how in _VARIABLE.findall(_text()):
        if "SECRET" in name or "PASSWORD" in name:
            assert how == ":?", name


def test_only_the_front_is_reached_from_outside():
    assert [name for name, service in services().items() if "ports" in service] == ["nginx"]
    assert {name for name in services() if name in _SERVERS} == _SERVERS
