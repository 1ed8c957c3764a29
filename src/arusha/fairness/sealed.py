"""The sealed job: a process of its own that joins the list of groups when it can write no file any more.

It asks the questions first, which may spill to a temporary folder. Then it shuts itself: the kernel lets it write no
byte to any file (RLIMIT_FSIZE) and keep no core dump, and Python refuses to open one for writing, to start a process
or to open a connection. Only then does it read the list. What it prints is the audit; then it ends, and its memory
with it.

What this cannot do: memory that the machine swaps out while it runs reaches the disk of the machine.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arusha.errors import ArushaError
from arusha.language.told import error as of

if TYPE_CHECKING:
    from arusha.fairness.people import Person

REFUSED = (
    "socket.connect",
    "socket.bind",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.rename",
    "os.link",
    "os.symlink",
    "os.mkdir",
    "shutil.copyfile",
)
"""Events that Python announces and the sealed process refuses."""


def seal() -> None:
    """Shut this process: it writes no file, keeps no core, starts nothing and connects nowhere until it ends."""
    try:
        import resource
        import signal
    except ImportError:  # Windows has no such limits; the refusals below hold there too
        pass
    else:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write then fails with an error instead of a signal
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.dont_write_bytecode = True
    sys.addaudithook(_refuse)


def _refuse(event: str, told: tuple[Any, ...]) -> None:
    if event == "open":
        mode, flags = told[1], told[2]
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND)
        if writes or (isinstance(mode, str) and set(mode) & set("wax+")):
            raise PermissionError("the process is sealed: it writes no file")
    elif event in REFUSED:
        raise PermissionError(f"the process is sealed: {event}")


def run(told: Mapping[str, Any]) -> dict[str, Any]:
    """Ask every question, seal, join once, drop: ``audits`` and ``problems`` as plain data, by question.

    ``told`` names ``workspace``, ``rates`` (question -> promised signal rate), ``groups`` (a CSV, or none), and perhaps
    ``plan``, ``key_file`` and ``cuts`` (groups that the records know, which are compared as well).
    """
    from arusha.fairness.audit import Asked, as_dict, audits
    from arusha.fairness.groups import read_groups
    from arusha.records.pseudonyms import Pseudonymiser, read_or_make_key

    asked, problems = {}, {}
    for question, rate in told["rates"].items():
        try:
            asked[question] = _asked(told, question, float(rate))
        except ArushaError as problem:
            problems[question] = _plain(problem)
    if not asked:
        return {"audits": {}, "problems": problems}
    # Everything that the join needs is loaded before the seal, the key as well.
    names = None
    if told.get("key_file"):
        key, _ = read_or_make_key(Path(told["key_file"]))
        names = Pseudonymiser(key)
    cuts = tuple(told.get("cuts") or ())
    known = _recorded(told["workspace"], cuts, max(head["period"][1] for head, _, _ in asked.values()))
    _warm()
    seal()
    if told["groups"] is None:
        groups = {who: known.get(who, {}) for _, whole, _ in asked.values() for who in whole}
    else:
        listed = read_groups(
            Path(told["groups"]), (lambda who: names.token("officer", who)) if names else (lambda who: who)
        )
        groups = {who: {**of_, **known.get(who, {})} for who, of_ in listed.items()}
        del listed
    done = audits(
        {q: Asked(whole, head["promised_rate"], halves) for q, (head, whole, halves) in asked.items()}, groups
    )
    del groups
    extra = {"cuts": list(cuts), "listed": told["groups"] is not None} if cuts else {}
    return {"audits": {q: asked[q][0] | extra | as_dict(one) for q, one in done.items()}, "problems": problems}


def _recorded(workspace: str, cuts: tuple[str, ...], end: str) -> dict[str, dict[str, str]]:
    """Groups that the records know, as of the last day of the audit's time: ``end`` is the day after it."""
    from arusha.engine import open_session
    from arusha.fairness.recorded import groups
    from arusha.records.workspace import Workspace

    if not cuts:
        return {}
    with open_session(Workspace.open(Path(workspace))) as session:
        return groups(session, cuts, date.fromisoformat(end) - timedelta(days=1))


