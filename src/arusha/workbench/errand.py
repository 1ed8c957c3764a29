"""One errand in a process of its own: what to do comes in as a line of JSON, how far it is goes out as such lines.

It needs neither the site nor its tables, and it ends at once when the worker that started it is gone: everything that
it writes is whole or not at all. A killed query gives its memory back, whatever it was doing.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from arusha.errors import ArushaError, PlanError, QueryError, RecordsError, Told, VerificationError, WorkspaceError
from arusha.language.told import error as of
from arusha.ledger.turns import taking_turns
from arusha.records.progress import CancelledError, Progress

EVERY_SECONDS = 0.3
"""Progress is told no oftener than this."""
Errand = Callable[[Mapping[str, Any], Progress, threading.Event], dict[str, Any]]


def look(given: Mapping[str, Any], tell: Progress, cancel: threading.Event) -> dict[str, Any]:
    """What a load would make of an extract; nothing is stored."""
    from arusha.records.inspect import inspect, masked
    from arusha.records.invented import invented
    from arusha.records.mapping_file import load_mapping

    mapping = load_mapping(given["mapping"], given["override"])
    found = masked(inspect(given["source"], mapping, progress=tell, cancel=cancel))
    told: dict[str, Any] = json.loads(json.dumps(asdict(replace(found, blocking=(), warnings=())), default=str))
    told["blocking"] = [_finding(one.where, one.problem, one.remedy, one.told) for one in found.blocking]
    told["warnings"] = [note.as_json() for note in found.warnings]
    files = {source["path"]: source["sha256"] for source in told["files"]}
    told["looked_at"] = {
        "files": files,
        "mapping": mapping.digest,
        "override": mapping.override_digest,
        "invented": invented(Path(given["source"])),
    }
    return told


def load(given: Mapping[str, Any], tell: Progress, cancel: threading.Event) -> dict[str, Any]:
    """Load an extract into the workspace; how many rows of each file came in and were set aside."""
    from arusha.records.invented import invented
    from arusha.records.load import load as read
    from arusha.records.mapping_file import load_mapping

    seen = given["looked_at"]
    mapping = load_mapping(given["mapping"], given["override"])
    if (mapping.digest, mapping.override_digest) != (seen["mapping"], seen["override"]):
        raise of(RecordsError, "other-mapping", "look-again")
    if invented(Path(given["source"])) != seen.get("invented"):
        raise of(RecordsError, "other-mark", "look-again")
    workspace = read(
        given["source"],
        mapping,
        given["out"],
        key_file=given["key_file"],
        looked_at=seen["files"],
        seal_to=given["seal_to"],
        progress=tell,
        cancel=cancel,
    )
    wanted = ("path", "rows", "accepted", "set_aside", "not_for_any_table")
    files = [{name: source[name] for name in wanted} for source in workspace.manifest["sources"]]
    notes = [Told.from_json(note).masked().as_json() for note in workspace.manifest["notes"]]
    return {"files": files, "warnings": notes}


def _finding(where: str, problem: str, remedy: str, told: Told | None) -> dict[str, Any]:
    return {"where": where, "problem": problem, "remedy": remedy, "said": told.as_json() if told else None}


def failure(error: ArushaError) -> dict[str, Any]:
    """What a job says of an error: the shape of each cell that it quotes, and no cell."""
    from arusha.records.checks import Blocking, RecordsBlockedError

    found = error.findings if isinstance(error, RecordsBlockedError) else ()
    masked = [one.masked() for one in found or (Blocking(error.problem, error.place, error.remedy, error.told),)]
    lines = [f"{one.where}: {one.problem}" if one.where else one.problem for one in masked]
    return {
        "problem": "\n".join(lines),
        "remedy": "\n".join(dict.fromkeys(one.remedy for one in masked)),
        "said": [_finding(one.where, one.problem, one.remedy, one.told) for one in masked],
        "kind": _kind(error),
    }


def assess(given: Mapping[str, Any], tell: Progress, cancel: threading.Event) -> dict[str, Any]:
    """Ask a plan's questions and write the assessment."""
    from arusha.assessment import plan as plans
    from arusha.assessment.asking import period
    from arusha.assessment.run import assess as ask
    from arusha.engine import open_session
    from arusha.indicators.registry import indicators
    from arusha.records.workspace import Workspace

    if Path(given["out"]).exists():
        raise of(ArushaError, "something-there", "name-another-name", where=Path(given["out"]).name)
    workspace = Workspace.open(given["workspace"])
    known = {i.definition.id: i.definition for i in indicators()}
    with open_session(workspace) as session:
        proposed = plans.propose(*period(session), known)
    plan = plans.checked(given["plan"], "plan", proposed, known)

    def heard(step: str, done: int, total: int | None) -> None:
        if cancel.is_set():
            raise of(CancelledError, "stopped-as-asked", "")
        tell(step, done, total)

    done = ask(workspace, given["out"], plan=plan, languages=tuple(given["languages"]), progress=heard)
    return {"plan": done.manifest["plan_hash"], "questions": len(done.manifest["questions"])}


