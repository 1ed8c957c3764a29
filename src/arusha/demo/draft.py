"""A year half made: what is lodged and who could be picked. Schemes are planted here.

The order of making, and where a scheme can act:

1. ``Draft`` holds what was lodged, the lanes, and the pool of each draw. A scheme's ``plant`` runs now and may
   ``steer_pick``.
2. The offices pick officers by their rules. Functions given to ``after_pick`` run now and may ``reassign``.
3. Officers work: who handled what, what each act would find. Functions given to ``after_handling`` run now and may
   ``undervalue``, ``suppress`` and ``clear_without_act``.
4. Outcomes, times and the log follow from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from arusha.demo.assignment import Draws
from arusha.demo.country import Country
from arusha.demo.roster import Roster
from arusha.demo.staff import EXAMINER
from arusha.demo.trade import Lodged

Rows = NDArray[np.int64]
NOBODY = -1


@dataclass
class Draft:
    """The year as schemes see it. Arrays over declarations; an officer or user of -1 is nobody.

    ``first`` is known after the picks; ``officer`` (who handled it) and ``would_find`` (whether the act, made
    honestly by that officer, finds what is wrong) are known after handling.
    """

    country: Country
    roster: Roster
    lodged: Lodged
    lane: NDArray[np.int64]
    criterion: NDArray[np.int64]
    draws: Draws
    forced: NDArray[np.int64]
    draw_of: NDArray[np.int64]
    first: NDArray[np.int64]
    officer: NDArray[np.int64]
    would_find: NDArray[np.bool_]
    moved_to: NDArray[np.int64]
    moved_by: NDArray[np.int64]
    value_factor: NDArray[np.float64]
    amended_after: NDArray[np.bool_]
    suppressed: NDArray[np.bool_]
    cleared_by: NDArray[np.int64]
    schemes: list[Scheme] = field(default_factory=list)
    at_pick: list[Callable[[], None]] = field(default_factory=list)
    at_handling: list[Callable[[], None]] = field(default_factory=list)
    busy_officers: set[int] = field(default_factory=set)
    busy_declarants: set[int] = field(default_factory=set)

    # Looking around -----------------------------------------------------------------------------------------------

    def examined(self, office: int | None = None, declarant: int | None = None) -> Rows:
        """Declarations that need an officer (yellow and red), of an office and a declarant."""
        mask = self.draw_of >= 0
        if office is not None:
            mask = mask & (self.lodged.office == office)
        if declarant is not None:
            mask = mask & (self.lodged.declarant == declarant)
        return np.flatnonzero(mask)

    def eligible(self, rows: Rows, officer: int) -> NDArray[np.bool_]:
        """Whether the officer was in the pool of each declaration's draw: on shift, at that desk."""
        d = self.draws
        draw = self.draw_of[rows]
        widest = int(d.size.max()) if d.count else 0
        slot = np.arange(widest)
        at = np.minimum(d.start[draw][:, None] + slot[None, :], d.members.size - 1)
        return np.asarray(((d.members[at] == officer) & (slot[None, :] < d.size[draw][:, None])).any(axis=1))

    def on_shift(self, rows: Rows, officer: int) -> NDArray[np.bool_]:
        """Whether the officer was on the same shift of the same office, at whatever desk."""
        day, r = self.lodged.day[rows], self.roster
        same = (r.kind[officer, day] == self.lodged.kind[rows]) & (r.office[officer, day] == self.lodged.office[rows])
        return np.asarray(same)

    def choose_office(self, rng: np.random.Generator) -> int:
        """An office, larger ones more often."""
        n = np.bincount(self.lodged.office[self.draw_of >= 0], minlength=len(self.country.offices))
        return int(rng.choice(n.size, p=n / n.sum()))

    def choose_declarant(self, rng: np.random.Generator, office: int, low: int = 30, high: int = 10**9) -> int | None:
        """A broker in no scheme or look-alike with between ``low`` and ``high`` examined declarations at the office."""
        n = np.bincount(self.lodged.declarant[self.examined(office)], minlength=self.country.parties.declarants)
        free = (n >= low) & (n <= high) & (np.arange(n.size) < self.country.parties.brokers)
        free[list(self.busy_declarants | self.country.busy_declarants)] = False
        choice = np.flatnonzero(free)
        if not choice.size:
            return None
        declarant = int(rng.choice(choice))
        self.busy_declarants.add(declarant)
        return declarant

    def choose_officer(self, rng: np.random.Generator, office: int, rows: Rows, share: float = 0.15) -> int | None:
        """An examiner in no scheme or look-alike who could have been picked for at least ``share`` of the rows."""
        s = self.country.staff
        free = (s.role == EXAMINER) & (s.home == office) & ~s.trainee
        free[list(self.busy_officers | self.country.busy_officers)] = False
        able = [int(o) for o in np.flatnonzero(free) if self.eligible(rows, int(o)).mean() >= share]
        if not able:
            return None
        officer = int(rng.choice(able))
        self.busy_officers.add(officer)
        return officer

    # Planting -----------------------------------------------------------------------------------------------------

    def open(self, kind: str, strength: str, office: int, units: list[tuple[int | None, int | None]]) -> Scheme:
        """Begin a scheme; ``units`` are (officer, declarant) pairs, None for "any"."""
        scheme = Scheme(self, kind, strength, office, units)
        self.schemes.append(scheme)
        return scheme

    def after_pick(self, act: Callable[[], None]) -> None:
        self.at_pick.append(act)

    def after_handling(self, act: Callable[[], None]) -> None:
        self.at_handling.append(act)