Known = Mapping[str, "Person"]


def _plain(problem: ArushaError) -> dict[str, Any]:
    """A problem as plain data; of a cell that it quotes only the shape."""
    told = None if problem.told is None else problem.told.masked().as_json()
    return {"problem": problem.problem, "where": problem.where, "remedy": problem.remedy, "told": told}


def _asked(told: Mapping[str, Any], question: str, rate: float) -> tuple[dict[str, Any], Known, tuple[Known, Known]]:
    """The head of a question's audit, and what it says of each person in the whole time and in each half of it."""
    from arusha.assessment import plan as plans
    from arusha.assessment.agreed import facts
    from arusha.assessment.asking import ask, period
    from arusha.engine import open_session
    from arusha.fairness.people import people
    from arusha.indicators.registry import indicators
    from arusha.records.workspace import Workspace

    known = {i.definition.id: i for i in indicators()}
    if question not in known:
        raise of(ArushaError, "no-question", "one-of", question=repr(question), known=", ".join(known))
    source = Workspace.open(Path(told["workspace"]))
    with open_session(source) as session:
        plan = plans.propose(*period(session), known)
    if told.get("plan"):
        plan = plans.read(Path(told["plan"]), plan, {k: v.definition for k, v in known.items()})
    agreed = facts(known[question].definition, plan.settings(question))
    middle = plan.period_start + timedelta(days=(plan.period_end - plan.period_start).days // 2)
    with open_session(source) as session:
        answer = ask(session, known[question], plan.settings(question))
    if answer.findings is None:
        needs = ", ".join(answer.missing)
        raise of(ArushaError, "fair-unasked", "fair-needs", where=str(source.path), question=question, needs=needs)
    found = [people(answer.findings.signals)]
    # Of the halves only who is signalled counts: nothing is explained there, which is most of the time.
    for half in (replace(plan, period_end=middle), replace(plan, period_start=middle)):
        settings = half.settings(question)
        with open_session(source) as session:
            found.append(people(known[question].test(known[question].cells(session, settings), settings).signals))
    if not found[0] and agreed.about_persons:
        raise of(ArushaError, "fair-nobody", "fair-nobody", where=str(source.path), question=question)
    version, dates = known[question].definition.version, (plan.period_start, plan.period_end)
    return head(question, version, agreed.digest, source.path, dates, rate), found[0], (found[1], found[2])


def head(
    question: str, version: int, definition: str, workspace: Path, period: tuple[date, date], rate: float
) -> dict[str, Any]:
    """What an audit says of itself: of which question, definition, records and period it is, and by which code.

    ``period`` is its first day and the day after its last; ``workspace`` the folder of the records.
    """
    from arusha.assessment.folder import digest
    from arusha.fairness.audit import FEWEST

    return {
        "format": 2,
        "question": question,
        "version": version,
        "definition": definition,
        "code": code_hash(),
        "workspace": digest(workspace / "manifest.json"),
        "period": [day.isoformat() for day in period],
        "smallest_group": FEWEST,
        "promised_rate": rate,
    }


def _warm() -> None:
    """Load and compile what the audit uses: compiled code is cached in a file, and the sealed process writes none."""
    from arusha.fairness.audit import audit
    from arusha.fairness.people import Person

    some = {f"w{k}": Person(10 + k, k % 3 == 0, False) for k in range(60)}
    audit(some, {w: {"a": str(k % 2)} for k, w in enumerate(some)}, rate=0.1)


def code_hash() -> str:
    """SHA-256 of this program's own Python files, in the order of their names."""
    import hashlib

    import arusha

    root = Path(str(arusha.__file__)).parent
    whole = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        whole.update(str(path.relative_to(root).as_posix()).encode() + b"\0")
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def main() -> int:
    """The process: the request on standard input, the audit on standard output, a mistake on standard error."""
    told = json.load(sys.stdin)
    try:
        json.dump(run(told), sys.stdout)
    except ArushaError as problem:
        json.dump(_plain(problem), sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
