# ruff: noqa: E501 - queries read better unbroken
"""The avoided examiner: honest picks, and one broker's files that never stay with one officer."""

import functools

import duckdb
import numpy as np
import pytest

from arusha.demo.schemes.avoided_examiner import STRICT
from arusha.demo.world import World, generate

SEEDS = (5, 9, 11)


@functools.cache
def world(seed: int, strength: str = "strong", size: int = 20_000) -> World:
    return generate(size, seed, schemes={"avoided-examiner": 1}, strengths=(strength,))


def parties(w: World):
    """Scheme, the user who moves files, the examiner, the broker."""
    s = next(s for s in w.truth.schemes if s.kind == "avoided-examiner")
    by, examiner = s.units
    assert by.declarant_id == examiner.declarant_id
    return s, by.officer_id, examiner.officer_id, examiner.declarant_id


def ask(w: World, sql: str, *values):
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    for name, table in w.tables.items():
        con.register(name, table)
    con.register("p", w.truth.assignment_probabilities)
    con.register("planted", w.truth.planted_declarations)
    return con.execute(sql, list(values)).fetchall()


@pytest.mark.parametrize("size", [20_000, 60_000])
@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_planted_and_in_the_key(seed, size):
    w = world(seed, size=size)
    s, by, examiner, broker = parties(w)
    assert s.declarations == ask(w, "SELECT count(*) FROM planted WHERE scheme_id = ?", s.id)[0][0] > 0
    roles = dict(ask(w, "SELECT officer_id, role FROM postings WHERE officer_id IN (?, ?)", by, examiner))
    assert roles[examiner] == "examiner"
    assert roles[by] in ("chief", "other")
    # All that is planted was first picked for the examiner, then moved by the user, and is the broker's.
    rows = ask(
        w,
        """SELECT count(*) FROM planted JOIN declarations d USING (declaration_id)
        JOIN assignments a ON a.declaration_id = d.declaration_id AND a.sequence = 1 AND a.officer_id = ?
        JOIN assignments b ON b.declaration_id = d.declaration_id AND b.sequence = 2 AND b.assigned_by = ? AND b.officer_id <> ?
        WHERE scheme_id = ? AND declarant_id = ? AND d.officer_id = b.officer_id AND d.office = ?""",
        examiner, by, examiner, s.id, broker, s.office,
    )  # fmt: skip
    assert rows == [(s.declarations,)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_examiner_is_strict_picked_as_chance_has_it_and_seldom_keeps_a_file(seed):
    w = world(seed)
    s, _, examiner, broker = parties(w)
    staff = w.country.staff
    assert staff.strictness[list(staff.code).index(examiner)] >= STRICT
    picked, expected, variance = ask(
        w,
        """SELECT sum(picked::INT), sum(probability), sum(probability * (1 - probability)) FROM p JOIN declarations USING (declaration_id)
        WHERE p.officer_id = ? AND declarant_id = ? AND office = ?""",
        examiner, broker, s.office,
    )[0]  # fmt: skip
    # The first pick is honest: within four standard deviations of what the chances say.
    assert abs(picked - expected) <= 4 * variance**0.5
    moved = ask(
        w,
        """SELECT count(*) FROM assignments a JOIN declarations d USING (declaration_id) WHERE sequence = 1 AND a.officer_id = ?
        AND declarant_id = ? AND office = ? AND d.officer_id <> ?""",
        examiner, broker, s.office, examiner,
    )[0][0]  # fmt: skip
    theirs = ask(
        w,
        """SELECT avg((d.officer_id <> a.officer_id)::INT) FROM assignments a JOIN declarations d USING (declaration_id)
        WHERE sequence = 1 AND office = ? AND NOT (a.officer_id = ? AND declarant_id = ?)""",
        s.office, examiner, broker,
    )[0][0]  # fmt: skip
    assert moved > 0.4 * picked > 3 * theirs * picked


@pytest.mark.parametrize("seed", SEEDS)
def test_files_go_to_many_so_that_nobody_is_favoured(seed):
    w = world(seed)
    s, *_ = parties(w)
    takers = [
        n
        for (n,) in ask(
            w,
            "SELECT count(*) FROM planted JOIN declarations USING (declaration_id) WHERE scheme_id = ? GROUP BY officer_id",
            s.id,
        )
    ]
    assert len(takers) >= 3
    assert max(takers) <= 0.6 * sum(takers)


def test_a_chief_moves_files_in_office_hours_only():
    seen = 0
    for seed in range(1, 13):
        w = world(seed)
        if not w.truth.schemes:
            continue
        s, by, _, _ = parties(w)
        if ask(w, "SELECT role FROM postings WHERE officer_id = ?", by) != [("chief",)]:
            continue
        seen += 1
        late = ask(
            w,
            """SELECT count(*) FROM planted JOIN assignments a USING (declaration_id) JOIN offices o ON o.office = ?
            WHERE scheme_id = ? AND sequence = 2 AND (isodow(timezone(zone, assigned_at)) > 5
                OR date_part('hour', timezone(zone, assigned_at)) NOT BETWEEN 6 AND 16)""",
            s.office,
            s.id,
        )
        assert late == [(0,)], seed
    assert seen >= 4


def test_what_is_wrong_is_moved_more_surely():
    moved = {True: [0, 0], False: [0, 0]}
    for seed in range(1, 17):
        w = world(seed, "medium")
        if not w.truth.schemes:
            continue
        _, _, examiner, broker = parties(w)
        d = w.part.draft
        code = list(w.country.staff.code)
        declarants = list(w.country.parties.declarant_code)
        rows = d.examined(declarant=declarants.index(broker))
        rows = rows[d.first[rows] == code.index(examiner)]
        planted = np.isin(rows, d.schemes[0].rows())
        for wrong in (True, False):
            mask = (d.lodged.wrong[rows] > 0) == wrong
            moved[wrong][0] += int(planted[mask].sum())
            moved[wrong][1] += int(mask.sum())
    # By design 1.6 times as surely; some files of either kind come when the chief is not there.
    assert moved[True][1] > 20
    assert moved[True][0] / moved[True][1] > 1.25 * moved[False][0] / moved[False][1]


def test_a_stronger_one_takes_more_away():
    """Part of the examiner's first picks of this broker that are moved, over several years."""
    part = {}
    for strength in ("weak", "medium", "strong"):
        moved = picked = 0
        for seed in range(1, 9):
            w = world(seed, strength)
            if not w.truth.schemes:
                continue
            s, _, examiner, broker = parties(w)
            moved += s.declarations
            picked += ask(
                w,
                "SELECT count(*) FROM assignments a JOIN declarations USING (declaration_id) WHERE sequence = 1 AND a.officer_id = ? AND declarant_id = ?",
                examiner,
                broker,
            )[0][0]
        part[strength] = moved / picked
    assert part["weak"] < 0.75 * part["medium"]
    assert part["medium"] < 0.85 * part["strong"]
