"""A generated year is consistent in itself, for several seeds."""

# ruff: noqa: E501 - queries read better unbroken
import functools

import duckdb
import numpy as np
import pyarrow.compute as pc
import pytest

from arusha.demo.schemes import KINDS
from arusha.demo.world import World, generate
from arusha.errors import ArushaError
from arusha.records.contract import CONTRACT

SEEDS = (1, 2, 3)


@functools.cache
def world(seed: int) -> World:
    return generate(6000, seed, schemes=dict.fromkeys(KINDS, 2))


@functools.cache
def database(seed: int) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    w = world(seed)
    for name, table in w.tables.items():
        con.register(name, table)
    for name in ("assignment_probabilities", "honest_values", "planted_declarations"):
        con.register(name, getattr(w.truth, name))
    return con


def count(seed: int, sql: str) -> int:
    row = database(seed).execute(sql).fetchone()
    assert row is not None
    return row[0]


# Each of these selects what must not exist.
IMPOSSIBLE = {
    "duplicate declaration": "SELECT declaration_id FROM declarations GROUP BY 1 HAVING count(*) > 1",
    "assignment of nothing": "SELECT 1 FROM assignments ANTI JOIN declarations USING (declaration_id)",
    "item of nothing": "SELECT 1 FROM items ANTI JOIN declarations USING (declaration_id)",
    "declaration without items": "SELECT 1 FROM declarations ANTI JOIN items USING (declaration_id)",
    "inspection of nothing": "SELECT 1 FROM inspections ANTI JOIN declarations USING (declaration_id)",
    "event of nothing": """SELECT 1 FROM events WHERE declaration_id IS NOT NULL
        AND declaration_id NOT IN (SELECT declaration_id FROM declarations)""",
    "unknown party": "SELECT 1 FROM declarations WHERE declarant_id NOT IN (SELECT party_id FROM parties)",
    "unknown importer": "SELECT 1 FROM declarations WHERE importer_id NOT IN (SELECT party_id FROM parties)",
    "unknown user": """SELECT 1 FROM events WHERE user_id <> 'system' AND user_id NOT IN (SELECT officer_id FROM officers)
        AND user_id NOT IN (SELECT party_id FROM parties)""",
    "picked off shift": """SELECT 1 FROM assignments a JOIN declarations d USING (declaration_id)
        WHERE NOT EXISTS (SELECT 1 FROM shifts s WHERE s.officer_id = a.officer_id AND s.office = d.office
            AND a.assigned_at >= s.starts_at AND a.assigned_at < s.ends_at)""",
    "first pick at another desk": """SELECT 1 FROM assignments a JOIN declarations d USING (declaration_id)
        JOIN shifts s ON s.officer_id = a.officer_id AND a.assigned_at >= s.starts_at AND a.assigned_at < s.ends_at
        WHERE a.sequence = 1 AND s.section IS NOT NULL AND s.section <> d.section""",
    "picked before posted": """SELECT 1 FROM assignments a JOIN declarations d USING (declaration_id)
        WHERE NOT EXISTS (SELECT 1 FROM postings p WHERE p.officer_id = a.officer_id AND p.office = d.office
            AND p.from_date <= CAST(a.assigned_at AS DATE) + 1
            AND (p.to_date IS NULL OR p.to_date >= CAST(a.assigned_at AS DATE)))""",
    "on shift while on leave": """SELECT 1 FROM shifts s JOIN duties u USING (officer_id) JOIN offices o USING (office)
        WHERE u.kind = 'leave' AND CAST(timezone(o.zone, s.starts_at) AS DATE) >= u.from_date
            AND CAST(timezone(o.zone, s.starts_at) AS DATE) < u.to_date""",
    "two shifts at once": """SELECT 1 FROM shifts a JOIN shifts b USING (officer_id)
        WHERE a.starts_at < b.starts_at AND b.starts_at < a.ends_at""",
    "examined without an officer": "SELECT 1 FROM declarations WHERE (lane_assigned IN ('yellow', 'red')) <> (officer_id IS NOT NULL)",
    "last pick is not the officer": """SELECT 1 FROM (SELECT declaration_id, arg_max(officer_id, sequence) AS last
        FROM assignments GROUP BY 1) JOIN declarations USING (declaration_id) WHERE last <> officer_id""",
    "assigned before registered": "SELECT 1 FROM declarations WHERE assigned_at < registered_at",
    "assessed before assigned": "SELECT 1 FROM declarations WHERE assessed_at < coalesce(assigned_at, registered_at)",
    "paid before assessed": "SELECT 1 FROM declarations WHERE paid_at < assessed_at",
    "released before paid": "SELECT 1 FROM declarations WHERE released_at < coalesce(paid_at, assessed_at) OR exited_at < released_at",
    "released unassessed": "SELECT 1 FROM declarations WHERE released_at IS NOT NULL AND assessed_at IS NULL",
    "released, tax unpaid": "SELECT 1 FROM declarations WHERE released_at IS NOT NULL AND paid_at IS NULL AND assessed_tax > 0",
    "act after assessment": """SELECT 1 FROM inspections i JOIN declarations d USING (declaration_id)
        WHERE i.ended_at > d.assessed_at OR i.started_at < d.assigned_at OR i.started_at > i.ended_at""",
    "act by another than the officer": """SELECT 1 FROM inspections i JOIN declarations d USING (declaration_id)
        WHERE i.officer_id <> d.officer_id""",
    "sums differ": """SELECT 1 FROM declarations d JOIN (SELECT declaration_id, sum(declared_value) AS v,
        sum(assessed_value) AS av, sum(declared_tax) AS t, sum(assessed_tax) AS tt FROM items GROUP BY 1)
        USING (declaration_id) WHERE v <> declared_value OR t <> declared_tax OR av IS DISTINCT FROM assessed_value
        OR tt IS DISTINCT FROM assessed_tax""",
    "additional tax is not the difference": """SELECT 1 FROM declarations d JOIN (SELECT declaration_id,
        sum(additional_tax) AS more FROM inspections GROUP BY 1) USING (declaration_id)
        WHERE assessed_at IS NOT NULL AND more <> assessed_tax - declared_tax""",
    "uplift without a discrepancy": """SELECT 1 FROM declarations d WHERE assessed_tax > declared_tax
        AND NOT EXISTS (SELECT 1 FROM inspections i WHERE i.declaration_id = d.declaration_id AND outcome = 'discrepancy')""",
    "change of lane without an event": """SELECT 1 FROM declarations WHERE lane_final <> lane_assigned
        AND declaration_id NOT IN (SELECT declaration_id FROM events WHERE action = 'reroute')""",
    "reassignment without an event": """SELECT 1 FROM assignments WHERE sequence > 1
        AND declaration_id NOT IN (SELECT declaration_id FROM events WHERE action = 'reassign')""",
    "officer acts in the log off shift": """SELECT 1 FROM events e WHERE action IN ('view', 'assess')
        AND NOT EXISTS (SELECT 1 FROM shifts s WHERE s.officer_id = e.user_id AND e.occurred_at BETWEEN s.starts_at AND s.ends_at)""",
    "registered when closed": """SELECT 1 FROM declarations JOIN offices o USING (office) JOIN calendar c
        ON c.office = o.office AND c.date = CAST(timezone(o.zone, registered_at) AS DATE)
        WHERE opens IS NULL OR strftime(timezone(o.zone, registered_at), '%H:%M') NOT BETWEEN opens AND closes""",
    "before the office existed": "SELECT 1 FROM declarations WHERE office = 'WCR' AND registered_at < TIMESTAMPTZ '2025-06-30 21:00:00Z'",
    "chances do not sum to 1": """SELECT 1 FROM assignment_probabilities GROUP BY assignment_id
        HAVING abs(sum(probability) - 1) > 1e-12 OR count(DISTINCT declaration_id) > 1""",
    "first pick without chances": "SELECT 1 FROM assignments ANTI JOIN assignment_probabilities USING (assignment_id) WHERE sequence = 1",
    "chances of another pick": """SELECT 1 FROM assignment_probabilities p JOIN assignments a USING (assignment_id)
        WHERE a.sequence <> 1 OR a.declaration_id <> p.declaration_id OR (a.officer_id = p.officer_id) <> p.picked""",
    "one draw, two officers": "SELECT 1 FROM assignment_probabilities WHERE picked GROUP BY draw_id HAVING count(DISTINCT officer_id) > 1",
    "planted nothing": "SELECT 1 FROM planted_declarations ANTI JOIN declarations USING (declaration_id)",
    "honest value of nothing": "SELECT 1 FROM honest_values ANTI JOIN items USING (declaration_id, item_no)",
    "no tax at negative rates": "SELECT 1 FROM items WHERE declared_tax < 0 OR declared_value <= 0 OR net_mass_kg <= 0",
}  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_nothing_impossible(seed, what):
    assert count(seed, f"SELECT count(*) FROM ({IMPOSSIBLE[what]})") == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_tables_are_of_the_contract(seed):
    for name, table in world(seed).tables.items():
        contract = CONTRACT.tables[name]
        assert set(table.column_names) <= set(contract.columns), name
        for column in contract.required:
            assert table[column].null_count == 0, f"{name}.{column}"
        for column in table.column_names:
            allowed = contract.columns[column]
            if allowed.values and not allowed.open_values:
                assert set(pc.unique(table[column].drop_null()).to_pylist()) <= set(allowed.values), f"{name}.{column}"


