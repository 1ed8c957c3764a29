"""Monthly samples of unexplained entries: announced, drawn once, and what officers were asked and answered.

Nothing but what the ledger says, read again each time. The rows are words in the contents of the entry that drew them;
who is asked stands in the ledger by pseudonym, for the officer's own page and the auditor, and on no other page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from arusha.access.monthly import MONTH, MONTHLY, SampleError, seed_of
from arusha.access.templates import Template
from arusha.language.told import error as of
from arusha.ledger import Recorded
from arusha.ledger.entry import SYSTEM
from arusha.ledger.turns import taking_turns
from arusha.workbench.record import Record

ANNOUNCED, DRAWN, ASKED, ANSWERED, CLOSED = (
    f"sample.{act}" for act in ("announced", "drawn", "asked", "answered", "closed")
)
ANSWER_DAYS = 10
ANSWERS = ("assigned", "asked", "query", "mistake", "other", "not-me", "not-known")
"""What an officer may say of an entry, besides words of their own."""
ENDS = ("accepted", "no-reason", "system", "auditor")
"""What a person finds of an entry: a reason was given, none was found and nothing follows, the log or a reason is to be
mended, or the auditor is to look."""


@dataclass(frozen=True)
class Row:
    """One drawn entry; ``cells`` is none where the words were expunged."""

    number: int
    cells: Mapping[str, str] | None
    asked_at: datetime | None = None
    due: date | None = None
    answer: str = ""
    answered: int | None = None
    """The entry of the ledger that holds the answer."""
    end: str = ""

    def late(self, on: date) -> bool:
        """Whether the day by which an answer was asked for is past, and none came."""
        return self.due is not None and not self.answer and not self.end and on > self.due


@dataclass(frozen=True)
class Month:
    """A month's sample: announced with its seed, then drawn."""

    month: str
    by: str
    at: datetime
    load: str
    seed: str
    in_force: Mapping[str, Any] | None = None
    """The reasons that were in force when it was announced, which the seed is made of; none where expunged."""
    drawn: bool = False
    rows: tuple[Row, ...] = ()
    of: Mapping[int, str] = field(default_factory=dict)
    """Row -> whose entry it is: for the program, never for a page."""

    def count(self, what: str, on: date) -> int:
        """How many rows were ``asked``, ``answered``, are ``late`` or ``ended``."""
        tests: Mapping[str, Callable[[Row], bool]] = {
            "asked": lambda r: r.asked_at is not None,
            "answered": lambda r: bool(r.answer),
            "late": lambda r: r.late(on),
            "ended": lambda r: bool(r.end),
        }
        return sum(tests[what](row) for row in self.rows)


def months(record: Record) -> dict[str, Month]:
    """Every month's sample, the newest month first."""
    found: dict[str, Month] = {}
    for number in record.about_kind("month"):
        recorded = record.ledger.entry(number)
        if recorded.entry.kind in (ANNOUNCED, DRAWN, ASKED, ANSWERED, CLOSED):
            _apply(record, found, recorded)
    return dict(sorted(found.items(), reverse=True))


def announce(record: Record, actor: str, month: str, load: str, in_force: Mapping[str, Template]) -> Month:
    """Announce which seed draws a month's sample, once; again only where nothing was drawn over records of before.

    Raises
    ------
    SampleError
        If the month is none or not over, there are no records, or it was announced over these records already.
    """
    with taking_turns(record.lock):
        if not MONTH.fullmatch(month) or month >= f"{datetime.now(UTC):%Y-%m}":
            raise of(SampleError, "monthly-month", "monthly-over", where=month[:20])
        if not load:
            raise of(SampleError, "no-records-to-count", "load-first")
        before = months(record).get(month)
        if before is not None and (before.drawn or before.load == load):
            raise of(SampleError, "monthly-again", "", where=month)
        told = (f"load:{load}", f"seed:{seed_of(month, load, in_force)}", f"most:{MONTHLY}")
        held = {key: template.as_dict() for key, template in in_force.items()}
        record.add(ANNOUNCED, actor, f"month:{month}", *told, in_force={"reasons": held})
        return months(record)[month]


def keep(home: Path, month: str, seed: str, rows: list[dict[str, Any]]) -> int:
    """Keep what was drawn, once: a second errand of the same month finds it and keeps nothing."""
    record = Record(home)
    with taking_turns(record.lock):
        found = months(record).get(month)
        if found is None or found.seed != seed:
            raise of(SampleError, "monthly-seed", "monthly-announce", where=month)
        if not found.drawn:
            record.add(DRAWN, SYSTEM, f"month:{month}", f"seed:{seed}", f"drawn:{len(rows)}", rows=rows)
        return len(months(record)[month].rows)


def ask(record: Record, actor: str, month: str, number: int) -> Recorded:
    """Ask the officer of a row what the reason was, in the words that are the same for everybody; whoever it is.

    Raises
    ------
    SampleError
        If there is no such row, it was asked of or closed already, or it is the asker's own.
    """
    with taking_turns(record.lock):
        found, row = _row(record, month, number)
        if row.asked_at is not None or row.end or row.cells is None:
            raise of(SampleError, "monthly-asked", "", where=f"{month}, {number}")
        who = found.of[number]
        if who == actor:
            raise of(SampleError, "monthly-own", "monthly-other-steward", where=f"{month}, {number}")
        if not who.startswith("P-"):
            raise of(SampleError, "monthly-no-pseudonym", "", where=f"{month}, {number}")
        due = (datetime.now(UTC) + timedelta(days=ANSWER_DAYS)).date()
        return record.add(ASKED, actor, f"month:{month}", f"row:{number}", who, f"due:{due.isoformat()}")


