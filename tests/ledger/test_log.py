"""The ledger as the workbench uses it: record, checkpoint, prove, expunge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from arusha.ledger import (
    ChangedError,
    Checkpoint,
    ConsistencyProof,
    Event,
    FolderContents,
    InclusionProof,
    Ledger,
    LedgerError,
    Signer,
    part,
    verify,
)
from arusha.ledger.note import LOG

from .conftest import ACTOR, AUDITOR, ORIGIN, SIGNER, UNION, event

Make = Callable[[int], Ledger]


def test_every_entry_is_proved_to_be_in_every_checkpoint_that_holds_it(make: Make) -> None:
    ledger = make(0)
    checkpoints = []
    for size in range(1, 10):
        ledger.record(event(size))
        checkpoints.append(ledger.checkpoint(SIGNER))
    for checkpoint in checkpoints:
        for number in range(checkpoint.size):
            proof = InclusionProof.parse(str(ledger.prove_entry(number, checkpoint)))
            assert proof.holds()
            assert proof.entry == ledger.entry(number).entry.line()
            assert [s.key for s in proof.checkpoint.demand_log([SIGNER.key])] == [SIGNER.key]
        with pytest.raises(LedgerError, match="no entry"):
            ledger.prove_entry(checkpoint.size, checkpoint)


def test_growth_between_all_checkpoints_is_proved_and_only_in_its_direction(make: Make) -> None:
    ledger = make(0)
    checkpoints = [ledger.checkpoint(SIGNER)]
    for size in range(1, 10):
        ledger.record(event(size))
        checkpoints.append(ledger.checkpoint(SIGNER))
    for first in checkpoints:
        for second in checkpoints[first.size :]:
            proof = ConsistencyProof.parse(str(ledger.prove_growth(first.size, second)))
            assert proof.holds(first)
            assert all(not proof.holds(other) for other in checkpoints if other.size != first.size)


def test_the_same_size_gives_the_same_checkpoint_with_the_lines_of_witnesses(make: Make) -> None:
    ledger = make(5)
    signed = ledger.checkpoint(SIGNER)
    cosigned = signed.cosigned(UNION, 1_800_000_000)
    ledger.add_cosignatures(cosigned, [UNION.key])
    ledger.add_cosignatures(signed.cosigned(AUDITOR, 1_800_000_001), [AUDITOR.key])
    again = ledger.checkpoint(SIGNER)
    assert again.note.lines == (*cosigned.note.lines, AUDITOR.sign(signed.note.text, 1_800_000_001))
    assert [s.time for s in again.signed_by([UNION.key, AUDITOR.key])] == [1_800_000_000, 1_800_000_001]


def test_only_lines_of_known_witnesses_that_hold_are_kept(make: Make) -> None:
    ledger = make(5)
    signed = ledger.checkpoint(SIGNER)
    both = signed.cosigned(UNION, 1).cosigned(AUDITOR, 1)
    kept = ledger.add_cosignatures(both, [UNION.key])
    assert kept.note.lines == both.note.lines[:2]
    spoilt = signed.with_lines([UNION.sign("another text\n", 1)])
    with pytest.raises(ChangedError, match="does not hold"):
        ledger.add_cosignatures(spoilt, [UNION.key])
    ledger.record(event(5))
    longer = Ledger.open(ledger.store.where).checkpoint(SIGNER)
    with pytest.raises(LedgerError, match="no checkpoint of 4"):
        ledger.add_cosignatures(Checkpoint.parse(str(longer).replace("\n6\n", "\n4\n")), [])


def test_a_key_of_another_name_does_not_sign_this_ledger(make: Make) -> None:
    ledger = make(1)
    for other in (Signer.from_seed("other.example", LOG, SIGNER.seed), UNION):
        with pytest.raises(LedgerError, match=other.key.name):
            ledger.checkpoint(other)


def test_content_is_shown_checked_and_expunged_and_the_ledger_still_verifies(make: Make) -> None:
    ledger = make(0)
    ledger.record(
        Event("case.opened", ACTOR, ("case:17",), {"statement": {"text": "expunge-me"}, "office": "EX01"}), event(1)
    )
    checkpoint = ledger.checkpoint(SIGNER)
    shown = ledger.content(0)
    assert {name: part.value for name, part in shown.items() if part} == {
        "statement": {"text": "expunge-me"},
        "office": "EX01",
    }
    entry = ledger.entry(0).entry
    assert all(part is not None and entry.opens(part) for part in shown.values())
    recorded = ledger.expunge(0, ACTOR, ["statement"])
    assert (recorded.entry.kind, recorded.entry.subjects) == ("content.expunged", ("entry:0", "part:statement"))
    left = ledger.content(0)
    assert left["statement"] is None
    assert left["office"] is not None
    result = verify(ledger, checkpoint, SIGNER.key)
    assert result.ok
    assert result.size == 3
    everywhere = [p.read_bytes() for p in Path(ledger.store.where).parent.rglob("*") if p.is_file()]
    assert not any(b"expunge-me" in data for data in everywhere)
    salt = shown["statement"].salt if shown["statement"] else b""
    assert not any(salt.hex().encode() in data or salt in data for data in everywhere)


def test_expunging_what_is_not_there_is_refused_and_twice_is_harmless(make: Make) -> None:
    ledger = make(1)
    for number, names in ((0, ["other"]), (0, []), (5, None)):
        with pytest.raises(LedgerError):
            ledger.expunge(number, ACTOR, names)
    assert len(ledger) == 1
    ledger.expunge(0, ACTOR)
    ledger.expunge(0, ACTOR)
    assert ledger.content(0) == {"reason": None}


def test_content_that_was_changed_is_not_shown_as_recorded(make: Make, tmp_path: Path) -> None:
    ledger = make(1)
    (path,) = (tmp_path / "contents").glob("??/*.json")
    path.write_text(path.read_text().replace("agreed 0", "refused 0"))
    with pytest.raises(ChangedError, match="content was changed"):
        ledger.content(0)


def test_contents_are_held_against_the_ledger_part_by_part(make: Make, tmp_path: Path) -> None:
    ledger = make(6)
    clean = ledger.check_contents()
    assert (clean.ok, clean.kept, clean.expunged, clean.unrecorded) == (True, 6, 0, ())
    ledger.expunge(1, ACTOR)
    contents = ledger.contents
    assert contents is not None

    def file(number: int) -> Path:
        (value,) = ledger.entry(number).entry.parts.values()
        return tmp_path / "contents" / value[:2] / f"{value}.json"

    file(2).unlink()  # deleted by somebody, with no record of it
    file(3).write_text(file(3).read_text().replace("agreed 3", "refused 3"))
    saved = file(4).read_bytes()
    ledger.expunge(4, ACTOR)
    file(4).write_bytes(saved)  # as a crash would leave it between record and deletion
    orphan = part("reason", "crashed")
    contents.keep([orphan])
    check = ledger.check_contents()
    assert not check.ok
    assert (check.kept, check.expunged) == (3, 1)
    assert check.lost == ((2, "reason"),)
    assert check.changed == ((3, "reason"),)
    assert check.unfinished == ((4, "reason"),)
    assert check.unrecorded == (orphan.commitment,)


def test_nobody_records_an_expunging_that_did_not_take_place(make: Make) -> None:
    ledger = make(1)
    with pytest.raises(LedgerError, match="use expunge"):
        ledger.record(Event("content.expunged", ACTOR, ("entry:0", "part:reason")))
    assert len(ledger) == 1


def test_contents_are_closed_to_others_and_never_in_the_ledger(make: Make, tmp_path: Path) -> None:
    make(3)
    files = list((tmp_path / "contents").glob("??/*.json"))
    assert len(files) == 3
    assert all(path.stat().st_mode & 0o077 == 0 for path in [*files, tmp_path / "contents"])
    Ledger.create(tmp_path / "another", ORIGIN)
    for inside in ("another", "another/contents"):
        with pytest.raises(LedgerError, match="must not lie"):
            FolderContents(tmp_path / inside)


def test_events_with_content_need_a_place_for_it(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path / "ledger", ORIGIN)
    with pytest.raises(LedgerError, match="no place for content"):
        ledger.record(event(0))
    assert len(ledger) == 0


def test_the_ledger_signs_nothing_that_contradicts_what_it_signed(make: Make, tmp_path: Path) -> None:
    ledger = make(6)
    ledger.checkpoint(SIGNER)
    other = Ledger.create(tmp_path / "other", ORIGIN)
    other.record(*[Event("other", ACTOR) for _ in range(8)])
    for text in ledger.store.checkpoints():
        other.store.keep_checkpoint(6, text)
    with pytest.raises(ChangedError, match="not the one"):
        other.checkpoint(SIGNER)


@pytest.mark.parametrize("parse", [Checkpoint.parse, ConsistencyProof.parse, InclusionProof.parse])
def test_what_is_no_checkpoint_or_proof_is_refused_in_words(parse: Callable[[str], object], make: Make) -> None:
    ledger = make(3)
    checkpoint = ledger.checkpoint(SIGNER)
    good = {
        Checkpoint.parse: str(checkpoint),
        ConsistencyProof.parse: str(ledger.prove_growth(2, checkpoint)),
        InclusionProof.parse: str(ledger.prove_entry(1, checkpoint)),
    }[parse]
    assert str(parse(good)) == good
    broken = [
        "",
        "\n\n",
        good[: len(good) // 2],
        good.replace("\n3\n", "\n03\n"),
        good.replace("\n3\n", "\n-3\n"),
        "x" + good,
    ]
    broken += [
        good.replace("old 2", "old two"),
        good.replace("index 1", "index 01"),
        good.replace(ORIGIN + "\n3", "\n3"),
    ]
    for text in broken:
        if text == good or (text == "x" + good and parse == Checkpoint.parse):
            continue  # another name is still a checkpoint; its signature does not hold
        with pytest.raises(LedgerError):
            parse(text)
