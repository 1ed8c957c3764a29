"""The docs are complete: every question, command and plan entry has its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from arusha.assessment.plan import _FLOORS, _KEYS
from arusha.cli import app
from arusha.indicators.registry import indicators

ROOT = Path(__file__).resolve().parents[2]
GROUP = get_command(app)
assert isinstance(GROUP, TyperGroup)


def leaves(group: TyperGroup, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for own, command in group.commands.items():
        whole = f"{name} {own}"
        found |= leaves(command, whole) if isinstance(command, TyperGroup) else {whole: command}
    return found


COMMANDS = leaves(GROUP, "arusha")


@pytest.mark.parametrize("question", [i.definition.id for i in indicators()])
def test_every_question_has_its_page(question: str) -> None:
    page = (ROOT / "docs" / "indicators" / f"{question}.md").read_text("utf-8").lower()
    for said in ("gam", "counter-indicator", "cannot tell", "```python", "false flag"):
        assert said in page, f"the page of {question} does not speak of {said!r}"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_documented(name: str) -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    section = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE)
    assert section, f"docs/commands.md has no section for {name}: run script/docs"
    for parameter in COMMANDS[name].params:
        for option in parameter.opts:
            shown = option if option.startswith("-") else option.upper()
            assert shown in section.group(1), f"{shown} of {name} is not documented: run script/docs"


@pytest.mark.parametrize("entry", sorted(_KEYS | _FLOORS))
def test_every_entry_of_the_plan_is_documented(entry: str) -> None:
    assert f"`{entry}`" in (ROOT / "docs" / "plan.md").read_text("utf-8")