@pytest.mark.parametrize("seed", SEEDS)
def test_margins(seed):
    w = world(seed)
    assert w.tables["declarations"].num_rows == 6000
    shares = (
        database(seed).execute("SELECT office, count(*) / 6000 FROM declarations GROUP BY 1 ORDER BY 2 DESC").fetchall()
    )
    # The multinomial standard deviation of the largest share, 0.455, is 0.0064: four of them.
    assert shares[0][0] == "PTH"
    assert abs(shares[0][1] - 0.455) < 0.026
    assert shares[-1][1] < 0.05
    largest, median = (
        database(seed)
        .execute("SELECT max(n), median(n) FROM (SELECT declarant_id, count(*) AS n FROM declarations GROUP BY 1)")
        .fetchone()
    )
    assert largest > 6 * median  # heavy tails: by far the largest broker is not like the others


def test_lanes_keep_to_what_is_expected_and_the_random_share_to_its_minimum():
    w = generate(20_000, 4, clean=True)
    con = duckdb.connect()
    con.register("d", w.tables["declarations"])
    con.register("r", w.tables["selectivity_rules"].filter(pc.field("to_date").is_null()))
    rows = con.execute("""
        SELECT n, k, expected_rate, at_random, minimum_random_rate FROM r JOIN (
            SELECT office, procedure, count(*) AS n FROM d GROUP BY ALL) USING (office, procedure)
        JOIN (SELECT office, procedure, lane_assigned AS lane, count(*) AS k,
            count(*) FILTER (lane_reason = 'random') AS at_random FROM d GROUP BY ALL) USING (office, procedure, lane)
    """).fetchall()
    z = [(k - n * p) / np.sqrt(n * p * (1 - p)) for n, k, p, _, _ in rows if n * p > 20]
    assert len(z) > 30
    assert np.max(np.abs(z)) < 4.2  # about 70 cells: beyond 4.2 once in 500 years of this test
    for n, _, _, at_random, least in rows:
        if least is not None:
            assert at_random >= n * least - 3.5 * np.sqrt(n * least)


