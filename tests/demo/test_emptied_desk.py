# ruff: noqa: E501 - queries read better unbroken
"""The emptied desk: nobody touches the pick, but who was there to be picked was arranged."""

import functools

import duckdb
import pytest

from arusha.demo.schemes.emptied_desk import MOST_DAYS, SENT
from arusha.demo.world import World, generate

SEEDS = (5, 9, 11)
LOCAL_DAY = "CAST(timezone((SELECT zone FROM offices o WHERE o.office = {0}.office), {1}) AS DATE)"


@functools.cache
def world(seed: int, strength: str = "strong", size: int = 20_000) -> World:
    return generate(size, seed, schemes={"emptied-desk": 1}, strengths=(strength,))


def scheme(w: World):
    return next(s for s in w.truth.schemes if s.kind == "emptied-desk")


def ask(w: World, sql: str, *values):
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    for name, table in w.tables.items():
        con.register(name, table)
    con.register("p", w.truth.assignment_probabilities)
    con.register("planted", w.truth.planted_declarations)
    # Absences of one day, recorded the day before: no honest duty of the country is of that kind.
    con.execute(
        "CREATE VIEW arranged AS SELECT * FROM duties WHERE to_date = from_date + 1 AND CAST(recorded_at AS DATE) = from_date - 1"
    )
    return con.execute(sql, list(values)).fetchall()


@pytest.mark.parametrize("size", [20_000, 60_000])
@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_planted_and_in_the_key(seed, size):
    w = world(seed, size=size)
    s = scheme(w)
    entry = next(k for k in w.truth.answer_key()["schemes"] if k["id"] == s.id)
    assert (entry["kind"], entry["strength"], entry["office"]) == ("emptied-desk", "strong", s.office)
    assert entry["declarations_affected"] == ask(w, "SELECT count(*) FROM planted WHERE scheme_id = ?", s.id)[0][0]
    (unit,) = s.units
    assert ask(w, "SELECT count(*) FROM postings WHERE officer_id = ? AND office = ?", unit.officer_id, s.office) == [
        (1,)
    ]
    others = ask(
        w,
        "SELECT count(*) FROM planted JOIN declarations USING (declaration_id) WHERE scheme_id = ? AND (declarant_id <> ? OR office <> ?)",
        s.id,
        unit.declarant_id,
        s.office,
    )
    assert others == [(0,)]


@pytest.mark.parametrize("seed", SEEDS)
def test_absences_are_the_chiefs_and_on_the_brokers_days(seed):
    w = world(seed)
    s = scheme(w)
    by = ask(w, "SELECT DISTINCT role, office FROM arranged JOIN postings ON postings.officer_id = recorded_by")
    assert by == [("chief", s.office)]
    day = LOCAL_DAY.format("d", "registered_at")
    off = ask(w, "SELECT DISTINCT from_date FROM arranged ORDER BY 1")
    lodged = ask(
        w,
        f"SELECT DISTINCT {day} FROM planted JOIN declarations d USING (declaration_id) WHERE scheme_id = ? ORDER BY 1",
        s.id,
    )
    assert off == lodged
    assert 1 < len(off) <= 2 * MOST_DAYS
    assert ask(w, "SELECT max(n) FROM (SELECT count(*) AS n FROM arranged GROUP BY from_date)")[0][0] <= SENT["strong"]


