"""The plan of an evaluation: what is done, why it should work, what would show it, and when; fixed before results."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from math import inf, nan
from pathlib import Path
from typing import Any, get_args

from arusha.effects.panel_files import read_panel
from arusha.effects.panels import Baseline, Panel, Scale
from arusha.errors import PlanError
from arusha.language.told import error as of
from arusha.language.told import error_at

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
    "announced",
    "also_happened",
    "kept_by",
    "watch",
    "watch_periods",
    "baseline",
}
EARLIER = {"baseline": "last"}
"""What plans did that were registered before they could say it: left out of the hash where it is said."""
_LATER = {"announced": "", "also_happened": (), "kept_by": "", "watch": (), "watch_periods": 6}
"""Entries that came after the first plans were registered: left out of the hash where they say nothing."""
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
    baseline: Baseline = "all"
    anticipation: int = 0
    exclude: tuple[str, ...] = ()
    periods: tuple[str, str] | None = None
    near: tuple[str, ...] = ()
    """Untreated units that the problem could move to: no controls, and looked at for displacement."""
    seed: int = 1
    announced: str = ""
    """Period in which the measure was announced, where that was before it began."""
    also_happened: tuple[str, ...] = ()
    """What else happened in that time: a new director, a tariff, a strike, better logging."""
    kept_by: str = ""
    """Who keeps measuring after the programme ends: an office or a function, never a person."""
    watch: tuple[Outcome, ...] = ()
    """Further columns to watch for new schemes; counter-outcomes are watched anyway."""
    watch_periods: int = 6
    folder: str = field(default="", compare=False)

    @property
    def hash(self) -> str:
        """SHA-256 of the plan in canonical JSON (RFC 8785)."""
        import rfc8785

        content = {key: value for key, value in asdict(self).items() if key != "folder"}
        unsaid = _LATER | EARLIER
        content = {k: v for k, v in content.items() if k not in unsaid or v != unsaid[k]}
        return hashlib.sha256(rfc8785.dumps(_plain(content))).hexdigest()

    def entries(self) -> dict[str, Any]:
        """The entries of the plan as ``plan_from`` reads them; what says nothing is left out."""
        content: dict[str, Any] = {k: v for k, v in _plain(asdict(self)).items() if k != "folder"}
        return {k: v for k, v in content.items() if v not in (None, "", []) and _LATER.get(k) != v}

    @property
    def family(self) -> int:
        """How many outcomes are tested together, the near-by units among them."""
        return 1 + len(self.counter_outcomes) + bool(self.near)

    @property
    def source(self) -> Path:
        """The panel's file; a relative path is taken from the plan's folder."""
        return Path(self.folder, self.data)

    def data_sha256(self) -> str:
        """The digest of the panel's file."""
        return hashlib.sha256(self.source.read_bytes()).hexdigest()

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
        like = "{column: NAME, better: lower} or {column: NAME, better: higher}"
        raise of(PlanError, "ev-outcome", "ev-write", where=where, like=like)
    return Outcome(_named(value["column"], "column", where), str(value["better"]))


def read_plan(path: str | Path) -> EvaluationPlan:
    """The plan in a YAML file.

    Raises
    ------
    PlanError
        A missing, unknown or unusable entry, with what to write instead.
    """
    return plan_from(given_in(path), str(path), Path(path).parent)


def given_in(path: str | Path) -> object:
    """The entries of a YAML file, not held against anything.

    Raises
    ------
    PlanError
        No such file, or no usable YAML.
    """
    from arusha.records.plain_yaml import YamlError, read_yaml

    file = Path(path)
    if not file.is_file():
        raise of(PlanError, "ev-no-file", "ev-path", where=str(path))
    try:
        return read_yaml(file.read_text(encoding="utf-8"))
    except (YamlError, UnicodeDecodeError) as error:
        line = getattr(error, "line", None)
        if line is None:
            raise of(PlanError, "ev-yaml", "ev-docs", where=str(path), why=str(error)) from error
        raise error_at(
            PlanError, "ev-yaml", "ev-docs", "yaml-line", path=str(path), line=line, why=str(error)
        ) from error


