"""Who did an act of each of two roles on one declaration, from the tables of what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from arusha.access.rights import Pair
from arusha.access.role_acts import Act
from arusha.engine.query import Query, Step, literal
from arusha.engine.session import Session
from arusha.indicators.declaration_key import declaration_key
from arusha.records.contract import SYSTEM

RIGHTS = ("roles", "grants")
"""Tables that say who holds which right."""
HALVES = "both_halves"
SOURCES = {
    "log": ("events", "user_id", "occurred_at", "action"),
    "inspection": ("inspections", "officer_id", "ended_at", "kind"),
    "assignment": ("assignments", "assigned_by", "assigned_at", ""),
    "discharge": ("transit", "discharged_by", "discharged_at", ""),
}
"""By the first word of an act: its table, and the columns of who, when and (where an act names it) of what kind."""


@dataclass(frozen=True)
class Done:
    """Both halves of one declaration by one user: an act of each role, with its day in UTC."""

    declaration: str
    office: str
    user: str
    pair: Pair
    days: tuple[date, date]
    acts: tuple[str, str]


def reads(act: str) -> dict[str, tuple[str, ...]]:
    """What the records must hold for an act to be seen, as it is written."""
    where, _, code = act.partition(":")
    table, user, at, of = SOURCES[where]
    return {table: (user, at, "declaration_id", *((of,) if of and code else ()))}


def both_halves(session: Session, declared: Sequence[tuple[int, int, str, str]]) -> Query:
    """Declarations on which one user did an act of each role of a pair, with the days of the acts.

    Acts are numbers here, one scan each: with their texts in the joins DuckDB 2.0.0 ends in an assertion about its
    dictionaries where a table of the log is larger than some hundred thousand rows.
    """
    key = declaration_key(session)
    acts = numbered(declared)
    done = []
    for (where, code), number in acts.items():
        table, user, at, of = SOURCES[where]
        by = key if key in session.schema[table] else "declaration_id"
        done.append(
            f"""SELECT DISTINCT {number} AS act, t.{user} AS user_id, d.{key} AS {key}, CAST(t.{at} AS DATE) AS day
            FROM {table} AS t JOIN declarations AS d ON d.{by} = t.{by}
            WHERE t.{at} IS NOT NULL AND t.{user} IS NOT NULL AND t.{user} <> {literal(SYSTEM)}"""
            + (f" AND t.{of} = {literal(code)}" if code else "")
        )
    return Query(
        HALVES,
        (
            Step(
                "declared",
                "Which act belongs to which role of a pair, as it was declared; acts of both roles are left out.",
                " UNION ALL ".join(
                    f"SELECT {n} AS pair, {side} AS side, {acts[where, code]} AS act"
                    for n, side, where, code in declared
                ),
            ),
            Step("done", "Such acts, by user, declaration and day.", " UNION ALL ".join(done)),
            Step(
                "sided",
                "The same by pair and role.",
                f"""SELECT a.pair AS pair, a.side AS side, t.act AS act, t.user_id AS user_id, t.{key} AS {key},
                   t.day AS day
                FROM done AS t JOIN declared AS a ON a.act = t.act""",
            ),
            Step(
                "halves",
                "Declarations on which one user did an act of each of the two roles.",
                f"""SELECT a.pair AS pair, a.user_id AS user_id, a.{key} AS {key}, a.day AS day_one, b.day AS day_other,
                   a.act AS act_one, b.act AS act_other
                FROM sided AS a JOIN sided AS b ON b.pair = a.pair AND b.user_id = a.user_id AND b.{key} = a.{key}
                WHERE a.side = 1 AND b.side = 2""",
            ),
        ),
    )


def numbered(declared: Sequence[tuple[int, int, str, str]]) -> dict[Act, int]:
    """Acts by the numbers that stand for them in queries."""
    return {act: number for number, act in enumerate(sorted({(where, code) for _, _, where, code in declared}))}


def done_by_holders(
    session: Session, pairs: Sequence[Pair], acts: Mapping[int, str]
) -> tuple[list[Done], tuple[int, int]]:
    """Both halves by users who hold both rights at some time; and how many declarations and users there are besides."""
    key = declaration_key(session)
    named = " UNION ALL ".join(
        f"SELECT {n} AS pair, {literal(one)} AS one, {literal(other)} AS other" for n, (one, other) in enumerate(pairs)
    )
    rights = " UNION ".join(f"SELECT user_id, role FROM {t}" for t in RIGHTS if session.has(t, "user_id", "role"))
    held = Step(
        "held",
        "Users who hold both rights of a pair at some time.",
        """SELECT DISTINCT n.pair, r.user_id
        FROM named AS n JOIN rights AS r ON r.role = n.one
        JOIN rights AS s ON s.role = n.other AND s.user_id = r.user_id""",
    )
    before = (Step("named", "The pairs.", named), Step("rights", "Who holds which right.", rights), held)
    theirs = Step(
        "theirs",
        "Both halves by those users.",
        f"""SELECT h.*, d.office AS office, d.declaration_id AS declaration
        FROM {HALVES} AS h JOIN held AS m ON m.pair = h.pair AND m.user_id = h.user_id
        JOIN declarations AS d ON d.{key} = h.{key}""",
    )
    rows = session.run(Query("used", (*before, theirs))).to_pylist()
    found = [
        Done(
            str(row["declaration"]),
            str(row["office"] or ""),
            str(row["user_id"]),
            pairs[row["pair"]],
            (row["day_one"], row["day_other"]),
            (
                acts[row["act_one"]],
                acts[row["act_other"]],
            ),
        )
        for row in rows
    ]
    others = Step(
        "others",
        "Both halves by anybody else: rights are lacking in the records, or acts were declared for the wrong role.",
        f"""SELECT COUNT(DISTINCT h.{key}) AS n, COUNT(DISTINCT h.user_id) AS users
        FROM {HALVES} AS h LEFT JOIN held AS m ON m.pair = h.pair AND m.user_id = h.user_id WHERE m.user_id IS NULL""",
    )
    row = session.run(Query("strangers", (*before, others))).to_pylist()[0]
    return found, (int(row["n"]), int(row["users"]))
