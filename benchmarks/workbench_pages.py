"""Pages of a large office: a million tested units, a hundred thousand of them signals with an alert each.

The demo administration is assessed as it is; then its signals are multiplied under new ids and pseudonyms, alerts are
recorded of all that stand out, and every page that shows either is asked: first in a process that has answered nothing
yet, as after a start, then again and again, each time after one more entry of the ledger. Everything is invented.

    python benchmarks/workbench_pages.py --out benchmarks/results
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from arusha.indicators.signals import signal_id
from arusha.workbench.demo_office import CONSULTED, LIVE, demo_office, person

ENTRY = "the-word-of-the-benchmark"
NAME = "assessment"
DECLARATIONS = 6_000
TARGET_SECONDS = 0.3
PAGES = (
    ("investigator", "/alerts"),
    ("investigator", "/alerts?from=50000"),
    ("investigator", f"/assessments/{NAME}/signals/ONE"),
    ("internal-auditor", "/alerts/overdue"),
    ("internal-auditor", "/looks"),
    ("internal-auditor", "/ledgers"),
    ("internal-auditor", "/ledgers/record"),
    ("internal-auditor", "/alerts/again"),
    ("integrity-lead", "/"),
    ("integrity-lead", "/alerts/performance"),
    ("analyst", "/assessments"),
    ("analyst", f"/assessments/{NAME}"),
    ("analyst", f"/assessments/{NAME}/records"),
    ("analyst", f"/assessments/{NAME}/signals"),
    *(("analyst", f"/assessments/{NAME}/questions/{question}") for question in LIVE),
    ("union-reviewer", "/desk"),
    ("union-reviewer", f"/charter/{CONSULTED}"),
    ("union-reviewer", f"/desk/{LIVE[0]}/quarter"),
    ("subject", "/own"),
    ("subject", f"/own/{NAME}/MINE"),
    ("investigator", "/"),
    ("internal-auditor", "/"),
    ("internal-auditor", "/people"),
    ("administrator", "/accounts"),
    ("union-reviewer", "/charter"),
    ("union-reviewer", "/controls"),
    ("union-reviewer", f"/desk/{LIVE[0]}/fairness"),
    ("union-reviewer", "/access"),
    ("union-reviewer", "/rights"),
    ("union-reviewer", "/desk/cuts"),
    ("data-steward", "/access/months"),
    ("subject", "/own/asked"),
    ("data-steward", "/governance"),
    ("data-steward", "/governance/loads"),
    ("data-steward", "/governance/sources"),
    ("data-steward", "/governance/letters"),
    ("data-steward", "/governance/retention"),
    ("data-steward", "/governance/duties"),
    ("data-steward", "/governance/questions"),
    ("data-steward", "/records"),
    ("analyst", f"/governance/lineage/{NAME}"),
    ("analyst", "/plan"),
    ("analyst", "/jobs"),
    ("programme-manager", "/evaluations"),
)
"""Who asks for what; ONE is a signal, opened before, and MINE one about the officer who has an own page."""


def officer_of(workspace: Path) -> str:
    """The invented officer who has an own page."""
    from arusha.charter import Charter

    charter = Charter.of(workspace)
    assert charter is not None
    return next(iter(charter.state().holders("subject")))


def enlarge(folder: Path, units: int, alerts: int, officer: str) -> list[str]:
    """Multiply an assessment's tested units; the ids of those that stand out, the first about an officer."""
    rng = np.random.default_rng(20261130)
    whole = pq.read_table(folder / "signals.parquet")
    repeated = whole.take(pa.array(np.arange(units) % whole.num_rows))
    tokens = [f"P-{one[:4]}-{one[4:8]}-{one[8:12]}".upper() for one in (rng.bytes(8).hex() for _ in range(units))]
    out = np.zeros(units, bool)
    out[rng.choice(units, alerts, replace=False)] = True
    tokens[int(np.flatnonzero(out)[0])] = officer
    other = repeated["other_id"].combine_chunks()
    swapped = pa.array([t.replace("P-", "T-") if o else None for t, o in zip(tokens, other.is_valid(), strict=True)])
    about = (repeated[name].to_pylist() for name in ("indicator", "unit_kind", "office", "period_start", "period_end"))
    named = zip(*about, tokens, swapped.to_pylist(), strict=True)
    # Ids are those of whom a row is about: the site shows no other row.
    drawn = [signal_id(asked, kind, unit, whom or "", at or "", *days) for asked, kind, at, *days, unit, whom in named]
    values: dict[str, Any] = {
        "signal_id": pa.array(drawn),
        "unit_id": pa.array(tokens),
        "other_id": swapped,
        "signal": pa.array(out),
        "flagged": pa.array(out),
    }
    for name, column in values.items():
        place = repeated.schema.get_field_index(name)
        repeated = repeated.set_column(
            place, repeated.schema.field(name), column.cast(repeated.schema.field(name).type)
        )
    pq.write_table(repeated, folder / "signals.parquet")
    found = [drawn[n] for n in np.flatnonzero(out)]
    told = pq.read_table(folder / "explanations.parquet")
    if told.num_rows:
        more = told.take(pa.array(np.arange(3 * alerts) % told.num_rows))
        ids = pa.array(np.repeat(np.array(found), 3))
        more = more.set_column(told.schema.get_field_index("signal_id"), "signal_id", ids)
        pq.write_table(more, folder / "explanations.parquet")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for asked in manifest["questions"]:
        mine = np.array(repeated["indicator"].to_pylist()) == asked["id"]
        asked |= {"signals": int((mine & out).sum()), "flagged": int((mine & out).sum())}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return found


