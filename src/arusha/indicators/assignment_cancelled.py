"""Files that a declarant has cancelled unless one officer has them: what the records hold of it, and what is said.

Whoever wants a certain officer can cancel a file that fell to another and lodge it again, as the same consignment
(``assignment_again`` counts that one once) or altered: another mass, goods split, another importer's name. What both
leave behind needs no matching: the declarant's files with one officer hardly ever are cancelled, those with all others
often are, and for other declarants those officers do not differ so. ``assignment_cancelled_pairs`` is the test.

It is said beside the question's pairs and flags nobody: which files stand is the declarant's doing, who is picked first
is the office's, and the question asks for the latter. Its p-values are a family of their own and touch no pair's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from arusha.engine.query import Query, Step
from arusha.indicators.assignment_again import CANCELLED
from arusha.indicators.assignment_cancelled_pairs import FEATURES, CancelledLimits, Unless, candidates, said
from arusha.indicators.assignment_draws import KEYS
from arusha.indicators.declaration_key import declaration_key
from arusha.indicators.definition import Note

if TYPE_CHECKING:
    from arusha.engine.session import Session
    from arusha.indicators.definition import Settings

COUNTS, DAYS, FILES = "cancelled_counts", "cancelled_days", "cancelled_files"
"""Names of the tables among the cells."""
SCHEMA = pa.schema(
    [
        *((n, pa.string()) for n in ("office", "officer", "declarant")),
        *((n, pa.int64()) for n in ("files", "cancelled", "other_files", "other_cancelled")),
        ("p", pa.float64()),
        ("q", pa.float64()),
    ]
)


def _query(name: str, *steps: Step) -> Query:
    return Query(f"assignment_cancelled_{name}", steps)


def counts_query(session: Session, settings: Settings, draws: str) -> Query:
    """Files and cancelled files by declarant and first officer, of declarants who had any cancelled. ``draws``: the
    name of the draws.
    """
    key = declaration_key(session)
    gone = f"SELECT c.{key} FROM declarations AS c WHERE c.status = '{CANCELLED}'"
    within = f"c.registered_on >= DATE '{settings.period_start}' AND c.registered_on < DATE '{settings.period_end}'"
    return _query(
        "counts",
        Step("cancelled", "Files that were cancelled.", f"{gone} AND {within}"),
        Step(
            "lost",
            "Those of them that had met an officer, by declarant and officer.",
            f"SELECT d.office, d.declarant, d.officer, COUNT(*) AS cancelled FROM {draws} AS d "
            f"SEMI JOIN cancelled AS c ON c.{key} = d.{key} GROUP BY d.office, d.declarant, d.officer",
        ),
        Step("who", "Declarants who had any.", "SELECT DISTINCT l.office, l.declarant FROM lost AS l"),
        Step(
            "met",
            "All files of theirs.",
            f"SELECT d.office, d.declarant, d.officer, COUNT(*) AS files FROM {draws} AS d "
            "SEMI JOIN who AS w ON w.office = d.office AND w.declarant = d.declarant "
            "GROUP BY d.office, d.declarant, d.officer",
        ),
        Step(
            "counted",
            "Both together.",
            "SELECT m.office, m.declarant, m.officer, m.files, COALESCE(l.cancelled, 0) AS cancelled FROM met AS m "
            "LEFT JOIN lost AS l ON l.office = m.office AND l.declarant = m.declarant AND l.officer = m.officer",
        ),
    )


def _few(counts: str, limits: CancelledLimits) -> list[Step]:
    """Declarants of whom one officer's files hardly ever were cancelled, though many of the others' were."""
    # Both sides times all files of the declarant, which spares a division.
    due, seen = "CAST(m.files AS DOUBLE) * t.cancelled", "CAST(m.cancelled AS DOUBLE) * t.files"
    return [
        Step(
            "totals",
            "All files of a declarant in an office.",
            f"SELECT m.office, m.declarant, SUM(m.files) AS files, SUM(m.cancelled) AS cancelled FROM {counts} AS m "
            "GROUP BY m.office, m.declarant",
        ),
        Step(
            "few",
            "Declarants of whom one officer's files were cancelled far less often than all of them were.",
            f"SELECT DISTINCT m.office, m.declarant FROM {counts} AS m "
            "JOIN totals AS t ON t.office = m.office AND t.declarant = m.declarant "
            f"WHERE t.files >= {limits.exposure:g} AND {due} - {seen} >= {limits.excess:g} * t.files "
            f"AND {seen} <= {limits.hardly:g} * {due}",
        ),
    ]


def days_query(session: Session, settings: Settings, draws: str, counts: str, limits: CancelledLimits) -> Query:
    """Days on which an officer had files of a declarant, and those on which one of them was cancelled, in the offices
    of ``few``.
    """
    key = declaration_key(session)
    return _query(
        "days",
        *_few(counts, limits),
        Step("where_few", "Offices where there is one.", "SELECT DISTINCT f.office FROM few AS f"),
        Step(
            "who",
            "Declarants there who had any file cancelled.",
            f"SELECT DISTINCT m.office, m.declarant FROM {counts} AS m SEMI JOIN where_few AS o ON o.office = m.office",
        ),
        Step(
            "cancelled",
            "Files that were cancelled.",
            f"SELECT c.{key} FROM declarations AS c WHERE c.status = '{CANCELLED}' "
            f"AND c.registered_on >= DATE '{settings.period_start}' AND c.registered_on < DATE '{settings.period_end}'",
        ),
        Step(
            "by_day",
            "Files of one declarant that an officer had on one day count once.",
            f"SELECT d.office, d.declarant, d.officer, d.day, MAX(CASE WHEN c.{key} IS NULL THEN 0 ELSE 1 END) AS gone "
            f"FROM {draws} AS d SEMI JOIN who AS w ON w.office = d.office AND w.declarant = d.declarant "
            f"LEFT JOIN cancelled AS c ON c.{key} = d.{key} GROUP BY d.office, d.declarant, d.officer, d.day",
        ),
        Step(
            "days",
            "By declarant and officer.",
            "SELECT b.office, b.declarant, b.officer, COUNT(*) AS days, SUM(b.gone) AS cancelled FROM by_day AS b "
            "GROUP BY b.office, b.declarant, b.officer ORDER BY b.office, b.declarant, b.officer",
        ),
    )


def files_query(session: Session, draws: str, counts: str, limits: CancelledLimits) -> Query:
    """Every file of the declarants in ``few``, with what it was of."""
    key = declaration_key(session)
    unrecorded = {name for name, column in KEYS.items() if not session.has("declarations", column)}
    known = [name for name in FEATURES if name not in unrecorded]
    features = ", ".join(f"d.{name}" for name in known)
    return _query(
        "files",
        *_few(counts, limits),
        Step(
            "files",
            "Their files in order of time.",
            f"SELECT d.office, d.declarant, d.officer, d.day, {features}, "
            f"CASE WHEN c.status = '{CANCELLED}' THEN 1 ELSE 0 END AS cancelled FROM {draws} AS d "
            "SEMI JOIN few AS f ON f.office = d.office AND f.declarant = d.declarant "
            f"JOIN declarations AS c ON c.{key} = d.{key} ORDER BY d.office, d.declarant, d.day, d.minute, d.{key}",
        ),
    )


def read(
    session: Session, settings: Settings, draws: str, limits: CancelledLimits, picks: bool
) -> tuple[Mapping[str, pa.Table], Sequence[str]]:
    """What the test reads, and the texts of the queries; nothing where the records cannot say.

    ``picks``: whether the first pick is recorded. Offices without a pair that looks so are read no further.
    """
    if not (picks and session.has("declarations", "status")):
        return {}, ()
    whole = counts_query(session, settings, draws)
    name = f"assignment_cancelled_{hashlib.sha256(whole.text().encode()).hexdigest()[:8]}"
    session.share(whole, name)
    listing = Step(
        "in_order",
        "In order.",
        f"SELECT m.office, m.declarant, m.officer, m.files, m.cancelled FROM {name} AS m "
        "ORDER BY m.office, m.declarant, m.officer",
    )
    asked = {COUNTS: _query("in_order", listing)}
    tables = {COUNTS: session.run(asked[COUNTS])}
    if candidates(tables[COUNTS], limits).few.any():
        asked[DAYS] = days_query(session, settings, draws, name, limits)
        asked[FILES] = files_query(session, draws, name, limits)
        tables |= {n: session.run(asked[n]) for n in (DAYS, FILES)}
    return tables, (whole.text(), *(query.text() for query in asked.values()))


def answer(cells: Mapping[str, pa.Table], limits: CancelledLimits) -> tuple[pa.Table | None, list[Note]]:
    """Pairs of which it is said, and what the reader must know; no table where nothing could be checked."""
    counts = cells.get(COUNTS)
    if counts is None or not counts.num_rows:
        text = (
            "Whether files are cancelled unless a certain officer has them was not checked: the records hold no "
            "cancelled files whose first officer is known."
        )
        return None, [Note("assignment-cancelled-unchecked", text)]
    found = said(counts, cells.get(DAYS), cells.get(FILES), limits)
    return table_of(found.pairs), [_note(counts, found.asked, len(found.pairs))]


def _note(counts: pa.Table, asked: int, n: int) -> Note:
    cancelled = int(pc.sum(counts["cancelled"]).as_py())
    if not asked:
        text = (
            f"{cancelled} files were cancelled after an officer had been picked, too few of any declarant to ask "
            "whether files are cancelled unless a certain officer has them."
        )
        return Note("assignment-cancelled-few", text, {"cancelled": cancelled})
    text = (
        f"{cancelled} files were cancelled after an officer had been picked. Of {asked} pairs of officer and "
        "declarant enough of the declarant's files were cancelled to ask whether those with this officer hardly ever "
        f"are; of {n} it is said, at the question's rate of false discoveries. That points to files cancelled until "
        "the officer is drawn; it flags nobody."
    )
    return Note("assignment-cancelled", text, {"cancelled": cancelled, "asked": asked, "n": n})


def table_of(pairs: Sequence[Unless]) -> pa.Table:
    """The pairs as the table of the assessment, in order of office, officer and declarant."""
    rows = sorted(((u.office, u.officer, u.declarant), u) for u in pairs)
    return pa.Table.from_pylist([{name: getattr(u, name) for name in SCHEMA.names} for _, u in rows], schema=SCHEMA)
