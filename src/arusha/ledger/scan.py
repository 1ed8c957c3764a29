"""Reading a ledger from its first entry to its last: what its entries give, whatever its stored hashes say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from arusha.ledger import merkle
from arusha.ledger.entry import Entry
from arusha.ledger.problems import ChangedError, LedgerError
from arusha.ledger.store import Store

_MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Problem:
    """What does not hold. ``code`` is for programs: see ``arusha.ledger.verification``."""

    code: str
    text: str


@dataclass(frozen=True)
class Scan:
    """What the entries give.

    ``size`` entries could be read and have the root ``root``; ``roots`` maps the sizes asked for to their roots, as far
    as the ledger reaches. ``steps_back`` are numbers of entries whose time lies before that of the entry before.
    """

    size: int
    root: bytes
    roots: Mapping[int, bytes]
    problems: tuple[Problem, ...]
    steps_back: tuple[int, ...]


def scan(store: Store, size: int, sizes: Iterable[int] = ()) -> Scan:
    """Read the first ``size`` entries, check the form of each, and compare their hashes with those stored."""
    wanted = set(sizes)
    roots = {0: merkle.EMPTY_ROOT}
    problems: list[Problem] = []
    steps_back: list[int] = []
    frontier = merkle.Frontier()
    stored = _Stored(store)
    before = ""
    try:
        for number, line in enumerate(store.entries(0, size)):
            try:
                time = Entry.parse(line).time
            except LedgerError as problem:
                problems.append(Problem("entry", f"entry {number} cannot be read: {problem.problem}"))
                time = before
            if time < before:
                steps_back.append(number)
            before = max(before, time)
            stored.compare(number, frontier.add(merkle.leaf_hash(line)))
            if frontier.size in wanted:
                roots[frontier.size] = frontier.root()
    except ChangedError as problem:
        problems.append(Problem("missing", problem.problem))
    if frontier.size < size and not problems:
        problems.append(Problem("missing", f"the ledger ends after {frontier.size:,} of {size:,} entries"))
    if stored.differs is not None:
        problems.append(
            Problem("hashes", f"the stored hashes are not those of the entries from entry {stored.differs} on")
        )
    left_out = len(problems) - _MOST_PROBLEMS
    if left_out > 0:
        problems = [*problems[:_MOST_PROBLEMS], Problem("entry", f"and {left_out} problems more")]
    return Scan(frontier.size, frontier.root(), roots, tuple(problems), tuple(steps_back))


class _Stored:
    """The stored hashes, read beside the entries; remembers the first entry at which they differ."""

    def __init__(self, store: Store) -> None:
        self.hashes: Iterator[bytes] = chain(store.all_hashes())
        self.differs: int | None = None

    def compare(self, number: int, expected: list[bytes]) -> None:
        if self.differs is not None:
            return
        try:
            same = all(next(self.hashes, b"") == node for node in expected)
        except ChangedError:
            same = False
        if not same:
            self.differs = number
