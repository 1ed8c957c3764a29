"""The ledger of releases on the disk: a folder that several processes share and that outlives all of them.

``releases.jsonl`` holds one line an entry (canonical JSON), each with the SHA-256 of the line before; ``head`` holds
their number and the SHA-256 of the last, so that lines lost at the end show as well. An entry is on the disk before the
table it speaks of is handed out. Units stand there as keyed hashes of their names: the file tells nobody's name, but
whoever holds it and a list of candidates can try them, so it is as confidential as the answers.

What it cannot show is a folder put back whole from an older copy: note :attr:`Releases.digest` elsewhere, and give it
to :meth:`Releases.open`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import unicodedata
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import rfc8785

from arusha.errors import SurveyError, Value, VerificationError
from arusha.language.told import error as error_of
from arusha.language.told import error_at, sentence
from arusha.ledger.turns import taking_turns
from arusha.surveys.disclosure.ledger import SMALLEST_GROUP, Group, Ledger, Sum
from arusha.surveys.disclosure.suppression import Cell, Suppressed, suppress

FORMAT = "arusha-releases/1"
_LINES, _HEAD, _LOCK = "releases.jsonl", "head", "lock"
_RANGE = re.compile(r"(\d+)(?:-(\d+))?")
_SHORT = 32  # hexadecimal digits of a unit's hash: two of a million units are alike once in 10^26


@dataclass(frozen=True)
class Released:
    """An entry: a table, its measure, and the labels of its cells, shown and withheld with the reason."""

    number: int
    at: str
    table: str
    measure: str
    shown: tuple[str, ...]
    withheld: Mapping[str, str]


@dataclass
class _Read:
    """What a folder says: the ledger, its tables, and what the next line needs."""

    salt: bytes
    ledger: Ledger
    units: dict[str, int]
    names: list[str]
    rows: dict[str, int]
    """Which unit a whole row of answers was released under, by the row's keyed hash."""
    tables: list[Released]
    count: int
    last: str
    length: int
    """Bytes of the lines that hold."""
    digests: list[str]


