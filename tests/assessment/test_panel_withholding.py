"""Panels for readers who may see no person: nobody's own counts follow from one, nor from two subtracted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from arusha.assessment.panel_withholding import floors_of_everybody, telling
from arusha.assessment.panel_writing import write_panel
from arusha.assessment.panels import OfficePanel, office_panel
from arusha.assessment.plan import propose
from arusha.errors import ArushaError
from arusha.indicators.registry import indicators
from arusha.records.load import load

QUESTION = "lane-change-without-act"
Control = tuple[str, str, str, str, bool]
"""Office, day, lane, officer, whether it was closed without an act."""
Loaded = Callable[[list[Control]], Path]


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    def make(controls: list[Control]) -> Path:
        folder = tmp_path / f"load-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        declarations = [
            "declaration_id,office,registered_at,declarant_id,lane_assigned,lane_final,officer_id,procedure"
        ]
        acts = ["inspection_id,declaration_id,officer_id,ended_at,outcome"]
        for k, (office, day, lane, officer, free) in enumerate(controls):
            final = "green" if free else lane
            declarations.append(f"D{k},{office},{day}T12:00:00Z,B{k % 7},{lane},{final},{officer},IM4")
            if not free:
                acts.append(f"I{k},D{k},{officer},{day}T15:00:00Z,conforming")
        (folder / "declarations.csv").write_text("\n".join(declarations) + "\n")
        (folder / "inspections.csv").write_text("\n".join(acts) + "\n")
        (folder / "offices.csv").write_text("office,name,zone,kind\nA,Port A,UTC,port\nB,Port B,UTC,port\n")
        return load(folder, out=folder / "it.arusha", key_file=tmp_path / "it.key").path

    return make


def month(office: str, number: int, *, each: int = 6, officers: int = 12) -> list[Control]:
    """A month of alike officers, each of whom closes one control without an act."""
    return [
        (office, f"2024-{number:02d}-{1 + k:02d}", "yellow", f"{office}{o}", k == 0)
        for o in range(officers)
        for k in range(each)
    ]


def alone(office: str, number: int, lane: str = "yellow", n: int = 40) -> list[Control]:
    """What one officer did in a month."""
    return [(office, f"2024-{number:02d}-{1 + k % 28:02d}", lane, f"{office}0", k < 9) for k in range(n)]


def guarded(path: Path, **asked: object) -> OfficePanel:
    return office_panel(path, QUESTION, few_withheld=True, **asked)  # type: ignore[arg-type]


def offices(panel: OfficePanel) -> set[str]:
    return set(panel.table["office"].to_pylist())


def test_a_month_of_one_officer_withholds_its_office_from_quarters_too(loaded: Loaded) -> None:
    early = [c for office in "AB" for m in (1, 2) for c in month(office, m)]
    before = loaded(early)
    after = loaded(early + month("B", 3) + alone("A", 3))
    # Of two loads subtracted March of A would remain, which is one officer's.
    assert offices(guarded(before, period="quarter")) == {"A", "B"}
    quarter = guarded(after, period="quarter")
    assert (offices(quarter), quarter.withheld) == ({"B"}, ("A",))
    assert offices(guarded(after)) == {"B"}
    assert offices(office_panel(after, QUESTION, period="quarter")) == {"A", "B"}, "where persons may be seen, all"


def test_a_plan_that_cuts_a_period_is_refused(loaded: Loaded, tmp_path: Path) -> None:
    path = loaded([c for office in "AB" for m in (1, 2, 3, 4) for c in month(office, m)])
    plan = tmp_path / "plan.yaml"

    def until(start: str, end: str) -> Path:
        plan.write_text(f"questions: [{QUESTION}]\nperiod:\n  start: {start}\n  end: {end}\n")
        return plan

    for start, end, period in (
        ("2024-01-01", "2024-03-01", "quarter"),
        ("2024-02-01", "2024-04-01", "quarter"),
        ("2024-01-01", "2024-03-02", "month"),
        ("2024-01-03", "2024-04-01", "month"),
    ):
        with pytest.raises(ArushaError, match=f"cuts a {period} at 2024"):
            guarded(path, plan=until(start, end), period=period)
        office_panel(path, QUESTION, plan=plan, period=period)  # type: ignore[arg-type]
    assert guarded(path, plan=until("2024-01-01", "2024-03-01")).table.num_rows == 4
    assert guarded(path, plan=until("2024-01-01", "2024-04-01"), period="quarter").table.num_rows == 2
    assert guarded(path, plan=until("2023-01-15", "2024-12-15"), period="quarter").table.num_rows == 4


def test_plans_with_other_floors_give_no_second_panel_to_subtract(loaded: Loaded, tmp_path: Path) -> None:
    """Counted without a lane that one officer works, the panel would lack that officer's controls and nothing else."""
    path = loaded([c for office in "AB" for m in (1, 2) for c in [*month(office, m), *alone(office, m, "red", 4)]])
    plan = tmp_path / "plan.yaml"
    whole = guarded(path).table
    for floor in ("exposure: 31", "effect: 0.31"):
        plan.write_text(f"questions: [{QUESTION}]\nfloors:\n  {QUESTION}:\n    {floor}\n")
        with pytest.raises(ArushaError, match="floors or options of its own"):
            guarded(path, plan=plan)
        office_panel(path, QUESTION, plan=plan)
    plan.write_text(f"questions: [{QUESTION}]\nrate: 0.01\nseed: 12\n")
    assert guarded(path, plan=plan).table.equals(whole), "what counts nothing otherwise is the plan's own"
    override = next(i.definition for i in indicators() if i.definition.id == "assignment-override")
    proposed = propose(date(2024, 1, 1), date(2024, 12, 31), [override.id]).settings(override.id)
    with pytest.raises(ArushaError, match="floors or options of its own"):
        floors_of_everybody(override, replace(proposed, options={"lanes": ("red",)}), proposed)


