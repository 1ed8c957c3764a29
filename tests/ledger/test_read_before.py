"""Bytes that were verified before are hashed and not parsed; whatever somebody does to them, the answer is the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arusha.ledger import Ledger, verify
from arusha.ledger import scan as scanning
from arusha.ledger.scan import ReadBefore

from .conftest import SIGNER, plain
from .test_tampering import ATTACKS, FORGERS, SIZE, Attack, held_by_a_witness, write

Make = Callable[[int], Ledger]


def lines_of(ledger: Ledger) -> list[bytes]:
    return list(ledger.store.entries())


@pytest.mark.parametrize("forger", FORGERS)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.__name__)
def test_an_edited_prefix_is_detected_as_if_nothing_were_kept(make_plain: Make, attack: Attack, forger: str) -> None:
    ledger = make_plain(11)
    checkpoint = held_by_a_witness(ledger)
    kept: dict[str, ReadBefore] = {}
    assert verify(ledger, checkpoint, kept=kept).ok
    assert verify(ledger, checkpoint, kept=kept) == verify(ledger, checkpoint)
    write(ledger, attack(lines_of(ledger)), forger)
    plainly = verify(ledger, checkpoint)
    assert not plainly.ok
    assert verify(ledger, checkpoint, kept=kept) == plainly
    assert verify(ledger, kept=kept) == verify(ledger), "without a checkpoint too"


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_byte_is_another_the_answer_is_that_of_reading_everything(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ledger = Ledger.create(tmp_path_factory.mktemp("bytes") / "ledger", "customs.example/ledger")
    ledger.record(*[plain(n) for n in range(data.draw(st.integers(1, 9)))])
    ledger.checkpoint(SIGNER)
    kept: dict[str, ReadBefore] = {}
    assert verify(ledger, kept=kept).ok
    if data.draw(st.booleans()):
        ledger.record(*[plain(n) for n in range(20, 23)])
    folder = Path(ledger.store.where)
    name = data.draw(st.sampled_from(["entries.jsonl", "hashes.bin"]))
    held = bytearray((folder / name).read_bytes())
    at = data.draw(st.integers(0, len(held) - 1))
    held[at] ^= 1 << data.draw(st.integers(0, 7))
    (folder / name).write_bytes(held)
    told = verify(ledger, kept=kept)
    assert told == verify(ledger)
    assert not told.ok


def test_only_what_came_since_is_parsed(make_plain: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = make_plain(SIZE)
    kept: dict[str, ReadBefore] = {}
    verify(ledger, kept=kept)
    parsed: list[bytes] = []
    parse = scanning.Entry.parse
    monkeypatch.setattr(scanning.Entry, "parse", lambda line: (parsed.append(line), parse(line))[1])
    assert verify(ledger, kept=kept).size == SIZE
    assert parsed == []
    ledger.record(plain(100), plain(101))
    assert verify(ledger, kept=kept).size == SIZE + 2
    assert len(parsed) == 2
    ledger.checkpoint(SIGNER)
    parsed.clear()
    verify(ledger, kept=kept)
    assert verify(ledger, kept=kept) == verify(ledger)


def test_a_ledger_with_a_problem_is_never_kept(make_plain: Make) -> None:
    ledger = make_plain(SIZE)
    kept: dict[str, ReadBefore] = {}
    write(ledger, ATTACKS[0](lines_of(ledger)), "clumsy")
    assert not verify(ledger, kept=kept).ok
    assert kept == {}


def test_an_older_copy_put_back_is_read_whole_and_a_ledger_put_back_as_it_was_is_the_same(make_plain: Make) -> None:
    ledger = make_plain(SIZE)
    kept: dict[str, ReadBefore] = {}
    verify(ledger, kept=kept)
    whole = lines_of(ledger)
    write(ledger, whole[:5], "thorough")
    assert verify(ledger, kept=kept) == verify(ledger)
    assert kept[ledger.store.where].size == 5
    write(ledger, whole, "thorough")
    assert verify(ledger, kept=kept) == verify(ledger)


def test_what_is_kept_may_be_of_another_ledger(make_plain: Make, tmp_path: Path) -> None:
    """Its place alone proves nothing: the digest of the bytes does."""
    ledger = make_plain(SIZE)
    other = Ledger.create(tmp_path / "other", "other.example/ledger")
    other.record(*[plain(n) for n in range(50, 50 + SIZE)])
    kept: dict[str, ReadBefore] = {}
    verify(other, kept=kept)
    mixed = {ledger.store.where: kept[other.store.where]}
    assert verify(ledger, kept=mixed) == verify(ledger)


def test_time_that_stepped_back_is_said_as_before(make_plain: Make) -> None:
    ledger = make_plain(3)
    lines = lines_of(ledger)
    write(ledger, [*lines[1:], lines[0]], "thorough")
    kept: dict[str, ReadBefore] = {}
    first = verify(ledger, kept=kept)
    assert verify(ledger, kept=kept) == first
    ledger.record(plain(9))
    assert verify(ledger, kept=kept).notes == verify(ledger).notes
