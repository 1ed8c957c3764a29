"""Groups that the records themselves know: grade, unit, years of service, office and its kind. None is protected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from arusha.engine.query import Query, Step, literal
from arusha.engine.session import Session
from arusha.errors import ArushaError
from arusha.language.told import error as of

PREFIX = "records."
"""Of an attribute's name in an audit, so that a list of groups cannot be taken for the records."""
YEARS = (2, 5, 10)
"""Where bands of years of service begin: under two, two to under five, and so on. A judgement."""
NEEDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "grade": (("officers", "grade"),),
    "unit": (("officers", "unit"),),
    "years": (("officers", "hired_on"),),
    "office": (("postings", "office"), ("postings", "from_date")),
    "office-kind": (("postings", "office"), ("postings", "from_date"), ("offices", "kind")),
}
"""What can be asked for -> the tables and columns that it needs."""


def askable(session: Session) -> tuple[str, ...]:
    """What the records of now can answer."""
    return tuple(name for name, needs in NEEDS.items() if all(session.has(t) and session.has(t, c) for t, c in needs))


def known(names: Iterable[str]) -> tuple[str, ...]:
    """The names in order, each once.

    Raises
    ------
    ArushaError
        If one is none of ``NEEDS``.
    """
    wanted = set(names)
    for name in sorted(wanted - set(NEEDS)):
        raise of(ArushaError, "cut-unknown", "choose-from", known=", ".join(NEEDS), name=name[:40])
    return tuple(name for name in NEEDS if name in wanted)


def groups(session: Session, names: Iterable[str], on: date) -> dict[str, dict[str, str]]:
    """Person -> attribute -> group, as of a day; who has none of an attribute is left out of it.

    The office is that of the posting that began last before the day, whether or not it ended.
    """
    found: dict[str, dict[str, str]] = {}
    for name in names:
        for who, group in _READ[name](session, on):
            if who and group:
                found.setdefault(who, {})[PREFIX + name] = group
    return found


Pairs = Iterable[tuple[str, str]]


def _column(column: str) -> Callable[[Session, date], Pairs]:
    def read(session: Session, on: date) -> Pairs:
        sql = f"SELECT officer_id AS who, {column} AS grp FROM officers"
        rows = session.run(Query("groups", (Step("officers", "Each officer once.", sql),))).to_pylist()
        return [(str(r["who"] or ""), str(r["grp"] or "")) for r in rows]

    return read


def _years(session: Session, on: date) -> Pairs:
    sql = f"SELECT officer_id AS who, hired_on FROM officers WHERE hired_on <= {literal(on)}"
    rows = session.run(Query("groups", (Step("officers", "Who was in the service that day.", sql),))).to_pylist()
    return [(str(r["who"] or ""), band((on - r["hired_on"]).days / 365.25)) for r in rows]


def band(years: float) -> str:
    """The band of so many years of service: ``0-2``, ``2-5``, ``5-10`` or ``10+``; each begins with its first year."""
    starts = (0, *YEARS)
    first = max(start for start in starts if start <= years)
    after = [start for start in starts if start > first]
    return f"{first}-{after[0]}" if after else f"{first}+"


def _office(session: Session, on: date) -> Pairs:
    return [(who, office) for who, office, _ in _postings(session, on, kind=False)]


def _kind(session: Session, on: date) -> Pairs:
    return [(who, kind) for who, _, kind in _postings(session, on, kind=True)]


def _postings(session: Session, on: date, *, kind: bool) -> list[tuple[str, str, str]]:
    joined = "LEFT JOIN offices AS o ON o.office = p.office" if kind else ""
    column = "o.kind" if kind else "CAST(NULL AS VARCHAR)"
    sql = f"""SELECT p.officer_id AS who, p.office AS office, {column} AS kind, p.from_date AS since
        FROM postings AS p {joined} WHERE p.from_date <= {literal(on)}"""
    rows = session.run(Query("groups", (Step("postings", "Postings that began by that day.", sql),))).to_pylist()
    newest: dict[str, tuple[date, str, str]] = {}
    for row in rows:
        one = (row["since"], str(row["office"] or ""), str(row["kind"] or ""))
        who = str(row["who"] or "")
        if who not in newest or one > newest[who]:
            newest[who] = one
    return [(who, office, of) for who, (_, office, of) in newest.items()]


_READ: Mapping[str, Callable[[Session, date], Pairs]] = {
    "grade": _column("grade"),
    "unit": _column("unit"),
    "years": _years,
    "office": _office,
    "office-kind": _kind,
}