def test_no_rate_of_a_stratum_that_one_officer_works_is_told(loaded: Loaded, tmp_path: Path) -> None:
    rows = [c for office in "AB" for m in (1, 2) for c in month(office, m, each=12)]
    path = loaded(rows + alone("B", 1, "red", 60))
    panel = guarded(path, baseline_until=date(2024, 2, 29))
    assert offices(panel) == {"A", "B"}
    told = json.loads(write_panel(panel, tmp_path / "panel.csv").read_text("utf-8"))["baseline"]
    assert (told["rates"], told["strata"]) == (None, [])
    assert "of few officers" in told["no_rates"]
    # One rate for all: what is expected follows from the panel's own columns and says nothing beyond them.
    table = panel.table.to_pylist()
    rate = sum(r["closed_without_act"] for r in table) / sum(r["exposure"] for r in table)
    for r in table:
        assert r["expected_closed_without_act"] == pytest.approx(r["exposure"] * rate, abs=5e-5)  # to four places
    assert any("one rate for all" in m for m in panel.messages())
    # Where ten stand behind the lane in every office and month, the lane counts.
    both = rows + [(o, d, "red", who, free) for o, d, _, who, free in rows]
    assert guarded(loaded(both), baseline_until=date(2024, 2, 29)).baseline.strata == ("lane",)  # type: ignore[union-attr]
    # And where persons may be seen, the rates are told as before.
    seen = office_panel(path, QUESTION, baseline_until=date(2024, 2, 29))
    told = json.loads(write_panel(seen, tmp_path / "seen.csv").read_text("utf-8"))["baseline"]
    assert {tuple(r["stratum"]): r["exposure"] for r in told["rates"]} == {("red",): 60, ("yellow",): 576}


def test_an_office_that_one_officer_dominates_is_withheld(loaded: Loaded) -> None:
    fair = month("B", 1)
    most = fair + alone("A", 1, n=200) + [("A", "2024-01-11", "yellow", f"A{o}", False) for o in range(1, 12)]
    assert guarded(loaded(most)).withheld == ("A",)
    # As many controls each, and one officer closes nearly all that are closed without an act.
    events = fair + [("A", f"2024-01-{1 + k:02d}", "yellow", f"A{o}", o == 3) for o in range(12) for k in range(12)]
    assert guarded(loaded(events)).withheld == ("A",)


def people(*rows: tuple[str, int, str | None, int, int]) -> pa.Table:
    names = ["office", "month", "officer", "exposure", "x"]
    return pa.table({name: list(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)})


def test_events_of_one_officer_are_seen_over_quarters_and_all_time() -> None:
    def months(*own: tuple[int, int], others: int = 0) -> pa.Table:
        """``own``: month and events of the first officer; the others have ``others`` each in the first month."""
        return people(
            *(
                ("A", m, f"P{o}", 20, x if o == 0 else others * (k == 0))
                for k, (m, x) in enumerate(own)
                for o in range(11)
            )
        )

    assert telling(months((0, 9)), (), ["x"]) == set(), "of nine events it is not asked whose they are"
    assert telling(months((0, 10)), (), ["x"]) == {"A"}
    assert telling(months((0, 5), (1, 5)), (), ["x"]) == {"A"}, "a quarter has ten"
    assert telling(months((2, 5), (3, 5)), (), ["x"]) == {"A"}, "all time has ten"
    assert telling(months((0, 10), others=1), (), ["x"]) == set(), "half is not over half"
    assert telling(months((0, 11), others=1), (), ["x"]) == {"A"}


def test_rows_without_an_officer_hide_nobody() -> None:
    nine = [("A", 0, f"P{o}", 5, 0) for o in range(9)]
    assert telling(people(*nine, ("A", 0, None, 500, 0)), (), ["x"]) == {"A"}
    ten = [*nine, ("A", 0, "P9", 45, 0)]
    assert telling(people(*ten, ("A", 0, None, 500, 0)), (), ["x"]) == set(), "45 of 90 is half"
    more = [*nine, ("A", 0, "P9", 46, 0)]
    assert telling(people(*more, ("A", 0, None, 500, 0)), (), ["x"]) == {"A"}
    assert telling(people(("B", 0, None, 500, 0)), (), ["x"]) == {"B"}
