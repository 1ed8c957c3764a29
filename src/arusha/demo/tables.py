"""Canonical tables of what happened: declarations, items, assignments, inspections."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from arusha.demo import columns as col
from arusha.demo.assignment import section_desks
from arusha.demo.clock import EXTRACT_AT, FIRST_DAY, to_utc
from arusha.demo.country import Country
from arusha.demo.eventlog import Picks
from arusha.demo.goods import ORIGINS
from arusha.demo.handling import ACTS, SCAN
from arusha.demo.making import Counters, Part
from arusha.demo.selectivity import GREEN, LANES, criteria
from arusha.demo.trade import MISCLASSIFIED, PROCEDURES, UNDERSTATED, UNDERVALUED

CAUSES = ("random", "rota", "workload", "manual")
STATUS = ("registered", "assessed", "paid", "released", "exited")


def section_labels(country: Country) -> list[str]:
    return sorted({d.label for d in country.desks if d.label})


def desk_section(country: Country) -> NDArray[np.int64]:
    """Desk -> index of its section label, -1 where it has none."""
    labels = section_labels(country)
    return np.array([labels.index(d.label) if d.label else -1 for d in country.desks])


def declaration_ids(country: Country, part: Part) -> pa.Array:
    """Year, office, series and the number in the office's register."""
    prefixes = [f"{FIRST_DAY.year}{o.code}C" for o in country.offices]
    return col.numbered(part.draft.lodged.office, prefixes, part.number, 7)


def declarations(country: Country, part: Part, ids: pa.Array) -> pa.Table:
    d, h, c, o, lo = part.draft, part.handling, part.course, part.outcome, part.draft.lodged
    p = country.parties
    section = desk_section(country)[section_desks(country, d.roster, lo)]
    seen = {name: getattr(c, name) <= EXTRACT_AT for name in ("assessed", "paid", "released", "exited")}
    status = np.where(
        seen["exited"], 4, np.where(seen["released"], 3, np.where(seen["paid"], 2, np.where(seen["assessed"], 1, 0)))
    )
    # A hand-over that lies beyond the extract has not been seen yet.
    officer = d.officer.copy()
    second_at = to_utc(h.second_at, country.zones, lo.office[h.row])
    moved = (h.second >= 0) & (second_at <= EXTRACT_AT)
    officer[h.row] = np.where(moved, officer[h.row], d.first[h.row])
    assigned = np.full(lo.rows, 2 * EXTRACT_AT)
    assigned[h.row] = np.where(moved, second_at, to_utc(h.assigned, country.zones, lo.office[h.row]))
    back = (c.rerouted_by >= 0) & (c.rerouted <= EXTRACT_AT)
    final = np.where(back, GREEN, d.lane)
    return pa.table(
        {
            "declaration_id": ids,
            "office": col.text(lo.office, [o.code for o in country.offices]),
            "section": col.text(section, section_labels(country)),
            "procedure": col.text(lo.procedure, PROCEDURES),
            "status": col.text(status, STATUS),
            "registered_at": col.time(lo.registered),
            "declarant_id": col.text(lo.declarant, p.declarant_code),
            "importer_id": col.text(lo.importer, p.importer_code),
            "lane_assigned": col.text(d.lane, LANES),
            "lane_reason": col.text(d.criterion, criteria()),
            "lane_final": col.text(np.where(seen["assessed"], final, -1), LANES),
            "officer_id": col.text(officer, country.staff.code),
            "assigned_at": col.time(assigned, d.officer >= 0),
            "assessed_at": col.time(c.assessed, seen["assessed"]),
            "paid_at": col.time(c.paid, seen["paid"]),
            "released_at": col.time(c.released, seen["released"]),
            "exited_at": col.time(c.exited, seen["exited"]),
            "declared_value": col.money(o.declared),
            "assessed_value": col.money(np.where(seen["assessed"], o.assessed, o.declared)),
            "declared_tax": col.money(o.declared_tax),
            "assessed_tax": col.money(np.where(seen["assessed"], o.assessed_tax, o.declared_tax)),
        }
    )


def items(country: Country, part: Part, ids: pa.Array) -> pa.Table:
    lo, o, g = part.draft.lodged, part.outcome, country.goods
    number = np.arange(lo.item_row.size) - np.repeat(lo.first_item, lo.item_count) + 1
    assessed = (part.course.assessed <= EXTRACT_AT)[lo.item_row]
    has_quantity = ~np.isnan(lo.item_quantity)
    return pa.table(
        {
            "declaration_id": ids.take(pa.array(lo.item_row)),
            "item_no": pa.array(number.astype(np.int32)),
            "hs_code": col.text(lo.item_product, g.hs_code),
            "origin": col.text(lo.item_origin, ORIGINS),
            "net_mass_kg": col.money(lo.item_mass),
            "quantity": col.money(np.nan_to_num(lo.item_quantity * 1000).astype(np.int64), has_quantity),
            "unit": col.text(np.where(has_quantity, 0, -1), ["NMB"]),
            "declared_value": col.money(o.item_declared),
            "assessed_value": col.money(np.where(assessed, o.item_assessed, o.item_declared)),
            "duty_rate": pa.array(o.item_duty),
            "declared_tax": col.money(o.item_declared_tax),
            "assessed_tax": col.money(np.where(assessed, o.item_assessed_tax, o.item_declared_tax)),
            "exemption": col.text(np.where(lo.item_exempt, 0, -1), ["E01"]),
            "declared_exemption": col.text(np.where(lo.item_exempt, 0, -1), ["E01"]),
            "assessed_hs_code": col.text(np.where(assessed, o.item_assessed_product, lo.item_product), g.hs_code),
            "description": col.text(lo.item_product, g.description),
            "tax_entered_manually": pa.array(o.item_manual),
        }
    )


