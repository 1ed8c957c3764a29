"""The answer of an assignment question: pairs as rows of the signals contract, and the tables that the report shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from arusha.indicators.assignment_draws import UNKNOWN, Draws
from arusha.indicators.assignment_effects import Effects, excess_share, shrunken
from arusha.indicators.assignment_office import Prepared
from arusha.indicators.assignment_pairs import Pairs
from arusha.indicators.assignment_pools import filled
from arusha.indicators.assignment_rounds import Tested
from arusha.indicators.definition import Settings
from arusha.indicators.signals import SCHEMA, rounded_all, signal_ids

FloatArray = NDArray[np.float64]

FEW = "cannot tell: fewer than {floor} draws"
ONE_DESK = "cannot tell: a desk whose goods are one declarant's"
NEARLY_ALL = "cannot tell: the declarant is nearly all of the work"
ANYWAY = "cannot tell: the officer has nearly all such work, whoever lodges it"
ALONE = "cannot tell: too few draws beside those of other officers and declarants"
ACCOUNTS = {
    "avoidance": "cannot tell: one officer hardly ever has this declarant's files (a tenth or less of what would be "
    "due), as where an officer is recused (not checked: the records hold no recusals)",
    "desk": "cannot tell: several declarants meet the same officers, as at a desk that no rule declares",
    "importer": "cannot tell: in this office the importer decides who has a file, and this declarant's importers may "
    "have come to the officer by chance",
    "bundle": "cannot tell: in this office files that wait are handed out in bundles, and this declarant's may have "
    "come to the officer by their place in the pile",
    "scatter": "cannot tell: in this office officers and declarants meet unevenly as a rule, beyond what draws give, "
    "and this pair is not clearly beyond that",
}
"""Why nothing is said of a pair that stands out, by the account that the records cannot rule out."""


@dataclass(frozen=True)
class Office:
    """One office's draws as they came, as they were prepared, and what the test said."""

    draws: Draws
    prepared: Prepared
    tested: Tested


def signals(question: str, offices: Sequence[Office], settings: Settings, exposure: float) -> pa.Table:
    """One row a tested unit, and one a unit that cannot be judged, with the reason.

    Units are pairs of an outcome (an officer) and a declarant, and declarants where anybody is an outcome.
    """
    pairs = [_usable(o, exposure) for o in offices]
    shares = [excess_share(p) for p, _, _ in pairs]
    raw, variance = (np.concatenate([np.zeros(0), *(s[k] for s in shares)]) for k in (0, 1))
    effects = shrunken(raw, variance, settings.level)
    parts: list[_Rows] = []
    at = 0
    for office, (found, q, signal) in zip(offices, pairs, strict=True):
        part = slice(at, at + found.p.size)
        parts += [_tested(office, found, q, signal, effects, part), _untested(office, exposure)]
        at = part.stop
    return _table(question, parts, settings)


@dataclass(frozen=True)
class _Rows:
    """Units of one office; all arrays have one entry a unit, NaN where nothing was tested."""

    office: str
    unit: pa.Array
    other: pa.Array
    """The counterpart, null where the unit is a declarant."""
    n: NDArray[np.int64]
    observed: NDArray[np.int64]
    numbers: Mapping[str, FloatArray]
    """Columns ``expected``, ``effect``, ``ci_low``, ``ci_high``, ``p_value``, ``q_value``; absent where not tested."""
    reason: pa.Array
    signal: NDArray[np.bool_]


def _names(names: Sequence[str]) -> pa.Array:
    return pa.array(names, pa.string())


def _usable(office: Office, exposure: float) -> tuple[Pairs, FloatArray, NDArray[np.bool_]]:
    """The pairs of tested declarants whose margins leave something to chance, on enough draws."""
    pairs = office.tested.pairs
    keep = np.isfinite(pairs.p) & ~_hidden(pairs, exposure)
    keep[[a.pair for a in office.tested.accounts]] = False
    return pairs.where(keep), office.tested.q[keep], office.tested.signal[keep]