@pytest.mark.parametrize("seed", SEEDS)
def test_clean_world_has_no_scheme(seed):
    clean = generate(6000, seed, clean=True).truth
    assert clean.schemes == ()
    assert clean.planted_declarations.num_rows == 0
    assert not pc.any(clean.assignment_probabilities["manipulated"]).as_py()


@pytest.mark.parametrize("seed", SEEDS)
def test_schemes_have_their_units_and_declarations(seed):
    w = world(seed)
    assert len({s.kind for s in w.truth.schemes}) >= 4
    declared = dict(
        database(seed).execute("SELECT scheme_id, count(*) FROM planted_declarations GROUP BY 1").fetchall()
    )
    for s in w.truth.schemes:
        assert s.units
        assert declared[s.id] == s.declarations > 0
        assert s.tax_lost >= 0
        if s.kind == "undervaluation" and s.declarations > 5:
            assert s.tax_lost > 0


def test_steering_raises_the_pair_above_its_chances():
    w = generate(20_000, 11, schemes={"steering-pick": 2}, strengths=("strong",))
    con = duckdb.connect()
    con.register("p", w.truth.assignment_probabilities)
    con.register("d", w.tables["declarations"])
    steered = [s for s in w.truth.schemes if s.kind == "steering-pick"]
    assert steered
    for s in steered:
        unit = s.units[0]
        seen, expected = con.execute(
            "SELECT sum(picked::INT), sum(probability) FROM p JOIN d USING (declaration_id) WHERE p.officer_id = ? AND declarant_id = ?",
            [unit.officer_id, unit.declarant_id],
        ).fetchone()
        assert seen > 1.5 * expected


