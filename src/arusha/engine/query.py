"""A query as named steps: what an auditor reads is what runs."""

from __future__ import annotations

from dataclasses import dataclass


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
    """Steps run in order; the last one is the result."""

    name: str
    steps: tuple[Step, ...]

    def text(self) -> str:
        """The whole query in DuckDB's dialect, each step commented with its reason.

        The last step stands as the statement itself, so that an ``ORDER BY`` in it orders the result.
        """
        *before, last = self.steps
        result = f"{_comment(last.why)}\n{last.sql.strip()}"
        if not before:
            return result
        body = ",\n\n".join(f"{_comment(s.why)}\n{s.name} AS (\n{s.sql.strip()}\n)" for s in before)
        return f"WITH\n{body}\n\n{result}"
