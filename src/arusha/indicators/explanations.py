"""Innocent explanations from postings, duties, rules and dates: looked for before anything else is said of a signal.

An explanation that the records support is reported as found. It *clears* a signal only if three things hold: it was
written down before it began or before the period, by someone who does not gain from it; what it covers carries the
excess; and without what it covers nothing is left that would stand out at the plan's rate.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from arusha.engine.query import Query, Step
from arusha.indicators.definition import Explained, Sentence, Sentences, Settings
from arusha.indicators.duty_words import Named, read
from arusha.records.readable import PSEUDONYM

if TYPE_CHECKING:
    from arusha.engine.session import Session

FOUND = "found"
NOT_FOUND = "not found"
ALLOWED_BY_DAY = Sentence("allowed-by-day")
MOST_RULES = 4
"""Rules named in one sentence; the rest are counted."""
NEW = timedelta(days=365)
"""An officer is new to the service, or an office to its work, for this long."""


def needs(*tables: str) -> str:
    """The status of an explanation that the records cannot speak to."""
    return f"not checked: needs {', '.join(tables)}"


@dataclass(frozen=True)
class Subject:
    """Who and where a signal is about. Any part may be missing."""

    officer: str | None
    declarant: str | None
    office: str | None
    gains: frozenset[str] = frozenset()
    """Users whose records do not count: the officer, parties to the pair, those who gave out its work by hand."""


@dataclass(frozen=True)
class Scope:
    """What a duty covers: days from ``start`` until before ``end``, and of them what it names (None: all)."""

    start: date
    end: date
    named: Named | None = None


@dataclass(frozen=True)
class Remainder:
    """The signal's unit tested again without what a scope covers; ``p`` is missing where nothing is left to chance."""

    n: int
    observed: float
    expected: float
    p: float | None

    @property
    def share(self) -> float:
        """Excess by exposure."""
        return (self.observed - self.expected) / self.n if self.n else 0.0


Retest = Callable[[Sequence[Scope]], Remainder | None]


@dataclass(frozen=True)
class Case:
    """One signal to be explained: its numbers, and how to test it again."""

    subject: Subject
    signal: Mapping[str, Any]
    settings: Settings
    retest: Retest | None = None
    """None: the question cannot test again, so that explanations are found but clear nothing."""


def clears(case: Case, scopes: Sequence[Scope]) -> tuple[bool, Sentences]:
    """Whether nothing stands out without what the scopes cover, and what is left."""
    if case.retest is None or not scopes:
        return False, Sentences()
    left = case.retest(scopes)
    if left is None:
        return False, Sentences((Sentence("cover-cannot-be-told"),))
    return unremarkable(case, left)


COUNTED = {
    "assignment-steering": "picks",
    "assignment-override": "moves",
    "lane-change-without-act": "out-of-order",
    "finding-rate": "no-finding",
}
"""What a question counts, for the sentence on what is left."""
SMALL_P = 0.001


def what_is_left(case: Case, left: Remainder) -> tuple[Sentence, ...]:
    """What is left without what an explanation covers, and how often chance alone would bring as much."""
    if not left.n:
        return (Sentence("left-nothing"),)
    question = str(case.signal.get("indicator"))
    if question == "value-shortfall":
        # The excess is a sum of log shortfalls.
        lower = 1.0 - math.exp(-left.share)
        key = "left-price-lower" if lower >= 0 else "left-price-higher"
        said = Sentence(key, {"n": left.n, "share": round(abs(lower), 4)})
    else:
        values = {"n": left.n, "observed": round(left.observed, 1), "expected": round(left.expected, 1)}
        said = Sentence(f"left-{COUNTED.get(question, 'cases')}", values)
    if left.p is None:
        return (said,)
    if left.p < SMALL_P:
        return (said, Sentence("chance-small", {"p": SMALL_P}))
    return (said, Sentence("chance", {"p": float(f"{left.p:.2g}")}))


