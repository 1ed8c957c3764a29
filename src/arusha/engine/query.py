"""A query as named steps: what an auditor reads is what runs."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Value = str | bool | int | float | dt.date | dt.datetime | None


def literal(value: Value | Sequence[Value]) -> str:
    """A value as SQL that means the same on every engine; a sequence as a list for ``IN``.

    Whatever a text holds stays text: ids come from the records, and may hold a quote.

    Raises
    ------
    ValueError
        An infinite number, a time with a zone, or an empty list, which SQL cannot write.
    """
    if isinstance(value, list | tuple):
        if not value:
            raise ValueError("an empty list")
        return f"({', '.join(literal(each) for each in value)})"
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} is no number")
        return repr(value) if "e" in repr(value) else f"{value!r}e0"  # else it would be a decimal
    if isinstance(value, dt.datetime):
        if value.tzinfo is not None:
            raise ValueError("times are in UTC, without a zone")
        return f"TIMESTAMP '{value.isoformat(sep=' ')}'"
    if isinstance(value, dt.date):
        return f"DATE '{value.isoformat()}'"
    return "'" + str(value).replace("'", "''") + "'"


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
