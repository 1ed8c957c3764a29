"""The worker: one process beside the site that does its jobs one after another, each in a process of its own."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, connection

from arusha.errors import ArushaError
from arusha.ledger.turns import taking_a_free_turn
from arusha.records.history import loads
from arusha.workbench import jobs, notices
from arusha.workbench.errand import failure
from arusha.workbench.governance import letters, runs
from arusha.workbench.models import Account, Job
from arusha.workbench.record import Record
from arusha.workbench.site import site
from arusha.workbench.uploads import DISCARDED, discard, sweep

T = TypeVar("T")
PAUSE_SECONDS = 0.4
GRACE_SECONDS = 5.0
"""From being asked to stop until it is killed."""
AWAY_SECONDS = 2.0
SWEEP_EVERY = timedelta(hours=1)


@dataclass
class Worker:
    """Works until it is told to end, or, where ``leave`` is set, until nothing waits any more."""

    home: Path
    ending: threading.Event = field(default_factory=threading.Event)
    leave: threading.Event = field(default_factory=threading.Event)

    def work(self, tell: Callable[[str], None] = lambda _: None) -> None:
        """Wait for the worker's lock, bring to an end what another left, then do what is asked."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        while not self.ending.is_set():
            with taking_a_free_turn(self.home / jobs.LOCK) as mine:
                if mine:
                    tell("The worker waits for jobs.")
                    self._work()
                    return
            if self.leave.is_set():
                return
            self.ending.wait(PAUSE_SECONDS)

    def _work(self) -> None:
        self._patiently(lambda: jobs.settle(self.home))
        swept = -SWEEP_EVERY.total_seconds()
        while not self.ending.is_set():
            if time.monotonic() - swept > SWEEP_EVERY.total_seconds():
                swept = time.monotonic()
                for left in sweep(self.home):
                    jobs.forget(left)
                    Record(self.home).add(DISCARDED, None, f"upload:{left}")
                self._ask_producers()
                self._patiently(self._notify)
            job = self._patiently(lambda: jobs.claim(self.home))
            if job is not None:
                self.run(job)
            elif self.leave.is_set():
                return
            else:
                self.ending.wait(PAUSE_SECONDS)

    def _patiently(self, do: Callable[[], T]) -> T | None:
        """Do it, again and again while the database is away; none where the worker is told to end meanwhile."""
        while True:
            try:
                return do()
            except (OperationalError, InterfaceError):
                connection.close()
                if self.ending.wait(AWAY_SECONDS):
                    return None

    def _notify(self) -> None:
        """Write notices of what waits, where an outbox is named. That it cannot be written stops no job."""
        if (to := notices.outbox()) is not None:
            people = Account.objects.filter(is_active=True).values_list("name", "pseudonym")
            with suppress(OSError):
                notices.write(Record(self.home), site(), people, to)

    def _ask_producers(self) -> None:
        """Draft what is to be asked of producers, where the records in force break what was promised."""
        workspace = site().workspace
        if workspace is not None and site().has_records:
            letters.draft(Record(self.home), loads(workspace), datetime.now(UTC).date())

    def run(self, job: Job) -> None:
        """Do one job, and record how it ended."""
        if job.kind == jobs.RETAIN:
            self._retain(job)
            return
        errand = _Errand(self.home, job)
        asked_to_stop = 0.0
        while errand.process.poll() is None:
            self.ending.wait(PAUSE_SECONDS)
            try:
                errand.keep_progress()
                job.refresh_from_db(fields=["stop_asked"])
            except (OperationalError, InterfaceError):
                connection.close()  # the errand goes on without the database; how it ended is written when it is back
            if (job.stop_asked or self.ending.is_set()) and not asked_to_stop:
                asked_to_stop = time.monotonic()
                errand.interrupt()
            elif asked_to_stop and time.monotonic() - asked_to_stop > GRACE_SECONDS:
                errand.process.kill()
                errand.process.wait()
        errand.finish()
        jobs.clear(self.home, job)
        self._patiently(lambda: self._end(job, errand))

    def _retain(self, job: Job) -> None:
        """Make a list of what is due to go, or let go what two people agreed to; in this process, which has the tables.

        Told to end meanwhile, it leaves the job to the next worker.
        """

        def stop() -> bool:
            job.refresh_from_db(fields=["stop_asked"])
            return job.stop_asked or self.ending.is_set()

        try:
            told = runs.work(site(), job, datetime.now(UTC), stop)
        except ArushaError as problem:
            said = failure(problem)
            jobs.end(self.home, job, Job.FAILED, said["problem"], said["remedy"], said["kind"], said["said"])
            return
        if told is not None:
            Job.objects.filter(pk=job.pk).update(told=told)
            jobs.end(self.home, job, Job.DONE)
        elif job.stop_asked:
            jobs.end(self.home, job, Job.STOPPED)

    def _end(self, job: Job, errand: _Errand) -> None:
        answer = errand.answer
        if answer.get("end") == "done":
            Job.objects.filter(pk=job.pk).update(told=answer["told"])
            jobs.end(self.home, job, Job.DONE)
            if job.kind == jobs.LOAD:
                self._ask_producers()
            if job.kind == jobs.LOAD and job.given.get("upload"):
                # The extract holds names; the workspace has what is needed of it.
                discard(self.home, job.given["upload"])
                jobs.forget(job.given["upload"])
                Record(self.home).add(DISCARDED, None, f"upload:{job.given['upload']}")
        elif job.stop_asked:
            jobs.end(self.home, job, Job.STOPPED)
        elif answer.get("end") == "failed":
            told = answer.get("kind", ""), answer.get("said")
            jobs.end(self.home, job, Job.FAILED, answer["problem"], answer["remedy"], *told)
        elif self.ending.is_set():
            jobs.end(
                self.home,
                job,
                Job.INTERRUPTED,
                "the worker was stopped before the job was done; nothing of it was stored",
                "start it again",
                "worker-stopped",
            )
        else:
            jobs.end(
                self.home,
                job,
                Job.INTERRUPTED,
                f"its process was killed ({errand.process.returncode}), mostly for want of memory; nothing was stored",
                "give the machine more memory or close other programs, then start it again",
                "killed",
            )