def unremarkable(case: Case, left: Remainder) -> tuple[bool, Sentences]:
    """Whether a unit tested again no longer stands out, and its excess is not merely thinner data but smaller."""
    signal = case.signal
    before = Remainder(int(signal["n"]), float(signal["observed"]), float(signal["expected"]), None)
    stands = left.p is not None and left.p <= case.settings.rate
    shrunk = left.share <= 0.5 * before.share
    return not stands and shrunk, Sentences(what_is_left(case, left))


def listed(session: Session, name: str, sql: str) -> list[dict[str, Any]]:
    """The rows of a small query."""
    query = Query(f"explanation_{name}", (Step(name, "What the records hold about the unit.", sql),))
    rows: list[dict[str, Any]] = session.run(query).to_pylist()
    return rows


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def optional(session: Session, table: str, name: str, kind: str = "VARCHAR") -> str:
    return name if session.has(table, name) else f"CAST(NULL AS {kind}) AS {name}"


def duties_of(session: Session, officer: str) -> list[dict[str, Any]]:
    t = "duties"
    recorded = "CAST(recorded_at AS DATE)" if session.has(t, "recorded_at") else "CAST(NULL AS DATE)"
    return listed(
        session,
        "duties",
        f"SELECT officer_id, kind, from_date, {optional(session, t, 'to_date', 'DATE')}, "
        f"{optional(session, t, 'detail')}, {recorded} AS recorded_on, {optional(session, t, 'recorded_by')} "
        f"FROM duties WHERE officer_id = {quoted(officer)} ORDER BY from_date, kind, detail",
    )


def doubt(duty: Mapping[str, Any], case: Case) -> str:
    """Why a duty does not clear, as the key of its sentence; empty where it may."""
    recorded, by = duty["recorded_on"], duty["recorded_by"]
    if recorded is None:
        return "doubt-when"
    if recorded > duty["from_date"] and recorded >= case.settings.period_start:
        return "doubt-late"
    if by is None:
        return "doubt-who"
    if by in case.subject.gains or by == case.subject.officer:
        return "doubt-gains"
    return ""


def within(duty: Mapping[str, Any], settings: Settings) -> Scope | None:
    """The days of the period that a duty covers; None where there is none."""
    start = max(duty["from_date"], settings.period_start)
    end = min(duty["to_date"] or settings.period_end, settings.period_end)
    return Scope(start, end) if start < end else None


_GOODS = re.compile(r"\d{2,6}(?:[-–]\d{2,6})?")
_LONG_GOODS = re.compile(r"(\d{4})\d{3,6}")
_SECTION = re.compile(r"[A-Z]{1,3}-?\d{1,3}")


def codes_of(detail: str | None) -> str:
    """The codes in a duty's text, for the report: goods, sections, pseudonyms. Its other words may name a person.

    A staff code and an identity number have digits too, and may be written like a pseudonym but for its alphabet. Of
    goods beyond six digits the heading is told, ``8703…``: a number of eight may be somebody's, and its first six a
    birthday.
    """
    words = dict.fromkeys(re.split(r"[\s,;:()]+", detail or ""))
    return ", ".join(told for told in map(_told_code, words) if told)


def _told_code(word: str) -> str:
    long = _LONG_GOODS.fullmatch(word)
    if long:
        return f"{long[1]}…"
    whole = len(word) == 1 or any(p.fullmatch(word) for p in (_GOODS, _SECTION, PSEUDONYM))
    return word if whole else ""


def specialist_desk(session: Session, case: Case) -> Explained:
    """A desk for certain goods, recorded beforehand: its declarations are taken out and the rest is tested again."""
    return _by_duty(session, case, "specialist-desk", "specialist desk", _desk_scopes)


def acting_cover(session: Session, case: Case) -> Explained:
    """Acting for a colleague: the days of it are taken out."""
    return _by_duty(session, case, "acting-cover", "acting for", lambda duty, scope: [scope])


