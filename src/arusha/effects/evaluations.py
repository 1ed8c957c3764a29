"""The evaluations of a workspace: a ledger of plans and results, so that none can be changed or left out unseen.

In ``NAME.arusha/evaluations``: the ledger, the words of its entries, and a folder for each plan with its panel (or its
file of declared values, where it does not read those of the workspace) and its results. A plan is an entry before
results exist. Each run is an entry before its result is shown, and its answer one after it: a plan that was never run,
and a run that shows no change, stay on the list for good.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from arusha.effects.evaluation_plan import EvaluationPlan
from arusha.effects.plan_files import Plan, plan_kept
from arusha.effects.registration import Registered
from arusha.effects.same_evaluation import UNKNOWN, About, about, about_kept, measure_of
from arusha.errors import ArushaError
from arusha.language.told import error as of
from arusha.ledger import Event, FolderContents, Ledger, LedgerError, Recorded
from arusha.ledger.entry import SYSTEM
from arusha.ledger.turns import taking_turns

FOLDER = "evaluations"
REGISTERED, RUN, ANSWERED = "evaluation.registered", "evaluation.run", "evaluation.answered"
_AMENDS = ("amends:", "beside:")
"""Subjects of an entry: a plan of the same evaluation that had results by then, and one that had none."""
_KEY = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Entered:
    """One registered plan and what became of it.

    ``key`` names it in addresses and folders. ``after``: periods after the first start that its panel held when it was
    registered: above 0 the plan was not made before the facts (0 at a threshold, which has no start). ``amends``: keys
    of earlier plans of the same evaluation or the same panel file, run or not, and of plans at a threshold of the same
    values that had run by then, the first one first; ``seen``: whether one of them had. ``runs``: when results were
    made; ``answer``: the newest, none where it never ran.
    """

    key: str
    hash: str
    at: str
    actor: str
    plan: Plan | None = field(repr=False)
    """None where its words were expunged."""
    after: int
    amends: tuple[str, ...]
    seen: bool = False
    runs: tuple[str, ...] = ()
    answer: dict[str, Any] | None = None


class Evaluations:
    """The evaluations of a workspace; made with its first plan."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self.home = workspace / FOLDER

    def folder(self, key: str) -> Path:
        """The folder of a plan: its panel, and what came of it.

        Raises
        ------
        ArushaError
            If ``key`` is none.
        """
        if not _KEY.fullmatch(key):
            raise of(ArushaError, "ev-no-evaluation", "ev-choose", where=key[:40])
        return self.home / key

    def ledger(self) -> Ledger | None:
        """The ledger; none before the first plan."""
        path = self.home / "ledger"
        return Ledger.open(path, FolderContents(self.home / "contents")) if path.exists() else None

    def entered(self) -> tuple[Entered, ...]:
        """Every plan that was ever registered, the newest first."""
        ledger = self.ledger()
        found: dict[str, Entered] = {}
        for recorded in ledger.entries() if ledger is not None else ():
            assert ledger is not None
            key = _subject(recorded, "evaluation")
            if recorded.entry.kind == REGISTERED:
                found[key] = self._registered(ledger, recorded, key)
            elif key in found and recorded.entry.kind == RUN:
                found[key] = replace(found[key], runs=(*found[key].runs, recorded.entry.time))
            elif key in found and recorded.entry.kind == ANSWERED:
                told = ledger.content(recorded.number).get("answer")
                found[key] = replace(found[key], answer=None if told is None else told.value)
        return tuple(reversed(found.values()))

    def find(self, key: str) -> Entered | None:
        """One of them; none where there is none of that key."""
        return next((e for e in self.entered() if e.key == key), None)

    def _registered(self, ledger: Ledger, recorded: Recorded, key: str) -> Entered:
        parts = ledger.content(recorded.number)
        told = parts.get("plan")
        subjects = recorded.entry.subjects
        amends = tuple(s.partition(":")[::2] for s in subjects if s.startswith(_AMENDS))
        return Entered(
            key=key,
            hash=_subject(recorded, "plan"),
            at=recorded.entry.time,
            actor=recorded.entry.actor,
            plan=None if told is None else plan_kept(told.value, f"evaluation {key}", self.home / key, self.workspace),
            after=int(_subject(recorded, "after") or 0),
            amends=tuple(k for _, k in amends),
            seen=any(kind == "amends" for kind, _ in amends),
        )

    def register(self, plan: Plan, actor: str = SYSTEM) -> Registered:
        """Write a plan down, once, by its hash.

        Raises
        ------
        ArushaError
            If the plan or its records cannot be used, or the ledger cannot be written.
        """
        after = _after(plan)
        source = plan.data_sha256()
        key = plan.hash[:16]
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with taking_turns(self.home / "lock"):
            there = self.entered()
            mine = next((e for e in there if e.hash == plan.hash), None)
            if mine is not None:
                return _registered(mine, there)
            told = about(plan)
            # The same values around another threshold are another evaluation until one of the two has shown them.
            earlier = [
                e
                for e in reversed(there)
                if self._about(e).same(told)
                or ((e.runs or isinstance(plan, EvaluationPlan)) and source in self._panels(e.key))
            ]
            amends = tuple(f"{_AMENDS[not e.runs]}{e.key}" for e in earlier)
            event = Event(
                REGISTERED,
                actor,
                (
                    f"evaluation:{key}",
                    f"plan:{plan.hash}",
                    f"panel:{source}",
                    f"after:{after}",
                    *amends,
                ),
                {"plan": plan.entries(), "about": told.as_json()},
            )
            self._ledger().record(event)
            there = self.entered()
        return _registered(next(e for e in there if e.hash == plan.hash), there)

    def results(self, plan: Plan, actor: str = SYSTEM) -> int:
        """Note that a plan is run, before its results are shown; of how many sets of records they were made so far."""
        self._add(RUN, plan, actor, f"panel:{plan.data_sha256()}")
        return len(self._panels(plan.hash[:16], RUN))

    def answered(self, plan: Plan, answer: dict[str, Any], actor: str = SYSTEM) -> None:
        """Note what a run answered: conclusion, grade and the digest of its result file."""
        self._add(ANSWERED, plan, actor, answer=answer)

    def by(self, actor: str) -> ActingRegister:
        """The register as somebody uses it."""
        return ActingRegister(self, actor)

    def _add(self, kind: str, plan: Plan, actor: str, *subjects: str, **words: Any) -> None:
        event = Event(kind, actor, (f"evaluation:{plan.hash[:16]}", f"plan:{plan.hash}", *subjects), words)
        with taking_turns(self.home / "lock"):
            self._ledger().record(event)

    def _ledger(self) -> Ledger:
        return self.ledger() or _made(self.home)

    def _about(self, entered: Entered) -> About:
        """What a plan of the register is about; of one from before that was kept, what it and its file still say."""
        ledger = self.ledger()
        assert ledger is not None
        for recorded in ledger.entries():
            if recorded.entry.kind == REGISTERED and _subject(recorded, "evaluation") == entered.key:
                told = ledger.content(recorded.number).get("about")
                if told is not None:
                    return about_kept(told.value)
        if entered.plan is None:
            return UNKNOWN
        try:
            return about(entered.plan)
        except ArushaError:
            return measure_of(entered.plan)

    def same_records(self, plan: Plan) -> bool:
        """Whether a plan that is registered was registered, or run, with these very records; yes if it is new."""
        known = self._panels(plan.hash[:16])
        return not known or plan.data_sha256() in known

    def _panels(self, key: str, kind: str = "") -> set[str]:
        """Digests of the records when a plan was registered and at each run; or by one kind of entry alone."""
        ledger = self.ledger()
        found = ledger.entries() if ledger is not None else ()
        mine = (r for r in found if _subject(r, "evaluation") == key and kind in ("", r.entry.kind))
        return {_subject(r, "panel") for r in mine} - {""}


