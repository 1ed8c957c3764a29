"""An entry of the ledger: what happened, when, by whom and on what, with commitments instead of content.

An entry is one line of canonical JSON (RFC 8785). It never holds content. For each named part of the content it holds
HMAC-SHA-256(salt, name || newline || canonical JSON of the part) under a salt of 32 random bytes that is kept outside
the ledger with the part. Whoever is given salt and part can check that they are what was recorded; once both are
deleted, nobody can find out the part by trying, and the ledger still verifies. An entry without content holds 32 random
bytes in the place of a commitment: proofs show hashes of entries to people who may not read them, and who did what, and
when, could else be found out by trying.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import rfc8785

from arusha.language.told import error as of
from arusha.ledger.problems import LedgerError

VERSION = 1
SALT_BYTES = 32
MOST_BYTES = 16_384
SYSTEM = "system"
NONCE = "nonce"
"""Stands among the commitments of an entry without content; opens nothing, and is no part."""

_PSEUDONYM = re.compile(r"[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
_THING = re.compile(r"[a-z][a-z0-9-]{0,30}:[A-Za-z0-9][A-Za-z0-9._-]{0,126}")
_KIND = re.compile(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*")
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,62}")
_COMMITMENT = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


@dataclass(frozen=True)
class Event:
    """What is to be recorded.

    Parameters
    ----------
    kind
        Words joined by dots: ``charter.go-live``, ``grant.made``, ``export.taken``.
    actor
        Pseudonym of who did it (``P-7Q3K-M2XA-9TBC``), or ``system``.
    subjects
        What it concerns: pseudonyms, or ``kind:id`` such as ``question:lane-rates``. Never a name.
    content
        Named parts, each any JSON value. They go to the contents, not into the ledger.
    time
        When it happened, with its zone; now where none.
    """

    kind: str
    actor: str
    subjects: tuple[str, ...] = ()
    content: Mapping[str, Any] = field(default_factory=dict)
    time: datetime | None = None


@dataclass(frozen=True)
class Part:
    """A part of the content with what opens its commitment."""

    name: str
    salt: bytes
    canonical: bytes

    @property
    def commitment(self) -> str:
        """HMAC-SHA-256 in hexadecimal."""
        return hmac.new(self.salt, self.name.encode() + b"\n" + self.canonical, sha256).hexdigest()

    @property
    def value(self) -> Any:
        """The part as JSON value."""
        return json.loads(self.canonical)


def part(name: str, value: Any, salt: bytes | None = None) -> Part:
    """Salt a part of the content.

    Raises
    ------
    LedgerError
        If the name is not a plain word or the value is not JSON (RFC 8785: whole numbers up to 2^53).
    """
    if not _NAME.fullmatch(name) or name == NONCE:
        raise LedgerError(f"{name!r} cannot name a part of the content", remedy="use a word in small letters")
    salt = secrets.token_bytes(SALT_BYTES) if salt is None else salt
    if len(salt) != SALT_BYTES:
        # HMAC fills a shorter key with zeros, so that two salts of unequal length could open the same commitment.
        raise LedgerError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    try:
        return Part(name, salt, rfc8785.dumps(value))
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as problem:
        raise LedgerError(f"the part {name!r} cannot be written as JSON: {problem}") from problem


@dataclass(frozen=True)
class Entry:
    """An entry as it stands in the ledger. ``commitments`` maps a part's name to its commitment, or ``NONCE``."""

    kind: str
    time: str
    actor: str
    subjects: tuple[str, ...]
    commitments: Mapping[str, str]

    @property
    def parts(self) -> Mapping[str, str]:
        """The commitments of parts of its content, by their names."""
        return {name: value for name, value in self.commitments.items() if name != NONCE}

    def line(self) -> bytes:
        """The canonical JSON that is hashed."""
        return rfc8785.dumps(
            {
                "actor": self.actor,
                "commitments": dict(self.commitments),
                "kind": self.kind,
                "subjects": list(self.subjects),
                "time": self.time,
                "v": VERSION,
            }
        )

    @classmethod
    def parse(cls, line: bytes) -> Entry:
        """Read an entry's line.

        Raises
        ------
        LedgerError
            If it is not an entry of this version in its canonical form.
        """
        try:
            data = json.loads(line)
            entry = cls(data["kind"], data["time"], data["actor"], tuple(data["subjects"]), dict(data["commitments"]))
            # The members are ASCII and short (see _check), for which this is RFC 8785, and ten times as fast.
            canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        except (ValueError, KeyError, TypeError, RecursionError) as problem:
            raise of(LedgerError, "led-not-entry", "") from problem
        if canonical != line or data.get("v") != VERSION or len(data) != 6:
            raise of(LedgerError, "led-entry-form", "")
        _check(entry)
        return entry

    def opens(self, shown: Part) -> bool:
        """Whether the part is what this entry committed to under its name."""
        return len(shown.salt) == SALT_BYTES and hmac.compare_digest(
            self.commitments.get(shown.name, ""), shown.commitment
        )


def is_pseudonym(text: str) -> bool:
    """Whether a text has the form of a pseudonym, so that an entry may name it."""
    return _PSEUDONYM.fullmatch(text) is not None


def make(event: Event) -> tuple[Entry, tuple[Part, ...]]:
    """The entry of an event, and the salted parts to keep outside the ledger.

    Raises
    ------
    LedgerError
        If the event cannot be recorded as it is.
    """
    time = datetime.now(UTC) if event.time is None else event.time
    if time.tzinfo is None:
        raise LedgerError("the time of an event needs its zone", remedy="give a datetime with tzinfo")
    parts = tuple(part(name, value) for name, value in sorted(event.content.items()))
    entry = Entry(
        event.kind,
        time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        event.actor,
        tuple(event.subjects),
        {p.name: p.commitment for p in parts} or {NONCE: secrets.token_hex(SALT_BYTES)},
    )
    _check(entry)
    if len(entry.line()) > MOST_BYTES:
        raise of(LedgerError, "led-entry-long", "led-fewer-subjects", most=MOST_BYTES)
    return entry, parts


def _check(entry: Entry) -> None:
    """Refuse what could carry content or a name into the ledger."""

    def demand(pattern: re.Pattern[str], value: object, what: str) -> None:
        if not (isinstance(value, str) and pattern.fullmatch(value)):
            raise of(LedgerError, f"led-not-{what}", f"led-{what}", value=repr(str(value)[:80]))

    demand(_KIND, entry.kind, "kind")
    demand(_TIME, entry.time, "time")
    if entry.actor != SYSTEM:
        demand(_PSEUDONYM, entry.actor, "actor")
    for subject in entry.subjects:
        if not (isinstance(subject, str) and _PSEUDONYM.fullmatch(subject)):
            demand(_THING, subject, "subject")
    for name, commitment in entry.commitments.items():
        demand(_NAME, name, "part")
        demand(_COMMITMENT, commitment, "commitment")