def _desk_scopes(duty: Mapping[str, Any], scope: Scope) -> list[Scope]:
    named = read(duty["detail"])
    return [Scope(scope.start, scope.end, named)] if named != Named() else []


def _by_duty(
    session: Session,
    case: Case,
    name: str,
    kind: str,
    scopes_of: Callable[[Mapping[str, Any], Scope], list[Scope]],
) -> Explained:
    if not session.has("duties", "officer_id", "kind", "from_date"):
        return Explained(name, needs("duties"))
    if case.subject.officer is None:
        return Explained(name, NOT_FOUND)
    scopes: list[Scope] = []
    told: list[Sentence] = []
    for duty in duties_of(session, case.subject.officer):
        scope = within(duty, case.settings) if duty["kind"] == kind else None
        if scope is None:
            continue
        days: dict[str, int | float | str | date] = {"start": scope.start, "end": scope.end - timedelta(days=1)}
        said = f"duty-{kind.replace(' ', '-')}"
        codes = codes_of(duty["detail"])
        told.append(Sentence(f"{said}-for", {**days, "detail": codes}) if codes else Sentence(said, days))
        why = doubt(duty, case)
        if why:
            told.append(Sentence(why))
        else:
            scopes += scopes_of(duty, scope)
    if not told:
        return Explained(name, NOT_FOUND)
    cleared, left = clears(case, scopes)
    return Explained(name, FOUND, clears=cleared, told=(*told, *left))


def trainee(session: Session, case: Case) -> Explained:
    """Training days are taken out; an officer who joined lately is reported."""
    name = "trainee"
    officer = case.subject.officer
    if not session.has("duties", "officer_id", "kind", "from_date") and not session.has("officers", "hired_on"):
        return Explained(name, needs("duties", "officers"))
    if officer is None:
        return Explained(name, NOT_FOUND)
    found = Explained(name, NOT_FOUND)
    if session.has("duties", "officer_id", "kind", "from_date"):
        found = _by_duty(session, case, name, "training", lambda duty, scope: [scope])
    if found.status == NOT_FOUND and session.has("officers", "hired_on"):
        rows = listed(session, "officers", f"SELECT hired_on FROM officers WHERE officer_id = {quoted(officer)}")
        hired = rows[0]["hired_on"] if rows else None
        if hired is not None and hired > case.settings.period_start - NEW:
            return Explained(name, FOUND, told=(Sentence("hired", {"since": hired}),))
    return found


def posting(session: Session, case: Case) -> Explained:
    """Posted to the office for part of the period. Strata hold moments, so this is allowed for and does not clear."""
    name = "posting"
    if not session.has("postings", "officer_id", "office", "from_date"):
        return Explained(name, needs("postings"))
    if case.subject.officer is None:
        return Explained(name, NOT_FOUND)
    rows = listed(
        session,
        "postings",
        f"SELECT office, from_date, {optional(session, 'postings', 'to_date', 'DATE')} FROM postings "
        f"WHERE officer_id = {quoted(case.subject.officer)} ORDER BY from_date, office",
    )
    start, end = case.settings.period_start, case.settings.period_end
    moves = [
        Sentence("posted", {"office": r["office"], "start": r["from_date"]})
        if r["to_date"] is None
        else Sentence(
            "posted-until", {"office": r["office"], "start": r["from_date"], "end": r["to_date"] - timedelta(days=1)}
        )
        for r in rows
        if start < r["from_date"] < end or (r["to_date"] is not None and start < r["to_date"] < end)
    ]
    if not moves:
        return Explained(name, NOT_FOUND)
    return Explained(name, FOUND, told=(*moves, ALLOWED_BY_DAY))


