"""An assessment folder made of invented numbers, in the form that the report reads."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from scipy import stats

from arusha.indicators.signals import SCHEMA, signal_id, table

START, END = date(2025, 1, 1), date(2026, 1, 1)
OFFICES = ("EX01", "EX02", "EX03", "EX04")


def _row(indicator: str, kind: str, unit: str, other: str, office: str, **values: Any) -> dict[str, Any]:
    row = dict.fromkeys(SCHEMA.names)
    row |= {
        "signal_id": signal_id(indicator, kind, unit, other, office, START, END),
        "indicator": indicator,
        "unit_kind": kind,
        "unit_id": unit,
        "other_id": other or None,
        "office": office,
        "period_start": START,
        "period_end": END,
        "signal": False,
        "flagged": False,
    }
    return row | values


def token(prefix: str, *parts: int) -> str:
    """A pseudonym of the shape that the loader writes."""
    text = base64.b32encode(hashlib.sha256(repr((prefix, parts)).encode()).digest()).decode()[:12]
    return f"{prefix}-{text[:4]}-{text[4:8]}-{text[8:]}"


def steering_rows(rng: np.random.Generator, officers: int, declarants: int) -> list[dict[str, Any]]:
    rows = []
    for o, office in enumerate(OFFICES):
        for j in range(declarants):
            n = int(rng.lognormal(4.2, 1.0))
            for i in range(officers):
                unit, other = token("P", o, i), token("T", o, j)
                expected = n / officers
                boost = 4.0 if (o, i, j) in ((0, 2, 3), (1, 4, 1), (2, 1, 5)) and n > 20 else 1.0
                observed = int(rng.poisson(expected * boost))
                row = _row(
                    "assignment-steering", "pair", unit, other, office, n=n, observed=observed, expected=expected
                )
                if n < 30:
                    row["reason"] = "cannot tell: fewer than 30 declarations"
                else:
                    p = float(stats.poisson.sf(observed - 1, expected))
                    weight = expected / (expected + 4)
                    effect = 1 + (observed / expected - 1) * weight
                    half = 1.96 * np.sqrt(max(observed, 1)) / expected * weight
                    row |= {
                        "p_value": p,
                        "q_value": min(1.0, p * 400),
                        "effect": effect,
                        "ci_low": max(0.0, effect - half),
                        "ci_high": effect + half,
                    }
                    if p * 400 < 0.05 and observed - expected >= 5:
                        explained = o == 1
                        row |= {"signal": True, "flagged": not explained}
                        row["explained_by"] = "specialist-desk" if explained else "not checked: needs duties"
                rows.append(row)
    return rows


def finding_rows(rng: np.random.Generator, officers: int) -> list[dict[str, Any]]:
    rows = []
    for o, office in enumerate(OFFICES):
        for i in range(officers):
            n = int(rng.integers(60, 700))
            rate = 0.06 * float(np.exp(rng.normal(0, 0.15))) * (0.25 if (o, i) == (2, 3) else 1)
            observed, expected = int(rng.binomial(n, rate)), n * 0.06
            weight = expected / (expected + 10)
            effect = 1 + (observed / expected - 1) * weight
            half = 1.96 * np.sqrt(max(observed, 1)) / expected * weight
            p = float(stats.poisson.cdf(observed, expected))
            flagged = p < 0.0005
            rows.append(
                _row(
                    "finding-rate",
                    "officer",
                    token("P", o, i),
                    "",
                    office,
                    n=n,
                    observed=observed,
                    expected=expected,
                    effect=effect,
                    ci_low=max(0.0, effect - half),
                    ci_high=effect + half,
                    p_value=p,
                    q_value=min(1.0, p * 80),
                    signal=flagged,
                    flagged=flagged,
                )
            )
    return rows


def lane_rows(rng: np.random.Generator) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of the signals contract, and rows of the chart table."""
    rows, charted = [], []
    for office in OFFICES:
        n = int(rng.integers(2000, 9000))
        for name, rate in (("IM4/red", 0.12), ("IM4/yellow", 0.28), ("*/blue", 0.10), ("IM4/random", 0.02)):
            seen = rate * (0.7 if (office, name) == ("EX03", "IM4/red") else 1)
            observed = int(rng.binomial(n, seen))
            p = float(stats.binom.cdf(observed, n, rate))
            flagged = p < 1e-4
            half = 1.96 * np.sqrt(rate / n)
            found = observed / n
            rows.append(
                _row(
                    "lane-rates",
                    "office",
                    office,
                    name,
                    office,
                    n=n,
                    observed=observed,
                    expected=n * rate,
                    effect=found / rate - 1,
                    ci_low=(found - half) / rate - 1,
                    ci_high=(found + half) / rate - 1,
                    p_value=p,
                    q_value=min(1.0, p * 12),
                    signal=flagged,
                    flagged=flagged,
                )
            )
            charted.append(
                {
                    "office": office,
                    "name": name,
                    "start": START,
                    "end": END,
                    "n": n,
                    "rate": found,
                    "low": found - half,
                    "high": found + half,
                    "declared": rate,
                }
            )
    return rows, charted


