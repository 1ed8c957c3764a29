"""How firmly an answer stands: every point that is missing has its reason, as the page tells it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from arusha.effects import evaluate, read_plan, told
from arusha.effects.designs import Design
from arusha.effects.displacement import Displacement
from arusha.effects.estimates import PlaceboDate
from arusha.effects.strength import MOST, Strength, strength, strength_at_threshold
from arusha.effects.threshold_evaluation import Heap, Placebo
from arusha.language import Catalogue, languages

CLEAN = (PlaceboDate("2024-03", 0.001, 0.6),)
MOVED = Displacement("other", 0.1, 0.001, 0.05, 0.15, False)


def design(method: str, baseline: str = "all") -> Design:
    return Design(method, "", 20, 20, 12, 12, 1, baseline)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", list(MOST))
def test_where_nothing_is_missing_a_method_gives_its_most(method: str) -> None:
    assert strength(design(method), "better", CLEAN, 1.2, False, ()) == Strength(MOST[method], MOST[method])


@pytest.mark.parametrize(
    ("placebo", "apart", "amended", "moved", "less"),
    [
        (CLEAN, 0.9, False, (), ("parts",)),
        (CLEAN, None, False, (), ("parts",)),
        (CLEAN, 0.0, False, (), ("parts", "rests")),
        ((), 1.2, False, (), ("no-placebo", "parts")),
        (CLEAN, 1.2, True, (MOVED,), ("amended", "displaced")),
        (CLEAN, 1.2, False, (replace(MOVED, parted=True),), ()),
        ((), 0.0, True, (MOVED,), ("no-placebo", "parts", "rests", "amended", "displaced")),
    ],
)
def test_each_point_that_is_missing_has_a_reason(
    placebo: tuple[PlaceboDate, ...],
    apart: float | None,
    amended: bool,
    moved: tuple[Displacement, ...],
    less: tuple[str, ...],
) -> None:
    found = strength(design("groups"), "better", placebo, apart, amended, moved)
    assert found.less == less
    assert found.grade == max(1, 5 - len(less))


def test_nothing_that_cannot_be_told_is_firm() -> None:
    assert strength(design("groups"), "cannot-tell", CLEAN, 2.0, False, ()).grade == 0


def test_at_a_threshold_the_excess_mass_counts_beside_clean_placebos_only() -> None:
    clean, jumps = Placebo(900.0, 0.01, -0.1, 0.1, 0.8), Placebo(900.0, 0.6, 0.3, 0.9, 0.001)
    heap, none = Heap(200.0, 20.0, 1.0, 10.0), Heap(5.0, 20.0, 0.1, 10.0)
    found = {
        name: strength_at_threshold(verdict, mass, placebos, False)  # type: ignore[arg-type]
        for name, verdict, mass, placebos in (
            ("firm", "piles-up", heap, (clean,)),
            ("a jump beside it", "piles-up", heap, (jumps,)),
            ("no other value", "piles-up", heap, ()),
            ("no mass", "piles-up", none, (clean,)),
            ("alike", "alike", none, (clean,)),
        )
    }
    assert {name: (s.grade, s.less) for name, s in found.items()} == {
        "firm": (4, ()),
        "a jump beside it": (2, ("placebo-jumps", "mass-unsure")),
        "no other value": (2, ("no-placebo-value", "mass-unsure")),
        "no mass": (3, ("no-mass",)),
        "alike": (4, ()),
    }


@pytest.mark.parametrize("lang", languages())
def test_every_reason_has_a_sentence(lang: str) -> None:
    words = Catalogue(lang, isolate=False)
    reasons = ("no-placebo", "parts", "rests", "amended", "displaced", "no-placebo-value", "placebo-jumps")
    assert all(words.text(f"effects-grade-{why}") for why in (*reasons, "no-mass", "mass-unsure"))


def test_the_report_says_why_a_grade_is_less_than_its_method_can_give(tmp_path: Path) -> None:
    lines = ["office,month,closed,declarations,start"]
    for office in range(12):
        begins = "2025-01" if office < 6 else ""
        for month in range(24):
            label = f"{2024 + month // 12}-{month % 12 + 1:02d}"
            closed = 200 + (7 * office + 5 * month) % 11 - 60 * bool(begins and month >= 12)
            lines.append(f"O{office:02d},{label},{closed},1000,{begins}")
    (tmp_path / "panel.csv").write_text("\n".join(lines))
    (tmp_path / "plan.yaml").write_text(
        "measure: Rotation\ntheory: Ties cannot last\ndata: panel.csv\nunit: office\nperiod: month\n"
        "exposure: declarations\nfirst_treated: start\nsmallest_effect: 0.02\n"
        "outcome: {column: closed, better: lower}\n"
    )
    plan = read_plan(tmp_path / "plan.yaml")
    first = evaluate(plan, tmp_path / "out")
    assert "can give 4 at most" in told(first)
    second = told(evaluate(replace(plan, baseline="last"), tmp_path / "out"))
    assert "One less: another plan of this evaluation was registered before." in second
    assert first.robust is not None
    assert [m for m, _, _ in first.robust.sets] == [0.0, 0.5, 1.0]
    widths = [high - low for _, low, high in first.robust.sets]
    assert widths == sorted(widths), "the further trends may part, the wider"
    assert told(first).count("Had trends parted by") == 3
