"""Backups written anew by somebody who can write the whole file, its list and its digest too."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_backup import arusha
from workbench_office import HERE

sys.path.append(str(HERE.parent / "records"))
from extract_files import small
from world import WHO

from arusha.charter import Charter
from arusha.errors import ArushaError, VerificationError
from arusha.ledger import Checkpoint, make_key, verify
from arusha.records.load import load
from arusha.workbench.backup import INDEX, INDEX_DIGEST, BackupError
from arusha.workbench.registers import noted, older
from arusha.workbench.restore import restore

ORIGIN = "customs.example/charter"
Forge = Callable[[Path, dict[str, Any]], None]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Checkpoint]:
    """A backup of a workspace with a charter of two entries or more, and a checkpoint of that charter."""
    folder = tmp_path_factory.mktemp("saved")
    workspace = load(small(folder / "in"), out=folder / "w.arusha", key_file=folder / "w.key").path
    charter = Charter.make(workspace, ORIGIN, WHO["integrity-lead"], WHO["internal-auditor"])
    charter.grant(WHO["integrity-lead"], "P-0003-AAAA-0000", "analyst")
    arusha("backup", workspace, folder / "saved.tar")
    held = charter.ledger.checkpoint(make_key(folder / "charter.key", ORIGIN).signer)
    return folder / "saved.tar", held


@pytest.fixture(autouse=True)
def _beside_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARUSHA_HOME", raising=False)


def forged(saved: Path, folder: Path, change: Forge) -> Path:
    """The backup after a change of its files, with a list and a digest that fit them."""
    inside = folder / "inside"
    with tarfile.open(saved) as tar:
        tar.extractall(inside, filter="data")
    about = json.loads((inside / INDEX).read_text("utf-8"))
    (inside / INDEX).unlink()
    (inside / INDEX_DIGEST).unlink()
    change(inside, about)
    files = sorted(p for p in inside.rglob("*") if p.is_file() and p.name != "lock")
    about["files"] = {
        p.relative_to(inside).as_posix(): {
            "sha256": hashlib.sha256(p.read_bytes()).hexdigest(),
            "bytes": p.stat().st_size,
        }
        for p in files
    }
    (inside / INDEX).write_text(json.dumps(about), "utf-8")
    (inside / INDEX_DIGEST).write_text(hashlib.sha256((inside / INDEX).read_bytes()).hexdigest(), "utf-8")
    with tarfile.open(folder / "forged.tar", "w") as tar:
        for name in (*about["files"], INDEX, INDEX_DIGEST):
            tar.add(inside / name, name)
    return folder / "forged.tar"


def another_charter(inside: Path, grants: int) -> dict[str, Any]:
    """Put another charter of the same name in the place of the true one; what the list says of it."""
    (inside.parent / "other").mkdir()
    Charter.make(inside.parent / "other", ORIGIN, WHO["analyst"], WHO["internal-auditor"])
    other = Charter.of(inside.parent / "other")
    assert other is not None
    for n in range(grants):
        other.grant(WHO["analyst"], f"P-{n:04d}-FRGD-0000", "key-holder")
    place = inside / "workspace" / "charter"
    shutil.rmtree(place)
    shutil.copytree(inside.parent / "other" / "charter", place)
    found = verify(place / "ledger")
    return {"origin": ORIGIN, "size": found.size, "root": found.root}


def called_otherwise(inside: Path, about: dict[str, Any]) -> None:
    """The true charter lies aside under a name of its own, and the false one bears another origin in the list."""
    shutil.copytree(inside / "workspace/charter/ledger", inside / "workspace/old/ledger")
    about["ledgers"]["old"] = about["ledgers"].pop("charter")
    about["ledgers"]["charter"] = another_charter(inside, 2) | {"origin": "anything"}


def under_a_name_that_is_none(inside: Path, about: dict[str, Any]) -> None:
    shutil.copytree(inside / "workspace/charter/ledger", inside / "workspace/old/ledger")
    about["ledgers"]["old"] = about["ledgers"]["charter"]


def with_another_origin_in_the_list(inside: Path, about: dict[str, Any]) -> None:
    shutil.copytree(inside / "workspace/charter/ledger", inside / "workspace/evaluations/ledger")
    about["ledgers"]["evaluations"] = about["ledgers"].pop("charter")
    about["ledgers"]["charter"] = another_charter(inside, 2) | {"origin": "anything"}


def twice(inside: Path, about: dict[str, Any]) -> None:
    shutil.copytree(inside / "workspace/charter/ledger", inside / "workspace/evaluations/ledger")
    about["ledgers"]["evaluations"] = about["ledgers"]["charter"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (called_otherwise, "which no workspace has"),
        (under_a_name_that_is_none, "which no workspace has"),
        (with_another_origin_in_the_list, "not what the list says"),
        (twice, "two ledgers in it are customs.example/charter"),
    ],
)
def test_the_list_cannot_say_which_ledger_a_checkpoint_is_of(
    change: Forge, said: str, saved: tuple[Path, Checkpoint], tmp_path: Path
) -> None:
    file = forged(saved[0], tmp_path, change)
    with pytest.raises(VerificationError, match=said):
        restore(file, tmp_path / "again" / "w.arusha", [saved[1]])
    assert not (tmp_path / "again" / "w.arusha").exists()


def test_a_sound_backup_still_comes_back_under_its_checkpoint(saved: tuple[Path, Checkpoint], tmp_path: Path) -> None:
    (tmp_path / "held").write_text(str(saved[1]))
    arusha("restore", saved[0], tmp_path / "w.arusha", "--checkpoint", tmp_path / "held")
    assert (tmp_path / "w.arusha" / "charter").is_dir()


def test_a_shorter_ledger_comes_back_only_where_that_is_asked_for(
    saved: tuple[Path, Checkpoint], tmp_path: Path
) -> None:
    """It may be an old backup or a charter of somebody's own: a checkpoint of more entries cannot tell the two."""

    def shorter(inside: Path, about: dict[str, Any]) -> None:
        about["ledgers"]["charter"] = another_charter(inside, 0)

    file, to = forged(saved[0], tmp_path, shorter), tmp_path / "again" / "w.arusha"
    (tmp_path / "held").write_text(str(saved[1]))
    answer = arusha("restore", file, to, "--checkpoint", tmp_path / "held", code=3)
    assert "nothing shows that the others are the old ones; nothing was restored" in answer.stderr
    assert "--older" in answer.stderr
    assert not to.exists()
    answer = arusha("restore", file, to, "--checkpoint", tmp_path / "held", "--older", code=3)
    assert "OLDER: the ledger of the charter lacks 1 entries" in answer.stderr
    assert "nothing shows that the others are the old ones" in answer.stderr
    assert to.is_dir()


