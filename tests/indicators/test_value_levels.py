from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from price_world import END, START, world
from scipy import integrate, stats

from arusha.engine import session_from_tables
from arusha.indicators.definition import Findings, Settings
from arusha.indicators.value_levels import WIDEST, Arms, Level, drawn_in, tail_below
from arusha.indicators.value_shortfall import INDICATOR
from arusha.indicators.value_specific import OFFICERS_LEVEL


def ask(records: dict[str, pa.Table]) -> Findings:
    settings = Settings(START, END)
    with session_from_tables(records) as session:
        return INDICATOR.test(INDICATOR.cells(session, settings), settings)


def used(officer: np.ndarray, declarant: np.ndarray, product: np.ndarray) -> np.ndarray:
    """One officer sees the used goods of every third product, whoever brings them: two thirds of what is seen of it."""
    other = np.random.default_rng(1).random(officer.size) < 2 / 3
    return np.where(other & (officer == 0) & (product % 3 == 0), 0.4, 1.0)


def test_used_goods_that_some_officers_see_are_told_of_the_office_and_of_nobody() -> None:
    records = world(31, declarations=12_000, factor=used)[0]
    found = ask(records)
    rows = found.signals.to_pylist()
    assert not any(r["signal"] for r in rows)
    lost = [r for r in rows if r["reason"] == OFFICERS_LEVEL]
    assert lost
    assert {r["unit_id"] for r in lost} == {"F0"}
    assert all(r["p_value"] is None for r in lost)
    (note,) = (n for n in found.notes if n.key == "value-officer-level")
    assert note.values["pairs"] == len(lost)
    # What goes beyond ordinary differences is counted before the officer's level is asked for: the two notes agree.
    (counted,) = (n for n in found.notes if n.key == "value-naive")
    assert counted.values["standing"] >= note.values["pairs"]
    assert "F0" not in note.text


def test_a_pair_far_below_its_officers_level_is_still_found() -> None:
    def both(officer: np.ndarray, declarant: np.ndarray, product: np.ndarray) -> np.ndarray:
        return used(officer, declarant, product) * np.where((officer == 4) & (declarant == 2), 0.6, 1.0)

    rows = ask(world(31, declarations=12_000, factor=both)[0]).signals.to_pylist()
    assert [(r["unit_id"], r["other_id"]) for r in rows if r["flagged"]] == [("F4", "B2")]


def arms(seed: int) -> pa.Table:
    """One office: an arm of every officer, declarant and product; officer o0 is half a log lower in product 870100."""
    rng = np.random.default_rng(seed)
    rows = []
    for officer in range(5):
        for declarant in range(6):
            for line, hs6 in enumerate(("870100", "870200", "610900")):
                n = int(rng.integers(5, 30))
                low = -0.5 if (officer, hs6) == (0, "870100") else 0.0
                gap = round(1000 * n * (low + rng.normal(0, 0.02)))
                rows.append(("P", f"d{declarant}", f"m{declarant}", line, f"o{officer}", hs6, n, gap))
    names = ("office", "declarant", "importer", "line", "officer", "hs6", "n", "gap")
    return pa.table({name: [row[i] for row in rows] for i, name in enumerate(names)})


def by_hand(table: pa.Table, officer: str, declarant: str, aside: tuple[str, ...]) -> tuple[float, float]:
    """Row by row and product by product: officers' means over other declarants, and the law of one of them."""
    rows = table.to_pylist()

    def told(row: dict) -> tuple[float, float]:
        line = [
            r
            for r in rows
            if (r["declarant"], r["line"]) == (row["declarant"], row["line"])
            and (r["officer"] not in aside or r["officer"] == row["officer"])
        ]
        n, gap = sum(r["n"] for r in line), sum(r["gap"] for r in line) / 1000
        return row["gap"] / 1000 - row["n"] * gap / n, row["n"] * (1 - row["n"] / n)

    weight = {r["hs6"]: told(r)[1] for r in rows if (r["officer"], r["declarant"]) == (officer, declarant)}
    level = variance = 0.0
    for hs6, share in weight.items():
        means, squares, worth = {}, {}, {}
        scatter, free = 0.0, 0
        for who in sorted({r["officer"] for r in rows}):
            of = [told(r) for r in rows if r["officer"] == who and r["hs6"] == hs6 and r["declarant"] != declarant]
            worth[who] = sum(i for _, i in of)
            means[who] = sum(a for a, _ in of) / worth[who]
            moved = [a - i * means[who] for a, i in of]
            squares[who] = sum(m**2 for m in moved) * len(of) / (len(of) - 1) / worth[who] ** 2
            scatter += sum(m**2 / i for m, (_, i) in zip(moved, of, strict=True))
            free += len(of) - 1
        noise = {who: max(squares[who], scatter / free / worth[who]) for who in means}
        mean, var = integrated(list(means.values()), list(noise.values()), list(means).index(officer))
        part = share / sum(weight.values())
        level, variance = level + part * mean, variance + part**2 * var
    return level, variance


