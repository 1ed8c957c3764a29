"""The plan: what is asked, of whom, when and at what rate, fixed by its hash before any result exists."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import rfc8785
import yaml

from arusha.errors import PlanError
from arusha.indicators.definition import Definition, Settings
from arusha.language.told import error as of
from arusha.records.plain_yaml import YamlError, read_yaml

VERSION = 1
_KEYS = {"version", "questions", "period", "rate", "level", "seed", "floors", "options"}
_FLOORS = {"exposure", "effect"}


@dataclass(frozen=True)
class Plan:
    """What an assessment will do.

    ``period_end`` is exclusive. ``floors`` maps a question to its ``exposure`` and ``effect`` floors where they
    differ from the definition's; ``options`` maps a question to choices that its page documents (peers among them).
    """

    questions: tuple[str, ...]
    period_start: date
    period_end: date
    rate: float = 0.05
    level: float = 0.95
    seed: int = 1
    floors: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The plan in the form in which it is hashed and written."""
        return {
            "version": VERSION,
            "questions": list(self.questions),
            "period": {"start": self.period_start.isoformat(), "end": self.period_end.isoformat()},
            "rate": self.rate,
            "level": self.level,
            "seed": self.seed,
            "floors": {q: dict(v) for q, v in self.floors.items()},
            "options": {q: dict(v) for q, v in self.options.items()},
        }

    @property
    def hash(self) -> str:
        """SHA-256 of the plan in canonical JSON (RFC 8785)."""
        return hashlib.sha256(rfc8785.dumps(self.as_dict())).hexdigest()

    def settings(self, question: str) -> Settings:
        """What one question receives; its seed depends on the plan's seed and the question alone."""
        floors = self.floors.get(question, {})
        digest = hashlib.sha256(f"{self.seed}/{question}".encode()).digest()
        return Settings(
            period_start=self.period_start,
            period_end=self.period_end,
            rate=self.rate,
            level=self.level,
            seed=int.from_bytes(digest[:6], "big"),
            min_exposure=floors.get("exposure"),
            min_effect=floors.get("effect"),
            options=self.options.get(question, {}),
        )

    def assessment_rate(self) -> float:
        """The chance that a clean administration sees any flag at all, if every question keeps its rate."""
        return 1.0 - (1.0 - self.rate) ** len(self.questions)

    def to_yaml(self) -> str:
        return yaml.safe_dump(self.as_dict(), sort_keys=False, allow_unicode=True)


def propose(first: date, last: date, questions: Iterable[str]) -> Plan:
    """The plan used where none is given: every question, the whole period of the records, 5% a question."""
    return Plan(questions=tuple(questions), period_start=first, period_end=last + timedelta(days=1))