@dataclass(frozen=True)
class ActingRegister:
    """A workspace's register with who acts."""

    kept: Evaluations
    actor: str

    def register(self, plan: Plan) -> Registered:
        """As ``Evaluations.register``."""
        return self.kept.register(plan, self.actor)

    def results(self, plan: Plan) -> int:
        """As ``Evaluations.results``."""
        return self.kept.results(plan, self.actor)


def _made(home: Path) -> Ledger:
    contents = home / "contents"
    contents.mkdir(mode=0o700, exist_ok=True)
    try:
        return Ledger.create(home / "ledger", "arusha.evaluations/register", FolderContents(contents))
    except LedgerError:
        return Ledger.open(home / "ledger", FolderContents(contents))  # another process made it a moment ago


def _subject(recorded: Recorded, kind: str) -> str:
    return next((s.partition(":")[2] for s in recorded.entry.subjects if s.startswith(f"{kind}:")), "")


def _registered(entered: Entered, there: Sequence[Entered]) -> Registered:
    first = next((e.hash for e in there if e.key in entered.amends[:1]), "")
    return Registered(entered.hash, entered.at, first, entered.seen, bool(entered.amends))


def _after(plan: Plan) -> int:
    """Periods of a plan's panel from its first start on; 0 at a threshold."""
    if not isinstance(plan, EvaluationPlan):
        return 0
    panel = plan.panel()
    return int(np.sum(panel.time >= panel.first.min()))


def unrun(entered: Sequence[Entered]) -> tuple[Entered, ...]:
    """Plans that were registered and never run."""
    return tuple(e for e in entered if not e.runs)
