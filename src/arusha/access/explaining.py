"""Which entries of the log agreed reasons explain: counted by office and month, with a drawn sample to check one.

An entry that no reason explains is neutral: a reason may be lacking, or what it reads was not delivered. Nobody is
counted by themselves, and what is told of counts goes through ``arusha.access.withholding`` first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from arusha.access.log_quality import Measure, measures
from arusha.access.templates import LOOKS, TOUCHED, Template
from arusha.access.withholding import Tally, given, told
from arusha.engine.query import Query, Step, literal
from arusha.engine.session import Session
from arusha.indicators.declaration_key import declaration_key
from arusha.records.contract import SYSTEM

SAMPLE = 20
NEEDS: Mapping[str, tuple[str, ...]] = {
    "events": ("user_id", "occurred_at", "action", "declaration_id"),
    "declarations": ("office",),
}
Heard = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Counted:
    """What came of a count, as it may be told: nothing in it is below what ``withholding`` lets be told.

    ``measures`` says whether the log is good enough; where one stops, or a table is lacking, everything else is empty.
    """

    measures: tuple[Measure, ...]
    lacks: tuple[str, ...] = ()
    offices: Mapping[str, Mapping[str, Any]] | None = None
    months: Mapping[str, Mapping[str, Any]] | None = None
    templates: Mapping[str, Mapping[str, Any]] | None = None
    new: Mapping[str, Any] | None = None
    others: int | None = None
    own_told: bool = False

    @property
    def stopped(self) -> bool:
        """Whether nothing was counted."""
        return bool(self.lacks) or not self.measures or any(m.stops for m in self.measures)

    def as_dict(self) -> dict[str, Any]:
        """For a job's answer."""
        return {
            "measures": [m.as_dict() for m in self.measures],
            "stopped": self.stopped,
            "lacks": list(self.lacks),
            "offices": self.offices,
            "months": self.months,
            "templates": self.templates,
            "new": self.new,
            "others": self.others,
            "own_told": self.own_told,
        }