def definition(question: str) -> dict[str, Any]:
    return {
        "id": question,
        "title": question.replace("-", " ").capitalize(),
        "question": f"What do the records say about {question.replace('-', ' ')}?",
        "unit": "officer and declarant within an office",
        "needs": {"declarations": ["officer_id"]},
        "null_hypothesis": "work is spread as the rule says",
        "statistic": "an exact test",
        "min_exposure": 30.0,
        "min_effect": 5.0,
        "conditions_on": ["office", "section"],
        "explanations": ["specialist-desk", "acting-cover"],
        "gaming": "batches",
        "counter_indicator": "assignment-override",
        "false_flags_per_thousand": "under 1, measured over clean worlds",
        "source": "a published study",
        "helped_by": {"postings": [], "duties": []},
        "forbidden_uses": "Not evidence of an offence by any person.",
        "version": 1,
    }


def write_folder(path: Path, *, officers: int = 10, declarants: int = 12, demo: bool = True, seed: int = 7) -> Path:
    """Write a folder with three assessed questions and three that need records."""
    rng = np.random.default_rng(seed)
    path.mkdir(parents=True, exist_ok=True)
    lanes, charted = lane_rows(rng)
    rows = [*steering_rows(rng, officers, declarants), *finding_rows(rng, 2 * officers), *lanes]
    signals = table(rows)
    pq.write_table(signals, path / "signals.parquet")
    told = []
    for row in signals.to_pylist():
        if row["signal"]:
            found = row["explained_by"] == "specialist-desk"
            told += [
                {
                    "signal_id": row["signal_id"],
                    "explanation": "specialist-desk",
                    "status": "found" if found else "not found",
                    "detail": "duty recorded 2024-11-02: specialist desk, chapter 87" if found else "",
                    "clears": found,
                },
                {
                    "signal_id": row["signal_id"],
                    "explanation": "acting-cover",
                    "status": "not checked: needs duties",
                    "detail": "",
                    "clears": False,
                },
            ]
    schema = pa.schema(
        [(n, pa.string()) for n in ("signal_id", "explanation", "status", "detail")] + [("clears", pa.bool_())]
    )
    pq.write_table(pa.Table.from_pylist(told, schema=schema), path / "explanations.parquet")
    (path / "tables" / "lane-rates").mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(charted), path / "tables" / "lane-rates" / "lane_rates.parquet")
    _quality(path)
    (path / "queries" / "assignment-steering").mkdir(parents=True, exist_ok=True)
    (path / "queries" / "assignment-steering" / "01.sql").write_text("SELECT 1\n")
    (path / "manifest.json").write_text(json.dumps(_manifest(signals, demo=demo, seed=seed), indent=1))
    return path


def _quality(path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"table": "declarations", "file": "declarations.csv", "rows": 40_120, "accepted": 40_000, "set_aside": 120},
        {"table": "assignments", "file": "assignments.csv", "rows": 41_800, "accepted": 41_800, "set_aside": 0},
        {
            "table": "declarations",
            "file": "declarations.csv",
            "office": "EX02",
            "reason": "duplicate-key",
            "set_aside": 90,
        },
        {
            "table": "declarations",
            "file": "declarations.csv",
            "office": "EX03",
            "reason": "unreadable-time",
            "set_aside": 30,
        },
    ]
    schema = pa.schema(
        [(n, pa.string()) for n in ("table", "file", "office", "reason")]
        + [(n, pa.int64()) for n in ("rows", "accepted", "set_aside")]
    )
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path / "quality.parquet")


def _manifest(signals: pa.Table, *, demo: bool, seed: int) -> dict[str, Any]:
    questions: list[dict[str, Any]] = []
    for question in ("assignment-steering", "lane-rates", "finding-rate"):
        own = [r for r in signals.to_pylist() if r["indicator"] == question]
        tested = sum(r["p_value"] is not None for r in own)
        signal, flagged = sum(r["signal"] for r in own), sum(r["flagged"] for r in own)
        questions.append(
            {
                "id": question,
                "status": "assessed",
                "needs_missing": {},
                "rate": 0.05,
                "definition": definition(question),
                "tested": tested,
                "cannot_tell": len(own) - tested,
                "signals": signal,
                "explained": signal - flagged,
                "flagged": flagged,
                "notes": [{"key": "synthetic", "text": "Strata were inferred from the records.", "values": {}}],
            }
        )
    missing = {
        "assignment-override": {"assignments": ["assigned_by"]},
        "lane-change-without-act": {"inspections": []},
        "value-shortfall": {"items": ["net_mass_kg", "origin"]},
    }
    questions += [
        {
            "id": q,
            "status": "not assessed",
            "needs_missing": needs,
            "rate": 0.05,
            "definition": definition(q),
            "notes": [],
        }
        for q, needs in missing.items()
    ]
    return {
        "format": 1,
        "arusha_version": "0.1.0",
        "created_at": "2026-11-24T10:00:00+00:00",
        "study": True,
        "charter": None,
        "demo": {"name": "Republic of Examplia", "seed": seed} if demo else None,
        "pseudonyms": "on",
        "workspace": {
            "name": "examplia.arusha",
            "digest": "ab" * 32,
            "tables": {"declarations": {"rows": 40_000}, "assignments": {"rows": 41_800}},
            "sources": [
                {"path": "declarations.csv", "sha256": "cd" * 32, "rows": 40_120, "accepted": 40_000, "set_aside": 120}
            ],
        },
        "engine": "duckdb",
        "plan": {
            "version": 1,
            "period": {"start": START.isoformat(), "end": END.isoformat()},
            "rate": 0.05,
            "level": 0.95,
            "floors": {},
        },
        "plan_hash": "ef" * 32,
        "amended": False,
        "earlier_plans": [],
        "rates": {"question": 0.05, "assessment": 0.2649},
        "questions": questions,
    }