class Releases:
    """A ledger of releases in a folder. Every call reads it anew, and takes its turn with other processes."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)

    @classmethod
    def create(cls, folder: Path | str, smallest: int = SMALLEST_GROUP) -> Releases:
        """Begin a ledger of releases where there is none.

        Raises
        ------
        SurveyError
            If one is there, or for a smallest group below ten.
        """
        made = cls(folder)
        Ledger(smallest)  # refuses a threshold that is too low
        made.folder.mkdir(parents=True, exist_ok=True)
        with taking_turns(made.folder / _LOCK):
            if (made.folder / _HEAD).exists() or _lines_in(made.folder / _LINES) > 1:
                raise error_of(SurveyError, "releases-there", "releases-use", where=str(made.folder))
            begun = {"event": "begun", "format": FORMAT, "salt": secrets.token_hex(32), "smallest": smallest}
            made._append(begun, 0, "", 0)
        return made

    @classmethod
    def open(cls, folder: Path | str, digest: str = "") -> Releases:
        """A ledger that is there, read and checked; with ``digest``, that it holds what it held when that was noted.

        Raises
        ------
        SurveyError
            If there is none.
        VerificationError
            If a line was changed, lost or added by hand, or the folder is older than the digest.
        """
        found = cls(folder)
        with found._turn() as read:
            number, _, value = digest.partition(":")
            if digest and (not number.isdigit() or not 0 < int(number) <= read.count):
                raise found._damaged("releases-older", count=read.count, n=number)
            if digest and read.digests[int(number) - 1] != value:
                raise found._damaged("releases-digest", n=number)
        return found

    @property
    def digest(self) -> str:
        """Number of entries and SHA-256 of the last, to note elsewhere."""
        with self._turn() as read:
            return f"{read.count}:{read.last}"

    def ledger(self) -> Ledger:
        """All releases, with hashes for units."""
        with self._turn() as read:
            return read.ledger

    def tables(self) -> tuple[Released, ...]:
        """What was released, table by table."""
        with self._turn() as read:
            return tuple(read.tables)

    def raise_smallest(self, smallest: int) -> None:
        """Raise the smallest group for all that is to come; a lower one is refused."""
        with self._turn() as read:
            read.ledger.raised(smallest)
            self._append({"event": "raised", "smallest": smallest}, read.count, read.last, read.length)

    def release(
        self,
        table: str,
        cells: Sequence[Cell],
        *,
        measure: str = "",
        sizes: Mapping[Hashable, int] | None = None,
        rows: Mapping[str, str] | None = None,
    ) -> Suppressed:
        """Withhold what may not be released of a table, write the rest down, and say what may be handed out.

        Parameters
        ----------
        table
            Its name, as it will be found again.
        cells
            Every cell and margin that is meant to be shown. Units are text or whole numbers, the same from wave to wave
            for the same person: 7 and "7" are one.
        measure
            What is asked or counted; see :class:`arusha.surveys.disclosure.ledger.Sum`.
        sizes
            People of each unit, where units are classes.
        rows
            All that the file says of each unit, where there is a file: a row that was released under one identifier
            and comes under another is the same person counted as two.

        Raises
        ------
        SurveyError
            As :func:`suppress` does, and where rows have other identifiers than they had; nothing was written then, and
            nothing may be handed out.
        VerificationError
            If the ledger is damaged.
        """
        with self._turn() as read:
            hashed = [replace(c, people=_hashed(c, read.salt)) for c in cells]
            of: dict[Hashable, int] = {_hash(unit, read.salt): size for unit, size in (sizes or {}).items()}
            found = suppress(hashed, read.ledger.knowing(of), measure)
            if len({c.label for c in cells}) != len(found.published) + len(found.withheld):
                raise AssertionError("a cell is neither shown nor withheld")
            said = {_hash(text, read.salt): _hash(unit, read.salt) for unit, text in (rows or {}).items()}
            renamed = sum(read.names[read.rows[row]] != unit for row, unit in said.items() if row in read.rows)
            if renamed:
                raise error_at(
                    SurveyError, "releases-renamed", "releases-same-column", "units", n=renamed, size=len(said)
                )
            self._append(_entry(table, measure, hashed, found, of, said, read), read.count, read.last, read.length)
        shown = {c.label for c in found.published}
        return replace(found, published=tuple(c for c in cells if c.label in shown))

    @contextmanager
    def _turn(self) -> Iterator[_Read]:
        if not (self.folder / _LINES).exists() and not (self.folder / _HEAD).exists():
            raise error_of(SurveyError, "releases-none", "releases-begin", where=str(self.folder))
        with taking_turns(self.folder / _LOCK):
            yield self._read()

    def _read(self) -> _Read:
        try:
            whole = (self.folder / _LINES).read_bytes()
            counted, _, last = (self.folder / _HEAD).read_text("ascii").strip().partition(" ")
            count = int(counted)
        except (OSError, ValueError) as problem:
            raise self._damaged("releases-file", why=str(problem)) from problem
        lines = whole.split(b"\n")
        torn = lines.pop()  # what a process wrote that died before it ended the line: nothing was handed out for it
        if len(lines) < count:
            raise self._damaged("releases-entries", count=count, n=len(lines))
        read = _Read(b"", Ledger(), {}, [], {}, [], 0, "", len(whole) - len(torn), [])
        for number, line in enumerate(lines):
            try:
                entry = json.loads(line)
                if rfc8785.dumps(entry) != line or entry["number"] != number or entry["previous"] != read.last:
                    raise ValueError("it does not follow the line before")
                self._take(entry, read)
            except (ValueError, KeyError, TypeError, IndexError, SurveyError) as problem:
                raise self._damaged("releases-line", line=number + 1, file=_LINES, why=str(problem)) from problem
            read.last = hashlib.sha256(line).hexdigest()
            read.digests.append(read.last)
            read.count = number + 1
            if read.count == count and read.last != last:
                raise self._damaged("releases-last", line=count, file=_LINES)
        if len(lines) > count + 1 or count < 1:
            raise self._damaged("releases-more", n=len(lines), count=count)
        return read

    def _take(self, entry: dict[str, Any], read: _Read) -> None:
        event = entry["event"]
        if (event == "begun") != (entry["number"] == 0):
            raise ValueError("a beginning out of place")
        if event == "begun":
            if entry["format"] != FORMAT:
                raise ValueError(f"format {entry['format']}")
            read.salt, read.ledger = bytes.fromhex(entry["salt"]), Ledger(entry["smallest"])
        elif event == "raised":
            read.ledger = read.ledger.raised(entry["smallest"])
        elif event == "released":
            for unit in entry["units"]:
                read.units[unit] = len(read.names)
                read.names.append(unit)
            if len(read.units) != len(read.names):
                raise ValueError("a unit twice")
            read.rows.update({row: int(number) for row, number in entry.get("rows", {}).items()})
            measure = entry["measure"]
            sums = [
                Sum(_spread(ranges, read.names), measure, shown=shown)
                for shown, key in ((False, "telling"), (True, "shown"))
                for ranges in entry[key].values()
            ]
            known = read.ledger.knowing({read.names[int(i)]: n for i, n in entry["sizes"].items()})
            read.ledger = replace(known, sums=tuple(dict.fromkeys([*known.sums, *sums])))
            read.tables.append(
                Released(
                    entry["number"], entry["at"], entry["table"], measure, tuple(entry["shown"]), entry["withheld"]
                )
            )
        else:
            raise ValueError(f"the event {event}")

    def _append(self, entry: dict[str, Any], number: int, previous: str, length: int) -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        line = rfc8785.dumps({**entry, "number": number, "previous": previous, "at": at})
        with (self.folder / _LINES).open("ab") as file:
            file.truncate(length)  # what was torn is of no release
            file.write(line + b"\n")
            file.flush()
            os.fsync(file.fileno())
        new = self.folder / (_HEAD + ".new")
        with new.open("w", encoding="ascii", newline="\n") as file_of_head:
            file_of_head.write(f"{number + 1} {hashlib.sha256(line).hexdigest()}\n")
            file_of_head.flush()
            os.fsync(file_of_head.fileno())
        new.replace(self.folder / _HEAD)
        if os.name == "posix":
            handle = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def _damaged(self, problem: str, **values: Value | int) -> VerificationError:
        return error_of(
            VerificationError,
            "releases-damaged",
            "releases-restore",
            where=str(self.folder),
            problem=sentence(problem, "", **values),
        )


def _lines_in(path: Path) -> int:
    """Lines of the file; one without a head is the beginning of a ledger whose making was cut off."""
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _hash(unit: Hashable, salt: bytes) -> str:
    if isinstance(unit, bool) or not isinstance(unit, str | int):
        raise SurveyError(
            f"the unit {unit!r} is neither text nor a whole number.",
            where="units",
            remedy="give each person the same identifier in every wave.",
        )
    name = unicodedata.normalize("NFC", str(unit)).encode("utf-8", "surrogatepass")
    return hmac.new(salt, name, hashlib.sha256).hexdigest()[:_SHORT]


def _hashed(cell: Cell, salt: bytes) -> Group:
    found = frozenset(_hash(unit, salt) for unit in cell.people)
    if len(found) < len(cell.people):
        raise error_at(
            SurveyError,
            "releases-two-ways",
            "releases-one-identifier",
            "units",
            n=len(cell.people) - len(found),
            label=cell.label,
        )
    return found


def _entry(
    table: str,
    measure: str,
    cells: Sequence[Cell],
    found: Suppressed,
    sizes: Mapping[Hashable, int],
    rows: Mapping[str, str],
    read: _Read,
) -> dict[str, Any]:
    """A release as it is written down. New units of the same cells are numbered side by side: ranges are short then."""
    within: dict[str, list[int]] = {}
    for number, cell in enumerate(cells):
        for unit in cell.people:
            within.setdefault(str(unit), []).append(number)
    new = sorted((u for u in within if u not in read.units), key=lambda u: (within[u], u))
    number_of = {**read.units, **{unit: len(read.units) + i for i, unit in enumerate(new)}}
    shown = {c.label for c in found.published}

    def ranges(keep: Collection[str]) -> dict[str, str]:
        return {c.label: _ranges(sorted(number_of[str(u)] for u in c.people)) for c in cells if c.label in keep}

    return {
        "event": "released",
        "table": table,
        "measure": measure,
        "units": new,
        "rows": {row: number_of[unit] for row, unit in rows.items() if row not in read.rows and unit in number_of},
        "sizes": {str(number_of[str(unit)]): n for unit, n in sizes.items() if unit in number_of},
        "shown": ranges(shown),
        "telling": ranges([label for label, why in found.withheld.items() if why in ("all-alike", "dominated")]),
        "withheld": dict(found.withheld),
    }


def _ranges(numbers: Sequence[int]) -> str:
    """0, 1, 2, 5 as ``0-2,5``."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def _spread(ranges: str, names: Sequence[str]) -> Group:
    found: set[Hashable] = set()
    for run in ranges.split(",") if ranges else ():
        match = _RANGE.fullmatch(run)
        if match is None:
            raise ValueError(f"the units {run[:40]}")
        low = int(match[1])
        high = int(match[2] or low)
        if high >= len(names):
            raise ValueError("a unit that is not there")
        found.update(names[low : high + 1])
    return frozenset(found)
