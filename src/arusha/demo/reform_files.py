"""Files of the reforms of Examplia: a panel and a plan each, and what the answer key says of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from arusha.demo.reforms import COLUMNS, MAIN, MONTHS, Reform

_TOLD: Final = {
    "rotation": (
        "Examining officers change their post every quarter",
        "An officer and a broker who meet for a few weeks only cannot rely on each other",
    ),
    "second-signature": (
        "A second officer signs each closing of a control",
        "Two must agree before a control is closed without an act",
    ),
    "code-of-conduct": (
        "The code of conduct is read out and signed in each post",
        "Who has promised in front of others keeps to it",
    ),
}
SMALLEST: Final = 0.02
"""Two controls in a hundred: the change that would matter to the administration."""
BASELINE: Final = 12
"""Months, from the first, whose rates are the fixed expectation."""


def panel_text(made: Reform) -> str:
    """CSV, a row a post and month: controls, raw counts, the fixed baseline expectation of each, and the start."""
    rates = {c: n[:, :BASELINE].sum() / made.controls[:, :BASELINE].sum() for c, n in made.counts.items()}
    lines = [",".join(["post", "month", "controls", *COLUMNS, *(f"expected_{c}" for c in COLUMNS), "first_treated"])]
    for p, post in enumerate(made.posts):
        for m in range(MONTHS):
            n = int(made.controls[p, m])
            counts = [str(int(made.counts[c][p, m])) for c in COLUMNS]
            expected = [f"{rates[c] * n:.4f}" for c in COLUMNS]
            lines.append(",".join([post, made.months[m], str(n), *counts, *expected, made.starts[p] or ""]))
    return "\n".join(lines) + "\n"


def plan(made: Reform, *, data: str = "panel.csv", near: bool = True) -> dict[str, Any]:
    """The entries of a careful plan: every place that the problem could move to is named, the near posts too."""
    measure, theory = _TOLD[made.measure]
    found: dict[str, Any] = {
        "measure": measure,
        "theory": theory,
        "data": data,
        "unit": "post",
        "period": "month",
        "exposure": "controls",
        "first_treated": "first_treated",
        "outcome": {"column": MAIN, "better": "lower"},
        "counter_outcomes": [{"column": c, "better": "lower"} for c in COLUMNS if c != MAIN],
        "smallest_effect": SMALLEST,
    }
    return {**found, "near": list(made.near)} if near else found


def key(made: Sequence[Reform]) -> list[dict[str, Any]]:
    """What each reform does, for ``answer_key.json``."""
    return [
        {
            "measure": r.measure,
            "does": r.kind,
            "displaced_to": r.elsewhere,
            "seed": r.seed,
            "posts": {p: s for p, s in zip(r.posts, r.starts, strict=True) if s is not None},
            "near": list(r.near),
            "true_effects": {t.column: round(t.effect, 6) for t in r.truth},
        }
        for r in made
    ]


def write_reform(made: Reform, folder: Path, *, near: bool = True) -> Path:
    """``panel.csv``, ``plan.yaml`` and the mark of invented data in ``folder``; the path of the plan."""
    import yaml

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "panel.csv").write_text(panel_text(made), encoding="utf-8")
    mark = json.dumps({"administration": "Republic of Examplia", "seed": made.seed})
    (folder / "invented.json").write_text(mark + "\n", encoding="utf-8")
    path = folder / "plan.yaml"
    path.write_text(yaml.safe_dump(plan(made, near=near), sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def write_reforms(made: Sequence[Reform], folder: Path) -> None:
    """A folder for each reform."""
    for one in made:
        write_reform(one, folder / one.measure)
