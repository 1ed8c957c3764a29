"""Every sentence of an error is used, and every one that is asked for is there, in all languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import arusha
from arusha.language.catalogues import resources_of

SOURCE = Path(arusha.__file__).parent
MAKERS = {"error": (1, 2), "error_at": (1, 2), "sentence": (0, 1), "blocking": (0, 1), "panel_error": (0, 0)}
"""What makes a sentence of an error: at which places its key and that of its remedy stand. ``panel_error`` has one."""


def trees() -> Iterator[ast.Module]:
    for file in sorted(SOURCE.rglob("*.py")):
        yield ast.parse(file.read_text("utf-8"))


def told() -> set[str]:
    keys = {entry.id.name for parsed in resources_of("en").values() for entry in parsed.body if hasattr(entry, "id")}
    return {key for key in keys if key.startswith("told-")}


def named(tree: ast.Module) -> dict[str, str]:
    """How a module calls the makers of sentences, and which each is."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for one in node.names:
                if one.name in MAKERS:
                    found[one.asname or one.name] = one.name
        elif isinstance(node, ast.FunctionDef) and node.name in MAKERS:
            found[node.name] = node.name
    return found


def words(node: ast.expr) -> list[str]:
    """The texts that an expression can be, as far as they stand there."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.IfExp):
        return [*words(node.body), *words(node.orelse)]
    return []


def asked(tree: ast.Module) -> Iterator[str]:
    """Keys that a module asks for by name."""
    calls = named(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        maker = calls.get(getattr(node.func, "id", ""))
        if maker is None:
            continue
        key, do = MAKERS[maker]
        for place, prefix in ((key, "told-"), (do, "told-do-")):
            if place < len(node.args):
                yield from (prefix + word for word in words(node.args[place]) if word)
        if maker == "error_at" and len(node.args) > 3:
            yield from ("told-at-" + word for word in words(node.args[3]))


def test_no_sentence_that_is_asked_for_is_missing() -> None:
    missing = {key for tree in trees() for key in asked(tree)} - told()
    assert not missing


def test_no_sentence_of_an_error_is_unused() -> None:
    texts: set[str] = set()
    made: list[re.Pattern[str]] = []
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(p.value) if isinstance(p, ast.Constant) else "[a-z0-9-]+" for p in node.values]
                if any(isinstance(p, ast.Constant) and re.fullmatch("[a-z0-9-]+", str(p.value)) for p in node.values):
                    made.append(re.compile("".join(parts)))
    unused = {
        key
        for key in told()
        if not {re.sub("^told-(do-|at-)?", "", key), key.removeprefix("told-")} & texts
        and not any(m.fullmatch(re.sub("^told-(do-|at-)?", "", key)) or m.fullmatch(key) for m in made)
    }
    assert unused == set()
