"""Retention in a large office: the list of what is due among a hundred thousand alerts, and how fast a run lets go.

A ledger of looks is made with so many alerts, a third of them closed as explained half a year ago and longer, with the
words of their exits in the contents. Then the list is made as the worker makes it, and a run lets some of it go.
Everything is invented.

    python benchmarks/retention_runs.py --out benchmarks/results
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

NAME = "assessment"
QUESTION = "finding-rate"
ANALYST, INVESTIGATOR = "P-0002-TEST-0000", "P-0003-TEST-0000"


def record_alerts(home: Path, alerts: int) -> None:
    """So many alerts, raised over two years; every third closed, with words."""
    from arusha.ledger import Event
    from arusha.workbench.record import Record

    record = Record(home)
    first = datetime.now(UTC) - timedelta(days=1000)
    for begin in range(0, alerts, 5_000):
        events = []
        for n in range(begin, min(begin + 5_000, alerts)):
            about = (f"signal:{n:016x}", f"question:{QUESTION}", f"assessment:{NAME}")
            at = first + timedelta(seconds=n * 600)
            events.append(Event("alert.raised", ANALYST, about, time=at))
            if n % 3 == 0:
                words = {"reason": f"leave in the period, as the roster of {n} says", "explanation": "acting cover"}
                events.append(Event("alert.explained", INVESTIGATOR, about[:2], words, at + timedelta(days=20)))
        record.ledger.record(*sorted(events, key=lambda event: event.time))
    with record.kept():
        pass


def measure(folder: Path, alerts: int, go: int) -> dict[str, Any]:
    """Build the ledger, make a list, and let some of it go."""
    workspace = folder / "office.arusha"
    home = workspace / "workbench"
    workspace.mkdir(parents=True)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "arusha.workbench.settings", "ARUSHA_WORKSPACE": str(workspace)}
    began = time.perf_counter()
    record_alerts(home, alerts)
    made = time.perf_counter() - began
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from arusha.workbench.governance import retention
    from arusha.workbench.site import site

    now = datetime.now(UTC)
    began, worked = time.perf_counter(), time.process_time()
    items = retention.plan(site(), now)
    listed = time.perf_counter() - began, time.process_time() - worked
    digest = retention.write_list(home, "0123456789abcdef", items)
    left = go + 1

    def stop() -> bool:
        nonlocal left
        left -= 1
        return left <= 0

    began, worked = time.perf_counter(), time.process_time()
    retention.carry_out(site(), "0123456789abcdef", digest, now, stop)
    ran = time.perf_counter() - began, time.process_time() - worked
    after = retention.plan(site(), now)
    assert len(items) - len(after) == min(go, len(items)), (len(items), len(after))
    return {
        "alerts": alerts,
        "entries": alerts + (alerts + 2) // 3,
        "built_seconds": round(made, 1),
        "due": len(items),
        "list_seconds": round(listed[0], 2),
        "list_of_processor": round(listed[1], 2),
        "let_go": min(go, len(items)),
        "run_seconds": round(ran[0], 2),
        "run_of_processor": round(ran[1], 2),
        "most_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "processors": os.cpu_count(),
        "machine_load": round(os.getloadavg()[0], 2),
    }


def page(about: dict[str, Any]) -> str:
    """The result as a page."""
    a = about
    each = 1000 * (a["run_seconds"] - a["list_seconds"]) / max(1, a["let_go"])
    work = 1000 * (a["run_of_processor"] - a["list_of_processor"]) / max(1, a["let_go"])
    listed = f"| the list of what is due | {a['list_seconds']} | {a['list_of_processor']} |"
    ran = f"| the list once more, and {a['let_go']:,} alerts let go | {a['run_seconds']} | {a['run_of_processor']} |"
    return "\n".join(
        [
            "# Retention in a large office",
            "",
            f"Made by `benchmarks/retention_runs.py`: {a['alerts']:,} alerts, {a['due']:,} of them closed with words "
            f"whose months are over, {a['processors']} processors, load average {a['machine_load']} with other work "
            "on the machine.",
            "",
            "| what | seconds | of the processor |",
            "| --- | ---: | ---: |",
            listed,
            ran,
            "",
            f"One alert costs {each:.0f} ms, {work:.1f} ms of them of the processor: it is recorded that it goes, its "
            "words are expunged and that is recorded too, each on the disk before the next. All "
            f"{a['due']:,} would take {each * a['due'] / 60_000:.0f} minutes on this machine, as a job that can be "
            f"stopped and goes on. Most memory: {a['most_memory_mb']:,} MB.",
            "",
        ]
    )


def main() -> None:
    """Measure, and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results"))
    parser.add_argument("--alerts", type=int, default=100_000)
    parser.add_argument("--go", type=int, default=500)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="retention-"))
    try:
        about = measure(folder, given.alerts, given.go)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    (given.out / "retention_runs.json").write_text(json.dumps(about, indent=1) + "\n")
    (given.out / "retention_runs.md").write_text(page(about))
    print(page(about), file=sys.stderr)


if __name__ == "__main__":
    main()
