"""Explanations of a unit that was compared with peers: what a duty covers is taken out and the office tested again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from arusha.indicators import explanations
from arusha.indicators.declaration_key import declaration_key
from arusha.indicators.definition import Definition, Explained, Settings
from arusha.indicators.explanations import Case, Remainder, Scope, Subject, quoted
from arusha.indicators.peer_cells import PeerCells, Tested
from arusha.indicators.peer_tests import officers, pairs

if TYPE_CHECKING:
    from arusha.engine.session import Session

Check = Callable[["Session", Case], Explained]

NAMED = ("section", "procedure", "declarant_id", "importer_id")
"""Columns of the declarations whose values a duty may name as they are written."""


def covered_rows(session: Session, scopes: Sequence[Scope], table: str) -> str | None:
    """SQL that is true of rows of ``table`` that a scope covers, by day and declaration; None where nobody can tell."""
    parts = []
    key = declaration_key(session)
    for scope in scopes:
        days = f"day >= DATE '{scope.start}' AND day < DATE '{scope.end}'"
        if not scope.prefixes and not scope.names:
            parts.append(f"({days})")
            continue
        named = []
        if scope.prefixes and session.has("items", "hs_code"):
            same = " OR ".join(f"LEFT(i.hs_code, {len(p)}) = {quoted(p)}" for p in scope.prefixes)
            named.append(
                f"EXISTS (SELECT 1 AS one FROM items AS i WHERE i.{key} = {table}.{key} AND i.item_no = 1 AND ({same}))"
            )
        names = ", ".join(quoted(n) for n in scope.names)
        if scope.names and session.has("items", "exemption"):
            named.append(
                f"EXISTS (SELECT 1 AS one FROM items AS i WHERE i.{key} = {table}.{key} AND i.exemption IN ({names}))"
            )
        columns = [c for c in NAMED if session.has("declarations", c)]
        if scope.names and columns:
            same = " OR ".join(f"d.{c} IN ({names})" for c in columns)
            named.append(f"EXISTS (SELECT 1 AS one FROM declarations AS d WHERE d.{key} = {table}.{key} AND ({same}))")
        if not named:
            return None
        parts.append(f"({days} AND ({' OR '.join(named)}))")
    return f"({' OR '.join(parts)})" if parts else None


def tested_again(cells: PeerCells, unit: str, other: str | None) -> Remainder:
    """One unit of one office, tested by itself in cells that may have lost some of its rows."""
    if unit not in cells.officer.names or (other is not None and other not in cells.declarant.names):
        return Remainder(0, 0.0, 0.0, None)
    officer = cells.officer.names.index(unit)
    # Against ordinary scatter, as the question itself tests: what is left may be ordinary strictness.
    if other is None:
        answer = officers([cells], excess=np.inf)
        at = np.flatnonzero(answer.tested[0].officer == officer)
    else:
        answer = pairs([cells], least=1.0, excess=np.inf)
        named = answer.tested[0].declarant == cells.declarant.names.index(other)
        at = np.flatnonzero((answer.tested[0].officer == officer) & named)
    found: Tested = answer.tested[0]
    if not at.size or not found.n[at[0]]:
        return Remainder(0, 0.0, 0.0, None)
    k = int(at[0])
    return Remainder(int(found.n[k]), float(found.observed[k]), float(found.expected[k]), float(answer.p[0][k]))


def explain_peer(
    definition: Definition,
    session: Session,
    signal: Mapping[str, Any],
    settings: Settings,
    table: str,
    retest: Callable[[str], Remainder],
    own: Mapping[str, Check] | None = None,
) -> tuple[Explained, ...]:
    """Try the definition's explanations for an officer, or for a pair.

    ``retest`` tests the unit without its rows of ``table`` of which the SQL that it is given is true. ``signal`` counts
    what the question looks for, so that more of it is worse.
    """

    def again(scopes: Sequence[Scope]) -> Remainder | None:
        rows = covered_rows(session, scopes, table)
        return None if rows is None else retest(rows)

    gains = frozenset(str(signal[name]) for name in ("unit_id", "other_id") if signal[name])
    subject = Subject(str(signal["unit_id"]), signal["other_id"], str(signal["office"]), gains)
    return explanations.explain(definition.explanations, session, Case(subject, signal, settings, again), own)


def without_rows(signal: Mapping[str, Any], officer: str, rows: str) -> str:
    """SQL that keeps the signal's office without the unit's own rows of which ``rows`` is true."""
    mine = f"{officer} = {quoted(str(signal['unit_id']))}"
    if signal["other_id"]:
        mine += f" AND declarant = {quoted(str(signal['other_id']))}"
    return f"office = {quoted(str(signal['office']))} AND NOT ({mine} AND {rows})"