def record_alerts(workspace: Path, folder: Path, signals: list[str]) -> None:
    """One alert of each signal, raised over half a year, a third of them closed."""
    from datetime import UTC, datetime, timedelta

    from arusha.ledger import Event
    from arusha.workbench.record import Record

    table = pq.read_table(folder / "signals.parquet", columns=["signal_id", "indicator"])
    asked = dict(zip(table["signal_id"].to_pylist(), table["indicator"].to_pylist(), strict=True))
    first = datetime.now(UTC) - timedelta(days=180)
    raised, closed = [], []
    for n, signal in enumerate(signals):
        about = (f"signal:{signal}", f"question:{asked[signal]}", f"assessment:{NAME}")
        at = first + timedelta(seconds=n * 100)
        raised.append(Event("alert.raised", person("analyst"), about, time=at))
        if n % 3 == 0:
            closed.append(Event("alert.explained", person("investigator", 2), about[:2], time=at + timedelta(days=60)))
    record = Record(workspace / "workbench")
    record.ledger.record(*sorted([*raised, *closed], key=lambda event: event.time))


def ask(who: str, at: str, one: str, repeats: int, answer: Any) -> None:
    """In a process of its own, as a worker of gunicorn is: the page for the first time, then after each new entry."""
    from django.conf import settings
    from django.test import Client

    from arusha.workbench.record import Record

    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.get(f"/enter/{ENTRY}")
    client.post("/act-as", {"person": who})
    record = Record(Path(settings.ARUSHA_HOME))
    at = at.replace("ONE", one)
    if one in at:
        # Opening reads the assessment; here another process did it.
        session = client.session
        session["looks"] = {f"{NAME}/{one}": [who, "2099-01-01T00:00:00+00:00"]}
        session.save()
    seconds = []
    for _ in range(1 + repeats):
        record.add("look.opened", person("analyst"), "signal:0000000000000000", reason="triage", reference="benchmark")
        began, worked = time.perf_counter(), time.process_time()
        html = client.get(at)
        seconds.append((time.perf_counter() - began, time.process_time() - worked))
        assert html.status_code == 200, (at, html.status_code)
    text = html.content.decode()
    drawings = sum(len(found.encode()) for found in re.findall(r"<svg.*?</svg>", text, flags=re.DOTALL))
    answer.put((seconds, len(html.content) - drawings))


