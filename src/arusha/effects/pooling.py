"""Evaluations of several administrations together: a random-effects summary that needs each one's result file alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from arusha.effects.evaluation import FORMAT
from arusha.effects.registration import Registered, amended_told
from arusha.errors import ArushaError
from arusha.inference import random_effects
from arusha.language import Catalogue
from arusha.language.told import error as of

FEW = 5
"""Evaluations under which the spread between them is hardly known."""
_DIGITS = 4


@dataclass(frozen=True)
class Member:
    """One evaluation of a summary, as its result file has it."""

    measure: str
    plan_hash: str
    effect: float
    se: float
    low: float | None
    high: float | None
    grade: int
    conclusion: str
    amended: bool
    amends: str = ""
    amended_after_results: bool = True


@dataclass(frozen=True)
class Pooled:
    """A random-effects summary of evaluations (REML, Hartung-Knapp)."""

    effect: float
    se: float
    low: float
    high: float
    tau: float
    """Standard deviation of true effects between evaluations."""
    evaluations: int
    i2: float
    """Per cent of the variation seen that is between evaluations."""
    prediction_low: float
    prediction_high: float
    """Where the true effect of a further evaluation is expected; not known from two."""
    members: tuple[Member, ...]
    left_out: int
    """Evaluations that have no estimate: their design could not tell."""


def pool(paths: Sequence[str | Path]) -> Pooled:
    """Summarise the main outcome of registered evaluations from their result files.

    Null results count as much as others, and so do those whose answer is "cannot tell" but which have an estimate;
    evaluations whose design could not tell have none and are left out. Restricted maximum likelihood for the spread,
    Hartung and Knapp's standard error on t with evaluations - 1 degrees of freedom (as R's metafor with ``REML`` and
    ``knha``).

    Raises
    ------
    ArushaError
        A file of another kind, the same evaluation twice, different scales or directions, or fewer than two estimates.
    """
    read = [_result(path) for path in paths]
    kinds = {(c["plan"]["scale"], c["plan"]["outcome"]["better"]) for c in read}
    if len(kinds) > 1:
        raise of(ArushaError, "pool-differ", "pool-differ")
    seen: dict[tuple[str, str], int] = {}
    for k, content in enumerate(read):
        before = seen.setdefault((content["plan_hash"], content["data_sha256"]), k)
        if before != k:
            raise of(ArushaError, "pool-same", "pool-same", where=f"{paths[before]}, {paths[k]}")
    members = tuple(_member(c) for c in read if c["outcomes"] and c["outcomes"][0]["se"])
    if len(members) < 2:
        raise of(ArushaError, "pool-few", "pool-few", n=len(members))
    effects, variances = [m.effect for m in members], [m.se**2 for m in members]
    fit = random_effects(effects, variances, method="REML", knapp_hartung=True)
    return Pooled(
        effect=float(fit.coefficients[0]),
        se=float(fit.se[0]),
        low=float(fit.low[0]),
        high=float(fit.high[0]),
        tau=float(np.sqrt(fit.tau2)),
        evaluations=len(members),
        i2=float(fit.i2),
        prediction_low=float(fit.prediction_low),
        prediction_high=float(fit.prediction_high),
        members=members,
        left_out=len(read) - len(members),
    )


def _result(path: str | Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise of(ArushaError, "pool-no-result", "pool-no-result", where=str(path)) from error
    return content


def _member(content: dict[str, Any]) -> Member:
    main = content["outcomes"][0]
    return Member(
        measure=str(content["plan"]["measure"]),
        plan_hash=str(content["plan_hash"]),
        effect=float(main["effect"]),
        se=float(main["se"]),
        low=main["low"],
        high=main["high"],
        grade=int(content["grade"]),
        conclusion=str(content["conclusion"]),
        amended=bool(content["amended"]),
        amends=str(content.get("amends", "")),
        amended_after_results=bool(content.get("amended_after_results", content["amended"])),
    )


def pooled_file(found: Pooled) -> dict[str, Any]:
    """A summary as plain data; what is not known is null."""
    content = asdict(found)
    content["members"] = list(content["members"])
    return {k: None if isinstance(v, float) and not np.isfinite(v) else v for k, v in content.items()}


def told_pool(found: Pooled, lang: str = "en") -> str:
    """A summary in sentences: each evaluation, the mean, the spread, and where a further one is expected."""
    c = Catalogue(lang, isolate=False)

    def number(x: float | None) -> str:
        return "∞" if x is None else c.number(x, _DIGITS)

    lines = []
    for m in found.members:
        line = c.text(
            "effects-pool-one", measure=m.measure, effect=number(m.effect), low=number(m.low), high=number(m.high)
        )
        lines.append(f"{line} {c.text('effects-grade', grade=m.grade)}")
        lines += amended_told(c, Registered(m.plan_hash, "", m.amends, m.amended_after_results, m.amended))
    if found.left_out:
        lines.append(c.text("effects-pool-left-out", n=found.left_out))
    doubtful = sum(m.conclusion == "cannot-tell" for m in found.members)
    if doubtful:
        lines.append(c.text("effects-pool-doubtful", n=doubtful))
    lines.append(
        c.text(
            "effects-pool-mean",
            n=found.evaluations,
            effect=number(found.effect),
            low=number(found.low),
            high=number(found.high),
        )
    )
    lines.append(c.text("effects-pool-spread", tau=number(found.tau), share=c.percent(found.i2 / 100, 0)))
    if found.evaluations > 2:
        ends = {"low": number(found.prediction_low), "high": number(found.prediction_high)}
        lines.append(c.text("effects-pool-next", **ends))
    if found.evaluations < FEW:
        lines.append(c.text("effects-pool-few"))
    lines.append(c.text("effects-pool-selected"))
    return "\n".join(lines)
