"""Two hundred people at the workbench: how long they wait, with PostgreSQL, two processes of gunicorn and one machine.

Each thinks for ten seconds on the average (exponential), then asks for a page of their role, or, one time in twenty,
sends a form that is an act: a purpose, a question of the union. Everything is invented. The generator runs beside the
site, on the same processors; its own load is told. Run it alone on the machine:

    python benchmarks/workbench_users.py --out benchmarks/results
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "workbench"))
from processes import BESIDE, Browser, cluster, gunicorn

from arusha.workbench.demo_office import CONSULTED, LIVE, demo_office, person

ENTRY = "the-word-of-the-benchmark"
DECLARATIONS = 6_000
THINK_SECONDS = 10.0
WRITES = 0.05
NAME = "assessment"
READS = {
    "analyst": [
        "/",
        "/assessments",
        f"/assessments/{NAME}",
        f"/assessments/{NAME}/records",
        f"/assessments/{NAME}/signals",
        *(f"/assessments/{NAME}/questions/{q}" for q in LIVE),
        "/jobs",
    ],
    "investigator": ["/", "/alerts", f"/assessments/{NAME}", f"/assessments/{NAME}/signals"],
    "integrity-lead": ["/", f"/assessments/{NAME}", "/charter", f"/charter/{LIVE[0]}", "/people", "/desk"],
    "internal-auditor": ["/", "/looks", "/ledgers", "/alerts/overdue"],
    "union-reviewer": ["/", "/desk", "/charter", f"/charter/{CONSULTED}", "/ledgers"],
}


@dataclass
class Taken:
    """What the users saw: seconds of each answer by kind, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"read": [], "write": []})
    errors: list[str] = field(default_factory=list)
    pages: dict[str, list[float]] = field(default_factory=dict)
    measuring: bool = False


def user(base: str, role: str, seed: int, taken: Taken, signals: list[str], over: threading.Event) -> None:
    """One person in a role, until it is over."""
    draw = random.Random(seed)
    if over.wait(draw.uniform(0, THINK_SECONDS)):
        return
    browser = Browser(base)
    browser.get(f"/enter/{ENTRY}")
    browser.post("/act-as", person=person(role))
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get("/"))
    assert found
    while not over.wait(draw.expovariate(1 / THINK_SECONDS)):
        kind = "write" if draw.random() < WRITES else "read"
        at = draw.choice(READS[role])
        began = time.perf_counter()
        try:
            if kind == "read":
                browser.get(at)
            elif role in ("analyst", "investigator"):
                opens = f"/assessments/{NAME}/signals/{draw.choice(signals)}/open"
                browser.send(opens, found.group(1), reason="triage", reference=f"benchmark {seed}")
            elif role == "union-reviewer":
                words = {"text": f"question {seed}", "due": "2030-01-31"}
                browser.send(f"/charter/{CONSULTED}/ask", found.group(1), **words)
            else:
                browser.send("/language", found.group(1), language="en", back="/")
        except (OSError, urllib.error.HTTPError) as problem:
            taken.errors.append(f"{kind} of {role}: {problem}")
        if taken.measuring:
            taken.seconds[kind].append(time.perf_counter() - began)
            taken.pages.setdefault(at if kind == "read" else "an act", []).append(taken.seconds[kind][-1])


def signals_of(folder: Path) -> list[str]:
    """Signals of live questions, which a purpose opens."""
    import pyarrow.parquet as pq

    rows = pq.read_table(folder / NAME / "signals.parquet").to_pylist()
    found = [r["signal_id"] for r in rows if r["signal"] and r["indicator"] in LIVE]
    assert found, "a demo without a signal has nothing to open"
    return found


def processor_seconds(pid: int) -> float:
    """Processor time of a process and of all that it started and that still run, on Linux."""
    total, ahead = 0.0, [pid]
    while ahead:
        one = ahead.pop()
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            ahead += [int(n) for n in Path(f"/proc/{one}/task/{one}/children").read_text().split()]
    return total


