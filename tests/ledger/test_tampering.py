"""Somebody who can write the ledger's files, and even holds its key, against somebody who holds an earlier checkpoint.

The clumsy forger changes entries and nothing else. The thorough one makes hashes, head and the ledger's own checkpoints
fit; the owner of the key signs those anew, so that the ledger contradicts itself nowhere.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from arusha.language.told import english
from arusha.ledger import (
    ChangedError,
    Checkpoint,
    Event,
    Ledger,
    LedgerError,
    Signer,
    Verification,
    compare,
    merkle,
    verify,
    witness,
)
from arusha.ledger.checkpoint import ConsistencyProof, sign
from arusha.ledger.entry import make as make_entry
from arusha.ledger.note import LOG

from .conftest import ACTOR, AUDITOR, ORIGIN, SIGNER, UNION, plain

Make = Callable[[int], Ledger]
Attack = Callable[[list[bytes]], list[bytes]]

VERIFIER = Path(__file__).resolve().parents[2] / "docs" / "verify_ledger.py"
FORGERS = ["clumsy", "thorough", "owner of the key"]
HELD = 11  # entries in the checkpoint that an outsider holds
SIZE = 16


def entry(text: str) -> bytes:
    return make_entry(Event("charter.go-live", ACTOR, (f"question:{text}",)))[0].line()


def edit(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], lines[4].replace(b"go-live", b"retired"), *lines[5:]]


def delete(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], *lines[5:]]


def delete_the_first(lines: list[bytes]) -> list[bytes]:
    return lines[1:]


def insert(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], entry("inserted"), *lines[4:]]


def reorder(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], lines[5], lines[4], *lines[6:]]


def repeat(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], lines[3], *lines[5:]]


def truncate(lines: list[bytes]) -> list[bytes]:
    return lines[: HELD - 1]


def truncate_and_go_on(lines: list[bytes]) -> list[bytes]:
    return [*lines[: HELD - 1], *(entry(f"another-{n}") for n in range(SIZE))]


def empty(lines: list[bytes]) -> list[bytes]:
    return lines[:0]


def start_anew(lines: list[bytes]) -> list[bytes]:
    return [entry(f"another-{n}") for n in range(len(lines))]


ATTACKS = [edit, delete, delete_the_first, insert, reorder, repeat, truncate, truncate_and_go_on, empty, start_anew]


def write(ledger: Ledger, lines: list[bytes], forger: str) -> None:
    """Write entries past every guard of the store."""
    where = Path(ledger.store.where)
    frontier, hashes, roots = merkle.Frontier(), [], {0: merkle.EMPTY_ROOT}
    for line in lines:
        hashes += frontier.add(merkle.leaf_hash(line))
        roots[frontier.size] = frontier.root()
    thorough = forger != "clumsy"
    own = [Checkpoint.parse(text) for text in ledger.store.checkpoints()]
    if where.is_dir():
        data = b"".join(line + b"\n" for line in lines)
        (where / "entries.jsonl").write_bytes(data)
        if thorough:
            (where / "hashes.bin").write_bytes(b"".join(hashes))
            head = json.loads((where / "head.json").read_text())
            (where / "head.json").write_text(json.dumps({**head, "size": len(lines), "length": len(data)}))
            shutil.rmtree(where / "checkpoints")
            (where / "checkpoints").mkdir()
    else:
        with sqlite3.connect(where) as db:
            for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                db.execute(f"DROP TRIGGER {trigger}")
            db.execute("DELETE FROM entries")
            db.executemany("INSERT INTO entries VALUES (?, ?)", enumerate(lines))
            if thorough:
                db.execute("DELETE FROM hashes")
                db.executemany("INSERT INTO hashes VALUES (?, ?)", enumerate(hashes))
                db.execute("DELETE FROM checkpoints")
        db.close()
    if forger == "owner of the key":
        for size in (c.size for c in own if c.size in roots):
            ledger.store.keep_checkpoint(size, str(sign(ORIGIN, size, roots[size], SIGNER)))


def held_by_a_witness(ledger: Ledger) -> Checkpoint:
    """A checkpoint of the first entries, then more entries and a further one of the ledger's own."""
    checkpoint = ledger.checkpoint(SIGNER).cosigned(UNION, 1_800_000_000)
    ledger.record(*[plain(n) for n in range(HELD, SIZE)])
    ledger.checkpoint(SIGNER)
    return checkpoint


