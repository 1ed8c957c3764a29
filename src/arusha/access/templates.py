"""Reasons for touching a declaration, as data: a kind from a closed list with its parameters, and what it applies to.

Nobody writes SQL. Each kind is a condition over tables of the records contract; ``statement`` turns it into one
``SELECT`` whose only variable parts are numbers, days and quoted text that were checked first.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from arusha.engine.query import literal
from arusha.errors import ArushaError
from arusha.language.told import error as error_of

What = Literal["looks", "acts", "both"]
WHATS: tuple[What, ...] = ("looks", "acts", "both")
LOOKS = ("view", "print", "export")
"""Actions of the log that only read; every other one is an act."""
ROLES = ("chief", "supervisor")
"""Of postings. Being an examiner of an office is no reason by itself: it would explain nearly everything."""
DUTIES = ("acting for", "specialist desk", "training")
MOST_DAYS, MOST_HOURS, MOST_PARTIES = 366, 720, 10
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]{0,39}")
"""Codes that may stand in a template: references of orders, units, parties and actions of the log."""
TOUCHED = "touched_events"

Value = str | int | tuple[str, ...]
FieldType = Literal["days", "hours", "role", "duty", "action", "code", "codes", "day"]


class TemplateError(ArushaError):
    """A reason cannot be written so, or cannot take this step, or not by this person; nothing was recorded."""


class FieldsError(TemplateError):
    """Fields of a reason hold what they cannot; ``fields`` names them."""

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(
            f"these fields cannot be used as they are: {', '.join(fields)}", remedy="see the hints of the form"
        )
        self.fields = tuple(fields)


@dataclass(frozen=True)
class Kind:
    """One kind of reason: its parameters in order, the tables and columns it reads, and its statement."""

    name: str
    fields: Mapping[str, FieldType]
    needs: Mapping[str, tuple[str, ...]]
    select: Callable[[Mapping[str, Value], str], str]


@dataclass(frozen=True)
class Template:
    """A reason. ``given`` holds a value for each field of its kind, in their order."""

    kind: str
    what: What
    given: Mapping[str, Value]

    @property
    def about(self) -> Kind:
        """Its kind."""
        return KINDS[self.kind]

    def statement(self, key: str = "declaration_id") -> str:
        """``event_id`` and ``since`` (when the reason began) of every entry that it explains.

        ``key`` is the column over which tables are joined declaration by declaration.
        """
        chosen = "" if self.what == "both" else f" AND t.what = {literal(self.what)}"
        return self.about.select(self.given, key) + f"{chosen}\nGROUP BY t.event_id"

    def as_dict(self) -> dict[str, Any]:
        """For the contents of an entry."""
        given = {name: list(v) if isinstance(v, tuple) else v for name, v in self.given.items()}
        return {"kind": self.kind, "what": self.what, "given": given}

    @property
    def digest(self) -> str:
        """SHA-256 over the reason and the statement that it stands for: another meaning is another digest."""
        told = json.dumps([self.as_dict(), self.statement()], sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(told.encode()).hexdigest()


def read(kind: str, what: str, given: Mapping[str, str]) -> Template:
    """A template from what a form or an entry says; codes of a list are separated by spaces, commas or lines.

    Raises
    ------
    FieldsError
        Naming the fields that hold what they cannot.
    TemplateError
        If there is no such kind, or it cannot be of such entries.
    """
    if kind not in KINDS or what not in WHATS:
        raise error_of(TemplateError, "template-kind", "choose-listed")
    values: dict[str, Value] = {}
    wrong = []
    for name, of in KINDS[kind].fields.items():
        value = _value(of, str(given.get(name, "")).strip())
        if value is None:
            wrong.append(name)
        else:
            values[name] = value
    if not wrong and "from" in values and "until" in values and str(values["from"]) >= str(values["until"]):
        wrong.append("until")
    if wrong:
        raise FieldsError(wrong)
    return Template(kind, next(w for w in WHATS if w == what), values)


def from_dict(told: Mapping[str, Any]) -> Template:
    """A template from the contents of an entry, checked as a form is."""
    given = {n: " , ".join(v) if isinstance(v, list) else str(v) for n, v in dict(told["given"]).items()}
    return read(str(told["kind"]), str(told["what"]), given)


def _value(of: FieldType, text: str) -> Value | None:
    if of in ("days", "hours"):
        most = MOST_DAYS if of == "days" else MOST_HOURS
        # Length first: a number of a million digits is refused before it is read.
        return int(text) if len(text) <= 3 and re.fullmatch("[0-9]+", text) and 1 <= int(text) <= most else None
    if of in ("role", "duty"):
        return text if text in (ROLES if of == "role" else DUTIES) else None
    if of == "day":
        try:
            return date.fromisoformat(text).isoformat() if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) else None
        except ValueError:
            return None
    if of == "codes":
        parts = tuple(dict.fromkeys(p for p in re.split(r"[\s,;]+", text[:1000]) if p))
        return parts if 1 <= len(parts) <= MOST_PARTIES and all(CODE.fullmatch(p) for p in parts) else None
    return text if CODE.fullmatch(text) else None


def _days(later: str, earlier: str) -> str:
    """Whole days between two moments, by their days in UTC."""
    return f"(CAST({later} AS DATE) - CAST({earlier} AS DATE))"


def _select(since: str, joins: str, condition: str) -> str:
    return f"SELECT t.event_id, MIN({since}) AS since\nFROM {TOUCHED} AS t\n{joins}\nWHERE {condition}"


def _examiner(given: Mapping[str, Value], key: str) -> str:
    return _select(
        "d.assigned_at",
        f"JOIN declarations AS d ON d.{key} = t.{key}",
        f"d.officer_id = t.user_id AND {_days('t.at', 'd.assigned_at')} BETWEEN 0 AND {given['days']}",
    )


def _assigned(given: Mapping[str, Value], key: str) -> str:
    return _select(
        "a.assigned_at",
        f"JOIN assignments AS a ON a.{key} = t.{key}",
        f"a.officer_id = t.user_id AND {_days('t.at', 'a.assigned_at')} BETWEEN 0 AND {given['days']}",
    )


def _assigner(given: Mapping[str, Value], key: str) -> str:
    return _select(
        "a.assigned_at",
        f"JOIN assignments AS a ON a.{key} = t.{key}",
        # From the day before: whoever gives a declaration away has looked at it.
        f"a.assigned_by = t.user_id AND {_days('t.at', 'a.assigned_at')} BETWEEN -1 AND {given['days']}",
    )


def _inspector(given: Mapping[str, Value], key: str) -> str:
    near = f"BETWEEN -{given['days']} AND {given['days']}"
    return _select(
        "i.ended_at",
        f"JOIN inspections AS i ON i.{key} = t.{key}",
        f"i.officer_id = t.user_id AND {_days('t.at', 'i.ended_at')} {near}",
    )


_POSTED = (
    "JOIN postings AS p ON p.officer_id = t.user_id AND p.office = t.office\n"
    "  AND p.from_date <= CAST(t.at AS DATE) AND (p.to_date IS NULL OR CAST(t.at AS DATE) < p.to_date)"
)


def _posted(given: Mapping[str, Value], key: str) -> str:
    return _select("CAST(p.from_date AS TIMESTAMP)", _POSTED, f"p.role = {literal(str(given['role']))}")


def _duty(given: Mapping[str, Value], key: str) -> str:
    duty = (
        "\nJOIN duties AS u ON u.officer_id = t.user_id\n"
        "  AND u.from_date <= CAST(t.at AS DATE) AND (u.to_date IS NULL OR CAST(t.at AS DATE) < u.to_date)"
    )
    # As everywhere: a duty explains only what came after it was recorded, and not by its own holder.
    recorded = "u.recorded_at < t.at AND u.recorded_by IS NOT NULL AND u.recorded_by <> t.user_id"
    return _select("u.recorded_at", _POSTED + duty, f"u.kind = {literal(str(given['duty']))} AND {recorded}")


def _answer(given: Mapping[str, Value], key: str) -> str:
    assert isinstance(given["hours"], int)
    after = f"EPOCH(t.at) - EPOCH(q.occurred_at) BETWEEN 0 AND {given['hours'] * 3600}"
    return _select(
        "q.occurred_at",
        f"JOIN events AS q ON q.{key} = t.{key}",
        f"q.action = {literal(str(given['action']))} AND q.user_id <> t.user_id AND {after}",
    )


def _order(given: Mapping[str, Value], key: str) -> str:
    assert isinstance(given["traders"], tuple)
    traders = literal(list(given["traders"]))
    first, end = (literal(date.fromisoformat(str(given[name]))) for name in ("from", "until"))
    return _select(
        f"CAST({first} AS TIMESTAMP)",
        f"JOIN declarations AS d ON d.{key} = t.{key}\nJOIN officers AS o ON o.officer_id = t.user_id",
        f"(d.declarant_id IN {traders} OR d.importer_id IN {traders}) AND o.unit = {literal(str(given['unit']))}\n"
        f"  AND CAST(t.at AS DATE) >= {first} AND CAST(t.at AS DATE) < {end}",
    )


def _kinds(all_of_them: Sequence[Kind]) -> dict[str, Kind]:
    return {kind.name: kind for kind in all_of_them}


KINDS: Mapping[str, Kind] = _kinds(
    (
        Kind("examiner", {"days": "days"}, {"declarations": ("officer_id", "assigned_at")}, _examiner),
        Kind("assigned", {"days": "days"}, {"assignments": ("officer_id", "assigned_at")}, _assigned),
        Kind("assigner", {"days": "days"}, {"assignments": ("assigned_by", "assigned_at")}, _assigner),
        Kind("inspector", {"days": "days"}, {"inspections": ("officer_id", "ended_at")}, _inspector),
        Kind("posted", {"role": "role"}, {"postings": ("office", "role", "from_date")}, _posted),
        Kind(
            "duty",
            {"duty": "duty"},
            {"duties": ("kind", "from_date", "recorded_at", "recorded_by"), "postings": ("office", "from_date")},
            _duty,
        ),
        Kind("answer", {"action": "action", "hours": "hours"}, {"events": ("action", "user_id")}, _answer),
        Kind(
            "order",
            {"reference": "code", "unit": "code", "traders": "codes", "from": "day", "until": "day"},
            {"declarations": ("declarant_id", "importer_id"), "officers": ("unit",)},
            _order,
        ),
    )
)
"""Every kind of reason, in the order in which they are offered."""