def _hidden(pairs: Pairs, exposure: float) -> NDArray[np.bool_]:
    """Pairs left with too few draws once those are out that go to the officer whoever lodges them."""
    return np.asarray((pairs.anyway > 0) & (pairs.n < exposure))


def _tested(
    office: Office, pairs: Pairs, q: FloatArray, signal: NDArray[np.bool_], effects: Effects, part: slice
) -> _Rows:
    draws = office.draws
    declarants, outcomes = _names(draws.declarants), _names(draws.outcomes)
    anybody = pa.array(pairs.outcome == len(draws.outcomes))
    declarant = declarants.take(pa.array(pairs.declarant))
    officer = outcomes.take(pc.if_else(anybody, pa.scalar(None, pa.int64()), pa.array(pairs.outcome)))
    return _Rows(
        draws.office,
        unit=pc.if_else(anybody, declarant, officer),
        other=pc.if_else(anybody, pa.scalar(None, pa.string()), declarant),
        n=pairs.n,
        observed=pairs.observed,
        numbers={
            "expected": pairs.expected,
            "effect": effects.estimate[part],
            "ci_low": effects.low[part],
            "ci_high": effects.high[part],
            "p_value": pairs.p,
            "q_value": q,
        },
        reason=pa.nulls(pairs.p.size, pa.string()),
        signal=signal,
    )


def reasons(office: Office, exposure: float) -> list[str | None]:
    """Why nothing can be said about each declarant in this office; None where it was tested."""
    prepared, pairs = office.prepared, office.tested.pairs
    size = len(office.draws.declarants)
    above = np.zeros(size, dtype=bool)
    above[prepared.above_floor] = True
    tested = np.zeros(size, dtype=bool)
    ok = ~office.tested.untested[pairs.declarant, pairs.outcome]
    tested[pairs.declarant[ok]] = True
    most = np.zeros(size, dtype=np.int64)
    np.maximum.at(most, pairs.declarant, pairs.n + pairs.anyway)
    told: list[str | None] = []
    for b in range(size):
        n, hidden = int(most[b]), int(prepared.unidentified[b])
        if not above[b]:
            told.append(FEW.format(floor=int(exposure)))
        elif tested[b]:
            told.append(None)
        elif hidden and n < exposure <= n + hidden:
            told.append(ONE_DESK)
        else:
            told.append(NEARLY_ALL if n >= exposure else ALONE)
    return told


