"""Attacks by subtraction: what follows from all numbers of a job, worked out with fractions and by trying every set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import pytest

from arusha.fairness.audit import FEWEST, Asked, Audit, audits
from arusha.fairness.people import Person

Group = frozenset[str]
Groups = Mapping[str, Mapping[str, str]]


def sums_of(asked: Mapping[str, Asked], groups: Groups, done: Mapping[str, Audit]) -> dict[str, list[Group]]:
    """What an attacker who knows who is of which group reads off the audits: sets of which a number is told.

    ``counts``: sets that are counted. ``question``: sets of which the people signalled are counted.
    """
    found: dict[str, list[Group]] = {"counts": []}
    for question, one in asked.items():
        some = frozenset(set(one.known) & set(groups))
        signalled = frozenset(w for w in some if one.known[w].signalled)
        found[question] = []
        for c in done[question].compared:
            members = frozenset(w for w in some if (groups[w][c.attribute] or "not stated") == c.group)
            if c.people is not None:
                assert c.people == len(members)
                found["counts"].append(members)
            if c.signalled is not None:
                assert c.signalled == len(members & signalled)
                found["counts"].append(members & signalled)
                found[question].append(members)
            if c.explained is not None:
                found["counts"].append(frozenset(w for w in members & signalled if one.known[w].explained))
        stable = done[question].stability
        if stable is not None and stable.first is not None and one.periods is not None:
            both = frozenset(set(one.periods[0]) & set(one.periods[1]))
            halves = [frozenset(w for w in both if half[w].signalled) for half in one.periods]
            found["counts"] += [both, *halves, *([halves[0] & halves[1]] if stable.again is not None else [])]
    return found


def always(asked: Mapping[str, Asked], groups: Groups, done: Mapping[str, Audit]) -> list[Group]:
    """Sets that hold no group: who is tested is known, and how many are signalled in all."""
    found = []
    for question, one in asked.items():
        some = frozenset(set(one.known) & set(groups))
        found += [some, frozenset(one.known)]
        if done[question].signalled is not None:
            found.append(frozenset(w for w in some if one.known[w].signalled))
    return found


MOST_CELLS = 19
"""Half a million unions of cells are tried; worlds of more cells are left out."""


class TooLargeError(Exception):
    """A world of more cells than can all be tried."""


def cells(rows: Sequence[Group]) -> list[Group]:
    """People whom no row tells apart."""
    of: dict[tuple[int, ...], set[str]] = {}
    for who in frozenset[str]().union(*rows):
        of.setdefault(tuple(k for k, row in enumerate(rows) if who in row), set()).add(who)
    return [frozenset(some) for some in of.values()]


def nullspace(rows: Sequence[Group], parts: Sequence[Group]) -> list[list[Fraction]]:
    """A basis of what every row is orthogonal to, exactly."""
    left = [[Fraction(int(part <= row)) for part in parts] for row in rows]
    leads: list[int] = []
    for column in range(len(parts)):
        row = next((k for k in range(len(leads), len(left)) if left[k][column]), None)
        if row is None:
            continue
        here = len(leads)
        left[here], left[row] = left[row], left[here]
        left[here] = [v / left[here][column] for v in left[here]]
        for other in range(len(left)):
            if other != here and left[other][column]:
                times = left[other][column]
                left[other] = [v - times * w for v, w in zip(left[other], left[here], strict=True)]
        leads.append(column)
    basis = []
    for free in (c for c in range(len(parts)) if c not in leads):
        vector = [Fraction(0)] * len(parts)
        vector[free] = Fraction(1)
        for row, lead in enumerate(leads):
            vector[lead] = -left[row][free]
        basis.append(vector)
    return basis


def derived(rows: Sequence[Group]) -> list[Group]:
    """Every set of people at all whose sum follows from the rows: all unions of cells, each tried exactly."""
    if not rows:
        return []
    parts = cells(rows)
    if len(parts) > MOST_CELLS:
        raise TooLargeError
    holds = np.ones(1 << len(parts), np.bool_)
    for vector in nullspace(rows, parts):
        scale = np.lcm.reduce([v.denominator for v in vector])
        total = np.zeros(1, np.int64)
        for v in vector:
            total = np.concatenate([total, total + int(v * scale)])
        holds &= total == 0
    return [
        frozenset[str]().union(*(part for k, part in enumerate(parts) if code >> k & 1))
        for code in np.flatnonzero(holds)[1:].tolist()
    ]


def attack(asked: Mapping[str, Asked], groups: Groups) -> list[str]:
    """What an attacker learns that nobody is to learn, in words."""
    done = audits(asked, groups)
    rows = sums_of(asked, groups, done)
    known = always(asked, groups, done)
    harmless = set(derived(known))
    found = [
        f"a set of {len(people)}"
        for people in derived([*rows["counts"], *known])
        if len(people) < FEWEST and people not in harmless
    ]
    for question, one in asked.items():
        for people in derived(rows[question]):
            have = sum(one.known[w].signalled for w in people)
            if not FEWEST <= have <= len(people) - FEWEST:
                found.append(f"{have} signalled of {len(people)} by {question}")
    return found


def world(seed: int, *, questions: int = 1) -> tuple[dict[str, Asked], dict[str, dict[str, str]]]:
    """Few people in two attributes that are alike but for some of them; a second question tests a few others."""
    rng = np.random.default_rng([seed, 4])
    size = int(rng.integers(40, 140))
    who = [f"w{k:03d}" for k in range(size)]
    gender = rng.random(size) < rng.choice([0.3, 0.5, 0.7])
    moved = np.zeros(size, np.bool_)
    moved[rng.choice(size, int(rng.integers(0, 15)), replace=False)] = True
    shift = np.where(gender ^ moved, "day", "night")
    if rng.random() < 0.4:
        shift[rng.choice(size, int(rng.integers(1, 14)), replace=False)] = "both"
    groups = {
        w: {"gender": ("men", "women")[int(g)], "shift": str(s)} for w, g, s in zip(who, gender, shift, strict=True)
    }
    asked = {}
    for k in range(questions):
        tested = who if k == 0 else [w for w in who if rng.random() < 0.95]
        often = rng.choice([0.3, 0.5, 0.7])
        known = {w: Person(int(rng.integers(10, 200)), bool(rng.random() < often), False) for w in tested}
        asked[f"q{k}"] = Asked(known, 0.1)
    return asked, groups


def leaks(seeds: range, *, questions: int = 1) -> tuple[dict[int, list[str]], int]:
    """What is learnt in each of these worlds, and how many were tried."""
    found, tried = {}, 0
    for seed in seeds:
        try:
            learnt = attack(*world(seed, questions=questions))
        except TooLargeError:
            continue
        tried += 1
        if learnt:
            found[seed] = learnt
    return found, tried


@pytest.mark.control("AC-23", never=True)
def test_groups_of_different_attributes_are_subtracted() -> None:
    """In three hundred small worlds no set of one to nine people follows, nor a count that is nearly none or all."""
    assert leaks(range(300)) == ({}, 300)


def test_audits_of_several_questions_made_together_are_subtracted() -> None:
    found, tried = leaks(range(1000, 1080), questions=2)
    assert found == {}
    assert tried > 40


def test_what_gives_nobody_away_is_still_told() -> None:
    """The attack is no reason for silence: numbers are left where nothing follows from them."""
    told = counted = 0
    for seed in range(100):
        asked, groups = world(seed)
        done = audits(asked, groups)["q0"]
        told += sum(c.people is not None for c in done.compared)
        counted += len(done.compared)
    assert told / counted > 0.5


def test_two_groups_that_differ_by_three_people() -> None:
    """Fifty women, forty-seven of them by day with nobody else: the three who are not would be told."""
    known = {f"w{k}": Person(50, k % 2 == 0, False) for k in range(100)}
    groups = {
        f"w{k}": {"gender": "women" if k < 50 else "men", "shift": "day" if k < 47 else "night"} for k in range(100)
    }
    done = audits({"q": Asked(known, 0.1)}, groups)["q"]
    sizes = {(c.attribute, c.group): c.people for c in done.compared}
    assert len(sizes) == 4, "words are told of every group"
    assert sum(n is None for n in sizes.values()) == 2, "numbers of one attribute only"
    wider = {w: told | {"shift": "day" if int(w[1:]) < 40 else "night"} for w, told in groups.items()}
    done = audits({"q": Asked(known, 0.1)}, wider)["q"]
    assert all(c.people is not None for c in done.compared), "ten people's sizes may be told"


def test_the_second_half_tells_of_nobody() -> None:
    """The people of both halves are those of one group but for four."""
    known = {f"w{k}": Person(50, k % 2 == 0, False) for k in range(100)}
    groups = {w: {"grade": "I" if int(w[1:]) < 50 else "II"} for w in known}
    half = {w: Person(25, int(w[1:]) % 4 < 2, False) for w in known if int(w[1:]) < 46}
    asked = {"q": Asked(known, 0.1, (half, half))}
    assert attack(asked, groups) == []
    done = audits(asked, groups)["q"]
    assert done.stability is not None
    assert done.stability.share is None
    assert all(c.people is not None for c in done.compared), "the halves go first"