@dataclass
class Scheme:
    """One planted scheme: its deeds change the draft and remember which declarations they touched."""

    draft: Draft
    kind: str
    strength: str
    office: int
    units: list[tuple[int | None, int | None]]
    rides_on: Scheme | None = None
    touched: list[Rows] = field(default_factory=list)

    def rows(self) -> Rows:
        return np.unique(np.concatenate(self.touched)) if self.touched else np.empty(0, dtype=np.int64)

    def steer_pick(self, rows: Rows, officer: int) -> Rows:
        """The system's own pick falls on the officer wherever the officer is in the pool. Returns the rows steered."""
        d = self.draft
        rows = rows[d.eligible(rows, officer)]
        d.forced[d.draw_of[rows]] = officer
        # Declarations given out together go together.
        together = np.isin(d.draw_of, d.draw_of[rows]) & (d.draw_of >= 0)
        rows = np.flatnonzero(together)
        self.touched.append(rows)
        return rows

    def reassign(self, rows: Rows, officer: int, by: int) -> Rows:
        """Minutes after the first pick ``by`` moves files to the officer, if on shift. Returns the rows moved."""
        d = self.draft
        rows = rows[d.on_shift(rows, officer) & (d.first[rows] != officer)]
        d.moved_to[rows] = officer
        d.moved_by[rows] = by
        self.touched.append(rows)
        return rows

    def undervalue(self, rows: Rows, part: float, *, amended: bool = False) -> None:
        """Values are lower by ``part``, and nobody finds it; ``amended`` after the pick was known."""
        d = self.draft
        d.value_factor[rows] *= 1.0 - part
        d.amended_after[rows] |= amended
        d.suppressed[rows] = True
        self.touched.append(rows)

    def suppress(self, rows: Rows) -> None:
        """What the act would have found is written down as conforming."""
        self.draft.suppressed[rows] = True
        self.touched.append(rows)

    def clear_without_act(self, rows: Rows, by: int = NOBODY) -> None:
        """The declaration is put to green with no inspection act, by the officer in charge or by the user ``by``."""
        d = self.draft
        d.cleared_by[rows] = np.where(d.officer[rows] >= 0, d.officer[rows], NOBODY) if by == NOBODY else by
        d.suppressed[rows] = True
        self.touched.append(rows)