def read(path: Path, proposed: Plan, definitions: Mapping[str, Definition]) -> Plan:
    """Read ``plan.yaml``; what it leaves out is taken from ``proposed``.

    Raises
    ------
    PlanError
        Naming the entry that cannot be used and what is allowed there.
    """
    where = str(path)
    try:
        data = read_yaml(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise of(PlanError, "plan-unread", "plan-path", where=where, why=str(error.strerror)) from error
    except UnicodeDecodeError as error:
        raise of(PlanError, "plan-not-utf-8", "plan-utf-8", where=where) from error
    except YamlError as error:
        place = f"{where}, line {error.line}" if error.line else where
        raise of(PlanError, "plan-yaml", "plan-example", where=place, why=str(error)) from error
    return checked(data, where, proposed, definitions)


def checked(data: Any, where: str, proposed: Plan, definitions: Mapping[str, Definition]) -> Plan:
    """The plan that data say; see ``read``. ``where`` names their place in what is raised."""
    if not isinstance(data, dict):
        raise of(PlanError, "plan-empty" if data is None else "plan-no-names", "plan-example", where=where)
    _known(where, data, _KEYS, "entry")
    if data.get("version", VERSION) != VERSION:
        version, own = str(data["version"]), str(VERSION)
        raise of(PlanError, "plan-version", "plan-version", where=where, version=version, own=own)
    plan = proposed
    if "questions" in data:
        asked = data["questions"]
        if not isinstance(asked, list) or not asked:
            raise of(PlanError, "plan-no-list", "plan-list", where=where)
        _known(where, map(str, asked), set(definitions), "question")
        if len(set(asked)) != len(asked):
            raise of(PlanError, "plan-twice", "plan-once", where=where)
        plan = replace(plan, questions=tuple(asked))
    if "period" in data:
        plan = _period(where, data["period"], plan)
    for name, low, high in (("rate", 0.0, 0.5), ("level", 0.5, 1.0)):
        if name in data:
            value = data[name]
            if isinstance(value, bool) or not isinstance(value, int | float) or not low < value < high:
                between = {"low": f"{low:g}", "high": f"{high:g}"}
                raise of(PlanError, "plan-is", "plan-between", where=where, name=name, value=repr(value), **between)
            plan = replace(plan, rate=float(value)) if name == "rate" else replace(plan, level=float(value))
    if "seed" in data:
        if isinstance(data["seed"], bool) or not isinstance(data["seed"], int):
            raise of(PlanError, "plan-is", "plan-whole", where=where, name="seed", value=repr(data["seed"]))
        plan = replace(plan, seed=data["seed"])
    plan = replace(
        plan,
        floors=_floors(where, data.get("floors") or {}, definitions),
        options=_options(where, data.get("options") or {}, definitions),
    )
    try:
        plan.hash  # noqa: B018 - what has no canonical form can be neither hashed nor registered
    except (rfc8785.CanonicalizationError, TypeError, ValueError) as error:
        raise of(PlanError, "plan-no-form", "plan-form", where=where, why=str(error)) from error
    return plan


def _known(where: str, given: Iterable[str], allowed: set[str], what: str, question: str = "") -> None:
    """Refuse the first name that is not allowed; ``what`` ends the key of the sentence that says so."""
    for name in given:
        if name not in allowed:
            near = difflib.get_close_matches(str(name), sorted(allowed), n=3)
            do = "plan-mean" if near else "plan-allowed" if allowed else "plan-none-allowed"
            raise of(
                PlanError,
                f"plan-unknown-{what}",
                do,
                where=where,
                name=repr(name),
                near=", ".join(near),
                allowed=", ".join(sorted(allowed)),
                question=question,
            )


def day_of(where: str, value: Any) -> date:
    if isinstance(value, datetime):
        raise of(PlanError, "plan-time-of-day", "plan-date", where=where, value=str(value))
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise of(PlanError, "plan-no-date", "plan-date", where=where, value=repr(value)) from error


def _period(where: str, given: Any, plan: Plan) -> Plan:
    if not isinstance(given, dict):
        raise of(PlanError, "plan-no-start", "plan-give", where=where, like="period: {start: ..., end: ...}")
    _known(where, given, {"start", "end"}, "period")
    start = day_of(where, given["start"]) if "start" in given else plan.period_start
    end = day_of(where, given["end"]) if "end" in given else plan.period_end
    if end <= start:
        days = {"start": str(start), "end": str(end)}
        raise of(PlanError, "plan-ends-before", "plan-first-day", where=where, **days)
    return replace(plan, period_start=start, period_end=end)


def _floors(where: str, given: Any, definitions: Mapping[str, Definition]) -> dict[str, dict[str, float]]:
    if not isinstance(given, dict):
        like = "floors: {question: {exposure: 30}}"
        raise of(PlanError, "plan-no-mapping", "plan-give", where=where, name="floors", like=like)
    _known(where, given, set(definitions), "question")
    floors: dict[str, dict[str, float]] = {}
    for question, values in given.items():
        if not isinstance(values, dict):
            like = "{exposure: 30}"
            raise of(PlanError, "plan-floors-of", "plan-give", where=where, question=str(question), like=like)
        _known(where, values, _FLOORS, "floor")
        floors[question] = {}
        for name, value in values.items():
            least = definitions[question].min_exposure if name == "exposure" else 0.0
            if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value < float("inf"):
                raise of(
                    PlanError,
                    "plan-floor-is",
                    "plan-raise",
                    where=where,
                    name=name,
                    question=question,
                    value=repr(value),
                    least=f"{least:g}",
                )
            floors[question][name] = float(value)
    return floors


def _options(where: str, given: Any, definitions: Mapping[str, Definition]) -> dict[str, dict[str, Any]]:
    if not isinstance(given, dict) or not all(isinstance(v, dict) for v in given.values()):
        like = "options: {question: {name: value}}"
        raise of(PlanError, "plan-no-mapping", "plan-give", where=where, name="options", like=like)
    _known(where, given, set(definitions), "question")
    for question, values in given.items():
        offered = definitions[question].options
        if offered is None:
            continue
        for name, chosen in values.items():
            # An option that is passed over would be in the plan, and not in what was done.
            _known(where, [name], set(offered), "option", question)
            allowed = offered[name]
            if not isinstance(chosen, list) or not chosen or not all(value in allowed for value in chosen):
                raise of(
                    PlanError,
                    "plan-option-is",
                    "plan-some",
                    where=where,
                    name=name,
                    question=question,
                    value=repr(chosen),
                    allowed=", ".join(allowed),
                )
    return {q: dict(v) for q, v in given.items()}
