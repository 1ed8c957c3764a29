"""An office at work, as tables of the records contract."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
from benchmarks.honest_mechanisms.lodging import CHAPTERS, DAY, ORIGINS, Ints, Lodged
from numpy.typing import NDArray

FIRST = datetime(2025, 1, 6)  # a Monday; day k is the k-th working day
Shift = tuple[int, int, int]
"""Officer, first minute and last, counted from the first day."""


@dataclass(frozen=True)
class Controls:
    """What became of the controls. One entry a file; green and blue files have none."""

    author: Ints
    """The officer who wrote the act, -1 where nobody did."""
    found: NDArray[np.bool_]
    freed: NDArray[np.bool_]
    """Whether the file ended in the green lane (an ordinary re-route, where there is an act)."""


@dataclass(frozen=True)
class Made:
    """An office at work. ``final`` where files are moved."""

    lodged: Lodged
    officer: Ints
    roster: list[Shift] | None = None
    rules: list[dict[str, Any]] | None = None
    pools: list[dict[str, Any]] | None = None
    section: Ints | None = None
    office: Ints | None = None
    final: Ints | None = None
    scheme: tuple[int, int] | None = None
    waits: Ints | None = None
    """Minutes from lodging to the first pick."""
    controls: Controls | None = None
    more: dict[str, pa.Table] = field(default_factory=dict)


def presence(k: Lodged, c: int, share: float = 0.9) -> NDArray[np.bool_]:
    there = k.rng.random((int(k.day.max()) + 1, c)) < share
    there[there.sum(axis=1) == 0] = True
    return there


def all_day(there: NDArray[np.bool_], begins: int = 0, ends: int = DAY) -> list[Shift]:
    return [(int(i), int(d) * DAY + begins, int(d) * DAY + ends) for d, i in zip(*np.nonzero(there), strict=True)]


def stamps(minutes: Any) -> pa.Array:
    calendar = np.asarray(minutes) // DAY
    shown = np.asarray(minutes) + (calendar // 5) * 2 * DAY  # five working days a week
    return pa.array((np.datetime64(FIRST, "m") + shown).astype("datetime64[us]"))


def tables(made: Made) -> dict[str, pa.Table]:
    k, n = made.lodged, made.lodged.n
    at = stamps(k.at)
    on = pa.array(at.to_numpy().astype("datetime64[D]"))
    hour = pa.array(k.minute // 60)
    office = np.array(["PORT", "AIR"])[made.office if made.office is not None else np.zeros(n, dtype=int)]
    ids = pa.array([f"2025-{d:07d}" for d in range(n)])
    name = np.array([f"P-{i:03d}" for i in range(200)])
    which, item = np.nonzero(k.chapters >= 0)
    rows = {
        "declaration_id": ids,
        "office": pa.array(office),
        "procedure": pa.array(np.where(k.procedure == 1, "IM7", "IM4")),
        "registered_at": at,
        "registered_on": on,
        "registered_hour": hour,
        "declarant_id": pa.array([f"B-{b:03d}" for b in k.declarant.tolist()]),
        "importer_id": pa.array([f"M-{b:04d}" for b in k.importer.tolist()]),
        "lane_assigned": pa.array(np.array(["yellow", "red", "blue"])[k.lane]),
        "declared_value": pa.array(np.where(k.chapters >= 0, k.values, 0).sum(axis=1).round(2)),
        "officer_id": pa.array(name[made.officer if made.final is None else made.final]),
        "source_file": pa.array(np.zeros(n, dtype=np.int64)),
        "source_line": pa.array(np.arange(2, n + 2)),
    }
    if made.section is not None:
        rows["section"] = pa.array(np.array(["T1", "T2", "T3", "T4"])[made.section])

    def picks(which: Ints, officer: Ints, sequence: int, hours: int, by: str) -> pa.Table:
        wait = made.waits[which] if made.waits is not None else np.zeros(which.size, dtype=np.int64)
        late = stamps(k.at[which] + hours * 60 + wait)
        hour = (k.minute[which] + hours * 60 + wait) // 60
        hour = np.minimum(hour, 23) if made.waits is None else hour % 24
        return pa.table(
            {
                "assignment_id": pa.array([f"A{sequence}-{d:07d}" for d in which.tolist()]),
                "declaration_id": ids.take(pa.array(which)),
                "sequence": pa.array(np.full(which.size, sequence)),
                "officer_id": pa.array(name[officer[which]]),
                "assigned_at": late,
                "assigned_on": pa.array(late.to_numpy().astype("datetime64[D]")),
                "assigned_hour": pa.array(hour),
                "assigned_by": pa.array([by] * which.size),
            }
        )

    assigned = picks(np.arange(n), made.officer, 1, 0, "system")
    if made.final is not None:
        moved = np.flatnonzero(made.final != made.officer)
        assigned = pa.concat_tables([assigned, picks(moved, made.final, 2, 1, "CHIEF")])
    out = {
        "declarations": pa.table(rows),
        "assignments": assigned,
        "items": pa.table(
            {
                "declaration_id": ids.take(pa.array(which)),
                "item_no": pa.array(item + 1),
                "hs_code": pa.array([f"{c:02d}0190" for c in CHAPTERS[k.chapters[which, item]].tolist()]),
                "origin": pa.array(ORIGINS[k.origin[which]]),
                "net_mass_kg": pa.array(k.masses[which, item].round(2)),
                "declared_value": pa.array(k.values[which, item].round(2)),
            }
        ),
    }
    if made.controls is not None:
        found = made.controls
        lane = np.where(found.freed, "green", np.array(["yellow", "red", "blue"])[k.lane])
        out["declarations"] = out["declarations"].append_column("lane_final", pa.array(lane))
        acts = np.flatnonzero(found.author >= 0)
        out["inspections"] = pa.table(
            {
                "inspection_id": pa.array([f"I{d:07d}" for d in acts.tolist()]),
                "declaration_id": ids.take(pa.array(acts)),
                "officer_id": pa.array(name[found.author[acts]]),
                "outcome": pa.array(np.where(found.found[acts], "discrepancy", "conform")),
            }
        )
    text, day = pa.string(), pa.date32()
    if made.roster is not None:
        who, begins, ends = (np.array(a) for a in zip(*made.roster, strict=True))
        out["shifts"] = pa.table(
            {
                "officer_id": pa.array(name[who]),
                "office": pa.array(["PORT"] * who.size),
                "starts_at": stamps(begins),
                "ends_at": pa.array(stamps(begins).to_numpy() + (ends - begins).astype("timedelta64[m]")),
                "section": pa.nulls(who.size, text),
            }
        )
    if made.rules is not None:
        usual = {"office": "PORT", "from_date": date(2024, 1, 1), "method": "random", "pool": "on shift"}
        kinds = {"office": text, "section": text, "procedure": text, "lane": text, "hs_prefix": text}
        kinds |= {"from_date": day, "to_date": day, "method": text, "pool": text, "version": text}
        filled = [{c: (usual | r).get(c) for c in kinds} for r in made.rules]
        out["assignment_rules"] = pa.Table.from_pylist(filled, schema=pa.schema(list(kinds.items())))
    if made.pools is not None:
        kinds = {"pool": text, "officer_id": text, "from_date": day, "to_date": day}
        filled = [{c: r.get(c) for c in kinds} for r in made.pools]
        out["assignment_pools"] = pa.Table.from_pylist(filled, schema=pa.schema(list(kinds.items())))
    return out | made.more
