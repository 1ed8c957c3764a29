"""Two plans of one evaluation: the later is marked, whatever it is called and whether or not the first ever ran."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from typer.testing import CliRunner

from arusha.cli import app
from arusha.demo.reform_files import write_reform
from arusha.demo.reforms import reform
from arusha.effects import evaluate, read_plan, result_file, told
from arusha.effects.evaluation_files import place, read_evaluation, run
from arusha.effects.evaluation_plan import EvaluationPlan, Outcome
from arusha.effects.evaluations import Evaluations
from arusha.effects.registration import FolderRegister, Register
from arusha.effects.same_evaluation import MOST, About, about, about_kept
from arusha.effects.threshold_plan import ThresholdPlan
from arusha.language import banned_words, languages


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> EvaluationPlan:
    return read_plan(write_reform(reform(4, "works"), tmp_path_factory.mktemp("first")))


def rewritten(
    plan: EvaluationPlan, change: Callable[[list[list[str]]], list[list[str]]], **named: Any
) -> EvaluationPlan:
    """The plan with a file of another name, its rows (the header first) changed."""
    rows = [line.split(",") for line in plan.source.read_text("utf-8").splitlines()]
    folder = plan.source.parent / "again"
    folder.mkdir(exist_ok=True)
    (folder / "other.csv").write_text("\n".join(",".join(r) for r in change(rows)) + "\n", encoding="utf-8")
    return replace(plan, data="other.csv", folder=str(folder), **named)


def later(rows: list[list[str]], months: int, first: str) -> list[list[str]]:
    """The same panel with every start moved by so many months."""
    at = rows[0].index(first)

    def moved(start: str) -> str:
        if not start:
            return start
        m = int(start[:4]) * 12 + int(start[5:7]) - 1 + months
        return f"{m // 12}-{m % 12 + 1:02d}"

    return [rows[0], *([*r[:at], moved(r[at]), *r[at + 1 :]] for r in rows[1:])]


def as_days(rows: list[list[str]]) -> list[list[str]]:
    return [rows[0], *([f"{c}-01" if c[:2] == "20" and "-" in c else c for c in r] for r in rows[1:])]


def called(rows: list[list[str]], plan: EvaluationPlan, more: str) -> list[list[str]]:
    """The same panel with something behind the name of every unit."""
    at = rows[0].index(plan.unit)
    return [rows[0], *([*r[:at], r[at] + more, *r[at + 1 :]] for r in rows[1:])]


def wide(rows: list[list[str]], plan: EvaluationPlan) -> list[list[str]]:
    """The same panel with names of units in letters of double width."""
    at = rows[0].index(plan.unit)
    letters = {k: k + 0xFEE0 for k in range(0x21, 0x7F)}
    return [rows[0], *([*r[:at], f" {r[at].translate(letters).lower()} ", *r[at + 1 :]] for r in rows[1:])]


ALIKE: dict[str, Callable[[EvaluationPlan], EvaluationPlan]] = {
    "the baseline": lambda p: replace(p, baseline="last"),
    "the outcome": lambda p: replace(p, outcome=Outcome(p.counter_outcomes[0].column, "lower"), counter_outcomes=()),
    "what would show it": lambda p: replace(p, smallest_effect=p.smallest_effect * 2),
    "the window": lambda p: replace(p, periods=("2023-07", "2025-06")),
    "units left out": lambda p: replace(p, exclude=("APH-1", "APH-2")),
    "the scale": lambda p: replace(p, scale="level"),
    "the seed": lambda p: replace(p, seed=99),
    "the theory": lambda p: replace(p, theory="Something else"),
    "case and spaces": lambda p: replace(p, measure=f"  {p.measure.upper()}  !"),
    "signs that are not seen": lambda p: replace(p, measure=p.measure.replace(" ", "\u00a0\u200b ")),
    "the title": lambda p: replace(p, measure="Integrity week"),
    "title and baseline": lambda p: replace(p, measure="Integrity week", baseline="last"),
    "title and file": lambda p: rewritten(p, lambda rows: rows, measure="Integrity week"),
    "title and order of rows": lambda p: rewritten(p, lambda r: [r[0], *r[:0:-1]], measure="Integrity week"),
    "title and a column more": lambda p: rewritten(p, lambda rows: [[*r, "x"] for r in rows], measure="Integrity week"),
    "title and one unit less": lambda p: rewritten(
        p, lambda rows: [r for r in rows if "APH-2" not in r], measure="Integrity week"
    ),
    "title and case of units": lambda p: rewritten(
        p, lambda rows: [rows[0], *([c.lower() for c in r] for r in rows[1:])], measure="Integrity week"
    ),
    "title and a start two months later": lambda p: rewritten(
        p, lambda rows: later(rows, 2, str(p.first_treated)), measure="Integrity week"
    ),
    "title and starts written without a separator": lambda p: rewritten(
        p,
        lambda rows: [rows[0], *([c.replace("-", "") if c[:2] == "20" else c for c in r] for r in rows[1:])],
        measure="x",
    ),
    "title and starts written as days": lambda p: rewritten(p, as_days, measure="x"),
    "title and every unit written with a letter more": lambda p: rewritten(p, lambda r: called(r, p, "x"), measure="x"),
    "title and units in wide letters with spaces": lambda p: rewritten(p, lambda r: wide(r, p), measure="x"),
    "title and a start three months later in the same panel": lambda p: rewritten(
        p, lambda rows: later(rows, 3, str(p.first_treated)), measure="x"
    ),
    "another file under the measure's name": lambda p: rewritten(p, lambda rows: later(rows, 9, str(p.first_treated))),
}


@pytest.mark.parametrize("what", ALIKE)
def test_a_second_plan_without_a_mark(what: str, plan: EvaluationPlan, tmp_path: Path) -> None:
    """Must never happen: two plans of one evaluation are both registered before any result, and neither is marked."""
    second = ALIKE[what](plan)
    assert second.hash != plan.hash
    folder = FolderRegister(tmp_path / "out")
    (tmp_path / "w.arusha").mkdir()
    kept = Evaluations(tmp_path / "w.arusha")
    for keep in (folder.register, kept.register):
        assert not keep(plan).amended
        marked = keep(second)
        assert (marked.amended, marked.amends, marked.seen) == (True, plan.hash, False)
        assert not keep(plan).amended, "the first stays the first"
        assert keep(second) == marked, "and a mark stays, whenever it is asked for"


def elsewhere(rows: list[list[str]], plan: EvaluationPlan) -> list[list[str]]:
    """The same records, with starts in all units that had none and none in those that had one."""
    at = rows[0].index(str(plan.first_treated))
    start = next(r[at] for r in rows[1:] if r[at])
    return [rows[0], *([*r[:at], "" if r[at] else start, *r[at + 1 :]] for r in rows[1:])]


def alone(rows: list[list[str]], plan: EvaluationPlan, months: int) -> list[list[str]]:
    """The same records, with a start in the first treated unit only."""
    rows = later(rows, months, str(plan.first_treated))
    at, unit = rows[0].index(str(plan.first_treated)), rows[0].index(plan.unit)
    only = next(r[unit] for r in rows[1:] if r[at])
    return [rows[0], *([*r[:at], r[at] if r[unit] == only else "", *r[at + 1 :]] for r in rows[1:])]


OTHERS: dict[str, Callable[[EvaluationPlan, Path], EvaluationPlan]] = {
    "another measure in other units": lambda _, at: read_plan(
        write_reform(reform(5, "works", measure="code-of-conduct"), at)
    ),
    "another measure that shares a fourth of the units": lambda _, at: read_plan(
        write_reform(reform(4, "works", measure="second-signature"), at)
    ),
    "another measure in other units of the same records": lambda p, _: rewritten(
        p, lambda rows: elsewhere(rows, p), measure="Integrity week"
    ),
    "another measure in one of the units, a month later": lambda p, _: rewritten(
        p, lambda rows: alone(rows, p, 1), measure="Integrity week"
    ),
    "another measure in the same units, half a year later": lambda p, _: rewritten(
        p, lambda rows: later(rows, 6, str(p.first_treated)), measure="Integrity week"
    ),
}


@pytest.mark.parametrize("what", OTHERS)
def test_a_truly_different_evaluation_is_not_marked(what: str, plan: EvaluationPlan, tmp_path: Path) -> None:
    other = OTHERS[what](plan, tmp_path / "other")
    (tmp_path / "w.arusha").mkdir()
    kept = Evaluations(tmp_path / "w.arusha")
    registers: tuple[Register, ...] = (FolderRegister(tmp_path / "out"), kept)
    for keep in registers:
        keep.register(plan)
        keep.results(plan)
        assert not keep.register(other).amended, "nor where results of the first exist"
        assert keep.register(replace(plan, seed=8)).seen


def test_a_plan_from_the_very_file_of_another_is_marked(plan: EvaluationPlan, tmp_path: Path) -> None:
    """Also where its starts, a year later, stand in another column, and the first plan never ran."""

    def two(rows: list[list[str]]) -> list[list[str]]:
        name = str(plan.first_treated)
        moved = later(rows, 12, name)
        at = rows[0].index(name)
        return [[*rows[0], "again"], *([*r, m[at]] for r, m in zip(rows[1:], moved[1:], strict=True))]

    first = rewritten(plan, two)
    second = replace(first, first_treated="again", measure="Integrity week")
    (tmp_path / "w.arusha").mkdir()
    registers: tuple[Register, ...] = (FolderRegister(tmp_path / "out"), Evaluations(tmp_path / "w.arusha"))
    for keep in registers:
        assert not keep.register(first).amended
        marked = keep.register(second)
        assert (marked.amended, marked.amends, marked.seen) == (True, first.hash, False)


def test_one_unit_of_several_is_no_evaluation() -> None:
    """A scanner in one office in January, and e-payment in all offices in March."""
    at = 2026 * 12
    scanner, payment = About("scanner", {"a": at}), About("e-payment", dict.fromkeys("abcdefgh", at + 2))
    pairs = [(scanner, payment), (scanner, About("e-payment", {"a": at + 2, "b": at + 2}))]
    pairs += [(About("few", dict.fromkeys("abc", at)), About("all", dict.fromkeys("abcdefgh", at)))]
    for a, b in pairs:
        assert not a.same(b)
        assert not b.same(a)
    half = About("half", dict.fromkeys("abcd", at + 2))
    assert half.same(payment)
    assert payment.same(half)
    assert scanner.same(About("x-ray", {"a": at + 1})), "the same unit alone, under another name of the measure"


def test_three_units_with_the_same_outcome_and_start_are_one_evaluation() -> None:
    series = {c: f"{c}'s outcome" for c in "abcdefgh"}

    def plan_of(measure: str, units: str, at: int) -> About:
        return About(measure, dict.fromkeys(units, at), series={c: series[c] for c in units})

    every = plan_of("e-payment", "abcdefgh", 24_300)
    assert plan_of("x", "abc", 24_300).same(every)
    assert not plan_of("x", "ab", 24_300).same(every)
    assert not plan_of("x", "abc", 24_301).same(every)
    assert not About("x", dict.fromkeys("abc", 24_300)).same(every), "a start alone says nothing"


@pytest.mark.parametrize(("written", "counted"), [(202604, "number"), (20260401, "number"), (2026 * 12 + 3, "month")])
def test_a_month_is_read_as_one_however_a_register_holds_it(written: int, counted: str) -> None:
    first = About("m", dict.fromkeys("abcd", 2026 * 12 + 3))
    assert first.same(About("n", dict.fromkeys("abcd", written), counted))
    assert not first.same(About("n", dict.fromkeys("abcd", 202512), "number"))
    assert not first.same(About("n", dict.fromkeys("abcd", 2026), "number")), "a year is no month"


def test_weeks_moved_by_one_are_one_start_and_years_are_not() -> None:
    def plan_of(measure: str, at: int) -> About:
        return About(measure, dict.fromkeys("abcd", at), "number")

    assert plan_of("m", 15).same(plan_of("n", 16))
    assert not plan_of("m", 15).same(plan_of("n", 17))
    assert not plan_of("m", 2025).same(plan_of("n", 2026))


def test_units_that_only_hold_zeros_are_not_taken_for_each_other(tmp_path: Path, plan: EvaluationPlan) -> None:
    """Small offices are alike in their numbers: that does not make them one office."""

    def file(name: str, units: str) -> EvaluationPlan:
        rows = [f"{u},2026-0{m},0,{'2026-04' if u in units[:2] else ''}" for u in units for m in range(1, 8)]
        (tmp_path / name).write_text("\n".join(["post,month,n,first", *rows]) + "\n", encoding="utf-8")
        named: dict[str, Any] = {"unit": "post", "period": "month", "first_treated": "first"}
        return replace(plan, measure=name, data=name, folder=str(tmp_path), outcome=Outcome("n", "lower"), **named)

    assert not about(file("a.csv", "abcd")).same(about(file("b.csv", "efgh")))


def test_the_mark_stands_in_result_text_and_grade(plan: EvaluationPlan, tmp_path: Path) -> None:
    alone = evaluate(replace(plan, smallest_effect=0.031), tmp_path / "alone")
    FolderRegister(tmp_path / "out").register(plan)
    done = evaluate(alone.plan, tmp_path / "out")
    assert done.grade == alone.grade - 1
    written = result_file(done)
    assert (written["amended"], written["amends"], written["amended_after_results"]) == (True, plan.hash, False)
    for lang in languages():
        assert plan.hash[:16] in told(done, lang)
        assert not banned_words(told(done, lang), lang)
    assert "No result of it existed by then" in told(done)
    third = FolderRegister(tmp_path / "out").register(replace(plan, seed=3))
    assert (third.amends, third.seen) == (plan.hash, True)
    assert "results of another plan existed" in told(replace(done, registered=third))


def test_the_ledger_of_a_workspace_keeps_the_mark(plan: EvaluationPlan, tmp_path: Path) -> None:
    (tmp_path / "w.arusha").mkdir()
    kept = Evaluations(tmp_path / "w.arusha")
    kept.register(place(kept, plan))
    second = replace(plan, baseline="last")
    done = run(kept, second)
    (newest, first) = kept.entered()
    assert (newest.amends, newest.seen, first.amends) == ((plan.hash[:16],), False, ())
    assert newest.plan is not None
    read = read_evaluation(kept.folder(newest.key), newest.plan)
    assert read is not None
    assert read.registered == done.registered
    third = kept.register(replace(plan, seed=3))
    assert (third.amends, third.seen) == (plan.hash, True), "the second has results by now"
    assert kept.entered()[0].amends == (first.key, newest.key)


def test_entries_of_before_still_mark(plan: EvaluationPlan, tmp_path: Path) -> None:
    """A folder's register of before says nothing of what its plans are about."""
    out = tmp_path / "out"
    out.mkdir()
    line = {"event": "plan", "hash": "0" * 64, "at": "2026-01-01T00:00:00+00:00"}
    (out / "register.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert FolderRegister(out).register(plan).amends == "0" * 64


def test_power_says_that_another_plan_was_registered(plan: EvaluationPlan, tmp_path: Path) -> None:
    path = plan.source.parent / "plan.yaml"
    runner, out = CliRunner(), str(tmp_path / "out")
    first = runner.invoke(app, ["effects", str(path), "--out", out, "--power"])
    assert first.exit_code == 0, first.output
    assert "Amended" not in first.output
    entries = yaml.safe_load(path.read_text("utf-8"))
    again = path.with_name("again.yaml")
    again.write_text(yaml.safe_dump(dict(reversed(entries.items()))), encoding="utf-8")
    same = runner.invoke(app, ["effects", str(again), "--out", out, "--power"])
    assert "Amended" not in same.output, "the same entries in another order are the same plan"
    again.write_text(yaml.safe_dump(entries | {"baseline": "last"}), encoding="utf-8")
    second = runner.invoke(app, ["effects", str(again), "--out", out, "--power", "--lang", "fr"])
    assert "Modifié" in second.output


def test_a_register_names_no_unit(plan: EvaluationPlan, tmp_path: Path) -> None:
    FolderRegister(tmp_path).register(plan)
    text = (tmp_path / "register.jsonl").read_text("utf-8")
    assert not [u for u in plan.panel().units if u in text]
    assert about_kept(json.loads(text)["about"]) == about(plan)


def test_a_column_of_zeros_and_ones_says_the_same_as_one_of_starts(plan: EvaluationPlan) -> None:
    starts, unit, period = str(plan.first_treated), plan.unit, plan.period

    def on(rows: list[list[str]]) -> list[list[str]]:
        at = {name: k for k, name in enumerate(rows[0])}
        return [[*rows[0], "on"]] + [
            [*r, str(int(bool(r[at[starts]]) and r[at[period]] >= r[at[starts]]))] for r in rows[1:]
        ]

    second = rewritten(plan, on, first_treated=None, treated="on", measure="Integrity week")
    assert about(second).starts == about(plan).starts
    quarters = rewritten(plan, lambda rows: quarterly(rows, rows[0].index(unit), period, starts), measure="x")
    assert about(quarters).same(about(plan)), "a quarter begins within two months of its months"


def quarterly(rows: list[list[str]], unit: int, period: str, starts: str) -> list[list[str]]:
    places = [rows[0].index(period), rows[0].index(starts)]

    def written(r: list[str]) -> list[str]:
        return [f"{c[:4]}Q{(int(c[5:7]) + 2) // 3}" if k in places and c else c for k, c in enumerate(r)]

    kept = {(r[unit], r[places[0]]): r for r in map(written, rows[1:])}
    return [rows[0], *kept.values()]


def test_of_long_lists_the_lowest_digests_are_compared() -> None:
    """Brute force: with all digests kept the answer is the same."""
    random = np.random.default_rng(1)
    names = [f"{v:016x}" for v in random.choice(2**53, size=6_000, replace=False)]

    def kept(units: list[str]) -> About:
        return About(units[0], dict.fromkeys(sorted(units)[:MOST], 5))

    whole = kept(names[:4_000])
    assert len(whole.starts) == MOST
    for other in (names[:3_000], names[2_800:4_800], names[3_300:5_300], names[4_000:], names[500:4_500]):
        shared = len(set(names[:4_000]) & set(other)) / 4_000
        # Shares of 0.75, 0.30, 0.18, 0 and 0.875 of the longer list, over 1,000 digests: they stray by 0.015.
        assert abs(shared - 0.5) > 0.1
        assert kept(other).same(whole) == (shared > 0.5)


def limit(folder: Path, **entries: Any) -> ThresholdPlan:
    values = np.random.default_rng(7).lognormal(6.9, 0.5, 3_000).round(2)
    folder.mkdir(exist_ok=True)
    (folder / "values.csv").write_text("value\n" + "\n".join(map(str, values)) + "\n", encoding="utf-8")
    given: dict[str, Any] = {"measure": "Simplified declaration", "theory": "Cheaper below"}
    given |= {"threshold": 1_000.0, "smallest_effect": 0.2, "data": "values.csv", "running": "value"}
    return ThresholdPlan(**given | entries, folder=str(folder))


def test_plans_at_a_threshold_are_marked_alike(tmp_path: Path) -> None:
    first = limit(tmp_path / "a")
    shuffled = tmp_path / "b"
    shuffled.mkdir()
    lines = (tmp_path / "a" / "values.csv").read_text("utf-8").splitlines()
    (shuffled / "other.csv").write_text("worth,more\n" + "".join(f"{v},1\n" for v in lines[:0:-1]), encoding="utf-8")
    alike = [
        limit(tmp_path / "a", smallest_effect=0.4),
        limit(tmp_path / "a", measure="Something else", threshold=1_001.0),
        limit(tmp_path / "a", measure="SIMPLIFIED declaration ", threshold=700.0),
        replace(first, data="other.csv", running="worth", folder=str(shuffled), measure="Something else"),
    ]
    for number, second in enumerate(alike):
        folder = FolderRegister(tmp_path / f"out{number}")
        (tmp_path / f"w{number}.arusha").mkdir()
        kept = Evaluations(tmp_path / f"w{number}.arusha")
        for keep in (folder.register, kept.register):
            assert not keep(first).amended
            assert (keep(second).amends, keep(second).seen) == (first.hash, False)
    other = limit(tmp_path / "a", measure="Another limit", threshold=1_500.0)
    assert not FolderRegister(tmp_path / "out0").register(other).amended
    shutil.rmtree(tmp_path / "b")