def _untested(office: Office, exposure: float) -> _Rows:
    """Units about which nothing can be said: pairs that met; declarants, where anybody is an outcome."""
    draws, nobody, pairs = office.draws, office.prepared.nobody, office.tested.pairs
    B, C = len(draws.declarants), len(draws.outcomes)
    why = reasons(office, exposure)
    untold = np.array([reason is not None for reason in why], dtype=bool)
    total = np.bincount(draws.declarant, minlength=B)
    met = np.bincount(draws.declarant * C + draws.outcome, minlength=B * C)
    if nobody is None:
        cell = np.flatnonzero(met)
        cell = cell[untold[cell // C]]
        b, i, k = cell // C, cell % C, met[cell]
    else:
        b = np.flatnonzero(untold)
        i, k = np.full(b.size, C), np.bincount(draws.declarant[draws.outcome != nobody], minlength=B)[b]
    reason = [why[j] for j in b.tolist()]
    # A pair whose draws the officer has whoever lodges them is told beside its declarant's others.
    hidden = _hidden(pairs, exposure)
    cell = pairs.declarant[hidden] * C + pairs.outcome[hidden]
    cell = cell[(pairs.outcome[hidden] < C) & ~untold[pairs.declarant[hidden]]]
    cell = cell[met[cell] > 0]
    b, i, k = (np.concatenate(v) for v in ((b, cell // C), (i, cell % C), (k, met[cell])))
    reason += [ANYWAY] * cell.size
    accounts = office.tested.accounts
    at = np.array([a.pair for a in accounts], dtype=np.int64)
    b, i, k = (np.concatenate(v) for v in ((b, pairs.declarant[at]), (i, pairs.outcome[at]), (k, pairs.observed[at])))
    reason += [ACCOUNTS[a.kind] for a in accounts]
    declarant = _names(draws.declarants).take(pa.array(b))
    alone = pa.array(i == C)
    officer = _names(draws.outcomes).take(pc.if_else(alone, pa.scalar(None, pa.int64()), pa.array(i)))
    return _Rows(
        draws.office,
        unit=pc.if_else(alone, declarant, officer),
        other=pc.if_else(alone, pa.scalar(None, pa.string()), declarant),
        n=total[b],
        observed=k,
        numbers={},
        reason=pa.array(reason, pa.string()),
        signal=np.zeros(b.size, dtype=bool),
    )


NUMBERS = ("expected", "effect", "ci_low", "ci_high", "p_value", "q_value")


def _table(question: str, parts: Sequence[_Rows], settings: Settings) -> pa.Table:
    size = sum(p.n.size for p in parts)
    nothing = pa.nulls(size, pa.string())

    def joined(name: str, kind: pa.DataType) -> pa.Array:
        return pa.chunked_array([pa.array(getattr(p, name)) for p in parts], kind).combine_chunks()

    def number(name: str) -> pa.Array:
        missing = (np.full(p.n.size, np.nan) for p in parts)
        given = [p.numbers.get(name, none) for p, none in zip(parts, missing, strict=True)]
        return pa.array(rounded_all(np.concatenate([np.zeros(0), *given])), from_pandas=True)

    offices = pa.chunked_array([pa.repeat(p.office, p.n.size) for p in parts], pa.string()).combine_chunks()
    other = joined("other", pa.string())
    signal = joined("signal", pa.bool_())
    values = {
        "indicator": pa.repeat(question, size),
        "unit_kind": pc.if_else(pc.is_null(other), "declarant", "pair"),
        "unit_id": joined("unit", pa.string()),
        "other_id": other,
        "office": offices,
        "period_start": pa.repeat(settings.period_start, size),
        "period_end": pa.repeat(settings.period_end, size),
        "n": joined("n", pa.int64()),
        "observed": joined("observed", pa.int64()).cast(pa.float64()),
        **{name: number(name) for name in NUMBERS},
        "reason": joined("reason", pa.string()),
        "signal": signal,
        "explained_by": nothing,
        "flagged": signal,
        **{f"tax_{name}": pa.nulls(size, pa.float64()) for name in ("effect", "low", "high")},
    }
    # A declarant as such has the empty text as its counterpart, which comes before its pairs.
    by = {"office": values["office"], "unit": values["unit_id"], "other": pc.fill_null(other, "")}
    order = pc.sort_indices(pa.table(by), sort_keys=[(name, "ascending") for name in by])
    rows = pa.table(values).take(order)
    names = (rows[n].to_pylist() for n in ("unit_kind", "unit_id", "other_id", "office"))
    units = ((kind, unit, other or "", where) for kind, unit, other, where in zip(*names, strict=True))
    ids = signal_ids(question, units, settings.period_start, settings.period_end)
    return rows.add_column(0, "signal_id", pa.array(ids, pa.string())).select(SCHEMA.names).cast(SCHEMA)


def pools_table(offices: Sequence[Office]) -> pa.Table:
    """The pools that were found: which levels share officers, by how many draws and officers."""
    rows = []
    for office in offices:
        draws = office.prepared.draws
        for number, split in enumerate(office.prepared.pools.splits, start=1):
            codes = filled(draws, split.feature)
            names = level_names(draws, split.feature)
            levels = split.pool.size
            met = np.bincount(codes * len(draws.outcomes) + draws.outcome, minlength=levels * len(draws.outcomes))
            by_level = met.reshape(levels, len(draws.outcomes))
            used = by_level.sum(axis=1) > 0
            for k in np.unique(split.pool[used]).tolist():
                inside = used & (split.pool == k)
                rows.append(
                    {
                        "office": office.draws.office,
                        "step": number,
                        "feature": split.feature,
                        "seen_by": split.resolution,
                        "pool": k + 1,
                        "levels": ", ".join(names[level] for level in np.flatnonzero(inside).tolist()),
                        "draws": int(by_level[inside].sum()),
                        "officers": int(np.sum(by_level[inside].sum(axis=0) > 0)),
                        "p": float(f"{split.p:.3e}"),
                    }
                )
    schema = pa.schema(
        [
            ("office", pa.string()),
            ("step", pa.int64()),
            ("feature", pa.string()),
            ("seen_by", pa.string()),
            ("pool", pa.int64()),
            ("levels", pa.string()),
            ("draws", pa.int64()),
            ("officers", pa.int64()),
            ("p", pa.float64()),
        ]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def level_names(draws: Draws, feature: str) -> list[str]:
    """Names of a feature's levels; the last one is for draws without it (code -1)."""
    if feature in draws.level_names:
        return [*draws.level_names[feature], "unknown"]
    if feature == "hour":
        return [*(f"{h:02d}" for h in range(24)), "unknown"]
    return ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "unknown"]


def offices_table(offices: Sequence[Office]) -> pa.Table:
    """What was compared in each office, and what was left out."""
    rows = []
    for o in offices:
        prepared = o.prepared
        laws = {law: sum(d.tested.size for d in prepared.duties if d.duty.law == law) for law in ("even", "weights")}
        tested = np.unique(o.tested.pairs.declarant[np.isfinite(o.tested.pairs.p)])
        rows.append(
            {
                "office": o.draws.office,
                "draws": len(o.draws),
                "counted": len(prepared.draws),
                "in_batches": len(o.draws) - len(prepared.draws),
                "batch_minutes": None if prepared.batches.office_gap == UNKNOWN else prepared.batches.office_gap,
                "without_comparison": prepared.lost,
                "compared_within": prepared.pools.unit,
                "officers": len(o.draws.outcomes),
                "declarants": len(o.draws.declarants),
                "declarants_tested": int(tested.size),
                "declarants_by_even_chance": laws["even"],
                "declarants_by_weights": laws["weights"],
                "declarants_left_out": sum(1 for b in prepared.blocks if b.tested.size == 1),
                "set_aside": len(o.tested.structural),
            }
        )
    schema = pa.schema(
        [
            ("office", pa.string()),
            *((n, pa.int64()) for n in ("draws", "counted", "in_batches", "batch_minutes", "without_comparison")),
            ("compared_within", pa.string()),
            *(
                (n, pa.int64())
                for n in (
                    "officers",
                    "declarants",
                    "declarants_tested",
                    "declarants_by_even_chance",
                    "declarants_by_weights",
                    "declarants_left_out",
                    "set_aside",
                )
            ),
        ]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def aside_table(offices: Sequence[Office]) -> pa.Table:
    """Pairs set aside while the others were tested, in that order."""
    rows = [
        {
            "office": o.draws.office,
            "round": k,
            "officer": o.draws.outcomes[i] if i < len(o.draws.outcomes) else None,
            "declarant": o.draws.declarants[b],
        }
        for o in offices
        for k, (b, i) in enumerate(o.tested.structural, start=1)
    ]
    schema = pa.schema(
        [("office", pa.string()), ("round", pa.int64()), ("officer", pa.string()), ("declarant", pa.string())]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def accounts_table(offices: Sequence[Office]) -> pa.Table:
    """Innocent accounts that the records cannot rule out: whom a declarant's files never meet, and desks that several
    declarants share, officers who go by the importer or by the place in a pile. One row for each; ``pairs``
    would stand out without it.
    """
    rows = []
    for o in offices:
        draws, held = o.draws, o.tested.accounts
        for kind, officers, declarants in sorted({(a.kind, a.officers, a.declarants) for a in held}):
            rows.append(
                {
                    "office": draws.office,
                    "account": kind,
                    "account_officers": ", ".join(draws.outcomes[i] for i in officers),
                    "account_declarants": ", ".join(draws.declarants[b] for b in declarants),
                    "pairs": sum((a.kind, a.officers, a.declarants) == (kind, officers, declarants) for a in held),
                }
            )
    names = ("office", "account", "account_officers", "account_declarants")
    return pa.Table.from_pylist(rows, schema=pa.schema([*((n, pa.string()) for n in names), ("pairs", pa.int64())]))
