"""The plan of an evaluation: what is done, why it should work, what would show it, and when; fixed before results."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from arusha.effects.panels import Panel, Scale, read_panel
from arusha.errors import PlanError

DIRECTIONS = ("lower", "higher")
_REQUIRED = {"measure", "theory", "data", "unit", "period", "outcome", "smallest_effect"}
_OPTIONAL = {
    "counter_outcomes",
    "exposure",
    "first_treated",
    "treated",
    "scale",
    "anticipation",
    "exclude",
    "periods",
    "near",
    "seed",
}
KEYS = _REQUIRED | _OPTIONAL


@dataclass(frozen=True)
class Outcome:
    """A column of the panel, and which direction would be good."""

    column: str
    better: str
    """"lower" or "higher"."""


@dataclass(frozen=True)
class EvaluationPlan:
    """A plan as registered. Its hash covers every field but the folder it was read from."""

    measure: str
    theory: str
    data: str
    unit: str
    period: str
    outcome: Outcome
    smallest_effect: float
    """The smallest change that would matter, in units of the outcome on its scale."""
    counter_outcomes: tuple[Outcome, ...] = ()
    """Where the problem could move to; for these ``better`` is the direction without displacement."""
    exposure: str | None = None
    first_treated: str | None = None
    treated: str | None = None
    scale: Scale = "rate"
    anticipation: int = 0
    exclude: tuple[str, ...] = ()
    periods: tuple[str, str] | None = None
    near: tuple[str, ...] = ()
    """Untreated units that the problem could move to: no controls, and looked at for displacement."""
    seed: int = 1
    folder: str = field(default="", compare=False)

    @property
    def hash(self) -> str:
        """SHA-256 of the plan in canonical JSON (RFC 8785)."""
        import rfc8785

        content = {key: value for key, value in asdict(self).items() if key != "folder"}
        return hashlib.sha256(rfc8785.dumps(_plain(content))).hexdigest()

    @property
    def source(self) -> Path:
        """The panel's file; a relative path is taken from the plan's folder."""
        return Path(self.folder, self.data)

    def panel(self, outcome: Outcome | None = None, *, exclude: tuple[str, ...] = ()) -> Panel:
        """The panel of the plan's outcome or another one."""
        return read_panel(
            self.source,
            unit=self.unit,
            period=self.period,
            outcome=(outcome or self.outcome).column,
            exposure=self.exposure,
            first_treated=self.first_treated,
            treated=self.treated,
            exclude={*self.exclude, *exclude},
            periods=self.periods,
        )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def _outcome(value: Any, where: str) -> Outcome:
    if not isinstance(value, dict) or set(value) != {"column", "better"} or value["better"] not in DIRECTIONS:
        raise PlanError(
            "an outcome is a column and the direction that would be good",
            where=where,
            remedy="write {column: NAME, better: lower} or {column: NAME, better: higher}",
        )
    return Outcome(str(value["column"]), str(value["better"]))


def read_plan(path: str | Path) -> EvaluationPlan:
    """The plan in a YAML file.

    Raises
    ------
    PlanError
        A missing, unknown or unusable entry, with what to write instead.
    """
    from arusha.records.plain_yaml import YamlError, read_yaml

    file = Path(path)
    if not file.is_file():
        raise PlanError("there is no such file", where=str(path), remedy="check the path")
    try:
        given = read_yaml(file.read_text(encoding="utf-8"))
    except (YamlError, UnicodeDecodeError) as error:
        raise PlanError(f"it is not usable YAML: {error}", where=str(path), remedy="see docs/effects.md") from error
    if not isinstance(given, dict):
        raise PlanError("it holds no entries", where=str(path), remedy="see docs/effects.md")
    unknown, missing = sorted(map(str, set(given) - KEYS)), sorted(_REQUIRED - set(given))
    if unknown or missing:
        raise PlanError(
            f"unknown: {', '.join(unknown)}" if unknown else f"missing: {', '.join(missing)}",
            where=str(path),
            remedy=f"the entries are {', '.join(sorted(KEYS))}",
        )
    if ("first_treated" in given) == ("treated" in given):
        raise PlanError(
            "it must say when the measure began",
            where=str(path),
            remedy="name the column first_treated (the first treated period) or treated (0 or 1), not both",
        )
    for text in ("measure", "theory"):
        if not str(given[text] or "").strip():
            raise PlanError(f"{text} is empty", where=str(path), remedy="say it in a sentence; it is part of the plan")
    try:
        smallest, seed, anticipation = (
            float(given["smallest_effect"]),
            int(given.get("seed", 1)),
            int(given.get("anticipation", 0)),
        )
    except (TypeError, ValueError) as error:
        raise PlanError(
            "smallest_effect, seed and anticipation are numbers", where=str(path), remedy="correct the entry"
        ) from error
    scale = given.get("scale", "rate")
    if not smallest > 0 or anticipation < 0 or scale not in ("level", "rate", "log"):
        raise PlanError(
            "smallest_effect must be above 0, anticipation 0 or more, scale one of level, rate, log",
            where=str(path),
            remedy="correct the entry",
        )
    window = given.get("periods")
    if window is not None and (not isinstance(window, list) or len(window) != 2):
        raise PlanError("periods are the first and the last", where=str(path), remedy="write [2024-01, 2026-06]")
    several = given.get("counter_outcomes") or []
    if not isinstance(several, list):
        raise PlanError("counter_outcomes is a list", where=str(path), remedy="write one a line, with a dash")
    return EvaluationPlan(
        measure=str(given["measure"]).strip(),
        theory=str(given["theory"]).strip(),
        data=str(given["data"]),
        unit=str(given["unit"]),
        period=str(given["period"]),
        outcome=_outcome(given["outcome"], f"{path}, outcome"),
        smallest_effect=smallest,
        counter_outcomes=tuple(_outcome(o, f"{path}, counter_outcomes") for o in several),
        exposure=_name(given.get("exposure")),
        first_treated=_name(given.get("first_treated")),
        treated=_name(given.get("treated")),
        scale=scale,
        anticipation=anticipation,
        exclude=tuple(str(u) for u in given.get("exclude") or ()),
        periods=(str(window[0]), str(window[1])) if window else None,
        near=tuple(str(u) for u in given.get("near") or ()),
        seed=seed,
        folder=str(file.parent),
    )


def _name(value: Any) -> str | None:
    return None if value is None else str(value)