def by_the_page_long_verifier(ledger: Ledger, checkpoint: Checkpoint, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the documented verifier as an outsider would: a bare Python, without this package."""
    held = folder / "held.txt"
    held.write_text(str(checkpoint), "utf-8")
    command = [sys.executable, "-I", "-S", str(VERIFIER), ledger.store.where, str(SIGNER.key), str(held)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def codes(result: Verification) -> set[str]:
    return {problem.code for problem in result.problems}


@pytest.mark.control("AU-9", "AU-9(3)", "AU-10", "7.5.3")
@pytest.mark.parametrize("forger", FORGERS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_whoever_holds_an_earlier_checkpoint_detects(
    attack: Attack, forger: str, make_plain: Make, tmp_path: Path
) -> None:
    ledger = make_plain(HELD)
    checkpoint = held_by_a_witness(ledger)
    lines = list(ledger.store.entries())
    assert verify(ledger, checkpoint, [SIGNER.key, UNION.key]).ok
    write(ledger, attack(lines), forger)
    result = verify(ledger.store.where, checkpoint, [SIGNER.key, UNION.key])
    assert not result.ok
    assert not result.held[0].agrees
    assert codes(result) & {"history", "shorter"}
    assert [s.key for s in result.held[0].signed] == [SIGNER.key, UNION.key]
    with pytest.raises(ChangedError, match="DOES NOT HOLD"):
        result.check()
    if forger == "clumsy":  # it reads entries only, so that the forger's other work does not matter to it
        outside = by_the_page_long_verifier(ledger, checkpoint, tmp_path)
        assert outside.returncode == 3, outside.stderr
        assert f"first {HELD} entries DO NOT agree" in outside.stdout
    else:  # the ledger alone looks as good as any: only the checkpoint outside shows it
        alone = verify(ledger.store.where, (), SIGNER.key)
        assert alone.ok
        assert any("replaced as a whole would not be noticed" in note.problem(english()) for note in alone.notes)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_clumsy_forger_is_detected_without_any_checkpoint_from_outside(attack: Attack, make_plain: Make) -> None:
    ledger = make_plain(HELD)
    held_by_a_witness(ledger)
    write(ledger, attack(list(ledger.store.entries())), "clumsy")
    assert codes(verify(ledger.store.where)) & {"missing", "hashes", "own-checkpoint"}


def test_the_page_long_verifier_is_content_with_a_ledger_as_it_was(make_plain: Make, tmp_path: Path) -> None:
    ledger = make_plain(HELD)
    good = by_the_page_long_verifier(ledger, held_by_a_witness(ledger), tmp_path)
    assert good.returncode == 0, good.stderr


@pytest.mark.control("AU-9", "AU-9(3)")
def test_replaying_an_older_copy_is_detected(make_plain: Make, tmp_path: Path) -> None:
    ledger = make_plain(HELD)
    where, copy = Path(ledger.store.where), tmp_path / "copy"
    (shutil.copytree if where.is_dir() else shutil.copy)(where, copy)
    ledger.record(plain(HELD))
    checkpoint = ledger.checkpoint(SIGNER)
    shutil.rmtree(where) if where.is_dir() else where.unlink()
    for side in tmp_path.glob("*-wal"):
        side.unlink()
    shutil.move(copy, where)
    result = verify(where, checkpoint, SIGNER.key)
    assert codes(result) == {"shorter"}
    assert by_the_page_long_verifier(ledger, checkpoint, tmp_path).returncode == 3
    again = Ledger.open(where, ledger.contents)  # and after going on from the older copy
    again.record(*[plain(n) for n in range(50, 60)])
    again.checkpoint(SIGNER)
    assert codes(verify(where, checkpoint, SIGNER.key)) == {"history"}


def test_the_place_of_a_change_is_narrowed_by_the_checkpoints_held(make_plain: Make) -> None:
    ledger = make_plain(0)
    held = []
    for size in range(1, 13):
        ledger.record(plain(size))
        held.append(ledger.checkpoint(SIGNER))
    lines = list(ledger.store.entries())
    write(ledger, [*lines[:7], entry("other"), *lines[8:]], "owner of the key")
    result = verify(ledger.store.where, [held[2], held[5], held[8], held[11]], SIGNER.key)
    assert [h.agrees for h in result.held] == [True, True, False, False]
    assert any(problem.text.startswith("of the entries 6 to 8 at least one") for problem in result.problems)


def test_stored_hashes_that_were_changed_are_detected_and_never_signed(make_plain: Make) -> None:
    ledger = make_plain(HELD)
    checkpoint = ledger.checkpoint(SIGNER)
    where = Path(ledger.store.where)
    if where.is_dir():
        data = (where / "hashes.bin").read_bytes()
        (where / "hashes.bin").write_bytes(bytes(32) + data[32:])
    else:
        with sqlite3.connect(where) as db:
            db.execute("DROP TRIGGER hashes_no_update")
            db.execute("UPDATE hashes SET hash = ? WHERE place = 0", (bytes(32),))
        db.close()
    result = verify(where, checkpoint, SIGNER.key)
    assert codes(result) == {"hashes"}
    assert result.held[0].agrees
    with pytest.raises(ChangedError, match="nothing was signed"):
        ledger.checkpoint(SIGNER)
    with pytest.raises(ChangedError, match="not the one"):
        ledger.prove_entry(1, checkpoint)


def test_content_smuggled_into_an_entry_is_pointed_at(make_plain: Make) -> None:
    ledger = make_plain(HELD)
    lines = list(ledger.store.entries())
    smuggled = lines[3].replace(b'"kind"', b'"a-name":"Some Name","kind"')
    write(ledger, [*lines[:3], smuggled, *lines[4:]], "owner of the key")
    result = verify(ledger.store.where)
    assert codes(result) == {"entry"}
    assert "entry 3 cannot be read" in result.problems[0].text


def test_a_checkpoint_that_was_changed_or_signed_by_another_is_not_taken_for_evidence(make_plain: Make) -> None:
    ledger = make_plain(HELD)
    checkpoint = ledger.checkpoint(SIGNER)
    changed = Checkpoint.parse(str(checkpoint).replace(f"\n{HELD}\n", f"\n{HELD + 1}\n"))
    assert "signature" in codes(verify(ledger, changed, SIGNER.key))
    other = Checkpoint(ORIGIN, HELD, checkpoint.root, checkpoint.cosigned(UNION, 1).note)
    unsigned = Checkpoint.parse(other.note.text + "\n" + other.note.lines[1] + "\n")
    result = verify(ledger, unsigned, [SIGNER.key, UNION.key])
    assert codes(result) == {"signature"}
    assert "not signed by the ledger's key" in result.problems[0].text


def test_the_key_of_another_ledger_does_not_vouch_for_this_one(make_plain: Make) -> None:
    ledger = make_plain(HELD)
    other = Signer.from_seed("other.example/ledger", LOG, bytes(32))
    signed = sign(ORIGIN, HELD, ledger.root(), other)
    assert [s.key for s in signed.note.signed_by([other.key])] == [other.key]
    assert signed.signed_by([other.key]) == ()
    assert codes(verify(ledger, signed, [SIGNER.key, other.key])) == {"signature"}


def test_a_checkpoint_of_another_ledger_is_said_to_be_one(make_plain: Make, tmp_path: Path) -> None:
    other = sign("other.example/ledger", 1, bytes(32), SIGNER)
    assert codes(verify(make_plain(2), other)) == {"other-ledger"}


def test_what_is_newer_than_the_checkpoint_can_still_be_changed_and_the_result_says_so(make_plain: Make) -> None:
    ledger = make_plain(HELD)
    checkpoint = held_by_a_witness(ledger)
    lines = list(ledger.store.entries())
    write(ledger, [*lines[:-1], entry("other")], "owner of the key")
    result = verify(ledger.store.where, checkpoint, SIGNER.key)
    assert result.ok
    assert f"{SIZE - HELD} entries are newer" in result.text()


def test_what_a_ledger_cannot_prove_stands_in_every_result(make_plain: Make, tmp_path: Path) -> None:
    ledger = make_plain(HELD)
    checkpoint = held_by_a_witness(ledger)
    good = verify(ledger, checkpoint)
    write(ledger, edit(list(ledger.store.entries())), "clumsy")
    for result in (good, verify(ledger), verify(ledger, checkpoint)):
        for said in ("entry is true", "nothing was left out", "before somebody else held a checkpoint"):
            assert said in result.text().partition("What this cannot prove:")[2]
    assert "nothing was left out" in by_the_page_long_verifier(ledger, checkpoint, tmp_path).stdout


# Split view: the owner of the key shows one history to the union and another to the auditor.


@pytest.fixture
def two_views(tmp_path: Path) -> tuple[Ledger, Ledger]:
    views = []
    for name in ("to-the-union", "to-the-auditor"):
        view = Ledger.create(tmp_path / name, ORIGIN)
        view.record(*[Event("test", ACTOR, (f"thing:{n}",)) for n in range(5)])
        views.append(view)
    first, second = views
    first.store.entries()
    shutil.rmtree(second.store.where)
    shutil.copytree(first.store.where, second.store.where)
    first.record(Event("export.taken", ACTOR, ("export:1",)))
    second.record(Event("export.refused", ACTOR, ("export:1",)))
    return first, second


@pytest.mark.control("AU-10")
def test_two_histories_of_one_size_are_proved_by_two_witnesses_who_compare(two_views: tuple[Ledger, Ledger]) -> None:
    union, auditor = (view.checkpoint(SIGNER) for view in two_views)
    for checkpoint in (union, auditor):
        assert checkpoint.demand_log([SIGNER.key])
    assert compare(union, auditor).verdict == "two-histories"
    assert compare(union, union).verdict == "same"
    for view in two_views:
        result = verify(view, [union, auditor], SIGNER.key)
        assert codes(result) == {"history", "two-histories"}


def test_two_histories_of_unlike_size_have_no_proof_of_growth_that_holds(two_views: tuple[Ledger, Ledger]) -> None:
    first, second = two_views
    union = first.checkpoint(SIGNER)
    second.record(*[Event("test", ACTOR) for _ in range(3)])
    auditor = second.checkpoint(SIGNER)
    assert compare(auditor, union).verdict == "proof-needed"
    assert compare(union, auditor, second.prove_growth(union.size, auditor)).verdict == "not-shown"
    with pytest.raises(LedgerError, match="not the one of growth"):
        compare(union, auditor, second.prove_growth(5, auditor))
    result = verify(second, [union, auditor], SIGNER.key)
    assert codes(result) == {"history", "two-histories"}


def test_a_witness_signs_growth_and_refuses_every_other_history(two_views: tuple[Ledger, Ledger]) -> None:
    first, second = two_views
    keys = [SIGNER.key]
    opening = witness(first.prove_growth(0, first.checkpoint(SIGNER)), held=None, log_keys=keys, signer=UNION, time=1)
    assert opening.first_time
    held = opening.checkpoint
    first.record(Event("test", ACTOR))
    grown = first.prove_growth(held.size, first.checkpoint(SIGNER))
    signed = witness(grown, held=held, log_keys=keys, signer=UNION, time=2)
    assert not signed.first_time
    assert [s.time for s in signed.checkpoint.demand_log([SIGNER.key, UNION.key])] == [None, 2]
    same = first.prove_growth(signed.checkpoint.size, first.checkpoint(SIGNER))
    assert witness(same, held=signed.checkpoint, log_keys=keys, signer=UNION).checkpoint.size == 7

    def refused(proof: ConsistencyProof, message: str) -> None:
        with pytest.raises(ChangedError, match=message):
            witness(proof, held=held, log_keys=keys, signer=UNION)

    refused(second.prove_growth(6, second.checkpoint(SIGNER)), "do not begin with")  # same size, another root
    second.record(Event("test", ACTOR))
    refused(second.prove_growth(6, second.checkpoint(SIGNER)), "do not begin with")  # larger, another beginning
    older = sign(ORIGIN, 5, first.root(5), SIGNER)
    refused(first.prove_growth(0, older), "older copy")
    other = sign(ORIGIN, 7, first.root(7), AUDITOR)
    refused(first.prove_growth(6, other), "not signed by the ledger's key")
    with pytest.raises(LedgerError, match="begins at 3"):
        witness(first.prove_growth(3, grown.checkpoint), held=held, log_keys=keys, signer=UNION)
    with pytest.raises(LedgerError, match="not a witness"):
        witness(grown, held=held, log_keys=keys, signer=SIGNER)
