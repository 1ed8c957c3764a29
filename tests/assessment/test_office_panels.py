"""Panels of offices: the same counts as a loop over the rows, missing months missing, few officers withheld."""

from __future__ import annotations

import csv
import importlib.util
import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from arusha.assessment import panels
from arusha.assessment.folder import digest
from arusha.assessment.panel_baseline import FEWEST, baseline_rates
from arusha.assessment.panel_counts import COUNTABLE, REFUSED
from arusha.assessment.panel_writing import write_panel
from arusha.assessment.panels import OfficePanel, office_panel
from arusha.charter import Charter, Standing
from arusha.cli import app
from arusha.errors import ArushaError
from arusha.indicators.registry import indicators
from arusha.records.workspace import Workspace

UNTIL = date(2025, 6, 30)
Rows = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def made(examplia: Workspace) -> dict[str, OfficePanel]:
    return {q: office_panel(examplia, q, baseline_until=UNTIL) for q in COUNTABLE}


def rows_of(panel: OfficePanel) -> Rows:
    return {(r["office"], r[panel.period]): r for r in panel.table.to_pylist()}


def read(workspace: Workspace, columns: str, table: str) -> list[dict[str, Any]]:
    """Plain rows: what follows counts them one by one, without any query of ours."""
    with workspace.connect() as connection:
        found = connection.execute(f"SELECT {columns} FROM {table}")
        names = [d[0] for d in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def month(row: dict[str, Any]) -> tuple[str, str]:
    return str(row["office"]), row["registered_on"].strftime("%Y-%m")


def agree(panel: OfficePanel, exposure: Counter[tuple[str, str]], **events: Counter[tuple[str, str]]) -> None:
    rows = rows_of(panel)
    assert {k: r["exposure"] for k, r in rows.items()} == dict(exposure)
    for event, counted in events.items():
        assert {k: r[event] for k, r in rows.items()} == {k: counted[k] for k in exposure}


def test_lanes_are_those_of_the_declarations(examplia: Workspace, made: dict[str, OfficePanel]) -> None:
    declarations = read(examplia, "office, registered_on, lane_assigned, lane_reason", "declarations")
    laned = [d for d in declarations if d["lane_assigned"]]
    lanes = {x: Counter(month(d) for d in laned if d["lane_assigned"] == x) for x in ("green", "blue", "yellow", "red")}
    random = Counter(month(d) for d in laned if d["lane_reason"] == "random")
    agree(made["lane-rates"], Counter(map(month, laned)), random=random, **lanes)


def test_controls_closed_without_an_act_are_those_of_a_loop(examplia: Workspace, made: dict[str, OfficePanel]) -> None:
    columns = "declaration_id, office, registered_on, lane_assigned, lane_final, officer_id"
    controls = [d for d in read(examplia, columns, "declarations") if d["lane_assigned"] in ("red", "yellow")]
    acts: dict[str, set[str]] = {}
    for act in read(examplia, "declaration_id, officer_id", "inspections"):
        acts.setdefault(act["declaration_id"], set()).add(act["officer_id"])
    last: dict[str, dict[str, Any]] = {}
    log = read(examplia, "declaration_id, event_id, user_id, occurred_at, occurred_on, action, new_value", "events")
    for entry in sorted(log, key=lambda e: (e["occurred_at"], e["event_id"])):
        if entry["action"] == "reroute" and (entry["new_value"] or "green").lower() in ("green", "blue"):
            last[entry["declaration_id"]] = entry
    chiefs = [p for p in read(examplia, "*", "postings") if p["role"] in ("chief", "supervisor")]
    without, others, either = Counter[Any](), Counter[Any](), Counter[Any]()
    for d in controls:
        entry = last.get(d["declaration_id"])
        user = entry["user_id"] if entry else None
        free = user != "system" if entry else d["lane_final"] in ("green", "blue")
        no_act = free and d["declaration_id"] not in acts
        stranger = user not in (None, "system", d["officer_id"]) and user not in acts.get(d["declaration_id"], set())
        if stranger and entry is not None:
            on = entry["occurred_on"]
            stranger = not any(
                p["officer_id"] == user
                and p["office"] == d["office"]
                and p["from_date"] <= on
                and (p["to_date"] is None or on < p["to_date"])
                for p in chiefs
            )
        without[month(d)] += no_act
        others[month(d)] += stranger
        either[month(d)] += no_act or stranger
    assert sum(without.values()) > 20, "a year in which nothing is closed proves little"
    counted = {"closed_without_act": without, "closed_by_others": others, "closed_out_of_order": either}
    agree(made["lane-change-without-act"], Counter(map(month, controls)), **counted)


def test_findings_are_those_of_a_loop(examplia: Workspace, made: dict[str, OfficePanel]) -> None:
    declarations = {
        d["declaration_id"]: d for d in read(examplia, "declaration_id, office, registered_on", "declarations")
    }
    found: dict[tuple[str, str], bool] = {}
    for act in read(examplia, "declaration_id, officer_id, outcome", "inspections"):
        if act["outcome"]:
            key = act["declaration_id"], act["officer_id"]
            found[key] = found.get(key, False) or act["outcome"] == "discrepancy"
    exposure = Counter(month(declarations[d]) for d, _ in found)
    agree(made["finding-rate"], exposure, finding=Counter(month(declarations[d]) for (d, _), x in found.items() if x))


def test_moves_are_those_of_a_loop_but_for_what_is_excused(examplia: Workspace, made: dict[str, OfficePanel]) -> None:
    declarations = {
        d["declaration_id"]: d
        for d in read(examplia, "declaration_id, lane_assigned, declarant_id", "declarations")
        if d["lane_assigned"] in ("blue", "yellow", "red") and d["declarant_id"]
    }
    picks: dict[str, dict[int, str]] = {}
    for a in read(examplia, "declaration_id, sequence, officer_id", "assignments"):
        if a["declaration_id"] in declarations and a["officer_id"]:
            picks.setdefault(a["declaration_id"], {})[a["sequence"]] = a["officer_id"]
    picks = {d: p for d, p in picks.items() if 1 in p}
    moved = sum(p[max(p)] != p[1] for p in picks.values())
    panel = made["assignment-override"]
    excused = sum(int(left.what.split()[0]) for left in panel.left_out)
    assert excused > 0
    assert sum(panel.table["exposure"].to_pylist()) + excused == len(picks)
    assert sum(panel.table["moved"].to_pylist()) + excused == moved


def test_errors_are_binomial_and_left_out_where_nothing_or_all_is_counted(made: dict[str, OfficePanel]) -> None:
    blank = 0
    for panel in made.values():
        for row in panel.table.to_pylist():
            for event in panel.events:
                x, n, se = row[event], row["exposure"], row[f"se_{event}"]
                assert row[f"share_{event}"] == pytest.approx(x / n, abs=5e-7)  # written to six places
                if 0 < x < n:
                    assert se == pytest.approx((x / n * (1 - x / n) / n) ** 0.5, abs=5e-7)
                    assert event not in row["reason"]
                else:
                    assert se is None
                    assert f"{event}: {'none' if x == 0 else 'all'} counted" in row["reason"]
                    blank += 1
    assert blank > 20


def test_the_expectation_is_the_baseline_of_all_offices_and_does_not_move(examplia: Workspace) -> None:
    panel = office_panel(examplia, "lane-change-without-act", baseline_until=UNTIL)
    assert panel.baseline is not None
    assert (panel.baseline.first, panel.baseline.last) == ("2025-01", "2025-06")
    before = [r for r in panel.table.to_pylist() if r["month"] <= "2025-06"]
    for event in panel.events:
        # Both lanes have rates of their own: over the baseline what is expected adds up to what was counted.
        total = sum(r[event] for r in before)
        assert sum(r[f"expected_{event}"] for r in before) == pytest.approx(total, abs=5e-5 * len(before))
    # Another plan of starts changes no expectation; what comes after the baseline cannot.
    again = office_panel(examplia, "lane-change-without-act", baseline_until=UNTIL, starts={"SMA": "2025-09"})
    assert again.table.drop_columns(["first_treated"]).equals(panel.table.drop_columns(["first_treated"]))
    assert {r["first_treated"] for r in again.table.to_pylist() if r["office"] == "SMA"} == {"2025-09"}
    assert office_panel(examplia, "lane-change-without-act", starts={"SMA": "2025-07"}).baseline == panel.baseline


def test_a_small_stratum_takes_the_rate_of_the_coarser_one() -> None:
    strata = [("red", "food"), ("red", "metal"), ("red", "metal"), ("green", "food"), ("blue", "food")]
    exposure = np.array([100, FEWEST - 1, 500, FEWEST, 7])
    inside = np.array([True, True, False, True, True])
    counts = {"x": np.array([10, 20, 0, 3, 7])}
    found = baseline_rates(strata, exposure, counts, inside)
    assert found["red", "food"].rates["x"] == pytest.approx(0.1)
    small = found["red", "metal"]
    assert (small.exposure, small.taken_from) == (FEWEST - 1, ("red",))
    assert small.rates["x"] == pytest.approx(30 / (100 + FEWEST - 1))
    assert found["green", "food"].taken_from == ("green", "food")
    assert found["blue", "food"].taken_from == ()
    assert found["blue", "food"].rates["x"] == pytest.approx(40 / (100 + 2 * FEWEST - 1 + 7))
    with pytest.raises(ValueError, match="no exposure"):
        baseline_rates(strata, exposure, counts, np.zeros(5, dtype=bool))


def test_missing_months_are_missing_and_said(made: dict[str, OfficePanel]) -> None:
    panel = made["lane-change-without-act"]
    assert panel.missing, "the demo has an office that opens in mid-year"
    (office, periods), *_ = panel.missing.items()
    assert not any((office, p) in rows_of(panel) for p in periods)
    assert any(office in m and "missing, not zero" in m and periods[0] in m for m in panel.messages())
    for lang in ("fr", "es", "ar"):
        said = panel.messages(lang)
        assert any(office in m and periods[0] in m for m in said)
        assert not any("records run" in m or "missing, not zero" in m for m in said)


def test_quarters_add_up_months(examplia: Workspace, made: dict[str, OfficePanel]) -> None:
    for question in ("lane-rates", "assignment-override"):
        quarters = office_panel(examplia, question, period="quarter")
        counted: Counter[tuple[str, str]] = Counter()
        for r in made[question].table.to_pylist():
            year, number = map(int, r["month"].split("-"))
            counted[r["office"], f"{year}Q{(number + 2) // 3}"] += r["exposure"]
        assert {(r["office"], r["quarter"]): r["exposure"] for r in quarters.table.to_pylist()} == dict(counted)
        assert quarters.baseline is None
        assert set(quarters.table[f"expected_{next(iter(quarters.events))}"].to_pylist()) == {None}


def test_every_question_gives_a_panel_or_a_reason() -> None:
    known = {i.definition.id for i in indicators()}
    assert set(COUNTABLE) | set(REFUSED) >= known
    assert not set(COUNTABLE) & set(REFUSED)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"question": "assignment-steering"}, "re-based in each period"),
        ({"question": "value-shortfall"}, "world market"),
        ({"question": "lane-rate"}, "Did you mean lane-rates"),
        ({"period": "week"}, "no period"),
        ({"starts": {"SMAA": "2025-05"}}, "Did you mean SMA"),
        ({"starts": {"SMA": "2025Q2"}}, "no month"),
        ({"starts": {"SMA": "soon"}}, "Write 2026-03"),
        ({"starts": {"SMA": "2025-05"}, "baseline_until": UNTIL}, "End the baseline before the first start"),
        ({"baseline_until": date(2025, 1, 30)}, "no whole month"),
        ({"starts": {"SMA": "2025-01"}}, "no whole month"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(examplia: Workspace, given: dict[str, Any], said: str) -> None:
    with pytest.raises(ArushaError, match=said):
        office_panel(examplia, **{"question": "lane-rates"} | given)


@pytest.fixture(scope="module")
def agreed(examplia: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The same workspace under a charter in which nothing is live."""
    path = tmp_path_factory.mktemp("agreed-panels") / "office.arusha"
    shutil.copytree(examplia.path, path)
    Charter.make(path, "customs.example/panels", "P-0001-TEST-0000", "P-0002-TEST-0000")
    return Workspace.open(path)


def test_a_question_that_is_not_live_gives_no_series_of_few_officers(
    agreed: Workspace, made: dict[str, OfficePanel], monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "lane-change-without-act"
    columns = "office, registered_on, officer_id, lane_assigned"
    behind: dict[tuple[str, str], set[str]] = {}
    for d in read(agreed, columns, "declarations"):
        if d["lane_assigned"] in ("red", "yellow"):
            behind.setdefault(month(d), set()).add(d["officer_id"])
    few = {office for (office, _), who in behind.items() if len(who) < 10}
    panel = office_panel(agreed, question, baseline_until=UNTIL)
    there = set(panel.table["office"].to_pylist())
    assert few
    assert there
    assert set(panel.withheld) <= few  # who closed is counted, and a chief may close beside the officers
    assert there == {o for o, _ in rows_of(made[question])} - set(panel.withheld)
    assert not there & {o for o in few if max(len(w) for (x, _), w in behind.items() if x == o) < 8}
    # Its baseline is of what is shown: of all less what is shown the rest could be had.
    assert panel.baseline is not None
    assert sum(r.exposure for r in panel.baseline.rates) == sum(
        r["exposure"] for r in panel.table.to_pylist() if r["month"] <= "2025-06"
    )
    assert any("not live under the charter" in m for m in panel.messages())
    # What is about no person names none: lanes are the engine's.
    assert set(office_panel(agreed, "lane-rates").table["office"].to_pylist()) > there
    monkeypatch.setattr(panels, "standing", lambda _, told: Standing(told.question, "live", True, told.digest))
    assert office_panel(agreed, question, baseline_until=UNTIL).table.equals(made[question].table)


def test_a_panel_is_written_whole_with_what_it_was_made_from(
    examplia: Workspace, made: dict[str, OfficePanel], tmp_path: Path
) -> None:
    out = tmp_path / "panel.csv"
    beside = write_panel(made["finding-rate"], out)
    told = json.loads(beside.read_text("utf-8"))
    assert told["file"] == {"name": "panel.csv", "sha256": digest(out), "rows": made["finding-rate"].table.num_rows}
    assert told["workspace"]["digest"] == digest(examplia.path / "manifest.json")
    assert told["baseline"]["strata"] == ["lane", "random", "goods"]
    assert told["demo"], "panels of invented records say so"
    assert {p.name for p in tmp_path.iterdir()} == {"panel.csv", "panel.json"}
    with out.open(newline="", encoding="utf-8") as file:
        assert [r["finding"] for r in csv.DictReader(file)] == [
            str(x) for x in made["finding-rate"].table["finding"].to_pylist()
        ]
    with pytest.raises(ArushaError, match="exists already"):
        write_panel(made["finding-rate"], out)
    write_panel(made["lane-rates"], tmp_path / "lanes.parquet")
    assert pq.read_table(tmp_path / "lanes.parquet").equals(made["lane-rates"].table)
    with pytest.raises(ArushaError, match=r"\.csv or \.parquet"):
        write_panel(made["lane-rates"], tmp_path / "lanes.xlsx")


def test_the_command_line_writes_it_and_says_what_is_missing(examplia: Workspace, tmp_path: Path) -> None:
    asked = ["panel", str(examplia.path), "--question", "lane-rates", "--out", str(tmp_path / "p.csv")]
    done = CliRunner().invoke(app, [*asked, "--start", "SMA=2025-09", "--baseline-until", "2025-06-30"])
    assert done.exit_code == 0, done.output
    assert "missing, not zero" in done.output
    assert "of 8 offices" in done.output
    for wrong in ("SMA", "=2025-09", "SMA="):
        with pytest.raises(ArushaError, match="no start"):
            CliRunner().invoke(app, [*asked, "--force", "--start", wrong], catch_exceptions=False)


@pytest.mark.spark
@pytest.mark.slow
@pytest.mark.xdist_group("spark")
@pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="pyspark is not installed")
@pytest.mark.skipif(shutil.which("java") is None, reason="no Java runtime: apt-get install openjdk-17-jre-headless")
def test_spark_gives_the_same_panels(examplia: Workspace, made: dict[str, OfficePanel]) -> None:
    # Counts are whole numbers and expectations are rounded well above the last place of a sum of doubles.
    for question, panel in made.items():
        assert office_panel(examplia, question, baseline_until=UNTIL, engine="spark").table.equals(panel.table), (
            question
        )