def leave_of_others(session: Session, case: Case) -> Explained:
    """Colleagues who were away leave more work to those present. Allowed for by day, so it does not clear."""
    name = "leave-of-others"
    if not session.has("duties", "officer_id", "kind", "from_date"):
        return Explained(name, needs("duties"))
    if not session.has("postings", "officer_id", "office", "from_date"):
        return Explained(name, needs("postings"))
    to = "u.to_date" if session.has("duties", "to_date") else "CAST(NULL AS DATE)"
    rows = listed(
        session,
        "away",
        f"SELECT DISTINCT u.officer_id FROM duties AS u JOIN postings AS p ON p.officer_id = u.officer_id "
        f"WHERE p.office = {quoted(case.subject.office or '')} AND u.kind IN ('leave', 'suspended', 'training') "
        f"AND u.from_date < DATE '{case.settings.period_end}' "
        f"AND ({to} IS NULL OR {to} > DATE '{case.settings.period_start}') "
        f"AND u.officer_id <> {quoted(case.subject.officer or '')} ORDER BY officer_id",
    )
    if not rows:
        return Explained(name, NOT_FOUND)
    return Explained(name, FOUND, told=(Sentence("away", {"n": len(rows)}), ALLOWED_BY_DAY))


def new_office(session: Session, case: Case) -> Explained:
    """The office began its work lately. Allowed for by day, so it does not clear."""
    name = "new-office"
    rows = listed(
        session,
        "first_day",
        f"SELECT MIN(registered_on) AS first_day FROM declarations WHERE office = {quoted(case.subject.office or '')}",
    )
    first = rows[0]["first_day"] if rows else None
    if first is None or first <= case.settings.period_start + timedelta(days=31):
        return Explained(name, NOT_FOUND)
    return Explained(name, FOUND, told=(Sentence("first-day", {"day": first}), ALLOWED_BY_DAY))


def rule_in_force(session: Session, case: Case) -> Explained:
    """Rules of the office that give work out by hand, or to a named pool. Pools are strata already."""
    name = "rule-in-force"
    if not session.has("assignment_rules", "office", "method"):
        return Explained(name, needs("assignment_rules"))
    t = "assignment_rules"
    rows = listed(
        session,
        "rules",
        f"SELECT method, {optional(session, t, 'pool')}, {optional(session, t, 'hs_prefix')}, "
        f"{optional(session, t, 'section')}, from_date FROM assignment_rules "
        f"WHERE office = {quoted(case.subject.office or '')} AND from_date < DATE '{case.settings.period_end}' "
        f"ORDER BY from_date, method, pool, hs_prefix, section",
    )
    told: dict[tuple[str, ...], Sentence] = {}
    for r in rows:
        pool = "" if (r["pool"] or "on shift") == "on shift" else r["pool"]
        parts = {"pool": pool, "goods": r["hs_prefix"], "section": r["section"]}
        # Work of a whole section given out by an even hand among those on shift explains no pair.
        if r["method"] == "random" and not pool and not r["hs_prefix"]:
            continue
        given = {what: str(value) for what, value in parts.items() if value}
        key = "-".join(["rule", *given])
        told.setdefault((key, r["method"], *given.values()), Sentence(key, {"method": r["method"], **given}))
    if not told:
        return Explained(name, NOT_FOUND)
    said = tuple(told.values())
    more = (Sentence("rules-more", {"n": len(said) - MOST_RULES}),) if len(said) > MOST_RULES else ()
    return Explained(name, FOUND, told=(*said[:MOST_RULES], *more, Sentence("allowed-by-rule")))


CHECKS: Mapping[str, Callable[[Session, Case], Explained]] = {
    "specialist-desk": specialist_desk,
    "acting-cover": acting_cover,
    "trainee": trainee,
    "posting": posting,
    "leave-of-others": leave_of_others,
    "new-office": new_office,
    "rule-in-force": rule_in_force,
}
"""Explanations that every question may try, by id."""


def explain(
    names: Sequence[str],
    session: Session,
    case: Case,
    own: Mapping[str, Callable[[Session, Case], Explained]] | None = None,
) -> tuple[Explained, ...]:
    """Try the explanations in order. ``own``: the question's own checks beside the common ones."""
    checks = {**CHECKS, **(own or {})}
    return tuple(checks[name](session, case) for name in names)
