"""Writes the page that is made from the command line: docs/commands.md. Run by script/docs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.core import TyperGroup
from typer.main import get_command

from arusha.cli import app

HERE = Path(__file__).resolve().parent
HEAD = """# Commands

Made from the code by `script/docs`. Exit code 0: done; 1: an error, told with its place and remedy; 2: a wrong call;
3: an assessment is not what its manifest says, or a log was changed; 130: stopped by Ctrl-C, with what was there before
untouched.
"""


def group() -> TyperGroup:
    """The command line as the library sees it."""
    found = get_command(app)
    if not isinstance(found, TyperGroup):
        raise TypeError("the command line has no commands")
    return found


def leaves(of: TyperGroup | None = None, name: str = "arusha") -> Iterator[tuple[str, Any]]:
    """Every command with its whole name; a group of commands is told command by command."""
    for own, command in sorted((of or group()).commands.items()):
        if isinstance(command, TyperGroup):
            yield from leaves(command, f"{name} {own}")
        else:
            yield f"{name} {own}", command


def commands() -> str:
    """The page of commands, in Markdown."""
    parts = [HEAD]
    for name, command in leaves():
        parts.append(f"## {name}\n\n{(command.help or '').strip()}\n")
        rows = []
        for parameter in command.params:
            about = (getattr(parameter, "help", "") or "").strip()
            if parameter.opts[0].startswith("-"):
                shown = ", ".join(f"`{o}`" for o in parameter.opts)
                if parameter.required:
                    about += " Required."
                elif parameter.default not in (None, False, ()):
                    about += f" Default: {parameter.default}."
            else:
                shown = f"`{parameter.opts[0].upper()}`"
            rows.append(f"| {shown} | {about} |")
        parts.append("| argument or option | meaning |\n| --- | --- |\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    (HERE / "commands.md").write_text(commands(), encoding="utf-8")