def test_a_shorter_register_comes_back_only_where_that_is_asked_for(
    saved: tuple[Path, Checkpoint], tmp_path: Path
) -> None:
    def wholly_other(inside: Path, about: dict[str, Any]) -> None:
        (inside / "workspace" / "plans.jsonl").write_text("forged\n")

    file, to = forged(saved[0], tmp_path, wholly_other), tmp_path / "again" / "w.arusha"
    with pytest.raises(VerificationError, match="the register plans lacks 3 entries"):
        restore(file, to, held={"plans": "4:" + "0" * 64})
    assert not to.exists()
    answer = arusha("restore", file, to, "--noted", "plans=4:" + "0" * 64, "--older", code=3)
    assert "nothing shows that the others are the old ones" in answer.stderr
    assert to.is_dir()


def test_what_was_noted_is_plain_digits_and_of_each_register_once(
    saved: tuple[Path, Checkpoint], tmp_path: Path
) -> None:
    (tmp_path / "plans.jsonl").write_text("one\n")
    for number in ("²", "٤", "", "-1"):
        with pytest.raises(ArushaError, match="not a number and a digest"):
            older(tmp_path, {"plans": f"{number}:{'0' * 64}"})
    assert older(tmp_path, {"plans": noted(tmp_path / "plans.jsonl")}) == {}
    lines = [word for n in (1, 2) for word in ("--noted", f"plans={n}:{'0' * 64}")]
    answer = arusha("restore", saved[0], tmp_path / "w.arusha", *lines, code=1)
    assert "noted twice" in answer.stderr
    assert not (tmp_path / "w.arusha").exists()


def test_a_digest_of_a_few_digits_is_refused(saved: tuple[Path, Checkpoint], tmp_path: Path) -> None:
    with tarfile.open(saved[0]) as tar:
        read = tar.extractfile(INDEX_DIGEST)
        assert read is not None
        own = read.read().decode().strip()
    for given in ("", own[:1], own[:15], own + "0", own[:15] + "g"):
        with pytest.raises(BackupError, match="too little of one"):
            restore(saved[0], tmp_path / "w.arusha", digest=given)
    arusha("restore", saved[0], tmp_path / "w.arusha", "--digest", own[:16])
