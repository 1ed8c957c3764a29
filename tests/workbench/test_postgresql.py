"""Accounts and jobs in PostgreSQL: a cluster of the test's own, the site behind gunicorn, its worker, a backup."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import BESIDE, Browser, Cluster, arusha, cluster, gunicorn, kill, needs_postgresql
from workbench_office import HERE

sys.path.append(str(HERE.parent / "records"))
from extract_files import small
from world import WHO

from arusha.charter import Charter
from arusha.records.load import load

pytestmark = [
    needs_postgresql,
    pytest.mark.skipif(sys.platform == "win32", reason="gunicorn is for POSIX"),
]


@pytest.fixture
def database() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    made = load(small(tmp_path / "in" / "quarter"), out=tmp_path / "w.arusha", key_file=tmp_path / "w.key").path
    charter = Charter.make(made, "customs.example/charter", WHO["integrity-lead"], WHO["internal-auditor"])
    for who in ("analyst", "administrator"):
        for granter in ("integrity-lead", "internal-auditor"):
            charter.grant(WHO[granter], WHO[who], who)
    return made


def variables(workspace: Path, database: Cluster) -> dict[str, str]:
    secret = workspace.parent / "secret"
    secret.write_text("abcdefghijklmnopqrstuvwxyz0123456789" * 2)
    secret.chmod(0o600)
    return {
        **database.variables,
        "ARUSHA_WORKSPACE": str(workspace),
        "ARUSHA_SECRET_FILE": str(secret),
        "ARUSHA_EXTRACTS": str(workspace.parent / "in"),
    }


def first_password(workspace: Path, name: str, role: str, **given: str) -> str:
    said = arusha("account", workspace, name, "--as", WHO[role], **given)
    return said.partition(f"First password of {name}: ")[2].splitlines()[0]


def test_people_sign_in_and_jobs_run_with_postgresql(workspace: Path, database: Cluster, tmp_path: Path) -> None:
    given = variables(workspace, database)
    handed = first_password(workspace, "analyst 1", "analyst", **given)
    assert not (workspace / "workbench" / "accounts.sqlite3").exists()
    worker = subprocess.Popen(
        [sys.executable, "-m", "arusha.cli", "worker"], env=BESIDE | given, start_new_session=True
    )
    try:
        with gunicorn(**given) as (_, analyst):
            analyst.sign_in("analyst 1", handed)
            asked = {"where": "server", "extract": "quarter", "mapping": "canonical"}
            job = analyst.post("/records/inspect", **asked)
            assert 'role="status">done' in analyst.until(job, 'role="status">done', "interrupted", "could not")
            other = Browser(analyst.base)
            for _ in range(5):
                with pytest.raises(Exception, match="400"):
                    other.post("/sign-in/password", name="analyst 1", password="wrong")
            with pytest.raises(Exception, match="400"):
                other.post("/sign-in/password", name="analyst 1", password="a password of my own")
            said = arusha("serve", "--check", code=3, **given)
            for held in ("ok   database: PostgreSQL", "ok   tables", "ok   worker", "ok   ledger of looks"):
                assert held in said
            arusha("backup", workspace, tmp_path / "saved.tar", **given)
    finally:
        kill(worker)

    again = tmp_path / "again" / "again.arusha"
    said = arusha("restore", tmp_path / "saved.tar", again, code=1, **database.variables)
    assert "the database has accounts already" in said
    assert not again.exists()
    database.make("second")
    arusha("restore", tmp_path / "saved.tar", again, **database.variables)
    assert "another account acts under it" in arusha(
        "account", again, "analyst 2", "--as", WHO["analyst"], code=1, **database.variables
    )
    first_password(again, "administrator", "administrator", **database.variables)
    on_sqlite = tmp_path / "laptop" / "again.arusha"
    arusha("restore", tmp_path / "saved.tar", on_sqlite)
    assert "another account acts under it" in arusha("account", on_sqlite, "analyst 2", "--as", WHO["analyst"], code=1)
