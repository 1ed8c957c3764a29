"""The answer of an assignment question: pairs as rows of the signals contract, and the tables that the report shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from arusha.indicators.assignment_draws import UNKNOWN, Draws
from arusha.indicators.assignment_effects import Effects, excess_share, shrunken
from arusha.indicators.assignment_office import Prepared
from arusha.indicators.assignment_pairs import Pairs
from arusha.indicators.assignment_pools import filled
from arusha.indicators.assignment_rounds import Tested
from arusha.indicators.definition import Settings
from arusha.indicators.signals import SCHEMA, signal_id

FloatArray = NDArray[np.float64]

FEW = "cannot tell: fewer than {floor} draws"
ONE_DESK = "cannot tell: a desk whose goods are one declarant's"
NEARLY_ALL = "cannot tell: the declarant is nearly all of the work"
ANYWAY = "cannot tell: the officer has nearly all such work, whoever lodges it"
ALONE = "cannot tell: too few draws beside those of other officers and declarants"


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
    parts: list[Mapping[str, Sequence[Any]]] = []
    at = 0
    for office, (found, q, signal) in zip(offices, pairs, strict=True):
        part = slice(at, at + found.p.size)
        parts += [_tested(office, found, q, signal, effects, part), _untested(office, exposure)]
        at = part.stop
    names = (
        "office",
        "unit",
        "other",
        "n",
        "observed",
        "expected",
        "effect",
        "low",
        "high",
        "p",
        "q",
        "reason",
        "signal",
    )
    return _table(question, {n: [v for part in parts for v in part[n]] for n in names}, settings)


def _usable(office: Office, exposure: float) -> tuple[Pairs, FloatArray, NDArray[np.bool_]]:
    """The pairs of tested declarants whose margins leave something to chance, on enough draws."""
    pairs = office.tested.pairs
    keep = np.isfinite(pairs.p) & ~_hidden(pairs, exposure)
    found = Pairs(**{f: getattr(pairs, f)[keep] for f in Pairs.__dataclass_fields__})
    return found, office.tested.q[keep], office.tested.signal[keep]


def _hidden(pairs: Pairs, exposure: float) -> NDArray[np.bool_]:
    """Pairs left with too few draws once those are out that go to the officer whoever lodges them."""
    return np.asarray((pairs.anyway > 0) & (pairs.n < exposure))


def _tested(
    office: Office, pairs: Pairs, q: FloatArray, signal: NDArray[np.bool_], effects: Effects, part: slice
) -> Mapping[str, Sequence[Any]]:
    draws = office.draws
    anybody = len(draws.outcomes)
    units = [
        (draws.declarants[b], None) if i == anybody else (draws.outcomes[i], draws.declarants[b])
        for b, i in zip(pairs.declarant.tolist(), pairs.outcome.tolist(), strict=True)
    ]
    return {
        "office": [draws.office] * len(units),
        "unit": [unit for unit, _ in units],
        "other": [other for _, other in units],
        "n": pairs.n.tolist(),
        "observed": pairs.observed.tolist(),
        "expected": pairs.expected.tolist(),
        "effect": effects.estimate[part].tolist(),
        "low": effects.low[part].tolist(),
        "high": effects.high[part].tolist(),
        "p": pairs.p.tolist(),
        "q": q.tolist(),
        "reason": [None] * len(units),
        "signal": signal.tolist(),
    }


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


def _untested(office: Office, exposure: float) -> Mapping[str, Sequence[Any]]:
    """Units about which nothing can be said: pairs that met; declarants, where anybody is an outcome."""
    draws, nobody, pairs = office.draws, office.prepared.nobody, office.tested.pairs
    C = len(draws.outcomes)
    why = reasons(office, exposure)
    total = np.bincount(draws.declarant, minlength=len(draws.declarants))
    cell, met = np.unique(draws.declarant * C + draws.outcome, return_counts=True)
    rows: list[tuple[int, str | None, int, str]] = []
    if nobody is None:
        for b, i, k in zip((cell // C).tolist(), (cell % C).tolist(), met.tolist(), strict=True):
            reason = why[b]
            if reason is not None:
                rows.append((b, draws.outcomes[i], k, reason))
    else:
        moved = np.bincount(draws.declarant[draws.outcome != nobody], minlength=total.size)
        rows = [(b, None, int(moved[b]), reason) for b, reason in enumerate(why) if reason is not None]
    for k in np.flatnonzero(_hidden(pairs, exposure)).tolist():
        b, i = int(pairs.declarant[k]), int(pairs.outcome[k])
        at = int(np.searchsorted(cell, b * C + i))
        if why[b] is None and at < cell.size and cell[at] == b * C + i:
            rows.append((b, draws.outcomes[i], int(met[at]), ANYWAY))
    none = [None] * len(rows)
    return {
        "office": [draws.office] * len(rows),
        "unit": [draws.declarants[b] if officer is None else officer for b, officer, _, _ in rows],
        "other": [None if officer is None else draws.declarants[b] for b, officer, _, _ in rows],
        "n": [int(total[b]) for b, _, _, _ in rows],
        "observed": [k for _, _, k, _ in rows],
        "expected": none,
        "effect": none,
        "low": none,
        "high": none,
        "p": none,
        "q": none,
        "reason": [reason for _, _, _, reason in rows],
        "signal": [False] * len(rows),
    }


def _rounded(values: Sequence[float | None]) -> pa.Array:
    """To 12 significant digits, so that the last bits of a sum do not reach a file; missing stays missing."""
    return pa.array([None if v is None or v != v else float(f"{v:.11e}") for v in values], pa.float64())


def _table(question: str, columns: Mapping[str, Sequence[Any]], settings: Settings) -> pa.Table:
    size = len(columns["office"])
    keys = list(zip(columns["office"], columns["unit"], (o or "" for o in columns["other"]), strict=True))
    order = sorted(range(size), key=keys.__getitem__)
    c = {name: [values[k] for k in order] for name, values in columns.items()}
    kinds = ["declarant" if other is None else "pair" for other in c["other"]]
    start, end = settings.period_start, settings.period_end
    ids = [
        signal_id(question, kind, unit, other or "", office, start, end)
        for kind, unit, other, office in zip(kinds, c["unit"], c["other"], c["office"], strict=True)
    ]
    values: dict[str, Any] = {
        "signal_id": ids,
        "indicator": [question] * size,
        "unit_kind": kinds,
        "unit_id": c["unit"],
        "other_id": c["other"],
        "office": c["office"],
        "period_start": [start] * size,
        "period_end": [end] * size,
        "n": c["n"],
        "observed": [float(v) for v in c["observed"]],
        "expected": _rounded(c["expected"]),
        "effect": _rounded(c["effect"]),
        "ci_low": _rounded(c["low"]),
        "ci_high": _rounded(c["high"]),
        "p_value": _rounded(c["p"]),
        "q_value": _rounded(c["q"]),
        "reason": c["reason"],
        "signal": c["signal"],
        "explained_by": [None] * size,
        "flagged": c["signal"],
        "tax_effect": [None] * size,
        "tax_low": [None] * size,
        "tax_high": [None] * size,
    }
    arrays = [v if isinstance(v, pa.Array) else pa.array(v, f.type) for f, v in ((f, values[f.name]) for f in SCHEMA)]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


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