def integrated(means: list[float], noise: list[float], mine: int) -> tuple[float, float]:
    """A level's mean and variance over how far officers may differ, by adaptive quadrature."""

    def of(power: int) -> float:
        def value(spread: float) -> float:
            like = np.prod([stats.norm.pdf(m, 0, np.sqrt(spread**2 + v)) for m, v in zip(means, noise, strict=True)])
            return float(like * (spread**2 / (spread**2 + noise[mine])) ** power)

        return float(integrate.quad(value, 0, WIDEST, limit=500, points=[0.01, 0.05, 0.1, 0.2, 0.4])[0])

    whole, kept, square = of(0), of(1), of(2)
    kept, square = kept / whole, square / whole
    return kept * means[mine], kept * noise[mine] + (square - kept**2) * means[mine] ** 2


@pytest.mark.parametrize("aside", [(), ("o0",), ("o0", "o3")])
def test_the_level_is_that_of_other_declarants_drawn_in_product_by_product(aside: tuple[str, ...]) -> None:
    table = arms(3)
    level = Arms.by_office(table)["P"].level("o0", "d1", aside)
    assert level is not None
    mean, variance = by_hand(table, "o0", "d1", aside)
    # A midpoint sum in steps of a hundredth, where the narrowest spread that the means allow is about as wide.
    assert level.mean == pytest.approx(mean, rel=0.01)
    assert level.variance == pytest.approx(variance, rel=0.05)
    assert level.declarants > 3


def test_pair_and_level_are_those_of_the_same_goods() -> None:
    table = arms(3)
    before = Arms.by_office(table)["P"].level("o0", "d1", ())
    # Goods of a kind that nobody else brings, in which the officer's price is less than half.
    rows = [("P", "d1", "m1", 9, f"o{k}", "990100", 20, -16_000 if k == 0 else 0) for k in range(5)]
    more = pa.table({name: [row[i] for row in rows] for i, name in enumerate(table.column_names)})
    after = Arms.by_office(pa.concat_tables([table, more]))["P"].level("o0", "d1", ())
    assert before is not None
    assert after is not None
    assert before.share == pytest.approx(1.0)
    assert 0.5 < after.share < 0.9
    # The same sums, made in another order.
    assert after.contrast == pytest.approx(before.contrast, rel=1e-9)
    assert after.mean == pytest.approx(before.mean, rel=1e-9)
    assert after.variance == pytest.approx(before.variance, rel=1e-9)


def test_few_noisy_means_are_not_taken_for_officers_who_do_not_differ() -> None:
    # Differences of which chance alone may be the cause: a point estimate of how far officers differ is nought.
    means, noise = np.array([-0.1, 0.05, 0.05, 0.0]), np.full(4, 0.15**2)
    assert np.var(means, ddof=1) < noise.mean()
    few = drawn_in(means, noise, 0)
    assert few.variance > 0.2 * noise[0]
    many = drawn_in(np.tile(means, 25), np.full(100, 0.15**2), 0)
    assert many.variance < 0.1 * few.variance
    sure = drawn_in(np.array([-0.5, 0.2, 0.3, 0.0]), np.full(4, 0.02**2), 0)
    assert sure.mean == pytest.approx(-0.5, rel=0.01)
    assert sure.variance == pytest.approx(0.02**2, rel=0.05)


@pytest.mark.parametrize("spread", [0.0, 0.1, 0.4])
def test_the_level_lies_within_what_is_said_to_be_uncertain_of_it(spread: float) -> None:
    rng = np.random.default_rng(8)
    noise = np.array([0.02, 0.05, 0.1, 0.15, 0.2, 0.3]) ** 2
    missed = 0
    for _ in range(1000):
        truth = rng.normal(0, spread, noise.size)
        law = drawn_in(truth + rng.normal(0, np.sqrt(noise)), noise, 3)
        missed += bool(truth[3] < law.mean - 1.645 * np.sqrt(law.variance))
    # 5% below, and 2.6 binomial standard errors of 0.7%: 0.068. Fewer are well: the law is flat in the spread.
    assert missed / 1000 <= 0.068


def test_where_officers_differ_by_chance_alone_there_is_no_level() -> None:
    table = arms(4)
    gap = [1000 * n + round(30 * n * ((i * 7919) % 13 - 6) / 6) for i, n in enumerate(table["n"].to_pylist())]
    table = table.set_column(table.schema.get_field_index("gap"), "gap", pa.array(gap))
    level = Arms.by_office(table)["P"].level("o1", "d1", ())
    assert level is not None
    assert abs(level.mean) < 0.01
    assert level.variance < 0.01**2


def test_too_few_other_declarants_tell_no_level() -> None:
    table = arms(5)
    three = table.filter(pa.array([d in ("d0", "d1", "d2") for d in table["declarant"].to_pylist()]))
    assert Arms.by_office(three)["P"].level("o0", "d1", ()) is None


def test_what_is_uncertain_of_the_level_widens_the_tail() -> None:
    sure, vague = Level(-0.1, 1e-12, 9.0, 0.2, -0.3, 1.0), Level(-0.1, 0.0025, 9.0, 0.2, -0.3, 1.0)
    p, z, variance = tail_below(-0.3, 0.05, sure)
    # Four standard errors of a normal law.
    assert (p, z, variance) == (pytest.approx(3.1671e-5, rel=1e-4), pytest.approx(4.0), pytest.approx(0.0025))
    assert tail_below(-0.3, 0.05, vague)[0] > 20 * p
