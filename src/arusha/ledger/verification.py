"""Verify a ledger, alone and against checkpoints that others hold; compare two checkpoints with each other.

Codes of problems: ``entry`` a line is not an entry; ``missing`` the ledger is shorter than it says; ``hashes`` stored
hashes are not those of the entries; ``own-checkpoint`` a checkpoint kept in the ledger contradicts it; ``shorter`` and
``history`` a checkpoint from outside has more entries, or other entries; ``signature`` a signature does not hold or is
not there; ``other-ledger`` the checkpoint is of another ledger; ``two-histories`` two checkpoints contradict one
another.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from arusha.errors import Told
from arusha.language.catalogues import Catalogue
from arusha.language.told import english, sentence
from arusha.language.told import error as of
from arusha.ledger.checkpoint import Checkpoint, ConsistencyProof
from arusha.ledger.entry import Entry
from arusha.ledger.keys import read_public_keys
from arusha.ledger.limits import CANNOT_PROVE, Limit
from arusha.ledger.log import Ledger, Recorded
from arusha.ledger.note import LOG, Key, Signed, encode
from arusha.ledger.problems import ChangedError, LedgerError
from arusha.ledger.scan import Problem, ReadBefore, Scan, scan, why
from arusha.ledger.scan import found as problem_of

ShownCheckpoint = Checkpoint | Path | str
ShownKey = Key | Path | str


@dataclass(frozen=True)
class Held:
    """A checkpoint from outside: who signed it, and whether the ledger still begins as it says."""

    checkpoint: Checkpoint
    signed: tuple[Signed, ...]
    agrees: bool


@dataclass(frozen=True)
class Verification:
    """What was checked, what does not hold, and what could not be known.

    ``root`` is base64, as in a checkpoint. ``own`` counts the checkpoints that are kept in the ledger.
    """

    where: str
    origin: str
    size: int
    root: str
    own: int
    held: tuple[Held, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Told, ...]
    limits: tuple[Limit, ...] = CANNOT_PROVE
    newest: tuple[Recorded, ...] = ()
    """The last entries of which the root is, as many as were asked for; none where something does not hold."""

    @property
    def ok(self) -> bool:
        """Whether nothing contradicts anything."""
        return not self.problems

    def text(self, words: Catalogue | None = None) -> str:
        """The result for a person, in English or the language of a catalogue."""
        said = words or english()

        def line(key: str, /, **values: str) -> str:
            return said.text(f"ledger-{key}", **values)

        root = {"origin": self.origin, "where": self.where, "n": f"{self.size:,}", "root": self.root}
        lines = [line("of", **root)]
        for held in self.held:
            names = ", ".join(_who(s, said) for s in held.signed) if held.signed else line("nobody")
            agrees = line("agrees" if held.agrees else "agrees-not")
            lines.append(line("held", n=f"{held.checkpoint.size:,}", names=names, agrees=agrees))
        lines += [line("not-holds", problem=problem.said(words)) for problem in self.problems]
        lines += [line("note", note=note.problem(said)) for note in self.notes]
        if self.ok and self.held:
            lines.append(line("first", n=f"{max(h.checkpoint.size for h in self.held):,}"))
        elif self.ok:
            lines.append(line("alone"))
        limits = [limit.text if words is None else words.text(f"wb-limit-{limit.code}") for limit in self.limits]
        return "\n".join([*lines, line("limits"), *(f"- {limit}" for limit in limits)])

    def check(self) -> Verification:
        """The result itself, if all holds.

        Raises
        ------
        ChangedError
            With the whole text of the result.
        """
        if not self.ok:
            raise ChangedError(self.text())
        return self


def _who(signed: Signed, words: Catalogue) -> str:
    if signed.time is None:
        return signed.key.name
    try:
        at = f"{datetime.fromtimestamp(signed.time, UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError, OSError):
        return words.text("ledger-impossible", name=signed.key.name)
    return f"{signed.key.name} ({at})"


def verify(
    where: Path | str | Ledger,
    checkpoints: ShownCheckpoint | Iterable[ShownCheckpoint] = (),
    keys: ShownKey | Iterable[ShownKey] = (),
    *,
    kept: MutableMapping[str, ReadBefore] | None = None,
    newest: int = 0,
) -> Verification:
    """Read a whole ledger and hold it against checkpoints from outside.

    Parameters
    ----------
    where
        Folder or SQLite file.
    checkpoints
        Checkpoints, or their files, that a witness or another outsider holds. Without one, a ledger that was replaced
        as a whole looks like any other.
    keys
        Public keys of the ledger and of witnesses (lines or files). Without the ledger's, signatures are not checked.
    kept
        What earlier calls read, by where the ledger is; brought up to date. Entries of which every byte is as it was
        read then are hashed and not parsed again: the answer is the same. Without it everything is parsed.
    newest
        How many of the last entries to give back. They are those that were verified; entries that are read afterwards
        may have been changed in between.

    Raises
    ------
    LedgerError
        If there is no ledger, or what was given is not a checkpoint or a key. A ledger that was changed raises nothing:
        it is said in the result.
    """
    ledger = where if isinstance(where, Ledger) else Ledger.open(where)
    shown = [_checkpoint(c) for c in ([checkpoints] if isinstance(checkpoints, ShownCheckpoint) else checkpoints)]
    known = _keys([keys] if isinstance(keys, ShownKey) else list(keys))
    problems: list[Problem] = []
    own = _own(ledger, problems)
    before = kept.get(ledger.store.where) if kept is not None else None
    found = scan(ledger.store, len(ledger), [c.size for c in [*shown, *own]], before, newest)
    if kept is not None and found.read is not None:
        kept[ledger.store.where] = found.read
    problems += found.problems
    for checkpoint in own:
        _signatures(checkpoint, known, problems)
        if found.roots.get(checkpoint.size) != checkpoint.root or checkpoint.origin != ledger.origin:
            problems.append(problem_of("own-checkpoint", "own-not", size=f"{checkpoint.size:,}"))
    held = []
    for checkpoint in shown:
        signed = _signatures(checkpoint, known, problems)
        agrees = checkpoint.origin == ledger.origin and found.roots.get(checkpoint.size) == checkpoint.root
        held.append(Held(checkpoint, signed, agrees))
    agreeing = {h.checkpoint.size for h in held if h.agrees}
    problems += [_disagreement(h.checkpoint, ledger.origin, found, agreeing) for h in held if not h.agrees]
    problems += _two_histories(shown, found)
    return Verification(
        ledger.store.where,
        ledger.origin,
        found.size,
        encode(found.root),
        len(own),
        tuple(held),
        tuple(dict.fromkeys(problems)),
        _notes(found, shown, known),
        newest=tuple(Recorded(number, Entry.parse(line)) for number, line in found.newest) if not problems else (),
    )


def went_on(ledger: Ledger, before: ReadBefore) -> Problem | None:
    """What shows that a ledger, as it was verified just now, does not go on from what was read of it before.

    Alone it may hold all the same: cut off at the end, with its head and hashes put back, it is a shorter ledger.
    """
    size = len(ledger)
    if size < before.size:
        return problem_of("shorter", "read-before", before=f"{before.size:,}", size=f"{size:,}")
    if ledger.root(before.size) != before.roots[before.size]:
        return problem_of("history", "first-not", n=f"{before.size:,}")
    return None


def _checkpoint(shown: ShownCheckpoint) -> Checkpoint:
    return shown if isinstance(shown, Checkpoint) else Checkpoint.read(shown)


def _keys(given: Sequence[ShownKey]) -> tuple[Key, ...]:
    keys: list[Key] = []
    for item in given:
        keys += [item] if isinstance(item, Key) else read_public_keys(item)
    return tuple(keys)


def _own(ledger: Ledger, problems: list[Problem]) -> list[Checkpoint]:
    own = []
    for text in ledger.store.checkpoints():
        try:
            own.append(Checkpoint.parse(text))
        except LedgerError as problem:
            problems.append(problem_of("own-checkpoint", "own-unread", why=why(problem)))
    return own


def _signatures(checkpoint: Checkpoint, keys: Sequence[Key], problems: list[Problem]) -> tuple[Signed, ...]:
    """Who signed, as far as keys are known; a signature that fails or is missing becomes a problem."""
    try:
        if any(key.kind == LOG for key in keys):
            return checkpoint.demand_log(keys)
        return checkpoint.signed_by(keys)
    except ChangedError as problem:
        problems.append(problem_of("signature", "of-checkpoint", size=f"{checkpoint.size:,}", why=why(problem)))
        return ()


def _disagreement(checkpoint: Checkpoint, origin: str, found: Scan, agreeing: set[int]) -> Problem:
    size = checkpoint.size
    if checkpoint.origin != origin:
        return problem_of("other-ledger", "of-other", origin=checkpoint.origin)
    if size > found.size:
        return problem_of("shorter", "cut-off", size=f"{size:,}", has=f"{found.size:,}")
    since = max((s for s in agreeing if s < size), default=0)
    return problem_of("history", "changed-since", first=f"{since:,}", last=f"{size - 1:,}", size=f"{size:,}")


def _two_histories(shown: Sequence[Checkpoint], found: Scan) -> list[Problem]:
    """Checkpoints that cannot both be of one ledger that only grew."""
    problems = []
    for at, first in enumerate(shown):
        for second in shown[at + 1 :]:
            small, large = sorted((first, second), key=lambda c: c.size)
            if small.origin != large.origin:
                continue
            differs = small.root != large.root
            reached = found.roots.get(large.size) == large.root and found.roots.get(small.size) != small.root
            if (differs and small.size == large.size) or (reached and small.size < large.size):
                sizes = {"small": f"{small.size:,}", "large": f"{large.size:,}"}
                problems.append(problem_of("two-histories", "two-shown", **sizes))
    return problems


def _notes(found: Scan, shown: Sequence[Checkpoint], keys: Sequence[Key]) -> tuple[Told, ...]:
    notes = []
    if not shown:
        notes.append(sentence("led-note-none"))
    elif max(c.size for c in shown) < found.size:
        newer = found.size - max(c.size for c in shown)
        notes.append(sentence("led-note-newer", n=f"{newer:,}"))
    if not any(key.kind == LOG for key in keys):
        notes.append(sentence("led-note-key"))
    if found.steps_back:
        some = ", ".join(str(n) for n in found.steps_back[:5])
        more = len(found.steps_back) - 5
        notes.append(
            sentence("led-note-back", some=some) if more <= 0 else sentence("led-note-back-more", n=more, some=some)
        )
    return tuple(notes)


@dataclass(frozen=True)
class Comparison:
    """Whether two checkpoints can be of one ledger.

    ``verdict`` is ``same``, ``grown``, ``two-histories``, ``proof-needed`` or ``not-shown``.
    """

    verdict: str
    text: str


def compare(first: Checkpoint, second: Checkpoint, proof: ConsistencyProof | None = None) -> Comparison:
    """Compare two checkpoints, without the ledger; check their signatures with ``Checkpoint.demand_log`` before.

    Two signed checkpoints of one size with unlike roots prove that two histories were shown, whoever holds the key.
    For unlike sizes a proof of growth from the smaller to the larger is needed; an honest ledger can always give it.

    Raises
    ------
    LedgerError
        If the checkpoints are of two ledgers, or the proof is of another checkpoint.
    """
    small, large = sorted((first, second), key=lambda c: c.size)
    if small.origin != large.origin:
        raise of(LedgerError, "led-two-ledgers", "", one=small.origin, other=large.origin)
    if small.size == large.size:
        if small.root == large.root:
            return Comparison("same", f"both are of the same {small.size:,} entries")
        text = f"two histories of {small.size:,} entries were signed under one name; keep both checkpoints as evidence"
        return Comparison("two-histories", text)
    if proof is None:
        text = (
            f"ask for the proof of growth from {small.size:,} to {large.size:,} entries; an honest ledger can give it"
        )
        return Comparison("proof-needed", text)
    if proof.first != small.size or proof.checkpoint.note.text != large.note.text:
        raise of(LedgerError, "led-proof-other", "", first=f"{small.size:,}", last=f"{large.size:,}")
    if proof.holds(small):
        return Comparison("grown", f"the ledger of {large.size:,} entries begins with the {small.size:,} of the other")
    text = f"the proof does not show that the {large.size:,} entries begin with the {small.size:,}: ask once more, and "
    return Comparison("not-shown", text + "keep checkpoints and answers as evidence: an honest ledger has such a proof")
