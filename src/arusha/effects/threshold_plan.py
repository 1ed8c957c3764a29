"""The plan of an evaluation at a threshold: do values pile up where it pays, and does an outcome jump there?"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from arusha.effects.threshold_data import Declared, from_file
from arusha.effects.threshold_records import from_workspace
from arusha.errors import PlanError
from arusha.language.told import error as of

MARK = "threshold"
"""The entry that tells such a plan from that of a panel."""
_REQUIRED = {"measure", "theory", MARK, "smallest_effect"}
_OPTIONAL = {
    "data",
    "running",
    "workspace",
    "pays",
    "included",
    "outcomes",
    "cluster",
    "bin",
    "round_numbers",
    "placebos",
    "seed",
}
KEYS = _REQUIRED | _OPTIONAL


@dataclass(frozen=True)
class ThresholdPlan:
    """A plan as registered. Its hash covers every field but the folder it was read from."""

    measure: str
    """What begins or ends at the threshold."""
    theory: str
    """Why values would be declared on one side of it."""
    threshold: float | str
    """The value itself, or the name of a threshold of the workspace."""
    smallest_effect: float
    """By how much denser values must lie just within the threshold than just beyond it to matter (0.2: a fifth)."""
    data: str = ""
    running: str = ""
    workspace: str = ""
    pays: Literal["below", "above"] = "below"
    """The side on which it pays to be."""
    included: bool = True
    """Whether a value equal to the threshold is still on that side."""
    outcomes: tuple[str, ...] = ()
    cluster: str = ""
    """The column that names who declared; with a workspace it is the declarant."""
    bin: float = 0.0
    """Width of the bins of the excess mass; 0: chosen."""
    round_numbers: tuple[float, ...] = ()
    """Up to two: multiples at which values heap anyway."""
    placebos: tuple[float, ...] = ()
    """Values at which no rule begins; chosen where none is named."""
    seed: int = 1
    folder: str = field(default="", compare=False)
    records: str = field(default="", compare=False)
    """The workspace whose register holds the plan: it is read where the plan names one."""

    @property
    def hash(self) -> str:
        """SHA-256 of the plan in canonical JSON (RFC 8785)."""
        import rfc8785

        return hashlib.sha256(rfc8785.dumps(self.content())).hexdigest()

    def content(self) -> dict[str, Any]:
        """All that the hash covers, as plain data."""
        away = ("folder", "records")
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items() if k not in away}

    def entries(self) -> dict[str, Any]:
        """The entries of the plan as ``threshold_plan_from`` reads them; what says nothing is left out."""
        return {k: v for k, v in self.content().items() if v not in ("", []) and (k, v) != ("bin", 0)}

    @property
    def source(self) -> Path:
        """The file of the values, where the plan names one; a relative path is taken from the plan's folder."""
        return Path(self.folder, self.data)

    def data_sha256(self) -> str:
        """The digest of what was declared: of the file, or of what the workspace holds.

        Raises
        ------
        ThresholdError
            As ``declared``.
        """
        return self.declared()[1].sha256

    def declared(self) -> tuple[float, Declared]:
        """The threshold's value and what was declared around it.

        Raises
        ------
        ThresholdError
            If the file or the workspace does not hold what the plan names.
        """
        if self.workspace:
            place = Path(self.records) if self.records else Path(self.folder, self.workspace)
            rule, found = from_workspace(place, str(self.threshold), self.outcomes)
            return rule.limit, found
        return float(self.threshold), from_file(
            Path(self.folder, self.data), self.running, self.outcomes, self.cluster or None
        )


