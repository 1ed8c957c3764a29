"""Selectivity rules as windows of time: which rate was declared for which procedure and lane, from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

ALL = "*"
"""Stands for every procedure without a rule of its own."""
LANES = ("green", "blue", "yellow", "red")


@dataclass(frozen=True)
class Rule:
    """One row of ``selectivity_rules``, cut to the period. ``end`` is exclusive."""

    office: str
    procedure: str
    lane: str
    start: date
    end: date
    expected: float | None
    random: float | None


@dataclass(frozen=True)
class Window:
    """A stretch of time in which one declared rate held without change."""

    office: str
    procedure: str
    what: str
    """A lane, ``random``, or a lane and ``random``: the last part of the counterpart's name."""
    start: date
    end: date
    declared: float | None
    """None where two rules disagree."""

    @property
    def name(self) -> str:
        return f"{self.procedure}/{self.what}"


def rules_of(rows: Iterable[Mapping[str, Any]], start: date, end: date) -> list[Rule]:
    """The rules that touch the period, cut to it. Rows are those of ``selectivity_rules``."""
    rules = []
    for row in rows:
        begins = max(row["from_date"], start)
        ends = end if row["to_date"] is None else min(row["to_date"], end)
        if begins >= ends or row["lane"] is None:
            continue
        rules.append(
            Rule(
                row["office"], row["procedure"] or ALL, row["lane"], begins, ends,
                row["expected_rate"], row["minimum_random_rate"],
            )
        )  # fmt: skip
    return sorted(rules, key=lambda r: (r.office, r.procedure, r.lane, r.start, r.end))


def windows(rules: Iterable[Rule]) -> list[Window]:
    """What was declared, window by window; a rule issued again unchanged does not cut a window.

    The random share is one declared rate of all lanes together where every lane that states one states the same: it may
    be one figure repeated. Where lanes state different figures each lane is held to its own.
    """
    groups: dict[tuple[str, str], list[Rule]] = {}
    for rule in rules:
        groups.setdefault((rule.office, rule.procedure), []).append(rule)
    found: list[Window] = []
    for (office, procedure), group in sorted(groups.items()):
        edges = sorted({d for r in group for d in (r.start, r.end)})
        declared: dict[str, list[Window]] = {}
        for begins, ends in pairwise(edges):
            inside = [r for r in group if r.start <= begins and r.end >= ends]
            for what, rate in _declared(inside).items():
                window = Window(office, procedure, what, begins, ends, rate)
                before = declared.setdefault(what, [])
                if before and before[-1].end == begins and before[-1].declared == rate:
                    window = Window(office, procedure, what, before.pop().start, ends, rate)
                before.append(window)
        found += [w for what in sorted(declared) for w in declared[what]]
    return found


def _declared(inside: list[Rule]) -> dict[str, float | None]:
    """What the rules in force at one time declare; None where they contradict each other."""
    expected: dict[str, set[float]] = {}
    minimum: dict[str, set[float]] = {}
    for rule in inside:
        if rule.expected is not None:
            expected.setdefault(rule.lane, set()).add(rule.expected)
        if rule.random:
            minimum.setdefault(rule.lane, set()).add(rule.random)
    out: dict[str, float | None] = {lane: _one(rates) for lane, rates in expected.items()}
    figures = {r for rates in minimum.values() for r in rates}
    if len(figures) == 1:
        out["random"] = figures.pop()
    elif figures:
        out |= {f"{lane}/random": _one(rates) for lane, rates in minimum.items()}
    return out


def _one(rates: set[float]) -> float | None:
    return next(iter(rates)) if len(rates) == 1 else None
