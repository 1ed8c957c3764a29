"""The scorecard's numbers: shares over many worlds, with the error of the simulation.

Counts of worlds are independent: their intervals are Clopper-Pearson's. Units of one world are not independent of
each other, so shares of units are resampled by world (cluster bootstrap, seeded).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from arusha.inference.intervals import clopper_pearson

REPLICATES = 4000
TARGET = 0.05


def _worlds(hit: int, worlds: int) -> dict[str, Any]:
    low, high = (0.0, 1.0)
    if worlds:
        interval = clopper_pearson(hit, worlds)
        low, high = np.ravel(interval.low)[0].item(), np.ravel(interval.high)[0].item()
    return {"worlds": worlds, "with_flag": hit, "share": hit / worlds if worlds else None, "low": low, "high": high}


def _ratio(top: list[float], bottom: list[float], seed: int = 1) -> dict[str, Any]:
    """Sum of ``top`` over sum of ``bottom``, resampled by world."""
    a, b = np.asarray(top, float), np.asarray(bottom, float)
    total = {"of": int(b.sum()), "count": int(a.sum())}
    if b.sum() == 0:
        return total | {"share": None, "low": None, "high": None}
    draws = np.random.default_rng(seed).multinomial(a.size, np.full(a.size, 1 / a.size), size=REPLICATES)
    below = draws @ b
    shares = (draws @ a)[below > 0] / below[below > 0]
    low, high = np.quantile(shares, [0.025, 0.975])
    if a.sum() == 0:
        # Resampling zeros gives zero; the exact bound for as many independent units is the least that can be said.
        high = np.ravel(clopper_pearson(0, int(b.sum())).high)[0].item()
    return total | {"share": float(a.sum() / b.sum()), "low": float(low), "high": float(high)}


def clean_worlds(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """For each question: in how many clean worlds it flagged anything."""
    questions = sorted({q for w in lines for q in w["counts"]})
    out: dict[str, Any] = {}
    for question in questions:
        hit = sum(any(c["flagged"] for c in w["counts"].get(question, {}).values()) for w in lines)
        tested = sum(c["tested"] for w in lines for c in w["counts"].get(question, {}).values())
        out[question] = _worlds(hit, len(lines)) | {"tested_units": tested}
    anything = sum(any(c["flagged"] for q in w["counts"].values() for c in q.values()) for w in lines)
    out["any question"] = _worlds(anything, len(lines))
    return out


def _cells(lines: list[dict[str, Any]], kind: str, name: str, question: str | None = None) -> list[float]:
    return [
        float(sum(q.get(kind, {}).get(name, 0) for k, q in w["counts"].items() if question in (None, k))) for w in lines
    ]


def look_alikes(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Share of tested look-alikes flagged, beside the same share of ordinary honest units, in planted worlds."""
    out: dict[str, Any] = {}
    for question in [None, *sorted({q for w in lines for q in w["counts"]})]:
        out[question or "all questions"] = {
            kind: _ratio(_cells(lines, kind, "flagged", question), _cells(lines, kind, "tested", question))
            for kind in ("look-alike", "honest")
        }
    kinds: dict[str, list[int]] = {}
    for world in lines:
        for name, cell in world["look_alikes"].items():
            total = kinds.setdefault(name, [0, 0])
            total[0] += cell["tested"]
            total[1] += cell["flagged"]
    out["by kind"] = {k: {"tested": t, "flagged": f} for k, (t, f) in sorted(kinds.items())}
    return out


def false_share(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Share of flags that fall on units which no scheme names, pooled over worlds; and the mean share a world."""
    out: dict[str, Any] = {}
    for question in [None, *sorted({q for w in lines for q in w["counts"]})]:
        wrong = np.add(_cells(lines, "honest", "flagged", question), _cells(lines, "look-alike", "flagged", question))
        right = np.asarray(_cells(lines, "planted", "flagged", question))
        pooled = _ratio(list(wrong), list(wrong + right))
        some = wrong + right
        share = np.divide(wrong, some, out=np.zeros_like(some), where=some > 0)
        error = float(share.std(ddof=1) / np.sqrt(share.size)) if share.size > 1 else None
        pooled |= {"mean_of_worlds": float(share.mean()) if share.size else None, "mean_error": error}
        out[question or "all questions"] = pooled
    return out


def _of_oracle(schemes: list[list[dict[str, Any]]]) -> dict[str, Any]:
    """Of the units that oracles find of these schemes (a list a world), the share that is flagged too."""
    return _ratio(
        [sum(s["found_of_oracle"] for s in w) for w in schemes], [sum(s["oracle_found"] for s in w) for w in schemes]
    )


def found(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """By kind and strength of scheme: planted, found by its question, and found of what the oracle finds."""
    out: dict[str, Any] = {}
    kinds = sorted({(s["kind"], s["strength"]) for w in lines for s in w["schemes"]})
    for kind, strength in kinds:
        mine = [[s for s in w["schemes"] if (s["kind"], s["strength"]) == (kind, strength)] for w in lines]
        out[f"{kind}/{strength}"] = {
            "found": _ratio([sum(s["found"] for s in w) for w in mine], [len(w) for w in mine]),
            "found_by_any_question": _ratio(
                [sum(s["found_by_any_question"] for s in w) for w in mine], [len(w) for w in mine]
            ),
            "oracle": _ratio([sum(s["oracle_found"] > 0 for s in w) for w in mine], [len(w) for w in mine]),
            "found_where_oracle": _ratio(
                [sum(s["found"] and s["oracle_found"] > 0 for s in w) for w in mine],
                [sum(s["oracle_found"] > 0 for s in w) for w in mine],
            ),
            "of_oracle": _of_oracle(mine),
            "oracle_asked": any(s["oracle_asked"] for w in mine for s in w),
        }
    both = [[s for s in w["schemes"] if s["oracle_asked"]] for w in lines]
    out["all that the oracle finds"] = {"of_oracle": _of_oracle(both)}
    out["by kind of scheme"] = {
        kind: {"of_oracle": _of_oracle([[s for s in w if s["kind"] == kind] for w in both])}
        for kind in sorted({s["kind"] for w in both for s in w})
    }
    return out