def answer(record: Record, actor: str, month: str, number: int, kind: str, text: str) -> Recorded:
    """Say what the reason was, as the officer who is asked; also after the day, and again.

    Raises
    ------
    SampleError
        If the reader is not asked about it, or the answer is none of the list and without words.
    """
    with taking_turns(record.lock):
        found, row = _row(record, month, number)
        if row.asked_at is None or found.of.get(number) != actor:
            raise of(SampleError, "monthly-row", "", where=f"{month}, {number}")
        if kind not in ANSWERS or (kind == "other" and not text.strip()):
            raise of(SampleError, "reason-needed", "reason-sentence", where=f"{month}, {number}")
        words = {"text": text.strip()[:2000]}
        return record.add(ANSWERED, actor, f"month:{month}", f"row:{number}", f"as:{kind}", **words)


def close(record: Record, actor: str, month: str, number: int, end: str, why: str) -> Recorded:
    """Say what a person finds of a row, with words. An officer who was asked has until the day to answer.

    Raises
    ------
    SampleError
        If there is no such row, it is closed, the officer still has time, or no reason is given.
    """
    with taking_turns(record.lock):
        found, row = _row(record, month, number)
        if row.end:
            raise of(SampleError, "monthly-asked", "", where=f"{month}, {number}")
        if found.of.get(number) == actor:
            raise of(SampleError, "monthly-own", "monthly-other-steward", where=f"{month}, {number}")
        if row.due is not None and not row.answer and datetime.now(UTC).date() <= row.due:
            raise of(SampleError, "monthly-early", "", where=f"{month}, {number}", day=row.due.isoformat())
        if end not in ENDS or not why.strip():
            raise of(SampleError, "reason-needed", "reason-sentence", where=f"{month}, {number}")
        return record.add(CLOSED, actor, f"month:{month}", f"row:{number}", f"as:{end}", why=why.strip()[:2000])


def asked_of(record: Record, person: str) -> list[tuple[Month, Row]]:
    """What somebody was asked about, the newest first."""
    known = months(record)
    found = []
    for number in reversed(record.about(person)):
        entry = record.ledger.entry(number).entry
        if entry.kind == ASKED and person in entry.subjects:
            told = _told(entry.subjects)
            month = known[told["month"]]
            found.append((month, month.rows[int(told["row"]) - 1]))
    return found


def words_of_answer(record: Record, row: Row) -> str | None:
    """What the officer wrote; none where it was expunged, empty where nothing was."""
    if row.answered is None:
        return ""
    content = record.ledger.content(row.answered)
    if "text" not in content:
        return ""
    part = content["text"]
    return None if part is None else str(part.value)


def _row(record: Record, month: str, number: int) -> tuple[Month, Row]:
    found = months(record).get(month)
    if found is None or not 1 <= number <= len(found.rows):
        raise of(SampleError, "monthly-row", "", where=f"{month[:20]}, {number}")
    return found, found.rows[number - 1]


def _told(subjects: tuple[str, ...]) -> dict[str, str]:
    return dict(s.split(":", 1) for s in subjects if ":" in s)


def _apply(record: Record, found: dict[str, Month], recorded: Recorded) -> None:
    """A month after an entry about it; one that the rules do not let pass changes nothing."""
    entry, at = recorded.entry, datetime.fromisoformat(recorded.entry.time)
    told = _told(entry.subjects)
    month = found.get(told["month"])
    if entry.kind == ANNOUNCED:
        if month is None or not month.drawn:
            part = record.ledger.content(recorded.number).get("in_force")
            held = None if part is None else dict(part.value["reasons"])
            found[told["month"]] = Month(told["month"], entry.actor, at, told["load"], told["seed"], held)
        return
    if month is None:
        return
    if entry.kind == DRAWN:
        if not month.drawn and entry.actor == SYSTEM and told.get("seed") == month.seed:
            found[month.month] = _drawn(record, month, recorded.number, int(told["drawn"]))
        return
    number = int(told.get("row", "0"))
    if not 1 <= number <= len(month.rows):
        return
    row, who = month.rows[number - 1], month.of.get(number, "")
    if entry.kind == ASKED and row.asked_at is None and who in ("", *entry.subjects) and entry.actor != who:
        person = next((s for s in entry.subjects if ":" not in s), "")
        row = replace(row, asked_at=at, due=date.fromisoformat(told["due"]))
        month = replace(month, of={**month.of, number: who or person})
    elif entry.kind == ANSWERED and row.asked_at is not None and entry.actor == who:
        row = replace(row, answer=told["as"], answered=recorded.number)
    elif entry.kind == CLOSED and not row.end and entry.actor != who:
        row = replace(row, end=told["as"])
    rows = (*month.rows[: number - 1], row, *month.rows[number:])
    found[month.month] = replace(month, rows=rows)


def _drawn(record: Record, month: Month, number: int, n: int) -> Month:
    part = record.ledger.content(number).get("rows")
    if part is None:  # expunged, or none was drawn: who was asked is known from the entries that asked
        return replace(month, drawn=True, rows=tuple(Row(k, None) for k in range(1, n + 1)))
    rows = tuple(
        Row(k, {name: str(value) for name, value in cells.items() if name != "user"})
        for k, cells in enumerate(part.value, start=1)
    )
    of_ = {k: str(cells["user"]) for k, cells in enumerate(part.value, start=1)}
    return replace(month, drawn=True, rows=rows, of=of_)
