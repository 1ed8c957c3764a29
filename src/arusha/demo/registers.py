"""Canonical tables that stand beside the declarations: officers, rosters, offices, parties, rules in force."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from arusha.demo import columns as col
from arusha.demo import grants
from arusha.demo.clock import DAY, EPOCH_DAY, HORIZON, HOUR, date_of, to_utc, weekday
from arusha.demo.country import DAY_SHIFT, Country, opening
from arusha.demo.offices import MAINLAND
from arusha.demo.roster import Roster
from arusha.demo.selectivity import LANES, settings
from arusha.demo.staff import GRADES, ROLES
from arusha.demo.tables import desk_section, section_labels
from arusha.demo.trade import PROCEDURES

RULES_FROM = -366
"""Rules have been in force since a year before the demonstration year."""
FORMER_RULES_FROM = -900
FORMERLY = np.array([-0.1, 0.0, 0.0, 0.1])
"""By lane: what the former rates were above those in force."""


def officers(country: Country) -> pa.Table:
    s = country.staff
    section = desk_section(country)[s.desk]
    return pa.table(
        {
            "officer_id": pa.array(s.code.tolist()),
            "grade": col.text(s.grade, GRADES),
            "hired_on": col.date(s.hired + EPOCH_DAY),
            "unit": col.text(section, section_labels(country)),
        }
    )


def _posting_rows(country: Country) -> list[tuple[int, int, int, int | None]]:
    """(officer, office, from day, to day)."""
    s = country.staff
    rows: list[tuple[int, int, int, int | None]] = []
    for officer in range(s.count):
        office, since = int(s.home[officer]), int(s.posted[officer])
        for move in [m for m in s.moves if m.officer == officer]:
            if office >= 0 and move.office != office:
                rows.append((officer, office, since, move.day))
            if move.office != office:
                office, since = move.office, move.day
        if office >= 0:
            rows.append((officer, office, since, None))
    return rows


def _dates(days: Sequence[int | None]) -> pa.Array:
    return pa.array([None if d is None else date_of(d) for d in days], pa.date32())


def postings(country: Country) -> pa.Table:
    rows = _posting_rows(country)
    s = country.staff
    return pa.table(
        {
            "officer_id": pa.array([str(s.code[r[0]]) for r in rows]),
            "office": pa.array([country.offices[r[1]].code for r in rows]),
            "role": pa.array([ROLES[s.role[r[0]]] for r in rows]),
            "from_date": _dates([r[2] for r in rows]),
            "to_date": _dates([r[3] for r in rows]),
        }
    )


def shifts(country: Country, roster: Roster) -> pa.Table:
    who, day = np.nonzero(roster.kind >= 0)
    kind, office, desk = roster.kind[who, day].astype(np.int64), roster.office[who, day], roster.desk[who, day]
    start = day * DAY + country.shift_start()[office, kind]
    end = start + country.shift_length()[office, kind]
    section = np.where(kind == DAY_SHIFT, desk_section(country)[desk], -1)
    return pa.table(
        {
            "officer_id": col.text(who, country.staff.code),
            "office": col.text(office, [o.code for o in country.offices]),
            "starts_at": col.time(to_utc(start, country.zones, office)),
            "ends_at": col.time(to_utc(end, country.zones, office)),
            "section": col.text(section, section_labels(country)),
        }
    )


def duties(country: Country) -> pa.Table:
    s = country.staff
    rows = sorted(s.duties, key=lambda d: (d.from_day, d.officer, d.kind))
    recorded = np.array([d.recorded_day * DAY + 9 * HOUR + (d.officer * 37 % 240) * 60 for d in rows], dtype=np.int64)
    return pa.table(
        {
            "officer_id": pa.array([str(s.code[d.officer]) for d in rows]),
            "kind": pa.array([d.kind for d in rows]),
            "from_date": _dates([d.from_day for d in rows]),
            "to_date": _dates([d.to_day for d in rows]),
            "detail": pa.array([d.detail for d in rows], pa.string()),
            "recorded_at": col.time(recorded + EPOCH_DAY * DAY),
            "recorded_by": pa.array([str(s.code[d.recorded_by]) for d in rows]),
        }
    )


def offices(country: Country) -> pa.Table:
    return pa.table(
        {
            "office": pa.array([o.code for o in country.offices]),
            "name": pa.array([o.name for o in country.offices]),
            "zone": pa.array([o.zone for o in country.offices]),
            "kind": pa.array([o.kind for o in country.offices]),
        }
    )


def calendar(country: Country) -> pa.Table:
    rows = [
        (o.code, d, *opening(o, bool(country.open_day[k, d])))
        for k, o in enumerate(country.offices)
        for d in range(HORIZON)
    ]
    return pa.table(
        {
            "office": pa.array([r[0] for r in rows]).dictionary_encode(),
            "date": _dates([r[1] for r in rows]),
            "opens": pa.array([r[2] for r in rows], pa.string()).dictionary_encode(),
            "closes": pa.array([r[3] for r in rows], pa.string()).dictionary_encode(),
        }
    )


def party_names(country: Country) -> dict[str, str]:
    """Code -> name, in the order of the table of parties."""
    p = country.parties
    return {str(c): f"Customs agency {c}" for c in p.broker_code} | {str(c): f"Trader {c}" for c in p.importer_code}


def parties(country: Country) -> pa.Table:
    p = country.parties
    rng = country.random("parties table")
    code = [*p.broker_code, *p.importer_code]
    n = len(code)
    kind = np.where(np.arange(n) < p.brokers, 0, 1)
    since = np.concatenate([-rng.integers(300, 9000, p.brokers), p.registered])
    person = (rng.random(n) < 0.12) & (kind == 1)
    return pa.table(
        {
            "party_id": pa.array(code),
            "kind": col.text(kind, ("declarant", "importer")),
            "name": pa.array(list(party_names(country).values())),
            "tax_id": col.numbered("9", (), 1_000_000 + rng.permutation(n), 8),
            "registered_on": col.date(since + EPOCH_DAY),
            "natural_person": pa.array(person),
        }
    )


def assignment_rules(country: Country) -> pa.Table:
    rows: list[tuple[str, str | None, str | None, int, str, str]] = []
    for number, office in enumerate(country.offices):
        if not country.rule_given[number]:
            continue
        since = office.opens_on or RULES_FROM
        method = country.method[number]
        labels: list[str | None] = [*dict.fromkeys(d.label for d in country.desks if d.office == number and d.label)]
        own = [r for r in country.rules if r.office == number]
        rows += [(office.code, label, None, since, method, "on shift") for label in labels or [None]]
        rows += [(office.code, r.section, r.hs_prefix, since, method, r.pool) for r in own]
    n = len(rows)
    return pa.table(
        {
            "office": pa.array([r[0] for r in rows], pa.string()),
            "section": pa.array([r[1] for r in rows], pa.string()),
            "procedure": pa.nulls(n, pa.string()),
            "lane": pa.nulls(n, pa.string()),
            "hs_prefix": pa.array([r[2] for r in rows], pa.string()),
            "from_date": _dates([r[3] for r in rows]),
            "to_date": pa.nulls(n, pa.date32()),
            "method": pa.array([r[4] for r in rows], pa.string()),
            "pool": pa.array([r[5] for r in rows], pa.string()),
            "version": pa.array(["1"] * n, pa.string()),
        }
    )


def assignment_pools(country: Country) -> pa.Table:
    rows = [
        (r.pool, str(country.staff.code[o]), max(RULES_FROM, int(country.staff.posted[o])))
        for r in country.rules
        if country.rule_given[r.office]
        for o in r.officers
    ]
    return pa.table(
        {
            "pool": pa.array([r[0] for r in rows], pa.string()),
            "officer_id": pa.array([r[1] for r in rows], pa.string()),
            "from_date": _dates([r[2] for r in rows]),
            "to_date": pa.nulls(len(rows), pa.date32()),
        }
    )


def selectivity_rules(country: Country) -> pa.Table:
    """The rates in force, and those that they replaced, under which more was examined."""
    s = settings(country)
    office, procedure, lane = (k.reshape(-1) for k in np.indices(s.expected.shape))
    since = np.array([o.opens_on or RULES_FROM for o in country.offices])[office]
    was = np.flatnonzero(since == RULES_FROM)
    again = np.concatenate([was, np.arange(office.size)])
    replaced = np.arange(again.size) < was.size
    expected = s.expected.reshape(-1)[again] + np.where(replaced, FORMERLY[lane[again]], 0.0)
    office, procedure, lane = office[again], procedure[again], lane[again]
    since = np.where(replaced, FORMER_RULES_FROM, since[again])
    return pa.table(
        {
            "office": col.text(office, [o.code for o in country.offices]),
            "procedure": col.text(procedure, PROCEDURES),
            "lane": col.text(lane, LANES),
            "expected_rate": pa.array(np.round(expected, 3)),
            "minimum_random_rate": col.real(s.minimum_random.reshape(-1)[again]),
            "from_date": col.date(since + EPOCH_DAY),
            "to_date": col.date(np.full(office.size, RULES_FROM + EPOCH_DAY), replaced),
        }
    )


def thresholds(country: Country) -> pa.Table:
    since = date_of(RULES_FROM)
    return pa.table(
        {
            "name": pa.array(["simplified declaration", "second officer"]),
            "office": pa.nulls(2, pa.string()),
            "procedure": pa.array(["IM4", "IM4"]),
            "quantity": pa.array(["value", "value"]),
            "limit": pa.array([1_000.0, 250_000.0]),
            "from_date": pa.array([since, since]),
            "to_date": pa.nulls(2, pa.date32()),
        }
    )


def roles(country: Country) -> pa.Table:
    rows = _posting_rows(country)
    s = country.staff
    granting = str(s.code[s.outsiders()[0]])
    names = ("EXAMINER", "CHIEF", "SUPERVISOR", "SYSTEM")
    return pa.table(
        {
            "user_id": pa.array([str(s.code[r[0]]) for r in rows]),
            "role": pa.array([names[s.role[r[0]]] for r in rows]),
            "office": pa.array([country.offices[r[1]].code for r in rows]),
            "from_date": _dates([r[2] for r in rows]),
            "to_date": _dates([r[3] for r in rows]),
            "granted_by": pa.array([granting] * len(rows)),
        }
    )


def tariff(country: Country) -> pa.Table:
    g = country.goods
    return pa.table(
        {
            "hs_code": pa.array(g.hs_code.tolist()),
            "duty_rate": pa.array(g.duty),
            "from_date": pa.array([date_of(RULES_FROM)] * g.count),
            "to_date": pa.nulls(g.count, pa.date32()),
        }
    )


def reference_changes(country: Country) -> pa.Table:
    """Changes of reference tables by those who run the system, in office hours."""
    rng = country.random("reference changes")
    users = country.staff.code[country.staff.outsiders()]
    days = np.sort(rng.integers(0, 360, 24))
    days = days + np.where(weekday(days) > 4, 7 - weekday(days), 0)
    moments = days * DAY + rng.integers(8 * HOUR, 17 * HOUR, days.size)
    return pa.table(
        {
            "table": pa.array([str(t) for t in rng.choice(["TARTAB", "RATTAB", "MKTTAB", "COFTAB"], days.size)]),
            "changed_at": col.time(to_utc(moments, (MAINLAND,), np.zeros(days.size, dtype=np.int64))),
            "user_id": pa.array([str(u) for u in rng.choice(users, days.size)]),
            "key": pa.array([f"row {k} replaced" for k in rng.integers(1, 900, days.size)]),
        }
    )


def standing(country: Country, roster: Roster) -> dict[str, pa.Table]:
    """All tables that do not grow with the declarations."""
    return {
        "officers": officers(country),
        "postings": postings(country),
        "shifts": shifts(country, roster),
        "duties": duties(country),
        "offices": offices(country),
        "calendar": calendar(country),
        "parties": parties(country),
        "assignment_rules": assignment_rules(country),
        "assignment_pools": assignment_pools(country),
        "selectivity_rules": selectivity_rules(country),
        "thresholds": thresholds(country),
        "roles": roles(country),
        "grants": grants.grants(country),
        "role_conflicts": grants.role_conflicts(),
        "tariff": tariff(country),
        "reference_changes": reference_changes(country),
    }
