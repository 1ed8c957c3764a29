"""Findings and releases that differ between officers for reasons that the office decided."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
from benchmarks.honest_mechanisms.catalogue import whole
from benchmarks.honest_mechanisms.controls import finished, ordinary, priced
from benchmarks.honest_mechanisms.lodging import lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence, stamps
from benchmarks.honest_mechanisms.picks import by_chance
from benchmarks.honest_mechanisms.recorded import on, postings, stamped


@whole("campaign of six weeks against eight traders: found more while half of the officers are at training")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    rng = np.random.default_rng([seed, 21])
    begins = int(rng.integers(20, 190))
    weeks = (k.day >= begins) & (k.day < begins + 30)
    aimed = np.isin(k.declarant, rng.choice(25, 8, replace=False)) & weeks
    there = presence(k, 12)
    there[begins : begins + 30, 6:] &= rng.random((30, 6)) < 0.15
    return finished(Made(k, by_chance(k, there[k.day].astype(float)), all_day(there)), odds=np.where(aimed, 2.2, 0.0))


@whole("hits of the risk profiles go to the search team, what is drawn at random to the others; reason recorded")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    targeted = np.random.default_rng([seed, 22]).beta(1, 2, 100)[k.declarant]
    profile = (k.lane != 2) & (k.rng.random(k.n) < 0.3 + 0.6 * targeted)
    team = np.where(profile[:, None], np.arange(12) < 4, np.arange(12) >= 4)
    made = Made(k, by_chance(k, there[k.day] * (team + 0.03)), all_day(there))
    made = finished(made, odds=np.where(profile, 1.6, -0.6))
    reason = np.where(profile, "profile", np.where(k.lane != 2, "random", None))
    return stamped(made, "lane_reason", pa.array(reason, pa.string()))


@whole("audited traders mend their ways from mid-year, when half of the officers have changed post")
def _(seed: int) -> Made:
    k = priced(lodged(seed, 5000))
    rng = np.random.default_rng([seed, 23])
    audited = np.isin(k.declarant, rng.choice(30, 10, replace=False))
    change = int(rng.integers(100, 150))
    there = presence(k, 18)
    days = np.arange(there.shape[0])
    there[:, 6:12] &= (days < change)[:, None]
    there[:, 12:] &= (days >= change)[:, None]
    odds = np.where(audited, np.where(k.day < change, 1.6, -1.0), 0.0)
    rows = [(i, "PORT", "examiner", on(0).replace(year=2021), None if i < 6 else on(change)) for i in range(12)]
    rows += [(i, "PORT", "examiner", on(change), None) for i in range(12, 18)]
    made = finished(Made(k, by_chance(k, there[k.day].astype(float)), all_day(there)), odds=odds)
    return replace(made, more={"postings": postings(rows)})


@whole("congestion: on nine days the chief frees what stands in the yard, by order, in the log")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    jam = np.isin(k.day, np.random.default_rng([seed, 24]).choice(250, 9, replace=False))
    officer = by_chance(k, there[k.day].astype(float))
    made = Made(k, officer, all_day(there))
    controls = ordinary(k, officer, unwritten=jam & (k.lane != 2))
    changed = np.flatnonzero(controls.freed)
    later = stamps(k.at[changed] + 240)
    log = pa.table(
        {
            "event_id": [f"E{d:07d}" for d in changed.tolist()],
            "occurred_at": later,
            "occurred_on": pa.array(later.to_numpy().astype("datetime64[D]")),
            "occurred_hour": pa.array((k.minute[changed] + 240) // 60 % 24),
            "user_id": np.where(jam[changed], "P-020", [f"P-{i:03d}" for i in officer[changed].tolist()]),
            "action": ["reroute"] * changed.size,
            "declaration_id": [f"2025-{d:07d}" for d in changed.tolist()],
            "field": ["lane"] * changed.size,
            "old_value": np.array(["yellow", "red", "blue"])[k.lane[changed]],
            "new_value": ["green"] * changed.size,
            "reason": pa.array(np.where(jam[changed], "order of the day: congestion", None), pa.string()),
        }
    )
    roles = [(i, "PORT", "examiner", on(0).replace(year=2021), None) for i in range(12)]
    roles.append((20, "PORT", "chief", on(0).replace(year=2021), None))
    return replace(made, controls=controls, more={"events": log, "postings": postings(roles)})


@whole("documentary desk and yard: papers rarely show what the yard finds, traders differ in how they are sent")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    # Half of the yellow files and most red ones are opened in the yard; how many depends on the trader's packing.
    packing = np.random.default_rng([seed, 25]).beta(2, 2, 100)[k.declarant]
    opened = (k.lane != 2) & (k.rng.random(k.n) < np.where(k.lane == 1, 0.9, packing))
    officer = by_chance(k, there[k.day] * np.where(opened[:, None], np.arange(12) >= 6, np.arange(12) < 6))
    made = Made(k, officer, all_day(there))
    made = replace(made, controls=ordinary(k, officer, np.where(opened, 0.9, -1.0)))
    acts = made.controls.author if made.controls is not None else officer
    kind = np.where(opened[np.flatnonzero(acts >= 0)], "physical", "documentary")
    return stamped(made, "kind", pa.array(kind), "inspections")
