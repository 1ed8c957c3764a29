"""`arusha serve --check`: one line a thing that must hold, and an end with 3 where one does not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from workbench_office import HERE, Office

sys.path.append(str(HERE.parent / "records"))
from extract_files import small
from world import WHO

from arusha.charter import Charter
from arusha.records.load import load


def checked(workspace: Path | None, **variables: str) -> tuple[int, dict[str, str]]:
    """What the command ends with, and its lines by their name."""
    command = [sys.executable, "-m", "arusha.cli", "serve", "--check", *([str(workspace)] if workspace else [])]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("ARUSHA_", "DJANGO_"))}
    done = subprocess.run(command, capture_output=True, text=True, env=inherited | variables, check=False)
    assert done.stderr == ""
    return done.returncode, {line[5:].partition(":")[0]: line for line in done.stdout.splitlines()}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return load(small(tmp_path / "in"), out=tmp_path / "w.arusha", key_file=tmp_path / "w.key").path


@pytest.fixture
def fit(workspace: Path, tmp_path: Path) -> dict[str, str]:
    """A site of several people as it should be, but for its worker."""
    Charter.make(workspace, "customs.example/charter", WHO["integrity-lead"], WHO["internal-auditor"])
    secret = tmp_path / "secret"
    secret.write_text("abcdefghijklmnopqrstuvwxyz0123456789" * 2)
    secret.chmod(0o600)
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("ARUSHA_", "DJANGO_"))}
    account = [sys.executable, "-m", "arusha.cli", "account", str(workspace), "analyst 1", "--as", WHO["analyst"]]
    subprocess.run(account, check=True, env=inherited, capture_output=True)
    return {
        "ARUSHA_WORKSPACE": str(workspace),
        "ARUSHA_SECRET_FILE": str(secret),
        "ARUSHA_HOSTS": "integrity.customs.example",
        "ARUSHA_HTTPS": "yes",
    }


def test_a_site_that_is_fit_lacks_its_worker_only_and_then_nothing(fit: dict[str, str]) -> None:
    code, lines = checked(None, **fit)
    assert [name for name, line in lines.items() if line.startswith("FAIL")] == ["worker"]
    assert code == 3
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("ARUSHA_", "DJANGO_"))}
    command = [sys.executable, "-m", "arusha.cli", "worker"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=inherited | fit) as worker:
        try:
            assert worker.stdout is not None
            assert "waits for jobs" in worker.stdout.readline()
            code, lines = checked(None, **fit)
            assert code == 0, lines
            expected = {
                "workspace",
                "charter",
                "secret",
                "settings",
                "hosts",
                "passkeys",
                "https",
                "home",
                "database",
                "tables",
                "accounts",
                "outbox of mails",
            }
            assert expected | {"charter's ledger", "ledger of looks", "disk", "worker"} == set(lines) - {
                "table of alerts"
            }  # if made
        finally:
            worker.terminate()
        assert worker.wait(20) == 0, "it ends as it is told to"


def test_what_does_not_hold_is_said_with_what_to_do(fit: dict[str, str], tmp_path: Path) -> None:
    Path(fit["ARUSHA_SECRET_FILE"]).chmod(0o644)
    (tmp_path / "w.arusha" / "workbench").chmod(0o755)
    records = tmp_path / "w.arusha" / "records.duckdb"
    records.write_bytes(records.read_bytes() + b"\0")
    ledger = tmp_path / "w.arusha" / "workbench" / "ledger" / "entries.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b"account.made", b"account.mode"))
    code, lines = checked(None, **fit | {"ARUSHA_HOSTS": "*", "ARUSHA_HTTPS": ""})
    assert code == 3
    for name, said in {
        "secret": "chmod 600",
        "home": "chmod 700",
        "workspace": "changed since they were loaded",
        "ledger of looks": "compare it with checkpoints",
        "hosts": "any name is answered",
        "https": "in the clear",
    }.items():
        assert lines[name].startswith("FAIL"), name
        assert said in lines[name], lines[name]


@pytest.mark.parametrize("secret", ["short", "a" * 80, None])
def test_a_secret_that_is_none_is_said(secret: str | None, fit: dict[str, str]) -> None:
    path = Path(fit["ARUSHA_SECRET_FILE"])
    path.unlink() if secret is None else path.write_text(secret)
    assert checked(None, **fit)[1]["secret"].startswith("FAIL")


def test_a_study_of_one_person_needs_neither_hosts_nor_https(workspace: Path) -> None:
    code, lines = checked(workspace)
    assert code == 3
    assert {n for n, line in lines.items() if line.startswith("FAIL")} == {"home", "database"}
    assert not (workspace / "workbench").exists(), "nothing is made by looking"


def test_no_workspace_is_said() -> None:
    code, lines = checked(None)
    assert code == 3
    assert "no workspace is named" in lines["settings"]


@pytest.mark.parametrize(
    ("origin", "hosts", "starts"),
    [
        ("https://integrity.customs.example", "integrity.customs.example", "ok   passkeys: bound to https://"),
        ("https://integrity.customs.example:8443", "integrity.customs.example", "ok   passkeys: bound to https://"),
        ("", "integrity.customs.example", "ok   passkeys: bound to https://integrity.customs.example"),
        ("", "integrity.customs.example other.customs.example", "ok   passkeys: not offered (no origin is named)"),
        ("http://integrity.customs.example", "integrity.customs.example", "FAIL passkeys: http://integrity"),
        ("https://integrity.customs.example/site", "integrity.customs.example", "FAIL passkeys: https://integrity"),
        ("integrity.customs.example", "integrity.customs.example", "FAIL passkeys: integrity.customs.example is no"),
        ("https://elsewhere.example", "integrity.customs.example", "FAIL passkeys: bound to elsewhere.example, which"),
    ],
)
def test_where_passkeys_are_bound_to_is_checked(origin: str, hosts: str, starts: str) -> None:
    assert passkeys_line(origin, hosts).startswith(starts)


def passkeys_line(origin: str, hosts: str, keys: int = 0) -> str:
    """The line of passkeys, in this process: a command for each would cost seconds."""
    from django.conf import settings
    from django.test import override_settings

    from arusha.workbench import checks

    https = not origin and len(hosts.split()) == 1  # as the settings make it of one name behind TLS
    with override_settings(ARUSHA_ORIGIN=f"https://{hosts}" if https else origin, ALLOWED_HOSTS=hosts.split()):
        return checks._passkeys(settings.ARUSHA_ORIGIN, settings.ALLOWED_HOSTS, True).line()


def test_keys_that_cannot_be_used_fail_the_check() -> None:
    from workbench_office import account

    from arusha.workbench.models import Passkey

    Passkey.every.create(user=account("analyst"), name="a key", credential="abc", public_key=b"def")
    assert passkeys_line("", "a.example b.example").startswith("FAIL passkeys: no origin is named; 1 of them cannot")


def test_the_check_has_a_line_of_passkeys_where_several_people_work(fit: dict[str, str]) -> None:
    _, lines = checked(None, **fit | {"ARUSHA_ORIGIN": "https://elsewhere.example"})
    assert lines["passkeys"].startswith("FAIL passkeys: bound to elsewhere.example")


def test_an_outbox_that_nobody_empties_or_that_cannot_be_written_is_said(fit: dict[str, str], tmp_path: Path) -> None:
    folder, mail = tmp_path / "outbox", {"ARUSHA_MAIL_DOMAIN": "customs.example"}
    named = mail | {"ARUSHA_OUTBOX": str(folder)}

    def line(**variables: str) -> str:
        return outbox_line({"ARUSHA_OUTBOX": "", "ARUSHA_MAIL_DOMAIN": "", "ARUSHA_MAIL_LANG": "en"} | variables)

    assert line() == "ok   outbox of mails: none: nobody is told by mail"
    assert "set ARUSHA_OUTBOX, or neither" in line(**mail)
    assert "set ARUSHA_MAIL_DOMAIN, or neither" in line(ARUSHA_OUTBOX=str(folder))
    assert "there is no folder" in line(**named)
    folder.mkdir(0o755)
    assert "chmod o= it" in line(**named)
    folder.chmod(0o750)
    assert "set ARUSHA_MAIL_LANG to one of" in line(**named, ARUSHA_MAIL_LANG="xx")
    fresh, late = folder / "1.eml", folder / "2.eml"
    fresh.touch()
    assert line(**named) == f"ok   outbox of mails: {folder}, 1 notices not taken yet"
    late.touch()
    two_days_ago = late.stat().st_mtime - 2 * 24 * 3600
    os.utime(late, (two_days_ago, two_days_ago))
    assert "1 notices lie there for more than a day - see why the mail relay does not take them" in line(**named)
    code, lines = checked(None, **fit | named)
    assert code == 3
    assert lines["outbox of mails"].startswith("FAIL"), lines


def outbox_line(variables: dict[str, str]) -> str:
    """The check's line of mails, under settings of their own."""
    from django.test import override_settings

    from arusha.workbench.checks import _outbox

    with override_settings(**variables):
        return _outbox().line()


def test_an_assessment_that_was_changed_is_said_by_the_check(office: Office) -> None:
    """The site shows what its folders say: who edits one is found by the digests of its manifest."""
    given = {"ARUSHA_WORKSPACE": str(office.workspace)}
    name = f"assessment {next(iter(office.site.assessments))}"
    _, lines = checked(None, **given)
    assert lines[name].startswith(f"ok   {name}: "), lines
    signals = office.assessment / "signals.parquet"
    signals.write_bytes(signals.read_bytes() + b"0")
    code, lines = checked(None, **given)
    assert code == 3
    assert lines[name].startswith("FAIL"), lines
    assert "signals.parquet" in lines[name]