def measure(folder: Path, users: int, warm: float, seconds: float) -> dict[str, object]:
    """Serve a demo of some size to users for a while; what they saw."""
    workspace = demo_office(folder, DECLARATIONS, 12, clean=False)
    secret = folder / "secret"
    secret.write_text("abcdefghijklmnopqrstuvwxyz0123456789" * 2)
    with cluster() as database:
        given = database.variables | {
            "ARUSHA_WORKSPACE": str(workspace),
            "ARUSHA_SECRET_FILE": str(secret),
            "ARUSHA_ENTRY": ENTRY,
        }
        django = BESIDE | given | {"DJANGO_SETTINGS_MODULE": "arusha.workbench.settings"}
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v", "0"], check=True, env=django)
        with gunicorn(workers=2, **given) as (server, browser):
            taken, over = Taken(), threading.Event()
            known = signals_of(folder)
            roles = list(READS)
            threads = [
                threading.Thread(target=user, args=(browser.base, roles[n % len(roles)], n, taken, known, over))
                for n in range(users)
            ]
            for thread in threads:
                thread.start()
            time.sleep(warm)
            taken.measuring = True
            own = resource.getrusage(resource.RUSAGE_SELF)
            served, began = processor_seconds(server.pid), time.perf_counter()
            time.sleep(seconds)
            elapsed = time.perf_counter() - began
            now = resource.getrusage(resource.RUSAGE_SELF)
            taken.measuring = False
            load = (now.ru_utime + now.ru_stime - own.ru_utime - own.ru_stime) / elapsed
            site = (processor_seconds(server.pid) - served) / elapsed
            over.set()
            for thread in threads:
                thread.join()
    about: dict[str, object] = {
        "users": users,
        "think_seconds": THINK_SECONDS,
        "writes": WRITES,
        "measured_seconds": round(elapsed, 1),
        "processors": os.cpu_count(),
        "errors": len(taken.errors),
        "generator_load": round(load, 3),
        "site_load": round(site, 3),
        "niceness": os.nice(0),
        "machine_load": round(os.getloadavg()[0], 2),
    }
    for kind, values in (*taken.seconds.items(), ("all", [s for v in taken.seconds.values() for s in v])):
        found = np.array(values)
        about[kind] = {
            "answers": len(found),
            **{f"p{p}": round(float(np.percentile(found, p)), 3) for p in (50, 95, 99)},
            "most": round(float(found.max()), 3),
        }
    tails = {at: round(float(np.percentile(s, 95)), 3) for at, s in list(taken.pages.items())}
    about["slowest"] = sorted(tails.items(), key=lambda one: -one[1])[:5]
    for problem in taken.errors[:5]:
        print(problem, file=sys.stderr)
    return about


def page(about: dict[str, object]) -> str:
    """The result as a page."""
    lines = [
        "# Many users at once",
        "",
        f"Made by `benchmarks/workbench_users.py`: {about['users']} people, each thinking {THINK_SECONDS:.0f} s on the "
        f"average, {WRITES:.0%} of what they do are acts; the demo of {DECLARATIONS:,} declarations, PostgreSQL, two "
        "processes of gunicorn with four threads each, and the generator, all on "
        f"{about['processors']} processors, {about['measured_seconds']} s after warming up. Times are whole answers, "
        "redirects followed.",
        "",
        "| | answers | median s | 95th percentile s | 99th s | longest s |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for kind in ("read", "write", "all"):
        row = about[kind]
        assert isinstance(row, dict)
        lines.append(f"| {kind} | {row['answers']} | {row['p50']} | {row['p95']} | {row['p99']} | {row['most']} |")
    lines += [
        "",
        f"Errors: {about['errors']}. Processors in use, of {about['processors']}: the generator "
        f"{about['generator_load']}, the site {about['site_load']}. "
        f"The machine's load average was {about['machine_load']} at the end, other work included; "
        f"niceness {about['niceness']}. "
        "Target: no error, a 95th percentile under 0.5 s.",
        "",
        "Slowest pages, by their 95th percentile: "
        + "; ".join(f"`{at}` {seconds} s" for at, seconds in about["slowest"])  # type: ignore[attr-defined]
        + ".",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results"))
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--warm", type=float, default=30.0)
    parser.add_argument("--seconds", type=float, default=90.0)
    given = parser.parse_args()
    threading.stack_size(512 * 1024)
    with tempfile.TemporaryDirectory(prefix="users-") as folder:
        about = measure(Path(folder), given.users, given.warm, given.seconds)
    (given.out / "workbench_users.json").write_text(json.dumps(about, indent=1) + "\n")
    (given.out / "workbench_users.md").write_text(page(about))
    print(page(about))


if __name__ == "__main__":
    main()
