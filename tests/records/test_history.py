"""What is kept of each load: it survives the next one, is whole or not at all, and holds no cell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from extract_files import DECLARATIONS, small

from arusha.records.history import HISTORY, Load, LoadedFile, LoadedTable, loads, month_column, months_between
from arusha.records.load import load
from arusha.records.load_changes import Change, changes
from arusha.records.set_aside_limits import aside_shares, counted
from arusha.records.workspace import recover

BAD = "D4,EX01,2024-03-02T03:00:00Z,B2,red,red,Officer Somebody,no number\n"


def test_every_load_is_kept_when_its_records_are_gone(tmp_path: Path) -> None:
    workspace = tmp_path / "office.arusha"
    load(small(tmp_path / "one"), "canonical", workspace)
    later = DECLARATIONS.replace("2024-03-01", "2024-04-01") + BAD
    load(small(tmp_path / "two", declarations=later), "canonical", workspace)
    first, second = loads(workspace)
    assert counted(first) == (0, 5)
    assert counted(second, "declarations") == (1, 4)
    table = second.tables["declarations"]
    assert table.reasons == {"unreadable-number": 1}
    assert table.read == table.accepted + table.set_aside
    # Days are the offices' own: 03:00 UTC of 1 April is 31 March in New York.
    assert table.months == {"2024-01": 2, "2024-03": 1}
    assert table.missing_months == ("2024-02",)
    assert table.filled is not None
    assert table.filled["officer_id"] == 2
    assert changes(first, second) == [
        Change("months-gone", "declarations", ("2024-02",)),
        Change("months-new", "declarations", ("2024-03",)),
        Change("set-aside", "declarations", before=0, after=1),
    ]


def test_no_cell_of_a_row_set_aside_is_in_the_history(tmp_path: Path) -> None:
    workspace = tmp_path / "office.arusha"
    load(small(tmp_path / "one", declarations=DECLARATIONS + BAD), "canonical", workspace)
    assert "no number" in (workspace / "manifest.json").read_text("utf-8")
    assert "no number" not in (workspace / HISTORY).read_text("utf-8")
    assert "Somebody" not in (workspace / HISTORY).read_text("utf-8")


def test_a_load_from_before_histories_is_told_of_as_far_as_its_manifest_does(tmp_path: Path) -> None:
    workspace = tmp_path / "office.arusha"
    load(small(tmp_path / "one"), "canonical", workspace)
    whole = loads(workspace)
    (workspace / HISTORY).unlink()
    (bare,) = loads(workspace)
    assert bare.digest == whole[0].digest
    assert bare.tables["declarations"].months is None
    assert bare.tables["declarations"].present == whole[0].tables["declarations"].present
    load(small(tmp_path / "two", declarations=DECLARATIONS + BAD), "canonical", workspace)
    older, _ = loads(workspace)
    assert older.digest == bare.digest


@pytest.mark.parametrize("line", ["{", "[]", '{"format": 99}', '{"format": 1, "digest": 3}', ""])
def test_a_line_that_cannot_be_read_is_left_out_and_kept_as_it_is(tmp_path: Path, line: str) -> None:
    workspace = tmp_path / "office.arusha"
    load(small(tmp_path / "one"), "canonical", workspace)
    before = (workspace / HISTORY).read_text("utf-8")
    (workspace / HISTORY).write_text(line + "\n" + before, "utf-8")
    assert len(loads(workspace)) == 1
    load(small(tmp_path / "two", declarations=DECLARATIONS + BAD), "canonical", workspace)
    assert len(loads(workspace)) == 2
    assert (workspace / HISTORY).read_text("utf-8").startswith(line)


@pytest.mark.slow
def test_a_load_killed_between_its_files_leaves_records_and_history_of_one_load(tmp_path: Path) -> None:
    """Killed at each step of putting the new files in place: what opens then has the new load once, as its last."""
    small(tmp_path / "one")
    small(tmp_path / "two", declarations=DECLARATIONS + BAD)
    code = (
        "import os, sys; sys.path.insert(0, {records!r})\n"
        "from pathlib import Path\n"
        "from arusha.records.load import load\n"
        "load(Path({one!r}), 'canonical', Path({to!r}))\n"
        "old = Path.replace; left = [{steps}]\n"
        "def replace(self, to):\n"
        "    if '.ready' in str(self):\n"
        "        if left[0] == 0: os._exit(9)\n"
        "        left[0] -= 1\n"
        "    return old(self, to)\n"
        "Path.replace = replace\n"
        "load(Path({two!r}), 'canonical', Path({to!r}))\n"
    )
    for steps in range(4):
        to = tmp_path / f"w{steps}.arusha"
        text = code.format(
            records=str(Path(__file__).parent),
            one=str(tmp_path / "one"),
            two=str(tmp_path / "two"),
            to=str(to),
            steps=steps,
        )
        done = subprocess.run([sys.executable, "-c", text], env=os.environ, check=False)
        assert done.returncode == (9 if steps < 3 else 0)
        recover(to)
        found = loads(to)
        assert len(found) == 2, steps
        manifest = json.loads((to / "manifest.json").read_text("utf-8"))
        assert [s["sha256"] for s in manifest["sources"]] == [f.sha256 for f in found[-1].files]


def shares(*told: tuple[int, int]) -> list[Load]:
    return [
        Load(
            f"{k:064x}",
            f"2026-{k + 1:02d}-01T00:00:00+00:00",
            "canonical",
            "m",
            (LoadedFile("declarations.csv", f"{k:064x}", of, of - count, count),),
            {"declarations": LoadedTable(of, of - count, count)},
        )
        for k, (count, of) in enumerate(told)
    ]


def test_a_load_of_the_same_bytes_says_nothing_twice() -> None:
    known = shares(*[(10, 1000)] * 7)
    again = [Load(f"f{k}", one.at, "canonical", "m", known[0].files, one.tables) for k, one in enumerate(known)]
    assert aside_shares([*known, *again])[-1].limits is not None
    assert aside_shares([known[0], *again])[-1].limits is None


def test_an_unusual_load_does_not_widen_what_is_expected_of_the_next() -> None:
    usual = [(10, 1000), (12, 1000), (9, 1000), (11, 1000), (10, 1000), (13, 1000), (10, 1000)]
    found = aside_shares(shares(*usual, (300, 1000), (300, 1000)))
    assert [one.unusual for one in found] == [False] * 7 + [True, True]
    assert found[-1].limits == found[-2].limits


def test_the_time_of_a_table_is_its_rows_own_and_no_register_has_one() -> None:
    assert month_column("declarations") == "registered_on"
    assert month_column("assignments") == "assigned_on"
    assert month_column("treasury_receipts") == "period"
    assert {month_column(t) for t in ("postings", "offices", "items", "tariff")} == {""}
    assert list(months_between("2025-11", "2026-02")) == ["2025-11", "2025-12", "2026-01", "2026-02"]
