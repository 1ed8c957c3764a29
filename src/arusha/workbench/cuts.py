"""Tables that the union asks for: asked with a day, answered by the steward of the records, made by the program.

Nothing but what the site's ledger says. What a table tells is kept with the charter: its file lies beside the audits,
and every later audit is held against it (``arusha.fairness.earlier``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from arusha.errors import ArushaError
from arusha.fairness.recorded import known
from arusha.language.told import error as of
from arusha.ledger import Entry, Recorded
from arusha.ledger.entry import SYSTEM
from arusha.ledger.turns import taking_turns
from arusha.workbench.record import Record

ASKED, AGREED, DECLINED, MADE = (f"cut.{act}" for act in ("asked", "agreed", "declined", "made"))
ANSWER_DAYS = 14


class CutError(ArushaError):
    """A table cannot be asked for or answered so; nothing was recorded."""


@dataclass(frozen=True)
class Cut:
    """A table of a question by what the records know; ``number`` is that of the entry that asked for it.

    ``state`` is ``asked``, ``agreed``, ``declined`` or ``made``; ``said`` the entry that holds the steward's words.
    """

    number: int
    question: str
    attributes: tuple[str, ...]
    by: str
    at: datetime
    due: date
    state: str = "asked"
    answered_at: datetime | None = None
    said: int | None = None
    report: str = ""


def cuts(record: Record) -> dict[int, Cut]:
    """Every table that was asked for, by its number, the newest first."""
    found: dict[int, Cut] = {}
    for number in record.about_kind("cut"):
        recorded = record.ledger.entry(number)
        if recorded.entry.kind in (ASKED, AGREED, DECLINED, MADE):
            _apply(found, recorded)
    return dict(sorted(found.items(), reverse=True))


def ask(record: Record, actor: str, question: str, attributes: Iterable[str], why: str) -> Cut:
    """Ask for a table of a question by some of what the records know; all at once, since later ones tell less.

    Raises
    ------
    CutError, ArushaError
        If nothing is asked for, or an attribute is none that there is.
    """
    names = known(attributes)
    if not names:
        raise of(CutError, "cut-nothing", "", where=question)
    due = (datetime.now(UTC) + timedelta(days=ANSWER_DAYS)).date()
    with taking_turns(record.lock):
        told = ("cut:new", f"question:{question}", *(f"attribute:{name}" for name in names), f"due:{due.isoformat()}")
        made = record.add(ASKED, actor, *told, why=why.strip()[:2000])
        return cuts(record)[made.number]


def agree(record: Record, actor: str, number: int) -> Recorded:
    """Agree that a table is made."""
    with taking_turns(record.lock):
        return record.add(AGREED, actor, f"cut:{_waiting(record, number, actor).number}")


def decline(record: Record, actor: str, number: int, why: str) -> Recorded:
    """Decline a table, with words that stay on the desk."""
    if not why.strip():
        raise of(CutError, "reason-needed", "reason-sentence", where=str(number))
    with taking_turns(record.lock):
        return record.add(DECLINED, actor, f"cut:{_waiting(record, number, actor).number}", why=why.strip()[:2000])


def keep(home: Path, number: int, report: str) -> None:
    """Record that a table was made, once; ``report`` is the SHA-256 of its file."""
    record = Record(home)
    with taking_turns(record.lock):
        found = cuts(record).get(number)
        if found is None or found.state not in ("agreed", "made"):
            raise of(CutError, "cut-none", "", where=str(number))
        if found.state == "agreed":
            record.add(MADE, SYSTEM, f"cut:{number}", f"report:{report}")


def words(record: Record, number: int | None) -> str | None:
    """Words of an entry about a table; none where they were expunged, empty where there are none."""
    if number is None:
        return ""
    content = record.ledger.content(number)
    part = content.get("why")
    return str(part.value) if part is not None else None if "why" in content else ""


def _waiting(record: Record, number: int, actor: str) -> Cut:
    found = cuts(record).get(number)
    if found is None or found.state != "asked" or found.by == actor:
        raise of(CutError, "cut-none", "", where=str(number))
    return found


def _apply(found: dict[int, Cut], recorded: Recorded) -> None:
    """What an entry changes; an answer that comes twice, by who asked, or of the wrong state changes nothing."""
    entry, at = recorded.entry, datetime.fromisoformat(recorded.entry.time)
    if entry.kind == ASKED:
        due = date.fromisoformat(_one(entry, "due"))
        names = tuple(_all(entry, "attribute"))
        found[recorded.number] = Cut(recorded.number, _one(entry, "question"), names, entry.actor, at, due)
        return
    text = _one(entry, "cut")
    cut = found.get(int(text)) if text.isdecimal() else None
    if cut is None:
        return
    if entry.kind == MADE:
        if cut.state == "agreed" and entry.actor == SYSTEM:
            found[cut.number] = replace(cut, state="made", report=_one(entry, "report"))
    elif cut.state == "asked" and entry.actor != cut.by:
        state = entry.kind.partition(".")[2]
        found[cut.number] = replace(cut, state=state, answered_at=at, said=recorded.number)


def _all(entry: Entry, kind: str) -> list[str]:
    return [s.partition(":")[2] for s in entry.subjects if s.startswith(f"{kind}:")]


def _one(entry: Entry, kind: str) -> str:
    return next(iter(_all(entry, kind)), "")
