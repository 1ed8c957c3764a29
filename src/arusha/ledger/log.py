"""The ledger: events go in, checkpoints and proofs come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from arusha.language.told import error as error_of
from arusha.ledger import merkle
from arusha.ledger.checkpoint import Checkpoint, ConsistencyProof, InclusionProof, sign
from arusha.ledger.contents import Contents
from arusha.ledger.entry import Entry, Event, Part, make
from arusha.ledger.note import LOG, Key, Signer
from arusha.ledger.problems import ChangedError, LedgerError
from arusha.ledger.scan import scan
from arusha.ledger.store import Store, create_store, open_store

EXPUNGED = "content.expunged"


@dataclass(frozen=True)
class Recorded:
    """An entry and its place in the ledger, counted from 0."""

    number: int
    entry: Entry


@dataclass(frozen=True)
class ContentsCheck:
    """Contents held against the ledger; a part is named by its entry's number and its own name.

    ``kept`` parts open their commitments; ``expunged`` ones are gone and an entry says so; ``lost`` ones are gone and
    none does; ``changed`` ones do not open their commitments; ``unfinished`` ones are recorded as expunged and still
    there (a crash: expunge again). ``unrecorded`` are commitments of content that no entry holds, left by a crash
    before its event was recorded.
    """

    kept: int
    expunged: int
    lost: tuple[tuple[int, str], ...]
    changed: tuple[tuple[int, str], ...]
    unfinished: tuple[tuple[int, str], ...]
    unrecorded: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was lost or changed."""
        return not (self.lost or self.changed)


