"""The measured results as a page: one section a size, and how the sizes compare."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any


def write_page(folder: Path) -> Path:
    """``questions.md`` from every ``questions-*.json`` in ``folder``."""
    found = [json.loads(p.read_text(encoding="utf-8")) for p in folder.glob("questions-*.json")]
    found.sort(key=lambda r: r["rows"]["declarations"])
    lines = [
        "# All questions against five plain statements",
        "",
        "Made by `python -m benchmarks.run`; what is measured and how to repeat it: benchmarks/README.md.",
        "",
    ]
    lines += _sizes(found)
    for result in found:
        lines += _section(result)
    out = folder / "questions.md"
    out.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    return out


def _sizes(found: list[dict[str, Any]]) -> list[str]:
    lines = [
        "| declarations | log entries | statements, s | questions, s | ratio | of CPU | target | peak, MiB | target |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for r in found:
        ratio = r["ratio"]
        lines.append(
            f"| {r['rows']['declarations']:,} | {r['rows'].get('events', 0):,} | {ratio['statements_seconds']:.2f} "
            f"| {ratio['questions_seconds']:.2f} | {ratio['questions_over_statements']:.1f} "
            f"| {ratio.get('cpu_over_cpu', float('nan')):.1f} | at most {ratio['at_most']:.0f} "
            f"| {ratio['questions_peak_mib']:,.0f} | at most {ratio['peak_at_most_mib']:,.0f} |"
        )
    for small, large in pairwise(found):
        rows = large["rows"]["declarations"] / small["rows"]["declarations"]
        took = large["ratio"]["questions_seconds"] / small["ratio"]["questions_seconds"]
        cpu = _cpu_seconds(large) / _cpu_seconds(small)
        lines += [
            "",
            f"From {small['rows']['declarations']:,} to {large['rows']['declarations']:,} declarations "
            f"(x {rows:.1f}) the questions took x {took:.1f}, of CPU time x {cpu:.1f}.",
        ]
    return [*lines, ""]


def _cpu_seconds(result: dict[str, Any]) -> float:
    """CPU time of all questions; no number for what was measured before it was counted."""
    phases = [p for part in ("cells", "tests") for p in result["phases"][part]]
    return sum(p.get("cpu_seconds", float("nan")) for p in phases)


def _section(result: dict[str, Any]) -> list[str]:
    rows, machine, settings = result["rows"], result["machine"], result["settings"]
    lines = [
        f"## {rows['declarations']:,} declarations",
        "",
        f"Measured {result['measured']} on {machine['cores']} cores ({machine['processor']}), "
        f"{machine['memory_mib'] / 1024:.0f} GiB; "
        + ", ".join(f"{name} {number}" for name, number in result["versions"].items())
        + f"; DuckDB's memory limit {settings['memory_limit']}, "
        + f"statements best of {settings['times']}, questions once"
        + (
            f"; as it ended {load:.1f} processes wanted a core, so that seconds say less than CPU seconds."
            if (load := result["ratio"].get("load_average", 0.0)) > machine["cores"]
            else "."
        ),
        "Rows: " + ", ".join(f"{table} {n:,}" for table, n in rows.items()) + ".",
        "",
        "| phase | | seconds | CPU seconds | peak, MiB | rows out |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    phases = dict(result["phases"])
    if "made" in result:
        phases["made"] = result["made"]["phases"]
    for part, measured in phases.items():
        lines += [
            f"| {part} | {p['name']} | {p['seconds']:.3f} | {p.get('cpu_seconds', float('nan')):.3f} "
            f"| {p['peak_mib']:,.0f} | {p['rows']:,} |"
            for p in measured
        ]
    lines.append("")
    for question, lacking in result["not_asked"].items():
        needs = "; ".join(f"{t} ({', '.join(c)})" if c else t for t, c in lacking.items())
        lines.append(f"Not asked: {question}, for it needs {needs}.")
    if result["beside"]:
        lines += [
            "",
            "| beside | statement | seconds | peak, MiB | same numbers |",
            "| --- | --- | ---: | ---: | --- |",
        ]
        for b in result["beside"]:
            name = f"{b['library']} {b['version']}"
            if "failed" in b:
                lines.append(f"| {name} | {b['statement']} | failed: {b['failed']} | | |")
            else:
                same = "yes" if b["same_numbers"] else "NO"
                lines.append(f"| {name} | {b['statement']} | {b['seconds']:.3f} | {b['peak_mib']:,.0f} | {same} |")
        lines.append("")
        lines.append("pandas and polars read Parquet, each in a process of its own; DuckDB reads its own file.")
    return [*lines, ""]
