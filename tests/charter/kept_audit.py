"""A real audit, kept with a charter, at the price of a file: its numbers are worked out once a session."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import rfc8785

from arusha.charter import Charter
from arusha.fairness.audit import as_dict, audit
from arusha.fairness.job import keep
from arusha.fairness.people import Person
from arusha.fairness.sealed import head


@cache
def _numbers() -> dict[str, Any]:
    """An audit of sixty invented people in two groups, made by the program as any other is."""
    rng = np.random.default_rng(3)
    who = [f"w{k}" for k in range(60)]
    known = {w: Person(int(rng.integers(30, 90)), bool(rng.random() < 0.5), False) for w in who}
    return as_dict(audit(known, {w: {"gender": ("women", "men")[k % 2]} for k, w in enumerate(who)}, rate=0.1))


def audit_file(
    charter: Charter, question: str, *, on: str = "", definition: str = "", year: tuple[date, date] | None = None
) -> bytes:
    """The file of an audit of a question as it stands, of the records that the workspace holds."""
    last = date.fromisoformat(on) if on else charter.clock().date()
    first = last.replace(year=last.year - 1, day=min(last.day, 28))
    definition = definition or charter.question(question).definition
    about = head(question, 1, definition, charter.path.parent, year or (first, last), 0.1)
    return rfc8785.dumps(about | _numbers())


def kept_audit(charter: Charter, question: str, *, on: str = "") -> str:
    """Keep such a file; its SHA-256. A later ``on`` gives another file: it is of other months."""
    return keep_file(charter, audit_file(charter, question, on=on))


def keep_file(charter: Charter, text: bytes) -> str:
    """Keep a file as the program keeps what it made, held against what was told before."""
    audit = json.loads(text)
    return keep(charter, {audit["question"]: audit})[audit["question"]]


def record_audit(charter: Charter, auditor: str, question: str, *, on: str = "", passed: bool = True) -> str:
    """Keep one and record it, done today if no other day is given."""
    day = on or charter.clock().date().isoformat()
    name = kept_audit(charter, question, on=day)
    charter.audit(auditor, question, on=day, passed=passed, report=name)
    return name
