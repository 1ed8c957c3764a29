"""Writes src/arusha/assessment/measured.json from the committed scorecard. Run by script/docs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from arusha.assessment import measured
from arusha.demo.scorecard import ANSWERS
from arusha.demo.scorecard_numbers import TARGET

ROOT = Path(__file__).resolve().parents[1]
SCORECARD = ROOT / "benchmarks/results/scorecard.json"


def text(card: dict[str, Any]) -> str:
    """The numbers that sentences of the report tell, from a scorecard."""
    clean = card["clean"]
    questions = sorted(name for name in clean if name != "any question")
    schemes = {}
    for question in questions:
        kinds = [kind for kind, asked in ANSWERS.items() if question in asked]
        cells = {
            (kind, strength): card["found"][f"{kind}/{strength}"]["found"]
            for kind in kinds
            for strength in ("weak", "medium", "strong")
            if f"{kind}/{strength}" in card["found"]
        }
        if not cells:
            continue
        strong = [cell for (_, strength), cell in cells.items() if strength == "strong"]
        schemes[question] = {
            "planted": sum(cell["of"] for cell in cells.values()),
            "found": sum(cell["count"] for cell in cells.values()),
            "strong": sum(cell["of"] for cell in strong),
            "strong_found": sum(cell["count"] for cell in strong),
            "shared": any(len(ANSWERS[kind]) > 1 for kind, _ in cells),
        }
    anything = clean["any question"]
    told = {
        "clean": {
            "worlds": anything["worlds"],
            "with_flag": anything["with_flag"],
            "rate": TARGET,
            "questions": questions,
        },
        "schemes": schemes,
    }
    return json.dumps(told, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    made = text(json.loads(SCORECARD.read_text(encoding="utf-8")))
    (Path(measured.__file__).parent / measured.FILE).write_text(made, encoding="utf-8")