def measure(folder: Path, units: int, alerts: int, repeats: int) -> dict[str, Any]:
    """Build the office, or take the one that was built in the folder before, and ask for its pages."""
    if (folder / "built").exists():
        workspace = folder / "examplia.arusha"
        table = pq.read_table(folder / NAME / "signals.parquet", columns=["signal_id", "signal"])
        signals = table.filter(table["signal"])["signal_id"].to_pylist()
    else:
        workspace = demo_office(folder, DECLARATIONS, 12, clean=False)
        signals = enlarge(folder / NAME, units, alerts, officer_of(workspace))
        record_alerts(workspace, folder / NAME, signals)
        (folder / "built").touch()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "arusha.workbench.settings",
        "ARUSHA_WORKSPACE": str(workspace),
        "ARUSHA_ENTRY": ENTRY,
        "ARUSHA_HOSTS": "testserver",
        "ARUSHA_SECRET_FILE": str(folder / "secret"),
    }
    (folder / "secret").write_text("abcdefghijklmnopqrstuvwxyz0123456789" * 2)
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    connections.close_all()
    from arusha.workbench.record import Record

    with Record(workspace / "workbench").kept():
        pass  # made beside the ledger as it grew; a start finds it there
    began, busy = time.perf_counter(), time.process_time()
    from arusha.workbench import wsgi  # noqa: F401 - the program starts before the fork, as with gunicorn --preload

    started, busy = time.perf_counter() - began, time.process_time() - busy
    connections.close_all()

    found = []
    context = multiprocessing.get_context("fork")
    officer = officer_of(workspace)
    for role, at in PAGES:
        answer = context.SimpleQueue()
        who, place = officer if role == "subject" else person(role), at.replace("MINE", signals[0])
        process = context.Process(target=ask, args=(who, place, signals[1], repeats, answer))
        process.start()
        process.join()
        assert process.exitcode == 0, at
        seconds, size = answer.get()
        again = np.array([waited for waited, _ in seconds[1:]])
        worked = np.array([one for _, one in seconds[1:]])
        found.append(
            {
                "page": at,
                "role": role,
                "first": round(seconds[0][0], 3),
                "first_of_processor": round(seconds[0][1], 3),
                "median": round(float(np.median(again)), 3),
                "most": round(float(again.max()), 3),
                "median_of_processor": round(float(np.median(worked)), 3),
                "kilobytes_without_charts": round(size / 1000, 1),
            }
        )
        print(json.dumps(found[-1]), file=sys.stderr)
    return {
        "units": units,
        "alerts": alerts,
        "repeats": repeats,
        "start_seconds": round(started, 1),
        "start_seconds_of_processor": round(busy, 1),
        "processors": os.cpu_count(),
        "machine_load": round(os.getloadavg()[0], 2),
        "niceness": os.nice(0),
        "pages": found,
    }


def page(about: dict[str, Any]) -> str:
    """The result as a page."""
    pages = about["pages"]
    over = [p for p in pages if p["median"] > TARGET_SECONDS]
    late = [p for p in pages if p["first"] > TARGET_SECONDS]
    slow = [p for p in pages if p["median_of_processor"] > TARGET_SECONDS]
    cells = ("role", "first", "first_of_processor", "median", "most", "median_of_processor")
    lines = [
        "# Pages of a large office",
        "",
        f"Made by `benchmarks/workbench_pages.py`: {about['units']:,} tested units, {about['alerts']:,} of them "
        f"signals with an alert each, a third closed. The program starts in {about['start_seconds']} s, "
        f"{about['start_seconds_of_processor']} s of the processor. Then each page is asked in a process of its own "
        f"that has answered nothing yet, and {about['repeats']} times more, "
        f"each after one more entry of the ledger. One process at a time, {about['processors']} processors, load "
        f"average {about['machine_load']} at the end with other work on the machine, niceness {about['niceness']}. "
        "Seconds of the processor are what the page itself costs; the others hold the waiting for a busy machine too.",
        "",
        "| page | role | first after a start s | of the processor s | median s | longest s | of the processor s | "
        "kB without charts |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(
            f"| `{p['page']}` | " + " | ".join(str(p[c]) for c in (*cells, "kilobytes_without_charts")) + " |"
            for p in pages
        ),
        "",
        f"Target: under {TARGET_SECONDS} s. Of {len(pages)} pages {len(over)} missed it once read, {len(late)} as the "
        f"first page after a start; {len(slow)} cost more than that of the processor once read.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results"))
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--alerts", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=10)
    parser.add_argument("--at", type=Path, help="a folder to build in, kept and taken again; none for one that goes")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        about = measure(given.at or Path(folder), given.units, given.alerts, given.repeats)
    (given.out / "workbench_pages.json").write_text(json.dumps(about, indent=1) + "\n")
    (given.out / "workbench_pages.md").write_text(page(about))
    print(page(about))


if __name__ == "__main__":
    main()
