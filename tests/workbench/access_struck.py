"""Every act of the room of access, its process killed at each of its writes; run by itself, for it splits itself.

``python access_struck.py FOLDER ANSWER EVERY``: the folder of the office, a file with a count's answer, and which of
the writes to strike at (1: each). Accounts and jobs lie where the environment says. Says how often it struck, by act.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import override_settings
from workbench_office import make_office, signed_in, solo
from world import WHO

from arusha.access.templates import Template, read
from arusha.ledger import verify
from arusha.workbench import jobs, models
from arusha.workbench.access import counts, monthly, reasons
from arusha.workbench.site import site_at

ANALYST, STEWARD, UNION, OFFICER = (WHO[r] for r in ("analyst", "data-steward", "union-reviewer", "subject"))
PURPOSE = {"reason": "reason-check", "reference": "minutes 2026/7"}
WRITTEN = os.O_WRONLY | os.O_RDWR | os.O_CREAT
FOUND = {"holds": "19", "fails": "0", "unclear": "1"}


class Room:
    """An office in whose room of access people act, each act in a process of its own."""

    def __init__(self, folder: Path, answer: Path, *, alone: bool = False) -> None:
        self.office = make_office(folder)
        self.office.make_charter(solo=alone)
        self.answer: dict[str, Any] = json.loads(answer.read_text("utf-8"))
        self.alone, self.turn = alone, 0
        roles = ("subject", "analyst", "data-steward", "union-reviewer")
        self.people = {"alone": solo()} if alone else {who: signed_in(who) for who in roles}
        self.steward = WHO["integrity-lead"] if alone else STEWARD

    @property
    def state(self) -> Any:
        return self.office.site.state()

    def reason(self) -> reasons.Reason:
        return reasons.reasons(self.office.record, self.state)["1"]

    def template(self) -> Template:
        """Another one each time, so that each can be proposed."""
        self.turn += 1
        return read("assigned", "looks", {"days": str(self.turn)})

    def waiting(self, *, checked: bool = False, by: tuple[reasons.As, ...] = ()) -> str:
        """A version that waits, counted; its digest."""
        new = self.template()
        record = self.office.record
        reasons.propose(record, self.state, ANALYST, new, "1" if self.turn > 1 else "")
        models.Job.objects.update(state="done")
        key = f"{self.turn:016x}"
        told = self.answer | {"load": counts.load_of(self.office.site)}
        record.add("job.asked", ANALYST, f"job:{key}", "errand:explain")
        models.Job.objects.create(
            key=key,
            kind="explain",
            state="done",
            asked_by=ANALYST,
            ended_at=datetime.now(UTC),
            given={"in_force": {}, "digest": new.digest, "about": "1"},
            told=told,
        )
        about = (f"job:{key}", "errand:explain", "ended:done")
        record.add(jobs.ENDED, None, *about, told=jobs.fingerprint(told))
        if checked:
            sample = f"sample:{new.digest[: reasons.SHORT]}"
            record.add("look.opened", self.steward, "reason:1", sample, reason="learning")
            reasons.check(record, self.state, self.steward, "1", reasons.Check(self.steward, 19, 0, 1), 20)
        for who in by:
            person = STEWARD if who == "steward" else UNION
            reasons.agree(record, self.state, person, "1", who, drawn=20, load="0" * 16)
        return new.digest

    @property
    def month(self) -> str:
        """A month of this turn alone, long past."""
        return f"{1950 + self.turn // 12}-{self.turn % 12 + 1:02d}"

    def drawn(self, *, asked: bool = False) -> None:
        """A month's sample of one entry, opened by the steward, and perhaps asked about."""
        self.waiting()
        record = self.office.record
        seed = monthly.announce(record, STEWARD, self.month, counts.load_of(self.office.site), {}).seed
        cells = {"event": "E", "user": OFFICER, "declaration": "D", "office": "HBR", "action": "view"}
        monthly.keep(self.office.home, self.month, seed, [cells | {"at": "2000-01-01 10:00"}])
        self.people["data-steward"].post(f"/access/months/{self.month}/open", PURPOSE)
        if asked:
            monthly.ask(record, STEWARD, self.month, 1)

    def check(self) -> None:
        """Nothing is half there, and both pages are whole."""
        ledger = self.office.record.ledger
        assert verify(ledger).ok
        assert ledger.check_contents().ok
        asked = {s for r in ledger.entries() if r.entry.kind == "job.asked" for s in r.entry.subjects}
        for job in models.Job.objects.all():
            assert f"job:{job.key}" in asked, "no job that the ledger does not know"
        for version in self.reason().versions:
            assert not self.alone or len(version.agreed) != 1, "one half alone, and no way to the other"
        client = list(self.people.values())[-1]
        assert client.get("/access").status_code == 200
        assert client.get("/access/reasons/1").status_code == 200
        assert client.get("/access/months").status_code == 200


