"""Settings are typed; a wrong one is named in words an operator can act on."""

import subprocess
import sys
from ipaddress import ip_network
from pathlib import Path

import pytest

from procedures_portal.env import Environment, SettingError, kept_secret
from tests.procedures_portal.running import ROOT, plain_environment


@pytest.mark.parametrize(
    ("text", "wanted"), [("true", True), ("1", True), ("YES", True), ("0", False), ("no", False)]
)
def test_a_flag_is_read_from_plain_words(text, wanted):
    assert Environment({"F": text}).flag("F", default=not wanted) is wanted


def test_ports_and_networks_are_read_from_lists():
    assert Environment({"P": "443, 8443"}).ports("P", []) == [443, 8443]
    networks = [ip_network("10.12.0.0/16"), ip_network("fd00::/8")]
    assert Environment({"N": "10.12.0.0/16, fd00::/8"}).networks("N") == networks
    assert Environment({}).networks("N") == []


def test_an_empty_variable_counts_as_not_set():
    assert Environment({"N": " "}).number("N", 7) == 7
    assert Environment({"N": " "}).text("N", "x") == "x"


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (lambda env: env.flag("X", False), "perhaps"),
        (lambda env: env.number("X", 1), "many"),
        (lambda env: env.number("X", 8000, least=1, most=65_535), "65536"),
        (lambda env: env.number("X", 5, least=2), "1"),
        (lambda env: env.choice("X", "a", ["a", "b"]), "c"),
        (lambda env: env.url("X", ""), "example.gov.vn"),
        (lambda env: env.server("X", "", ["redis"]), "amqp://host"),
        (lambda env: env.database("X", "sqlite:////d"), "mysql://host/name"),
        (lambda env: env.clock_time("X", "07:30"), "7h30"),
        (lambda env: env.clock_time("X", "07:30"), "24:00"),
        (lambda env: env.mail_server("X", Path("/d")), "mail.example.gov.vn:25"),
        (lambda env: env.mail_server("X", Path("/d")), "smtp://host:port"),
        (lambda env: env.mail_address("X", ""), "Cổng thủ tục"),
        (lambda env: env.ports("X", [443]), "443,https"),
        (lambda env: env.ports("X", [443]), "443,65536"),
        (lambda env: env.networks("X"), "10.12.0.0/33"),
        (lambda env: env.networks("X"), "10.12.0.1/16"),
        (lambda env: env.authorities("X"), "/nowhere/authorities.pem"),
        (lambda env: env.authorities("X"), __file__),
    ],
)
def test_a_wrong_value_names_the_variable_and_what_would_be_right(read, text):
    with pytest.raises(SettingError, match=r"^X is .*, but must be .+\.$"):
        read(Environment({"X": text}))


@pytest.mark.parametrize("name", ["DATABASE_URL", "CELERY_BROKER_URL", "PORTAL_MAIL_URL"])
def test_a_wrong_value_that_may_hold_a_password_is_not_repeated(name):
    env = Environment({name: "odd://user:hunter2@host"})
    with pytest.raises(SettingError) as refused:
        env.database(name, "sqlite:////d")
    assert "hunter2" not in str(refused.value)


def test_a_database_address_is_taken_apart_with_its_escapes():
    read = Environment({"D": "postgresql://o%40x:p%2Fw@db:5433/cong?sslmode=require"})
    facts = read.database("D", "sqlite:////d")
    wanted = {"USER": "o@x", "PASSWORD": "p/w", "HOST": "db", "PORT": "5433", "NAME": "cong"}
    assert {name: facts[name] for name in wanted} == wanted
    assert facts["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.gov.vn", 25, False, False),
        ("starttls://a%40b:p%2Fw@mail.example.gov.vn", 587, True, False),
        ("smtps://a%40b:p%2Fw@mail.example.gov.vn:4650", 4650, False, True),
    ],
)
def test_a_mail_server_is_taken_apart_with_its_escapes(address, port, tls, ssl):
    facts = Environment({"M": address}).mail_server("M", Path("/d"))
    named = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL")
    assert [facts[name] for name in named] == ["mail.example.gov.vn", port, tls, ssl]
    account = (facts["EMAIL_HOST_USER"], facts["EMAIL_HOST_PASSWORD"])
    assert account == (("a@b", "p/w") if "@" in address else ("", ""))


def test_without_a_mail_server_every_mail_is_a_file_in_the_data_folder():
    facts = Environment({}).mail_server("M", Path("/data/mails"))
    assert facts["EMAIL_FILE_PATH"] == "/data/mails"
    assert str(facts["EMAIL_BACKEND"]).endswith("filebased.EmailBackend")


def test_an_embedded_database_takes_its_lock_at_once_and_waits():
    facts = Environment({}).database("D", "sqlite:////var/portal.sqlite3")
    options = facts["OPTIONS"]
    assert isinstance(options, dict)
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] > 0
    assert "journal_mode=WAL" in options["init_command"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingError, match=r"^D is .*file/below"):
        Environment({"D": str(tmp_path / "file" / "below")}).folder("D", tmp_path)


def test_a_secret_is_made_once_and_read_by_its_owner_alone(tmp_path):
    first = kept_secret(tmp_path / "key")
    assert len(first) >= 50
    assert kept_secret(tmp_path / "key") == first
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


_FULL = {
    "PORTAL_MODE": "full",
    "PORTAL_SECRET_KEY": "k" * 50,
    "PORTAL_URL": "https://thutuc.example.gov.vn",
    "PORTAL_ALLOWED_HOSTS": "thutuc.example.gov.vn",
    "DATABASE_URL": "postgresql://portal@127.0.0.1:1/portal",
    "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
}


def _read_settings(data: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", "import procedures_portal.settings"],
        cwd=ROOT,
        env=plain_environment(data) | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("lacking", sorted(set(_FULL) - {"PORTAL_MODE"}))
def test_full_mode_has_no_default_for_what_is_secret_or_of_one_place(tmp_path, lacking):
    given = {name: value for name, value in _FULL.items() if name != lacking}
    done = _read_settings(tmp_path, **given)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Wrong setting: {lacking} is not set.")
    assert "Traceback" not in done.stderr


def test_full_mode_with_all_of_it_and_embedded_mode_with_nothing_are_read(tmp_path):
    assert _read_settings(tmp_path, **_FULL).stderr == ""
    assert _read_settings(tmp_path).stderr == ""
