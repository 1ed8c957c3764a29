"""Which messages still speak English alone: no more of them than are listed here, so that the rest stays translated."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import arusha

SOURCE = Path(arusha.__file__).parent
MOST: dict[str, int] = {}
"""By folder, how many errors that a user can meet may be raised with a sentence that is in no catalogue: none since
30 November 2026. A new error belongs into the catalogues (``arusha.language.told``), its remedy too."""

PYTHON = "a wrong argument of a function that Python alone calls: no command and no page reaches it"
ANALYSES = "of an analysis that Python alone can ask for: no command and no page reaches it"
FOR_PROGRAMMERS = {
    "charter/charter.py": (1, "an act that the program itself names wrongly"),
    "demo/large.py": (1, PYTHON),
    "demo/lookalikes/__init__.py": (1, PYTHON),
    "demo/reform_records.py": (1, "a fault of the generator"),
    "demo/reforms.py": (1, PYTHON),
    "demo/sandbox.py": (2, "the form of the sandbox offers nothing else"),
    "demo/schemes/__init__.py": (3, PYTHON),
    "demo/scorecard.py": (1, "of the scorecards that a developer runs"),
    "demo/writing.py": (1, PYTHON),
    "engine/allowed.py": (1, "a query as it is written in a question's code"),
    "engine/results.py": (1, "a query as it is written in a question's code"),
    "engine/session.py": (2, "a query as it is written in a question's code"),
    "index/aggregate.py": (2, PYTHON),
    "index/analysis.py": (4, PYTHON),
    "index/build.py": (3, PYTHON),
    "index/halves.py": (4, PYTHON),
    "index/impute.py": (2, PYTHON),
    "index/normalise.py": (4, PYTHON),
    "index/profile.py": (1, "a profile file cannot ask for it"),
    "index/reliability.py": (4, PYTHON),
    "index/treat.py": (3, PYTHON),
    "index/uncertainty.py": (3, "a profile file cannot ask for it"),
    "indicators/registry.py": (2, "of a package that adds a question"),
    "language/catalogues.py": (4, "of a catalogue, or a language that no command offers"),
    "ledger/contents.py": (1, "a commitment that the program itself names wrongly"),
    "ledger/entry.py": (4, "an entry that the program itself makes wrongly"),
    "ledger/log.py": (1, "an entry that the program itself makes wrongly"),
    "records/load.py": (1, "the command offers on and off alone"),
    "records/pseudonyms.py": (1, "a key that the program itself hands over wrongly"),
    "surveys/answers.py": (12, ANALYSES),
    "surveys/disclosure/ledger.py": (2, ANALYSES),
    "surveys/disclosure/releases.py": (1, ANALYSES),
    "surveys/disclosure/suppression.py": (1, ANALYSES),
    "surveys/estimation/calibration.py": (16, ANALYSES),
    "surveys/estimation/comparisons.py": (4, ANALYSES),
    "surveys/estimation/design.py": (6, ANALYSES),
    "surveys/estimation/margins.py": (2, ANALYSES),
    "surveys/estimation/models.py": (8, ANALYSES),
    "surveys/estimation/ordered.py": (2, ANALYSES),
    "surveys/estimation/quantiles.py": (1, ANALYSES),
    "surveys/estimation/replicates.py": (6, ANALYSES),
    "surveys/estimation/scales.py": (3, ANALYSES),
    "surveys/estimation/statistics.py": (8, ANALYSES),
    "surveys/sensitive/arms.py": (3, ANALYSES),
    "surveys/sensitive/design_effect.py": (2, ANALYSES),
    "surveys/sensitive/direct.py": (2, ANALYSES),
    "surveys/sensitive/fit.py": (3, ANALYSES),
    "surveys/sensitive/item_outcome.py": (2, ANALYSES),
    "surveys/sensitive/known_moments.py": (4, ANALYSES),
    "surveys/sensitive/known_shares.py": (1, ANALYSES),
    "surveys/sensitive/list_likelihood.py": (5, ANALYSES),
    "surveys/sensitive/list_linear.py": (1, ANALYSES),
    "surveys/sensitive/list_moments.py": (1, ANALYSES),
    "surveys/sensitive/planning.py": (4, ANALYSES),
    "surveys/sensitive/randomised.py": (7, ANALYSES),
    "surveys/sensitive/script.py": (2, ANALYSES),
    "surveys/sensitive/separate_items.py": (4, ANALYSES),
    "workbench/passkeys.py": (7, "a code: what it means is a sentence of the page (key-problem-CODE)"),
}
"""By file, how many errors stay English because only a programmer or an analyst at the Python prompt meets them, and
why. Exact: one that goes lowers the number, and one that a command or a page comes to reach is translated."""


def errors() -> set[str]:
    """Names of ``ArushaError`` and of every class that descends from it."""
    bases: dict[str, set[str]] = {}
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = {getattr(b, "id", getattr(b, "attr", "")) for b in node.bases}
    known = {"ArushaError"}
    while more := {name for name, of in bases.items() if of & known} - known:
        known |= more
    return known


def english_only(text: str, known: set[str]) -> list[int]:
    """Lines on which an error is made of words that stand there, without a sentence of the catalogues."""
    words = (ast.Constant, ast.JoinedStr, ast.IfExp, ast.BinOp)
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in known
        and node.args
        and isinstance(node.args[0], words)
        and not any(k.arg == "told" for k in node.keywords)
    ]


def in_english_alone() -> Counter[str]:
    """By file, how many errors are in English alone."""
    known = errors()
    files = {file.relative_to(SOURCE).as_posix(): file for file in sorted(SOURCE.rglob("*.py"))}
    return Counter({name: len(english_only(file.read_text("utf-8"), known)) for name, file in files.items()})


def test_no_message_that_a_user_can_meet_is_in_english_alone() -> None:
    found: Counter[str] = Counter()
    for name, n in in_english_alone().items():
        if name not in FOR_PROGRAMMERS:
            found[name.partition("/")[0]] += n
    more = {place: (n, MOST.get(place, 0)) for place, n in found.items() if n > MOST.get(place, 0)}
    assert not more, "found and allowed: put the sentence into the catalogues (arusha.language.told.error)"


def test_what_only_programmers_meet_is_counted_exactly() -> None:
    found = in_english_alone()
    assert {name: found[name] for name in FOR_PROGRAMMERS} == {name: n for name, (n, _) in FOR_PROGRAMMERS.items()}


def test_what_is_in_english_alone_is_seen() -> None:
    known = errors()
    assert {"ArushaError", "PanelError", "SurveyError", "PlanError"} <= known
    assert english_only('raise ArushaError("no", remedy="do")', known) == [1]
    assert english_only('raise errors.PlanError(f"no {x}")', known) == [1]
    assert not english_only('raise ArushaError("no", told=told)', known)
    assert not english_only('raise of(ArushaError, "key", "key")', known)
    assert not english_only("raise ArushaError(told.problem(words), told=told)", known)
