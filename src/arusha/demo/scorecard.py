"""The scorecard: assess many invented administrations and count what is found, missed and wrongly flagged.

What is promised of an assessment is the false-flag rate of the whole procedure, so a world goes the way that real
records go: written as canonical records, loaded, assessed, and only then compared with its answer key.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import arusha
from arusha.assessment.run import assess
from arusha.demo import generate, write_canonical
from arusha.demo.answers import Answers
from arusha.demo.at_best import known_to
from arusha.demo.oracle_units import Hit
from arusha.demo.scorecard_text import page
from arusha.demo.truth import GENERATOR
from arusha.errors import ArushaError
from arusha.records.load import load
from arusha.records.progress import Progress, silent
from arusha.records.workspace import Workspace

ANSWERS: Mapping[str, tuple[str, ...]] = {
    "steering-pick": ("assignment-steering",),
    "steering-reassignment": ("assignment-override",),
    "ring": ("assignment-steering", "assignment-override"),
    "undervaluation": ("value-shortfall",),
    "lane-change-without-act": ("lane-change-without-act",),
    "leniency": ("finding-rate",),
    "emptied-desk": ("assignment-steering",),
    "avoided-examiner": ("assignment-override",),
}
"""Which questions a kind of scheme should show itself to; a kind not listed counts for every question."""


@dataclass(frozen=True)
class Task:
    """One world to assess."""

    seed: int
    clean: bool
    declarations: int

    @property
    def name(self) -> str:
        return f"{'clean' if self.clean else 'planted'}-{self.declarations}-{self.seed}"


KEY = "answers.json"


def _matches(unit: Mapping[str, str | None], officer: str | None, declarant: str | None, kind: str) -> bool:
    """Whether a tested unit is one that the key names; None in the key stands for anyone."""
    if kind == "pair":
        return unit["officer_id"] in (None, officer) and unit["declarant_id"] in (None, declarant)
    if kind in ("officer", "user"):
        return unit["officer_id"] == officer
    if kind in ("declarant", "importer"):
        return unit["declarant_id"] == officer
    return False


def label(row: Mapping[str, Any], answers: Answers) -> tuple[str, tuple[str, ...]]:
    """What a tested unit is by the key: ``planted``, ``look-alike`` or ``honest``, and the ids that say so."""
    key = answers.key
    unit = (row["unit_id"], row["other_id"], row["unit_kind"])
    planted = tuple(s["id"] for s in key["schemes"] if any(_matches(u, *unit) for u in s["units"]))
    if row["unit_kind"] == "pair" and not planted:
        planted = tuple(sorted(answers.touched.get((row["unit_id"], row["other_id"]), ())))
    if planted:
        return "planted", planted
    alike = tuple(k["kind"] for k in key["lookalikes"] if any(_matches(u, *unit) for u in k["units"]))
    return ("look-alike", alike) if alike else ("honest", ())


def compare(answers: Answers, rows: Iterable[Mapping[str, Any]], statuses: Mapping[str, str]) -> dict[str, Any]:
    """One world's line: counts by question and kind of unit, and what became of each scheme."""
    key = answers.key
    counts: dict[str, dict[str, dict[str, int]]] = {q: {} for q in statuses}
    alike: dict[str, dict[str, int]] = {}
    flagged: dict[str, set[tuple[str | None, str | None]]] = {q: set() for q in statuses}
    wrong = []
    for row in rows:
        if row["p_value"] is None:
            continue
        kind, ids = label(row, answers)
        cell = counts[row["indicator"]].setdefault(kind, {"tested": 0, "signals": 0, "flagged": 0})
        cell["tested"] += 1
        cell["signals"] += int(row["signal"])
        cell["flagged"] += int(row["flagged"])
        if kind == "look-alike":
            for name in ids:
                one = alike.setdefault(f"{row['indicator']}/{name}", {"tested": 0, "flagged": 0})
                one["tested"] += 1
                one["flagged"] += int(row["flagged"])
        if row["flagged"]:
            flagged[row["indicator"]].add((row["unit_id"], row["other_id"]))
            if kind != "planted":
                names = (
                    "indicator",
                    "unit_kind",
                    "unit_id",
                    "other_id",
                    "office",
                    "n",
                    "observed",
                    "expected",
                    "q_value",
                )
                wrong.append({"is": kind, "as": list(ids)} | {n: row[n] for n in names})
    schemes = [_scheme(s, flagged, answers.oracle) for s in key["schemes"]]
    return {
        "methods": key["assignment_methods"],
        "counts": counts,
        "look_alikes": alike,
        "wrong": wrong,
        "schemes": schemes,
        "statuses": dict(statuses),
    }


def _scheme(
    scheme: Mapping[str, Any],
    flagged: Mapping[str, set[tuple[str | None, str | None]]],
    known: Mapping[str, set[Hit]],
) -> dict[str, Any]:
    asked = [q for q in ANSWERS.get(scheme["kind"], tuple(flagged)) if q in flagged]
    pairs = {(u["officer_id"], u["declarant_id"]) for u in scheme["units"]}

    def of_it(unit: str | None, other: str | None) -> bool:
        """Whether a unit is one of the scheme's, or one half of one that was told alone."""
        return any(
            (o in (None, unit) and d in (None, other)) or (other is None and unit is not None and unit in (o, d))
            for o, d in pairs
        )

    at_best = {q: known_to(q, scheme["kind"], known) for q in asked}
    by_oracle = {(q, hit) for q, hits in at_best.items() for hit in hits or () if of_it(*hit)}
    by_us = {q for q in flagged if any(of_it(*hit) for hit in flagged[q])}
    return {
        "kind": scheme["kind"],
        "strength": scheme["strength"],
        "rides_on": bool(scheme["rides_on"]),
        "declarations": scheme["declarations_affected"],
        "found": any(q in by_us for q in asked),
        "found_by_any_question": bool(by_us),
        "oracle_asked": any(hits is not None for hits in at_best.values()),
        "oracle_found": len(by_oracle),
        "found_of_oracle": sum(hit in flagged[q] for q, hit in by_oracle),
    }