def lacks(session: Session, needs: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Tables, and columns of tables, that are needed and hold no real data."""
    found = []
    for table, columns in needs.items():
        if not session.has(table):
            found.append(table)
        else:
            found += [f"{table}.{c}" for c in columns if not session.has(table, c)]
    return tuple(found)


def count(session: Session, in_force: Mapping[str, Template], new: Template | None, heard: Heard) -> Counted:
    """Count what the reasons in force explain, and what ``new`` would besides.

    Parameters
    ----------
    in_force
        Key -> reason, of those that were agreed to. One whose tables are lacking is told as not checked.
    new
        One that was proposed: it is counted apart, with a sample that its own digest draws.
    heard
        Told before each step: its name, which it is, and how many there are.
    """
    steps = 3 + len(in_force) + (new is not None)
    heard("log quality", 0, steps)
    quality = tuple(measures(session))
    short = lacks(session, NEEDS)
    if not any(session.has(t, "officer_id") for t in ("postings", "officers")):
        short = (*short, "postings")
    found = Counted(quality, short)
    if found.stopped:
        return found
    heard("entries", 1, steps)
    session.share(entries(session), TOUCHED)
    apart: dict[str, dict[str, Any]] = {}
    shared: dict[str, str] = {}
    for k, (key, template) in enumerate(in_force.items()):
        heard("reasons", 2 + k, steps)
        missing = lacks(session, template.about.needs)
        apart[key] = {"lacks": list(missing)}
        if not missing:
            shared[key] = share_reason(session, template)
            apart[key] |= _size(session, shared[key])
    before = list(shared.values())
    new_told: dict[str, Any] | None = None
    if new is not None:
        heard("new reason", 2 + len(in_force), steps)
        new_told = _previewed(session, new, before)
    heard("counts", steps - 1, steps)
    offices, months = _cells(session, before)
    return Counted(
        quality,
        (),
        {what: _rows(groups) for what, groups in offices.items()},
        {what: _rows(groups) for what, groups in months.items()},
        apart,
        new_told,
        _others(session),
        _own_can_be_told(session),
    )


def seed_of(template: Template) -> str:
    """What draws the sample of a reason: its digest, so that nobody can draw until a sample pleases."""
    return template.digest[:16]


def _staff(session: Session) -> str:
    held = [f"SELECT officer_id FROM {t}" for t in ("postings", "officers") if session.has(t, "officer_id")]
    return " UNION ".join(held)


def entries(session: Session) -> Query:
    """Every entry of the log that is counted, for ``session.share`` under ``TOUCHED``."""
    key = declaration_key(session)
    parties = [f"d.{c} = e.user_id" for c in ("declarant_id", "importer_id") if session.has("declarations", c)]
    own = " OR ".join(parties) or "FALSE"
    return Query(
        TOUCHED,
        (
            Step("staff", "Who is an officer, by the registers of personnel.", _staff(session)),
            Step(
                "entries",
                "Every entry of the log by an officer that touches a declaration.",
                f"""SELECT e.event_id AS event_id, e.user_id AS user_id, e.{key} AS {key}, d.office AS office,
                   e.action AS action, e.occurred_at AS at,
                   CASE WHEN e.action IN {literal(list(LOOKS))} THEN 'looks' ELSE 'acts' END AS what,
                   YEAR(e.occurred_at) * 12 + MONTH(e.occurred_at) - 1 AS month,
                   COALESCE({own}, FALSE) AS own
            FROM events AS e
            JOIN declarations AS d ON d.{key} = e.{key}
            JOIN staff AS s ON s.officer_id = e.user_id
            WHERE e.occurred_at IS NOT NULL""",
            ),
        ),
    )


def share_reason(session: Session, template: Template) -> str:
    """Compute once which entries a reason explains; the name under which later steps read it."""
    name = f"explained_{template.digest[:12]}"
    why = f"Entries that a reason of the kind {template.kind} explains, and since when it holds."
    session.share(Query(name, (Step("explained", why, template.statement(declaration_key(session))),)), name)
    return name


def _size(session: Session, name: str, before: Sequence[str] = ()) -> dict[str, Any]:
    """How many entries a reason explains, or how many that none ``before`` does, looks and acts apart.

    None where they are few, or of few users.
    """
    steps = []
    beyond, only = "", ""
    if before:
        steps.append(_explained(before))
        beyond = " LEFT JOIN explained AS b ON b.event_id = t.event_id"
        only = " AND b.event_id IS NULL"
    steps.append(
        Step(
            "size",
            "Entries, and users behind them.",
            f"""SELECT t.what AS what, COUNT(*) AS n, COUNT(DISTINCT t.user_id) AS users
            FROM {TOUCHED} AS t JOIN {name} AS x ON x.event_id = t.event_id{beyond}
            WHERE NOT t.own{only} GROUP BY t.what""",
        )
    )
    rows = session.run(Query("size", tuple(steps))).to_pylist()
    found = {row["what"]: given(int(row["n"]), int(row["users"])) for row in rows}
    return {what: found.get(what) for what in ("looks", "acts")}


def _explained(by: Sequence[str]) -> Step:
    return Step(
        "explained",
        "Entries that at least one reason explains.",
        " UNION ".join(f"SELECT event_id FROM {name}" for name in by),
    )


def _previewed(session: Session, new: Template, before: Sequence[str]) -> dict[str, Any]:
    """What a proposed reason would explain, alone and beyond those in force, and its sample."""
    missing = lacks(session, new.about.needs)
    if missing:
        return {"lacks": list(missing)}
    name = share_reason(session, new)
    now, after = _cells(session, before)[0], _cells(session, [*before, name])[0]
    alone, beyond = _size(session, name), _size(session, name, before)
    # Counts without it and with it differ by what it explains beyond the others: told where that may be told.
    shown = [what for what in after if beyond[what] is not None]
    return {
        "lacks": [],
        "seed": seed_of(new),
        "alone": alone,
        "beyond": beyond,
        "before": {what: told(now[what])[1].as_dict() for what in now},
        "after": {what: told(after[what])[1].as_dict() for what in shown},
        "offices": {what: _rows(after[what]) for what in shown},
        "sample": _sample(session, new, name) if any(v is not None for v in alone.values()) else [],
    }


def _cells(
    session: Session, explained: Sequence[str]
) -> tuple[dict[str, dict[str, Tally]], dict[str, dict[str, Tally]]]:
    """Looks and acts -> office, and month, -> tally."""
    joined = "FALSE"
    steps = []
    if explained:
        steps.append(_explained(explained))
        joined = "x.event_id IS NOT NULL"
    join = " LEFT JOIN explained AS x ON x.event_id = t.event_id" if explained else ""
    steps += [
        Step(
            "marked",
            "Each entry with whether it is explained.",
            f"SELECT t.office, t.month, t.user_id, t.what, t.own, {joined} AS explained FROM {TOUCHED} AS t{join}",
        ),
        Step(
            "cells",
            "Entries by office, month and user; the user is counted and never told.",
            """SELECT office, month, user_id, what, own, explained, COUNT(*) AS n FROM marked
            GROUP BY office, month, user_id, what, own, explained""",
        ),
    ]
    offices: dict[str, dict[str, Tally]] = {w: defaultdict(Tally) for w in ("looks", "acts")}
    months: dict[str, dict[str, Tally]] = {w: defaultdict(Tally) for w in ("looks", "acts")}
    for row in session.run(Query("access_cells", tuple(steps))).to_pylist():
        month = f"{row['month'] // 12:04d}-{row['month'] % 12 + 1:02d}"
        for of in (offices[row["what"]][str(row["office"] or "")], months[row["what"]][month]):
            of.add(str(row["user_id"]), int(row["n"]), explained=bool(row["explained"]), own=bool(row["own"]))
    return offices, months


def _rows(groups: Mapping[str, Tally]) -> dict[str, Any]:
    rows, whole = told(groups)
    return {"rows": [row.as_dict() for row in rows], "all": whole.as_dict()}


def _sample(session: Session, template: Template, name: str) -> list[dict[str, Any]]:
    """Entries that a reason explains, drawn by its digest; users and declarations are numbered for the sample alone."""
    key = declaration_key(session)
    seed = literal(seed_of(template))
    query = Query(
        "sample",
        (
            Step(
                "drawn",
                "Entries in an order that only the seed and their own numbers decide.",
                f"""SELECT t.event_id AS event_id, t.office AS office, t.action AS action, t.user_id AS user_id,
                       t.{key} AS declaration, CAST(t.at AS DATE) AS day,
                       FLOOR((EPOCH(t.at) - EPOCH(x.since)) / 3600) AS hours, MD5({seed} || t.event_id) AS place
                FROM {TOUCHED} AS t JOIN {name} AS x ON x.event_id = t.event_id
                WHERE NOT t.own
                ORDER BY place, event_id LIMIT {SAMPLE}""",
            ),
        ),
    )
    users: dict[str, int] = {}
    files: dict[str, int] = {}
    return [
        {
            "office": row["office"],
            "action": row["action"],
            "day": row["day"].isoformat(),
            "user": users.setdefault(str(row["user_id"]), len(users) + 1),
            "declaration": files.setdefault(str(row["declaration"]), len(files) + 1),
            "hours": int(row["hours"]),
        }
        for row in session.run(query).to_pylist()
    ]


def _others(session: Session) -> int | None:
    """Entries that touch a declaration, by users in no register of personnel; None where few, or of few users."""
    key = declaration_key(session)
    query = Query(
        "others",
        (
            Step("staff", "Who is an officer, by the registers of personnel.", _staff(session)),
            Step(
                "others",
                "Entries by anybody else: traders, agents, other systems, and accounts that nobody answers for.",
                f"""SELECT COUNT(*) AS n, COUNT(DISTINCT e.user_id) AS users
                FROM events AS e LEFT JOIN staff AS s ON s.officer_id = e.user_id
                WHERE s.officer_id IS NULL AND e.{key} IS NOT NULL AND e.user_id <> {literal(SYSTEM)}""",
            ),
        ),
    )
    row = session.run(query).to_pylist()[0]
    return given(int(row["n"]), int(row["users"]))


def _own_can_be_told(session: Session) -> bool:
    """Whether any user bears the identifier of a party: with pseudonyms, officers and parties bear two kinds."""
    parties = [c for c in ("declarant_id", "importer_id") if session.has("declarations", c)]
    if not parties:
        return False
    names = " UNION ".join(f"SELECT {c} AS party FROM declarations" for c in parties)
    query = Query(
        "own",
        (
            Step("concerned", "Everybody who is a party to a declaration.", names),
            Step(
                "met",
                "Users of the log among them.",
                "SELECT COUNT(*) AS n FROM events AS e JOIN concerned AS p ON p.party = e.user_id",
            ),
        ),
    )
    return int(session.run(query).to_pylist()[0]["n"]) > 0
