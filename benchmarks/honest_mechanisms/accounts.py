"""Traders whom an office treats by who they are, for good reason: operators, consolidators, newcomers, projects."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
from benchmarks.honest_mechanisms.catalogue import whole
from benchmarks.honest_mechanisms.controls import finished, ordinary, priced
from benchmarks.honest_mechanisms.lodging import Ints, Lodged, lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance
from benchmarks.honest_mechanisms.recorded import desk, documents, duties, item_rows, on, postings, stamped, traders
from benchmarks.honest_mechanisms.rules_by_goods import members
from numpy.typing import NDArray


def kept(k: Lodged, which: NDArray[np.bool_]) -> Lodged:
    """The files ``which`` only."""
    return replace(k, **{f: getattr(k, f)[which] for f in k.__dataclass_fields__ if f != "rng"})


def crew(c: int, *officers: int) -> NDArray[np.bool_]:
    return np.isin(np.arange(c), officers)


@whole("post parcels: two consolidators of mixed goods at the post shed, section and rule in the records")
def _(seed: int) -> Made:
    k = lodged(seed, largest=0.3)
    post = (k.declarant == 0) | (k.declarant == 3) & (k.rng.random(k.n) < 0.75)
    mixed = np.where(k.chapters >= 0, k.rng.integers(0, 16, k.chapters.shape), -1)
    k = priced(replace(k, chapters=np.where(post[:, None], mixed, k.chapters)))
    there = presence(k, 12)
    at_post = crew(12, 0, 1, 2)
    rules = [{"section": "T4", "pool": "POST"}, {"section": "T1", "pool": "GENERAL"}]
    pools = members("POST", 0, 1, 2) + members("GENERAL", *range(3, 12))
    officer = by_chance(k, there[k.day] * np.where(post[:, None], at_post, ~at_post))
    return finished(Made(k, officer, all_day(there), rules, pools, section=np.where(post, 3, 0)))


def operators(seed: int, recorded: bool) -> Made:
    """A dozen authorised operators have their own desk of four; some are authorised in the year only."""
    k = priced(lodged(seed))
    rng = np.random.default_rng([seed, 5])
    who = rng.choice(np.arange(1, 60), 12, replace=False)
    since = np.full(int(k.declarant.max()) + 1, 10_000)
    since[who] = np.where(np.arange(12) < 8, -1, rng.integers(20, 200, 12))
    there = presence(k, 14)
    at_desk = crew(14, 2, 5, 8, 11)
    theirs = k.day >= since[k.declarant]
    # The desk helps with other files where its own leave it time.
    weight = np.where(theirs[:, None], at_desk + 0.0, np.where(at_desk, 0.4, 1.0))
    made = finished(Made(k, by_chance(k, there[k.day] * weight), all_day(there)))
    if not recorded:
        return made
    all_year = desk(0, "authorised operators: " + traders(*sorted(who[:8].tolist())))
    rows = [all_year | {"officer_id": f"P-{i:03d}"} for i in (2, 5, 8, 11)]
    for b in who[8:].tolist():
        rows += [desk(i, "authorised operator: " + traders(b), on(int(since[b]))) for i in (2, 5, 8, 11)]
    return replace(made, more={"duties": duties(rows)})


whole("desk for authorised operators, named in recorded duties")(lambda seed: operators(seed, True))
whole("desk for authorised operators, in no record")(lambda seed: operators(seed, False))


@whole("newcomers: a new trader's first ten files of the year go to two seniors")
def _(seed: int) -> Made:
    k = lodged(seed, 5000, declarants=150)
    rng = np.random.default_rng([seed, 6])
    starts = np.where(rng.random(150) < 0.4, rng.integers(0, 220, 150), -1)
    k = priced(kept(k, k.day >= starts[k.declarant]))
    there = presence(k, 12)
    had = np.zeros(150, dtype=int)
    early = np.zeros(k.n, dtype=bool)
    for d, b in enumerate(k.declarant.tolist()):
        early[d] = starts[b] >= 0 and had[b] < 10
        had[b] += 1
    weight = np.where(early[:, None], crew(12, 0, 1), True)
    return finished(Made(k, by_chance(k, there[k.day] * weight), all_day(there)), odds=0.5 * early)


@whole("power station: one importer's files of four months to one officer, by a letter of that spring")
def _(seed: int) -> Made:
    k = lodged(seed)
    begins = int(np.random.default_rng([seed, 7]).integers(10, 150))
    project = (k.declarant == 1) & (k.day >= begins) & (k.day < begins + 85) & (k.rng.random(k.n) < 0.8)
    k = priced(replace(k, importer=np.where(project, 11, np.where(k.importer == 11, 10, k.importer))))
    there = presence(k, 12)
    there[:, 7] |= np.random.default_rng([seed, 8]).random(there.shape[0]) < 0.8
    at = np.where(project[:, None] & there[k.day, 7][:, None], crew(12, 7), True)
    letter = desk(7, "power station project, importer M-0011", on(begins), on(begins + 85))
    made = finished(Made(k, by_chance(k, there[k.day] * at), all_day(there)))
    return replace(made, more={"duties": duties([letter])})


def paperless(seed: int, recorded: bool) -> Made:
    """Files with electronic documents go to the centre: how far a broker is equipped is its own affair."""
    k = priced(lodged(seed))
    equipped = np.random.default_rng([seed, 9]).beta(0.4, 0.4, int(k.declarant.max()) + 1)
    central = k.rng.random(k.n) < equipped[k.declarant]
    there = presence(k, 14)
    pool = np.where(central[:, None], np.arange(14) >= 8, np.arange(14) < 8)
    return finished(
        Made(
            k, by_chance(k, there[k.day] * pool), all_day(there), section=np.where(central, 1, 0) if recorded else None
        )
    )


whole("paperless files to the officers of the centre, section in the records")(lambda seed: paperless(seed, True))
whole("paperless files to the officers of the centre, in no record")(lambda seed: paperless(seed, False))


@whole("premises: red files of traders out of town to the officer of their route, routes by the week")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    rng = np.random.default_rng([seed, 10])
    route = np.where(rng.random(100) < 0.35, rng.integers(0, 5, 100), -1)[k.declarant]
    there = presence(k, 12, 0.96)
    plan = np.argsort(rng.random((52, 12)), axis=1)[:, :5]
    driver = plan[k.day // 5, np.maximum(route, 0)]
    out = (route >= 0) & (k.lane == 1) & there[k.day, driver]
    return finished(Made(k, np.where(out, driver, by_chance(k, there[k.day].astype(float))), all_day(there)))


@whole("diplomatic goods: exemption on the item, a protocol officer and a deputy")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    forwards = np.zeros(100)
    forwards[[4, 9, 17, 31]] = (0.6, 0.7, 0.5, 0.8)
    diplomatic = k.rng.random(k.n) < np.maximum(forwards, 0.004)[k.declarant]
    there = presence(k, 12)
    deputy = np.where(there[k.day, 3], 3, 9)
    made = finished(
        Made(k, np.where(diplomatic, deputy, by_chance(k, there[k.day].astype(float))), all_day(there)),
        odds=np.where(diplomatic, -2.0, 0.0),
    )
    rows = [desk(i, "diplomatic and consular goods, exemption 020") for i in (3, 9)]
    code = np.where(diplomatic[item_rows(made)], "020", None)
    return stamped(replace(made, more={"duties": duties(rows)}), "exemption", pa.array(code, pa.string()), "items")


@whole("difficult files to the chief: four items or more in the red lane, a deputy in the chief's leave")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    leave = (np.arange(there.shape[0]) // 15 % 6) == 3
    there[:, 0] = ~leave
    there[:, 5] |= leave
    hard = (k.count >= 4) & (k.lane == 1)
    chief = np.where(leave[k.day], 5, 0)
    others = there.copy()
    others[:, 0] = False
    made = finished(Made(k, np.where(hard, chief, by_chance(k, others[k.day].astype(float))), all_day(there)))
    roles = [(i, "PORT", "chief" if i == 0 else "examiner", on(0).replace(year=2020), None) for i in range(12)]
    return replace(made, more={"postings": postings(roles)})


@whole("branches: the large brokers send one kind of goods in the mornings, another in the afternoons; two crews")
def _(seed: int) -> Made:
    k = lodged(seed)
    rng = np.random.default_rng([seed, 11])
    branches = rng.integers(0, 16, (10, 2))
    early = k.minute < 750
    goods = branches[np.minimum(k.declarant, 9), np.where(early, 0, 1)]
    own = (k.declarant < 10) & (k.rng.random(k.n) < 0.85)
    k = priced(replace(k, chapters=np.where(own[:, None] & (k.chapters >= 0), goods[:, None], k.chapters)))
    there = presence(k, 14)
    hours = np.where(early[:, None], np.arange(14) < 8, np.arange(14) >= 6)
    textiles = np.where(k.any_item(61, 62, 52)[:, None], crew(14, 1, 4, 9, 12), True)
    return finished(Made(k, by_chance(k, there[k.day] * hours * (textiles + 0.02))))


@whole("goods out of warehouse go to the officer who entered them, weeks later")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    officer = by_chance(k, there[k.day].astype(float))
    last: dict[int, int] = {}
    entry: Ints = np.full(k.n, -1)
    for d, (m, is_entry) in enumerate(zip(k.importer.tolist(), (k.procedure == 1).tolist(), strict=True)):
        before = last.get(m)
        if is_entry:
            last[m] = d
        elif before is not None and k.day[d] - k.day[before] < 60 and k.rng.random() < 0.8:
            entry[d] = before
            if there[k.day[d], officer[before]]:
                officer[d] = officer[before]
    left = np.flatnonzero(entry >= 0)
    papers = documents(left, "manifest", [f"2025-{e:07d}" for e in entry[left].tolist()])
    made = finished(Made(k, officer, all_day(there)))
    return replace(made, more={"transport_documents": papers})


@whole("warehouse entries are freed without an act, the control is made in the warehouse (their own desk, by rule)")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    entry = k.procedure == 1
    at_desk = crew(12, 3, 6, 10)
    officer = by_chance(k, there[k.day] * np.where(entry[:, None], at_desk, ~at_desk))
    rules = [{"procedure": "IM7", "pool": "WAREHOUSE"}, {"procedure": "IM4", "pool": "IMPORT"}]
    pools = members("WAREHOUSE", 3, 6, 10) + members("IMPORT", *np.flatnonzero(~at_desk).tolist())
    made = Made(k, officer, all_day(there), rules, pools)
    return replace(made, controls=ordinary(k, officer, unwritten=entry & (k.rng.random(k.n) < 0.9)))
