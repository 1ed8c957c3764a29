"""What was told before: an audit is held against every audit that was ever made of the workspace.

Who is of which group is stored nowhere, so what two lists of groups differ by cannot be worked out later. What was
told can: each audit that is made is an entry of the charter's ledger, and its file is kept. Two rules need no more than
that.

- An audit of a question that shares a day with an earlier one of the same question is told in words, unless it is the
  same file: definition, records or list may differ by a few people, and their numbers subtracted would tell of these.
- An attribute of which some size, or what the shown groups leave of all, is within one to nine people of what an
  earlier audit told of the same attribute is told in words: the difference would be the group of those few.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import rfc8785

from arusha.charter import Charter
from arusha.charter.acts import KIND, MADE_AUDIT, Act
from arusha.charter.audits import kept
from arusha.charter.roles import SYSTEM

FEWEST = 10
_NUMBERS = (
    *("people", "sees", "signalled", "explained", "rate", "ratio", "p", "odds", "per_hundred", "adjusted"),
    "adjusted_p",
)


@dataclass(frozen=True)
class Earlier:
    """An audit that was made: its question and period (first day, day after the last), its hash, and what it told.

    ``audit`` is none where its file is lost: then all that it may have told counts against a new one.
    """

    question: str
    start: date
    end: date
    report: str
    audit: Mapping[str, Any] | None


def earlier(charter: Charter) -> tuple[Earlier, ...]:
    """Every audit that the charter's ledger knows of, in the order in which they were made."""
    found = []
    for recorded in charter.ledger.entries():
        if recorded.entry.kind != KIND + MADE_AUDIT:
            continue
        act = Act.of(recorded.entry, recorded.number)
        start, end = (date.fromisoformat(act.one(name)) for name in ("from", "to"))
        found.append(Earlier(act.one("question"), start, end, act.one("report"), kept(charter.path, act.one("report"))))
    return tuple(found)


def overlaps(audit: Mapping[str, Any], before: Iterable[Earlier]) -> bool:
    """Whether an earlier audit of the same question shares a day with this one: then it is told in words."""
    start, end = (date.fromisoformat(day) for day in audit["period"])
    return any(one.question == audit["question"] and one.start < end and start < one.end for one in before)


def held_against(audit: Mapping[str, Any], before: Iterable[Earlier]) -> dict[str, Any]:
    """The audit as it may be told beside what was told before; ``held`` says what was taken out, and why."""
    told = dict(audit) | {"held": {"overlap": False, "near": []}}
    listed = list(before)
    own = digest(told)
    if any(one.report == own for one in listed):
        return told
    if overlaps(audit, listed):
        told |= {"signalled": None, "unknown": None, "stability": _SILENT, "held": {"overlap": True, "near": []}}
        told["compared"] = [_words(c) for c in audit["compared"]]
        return told
    near = {a for one in listed for a in _near(audit, one.audit)}
    told["compared"] = [_words(c) if c["attribute"] in near else c for c in audit["compared"]]
    told["held"] = {"overlap": False, "near": sorted(near)}
    return told


_SILENT = {"people": 0, "first": None, "again": None, "share": None, "by_chance": None}


def digest(audit: Mapping[str, Any]) -> str:
    """SHA-256 of an audit's file."""
    return hashlib.sha256(rfc8785.dumps(dict(audit))).hexdigest()


def _words(compared: Mapping[str, Any]) -> dict[str, Any]:
    return dict(compared) | dict.fromkeys(_NUMBERS)


def _near(audit: Mapping[str, Any], before: Mapping[str, Any] | None) -> set[str]:
    """Attributes of which sizes that are told lie within one to nine people of sizes that were told.

    Where the earlier file is lost, every attribute.
    """
    now = _sizes(audit)
    if before is None:
        return set(now)
    was = _sizes(before)
    return {
        attribute
        for attribute in set(now) & set(was)
        if any(
            0 < abs(now[attribute][group] - was[attribute][group]) < FEWEST
            for group in set(now[attribute]) & set(was[attribute])
        )
    }


def _sizes(audit: Mapping[str, Any]) -> dict[str, dict[str | None, int]]:
    """Attribute -> group -> people, as far as told; under none, what the shown groups leave of all."""
    found: dict[str, dict[str | None, int]] = {}
    for one in audit["compared"]:
        if one["people"] is not None:
            found.setdefault(one["attribute"], {})[one["group"]] = one["people"]
    for groups in found.values():
        groups[None] = audit["people"] - sum(groups.values())
    return found


def make_known(charter: Charter, audit: Mapping[str, Any]) -> str:
    """Enter an audit in the charter's ledger, before anybody is told of it; its hash."""
    name = digest(audit)
    start, end = audit["period"]
    tokens = {"question": audit["question"], "report": name, "from": start, "to": end}
    charter.act(MADE_AUDIT, SYSTEM, tokens=tokens)
    return name
