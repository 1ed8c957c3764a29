"""Which controls of two standards the program's tests bear on: the table is collected from marks on the tests.

A test says what it shows of a control by ``@pytest.mark.control("AC-3", ...)``; ``never=True`` says that its name is
what must never happen. ``script/docs`` collects the marks into ``controls.json``; a test fails where the file is stale.
Ids and titles are the standards' own; nothing else of them is repeated.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

MARK = "control"
FILE = "controls.json"
NIST, ISO = "NIST SP 800-53 Rev. 5", "ISO 37001:2016"

TITLES: Mapping[str, Mapping[str, str]] = {
    NIST: {
        "AC-2": "Account Management",
        "AC-3": "Access Enforcement",
        "AC-3(2)": "Dual Authorization",
        "AC-3(7)": "Role-based Access Control",
        "AC-3(8)": "Revocation of Access Authorizations",
        "AC-3(14)": "Individual Access",
        "AC-4": "Information Flow Enforcement",
        "AC-5": "Separation of Duties",
        "AC-6": "Least Privilege",
        "AC-7": "Unsuccessful Logon Attempts",
        "AC-23": "Data Mining Protection",
        "AU-2": "Event Logging",
        "AU-3": "Content of Audit Records",
        "AU-3(3)": "Limit Personally Identifiable Information Elements",
        "AU-6": "Audit Record Review, Analysis, and Reporting",
        "AU-9": "Protection of Audit Information",
        "AU-9(3)": "Cryptographic Protection",
        "AU-9(4)": "Access by Subset of Privileged Users",
        "AU-10": "Non-repudiation",
        "AU-12": "Audit Record Generation",
    },
    ISO: {
        "5.3.3": "Delegated decision-making",
        "7.5.3": "Control of documented information",
        "8.4": "Non-financial controls",
        "8.9": "Raising concerns",
        "8.10": "Investigating and dealing with bribery",
        "9.1": "Monitoring, measurement, analysis and evaluation",
        "9.2": "Internal audit",
    },
}
"""Standard -> id -> title, in the order of the standard."""


@dataclass(frozen=True)
class Shown:
    """What one test shows: its sentence, whether that is what must never happen, and where the test stands."""

    sentence: str
    never: bool
    test: str


@dataclass(frozen=True)
class Control:
    """One control or clause with the tests that bear on it."""

    id: str
    title: str
    shown: tuple[Shown, ...]


def collect(tests: Path) -> dict[str, list[dict[str, str | bool]]]:
    """The marks of all tests under a folder, by control: read from the text, nothing is run.

    Raises
    ------
    ValueError
        If a mark names no control of ``TITLES``.
    """
    known = {id_ for titles in TITLES.values() for id_ in titles}
    found: dict[str, list[dict[str, str | bool]]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        where = path.relative_to(tests.parent).as_posix()
        for name, ids, never in _marked(ast.parse(path.read_text("utf-8"))):
            for id_ in ids:
                if id_ not in known:
                    raise ValueError(f"{where}::{name} is marked with {id_!r}, which is no control that is known")
                found.setdefault(id_, []).append({"never": never, "test": f"{where}::{name}"})
    return {id_: found[id_] for titles in TITLES.values() for id_ in titles if id_ in found}


def _marked(tree: ast.Module) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
            continue
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == f"pytest.mark.{MARK}":
                ids = tuple(str(ast.literal_eval(arg)) for arg in mark.args)
                never = any(k.arg == "never" and ast.literal_eval(k.value) is True for k in mark.keywords)
                yield node.name, ids, never


def text(tests: Path) -> str:
    """``controls.json`` as the tests have it now."""
    return json.dumps(collect(tests), indent=1) + "\n"


@cache
def controls() -> Mapping[str, tuple[Control, ...]]:
    """Standard -> its controls with what the tests show, from the committed file."""
    marked = json.loads(resources.files("arusha.workbench").joinpath(FILE).read_text("utf-8"))
    return {
        standard: tuple(
            Control(
                id_,
                title,
                tuple(Shown(sentence(m["test"]), bool(m["never"]), str(m["test"])) for m in marked.get(id_, ())),
            )
            for id_, title in titles.items()
        )
        for standard, titles in TITLES.items()
    }


def sentence(test: str) -> str:
    """The name of a test as the sentence that it is."""
    return test.rpartition("::")[2].removeprefix("test_").replace("_", " ")