def evaluate(given: Mapping[str, Any], tell: Progress, cancel: threading.Event) -> dict[str, Any]:
    """Run a registered plan: its run is recorded before its result, its answer after."""
    from arusha.effects.evaluation_files import run
    from arusha.effects.evaluations import Evaluations
    from arusha.effects.threshold_files import run_threshold
    from arusha.effects.threshold_plan import ThresholdPlan

    kept = Evaluations(Path(given["workspace"]))
    entered = kept.find(given["evaluation"])
    if entered is None or entered.plan is None or entered.hash != given["plan_hash"]:
        raise of(ArushaError, "plan-not-registered", "plan-register", where=given["evaluation"])
    if isinstance(entered.plan, ThresholdPlan):
        found = run_threshold(kept, entered.plan, given["actor"])
        return {"conclusion": found.verdict, "grade": found.grade}
    done = run(kept, entered.plan, given["actor"])
    return {"conclusion": done.conclusion, "grade": done.grade}


def count(given: Mapping[str, Any], tell: Progress, cancel: threading.Event) -> dict[str, Any]:
    """Count a panel of offices from the records; what is missing in it and was left out."""
    from datetime import date

    from arusha.assessment.panel_writing import write_panel
    from arusha.assessment.panels import office_panel

    folder = Path(given["folder"])
    part = folder.with_name(f".part-{folder.name}")
    tell(given["question"], 0, 1)
    made = office_panel(
        given["workspace"],
        given["question"],
        period=given["period"],
        baseline_until=date.fromisoformat(given["until"]) if given["until"] else None,
        starts=given["starts"],
        few_withheld=given["few_withheld"],
    )
    if cancel.is_set():
        raise of(CancelledError, "stopped-as-asked", "")
    part.mkdir(mode=0o700, parents=True)
    write_panel(made, part / "panel.csv")
    part.rename(folder)
    offices = made.table["office"].unique()
    return {
        "rows": made.table.num_rows,
        "offices": len(offices),
        "missing": {office: ", ".join(periods) for office, periods in made.missing.items()},
        "withheld": ", ".join(made.withheld),
        "left_out": [f"{left.what}: {left.why}" for left in made.left_out],
    }


def explain(given: Mapping[str, Any], tell: Progress, cancel: threading.Event) -> dict[str, Any]:
    """Count what agreed reasons explain of the log, and what a proposed one would; as it may be told."""
    from arusha.access.explaining import count as counted
    from arusha.access.templates import TemplateError, from_dict
    from arusha.engine import open_session
    from arusha.records.workspace import MANIFEST, Workspace

    def heard(step: str, done: int, total: int | None) -> None:
        if cancel.is_set():
            raise of(CancelledError, "stopped-as-asked", "")
        tell(step, done, total)

    path = Path(given["workspace"])
    load = _short(path / MANIFEST)
    in_force = {key: from_dict(told) for key, told in given["in_force"].items()}
    new = from_dict(given["new"]) if given["new"] else None
    if new is not None and new.digest != given["digest"]:
        raise of(TemplateError, "template-changed", "template-anew")
    with open_session(Workspace.open(path)) as session:
        found = counted(session, in_force, new, heard)
    return {**found.as_dict(), "load": load}


def draw(given: Mapping[str, Any], tell: Progress, cancel: threading.Event) -> dict[str, Any]:
    """Draw a month's sample of what no reason explains, and keep it in the site's ledger; the answer names nobody."""
    from arusha.access.monthly import SampleError, seed_of
    from arusha.access.monthly import draw as drawn
    from arusha.access.templates import from_dict
    from arusha.engine import open_session
    from arusha.records.workspace import MANIFEST, Workspace
    from arusha.workbench.access import monthly

    def heard(step: str, done: int, total: int | None) -> None:
        if cancel.is_set():
            raise of(CancelledError, "stopped-as-asked", "")
        tell(step, done, total)

    path, month = Path(given["workspace"]), given["month"]
    if _short(path / MANIFEST) != given["load"]:
        raise of(SampleError, "monthly-load", "monthly-announce", where=month)
    in_force = {key: from_dict(told) for key, told in given["in_force"].items()}
    if seed_of(month, given["load"], in_force) != given["seed"]:
        raise of(SampleError, "monthly-seed", "monthly-announce", where=month)
    with open_session(Workspace.open(path)) as session:
        rows = drawn(session, month, given["seed"], in_force, heard)
    return {"drawn": monthly.keep(Path(given["home"]), month, given["seed"], rows)}