def test_innocent_picks_agree_with_their_chances_under_every_rule():
    # Over many pairs the standardised excess must have mean 0 and, for random picks, variance 1.
    excess = []
    for seed in range(5):
        w = generate(8000, 100 + seed, clean=True)
        con = duckdb.connect()
        con.register("p", w.truth.assignment_probabilities)
        con.register("d", w.tables["declarations"])
        excess += con.execute("""
            SELECT office, sum(picked::INT) - sum(probability), sum(probability * (1 - probability))
            FROM (SELECT draw_id, p.officer_id, office, any_value(picked) AS picked, any_value(probability) AS probability
                  FROM p JOIN d USING (declaration_id) GROUP BY ALL) GROUP BY office, officer_id HAVING sum(probability) > 5
        """).fetchall()
    z = np.array([e / np.sqrt(v) for _, e, v in excess if v > 0])
    assert z.size > 200
    assert abs(z.mean()) < 4 / np.sqrt(z.size)
    # Rota and workload spread work more evenly than chance does, never less.
    assert z.std() < 1.1


def test_desks_are_chosen_by_what_is_declared_which_is_all_that_is_known_then():
    world = generate(20_000, seed=30, lookalikes={"desk-specialist": 1}, clean=True)
    (kind,) = [k for k in world.truth.lookalikes if k.kind == "desk-specialist"]
    chapter = int(kind.note.split("chapter ")[1].split(",")[0])
    officer = next(u.officer_id for u in kind.units)
    items, picks = world.tables["items"].to_pylist(), world.tables["assignments"].to_pylist()
    declared = {i["declaration_id"]: int(i["hs_code"][:2]) for i in items if i["item_no"] == 1}
    mine = [declared[a["declaration_id"]] for a in picks if a["officer_id"] == officer and a["sequence"] == 1]
    assert len(mine) > 30
    assert set(mine) == {chapter}


def test_same_seed_same_world():
    one, two = generate(2000, 5), generate(2000, 5)
    for name in one.tables:
        assert one.tables[name].equals(two.tables[name]), name
    assert one.truth.text() == two.truth.text()
    assert not generate(2000, 6).tables["declarations"].equals(one.tables["declarations"])


def test_schemes_leave_the_rest_of_the_year_as_it_was():
    clean, planted = generate(6000, 2, clean=True), world(2)
    for column in ("declaration_id", "registered_at", "declarant_id", "lane_assigned"):
        assert clean.tables["declarations"][column].equals(planted.tables["declarations"][column])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: generate(10, 1), "too few"),
        (lambda: generate(2000, -1), "seed"),
        (lambda: generate(2000, 1, schemes={"bribery": 1}), "no scheme"),
        (lambda: generate(2000, 1, strengths=("huge",)), "no strength"),
        (lambda: generate(2000, 1, lookalikes={"saint": 1}), "no look-alike"),
    ],
)
def test_impossible_requests_are_refused(call, message):
    with pytest.raises(ArushaError, match=message):
        call()


def test_a_scheme_of_somebody_else_needs_one_file():
    """What the documentation promises to who adds a scheme: rows are chosen, changed and remembered."""
    from arusha.demo import schemes
    from arusha.demo.schemes import Kind

    def plant(draft, rng, strength):
        office = draft.choose_office(rng)
        declarant = draft.choose_declarant(rng, office)
        scheme = draft.open("friday-favour", strength, office, [(None, declarant)])
        rows = draft.examined(office, declarant)
        draft.after_handling(lambda: scheme.suppress(rows))
        return scheme

    before = schemes.KINDS
    try:
        schemes.KINDS = {**before, "friday-favour": Kind("friday-favour", 1, plant)}
        world = generate(6000, 3, schemes={"friday-favour": 1})
    finally:
        schemes.KINDS = before
    [planted] = world.truth.schemes
    assert planted.kind == "friday-favour"
    assert planted.declarations >= 30
    ids = world.truth.planted_declarations["declaration_id"].combine_chunks()
    found = world.tables["inspections"].filter(pc.field("outcome") == "discrepancy")["declaration_id"]
    assert not pc.any(pc.is_in(found, value_set=ids)).as_py()