class _Errand:
    """The process of one job: it is given what to do, and says how far it is."""

    def __init__(self, home: Path, job: Job) -> None:
        scratch = home / jobs.SCRATCH
        scratch.mkdir(mode=0o700, exist_ok=True)
        self.job = job
        self.answer: dict[str, Any] = {}
        self._said: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "arusha.workbench.errand"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=os.environ | {"TMPDIR": str(scratch), "TEMP": str(scratch), "TMP": str(scratch)},
            start_new_session=True,  # Ctrl-C is for the worker, which asks the errand to stop
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        asked = {"kind": job.kind, "given": job.given, "lock": str(home / jobs.ERRAND_LOCK)}
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(asked) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # it died at once; how it ended is told as that of any other

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._said.put(json.loads(line))

    def keep_progress(self) -> None:
        """Write the newest progress to the job's row."""
        newest = None
        while not self._said.empty():
            said = self._said.get()
            if "end" in said:
                self.answer = said
            else:
                newest = said
        if newest is not None:
            Job.objects.filter(pk=self.job.pk).update(
                step=newest["step"][:200], progress=newest["done"], total=newest["total"]
            )

    def interrupt(self) -> None:
        """Ask it to stop."""
        self.process.terminate() if sys.platform == "win32" else self.process.send_signal(signal.SIGINT)

    def finish(self) -> None:
        """Hear the last that it said."""
        self._reader.join()
        while not self._said.empty():
            said = self._said.get()
            self.answer = said if "end" in said else self.answer
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):  # of what it was given and died without reading
                    pipe.close()


def run(*, with_server: bool = False, tell: Callable[[str], None] = lambda _: None) -> None:
    """Work for the site that the settings name, until SIGTERM or Ctrl-C.

    ``with_server`` leaves when the server that holds the other end of the standard input is gone and nothing waits.
    """
    worker = Worker(site().home)

    def heard(number: int, frame: FrameType | None) -> None:
        worker.ending.set()

    signal.signal(signal.SIGTERM, heard)
    signal.signal(signal.SIGINT, heard)
    if with_server:

        def wait() -> None:
            sys.stdin.read()
            worker.leave.set()

        threading.Thread(target=wait, daemon=True).start()
    worker.work(tell)