def cut(given: Mapping[str, Any], tell: Progress, cancel: threading.Event) -> dict[str, Any]:
    """Make the table that the union asked for and the steward agreed to: in words, beside an audit of the same time."""
    from arusha.charter import Charter
    from arusha.fairness.earlier import earlier, overlaps
    from arusha.fairness.job import keep, run_audits
    from arusha.workbench import cuts

    workspace, question = Path(given["workspace"]), given["question"]
    tell(question, 0, 1)
    plan = Path(given["plan"]) if given["plan"] else None
    audits, problems = run_audits(
        workspace, {question: given["rate"]}, None, plan=plan, cuts=given["attributes"], seconds=given["seconds"]
    )
    if question not in audits:
        raise problems[question]
    charter = Charter.of(workspace)
    if charter is None or audits[question]["definition"] != given["definition"]:
        raise of(ArushaError, "cut-definition", "assess-first", where=question)
    if not overlaps(audits[question], earlier(charter)):
        raise of(ArushaError, "cut-with-audit", "cut-with-audit", where=question)
    if cancel.is_set():
        raise of(CancelledError, "stopped-as-asked", "")
    report = keep(charter, {question: audits[question]})[question]
    cuts.keep(Path(given["home"]), given["number"], report)
    return {"report": report}


def rights(given: Mapping[str, Any], tell: Progress, cancel: threading.Event) -> dict[str, Any]:
    """Who holds rights that clash, and which were used by what was declared; for the room of rights alone."""
    from datetime import date

    from arusha.access.clashes import count as counted
    from arusha.access.rights import Exemption
    from arusha.access.role_acts import from_dict
    from arusha.engine import open_session
    from arusha.records.workspace import MANIFEST, Workspace

    def heard(step: str, done: int, total: int | None) -> None:
        if cancel.is_set():
            raise of(CancelledError, "stopped-as-asked", "")
        tell(step, done, total)

    path = Path(given["workspace"])
    load = _short(path / MANIFEST)
    acts = from_dict(given["acts"]) if given["acts"] is not None else None
    excepted = [
        Exemption(user, (one, other), office or None, date.fromisoformat(start), date.fromisoformat(end))
        for user, one, other, office, start, end in given["exceptions"]
    ]
    with open_session(Workspace.open(path)) as session:
        found = counted(session, acts, excepted, heard)
    return {**found.as_dict(), "load": load}


def _short(manifest: Path) -> str:
    from arusha.assessment.folder import digest

    return digest(manifest)[:16]


ERRANDS: Mapping[str, Errand] = {
    "inspect": look,
    "load": load,
    "assess": assess,
    "evaluate": evaluate,
    "count": count,
    "explain": explain,
    "rights": rights,
    "draw": draw,
    "cut": cut,
}


def main() -> int:
    """Do the errand that comes in on the standard input."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    asked = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_the_worker, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(5)  # pages come first
    cancel = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: cancel.set())
    last = 0.0

    def say(**told: Any) -> None:
        answers.write(json.dumps(told) + "\n")
        answers.flush()

    def tell(step: str, done: int, total: int | None) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY_SECONDS:
            last = time.monotonic()
            say(step=step, done=done, total=total)

    with taking_turns(Path(asked["lock"])):
        try:
            told = ERRANDS[asked["kind"]](asked["given"], tell, cancel)
        except (CancelledError, KeyboardInterrupt):
            say(end="stopped")
        except ArushaError as error:
            say(end="failed", **failure(error))
        except Exception as error:
            print(where_of(error), file=sys.stderr, flush=True)
            say(
                end="failed",
                problem=f"an unexpected fault ({type(error).__name__})",
                remedy="see the worker's log",
                kind="fault",
            )
        else:
            say(end="done", told=told)
    return 0


def where_of(error: BaseException) -> str:
    """Where a fault came up, for the worker's log: its class, and no word of it, which may quote a cell."""
    chain: list[BaseException] = []
    now: BaseException | None = error
    while now is not None and now not in chain:
        chain.append(now)
        now = now.__cause__ or now.__context__
    told = [f"{''.join(traceback.format_tb(one.__traceback__))}{type(one).__name__}" for one in reversed(chain)]
    return "\n".join(told)


def _kind(error: ArushaError) -> str:
    """Of which kind an error is, for a sentence in the reader's language."""
    named = (RecordsError, PlanError, WorkspaceError, QueryError, VerificationError, ArushaError)
    return next(kind.__name__ for kind in named if isinstance(error, kind))


def _end_with_the_worker() -> None:
    """The worker holds the other end of the standard input for as long as it lives."""
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
