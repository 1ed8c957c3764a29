"""One question asked of an invented administration with known mechanisms: whom it would flag, and what they are.

Run as a process of its own (``python -m arusha.demo.sandbox``), with limits of its own: a request as JSON on standard
input, the answer as JSON on standard output.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from arusha.assessment import plan as plans
from arusha.assessment.asking import ask, period
from arusha.demo import generate, write_canonical
from arusha.demo.against_key import check
from arusha.demo.answers import Answers
from arusha.demo.scorecard import ANSWERS, label
from arusha.engine import open_session
from arusha.errors import ArushaError
from arusha.indicators.registry import indicators
from arusha.records.load import load
from arusha.records.workspace import Workspace

STRENGTHS = ("none", "weak", "medium", "strong")
DECLARATIONS = 20_000
MEMORY = 6 << 30
"""Bytes of address space that the process may take."""


@dataclass(frozen=True)
class Request:
    """What is asked: a question with its settings, the strength of what is planted for it, and which invented year."""

    question: str
    strength: str
    seed: int
    declarations: int = DECLARATIONS
    rate: float = 0.05
    floors: Mapping[str, float] | None = None
    options: Mapping[str, Any] | None = None


def run(asked: Request) -> dict[str, Any]:
    """Make the year, load it, ask the one question, and say what each flagged unit is by the year's own key.

    Raises
    ------
    ArushaError
        If there is no such question or strength.
    """
    known = {i.definition.id: i for i in indicators()}
    if asked.question not in known or asked.strength not in STRENGTHS:
        raise ArushaError("there is no such question or strength", where=f"{asked.question}, {asked.strength}")
    planted = asked.strength != "none"
    kinds = [kind for kind, questions in ANSWERS.items() if asked.question in questions]
    chosen: dict[str, Any] = {"schemes": dict.fromkeys(kinds, 1), "strengths": (asked.strength,)} if planted else {}
    world = generate(asked.declarations, seed=asked.seed, clean=not planted, **chosen)
    with tempfile.TemporaryDirectory(prefix="arusha-sandbox-") as folder:
        write_canonical(world, Path(folder) / "canonical")
        load(Path(folder) / "canonical", "canonical", Path(folder) / "w.arusha", pseudonyms="off")
        source = Workspace.open(Path(folder) / "w.arusha")
        with open_session(source, threads=1) as session:
            plan = plans.propose(*period(session), known)
        plan = replace(
            plan,
            rate=asked.rate,
            floors={asked.question: asked.floors} if asked.floors else {},
            options={asked.question: asked.options} if asked.options else {},
        )
        with open_session(source, threads=1) as session:
            answer = ask(session, known[asked.question], plan.settings(asked.question))
    if answer.findings is None:
        raise ArushaError(f"{asked.question} cannot be asked of invented records", where=asked.question)
    answers = Answers.of(world, {})
    rows = answer.findings.signals.to_pylist()
    checked = check(answers, rows, [asked.question])
    flagged = [row for row in rows if row["flagged"]]
    return {
        "question": asked.question,
        "strength": asked.strength,
        "seed": asked.seed,
        "declarations": asked.declarations,
        "tested": dict(checked.tested),
        "flagged": dict(checked.flagged),
        "cannot_tell": dict(checked.cannot_tell),
        "schemes": [[s.kind, s.strength, s.outcome, s.declarations] for s in checked.schemes],
        "units": [
            {
                "is": label(row, answers)[0],
                "of": list(next(f.of for f in checked.flags if f.signal == row["signal_id"])),
                **{name: row[name] for name in ("unit_kind", "n", "observed", "expected", "effect", "q_value")},
            }
            for row in flagged
        ],
    }


def main() -> int:
    """The process."""
    try:
        import resource
    except ImportError:  # Windows: the time limit of whoever started it is the only one
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        json.dump(run(Request(**json.load(sys.stdin))), sys.stdout)
    except ArushaError as problem:
        print(problem.problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
