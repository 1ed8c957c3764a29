"""What subtraction gives, held against trying everything; waves, measures and classes."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from arusha.errors import SurveyError
from arusha.surveys import Cell, Ledger, suppress
from arusha.surveys.disclosure.subtraction import follows, recoverable


def by_trying(groups, smallest, most=4):
    """Unions of up to four atoms below the smallest group that are combinations, by projection of each."""
    people = sorted({p for g in groups for p in g})
    member = np.array([[p in g for p in people] for g in groups], float)
    atoms, code = np.unique(member, axis=1, return_inverse=True)
    code = np.ravel(code)
    sizes, found = np.bincount(code), []
    seen = np.linalg.pinv(atoms) @ atoms  # a projection: what is in the row space stays as it is
    for many in range(1, most + 1):
        for chosen in combinations(range(atoms.shape[1]), many):
            if sizes[list(chosen)].sum() >= smallest or any(set(f) <= set(chosen) for f in found):
                continue
            wanted = np.isin(np.arange(atoms.shape[1]), chosen).astype(float)
            if np.abs(seen @ wanted - wanted).max() < 1e-8:
                found.append(chosen)
    return {frozenset(p for p, c in zip(people, code, strict=True) if c in f) for f in found}


@pytest.mark.parametrize("seed", range(40))
def test_what_subtraction_gives_is_what_trying_everything_gives(seed):
    draw = np.random.default_rng(seed)
    people = int(draw.integers(6, 40))
    groups = [frozenset(np.flatnonzero(draw.random(people) < draw.uniform(0.2, 0.8)).tolist()) for _ in range(6)]
    groups = [g for g in groups if g]
    # Unions that matter are often made: A, B, and A and B less a few.
    groups.append(groups[0] | groups[1])
    groups.append((groups[0] | groups[2]) - frozenset(range(int(draw.integers(1, 5)))))
    assert set(recoverable(groups, 10)) == by_trying(groups, 10)


def test_four_scattered_people_are_found_among_a_thousand():
    """No single, pair or three follows; the four together do: 500 of 1,000 people, and the same with four exchanged."""
    draw = np.random.default_rng(5)
    names = draw.permutation(1000)
    four, rest = names[:4].tolist(), names[4:504].tolist()
    groups = [frozenset(rest) | frozenset(four), frozenset(rest)]
    # Each person is told apart by tables of many people, so that the four are no atom.
    groups += [frozenset(np.flatnonzero(draw.random(1000) < 0.5).tolist()) for _ in range(40)]
    assert recoverable(groups, 10) == (frozenset(four),)


def waves(draw):
    """Three waves of a survey of 90 people by region and rank: some leave, some come, some move."""
    region, rank = draw.integers(0, 3, 90), draw.integers(0, 2, 90)
    there = draw.random(90) < 0.9
    for _ in range(3):
        yield there.copy(), region.copy(), rank.copy()
        there ^= draw.random(90) < 0.04
        move = draw.random(90) < 0.03
        region[move] = draw.integers(0, 3, move.sum())


def cells_of(there, region, rank, said):
    cells = []
    for r in [None, 0, 1, 2]:
        for k in [None, 0, 1]:
            inside = there & (region == r if r is not None else True) & (rank == k if k is not None else True)
            people = frozenset(np.flatnonzero(inside).tolist())
            cells.append(Cell(f"region {r}, rank {k}", people, int(said[inside].sum())))
    return cells


@pytest.mark.parametrize("seed", range(8))
def test_an_attack_over_tables_and_waves_recovers_nothing(seed):
    """Cross tables of two questions in three waves: no group below ten and no withheld cell of a question follows."""
    draw = np.random.default_rng(seed)
    ledger = Ledger()
    withheld = {"a": [], "b": []}
    shown = {"a": [], "b": []}
    for wave in waves(draw):
        for question in ("a", "b"):
            said = draw.random(90) < (0.3 if question == "a" else 0.04)
            cells = cells_of(*wave, said)
            try:
                result = suppress(cells, ledger, question)
            except SurveyError:
                continue  # refused whole: nothing came out
            ledger = result.ledger
            shown[question] += [c.people for c in result.published]
            withheld[question] += [
                c.people for c in cells if result.withheld.get(c.label) in ("small", "all-alike") and c.people
            ]
    everything = [*shown["a"], *shown["b"]]
    assert everything
    assert by_trying(list(dict.fromkeys(everything)), 10, most=3) == set()
    for question in ("a", "b"):
        for group in withheld[question]:
            assert not follows(shown[question], group)


def test_what_is_withheld_of_one_question_may_be_told_of_another():
    north, south = frozenset(range(30)), frozenset(range(30, 70))
    first = suppress([Cell("north", north, yes=0), Cell("south", south, yes=9)], Ledger(), "paid")
    assert first.withheld == {"north": "all-alike"}
    second = suppress([Cell("north", north, yes=12), Cell("south", south, yes=9)], first.ledger, "saw")
    assert second.withheld == {}
    with pytest.raises(SurveyError, match="the smallest of 30"):  # all of the first question would give the north
        second.ledger.release([north | south], "paid")
    second.ledger.release([north | south], "saw")


def test_a_threshold_that_rises_does_not_stop_what_gives_nothing_new():
    before = Ledger().release([frozenset(range(12)), frozenset(range(40))]).raised(15)
    other = [frozenset(range(100, 130))]
    assert other[0] in before.release(other).released
    with pytest.raises(SurveyError, match="follow by subtraction"):
        before.release([frozenset(range(25))])


def test_classes_stand_for_people():
    """A table of which only counts are known: classes are units, with their sizes."""
    ledger = Ledger().knowing({"clerks": 40, "heads": 4, "guards": 25})
    result = suppress(
        [
            Cell("all", frozenset({"clerks", "heads", "guards"})),
            Cell("clerks", frozenset({"clerks"})),
            Cell("heads", frozenset({"heads"})),
            Cell("guards", frozenset({"guards"})),
        ],
        ledger,
    )
    assert result.withheld == {"heads": "small", "guards": "secondary"}
    with pytest.raises(SurveyError, match="had 4 people and has 5"):
        result.ledger.knowing({"heads": 5})
    with pytest.raises(SurveyError, match="of 0 people"):
        ledger.knowing({"none": 0})
