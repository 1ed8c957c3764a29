"""Records of a reform, loaded and counted, give the reform's own panel again, and the same answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from arusha.assessment.panel_writing import write_panel
from arusha.assessment.panels import office_panel
from arusha.demo.reform_files import write_reform
from arusha.demo.reform_records import write_reform_records
from arusha.demo.reforms import reform
from arusha.effects import evaluate, plan_in
from arusha.errors import ArushaError
from arusha.records.load import load


@pytest.mark.slow
def test_the_panel_of_the_records_is_the_reforms_own(tmp_path: Path) -> None:
    made = reform(11, "displaces", elsewhere="officer")
    records = write_reform_records(made, tmp_path / "records")
    workspace = load(records, mapping="canonical", out=tmp_path / "posts.arusha", pseudonyms="off")
    starts = {p: s for p, s in zip(made.posts, made.starts, strict=True) if s}
    panel = office_panel(workspace, "lane-change-without-act", starts=starts)
    assert not panel.missing
    columns = ("exposure", "closed_without_act", "closed_by_others", "first_treated")
    rows = {(r["office"], r["month"]): tuple(r[c] for c in columns) for r in panel.table.to_pylist()}
    own = {
        (post, month): (
            int(made.controls[p, m]),
            int(made.counts["closed_without_act"][p, m]),
            int(made.counts["closed_by_others"][p, m]),
            made.starts[p] or "",
        )
        for p, post in enumerate(made.posts)
        for m, month in enumerate(made.months)
    }
    assert rows == own
    write_panel(panel, tmp_path / "panel.csv")
    plan = plan_in(write_reform(made, tmp_path / "own"))
    ours = replace(
        plan, data="panel.csv", folder=str(tmp_path), unit="office", exposure="exposure",
        counter_outcomes=tuple(o for o in plan.counter_outcomes if o.column == "closed_by_others"),
    )  # fmt: skip
    theirs = replace(plan, counter_outcomes=ours.counter_outcomes)
    one, two = evaluate(ours, tmp_path / "a"), evaluate(theirs, tmp_path / "b")
    assert (one.conclusion, one.grade) == (two.conclusion, two.grade)
    assert one.conclusion == "displacement"
    assert [f.estimate for f in one.findings] == [f.estimate for f in two.findings]


def test_more_closed_than_controls_is_refused(tmp_path: Path) -> None:
    made = reform(1, "nothing")
    broken = replace(made, controls=np.ones_like(made.controls))
    with pytest.raises(ArushaError, match="more closed controls"):
        write_reform_records(broken, tmp_path / "records")
    assert not (tmp_path / "records").exists()
