"""A query as named steps: what an auditor reads is what runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def _comment(why: str) -> str:
    """``why`` as SQL comment lines: a line break in a reason must never become SQL."""
    return "\n".join(f"-- {line}" for line in why.split("\n"))


@dataclass(frozen=True)
class Step:
    """One named step of a query, in DuckDB's dialect.

    ``why`` says in one sentence what the step does, for the reader of the published query.
    """

    name: str
    why: str
    sql: str


@dataclass(frozen=True)
class Query:
    """Steps run in order; the last one is the result.

    Raises
    ------
    QueryError
        When built: a step uses what is not known to give the same answer on every engine (``arusha.engine.allowed``).
    """

    name: str
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        # Imported here: the parser costs more than all else that `import arusha.engine` loads.
        from arusha.engine.allowed import check

        check(self)

    def text(self) -> str:
        """The whole query in DuckDB's dialect, each step commented with its reason."""
        return text_of(self.steps)


def text_of(steps: Sequence[Step]) -> str:
    """Steps as one statement, each commented with its reason.

    The last step stands as the statement itself, so that an ``ORDER BY`` in it orders the result.
    """
    *before, last = steps
    result = f"{_comment(last.why)}\n{last.sql.strip()}"
    if not before:
        return result
    body = ",\n\n".join(f"{_comment(s.why)}\n{s.name} AS (\n{s.sql.strip()}\n)" for s in before)
    return f"WITH\n{body}\n\n{result}"