def threshold_plan_from(
    given: dict[str, Any], where: str, folder: Path | str = "", records: Path | str = ""
) -> ThresholdPlan:
    """The plan that entries say, held against what a plan must say; ``records`` as in the plan.

    Raises
    ------
    PlanError
        A missing, unknown or unusable entry, with what to write instead.
    """

    def refuse(key: str, do: str, entry: str = "", **values: str) -> PlanError:
        return of(PlanError, key, do, where=f"{where}, {entry}" if entry else where, **values)

    unknown, missing = sorted(map(str, set(given) - KEYS)), sorted(_REQUIRED - set(given))
    if unknown or missing:
        names, known = ", ".join(unknown or missing), ", ".join(sorted(KEYS))
        raise refuse("ev-unknown" if unknown else "ev-missing", "ev-entries", names=names, known=known)
    if bool(given.get("data")) == bool(given.get("workspace")):
        raise refuse("ev-where-values", "ev-data-or-workspace")
    if bool(given.get("data")) != bool(given.get("running")):
        raise refuse("ev-running", "ev-running")
    for text in ("measure", "theory"):
        if not str(given[text] or "").strip():
            raise refuse("ev-empty", "ev-sentence", name=text)
    threshold: float | str = str(given[MARK])
    if given.get("data"):
        threshold = _number(given[MARK], MARK, where)
    if given.get("workspace") and given.get("cluster"):
        raise refuse("ev-cluster", "ev-leave-cluster", "cluster")
    pays, included = given.get("pays", "below"), given.get("included", True)
    if pays not in ("below", "above") or not isinstance(included, bool):
        raise refuse("ev-pays", "ev-correct")
    smallest = _number(given["smallest_effect"], "smallest_effect", where)
    width, seed = _number(given.get("bin", 0), "bin", where), _number(given.get("seed", 1), "seed", where)
    if not seed.is_integer() or seed < 0:
        raise of(PlanError, "ev-whole", "ev-whole", where=f"{where}, seed", name="seed", least=0)
    numbers = tuple(_number(v, "round_numbers", where) for v in _list(given, "round_numbers", where))
    if not smallest > 0 or width < 0 or len(numbers) > 2 or any(n <= 0 for n in numbers):
        raise refuse("ev-above-zero", "ev-correct")
    if numbers and (width == 0 or any(abs(n / width - round(n / width)) > 1e-9 for n in numbers)):
        raise refuse("ev-bins", "ev-bin", "bin")
    return ThresholdPlan(
        measure=str(given["measure"]).strip(),
        theory=str(given["theory"]).strip(),
        threshold=threshold,
        smallest_effect=smallest,
        data=str(given.get("data") or ""),
        running=str(given.get("running") or ""),
        workspace=str(given.get("workspace") or ""),
        pays=pays,
        included=included,
        outcomes=tuple(str(o) for o in _list(given, "outcomes", where)),
        cluster=str(given.get("cluster") or ""),
        bin=width,
        round_numbers=numbers,
        placebos=tuple(_number(v, "placebos", where) for v in _list(given, "placebos", where)),
        seed=int(seed),
        folder=str(folder),
        records=str(records),
    )


def _number(value: Any, name: str, where: str) -> float:
    try:
        found = float(value)
    except (TypeError, ValueError) as error:
        raise of(PlanError, "ev-no-number", "ev-correct", where=f"{where}, {name}", name=name) from error
    if found != found or abs(found) == float("inf"):
        raise of(PlanError, "ev-no-number", "ev-correct", where=f"{where}, {name}", name=name)
    return found


def _list(given: dict[str, Any], name: str, where: str) -> list[Any]:
    several = given.get(name)
    if several is None or several == "":
        return []
    if isinstance(several, dict | bool):
        raise of(PlanError, "ev-list", "ev-one-a-line", where=f"{where}, {name}", name=name)
    return several if isinstance(several, list) else [several]  # one by itself is a list of one


def check_names(plan: ThresholdPlan, cutoff: float) -> None:
    """Hold what a plan names against itself, before it is registered: plans of before stay readable.

    Raises
    ------
    PlanError
        An outcome twice (its p would be corrected for twice), the value or who declared as an outcome, a placebo at the
        threshold itself or twice.
    """
    taken = [name for name in (plan.running, plan.cluster) if name]
    for name in plan.outcomes:
        if name in taken:
            raise of(PlanError, "ev-outcome-twice", "ev-outcome-twice", where=plan.data or "outcomes", name=name)
        taken.append(name)
    for k, at in enumerate(plan.placebos):
        if at == cutoff or at in plan.placebos[:k]:
            raise of(PlanError, "ev-placebo-at", "ev-placebo-at", where="placebos", at=f"{at:g}")