def assignments(country: Country, part: Part, ids: pa.Array, picks: Picks) -> tuple[pa.Table, pa.Array]:
    """The picks in order of time, and the identifier of each examined declaration's first pick.

    A pick is known by the number of its entry in the log.
    """
    h, d, lo = part.handling, part.draft, part.draft.lodged
    office = lo.office[h.row]
    again = np.flatnonzero(picks.second >= 0)
    m = h.row.size
    number = np.concatenate([picks.first, picks.second[again]])
    order = np.argsort(number, kind="stable")
    row = np.concatenate([h.row, h.row[again]])[order]
    at = np.concatenate([to_utc(h.assigned, country.zones, office), to_utc(h.second_at, country.zones, office)[again]])
    sequence = np.concatenate([np.ones(m, dtype=np.int64), np.full(again.size, 2)])
    officer = np.concatenate([d.first[h.row], h.second[again]])
    by = np.concatenate([np.full(m, country.staff.count), h.second_by[again]])
    method = np.array([CAUSES.index(k) for k in country.method])
    cause = np.concatenate([method[office], np.full(again.size, CAUSES.index("manual"))])
    section = desk_section(country)[section_desks(country, d.roster, lo)[row]]
    table = pa.table(
        {
            "assignment_id": col.numbered("E", (), number[order], 10),
            "declaration_id": ids.take(pa.array(row)),
            "sequence": pa.array(sequence[order].astype(np.int32)),
            "officer_id": col.text(officer[order], country.staff.code),
            "assigned_at": col.time(at[order]),
            "assigned_by": col.text(by[order], [*country.staff.code, "system"]),
            "cause": col.text(cause[order], CAUSES),
            "section": col.text(section, section_labels(country)),
        }
    )
    return table, col.numbered("E", (), picks.first, 10)


def inspections(country: Country, part: Part, ids: pa.Array, given: Counters, number: int) -> pa.Table:
    """One row an act; a scan before a physical examination finds nothing of its own."""
    rng = country.random("acts", number)
    h, d, c, o, lo = part.handling, part.draft, part.course, part.outcome, part.draft.lodged
    has_act = c.has_act[h.row]
    main = np.flatnonzero(has_act)
    scans = np.flatnonzero(has_act & h.scanned)
    office = lo.office[h.row]
    begun, ended = to_utc(h.begun, country.zones, office), to_utc(h.ended, country.zones, office)
    # The scan takes the first fifth of the time.
    scan_ended = begun + np.maximum((ended - begun) // 5, 60)
    at = np.concatenate([main, scans])
    is_scan = np.concatenate([np.zeros(main.size, dtype=bool), np.ones(scans.size, dtype=bool)])
    row = h.row[at]
    start = np.where(is_scan, begun[at], np.where(h.scanned[at], scan_ended[at], begun[at]))
    end = np.where(is_scan, scan_ended[at], ended[at])
    found = o.found[row] & ~is_scan
    papers = h.papers[at] & ~is_scan & ~found & ~d.suppressed[row]
    additional = np.where(found, o.assessed_tax[row] - o.declared_tax[row], 0)
    share = rng.uniform(0.2, 1.0, lo.rows)[row]
    penalty = np.where(found, np.round(additional * share / 1000).astype(np.int64) * 1000, np.where(papers, 50_000, 0))
    codes = np.where(found, lo.wrong[row] - 1, np.where(papers, 3, -1))
    assert (UNDERVALUED, MISCLASSIFIED, UNDERSTATED) == (1, 2, 3)
    seen = np.flatnonzero(end <= EXTRACT_AT)
    order = seen[np.lexsort((row[seen], end[seen]))]
    first_id = given.inspection
    given.inspection += order.size
    kind = np.where(is_scan, SCAN, h.act[at])
    return pa.table(
        {
            "inspection_id": col.numbered("I", (), first_id + 1 + np.arange(order.size), 10),
            "declaration_id": ids.take(pa.array(row[order])),
            "officer_id": col.text(d.officer[row][order], country.staff.code),
            "kind": col.text(kind[order], ACTS),
            "started_at": col.time(start[order]),
            "ended_at": col.time(end[order]),
            "outcome": col.text((found | papers)[order].astype(np.int64), ("conforming", "discrepancy")),
            "additional_tax": col.money(additional[order]),
            "penalty": col.money(penalty[order]),
            "fraud_codes": col.text(codes[order], ("VAL", "HSC", "QTY", "DOC")),
        }
    )
