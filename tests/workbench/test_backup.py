"""Backup and restore, tried: while people act, cut off, changed, over something, against checkpoints."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from workbench_office import HERE

sys.path.append(str(HERE.parent / "records"))
from extract_files import small
from world import WHO

from arusha.charter import Charter
from arusha.ledger import Event, FolderContents, Ledger, make_key, verify
from arusha.records.load import load
from arusha.records.workspace import Workspace

BESIDE = {k: v for k, v in os.environ.items() if not k.startswith(("ARUSHA_", "DJANGO_"))}

WRITER = """
import itertools, sys
from pathlib import Path
from arusha.charter import Charter
from arusha.workbench.record import Record
workspace, lead, auditor = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
for n in itertools.count():
    record = Record(workspace / "workbench").add("look.opened", lead, f"signal:{n}", reason="triage", reference=str(n))
    print("looked", record.number, flush=True)
    who = f"P-{n:04d}-ACTS-0000"
    for granter in (lead, auditor):
        print("granted", Charter.of(workspace).grant(granter, who, "analyst").number, flush=True)
"""


def arusha(*words: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "arusha.cli", *map(str, words)], capture_output=True, text=True, env=BESIDE, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a charter, an account, an assessment and entries; not to be changed."""
    folder = tmp_path_factory.mktemp("made")
    workspace = load(small(folder / "in"), out=folder / "w.arusha", key_file=folder / "w.key").path
    Charter.make(workspace, "customs.example/charter", WHO["integrity-lead"], WHO["internal-auditor"])
    (workspace / "charter" / "audits").mkdir()
    (workspace / "charter" / "audits" / "one.json").write_text("what later versions keep there comes along")
    arusha("account", workspace, "analyst 1", "--as", WHO["analyst"])
    (folder / "plan.yaml").write_text("questions: [lane-rates]\n")
    arusha("assess", workspace, "--out", folder / "first", "--plan", folder / "plan.yaml", "--lang", "en")
    return workspace


@pytest.fixture(scope="module")
def saved(made: Path) -> Path:
    arusha("backup", made, made.parent / "saved.tar")
    return made.parent / "saved.tar"


def told(workspace: Path) -> dict[str, bytes]:
    """Every file of a workspace but locks and tables."""
    skipped = ("lock", ".turn", "jobs.lock")
    return {
        str(p.relative_to(workspace)): p.read_bytes()
        for p in workspace.rglob("*")
        if p.is_file() and p.name not in skipped and ".sqlite3" not in p.name
    }


