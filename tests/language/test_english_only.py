"""Which messages still speak English alone: no more of them than are listed here, so that the rest stays translated."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import arusha

SOURCE = Path(arusha.__file__).parent
MOST = {
    "access": 10,
    "assessment": 27,
    "charter": 12,
    "cli.py": 3,
    "demo": 20,
    "effects": 29,
    "engine": 13,
    "index": 52,
    "indicators": 2,
    "language": 4,
    "ledger": 70,
    "records": 54,
    "surveys": 124,
    "workbench": 139,
}
"""By folder, how many errors may be raised with a sentence that is in no catalogue: what there was on 30 November 2026.
Lower it when some are put there; a new error belongs into the catalogues (``arusha.language.told``), its remedy too."""


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


def test_no_folder_has_more_messages_in_english_alone_than_before() -> None:
    known = errors()
    found: Counter[str] = Counter()
    for file in sorted(SOURCE.rglob("*.py")):
        place = file.relative_to(SOURCE).parts[0]
        found[place] += len(english_only(file.read_text("utf-8"), known))
    more = {place: (n, MOST.get(place, 0)) for place, n in found.items() if n > MOST.get(place, 0)}
    assert not more, "found and allowed: put the sentence into the catalogues (arusha.language.told.error)"


def test_what_is_in_english_alone_is_seen() -> None:
    known = errors()
    assert {"ArushaError", "PanelError", "SurveyError", "PlanError"} <= known
    assert english_only('raise ArushaError("no", remedy="do")', known) == [1]
    assert english_only('raise errors.PlanError(f"no {x}")', known) == [1]
    assert not english_only('raise ArushaError("no", told=told)', known)
    assert not english_only('raise of(ArushaError, "key", "key")', known)
    assert not english_only("raise ArushaError(told.problem(words), told=told)", known)
