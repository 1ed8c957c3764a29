"""Reading a ledger from its first entry to its last: what its entries give, whatever its stored hashes say."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, islice

from arusha.errors import ArushaError, Told, Value
from arusha.language.catalogues import Catalogue
from arusha.language.told import english, sentence
from arusha.ledger import merkle
from arusha.ledger.entry import Entry
from arusha.ledger.problems import ChangedError, LedgerError
from arusha.ledger.store import Store

_MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Problem:
    """What does not hold. ``code`` is for programs: see ``arusha.ledger.verification``.

    ``told`` is the sentence in the catalogues; none where what another part said of a fault has none.
    """

    code: str
    text: str
    told: Told | None = None

    def said(self, words: Catalogue | None) -> str:
        """The same for a reader of another language."""
        return self.text if words is None or self.told is None else self.told.problem(words)


def found(code: str, key: str, /, **values: Value | int) -> Problem:
    """A problem that says a sentence of the catalogues: ``told-led-KEY``."""
    told = sentence(f"led-{key}", **values)
    return Problem(code, told.problem(english()), told)


def why(problem: ArushaError) -> Value:
    """What an error says, as part of another sentence."""
    return problem.told if problem.told is not None else problem.problem


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
    read: ReadBefore | None = None
    """For the next scan; none where there is a problem."""
    newest: tuple[tuple[int, bytes], ...] = ()
    """Numbers and lines of the last entries, as they were read and hashed; as many as were asked for."""


@dataclass(frozen=True)
class ReadBefore:
    """What a scan without a problem read, by the SHA-256 of its bytes, and where it stood then.

    The next scan of the same bytes need not look into them: it hashes every one of them again, and where one is
    another it begins anew. It is kept in memory alone: whoever could write it to a file could write the ledger.
    """

    size: int
    peaks: tuple[bytes, ...]
    last: str
    steps_back: tuple[int, ...]
    roots: Mapping[int, bytes]
    lines: bytes
    """SHA-256 of the lines of the entries."""
    hashes: bytes
    """SHA-256 of the stored hashes."""


def scan(store: Store, size: int, sizes: Iterable[int] = (), before: ReadBefore | None = None, newest: int = 0) -> Scan:
    """Read the first ``size`` entries, check the form of each, and compare their hashes with those stored.

    ``before``: what an earlier scan of this ledger read. Its bytes are hashed again, and parsed only where they differ.
    ``newest``: how many of the last lines to give back, so that nobody need read them a second time.
    """
    wanted = set(sizes)
    if before is not None and before.size <= size and all(n in before.roots for n in wanted if n <= before.size):
        again = _Scanning(store, size, wanted, before, newest).done()
        if again is not None:
            return again
    whole = _Scanning(store, size, wanted, None, newest).done()
    assert whole is not None
    return whole


class _Scanning:
    """One reading from the first entry to the last."""

    def __init__(self, store: Store, size: int, wanted: set[int], before: ReadBefore | None, newest: int) -> None:
        self.store, self.size, self.wanted, self.before = store, size, wanted, before
        self.roots = {0: merkle.EMPTY_ROOT} if before is None else dict(before.roots)
        self.problems: list[Problem] = []
        self.steps_back: list[int] = [] if before is None else list(before.steps_back)
        self.frontier = merkle.Frontier() if before is None else merkle.Frontier(before.size, list(before.peaks))
        self.last = "" if before is None else before.last
        self.stored = _Stored(store)
        self.lines = sha256()
        self.newest: deque[tuple[int, bytes]] = deque(maxlen=newest)

    def done(self) -> Scan | None:
        """What was found; none where the bytes are not those that were read before."""
        try:
            lines = self.store.entries(0, self.size)
            if self.before is not None and not self._same(lines, self.before):
                return None
            for number, line in enumerate(lines, start=self.frontier.size):
                self._take(number, line)
        except ChangedError as problem:
            if self.before is not None:
                return None  # said by the reading that looks into everything
            self.problems.append(Problem("missing", problem.problem, problem.told))
        return self._told()

    def _same(self, lines: Iterator[bytes], before: ReadBefore) -> bool:
        for number, line in enumerate(islice(lines, before.size)):
            self.lines.update(line + b"\n")
            self.newest.append((number, line))
        self.stored.skip(merkle.stored(before.size))
        return (self.lines.digest(), self.stored.read.digest()) == (before.lines, before.hashes)

    def _take(self, number: int, line: bytes) -> None:
        self.lines.update(line + b"\n")
        self.newest.append((number, line))
        try:
            time = Entry.parse(line).time
        except LedgerError as problem:
            self.problems.append(found("entry", "entry-unread", n=number, why=why(problem)))
            time = self.last
        if time < self.last:
            self.steps_back.append(number)
        self.last = max(self.last, time)
        self.stored.compare(number, self.frontier.add(merkle.leaf_hash(line)))
        if self.frontier.size in self.wanted:
            self.roots[self.frontier.size] = self.frontier.root()

    def _told(self) -> Scan:
        frontier, problems = self.frontier, self.problems
        if frontier.size < self.size and not problems:
            problems.append(found("missing", "ends-after", n=f"{frontier.size:,}", size=f"{self.size:,}"))
        if self.stored.differs is not None:
            problems.append(found("hashes", "hashes-from", n=self.stored.differs))
        left_out = len(problems) - _MOST_PROBLEMS
        if left_out > 0:
            problems = [*problems[:_MOST_PROBLEMS], found("entry", "problems-more", n=left_out)]
        root, steps = frontier.root(), tuple(self.steps_back)
        self.roots[frontier.size] = root
        read = None
        if not problems:
            digests = self.lines.digest(), self.stored.read.digest()
            read = ReadBefore(frontier.size, tuple(frontier.peaks), self.last, steps, dict(self.roots), *digests)
        return Scan(frontier.size, root, self.roots, tuple(problems), steps, read, tuple(self.newest))


class _Stored:
    """The stored hashes, read beside the entries; remembers the first entry at which they differ."""

    def __init__(self, store: Store) -> None:
        self.hashes: Iterator[bytes] = chain(store.all_hashes())
        self.differs: int | None = None
        self.read = sha256()

    def skip(self, count: int) -> None:
        """Read some without comparing them."""
        for node in islice(self.hashes, count):
            self.read.update(node)

    def compare(self, number: int, expected: list[bytes]) -> None:
        if self.differs is not None:
            return
        try:
            here = [next(self.hashes, b"") for _ in expected]
            same = here == expected
            self.read.update(b"".join(here))
        except ChangedError:
            same = False
        if not same:
            self.differs = number