@pytest.mark.parametrize("seed", SEEDS)
def test_who_is_sent_away_is_nowhere_that_day(seed):
    w = world(seed)
    assert ask(w, "SELECT count(*) FROM arranged")[0][0] > 10
    for table, officer, at in (("shifts", "officer_id", "starts_at"), ("assignments", "officer_id", "assigned_at")):
        joined = (
            table
            if table == "shifts"
            else "(SELECT a.*, office FROM assignments a JOIN declarations USING (declaration_id))"
        )
        day = LOCAL_DAY.format("t", f"t.{at}")
        # A second pick of the day may still name somebody who comes back the next morning; a first pick may not.
        first = "" if table == "shifts" else "AND sequence = 1"
        seen = ask(
            w,
            f"SELECT count(*) FROM {joined} t JOIN arranged a ON a.officer_id = t.{officer} WHERE {day} = a.from_date "
            f"AND date_part('hour', timezone((SELECT zone FROM offices o WHERE o.office = t.office), t.{at})) >= 6 {first}",
        )
        assert seen == [(0,)], table
    # Nor do they log in: a night shift that began the day before is the only reason to be seen.
    logins = ask(
        w,
        f"""SELECT count(*) FROM events e JOIN arranged a ON a.officer_id = e.user_id JOIN postings t ON t.officer_id = e.user_id
        WHERE action = 'login' AND {LOCAL_DAY.format("t", "occurred_at")} = a.from_date""",
    )
    assert logins == [(0,)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_officer_is_nearly_alone_on_those_days_and_the_pick_is_honest(seed):
    w = world(seed)
    s = scheme(w)
    (unit,) = s.units
    arranged, otherwise = ask(
        w,
        """SELECT avg(probability) FILTER (declaration_id IN (SELECT declaration_id FROM planted WHERE scheme_id = ?)),
        avg(probability) FILTER (declaration_id NOT IN (SELECT declaration_id FROM planted WHERE scheme_id = ?))
        FROM p WHERE officer_id = ?""",
        s.id,
        s.id,
        unit.officer_id,
    )[0]
    assert arranged > 2 * otherwise
    assert not any(w.truth.assignment_probabilities["manipulated"].to_pylist())
    # What was picked is what the chances say, given who was there.
    seen, expected, variance = ask(
        w,
        """SELECT sum(picked::INT), sum(probability), sum(probability * (1 - probability)) FROM p
        JOIN planted USING (declaration_id) WHERE scheme_id = ? AND officer_id = ?""",
        s.id,
        unit.officer_id,
    )[0]
    # Four standard deviations, and one pick for the batches that are drawn together.
    assert abs(seen - expected) <= 4 * variance**0.5 + 1


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("strength", ["weak", "strong"])
def test_the_year_stays_consistent(seed, strength):
    w = world(seed, strength)
    scheme(w)
    assert ask(
        w, "SELECT count(*) FROM (SELECT 1 FROM p GROUP BY assignment_id HAVING abs(sum(probability) - 1) > 1e-12)"
    ) == [(0,)]
    off_shift = """SELECT count(*) FROM p JOIN assignments a USING (assignment_id) JOIN declarations d ON d.declaration_id = a.declaration_id
        WHERE NOT EXISTS (SELECT 1 FROM shifts s WHERE s.officer_id = p.officer_id AND s.office = d.office
            AND a.assigned_at >= s.starts_at AND a.assigned_at < s.ends_at)"""
    assert ask(w, off_shift) == [(0,)]
    working = """SELECT count(*) FROM inspections i WHERE NOT EXISTS (SELECT 1 FROM shifts s WHERE s.officer_id = i.officer_id
        AND i.ended_at BETWEEN s.starts_at AND s.ends_at)"""
    assert ask(w, working) == [(0,)]


def test_a_stronger_one_sends_more_away():
    def absences(strength: str) -> int:
        return sum(ask(world(seed, strength), "SELECT count(*) FROM arranged")[0][0] for seed in SEEDS)

    weak, medium, strong = absences("weak"), absences("medium"), absences("strong")
    assert 0 < 1.5 * weak < medium
    assert 1.3 * medium < strong


def test_two_may_stand_side_by_side():
    w = generate(20_000, 5, schemes={"emptied-desk": 2, "steering-pick": 2}, strengths=("strong",))
    pairs = [u for s in w.truth.schemes if not s.rides_on for u in s.units]
    assert len({u.officer_id for u in pairs}) == len({u.declarant_id for u in pairs}) == len(pairs) >= 3