class Ledger:
    """A tamper-evident record of what was done.

    Parameters
    ----------
    store
        Where entries are; see ``open`` and ``create``.
    contents
        Where content and salts are, apart from the ledger; without it events that carry content are refused.
    """

    def __init__(self, store: Store, contents: Contents | None = None) -> None:
        self.store = store
        self.contents = contents

    @classmethod
    def create(cls, path: Path | str, origin: str, contents: Contents | None = None) -> Ledger:
        """Make an empty ledger: an SQLite file where the name ends in .db or .sqlite, else a folder.

        ``origin`` names it in every checkpoint, and its signing key bears the same name: ``customs.example/ledger``.

        Raises
        ------
        LedgerError
            If something is there already, or the name cannot be used.
        """
        return cls(create_store(path, origin), contents)

    @classmethod
    def open(cls, path: Path | str, contents: Contents | None = None) -> Ledger:
        """Open a ledger. Nothing is verified yet: see ``arusha.ledger.verification``.

        Raises
        ------
        LedgerError
            If there is none.
        """
        return cls(open_store(path), contents)

    @property
    def origin(self) -> str:
        """The ledger's name."""
        return self.store.origin

    def __len__(self) -> int:
        return self.store.size()

    def record(self, *events: Event) -> tuple[Recorded, ...]:
        """Record events, all or none; they are on the disk when this returns.

        Content is kept first. A crash in between leaves content that no entry commits to (see ``check_contents``),
        never an entry whose content was lost.

        Raises
        ------
        LedgerError
            If an event cannot be recorded as it is; then none is.
        ChangedError
            If the stored hashes are not those of a ledger of this size.
        """
        made = [make(event) for event in events]
        if any(event.kind == EXPUNGED for event in events):
            raise LedgerError(f"{EXPUNGED} is recorded where content is expunged", remedy="use expunge")
        return self._record(made)

    def _record(self, made: Sequence[tuple[Entry, tuple[Part, ...]]]) -> tuple[Recorded, ...]:
        parts = [p for _, some in made for p in some]
        if parts:
            self._contents().keep(parts)
        with self.store.appending() as add:
            size = self.store.size()
            frontier = merkle.Frontier(size, self.store.hashes(merkle.peak_places(size)))
            lines = [entry.line() for entry, _ in made]
            add(lines, [node for line in lines for node in frontier.add(merkle.leaf_hash(line))])
        return tuple(Recorded(size + at, entry) for at, (entry, _) in enumerate(made))

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[Recorded]:
        """Entries from ``start`` to before ``stop``.

        Raises
        ------
        LedgerError
            If a line is not an entry.
        """
        for number, line in enumerate(self.store.entries(start, stop), start=start):
            yield Recorded(number, Entry.parse(line))

    def entry(self, number: int) -> Recorded:
        """One entry.

        Raises
        ------
        LedgerError
            If there is none at that place.
        """
        for found in self.entries(number, number + 1) if number >= 0 else ():
            return found
        raise self._no_entry(number)

    def content(self, number: int) -> dict[str, Part | None]:
        """The parts of an entry by name; none where a part was expunged.

        Raises
        ------
        ChangedError
            If what is kept is not what was recorded.
        """
        commitments = self.entry(number).entry.parts
        return {name: self._contents().get(value) for name, value in commitments.items()}

    def expunge(self, number: int, actor: str, names: Iterable[str] | None = None) -> Recorded:
        """Delete the content and salts of an entry, for all or some parts, and record that it was done.

        The record is made first: after a crash in between, expunging again finishes the deletion.

        Raises
        ------
        LedgerError
            If the entry has no such part.
        """
        commitments = self.entry(number).entry.parts
        chosen = sorted(commitments if names is None else names)
        if not chosen or not set(chosen) <= set(commitments):
            raise error_of(
                LedgerError, "led-no-part", "led-its-parts", n=number, known=", ".join(commitments) or "none"
            )
        contents = self._contents()
        subjects = (f"entry:{number}", *(f"part:{name}" for name in chosen))
        (recorded,) = self._record([make(Event(EXPUNGED, actor, subjects))])
        for name in chosen:
            contents.expunge(commitments[name])
        return recorded

    def check_contents(self) -> ContentsCheck:
        """Hold the contents against the ledger: what is there, what was expunged and recorded so, and what is lost."""
        contents = self._contents()
        kept = set(contents.commitments())
        known: set[str] = set()
        expunged: set[tuple[int, str]] = set()
        parts: dict[tuple[int, str], str] = {}
        for recorded in self.entries():
            entry = recorded.entry
            parts.update({(recorded.number, name): value for name, value in entry.parts.items()})
            known.update(entry.parts.values())
            if entry.kind == EXPUNGED:
                expunged |= _expunged(entry)
        changed = []
        for where, value in parts.items():
            if value in kept:
                try:
                    contents.get(value)
                except ChangedError:
                    changed.append(where)
        absent = {where for where, value in parts.items() if value not in kept}
        return ContentsCheck(
            kept=len(parts) - len(absent) - len(changed),
            expunged=len(absent & expunged),
            lost=tuple(sorted(absent - expunged)),
            changed=tuple(sorted(changed)),
            unfinished=tuple(sorted((expunged & set(parts)) - absent)),
            unrecorded=tuple(sorted(kept - known)),
        )

    def root(self, size: int | None = None) -> bytes:
        """Root of the first ``size`` entries, from the stored hashes."""
        return merkle.root(self.store.hashes, len(self) if size is None else self._sized(size))

    def checkpoint(self, signer: Signer) -> Checkpoint:
        """Read all entries again, sign the size and root that they give, and keep the checkpoint in the ledger.

        A checkpoint of the same size that is kept already is returned with its witnesses' lines. Reading takes some
        half a minute a million entries.

        Raises
        ------
        LedgerError
            If the key is not this ledger's.
        ChangedError
            If the entries contradict the stored hashes or a checkpoint kept in the ledger: nothing is signed then.
        """
        if signer.key.kind != LOG or signer.key.name != self.origin:
            raise error_of(LedgerError, "led-key-other", "led-key-made", name=signer.key.name, origin=self.origin)
        kept = [Checkpoint.parse(text) for text in self.store.checkpoints()]
        size = len(self)
        found = scan(self.store, size, [c.size for c in kept])
        for problem in found.problems:
            raise error_of(ChangedError, "led-unsigned", "led-verify-keep", where=self.store.where, why=problem.text)
        for before in kept:
            if found.roots.get(before.size) != before.root:
                raise _contradicts(before, self.store.where)
        made = sign(self.origin, size, found.root, signer)
        for before in kept:
            if before.note.text == made.note.text:
                made = made.with_lines(before.note.lines)
        self.store.keep_checkpoint(size, str(made))
        return made

    def add_cosignatures(self, cosigned: Checkpoint, keys: Iterable[Key]) -> Checkpoint:
        """Keep the lines of witnesses with the ledger's own checkpoint of that size.

        Raises
        ------
        ChangedError
            If a line of a given key does not hold, or it stands under another text than the ledger signed.
        LedgerError
            If the ledger has signed no checkpoint of that size.
        """
        lines = cosigned.note.lines_of(keys)
        own = {c.size: c for c in map(Checkpoint.parse, self.store.checkpoints())}.get(cosigned.size)
        if own is None:
            raise error_of(LedgerError, "led-no-checkpoint", "", where=self.store.where, size=f"{cosigned.size:,}")
        if own.note.text != cosigned.note.text:
            raise _contradicts(cosigned, self.store.where)
        merged = own.with_lines(lines)
        self.store.keep_checkpoint(own.size, str(merged))
        return merged

    def prove_entry(self, number: int, checkpoint: Checkpoint) -> InclusionProof:
        """That an entry stands at its place in the ledger of a checkpoint.

        Raises
        ------
        LedgerError
            If the checkpoint is older than the entry.
        ChangedError
            If the ledger is not the one that the checkpoint was made of.
        """
        size = self._of(checkpoint)
        if not 0 <= number < size:
            raise self._no_entry(number, size)
        (line,) = self.store.entries(number, number + 1)
        proof = InclusionProof(line, number, tuple(merkle.inclusion(self.store.hashes, number, size)), checkpoint)
        if not proof.holds():
            raise _contradicts(checkpoint, self.store.where)
        return proof

    def prove_growth(self, first: int, checkpoint: Checkpoint) -> ConsistencyProof:
        """That the ledger of a checkpoint begins with its first ``first`` entries as they were.

        Raises
        ------
        LedgerError
            If the checkpoint is older than that.
        ChangedError
            If the ledger is not the one that the checkpoint was made of.
        """
        size = self._of(checkpoint)
        if not 0 <= first <= size:
            raise error_of(LedgerError, "led-fewer", "", size=f"{size:,}", first=f"{first:,}")
        return ConsistencyProof(first, tuple(merkle.consistency(self.store.hashes, first, size)), checkpoint)

    def _of(self, checkpoint: Checkpoint) -> int:
        if checkpoint.origin != self.origin:
            raise error_of(LedgerError, "led-checkpoint-of", "", other=checkpoint.origin, origin=self.origin)
        if checkpoint.size > len(self) or self.root(checkpoint.size) != checkpoint.root:
            raise _contradicts(checkpoint, self.store.where)
        return checkpoint.size

    def _sized(self, size: int) -> int:
        if not 0 <= size <= len(self):
            raise error_of(LedgerError, "led-sized", "", where=self.store.where, n=f"{len(self):,}", size=f"{size:,}")
        return size

    def _contents(self) -> Contents:
        if self.contents is None:
            raise error_of(LedgerError, "led-no-contents", "led-with-contents", where=self.store.where)
        return self.contents

    def _no_entry(self, number: int, size: int | None = None) -> LedgerError:
        size = len(self) if size is None else size
        if not size:
            return error_of(LedgerError, "led-no-entries", "", where=self.store.where)
        return error_of(LedgerError, "led-no-entry", "", where=self.store.where, n=number, last=size - 1)


def _expunged(entry: Entry) -> set[tuple[int, str]]:
    """The parts that an entry says were expunged."""
    of = [s.removeprefix("entry:") for s in entry.subjects if s.startswith("entry:")]
    names = [s.removeprefix("part:") for s in entry.subjects if s.startswith("part:")]
    return {(int(number), name) for number in of if number.isdigit() for name in names}


def _contradicts(checkpoint: Checkpoint, where: str) -> ChangedError:
    return error_of(ChangedError, "led-contradicts", "led-verify-against", where=where, size=f"{checkpoint.size:,}")