def plan_from(given: object, where: str, folder: Path | str = "") -> EvaluationPlan:
    """The plan that entries say, held against what a plan must say; ``where`` names their source.

    Raises
    ------
    PlanError
        As ``read_plan``.
    """
    if not isinstance(given, dict):
        raise of(PlanError, "ev-no-entries", "ev-docs", where=where)
    unknown, missing = sorted(map(str, set(given) - KEYS)), sorted(_REQUIRED - set(given))
    if unknown or missing:
        key = "ev-unknown" if unknown else "ev-missing"
        names, known = ", ".join(unknown or missing), ", ".join(sorted(KEYS))
        raise of(PlanError, key, "ev-entries", where=where, names=names, known=known)
    if ("first_treated" in given) == ("treated" in given):
        raise of(PlanError, "ev-when", "ev-when", where=where)
    for text in ("measure", "theory"):
        if not str(given[text] or "").strip():
            raise of(PlanError, "ev-empty", "ev-sentence", where=f"{where}, {text}", name=text)
    smallest = _number(given["smallest_effect"], "smallest_effect", where)
    seed, anticipation, watched = (
        _whole(given.get(name, default), name, where, least)
        for name, default, least in (("seed", 1, 0), ("anticipation", 0, 0), ("watch_periods", 6, 2))
    )
    scale, baseline = given.get("scale", "rate"), given.get("baseline", "all")
    if baseline not in get_args(Baseline):
        raise of(PlanError, "ev-baseline", "ev-baseline", where=f"{where}, baseline")
    if not 0 < smallest < inf:
        raise of(PlanError, "ev-above-0", "ev-number-like", where=f"{where}, smallest_effect", name="smallest_effect")
    if scale not in get_args(Scale):
        raise of(PlanError, "ev-scale", "ev-write", where=f"{where}, scale", like=", ".join(get_args(Scale)))
    window = given.get("periods")
    if window is not None and (not isinstance(window, list) or len(window) != 2):
        raise of(PlanError, "ev-periods", "ev-write", where=where, like="[2024-01, 2026-06]")
    return EvaluationPlan(
        measure=str(given["measure"]).strip(),
        theory=str(given["theory"]).strip(),
        data=_named(given["data"], "data", where),
        unit=_named(given["unit"], "unit", where),
        period=_named(given["period"], "period", where),
        outcome=_outcome(given["outcome"], f"{where}, outcome"),
        smallest_effect=smallest,
        counter_outcomes=_outcomes(given, "counter_outcomes", where),
        exposure=None if given.get("exposure") is None else _named(given["exposure"], "exposure", where),
        first_treated=None
        if given.get("first_treated") is None
        else _named(given["first_treated"], "first_treated", where),
        treated=None if given.get("treated") is None else _named(given["treated"], "treated", where),
        scale=scale,
        baseline=baseline,
        anticipation=anticipation,
        exclude=_texts(given, "exclude", where),
        periods=(str(window[0]), str(window[1])) if window else None,
        near=_texts(given, "near", where),
        seed=seed,
        announced=str(given.get("announced") or ""),
        also_happened=_texts(given, "also_happened", where),
        kept_by=str(given.get("kept_by") or ""),
        watch=_outcomes(given, "watch", where),
        watch_periods=watched,
        folder=str(folder),
    )


def _number(value: Any, name: str, where: str) -> float:
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise of(PlanError, "ev-no-number", "ev-number-like", where=f"{where}, {name}", name=name) from error


def _whole(value: Any, name: str, where: str, least: int) -> int:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = nan
    if not number.is_integer() or number < least:
        raise of(PlanError, "ev-whole", "ev-whole", where=f"{where}, {name}", name=name, least=least)
    return int(number)


def _outcomes(given: dict[str, Any], name: str, where: str) -> tuple[Outcome, ...]:
    several = given.get(name) or []
    if not isinstance(several, list):
        raise of(PlanError, "ev-list", "ev-one-a-line", where=where, name=name)
    return tuple(_outcome(o, f"{where}, {name}") for o in several)


def _named(value: Any, name: str, where: str) -> str:
    """A name of a column or file; YAML reads on, off, yes and no as yes or no, and that would name no column."""
    if isinstance(value, bool):
        raise of(PlanError, "ev-yes-or-no", "ev-quotes", where=f"{where}, {name}", name=name)
    if isinstance(value, list | dict):
        raise of(PlanError, "ev-texts", "ev-texts", where=f"{where}, {name}", name=name)
    return str(value)


def _texts(given: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    """A list of texts; one text by itself is a list of one."""
    value = given.get(name)
    several = [] if value is None or value == "" else value if isinstance(value, list | tuple) else [value]
    return tuple(_named(one, name, where) for one in several)
