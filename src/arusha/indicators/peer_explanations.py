"""Explanations of a unit that was compared with peers: what a duty covers is taken out and the office tested again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from arusha.indicators import explanations
from arusha.indicators.assignment_exemptions import exemption_column
from arusha.indicators.declaration_key import declaration_key
from arusha.indicators.definition import Definition, Explained, Settings
from arusha.indicators.duty_words import GOODS, ORIGIN, PARTY, Named, by_kind
from arusha.indicators.explanations import Case, Remainder, Scope, Subject, quoted
from arusha.indicators.peer_cells import PeerCells, Tested
from arusha.indicators.peer_tests import officers, pairs

if TYPE_CHECKING:
    from arusha.engine.session import Session

Check = Callable[["Session", Case], Explained]

COLUMNS = {
    ORIGIN: (("items", "origin"),),
    "section": (("declarations", "section"),),
    "procedure": (("declarations", "procedure"),),
    PARTY: (("declarations", "declarant_id"), ("declarations", "importer_id")),
}
"""Columns whose values a duty may name as they are written; the exemption's depends on the records (``_columns``)."""


def _columns(session: Session) -> dict[str, tuple[tuple[str, str], ...]]:
    """The columns of each kind. An exemption is the one that was asked for, where the source keeps first versions:
    relief granted at the control would put a file under a desk, and relief refused, a finding, would take it out.
    """
    return {"exemption": (("items", exemption_column(session)),), **COLUMNS}


def covered_rows(session: Session, scopes: Sequence[Scope], table: str) -> str | None:
    """SQL that is true of rows of ``table`` that a scope covers, by day and declaration; None where nobody can tell.

    A scope that names goods and a party covers the party's files of such goods; of two of a kind it covers both.
    """
    parts = []
    for scope in scopes:
        days = f"day >= DATE '{scope.start}' AND day < DATE '{scope.end}'"
        if scope.named is None:
            parts.append(f"({days})")
            continue
        kinds = by_kind(scope.named, _known(session, scope.named))
        if not kinds:
            return None
        parts.append(f"({' AND '.join([days, *(_of_kind(session, table, *kind) for kind in sorted(kinds.items()))])})")
    return f"({' OR '.join(parts)})" if parts else None


def _known(session: Session, named: Named) -> dict[str, list[str]]:
    """Of the words of a text those that the records hold, by kind, as they write them."""
    words = {word.casefold() for word in (*named.words, *(word for _, word in named.labelled))}
    known: dict[str, list[str]] = {}
    for kind, columns in _columns(session).items():
        for source, column in columns:
            if words and session.has(source, column):
                same = ", ".join(quoted(word) for word in sorted(words))
                sql = f"SELECT DISTINCT {column} AS name FROM {source} WHERE LOWER({column}) IN ({same}) ORDER BY name"
                rows = explanations.listed(session, f"named_{source}_{column}", sql)
                known.setdefault(kind, []).extend(str(row["name"]) for row in rows)
    return known


def _of_kind(session: Session, table: str, kind: str, values: Collection[str]) -> str:
    """SQL that is true of rows of ``table`` whose declaration is of one kind's values."""
    key = declaration_key(session)
    by: dict[str, list[str]] = {}
    if kind == GOODS and session.has("items", "hs_code"):
        by["items"] = [f"LEFT(i.hs_code, {len(p)}) = {quoted(p)}" for p in sorted(values)]
    for source, column in _columns(session).get(kind, ()):
        if values and session.has(source, column):
            names = ", ".join(quoted(name) for name in sorted(values))
            by.setdefault(source, []).append(f"i.{column} IN ({names})")
    exist = [
        f"EXISTS (SELECT 1 AS one FROM {source} AS i WHERE i.{key} = {table}.{key}"
        f"{' AND i.item_no = 1' if source == 'items' else ''} AND ({' OR '.join(same)}))"
        for source, same in by.items()
    ]
    return f"({' OR '.join(exist)})" if exist else "FALSE"


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
