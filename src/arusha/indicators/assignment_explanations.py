"""Explanations of a pair: what a duty covers is taken out of the draws, batches are thinned, hours conditioned on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from arusha.indicators import assignment_duty_pairs as duty_pairs
from arusha.indicators import explanations
from arusha.indicators.assignment_answer import Office
from arusha.indicators.assignment_batches import GAPS, first_of_batches
from arusha.indicators.assignment_draws import UNKNOWN, BoolArray, Draws, IntArray, dense
from arusha.indicators.assignment_hours import Shares, left_out, shares
from arusha.indicators.assignment_office import block_of, duty_of
from arusha.indicators.assignment_pairs import Block, OneTable, Pairs, one_table, tails
from arusha.indicators.assignment_strata import strata as windows
from arusha.indicators.declaration_key import declaration_key
from arusha.indicators.definition import Definition, Explained, Sentence, Settings
from arusha.indicators.duty_words import PARTY, by_kind
from arusha.indicators.explanations import (
    FOUND,
    NOT_FOUND,
    Case,
    Remainder,
    Scope,
    Subject,
    needs,
    unremarkable,
    what_is_left,
)

if TYPE_CHECKING:
    from arusha.engine.session import Session

    Check = Callable[[Session, Case], Explained]

BATCH_GAP = 60
"""Minutes within which a declarant's draws are taken for one batch when batches are tried as an explanation."""
BATCH_SHARE = 0.2
"""Share of a declarant's draws that must lie so close."""
GOODS = ("chapter", "main chapter", "heading")
"""Features that say what a declaration is of."""
NAMED = ("procedure", "origin", "exemption")
"""Features whose levels a duty may name as they are written."""
HOURS = {"left-picks": "hours-picks", "left-moves": "hours-moves"}
"""What is said of counts hour by hour."""
MORE_DUE = 1.2
"""By how much the officer's share of the others' draws must rise, hour by hour, for hours to be an explanation."""


