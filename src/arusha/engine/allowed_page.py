"""The allow-list on its page: ``python -m arusha.engine.allowed_page docs/engine.md`` writes it there anew."""

from __future__ import annotations

import sys
from pathlib import Path

from sqlglot import exp

from arusha.engine.allowed import FUNCTIONS, NAMED, OPERATORS
from arusha.engine.conditions import PARTS

_BEGIN, _END = "<!-- allowed: begin -->", "<!-- allowed: end -->"
_WRITTEN = {
    "DPIPE": "||",
    "NULLSAFEEQ": "IS NOT DISTINCT FROM",
    "NULLSAFENEQ": "IS DISTINCT FROM",
    "INTDIV": "//",
    "TIMESTAMP_TRUNC": "DATE_TRUNC",
    "TIME_TO_UNIX": "EPOCH",
    "LOGICAL_OR": "BOOL_OR",
    "LOGICAL_AND": "BOOL_AND",
    "STR_POSITION": "STRPOS",
    "PAD": "LPAD, RPAD",
    "STDDEV": "STDDEV",
    "VARIANCE": "VARIANCE",
    "VARIANCE_POP": "VAR_POP",
    "FILTER": "FILTER (WHERE)",
    "WITHINGROUP": "WITHIN GROUP",
    "IGNORENULLS": "IGNORE NULLS",
    "EQ": "=",
    "NEQ": "<>",
    "LT": "<",
    "LTE": "<=",
    "GT": ">",
    "GTE": ">=",
    "ADD": "+",
    "SUB": "-",
    "MUL": "*",
    "DIV": "/",
    "MOD": "%",
    "NEG": "-x",
}


def _written(kind: type[exp.Expr]) -> str:
    name = kind.sql_name() if issubclass(kind, exp.Func) else kind.key.upper()
    return _WRITTEN.get(name, name)


def listed() -> str:
    """The list as Markdown."""
    parts = {
        "operators": {_written(k) for k in OPERATORS},
        "functions": {_written(k) for k in FUNCTIONS} | NAMED,
        "types to cast to": {"BIGINT", "DOUBLE", "DECIMAL(p, s)", "VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP"},
        "parts of a time": set(PARTS),
        "clauses": {
            "WHERE",
            "GROUP BY",
            "GROUP BY ALL",
            "GROUPING SETS",
            "HAVING",
            "QUALIFY",
            "WINDOW",
            "ORDER BY",
            "LIMIT",
            "DISTINCT",
            "VALUES",
            "EXCLUDE",
            "REPLACE",
            "UNION",
            "UNION ALL",
            "INTERSECT",
            "EXCEPT",
        },
        "joins": {"INNER", "LEFT", "RIGHT", "FULL", "CROSS", "SEMI", "ANTI", "ON", "USING"},
        "windows": {"PARTITION BY", "ORDER BY", "ROWS BETWEEN", "OVER"},
    }
    return "\n".join(f"- {title}: {', '.join(f'`{n}`' for n in sorted(names))}" for title, names in parts.items())


def with_list(text: str) -> str:
    """The text of docs/engine.md with the list as it is now."""
    before, rest = text.split(_BEGIN)
    return f"{before}{_BEGIN}\n{listed()}\n{_END}{rest.split(_END)[1]}"


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(with_list(target.read_text(encoding="utf-8")), encoding="utf-8")
