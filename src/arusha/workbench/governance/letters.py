"""Questions to producers: drafted by the program where a promise was not kept, handed over by a person.

``drafted`` -> ``sent`` -> ``answered`` -> ``accepted``, or ``repeated``, which is sent again; what need not be asked is
``dropped``. Every change is an entry with its day. The program hands nothing over by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from arusha.errors import ArushaError
from arusha.language.told import error as of
from arusha.ledger import Recorded
from arusha.ledger.turns import taking_turns
from arusha.records.history import Load
from arusha.workbench.governance.breaches import Breach, breaches
from arusha.workbench.governance.sources import sources
from arusha.workbench.record import Record

KIND = "letter."
DRAFTED = "drafted"
STEPS: Mapping[str, tuple[str, ...]] = {
    "sent": ("drafted", "repeated"),
    "answered": ("sent",),
    "accepted": ("answered",),
    "repeated": ("sent", "answered"),
    "dropped": ("drafted",),
}
"""Step -> the states from which it leads. A letter without an answer can be repeated too."""
NEEDS_WORDS = ("answered", "accepted", "repeated", "dropped")
MEANS = ("letter", "mail", "hand", "meeting")
OVER = ("accepted", "dropped")


class LetterError(ArushaError):
    """A letter cannot take this step now; nothing was recorded."""


@dataclass(frozen=True)
class Step:
    """One change of a letter's state: ``on`` is the day that it says, ``words`` are reasons or an answer."""

    number: int
    state: str
    at: datetime
    actor: str
    on: date | None = None
    means: str = ""


@dataclass(frozen=True)
class Letter:
    """A question to a producer about one load, or about one delivery that is late."""

    key: str
    source: str
    load: str
    tokens: tuple[str, ...]
    """What is asked about, as the entry names it."""
    steps: tuple[Step, ...]

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.steps[-1].state

    @property
    def drafted(self) -> Step:
        """Its first step."""
        return self.steps[0]

    @property
    def sent_on(self) -> tuple[date, ...]:
        """The days on which it was handed over."""
        return tuple(s.on for s in self.steps if s.state == "sent" and s.on is not None)


def letters(record: Record) -> dict[str, Letter]:
    """Every letter by its key, the oldest first."""
    found: dict[str, Letter] = {}
    for number in record.about_kind("letter"):
        recorded = record.ledger.entry(number)
        entry = recorded.entry
        if not entry.kind.startswith(KIND):
            continue
        told = {s.partition(":")[0]: s.partition(":")[2] for s in entry.subjects if ":" in s}
        on = date.fromisoformat(told["on"]) if "on" in told else None
        at = datetime.fromisoformat(entry.time)
        step = Step(number, entry.kind.removeprefix(KIND), at, entry.actor, on, told.get("means", ""))
        key = told["letter"]
        if step.state == DRAFTED:
            tokens = tuple(s for s in entry.subjects if s.startswith("breach:"))
            found.setdefault(key, Letter(key, told["source"], told.get("load", ""), tokens, (step,)))
        elif key in found and found[key].state in STEPS.get(step.state, ()):
            found[key] = replace(found[key], steps=(*found[key].steps, step))
    return found


def draft(record: Record, known: Sequence[Load], today: date) -> list[str]:
    """Draft a question for each source whose promises the last load breaks, and for each delivery that is late.

    What was drafted already is not drafted again, whatever became of it. Returns the keys of the new ones.
    """
    made = []
    with taking_turns(record.lock):
        there = letters(record)
        for key, source in sources(record).items():
            found = breaches(source, known, today)
            late = [b for b in found if b.kind == "late"]
            broken = [b for b in found if b.kind != "late"]
            for some in (broken, late):
                if not some:
                    continue
                load = known[-1].digest[:16]
                own = f"{key}-late-{some[0].due}" if some is late else f"{key}-{load}"
                if own in there:
                    continue
                told = (f"letter:{own}", f"source:{key}", f"load:{load}", *_tokens(some))
                record.add(KIND + DRAFTED, None, *told, breaches=[_plain(b) for b in some])
                made.append(own)
    return made


def step(record: Record, actor: str, key: str, to: str, *, on: date, words: str = "", means: str = "") -> Recorded:
    """Take a step of a letter.

    Raises
    ------
    LetterError
        If its state does not lead there, or a day, the means or the words are missing.
    """
    if to not in STEPS:
        raise of(LetterError, "letter-no-step", "one-of-these", where=key, known=", ".join(STEPS))
    with taking_turns(record.lock):
        letter = letters(record).get(key)
        if letter is None:
            raise of(LetterError, "letter-none", "", where=key)
        if letter.state not in STEPS[to]:
            raise of(LetterError, "letter-is", "look-once-more", where=key, state=letter.state)
        if on > datetime.now(letter.drafted.at.tzinfo).date() or on < letter.drafted.at.date():
            raise of(LetterError, "letter-day", "", where=key)
        if to == "sent" and means not in MEANS:
            raise of(LetterError, "letter-means", "one-of-these", where=key, known=", ".join(MEANS))
        if to in NEEDS_WORDS and not words.strip():
            raise of(LetterError, "letter-words", "letter-words", where=key, step=to)
        told = [f"letter:{key}", f"source:{letter.source}", f"on:{on.isoformat()}"]
        if to == "sent":
            told.append(f"means:{means}")
        return record.add(KIND + to, actor, *told, text=words.strip()[:5000])


def asked_about(record: Record, letter: Letter) -> list[Breach] | None:
    """The breaches of a letter with their numbers, as they were when it was drafted; none where they were expunged."""
    part = record.ledger.content(letter.drafted.number).get("breaches")
    return [_breach(told) for told in part.value] if part is not None else None


def words_of_step(record: Record, one: Step) -> str | None:
    """What was written with a step; none where it was expunged, empty where nothing was."""
    content = record.ledger.content(one.number)
    if "text" not in content:
        return ""
    part = content["text"]
    return str(part.value) if part is not None else None


def _tokens(some: Sequence[Breach]) -> list[str]:
    """Within what an entry may hold; the contents have all."""
    return [b.token for b in some][:100]


def _plain(breach: Breach) -> dict[str, Any]:
    told = asdict(breach)
    told["due"] = breach.due.isoformat() if breach.due else None
    return told


def _breach(told: Mapping[str, Any]) -> Breach:
    due = date.fromisoformat(told["due"]) if told["due"] else None
    reasons = tuple((str(code), int(n)) for code, n in told["reasons"])
    return Breach(**{**told, "due": due, "months": tuple(told["months"]), "reasons": reasons})
