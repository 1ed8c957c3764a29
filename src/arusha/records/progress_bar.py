"""How far something is, as a bar on a terminal."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from arusha.language import Catalogue
from arusha.language.terminal import chosen

if TYPE_CHECKING:
    from arusha.records.progress import Progress

STEPS = (
    "writing what was set aside",
    "looking at",
    "checking",
    "reading",
    "writing",
    "finishing",
    "starting",
    "report",
)
"""How steps begin, the longer first; what follows is the name of a file, a table or a language."""


def step_told(step: str, words: Catalogue) -> str:
    """A step in a reader's language: by its first words, or as the title of the question that it is."""
    title = f"indicator-{step}-title"
    if words.has(title):
        return words.text(title)
    for known in STEPS:
        if step == known or step.startswith(f"{known} "):
            key = f"step-{known.replace(' ', '-')}"
            return words.text(key, what=step[len(known) :].strip(" ()"))
    return step


@contextlib.contextmanager
def progress() -> Iterator[Progress]:
    """A progress bar on a terminal, in the language that the command was given; nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    words = Catalogue(chosen.get(), isolate=False)
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(step_told("starting", words), total=None)

        def tell(step: str, done: int, total: int | None) -> None:
            bar.update(task, description=step_told(step, words), completed=done, total=total)

        yield tell
