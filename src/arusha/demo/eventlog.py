"""The log of the automated system: who did what, when, from which terminal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from arusha.demo import columns as col
from arusha.demo.clock import DAY, EXTRACT_AT, HORIZON, to_utc
from arusha.demo.country import Country
from arusha.demo.handling import REASONS
from arusha.demo.making import Counters, Part
from arusha.demo.roster import Roster
from arusha.demo.selectivity import GREEN, LANES

ACTIONS: Final = ("assign", "reassign", "view", "assess", "reroute", "amend", "pay", "release", "login", "logout")
FIELDS: Final = ("officer_id", "lane", "declared_value", "contact")
TERMINALS: Final = 40
NOTHING: Final = -1
Whole = NDArray[np.int64]


@dataclass
class _Log:
    """Blocks of events, to be put in order of time. Values are indices: lanes first, then officers, then amounts."""

    time: list[NDArray[np.int64]] = field(default_factory=list)
    cells: list[NDArray[np.int64]] = field(default_factory=list)

    def add(
        self,
        action: str,
        time: Whole,
        user: Whole | int,
        row: Whole | int = NOTHING,
        what: Whole | int = NOTHING,
        old: Whole | int = NOTHING,
        new: Whole | int = NOTHING,
        reason: Whole | int = NOTHING,
        terminal: Whole | int = NOTHING,
    ) -> None:
        kept = np.flatnonzero(time <= EXTRACT_AT)
        block = np.empty((8, kept.size), dtype=np.int64)
        for k, value in enumerate((ACTIONS.index(action), user, row, what, old, new, reason, terminal)):
            block[k] = value[kept] if isinstance(value, np.ndarray) else value
        self.time.append(time[kept])
        self.cells.append(block)


@dataclass(frozen=True)
class Picks:
    """The log's number of each examined declaration's first and second pick, -1 where there is none in the extract."""

    first: Whole
    second: Whole


def users(country: Country) -> list[str]:
    """Everyone who can act in the log: officers, declarants, then the system itself."""
    return [*country.staff.code, *country.parties.declarant_code, "system"]


def terminals(country: Country) -> list[str]:
    return [f"{o.code}-{k:02d}" for o in country.offices for k in range(TERMINALS)] + ["WEB"]


def _seat(office: NDArray[np.int64], user: NDArray[np.int64]) -> NDArray[np.int64]:
    return office * TERMINALS + user * 7 % TERMINALS


def _logins(log: _Log, country: Country, roster: Roster, days: slice, rng: np.random.Generator) -> None:
    who, offset = np.nonzero(roster.kind[:, days] >= 0)
    day = offset + (days.start or 0)
    kind, office = roster.kind[who, day].astype(np.int64), roster.office[who, day]
    start = day * DAY + country.shift_start()[office, kind]
    end = start + country.shift_length()[office, kind]
    came = to_utc(start + rng.integers(-600, 300, who.size), country.zones, office)
    left = to_utc(end + rng.integers(10, 900, who.size), country.zones, office)
    log.add("login", came, who, terminal=_seat(office, who))
    log.add("logout", left, who, terminal=_seat(office, who))


def events(
    country: Country, roster: Roster, part: Part, days: slice, given: Counters, ids: pa.Array, number: int
) -> tuple[pa.Table, Picks]:
    """The log of a part, and the numbers under which it holds the picks.

    ``ids`` are the declarations' identifiers; the last part of a year goes on to the extract.
    """
    rng = country.random("log", number)
    d, h, c, lo = part.draft, part.handling, part.course, part.draft.lodged
    zones, staff, n = country.zones, country.staff.count, lo.rows
    system, web = staff + country.parties.declarants, len(country.offices) * TERMINALS
    log = _Log()
    row, office = h.row, lo.office[h.row]
    officer, first = d.officer[row], d.first[row]
    seat = _seat(office, officer)
    names = len(LANES)
    assigned = to_utc(h.assigned, zones, office)
    method = np.array([REASONS.index(m) for m in country.method])
    log.add("assign", assigned, system, row, 0, NOTHING, names + first, method[office])
    again = np.flatnonzero(h.second >= 0)
    given_at = np.where(h.second >= 0, to_utc(h.second_at, zones, office), assigned)
    by = h.second_by[again]
    log.add(
        "reassign", given_at[again], by, row[again], 0, names + first[again], names + h.second[again],
        h.second_reason[again], _seat(office[again], by),
    )  # fmt: skip
    acted = c.has_act[row]
    begun = np.where(acted, to_utc(h.begun, zones, office), c.assessed[row] - 90)
    looked = np.flatnonzero(rng.random(row.size) < 0.35)
    viewed = np.maximum(begun - rng.integers(20, 240, row.size), given_at + 5)
    log.add("view", viewed[looked], officer[looked], row[looked], terminal=seat[looked])
    log.add("assess", c.assessed[row], officer, row, terminal=seat)
    back = np.flatnonzero(c.rerouted_by[row] >= 0)
    user = c.rerouted_by[row][back]
    log.add(
        "reroute",
        c.rerouted[row][back],
        user,
        row[back],
        1,
        d.lane[row][back],
        GREEN,
        NOTHING,
        _seat(office[back], user),
    )

    changed = np.flatnonzero(part.amended)
    since = np.full(n, 0)
    since[:] = lo.registered
    since[row] = np.where(d.amended_after[row], given_at, lo.registered[row])
    share = rng.uniform(0.1, 0.7, n)
    when = since + (np.maximum(np.minimum(c.assessed, since + 7200) - since, 2) * share).astype(np.int64)
    touched = np.where(d.amended_after | (rng.random(n) < 0.5), 2, 3)[changed]
    amounts = [f"{v // 1000}.{v % 1000:03d}" for v in part.amended_from[changed]]
    amounts += [f"{v // 1000}.{v % 1000:03d}" for v in part.outcome.declared[changed]]
    base, k = names + staff, np.arange(changed.size)
    log.add(
        "amend", when[changed], staff + lo.declarant[changed], changed, touched,
        np.where(touched == 2, base + k, NOTHING),
        np.where(touched == 2, base + changed.size + k, NOTHING), NOTHING, web,
    )  # fmt: skip
    everyone = np.arange(n)
    log.add("pay", c.paid, staff + lo.declarant, everyone, terminal=web)
    log.add("release", c.released, system, everyone)
    _logins(log, country, roster, days, rng)

    time = np.concatenate(log.time)
    action, user, at, what, old, new, reason, terminal = np.concatenate(log.cells, axis=1)
    order = np.lexsort((user, at, action, time))
    first_id = given.event
    given.event += order.size
    place = np.empty(order.size, dtype=np.int64)
    place[order] = first_id + 1 + np.arange(order.size)
    m = row.size
    seen = again[given_at[again] <= EXTRACT_AT]
    second = np.full(m, NOTHING)
    second[seen] = place[m : m + seen.size]
    values = [*LANES, *country.staff.code, *amounts]
    table = pa.table(
        {
            "event_id": col.numbered("E", (), first_id + 1 + np.arange(order.size), 10),
            "occurred_at": col.time(time[order]),
            "user_id": col.text(user[order], users(country)),
            "terminal": col.text(terminal[order], terminals(country)),
            "action": col.text(action[order], ACTIONS),
            "declaration_id": ids.take(pa.array(at[order], mask=at[order] < 0)),
            "field": col.text(what[order], FIELDS),
            "old_value": col.text(old[order], values),
            "new_value": col.text(new[order], values),
            "reason": col.text(reason[order], REASONS),
        }
    )
    return table, Picks(place[:m], second)


def log_days(days: slice, last: bool) -> slice:
    """Days whose logins belong to a part: the last part goes on until the extract."""
    return slice(days.start or 0, HORIZON if last else days.stop)