def test_what_comes_back_is_what_was_saved(made: Path, saved: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.arusha"
    said = arusha("restore", saved, again).stdout
    assert str(again) in said
    assert told(again) == told(made)
    assert Workspace.open(again).present["declarations"]
    first = {p.name: p.read_bytes() for p in (made.parent / "first").iterdir() if p.is_file()}
    assert {p.name: p.read_bytes() for p in (tmp_path / "first").iterdir() if p.is_file()} == first
    answer = arusha("account", again, "analyst 2", "--as", WHO["analyst"], code=1)
    assert "another account acts under it" in answer.stderr, "the accounts came back"
    arusha("verify", tmp_path / "first", "--workspace", again)


def test_the_key_of_the_pseudonyms_and_sessions_are_not_in_it(saved: Path) -> None:
    with tarfile.open(saved) as tar:
        names = tar.getnames()
        accounts = json.loads(tar.extractfile("workbench/accounts.json").read())  # type: ignore[union-attr]
    assert not [n for n in names if n.endswith((".key", ".sealed", ".sqlite3")) or "uploads" in n]
    assert {row["model"] for row in accounts} == {"workbench.account"}


@pytest.mark.skipif(sys.platform == "win32", reason="modes as POSIX has them")
def test_nobody_else_on_the_computer_can_read_a_backup_or_enter_what_was_restored(made: Path, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        arusha("backup", made, tmp_path / "saved.tar")
        arusha("restore", tmp_path / "saved.tar", tmp_path / "again.arusha")
    finally:
        os.umask(before)
    assert (tmp_path / "saved.tar").stat().st_mode & 0o777 == 0o600
    folders = [tmp_path / "again.arusha", tmp_path / "first", *(tmp_path / "again.arusha").rglob("*")]
    assert [p for p in folders if p.is_dir() and p.stat().st_mode & 0o077] == []


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process as POSIX does")
def test_a_backup_while_people_act_is_whole_and_holds_all_that_was_confirmed_before(made: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w.arusha"
    shutil.copytree(made, workspace)
    actors = [WHO["integrity-lead"], WHO["internal-auditor"]]
    command = [sys.executable, "-c", WRITER, str(workspace), *actors]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=BESIDE) as writer:
        try:
            assert writer.stdout is not None
            for n in range(3):
                last = {}
                for line in writer.stdout:
                    kind, number = line.split()
                    last[kind] = int(number)
                    if len(last) == 2 and last["looked"] > 4 * n:
                        break
                arusha("backup", workspace, tmp_path / f"{n}.tar")
                again = tmp_path / f"again-{n}.arusha"
                arusha("restore", tmp_path / f"{n}.tar", again)
                for kind, folder in (("granted", again / "charter"), ("looked", again / "workbench")):
                    ledger = Ledger.open(folder / "ledger", FolderContents(folder / "contents"))
                    assert verify(ledger).ok
                    assert ledger.check_contents().ok
                    assert len(ledger) > last[kind], "what was confirmed before is there"
                charter = Charter.of(again)
                assert charter is not None
                charter.state()
                charter.grant(actors[0], "P-9999-ACTS-0000", "analyst")
        finally:
            writer.send_signal(signal.SIGKILL)


@pytest.mark.parametrize("where", [0.01, 0.3, 0.6, 0.9, 0.999])
def test_a_backup_that_was_cut_off_or_changed_restores_nothing(where: float, saved: Path, tmp_path: Path) -> None:
    data = saved.read_bytes()
    place = int(len(data) * where)
    changed = bytearray(data)
    changed[place] ^= 1
    for name, spoilt in (("cut", data[:place]), ("changed", bytes(changed))):
        file = tmp_path / f"{name}.tar"
        file.write_bytes(spoilt)
        if name == "changed" and _is_padding(data, place):
            continue
        answer = arusha("restore", file, tmp_path / "again.arusha", code=1)
        assert "nothing was restored" in answer.stderr
        assert [p.name for p in tmp_path.iterdir() if p.suffix != ".tar"] == []


def _is_padding(data: bytes, place: int) -> bool:
    """Whether a byte is between members, where it says nothing."""
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        ends = [(m.offset, m.offset_data, m.offset_data + m.size) for m in tar]
    return not any(begin <= place < end for begin, _, end in ends) or any(
        begin + 345 <= place < inside for begin, inside, _ in ends
    )


def test_every_file_of_it_is_held_against_its_digest(saved: Path, tmp_path: Path) -> None:
    """Somebody who rewrites the tar as a whole, with sound headers, is noticed by the list; who rewrites the list too,
    by the digest that was noted."""
    with tarfile.open(saved) as tar:
        members = [(m, tar.extractfile(m).read()) for m in tar]  # type: ignore[union-attr]

    def written(change: dict[str, bytes], *more: str, leave: str = "") -> Path:
        out = tmp_path / "rewritten.tar"
        with tarfile.open(out, "w") as tar:
            for name, data in [(m.name, change.get(m.name, d)) for m, d in members if m.name != leave] + [
                (name, b"more") for name in more
            ]:
                about = tarfile.TarInfo(name)
                about.size = len(data)
                tar.addfile(about, io.BytesIO(data))
        return out

    index = next(d for m, d in members if m.name == "backup.json")
    for spoilt in (
        written({"workspace/manifest.json": b"{}"}),
        written({"backup.json": index.replace(b"sha256", b"sha255", 1)}),
        written({}, "workspace/extra.txt"),
        written({}, "../outside.txt"),
        written({}, "/tmp/outside.txt"),
        written({}, leave="workbench/accounts.json"),
        written({}, leave="backup.sha256"),
    ):
        answer = arusha("restore", spoilt, tmp_path / "again.arusha", code=1)
        assert "nothing was restored" in answer.stderr
        assert [p.name for p in tmp_path.iterdir()] == ["rewritten.tar"]
    answer = arusha("restore", saved, tmp_path / "again.arusha", "--digest", "0" * 64, code=1)
    assert "not the one that was noted" in answer.stderr


def test_a_restore_and_a_backup_overwrite_nothing(made: Path, saved: Path, tmp_path: Path) -> None:
    before = saved.read_bytes()
    assert "something is there" in arusha("backup", made, saved, code=1).stderr
    assert saved.read_bytes() == before
    before_too = told(made)
    assert "overwrites nothing" in arusha("restore", saved, made, code=1).stderr
    assert told(made) == before_too
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "manifest.json").write_text("another")
    assert "overwritten" in arusha("restore", saved, tmp_path / "again.arusha", code=1).stderr
    assert (tmp_path / "first" / "manifest.json").read_text() == "another"


def test_a_restored_ledger_that_is_older_than_a_checkpoint_says_so(made: Path, saved: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w.arusha"
    shutil.copytree(made, workspace)
    charter = Charter.of(workspace)
    assert charter is not None
    key = make_key(tmp_path / "charter.key", charter.ledger.origin)
    for name, acts in (("same", 0), ("later", 2)):
        for n in range(acts):
            charter.grant(WHO["integrity-lead"], f"P-{n:04d}-MORE-0000", "analyst")
        (tmp_path / name).write_text(str(charter.ledger.checkpoint(key.signer)))
    arusha("restore", saved, tmp_path / "one" / "w.arusha", "--checkpoint", tmp_path / "same")
    answer = arusha(
        "restore", saved, tmp_path / "two" / "w.arusha", "--checkpoint", tmp_path / "later", "--older", code=3
    )
    assert "OLDER: the ledger of the charter lacks 2 entries" in answer.stderr
    assert (tmp_path / "two" / "w.arusha").is_dir()

    other = Ledger.create(tmp_path / "other", charter.ledger.origin)
    other.record(Event("charter.made", WHO["analyst"], ()))
    (tmp_path / "contradicts").write_text(str(other.checkpoint(key.signer)))
    arusha("restore", saved, tmp_path / "three" / "w.arusha", "--checkpoint", tmp_path / "contradicts", code=3)
    assert not (tmp_path / "three" / "w.arusha").exists()


# Ledgers of evaluations and registers, edited, cut short and put back.


REGISTER = "arusha.evaluations/register"


def with_evaluations(made: Path, folder: Path, plans: int) -> Path:
    """A workspace with a ledger of evaluations and two registers."""
    from arusha.surveys.disclosure.releases import Releases

    workspace = folder / "w.arusha"
    shutil.copytree(made, workspace)
    home = workspace / "evaluations"
    (home / "contents").mkdir(parents=True)
    ledger = Ledger.create(home / "ledger", REGISTER, FolderContents(home / "contents"))
    enter(ledger, range(plans))
    Releases.create(workspace / "survey")
    return workspace


def enter(ledger: Ledger, plans: range) -> None:
    for n in plans:
        of = (f"evaluation:{n:016x}", f"plan:{n:064x}")
        ledger.record(Event("evaluation.registered", WHO["analyst"], of, {"plan": {"measure": str(n)}}))


def evaluations_of(workspace: Path) -> Ledger:
    home = workspace / "evaluations"
    return Ledger.open(home / "ledger", FolderContents(home / "contents"))


def a_checkpoint(workspace: Path, to: Path) -> Path:
    key = make_key(to.with_suffix(".key"), REGISTER)
    to.write_text(str(evaluations_of(workspace).checkpoint(key.signer)))
    return to


def test_a_backup_says_what_its_ledgers_and_registers_are(made: Path, tmp_path: Path) -> None:
    workspace = with_evaluations(made, tmp_path / "a", 3)
    held = a_checkpoint(workspace, tmp_path / "held")
    said = arusha("backup", workspace, tmp_path / "b.tar").stdout
    assert "Ledger of the evaluations: 3 entries" in said
    noted = [line.partition(": ")[2] for line in said.splitlines() if line.startswith("Register, to note: ")]
    assert [line.partition("=")[0] for line in noted] == ["plans", "releases:survey"]
    again = ["restore", tmp_path / "b.tar", tmp_path / "c" / "w.arusha", "--checkpoint", held]
    arusha(*again, *(word for line in noted for word in ("--noted", line)))
    assert told(tmp_path / "c" / "w.arusha") == told(workspace)
    enter(evaluations_of(tmp_path / "c" / "w.arusha"), range(3, 4))  # it goes on


@pytest.mark.parametrize("how", ["edited", "rewritten", "replayed"])
def test_a_ledger_of_evaluations_that_contradicts_a_checkpoint_restores_nothing(
    how: str, made: Path, tmp_path: Path
) -> None:
    workspace = with_evaluations(made, tmp_path / "a", 3)
    held = a_checkpoint(workspace, tmp_path / "held")
    home = workspace / "evaluations"
    if how == "edited":
        lines = home / "ledger" / "entries.jsonl"
        lines.write_bytes(lines.read_bytes().replace(b"evaluation.registered", b"evaluation.registerex", 1))
    else:
        shutil.rmtree(home)
        (home / "contents").mkdir(parents=True)
        ledger = Ledger.create(home / "ledger", REGISTER, FolderContents(home / "contents"))
        # Made anew by who can write the folder: a plan left out, or an old copy that others were written after.
        enter(ledger, range(1, 4) if how == "rewritten" else range(5, 9))
    arusha("backup", workspace, tmp_path / "b.tar")
    to = tmp_path / "c" / "w.arusha"
    answer = arusha("restore", tmp_path / "b.tar", to, "--checkpoint", held, code=3)
    assert "keep the backup as evidence" in answer.stderr
    assert not to.exists()


def test_a_ledger_of_evaluations_cut_short_says_what_it_lacks(made: Path, tmp_path: Path) -> None:
    workspace = with_evaluations(made, tmp_path / "a", 3)
    arusha("backup", workspace, tmp_path / "b.tar")
    enter(evaluations_of(workspace), range(3, 5))
    held = a_checkpoint(workspace, tmp_path / "held")
    answer = arusha("restore", tmp_path / "b.tar", tmp_path / "c" / "w.arusha", "--checkpoint", held, "--older", code=3)
    assert "OLDER: the ledger of the evaluations lacks 2 entries" in answer.stderr


def test_a_register_that_was_edited_or_goes_on_from_an_older_one_is_noticed(made: Path, tmp_path: Path) -> None:
    """The plans of assessments, whose register is lines of JSON and no log."""
    from arusha.errors import VerificationError
    from arusha.workbench.registers import noted, older

    path = tmp_path / "plans.jsonl"
    whole = [json.dumps({"event": "plan", "hash": str(n)}) + "\n" for n in range(4)]
    path.write_text("".join(whole))
    held = {"plans": noted(path)}
    assert older(tmp_path, held) == {}
    path.write_text("".join([*whole, "another\n"]))
    assert older(tmp_path, held) == {}, "it only grew"
    path.write_text("".join(whole[:3]))
    assert older(tmp_path, held) == {"plans": 1}, "cut short"
    for changed in (
        [*whole[:3], "another\n"],
        [whole[1], whole[0], *whole[2:]],
        [*whole[:1], *whole[2:], "x\n", "y\n"],
    ):
        path.write_text("".join(changed))
        with pytest.raises(VerificationError, match="not those that were noted"):
            older(tmp_path, held)
    path.unlink()
    with pytest.raises(VerificationError, match="not in it"):
        older(tmp_path, held)


def test_a_backup_with_an_edited_register_restores_nothing(made: Path, tmp_path: Path) -> None:
    workspace = with_evaluations(made, tmp_path / "a", 1)
    from arusha.workbench.registers import noted

    was = noted(workspace / "plans.jsonl")
    text = (workspace / "plans.jsonl").read_text()
    (workspace / "plans.jsonl").write_text(text.replace('"amended": false', '"amended": true ', 1))
    assert text != (workspace / "plans.jsonl").read_text()
    arusha("backup", workspace, tmp_path / "b.tar")
    to = tmp_path / "c" / "w.arusha"
    assert (
        "not those that were noted"
        in arusha("restore", tmp_path / "b.tar", to, "--noted", f"plans={was}", code=3).stderr
    )
    assert not to.exists()
