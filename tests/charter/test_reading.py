"""The state of a charter is kept under its ledger's content: no change of a byte is passed over, none is remembered."""

from __future__ import annotations

import os
import shutil

import pytest
from world import WHO, World

from arusha.charter import Charter
from arusha.charter.charter import FOLDER
from arusha.charter.reading import fingerprint
from arusha.ledger import ChangedError, LedgerError


def test_what_was_read_once_is_given_again_and_read_anew_after_an_act(world: World, monkeypatch) -> None:
    charter = world.charter
    charter.state()
    reads = []
    read = Charter._read
    monkeypatch.setattr(Charter, "_read", lambda self: reads.append(1) or read(self))
    first = charter.state()
    assert charter.state() is first
    assert not reads
    charter.withdraw(WHO["analyst"], WHO["analyst"], "analyst")
    assert not charter.state().holds(WHO["analyst"], "analyst")
    assert reads, "an act makes it another ledger"


@pytest.mark.parametrize("name", ["entries.jsonl", "hashes.bin"])
def test_a_byte_that_is_written_over_is_seen_also_where_size_and_times_are_put_back(name: str, world: World) -> None:
    charter = world.charter
    charter.state()
    path = charter.path / "ledger" / name
    about, data = path.stat(), bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    with pytest.raises(ChangedError):
        charter.state()
    with pytest.raises(ChangedError):
        charter.state()
    data[len(data) // 3] ^= 1
    path.write_bytes(data)
    assert charter.state().made


def test_a_ledger_that_is_put_back_says_what_it_said_then(world: World, tmp_path) -> None:
    charter, kept = world.charter, tmp_path / "copy"
    before = charter.state()
    shutil.copytree(charter.path / "ledger", kept)
    charter.withdraw(WHO["analyst"], WHO["analyst"], "analyst")
    assert charter.state() != before
    shutil.rmtree(charter.path / "ledger")
    shutil.copytree(kept, charter.path / "ledger")
    assert charter.state() == before


def test_a_file_more_or_under_another_name_is_another_content(world: World) -> None:
    folder = world.charter.path / "ledger"
    assert world.charter.path.name == FOLDER
    before = fingerprint(folder)
    (folder / "checkpoints" / "000000000001.txt").write_text("not one")
    assert fingerprint(folder) != before
    (folder / "checkpoints" / "000000000001.txt").rename(folder / "checkpoints" / "000000000002.txt")
    other = fingerprint(folder)
    assert other != before
    with pytest.raises((ChangedError, LedgerError)):
        world.charter.state()