def strike_at(place: int) -> None:
    """Kill this process at its n-th write: before a statement, a file that is opened to write, or what goes to disk."""
    seen = 0

    def write() -> None:
        nonlocal seen
        seen += 1
        if seen == place:
            os.kill(os.getpid(), signal.SIGKILL)

    def heard(event: str, given: tuple[Any, ...]) -> None:
        written = event == "open" and isinstance(given[2], int) and given[2] & WRITTEN
        if written or event in ("os.rename", "os.remove", "os.link", "os.truncate", "sqlite3.connect"):
            write()

    def statement(run: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.split(" ", 1)[0] in ("INSERT", "UPDATE", "DELETE", "BEGIN", "SAVEPOINT"):
            write()
        return run(sql, *rest)

    to_disk = os.fsync

    def fsync(file: Any) -> None:
        write()
        to_disk(file)
        write()

    os.fsync = fsync
    connection.execute_wrappers.append(statement)
    sys.addaudithook(heard)


def acted(client: Client, at: str, given: dict[str, str], place: int) -> int | None:
    """An act in a process of its own that is struck at a place: its answer; none where it was struck."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        strike_at(place)
        try:
            os._exit(client.post(at, given).status_code // 100)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(9)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return None
    return os.waitstatus_to_exitcode(status)


@dataclass(frozen=True)
class Act:
    """Who does what at which address, the entry that it leaves, and what it needs to be done."""

    who: str
    at: str
    kind: str
    prepare: Callable[[Room], dict[str, str]]


def _propose(room: Room) -> dict[str, str]:
    return {"days": str(room.template().given["days"]), "what": "looks", "of": "1"}


def _count(room: Room) -> dict[str, str]:
    room.waiting()
    return {"reason": "1"}


def _open(room: Room) -> dict[str, str]:
    room.waiting()
    return PURPOSE


def _check(room: Room) -> dict[str, str]:
    room.waiting(checked=True)
    return FOUND


def _approve(room: Room) -> dict[str, str]:
    return {"digest": room.waiting(checked=True)}


def _agree(room: Room) -> dict[str, str]:
    return {"digest": room.waiting(checked=True, by=("steward",))}


def _decline(room: Room) -> dict[str, str]:
    room.waiting()
    return {"why": "unclear"}


def _withdraw(room: Room) -> dict[str, str]:
    room.waiting(checked=True, by=("steward", "union"))
    return {"why": "no longer"}


def _announce(room: Room) -> dict[str, str]:
    room.waiting()
    return {"month": room.month}


def _ask(room: Room) -> dict[str, str]:
    room.drawn()
    return {}


def _answer(room: Room) -> dict[str, str]:
    room.drawn(asked=True)
    return {"answer": "query", "text": "a letter"}


def _close(room: Room) -> dict[str, str]:
    room.drawn()
    return {"end": "accepted", "why": "it fits"}


ONE = "/access/reasons/1"
ROW = "/access/months/MONTH/1"
ACTS = {
    "propose": Act("analyst", "/access/new/assigned/propose", "reason.proposed", _propose),
    "count": Act("analyst", "/access/count", "job.asked", _count),
    "open": Act("data-steward", f"{ONE}/sample/open", "look.opened", _open),
    "check": Act("data-steward", f"{ONE}/check", "reason.checked", _check),
    "approve": Act("data-steward", f"{ONE}/approve", "reason.agreed", _approve),
    "agree": Act("union-reviewer", f"{ONE}/agree", "reason.agreed", _agree),
    "decline": Act("union-reviewer", f"{ONE}/end", "reason.declined", _decline),
    "withdraw": Act("union-reviewer", f"{ONE}/end", "reason.withdrawn", _withdraw),
    "announce": Act("data-steward", "/access/months/announce", "sample.announced", _announce),
    "ask": Act("data-steward", f"{ROW}/ask", "sample.asked", _ask),
    "answer": Act("subject", "/own/asked/MONTH/1", "sample.answered", _answer),
    "close": Act("data-steward", f"{ROW}/close", "sample.closed", _close),
}
ALONE = {"agree alone": Act("alone", f"{ONE}/approve", "reason.agreed", _approve)}


def struck(room: Room, act: Act, every: int) -> int:
    """Strike an act at each of its writes, then let it through; how often it was struck."""
    kind, client = act.kind, room.people[act.who]
    times, place = 0, 1
    while True:
        given = act.prepare(room)
        before, at = room.office.kinds(), act.at.replace("MONTH", room.month)
        answer = acted(client, at, given, place)
        after = room.office.kinds()
        assert after[: len(before)] == before
        room.check()
        if answer is not None:
            assert answer == 3, f"{at} was answered with {answer}00"
            assert kind in after[len(before) :]
            return times
        times += 1
        assert after[len(before) :].count(kind) in (0, 2 if room.alone else 1)
        if kind not in after[len(before) :]:
            again = acted(client, at, given, 0)
            assert again == 3, f"{at}, asked again after it was struck at write {place}: {again}00"
            room.check()
        models.Job.objects.update(state="done")
        place += every


def office_at(folder: Path, answer: Path, acts: dict[str, Act], every: int) -> dict[str, int]:
    """Strike acts in an office of their own; how often each was struck."""
    place = folder / "examplia.arusha"
    with override_settings(ARUSHA_WORKSPACE=str(place), ARUSHA_ASSESSMENTS=[], ARUSHA_HOME=str(place / "workbench")):
        site_at.cache_clear()
        room = Room(folder, answer, alone=acts is ALONE)
        room.waiting()
        return {name: struck(room, act, every) for name, act in acts.items()}


if __name__ == "__main__":
    call_command("migrate", verbosity=0, interactive=False)
    folder, answer, every = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    told = office_at(folder / "many", answer, ACTS, every)
    call_command("flush", verbosity=0, interactive=False)
    print(json.dumps(told | office_at(folder / "one", answer, ALONE, every)))
