# ruff: noqa: E501 - queries read better unbroken
"""The thinned desk: half of it is on a course that was planned before the year, in a broker's season."""

import functools

import duckdb
import pytest

from arusha.demo.world import World, generate

SEEDS = (5, 9, 11)


@functools.cache
def world(seed: int, size: int = 20_000) -> World:
    return generate(size, seed, clean=True)


def ask(w: World, sql: str, *values):
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    for name, table in w.tables.items():
        con.register(name, table)
    con.register("p", w.truth.assignment_probabilities)
    con.execute("CREATE VIEW course AS SELECT * FROM duties WHERE detail = 'academy, long course'")
    return con.execute(sql, list(values)).fetchall()


def known(w: World):
    return next(k for k in w.truth.lookalikes if k.kind == "thinned-desk")


@pytest.mark.parametrize("size", [20_000, 60_000])
@pytest.mark.parametrize("seed", SEEDS)
def test_course_was_recorded_before_the_year_and_nobody_on_it_works(seed, size):
    w = world(seed, size)
    k = known(w)
    assert k.units
    courses = ask(
        w, "SELECT DISTINCT from_date, to_date, max(recorded_at) OVER () < TIMESTAMPTZ '2025-01-01' FROM course"
    )
    assert len(courses) == 1
    assert (courses[0][1] - courses[0][0]).days == 56
    assert courses[0][2]
    assert ask(w, "SELECT count(*) >= 2 FROM course") == [(True,)]
    working = ask(
        w,
        """SELECT count(*) FROM shifts s JOIN course c USING (officer_id) JOIN offices o USING (office)
        WHERE CAST(timezone(zone, starts_at) AS DATE) >= from_date AND CAST(timezone(zone, starts_at) AS DATE) < to_date""",
    )
    assert working == [(0,)]


@pytest.mark.parametrize("size", [20_000, 60_000])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_brokers_season_is_the_course(seed, size):
    w = world(seed, size)
    k = known(w)
    (broker,) = {u.declarant_id for u in k.units}
    mine, others = ask(
        w,
        """SELECT avg(inside::INT) FILTER (declarant_id = ?), avg(inside::INT) FILTER (declarant_id <> ?) FROM (
            SELECT declarant_id, registered_at::DATE >= from_date AND registered_at::DATE < to_date AS inside FROM declarations,
            (SELECT DISTINCT from_date, to_date FROM course) WHERE office = ?)""",
        broker, broker, k.office,
    )[0]  # fmt: skip
    assert mine > 2 * others


@pytest.mark.parametrize("seed", SEEDS)
def test_those_who_stay_meet_the_broker_more_often_in_the_course_than_else(seed):
    w = world(seed)
    k = known(w)
    (broker,) = {u.declarant_id for u in k.units}
    chances = ask(
        w,
        """SELECT 1.0 / count(*), any_value(a.assigned_at::DATE >= c.from_date AND a.assigned_at::DATE < c.to_date) FROM p
        JOIN assignments a USING (assignment_id) JOIN declarations d ON d.declaration_id = a.declaration_id,
        (SELECT DISTINCT from_date, to_date FROM course) c WHERE declarant_id = ? AND office = ? GROUP BY assignment_id""",
        broker,
        k.office,
    )
    inside = [float(c) for c, during in chances if during]
    outside = [float(c) for c, during in chances if not during]
    assert len(inside) >= 20
    assert sum(inside) / len(inside) > 1.2 * sum(outside) / len(outside)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_pair_is_of_a_planted_officer(seed):
    w = generate(20_000, seed)
    guilty = {u.officer_id for s in w.truth.schemes for u in s.units}
    assert not guilty & {u.officer_id for u in known(w).units}