def _days(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def covered(draws: Draws, scopes: Sequence[Scope], importers: Sequence[str | None] | None = None) -> BoolArray:
    """The draws that fall into any of the scopes.

    A scope that names goods and a party covers the party's files of such goods; of two of a kind it covers both.
    ``importers``: one entry a draw, None where nobody knows.
    """
    out = np.zeros(len(draws), dtype=bool)
    importer = np.array(["" if name is None else name for name in importers or ()], dtype=str)
    known = {kind: draws.level_names.get(kind, ()) for kind in NAMED}
    known[PARTY] = (*draws.declarants, *(str(name) for name in np.unique(importer) if name))
    for scope in scopes:
        inside = (draws.day >= _days(scope.start)) & (draws.day < _days(scope.end))
        if scope.named is not None:
            kinds = by_kind(scope.named, known)
            # The records of draws do not hold the sections by name.
            kinds.pop("section", None)
            inside &= bool(kinds)
            for kind, values in kinds.items():
                inside &= _of_kind(draws, kind, values, importer)
        out |= inside
    return out


def _of_kind(draws: Draws, kind: str, values: Collection[str], importer: NDArray[np.str_]) -> BoolArray:
    """The draws of one kind's values."""
    hit = np.zeros(len(draws), dtype=bool)
    if kind == PARTY:
        hit |= np.array([name in values for name in draws.declarants], dtype=bool)[draws.declarant]
        return hit | np.isin(importer, list(values)) if importer.size else hit
    for feature in GOODS if kind == "goods" else (kind,):
        if feature in draws.levels:
            names = draws.level_names[feature]
            within = [_within(name, values) if kind == "goods" else name in values for name in names]
            hit |= np.array([*within, False])[draws.levels[feature]]
    return hit


def _within(name: str, prefixes: Collection[str]) -> bool:
    """Whether a chapter or heading lies within one of the prefixes; of a finer prefix only the heading is known."""
    return any(name.startswith(p[: len(name)]) if len(p) > len(name) > 2 else name.startswith(p) for p in prefixes)


class Cut(NamedTuple):
    """One pair in some strata."""

    table: OneTable
    shares: Shares | None
    compared: BoolArray
    """One a kept draw: the declarant's that are compared."""


class Again:
    """One pair, tested again on other draws or in other strata."""

    def __init__(self, office: Office, officer: str | None, declarant: str) -> None:
        self.office = office
        self.draws = office.prepared.draws
        self.b = office.draws.declarants.index(declarant)
        # Without an officer the unit is the declarant, and its outcome anybody.
        self.i = 1 if officer is None else office.draws.outcomes.index(officer)
        self.anybody = officer is None
        self.mine: BoolArray = self.draws.declarant == self.b

    def without(self, out: BoolArray) -> Remainder:
        """The pair without some of the declarant's draws."""
        drop = out & self.mine
        duty = duty_of(self.office.prepared, self.b)
        if duty is not None:
            return self._of(duty_pairs.pairs(duty.without(drop), [self.b], self._structural(len(self.draws.outcomes))))
        block, structural, held = self._block(drop)
        ignored = np.ones(structural.shape[1], dtype=bool)
        ignored[self.i] = False
        return self._of(tails(block, ignored.size, structural, ignored, also_held=held))

    def cut(self, finer: IntArray | None = None) -> Cut:
        """The pair in strata, which are cut by ``finer``, one code a kept draw."""
        block, structural, held = self._block(np.zeros(len(self.draws), dtype=bool), finer)
        table = one_table(block, structural.shape[1], structural, self.b, self.i, held)
        found = shares(block, structural, held, self.b, self.i)
        compared = np.zeros(len(self.draws), dtype=bool)
        if found is not None:
            compared[block.rows[found.compared]] = True
        return Cut(table, found, compared)

    def _block(self, drop: BoolArray, finer: IntArray | None = None) -> tuple[Block, BoolArray, BoolArray]:
        """The strata, the cells set aside, and whose rows are left out of the others' tables."""
        block = block_of(self.office.prepared, self.b)
        if block is None:
            # Who is tested by roster has no strata, nor who was not tested: in windows of the shared pools.
            cut = windows(self.draws, self.office.prepared.pools)
            every, one = np.arange(len(self.draws)), np.array([self.b])
            block = Block(cut.code, cut.count, self.draws.declarant, self.draws.outcome, one, every)
        keep = ~drop[block.rows]
        stratum, strata = block.stratum[keep], block.strata
        if finer is not None:
            stratum, strata = dense(stratum, finer[block.rows][keep])
        outcome, outcomes = block.outcome, len(self.draws.outcomes)
        if self.anybody:
            outcome, outcomes = (outcome != self.office.prepared.nobody).astype(np.int64), 2
        rows, one = block.rows[keep], np.array([self.b])
        again = Block(stratum, strata, block.declarant[keep], outcome[keep], one, rows, block.contrast)
        held = np.zeros(len(self.draws.declarants), dtype=bool)
        held[[b for b, _ in self.office.tested.structural]] = True
        return again, self._structural(outcomes), held

    def _structural(self, outcomes: int) -> BoolArray:
        """The cells set aside; the pair itself among them, so that it is tested in the table without the others."""
        structural = np.zeros((len(self.draws.declarants), outcomes), dtype=bool)
        for b, i in self.office.tested.structural:
            if not self.anybody and i < outcomes:
                structural[b, i] = True
            structural[self.b, self.i] |= b == self.b
        return structural

    def _of(self, pairs: Pairs) -> Remainder:
        at = np.flatnonzero((pairs.declarant == self.b) & (pairs.outcome == self.i))
        if at.size == 0:
            return Remainder(0, 0.0, 0.0, None)
        k = int(at[0])
        p = float(pairs.p[k])
        return Remainder(
            int(pairs.n[k]), float(pairs.observed[k]), float(pairs.expected[k]), p if np.isfinite(p) else None
        )


def explain_pair(
    definition: Definition,
    session: Session,
    signal: Mapping[str, Any],
    settings: Settings,
    office: Office,
    own: Mapping[str, Check] | None = None,
    importers: Callable[[], Sequence[str | None]] | None = None,
) -> tuple[Explained, ...]:
    """Try the definition's explanations for one pair, or for a declarant.

    Parameters
    ----------
    own
        Checks of the question alone.
    importers
        The importer of each of the declarant's draws, in the office's order, where the records name importers: a duty
        may be for one.
    """
    pair = signal["other_id"] is not None
    officer = str(signal["unit_id"]) if pair else None
    declarant = str(signal["other_id"] if pair else signal["unit_id"])
    again = Again(office, officer, declarant)

    def retest(scopes: Sequence[Scope]) -> Remainder | None:
        theirs = None
        if importers is not None and any(scope.named is not None for scope in scopes):
            of_all = np.full(len(office.draws), None, dtype=object)
            of_all[office.draws.declarant == again.b] = importers()
            theirs = of_all[office.prepared.kept].tolist()
        out = covered(again.draws, scopes, theirs)
        return again.without(out) if bool(np.any(out & again.mine)) else None

    names = office.draws.outcomes
    gains = {declarant, *_by_hand(session, signal, officer, declarant)}
    gains |= {names[i] for _, i in office.tested.structural if i < len(names)}
    gains |= {officer} if officer is not None else set()
    case = Case(Subject(officer, declarant, str(signal["office"]), frozenset(gains)), signal, settings, retest)
    checks: dict[str, Check] = {
        "batch": lambda s, c: _batch(c, again),
        "shift-overlap": lambda s, c: _hours(s, c, again),
    }
    return explanations.explain(definition.explanations, session, case, {**checks, **(own or {})})


def _by_hand(session: Session, signal: Mapping[str, Any], officer: str | None, declarant: str) -> list[str]:
    """Users whose hand gave a tenth or more of the declarant's declarations to the officer (to anyone, without one)."""
    if not session.has("assignments", "assigned_by", "officer_id"):
        return []
    to = f" AND a.officer_id = {explanations.quoted(officer)}" if officer is not None else ""
    key = declaration_key(session)
    rows = explanations.listed(
        session,
        "by_hand",
        f"""
        SELECT a.assigned_by, COUNT(*) AS n
        FROM assignments AS a JOIN declarations AS d ON d.{key} = a.{key}
        WHERE d.declarant_id = {explanations.quoted(declarant)}{to}
          AND d.office = {explanations.quoted(str(signal["office"]))}
        GROUP BY a.assigned_by ORDER BY assigned_by
        """,
    )
    given = sum(r["n"] for r in rows)
    return [str(r["assigned_by"]) for r in rows if r["assigned_by"] not in (None, "system") and r["n"] >= given / 10]


def _batch(case: Case, again: Again) -> Explained:
    """Whether the excess goes away when draws of the declarant within the hour count once, whoever was picked."""
    name = "batch"
    draws = again.draws
    if not np.any(draws.minute[again.mine] != UNKNOWN):
        return Explained(name, needs("times of assignment"))
    gap = np.full(len(draws.declarants), UNKNOWN)
    gap[again.b] = BATCH_GAP
    keep = first_of_batches(draws, gap)
    close = float(np.mean(~keep[again.mine]))
    if close < BATCH_SHARE:
        return Explained(name, NOT_FOUND)
    left = again.without(~keep)
    cleared, rest = unremarkable(case, left)
    if not cleared:
        return Explained(name, NOT_FOUND)
    told = Sentence("batch", {"share": round(close, 4), "minutes": BATCH_GAP})
    return Explained(name, FOUND, clears=True, told=(told, *rest))


def _hours(session: Session, case: Case, again: Again) -> Explained:
    """Whether officer and declarant merely keep the same hours: the pair compared again hour by hour.

    An hour holds few draws, and much of what fixed margins expect there are the declarant's own: so the officer's part
    is held against that of the *others* alone. Hours clear a pair only where they bring the difference down to half,
    and clearly below what it was, where nothing stands out, and where nothing stands out either among the files of
    hours in which nobody else lodged, which say nothing of hours: thin data alone clear nobody.
    """
    name = "shift-overlap"
    draws = again.draws
    if not draws.timed:
        return Explained(name, needs("shifts"))
    if again.anybody:
        # It is asked whether files are moved at all: there is nobody whose hours could be kept.
        return Explained(name, NOT_FOUND)
    before, hourly = again.cut().shares, again.cut(draws.day * GAPS[-1] + draws.hour)
    after = hourly.shares
    if before is None or after is None or before.difference <= 0:
        return Explained(name, NOT_FOUND)
    rate = case.settings.rate
    clear = float(special.ndtri(1 - rate))
    rise = after.others - before.others
    if after.others < MORE_DUE * before.others or rise < clear * np.sqrt(after.others_variance):
        return Explained(name, NOT_FOUND)
    tail = hourly.table.upper_tail()
    error = float(np.sqrt(after.variance))
    smaller = before.difference - after.difference >= max(0.5 * before.difference, clear * error)
    # Fixed margins hardly see what is lodged in bulk beside few others; the others' shares do.
    stands = tail <= rate or after.difference >= clear * error
    alone = again.without(hourly.compared).p
    cleared = bool(smaller and not stands and (alone is None or alone > rate))
    # What is left is with the hours compared, not without what an explanation covers.
    rest = what_is_left(case, Remainder(after.draws, after.seen, after.due, tail))
    told = (Sentence(HOURS.get(s.key, s.key), s.values) for s in rest)
    left = left_out(before, after, int(hourly.table.pair.n[0]), case.signal)
    return Explained(name, FOUND, clears=cleared, told=(Sentence("same-hours"), *told, *left))
