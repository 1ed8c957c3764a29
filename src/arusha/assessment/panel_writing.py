"""A panel on disk: the table, and beside it what it was made from, with digests, and what it lacks."""

from __future__ import annotations

import json
import os
import platform
import uuid
from datetime import UTC, datetime
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import arusha
from arusha.assessment import folder as files
from arusha.assessment.agreed import FEWEST as FEWEST_OFFICERS
from arusha.assessment.agreed import STUDY, facts
from arusha.assessment.evidence import write_rows
from arusha.assessment.panel_baseline import FEWEST, Rate
from arusha.assessment.panel_counts import COUNTABLE
from arusha.assessment.panels import EXPOSURE, FIRST_TREATED, REASON, UNIT, OfficePanel
from arusha.assessment.run import VERSIONED
from arusha.errors import ArushaError
from arusha.language.told import error as of
from arusha.records.workspace import Workspace

ENDINGS = (".csv", ".parquet")
FORMAT = 1


def about(panel: OfficePanel) -> dict[str, Any]:
    """What a panel was made from and what it lacks, as plain data."""
    source = Workspace.open(panel.workspace)
    how = COUNTABLE[panel.question]
    stood = panel.standing
    return {
        "format": FORMAT,
        "kind": "panel of offices",
        "arusha_version": arusha.__version__,
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "question": {
            "id": panel.question,
            "version": panel.definition.version,
            "definition": facts(panel.definition, panel.settings).digest,
            "forbidden_uses": panel.definition.forbidden_uses,
        },
        "settings": {
            "period_start": panel.settings.period_start.isoformat(),
            "period_end": panel.settings.period_end.isoformat(),
            "options": dict(panel.settings.options),
        },
        "workspace": {
            "name": source.path.name,
            "digest": files.digest(source.path / "manifest.json"),
            "sources": source.manifest.get("sources", []),
        },
        "demo": source.manifest.get("demo"),
        "study": stood is None,
        "standing": STUDY if stood is None else f"{stood.stage} under the charter; offices only",
        "engine": panel.engine,
        "versions": {name: installed(name) for name in VERSIONED} | {"python": platform.python_version()},
        "records": {"first_day": panel.days[0].isoformat(), "last_day": panel.days[1].isoformat()},
        "columns": {
            UNIT: "customs office",
            panel.period: f"{panel.period} on the office's own calendar",
            EXPOSURE: how.exposure,
            **panel.events,
            "share_...": "the count over the exposure",
            "se_...": "binomial standard error of the share; none where nothing or everything was counted",
            "expected_...": "the exposure of each stratum at its rate in the baseline, added up",
            REASON: "why a standard error is missing",
            FIRST_TREATED: f"first {panel.period} under the measure; empty for none",
        },
        "events": list(panel.events),
        "baseline": _baseline(panel),
        "starts": dict(panel.starts),
        "missing": {office: list(periods) for office, periods in panel.missing.items()},
        "withheld": {
            "offices": list(panel.withheld),
            "fewest_officers": FEWEST_OFFICERS,
            "one_officer_at_most": "half of the exposure and of each event of a month",
            "applied": panel.guarded,
        },
        "left_out": [{"what": left.what, "why": left.why} for left in panel.left_out],
        "queries": {q.query: {"duckdb": q.duckdb, "spark": q.spark} for q in panel.queries},
    }


def _baseline(panel: OfficePanel) -> dict[str, Any] | None:
    if panel.baseline is None:
        return None
    how = COUNTABLE[panel.question]
    found = panel.baseline
    return {
        "first": found.first,
        "last": found.last,
        "offices": found.offices,
        "strata": list(found.strata),
        "no_strata": how.not_strata,
        "fewest": FEWEST,
        "rates": None if panel.guarded else [_rate(r) for r in found.rates],
        "no_rates": "no person may be seen in this panel, and of few officers a rate is one of persons"
        if panel.guarded
        else None,
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "stratum": list(rate.stratum),
        "exposure": rate.exposure,
        "taken_from": list(rate.taken_from),
        "rates": {e: round(x, 8) for e, x in rate.rates.items()},
    }


def write_panel(panel: OfficePanel, out: Path | str, *, force: bool = False) -> Path:
    """Write the table to ``out`` (CSV or Parquet) and what is to know of it to the same name with ``.json``.

    Returns
    -------
    Path
        Of the latter. Each file is whole or not there; the latter holds the former's digest.

    Raises
    ------
    ArushaError
        Another ending, a file that exists (unless ``force``), or a disk that refuses.
    """
    out = Path(out)
    beside = out.with_suffix(".json")
    if out.suffix not in ENDINGS:
        raise of(ArushaError, "panel-ending", "panel-ending", where=str(out))
    for path in (out, beside):
        if path.exists() and not force:
            raise of(ArushaError, "file-exists", "file-exists", where=str(path))
    content = about(panel)
    work = out.with_name(f".{uuid.uuid4().hex[:8]}.{out.name}")
    told = beside.with_name(f".{uuid.uuid4().hex[:8]}.{beside.name}")
    try:
        write_rows(panel.table, work)
        content["file"] = {"name": out.name, "sha256": files.digest(work), "rows": panel.table.num_rows}
        text = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True, default=str)
        told.write_text(text + "\n", encoding="utf-8")
        os.replace(work, out)
        os.replace(told, beside)
    except OSError as error:
        why = str(error.strerror or error)
        raise of(
            ArushaError, "panel-not-written", "panel-not-written", where=str(error.filename or out), why=why
        ) from error
    finally:
        work.unlink(missing_ok=True)
        told.unlink(missing_ok=True)
    return beside
