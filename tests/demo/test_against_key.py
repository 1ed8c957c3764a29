"""The comparison with the answer key, on rows small enough to count by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from arusha.demo.against_key import check, read_answers
from arusha.demo.answers import Answers
from arusha.errors import ArushaError


def unit(officer: str | None, declarant: str | None) -> dict[str, str | None]:
    return {"officer_id": officer, "declarant_id": declarant}


def scheme(name: str, kind: str, *units: dict[str, str | None]) -> dict[str, Any]:
    return {
        "id": name,
        "kind": kind,
        "strength": "medium",
        "office": "PTH",
        "declarations_affected": 12,
        "units": list(units),
        "rides_on": None,
    }


KEY = {
    "schemes": [
        scheme("S01", "steering-pick", unit("P-1", "T-1")),
        scheme("S02", "steering-pick", unit("P-2", "T-2")),
        scheme("S03", "steering-pick", unit("P-3", "T-3")),
        scheme("S04", "undervaluation", unit("P-1", "T-1")),
        scheme("S05", "leniency", unit("P-5", None)),
        scheme("S06", "undervaluation", unit("P-9", "T-9")),
    ],
    "lookalikes": [{"kind": "night-desk", "units": [unit("P-6", "T-6")]}],
}
ANSWERS = Answers(KEY, {("P-7", "T-1"): {"S01"}}, {}, {})


def row(officer: str, declarant: str, *, flagged: bool = False, p: float | None = 0.5) -> dict[str, Any]:
    return {
        "indicator": "assignment-steering",
        "signal_id": f"{officer}{declarant}",
        "unit_kind": "pair",
        "unit_id": officer,
        "other_id": declarant,
        "p_value": p,
        "signal": flagged,
        "flagged": flagged,
    }


ROWS = [
    row("P-1", "T-1", flagged=True),
    row("P-2", "T-2"),
    row("P-3", "T-3", p=None),
    row("P-6", "T-6", flagged=True),
    row("P-7", "T-1"),
    row("P-8", "T-8", flagged=True),
    row("P-8", "T-9"),
    row("P-8", "T-7", p=None),
]


def test_each_scheme_has_its_outcome() -> None:
    checked = check(ANSWERS, ROWS, ["assignment-steering"])
    assert {s.id: s.outcome for s in checked.schemes} == {
        "S01": "found",
        "S02": "missed",
        "S03": "cannot-tell",
        "S04": "found-elsewhere",
        "S05": "not-shown",
        "S06": "not-shown",
    }


def test_units_are_counted_as_what_they_are() -> None:
    checked = check(ANSWERS, ROWS, ["assignment-steering"])
    assert checked.tested == {"planted": 3, "look-alike": 1, "honest": 2}
    assert checked.flagged == {"planted": 1, "look-alike": 1, "honest": 1}
    assert checked.cannot_tell == {"planted": 1, "honest": 1}
    assert {f.signal: (f.is_, f.of) for f in checked.flags} == {
        "P-1T-1": ("planted", ("steering-pick", "undervaluation")),
        "P-6T-6": ("look-alike", ("night-desk",)),
        "P-8T-8": ("honest", ()),
    }


def test_what_is_not_shown_counts_for_nothing() -> None:
    checked = check(ANSWERS, ROWS, [])
    assert (checked.tested, checked.flagged, checked.flags) == ({}, {}, ())
    assert {s.outcome for s in checked.schemes} == {"not-shown"}


def test_a_folder_without_a_key_says_so(tmp_path: Path) -> None:
    with pytest.raises(ArushaError, match="does not lie beside"):
        read_answers(tmp_path)
