"""A query as named steps: what an auditor reads is what runs."""

from __future__ import annotations

from dataclasses import dataclass


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
        """The whole query in DuckDB's dialect, each step commented with its reason."""
        body = ",\n\n".join(f"-- {s.why}\n{s.name} AS (\n{s.sql.strip()}\n)" for s in self.steps)
        return f"WITH\n{body}\n\nSELECT * FROM {self.steps[-1].name}"
