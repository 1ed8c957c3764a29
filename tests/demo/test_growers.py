# ruff: noqa: E501 - queries read better unbroken
"""The growers' co-operative: everything about it looks favoured, and nothing is."""

import functools

import duckdb
import pyarrow as pa
import pytest

from arusha.demo.world import World, generate

SEEDS = (5, 9, 11)


@functools.cache
def world(seed: int, size: int = 20_000) -> World:
    return generate(size, seed, clean=True, lookalikes={"growers-cooperative": 1})


def ask(w: World, sql: str, *values):
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    for name, table in w.tables.items():
        con.register(name, table)
    con.register("h", w.truth.honest_values)
    con.register("members", pa.table({"importer_id": list(known(w).importers)}))
    return con.execute(sql, list(values)).fetchall()


def known(w: World):
    (k,) = w.truth.lookalikes
    return k


def broker(w: World) -> str:
    (unit,) = known(w).units
    assert unit.officer_id is None
    assert unit.declarant_id is not None
    return unit.declarant_id


@pytest.mark.parametrize("size", [20_000, 60_000])
@pytest.mark.parametrize("seed", SEEDS)
def test_one_crop_by_many_members_in_the_morning(seed, size):
    w = world(seed, size)
    who = broker(w)
    crop, members, items, n = ask(
        w,
        """SELECT avg((hs_code = (SELECT mode(hs_code) FROM items SEMI JOIN (FROM declarations WHERE declarant_id = $1) USING (declaration_id)))::INT), count(DISTINCT importer_id), count(*), count(DISTINCT declaration_id)
        FROM items JOIN declarations USING (declaration_id) WHERE declarant_id = $1""",
        who,
    )[0]
    assert crop > 0.98  # some consignment may be declared under a neighbouring code
    assert 1 < members <= len(known(w).importers)
    assert n > 80
    assert items < 1.1 * n
    hours = ask(
        w,
        """SELECT min(date_part('hour', timezone(zone, registered_at))), max(date_part('hour', timezone(zone, registered_at)))
        FROM declarations JOIN offices USING (office) WHERE declarant_id = ? AND office = ?""",
        who,
        known(w).office,
    )[0]
    assert hours[0] >= 6
    assert hours[1] < 17


@pytest.mark.parametrize("seed", SEEDS)
def test_little_is_selected_and_next_to_nothing_is_found(seed):
    w = world(seed, 60_000)
    who = broker(w)
    red, red_others = ask(
        w,
        "SELECT avg((lane_assigned = 'red')::INT) FILTER (declarant_id = ?), avg((lane_assigned = 'red')::INT) FILTER (declarant_id <> ?) "
        "FROM declarations WHERE office = ? AND procedure = 'IM4'",
        who, who, known(w).office,
    )[0]  # fmt: skip
    assert red < 0.6 * red_others
    found, found_others = ask(
        w,
        """SELECT avg((additional_tax > 0)::INT) FILTER (declarant_id = ?), avg((additional_tax > 0)::INT) FILTER (declarant_id <> ?)
        FROM inspections JOIN declarations USING (declaration_id) WHERE office = ?""",
        who, who, known(w).office,
    )[0]  # fmt: skip
    assert found < 0.3 * found_others


@pytest.mark.parametrize("size", [20_000, 60_000])
@pytest.mark.parametrize("seed", SEEDS)
def test_low_values_are_what_it_pays(seed, size):
    w = world(seed, size)
    honest = ask(
        w,
        """SELECT avg((i.declared_value = honest_value)::INT) FROM items i JOIN h USING (declaration_id, item_no)
        JOIN declarations USING (declaration_id) WHERE declarant_id = ?""",
        broker(w),
    )[0][0]
    assert honest > 0.97
    # Against others' consignments of the same goods from the same origin in the same quarter, where there are any.
    gap = ask(
        w,
        """WITH v AS (SELECT hs_code, origin, quarter(registered_at) AS q, ln(i.declared_value / net_mass_kg) AS price,
            importer_id IN (SELECT importer_id FROM members) AS theirs FROM items i JOIN declarations USING (declaration_id)),
        cells AS (SELECT hs_code, origin, q, avg(price) FILTER (theirs) - avg(price) FILTER (NOT theirs) AS gap,
            count(*) FILTER (theirs) AS n FROM v GROUP BY ALL)
        SELECT sum(gap * n) / sum(n) FROM cells WHERE gap IS NOT NULL AND n > 0""",
    )[0][0]
    # Field prices are 0.3 below in logarithms; the prices of few others scatter by about 0.15 around that.
    assert gap < -0.1
