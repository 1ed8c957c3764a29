"""Blind re-review: each quarter some closed alerts are drawn by a recorded seed and decided once more.

Whoever decides again does not see what was decided before until they have given their own; who had a part in an alert,
or opened it before it was drawn, does not decide it again. The seed is one that nobody alone can choose (see
``arusha.workbench.salts``). The draw can be repeated by anybody who has the ledger: alerts in the order of SHA-256 of
seed and signal, the first ones.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from arusha.language.told import error as of
from arusha.ledger import Recorded
from arusha.ledger.turns import taking_turns
from arusha.workbench import salts
from arusha.workbench.alert import EXITS, KIND, Alert, apply
from arusha.workbench.alerts import GIVEN, AlertError, alerts
from arusha.workbench.feedback import Share, share
from arusha.workbench.quarter import Quarter
from arusha.workbench.record import LOOK, Record

DRAWN = "rereview.drawn"
SIZE = 10
"""Alerts of a draw, or all where there are fewer."""
SAME_AS = {"proposed": "inquiry"}
"""An inquiry that the second reading proposes is what an alert that went to one became."""


@dataclass(frozen=True)
class Draw:
    """One quarter's draw: its seed, the signals in the order drawn, and signal -> who gave which exit again."""

    quarter: str
    seed: str
    signals: tuple[str, ...]
    given: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    number: int = 0
    """The place of its entry in the ledger."""


@dataclass(frozen=True)
class Agreement:
    """How often the second exit was the first. ``by_chance`` is what two independent readers with these exits would."""

    same: Share
    by_chance: float
    pairs: Mapping[tuple[str, str], int]


def draws(record: Record) -> list[Draw]:
    """Every draw, the oldest first."""
    found: dict[str, Draw] = {}
    for number in record.about_kind("quarter"):
        recorded = record.ledger.entry(number)
        if recorded.entry.kind in (DRAWN, GIVEN):
            _apply(found, recorded, number)
    return list(found.values())


def _apply(found: dict[str, Draw], recorded: Recorded, number: int) -> None:
    told = _told(recorded)
    quarter = told["quarter"]
    if recorded.entry.kind == DRAWN:
        signals = tuple(s.partition(":")[2] for s in recorded.entry.subjects if s.startswith("signal:"))
        found[quarter] = Draw(quarter, told["seed"], signals, number=number)
    elif quarter in found:
        before = found[quarter]
        given = {**before.given, told["signal"]: (recorded.entry.actor, told["exit"])}
        found[quarter] = replace(before, given=given)


def _told(recorded: Recorded) -> dict[str, str]:
    return {s.partition(":")[0]: s.partition(":")[2] for s in recorded.entry.subjects if ":" in s}


def sample(signals: Iterable[str], seed: str, size: int = SIZE) -> tuple[str, ...]:
    """The draw of a seed: signals in the order of SHA-256 of ``seed/signal``, the first ``size``."""
    return tuple(sorted(set(signals), key=lambda s: hashlib.sha256(f"{seed}/{s}".encode()).hexdigest())[:size])


def draw(record: Record, actor: str, today: date) -> Draw:
    """Draw this quarter's alerts among those that were closed before it and never drawn.

    Raises
    ------
    AlertError
        If this quarter was drawn already, a salt lacks, or nothing is left to draw from.
    """
    quarter = Quarter.of(today)
    with taking_turns(record.lock):
        before = draws(record)
        if any(d.quarter == quarter.name for d in before):
            raise of(AlertError, "rereview-drawn", "rereview-next", where=quarter.name)
        drawn = {s for d in before for s in d.signals}
        closed = [
            a.signal
            for a in alerts(record).values()
            if not a.open and a.decided_at and a.decided_at.date() < quarter.start and a.signal not in drawn
        ]
        if not closed:
            raise of(AlertError, "rereview-none", "rereview-some", where=quarter.name)
        seed = salts.seed(record, quarter).value(record)
        if seed is None:
            raise of(AlertError, "rereview-seed", "rereview-salts", where=quarter.name)
        signals = sample(closed, seed)
        added = record.add(DRAWN, actor, f"quarter:{quarter.name}", f"seed:{seed}", *(f"signal:{s}" for s in signals))
        return Draw(quarter.name, seed, signals, number=added.number)


def drawn_for(record: Record, signal: str) -> Draw | None:
    """The draw that a signal is in; none where it is in none."""
    return next((d for d in draws(record) if signal in d.signals), None)


def readers_before(record: Record, signal: str) -> frozenset[str]:
    """Who decided an alert, proposed it or read it second: none of them decides it again."""
    acts = {"alert." + a for a in (*EXITS, "concurred", "not-concurred")}
    entries = (record.ledger.entry(number).entry for number in record.about(f"signal:{signal}"))
    return frozenset(e.actor for e in entries if e.kind in acts)


def waits_for(record: Record, alert: Alert, actor: str) -> bool:
    """Whether a closed alert is to be decided again, and this person may: they had no part in it before."""
    found = drawn_for(record, alert.signal)
    if alert.open or found is None or alert.signal in found.given or actor in alert.recused:
        return False
    return actor not in readers_before(record, alert.signal) | lookers_before(record, alert.signal, found.number)


def lookers_before(record: Record, signal: str, number: int) -> frozenset[str]:
    """Who opened an alert before an entry: a look lasts half an hour, and may have shown what was decided."""
    entries = (record.ledger.entry(n).entry for n in record.about(f"signal:{signal}") if n < number)
    return frozenset(e.actor for e in entries if e.kind == LOOK)


def state_at(record: Record, signal: str, number: int) -> str:
    """The state of an alert when it was drawn: one that was raised again since may have another now."""
    found: dict[str, Alert] = {}
    for n in record.about(f"signal:{signal}"):
        recorded = record.ledger.entry(n)
        if n < number and recorded.entry.kind.startswith(KIND):
            apply(found, recorded)
    return found[signal].state


def give(record: Record, alert: Alert, actor: str, way: str, reason: str) -> Recorded:
    """Decide a drawn alert again, without knowing what was decided before. The alert itself stays as it is.

    Raises
    ------
    AlertError
        If the alert is not drawn, was decided again already, the reader had a part in it, or gave no reason.
    """
    if way not in EXITS:
        raise of(AlertError, "alert-no-exit", "one-of-these", where=alert.signal, known=", ".join(EXITS))
    if not reason.strip():
        raise of(AlertError, "rereview-reasons", "fill-field", where=alert.signal)
    with taking_turns(record.lock):
        found = drawn_for(record, alert.signal)
        if found is None or not waits_for(record, alert, actor):
            raise of(AlertError, "rereview-other", "rereview-offered", where=alert.signal)
        subjects = (f"signal:{alert.signal}", f"question:{alert.question}", f"quarter:{found.quarter}", f"exit:{way}")
        return record.add(GIVEN, actor, *subjects, reason=reason.strip()[:5000])


def agreement(record: Record) -> Agreement | None:
    """First and second exit of every alert that was decided again; none while there is none."""
    pairs: Counter[tuple[str, str]] = Counter()
    for one in draws(record):
        for signal, (_, way) in one.given.items():
            pairs[state_at(record, signal, one.number), SAME_AS.get(way, way)] += 1
    total = pairs.total()
    if not total:
        return None
    first, second = Counter[str](), Counter[str]()
    for (a, b), n in pairs.items():
        first[a] += n
        second[b] += n
    by_chance = sum(first[way] * second[way] for way in first) / total**2
    return Agreement(share(sum(n for (a, b), n in pairs.items() if a == b), total), by_chance, dict(pairs))