def make(task: Task, folder: Path) -> None:
    """Generate, write and load one world into ``folder``: a workspace and, beside it, what its key says."""
    begun = time.perf_counter()
    world = generate(task.declarations, seed=task.seed, clean=task.clean)
    write_canonical(world, folder / "canonical", format="parquet")
    made = time.perf_counter()
    load(folder / "canonical", mapping="canonical", out=folder / "w.arusha", pseudonyms="off")
    loaded = time.perf_counter()
    shutil.rmtree(folder / "canonical")
    answers = Answers.of(world, {"make": round(made - begun, 2), "load": round(loaded - made, 2)})
    # The key is written last: a folder without one was interrupted.
    partial = folder / f"{KEY}.partial"
    partial.write_text(answers.text(), encoding="utf-8")
    partial.rename(folder / KEY)


def run(task: Task, kept: Path | None = None) -> dict[str, Any]:
    """Generate, write, load, assess and compare one world.

    Its files are deleted afterwards unless ``kept`` names a folder of worlds, where a world made earlier by the same
    generator is taken as it is.
    """
    folder = Path(tempfile.mkdtemp(prefix="arusha-world-")) if kept is None else kept / task.name
    try:
        if not (folder / KEY).exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(task, folder)
        answers = Answers.read((folder / KEY).read_text(encoding="utf-8"))
        if answers.key["generator_version"] != GENERATOR:
            raise ArushaError(
                f"this world is of version {answers.key['generator_version']} of the generator, not {GENERATOR}",
                where=str(folder),
                remedy="Delete the folder of kept worlds, or name another.",
            )
        answers = answers.complete(lambda: generate(task.declarations, seed=task.seed, clean=task.clean))
        begun = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="arusha-assessment-") as out:
            done = assess(Workspace.open(folder / "w.arusha"), Path(out) / "a", languages=(), threads=1)
        statuses = {q["id"]: q["status"] for q in done.manifest["questions"]}
        seconds = dict(answers.seconds) | {"assess": round(time.perf_counter() - begun, 2)}
        line = compare(answers, done.signals.to_pylist(), statuses)
    finally:
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)
    return {**asdict(task), **line, "seconds": seconds}


def scorecard(
    out: Path | str,
    *,
    clean: int = 400,
    planted: int = 200,
    declarations: int = 20_000,
    seed: int = 1,
    workers: int | None = None,
    keep: Path | str | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Assess ``clean`` worlds without any scheme and ``planted`` worlds with some; write and return the scorecard.

    ``out`` receives ``worlds.jsonl`` (one line a world; a run that was stopped goes on from it), ``scorecard.json`` and
    ``scorecard.md``. World number k has seed ``seed + k``; clean and planted worlds have different seeds.
    ``keep``: a folder in which the loaded worlds stay, so that changed questions can be asked of the same worlds again.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    tasks = [Task(seed + k, True, declarations) for k in range(clean)]
    tasks += [Task(seed + 1_000_000 + k, False, declarations) for k in range(planted)]
    lines = _resume(out / "worlds.jsonl", tasks)
    left = [t for t in tasks if t not in lines]
    tell = progress or silent
    workers = workers or os.cpu_count() or 1
    with (
        (out / "worlds.jsonl").open("a", encoding="utf-8") as log,
        ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool,
    ):
        running = {pool.submit(run, task, Path(keep) if keep else None): task for task in left}
        for future in as_completed(running):
            try:
                lines[running[future]] = future.result()
            except BaseException:
                # What is done is kept in worlds.jsonl; what waits must not hold back the error.
                pool.shutdown(wait=False, cancel_futures=True)
                raise
            log.write(json.dumps(lines[running[future]], sort_keys=True) + "\n")
            log.flush()
            tell("worlds", len(lines), len(tasks))
    ordered = [lines[t] for t in tasks]
    card = {
        "arusha_version": arusha.__version__,
        "declarations": declarations,
        "seed": seed,
        "machine": {"cpus": os.cpu_count(), "python": platform.python_version()},
        "repeat": f"arusha scorecard DIR --clean {clean} --planted {planted} "
        f"--declarations {declarations} --seed {seed}",
    } | summary(ordered)
    (out / "scorecard.json").write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (out / "scorecard.md").write_text(page(card), encoding="utf-8")
    return card


def _resume(path: Path, tasks: list[Task]) -> dict[Task, dict[str, Any]]:
    wanted, lines = set(tasks), {}
    if path.exists():
        for text in path.read_text(encoding="utf-8").splitlines():
            try:
                line = json.loads(text)
            except json.JSONDecodeError:
                continue
            task = Task(line["seed"], line["clean"], line["declarations"])
            if task in wanted:
                lines[task] = line
    return lines


def summary(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """The scorecard's numbers, each with an interval that says how far the simulation itself can err."""
    from arusha.demo.scorecard_numbers import clean_worlds, false_share, found, look_alikes

    clean = [w for w in lines if w["clean"]]
    planted = [w for w in lines if not w["clean"]]
    return {
        "clean": clean_worlds(clean),
        "look_alikes": look_alikes(planted),
        "false_share": false_share(planted),
        "found": found(planted),
        "seconds": {
            part: round(sum(w["seconds"][part] for w in lines) / max(len(lines), 1), 2)
            for part in ("make", "load", "assess")
        },
    }
