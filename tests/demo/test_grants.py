"""Rights of the demo: honest ones that meet, chiefs who kept one, and nothing else of a year moved by them."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from arusha.access.clashes import Found, count
from arusha.access.role_acts import read_acts
from arusha.demo import generate, registers, write_canonical
from arusha.demo.grants import ACTS, CONFLICTS, grants
from arusha.demo.world import World
from arusha.engine import open_session
from arusha.records.load import load
from arusha.records.workspace import Workspace


@functools.cache
def world() -> World:
    return generate(12_000, 1)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    folder = tmp_path_factory.mktemp("rights")
    write_canonical(world(), folder / "canonical")
    load(folder / "canonical", "canonical", folder / "w.arusha", pseudonyms="off")
    with open_session(Workspace.open(folder / "w.arusha")) as session:
        return count(session, read_acts(ACTS), [], lambda *_: None)


def test_rights_are_drawn_apart_from_everything_else() -> None:
    country = world().country
    before = registers.standing(country, world().part.draft.roster)
    assert grants(country).equals(grants(country))
    assert before["grants"].equals(world().tables["grants"])
    after = registers.standing(country, world().part.draft.roster)
    assert all(after[name].equals(before[name]) for name in before)


def test_every_pair_but_one_meets_and_only_what_was_kept_is_used(found: Found) -> None:
    assert found.pairs == tuple(sorted((min(p), max(p)) for p in CONFLICTS))
    meets = {clash.pair for clash in found.clashes}
    assert ("CHANNEL", "CHIEF") in meets
    assert ("EXAMINER", "SYSTEM") in meets
    assert ("CHIEF", "SYSTEM") not in meets
    assert found.used is not None
    assert {used.pair for used in found.used} == {("CHANNEL", "CHIEF")}
    assert all(used.together and not used.in_turn and not used.lacking for used in found.used)
    assert found.strangers == (0, 0)
    assert found.silent == ("SUPERVISOR",)
    assert (found.unknown, found.unread, sum(found.problems.values())) == ((), (), 0)


def test_honest_rights_end(found: Found) -> None:
    honest = [c for c in found.clashes if c.pair in (("CHIEF", "EXAMINER"), ("EXAMINER", "SUPERVISOR"))]
    assert honest
    for clash in honest:
        for start, end in clash.spans:
            assert end is not None
            assert (end - start).days <= (1 if "SUPERVISOR" in clash.pair else 15)


def test_acts_are_declared_beside_the_records_never_in_them(tmp_path: Path) -> None:
    write_canonical(world(), tmp_path / "c")
    assert "role_acts" not in {path.stem for path in (tmp_path / "c").iterdir()}
