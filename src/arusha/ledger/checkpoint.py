"""Checkpoints: the ledger's size and root, signed (C2SP tlog-checkpoint), and the proofs that travel with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from arusha.language.told import error as of
from arusha.ledger import merkle
from arusha.ledger.note import LOG, WITNESS, Key, Note, Signed, Signer, decode, encode
from arusha.ledger.problems import ChangedError, LedgerError

_INCLUSION = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Checkpoint:
    """What a signed note says of a ledger: its name (origin), and the root (32 bytes) of its first ``size`` entries."""

    origin: str
    size: int
    root: bytes
    note: Note

    def __str__(self) -> str:
        return str(self.note)

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read a checkpoint; its signatures are checked by ``signed_by``.

        Raises
        ------
        LedgerError
            If it is not a checkpoint.
        """
        note = Note.parse(text)
        lines = note.text.split("\n")[:-1]
        size = _number(lines[1]) if len(lines) >= 3 else None
        root = decode(lines[2], merkle.HASH_BYTES) if len(lines) >= 3 else None
        if size is None or root is None or not all(lines):
            raise of(LedgerError, "led-checkpoint-not", "led-checkpoint-file")
        return cls(lines[0], size, root, note)

    @classmethod
    def read(cls, source: Path | str) -> Checkpoint:
        """Read a checkpoint from a file.

        Raises
        ------
        LedgerError
            If there is none.
        """
        try:
            return cls.parse(Path(source).read_text("utf-8"))
        except OSError as problem:
            raise of(
                LedgerError, "led-checkpoint-unread", "file-you-may", where=str(source), why=str(problem.strerror)
            ) from problem
        except (UnicodeDecodeError, LedgerError) as problem:
            if isinstance(problem, LedgerError):
                raise LedgerError(
                    problem.problem, where=str(source), remedy=problem.remedy, told=problem.told
                ) from problem
            raise of(LedgerError, "led-not-text", "led-checkpoint-file", where=str(source)) from problem

    def signed_by(self, keys: Iterable[Key]) -> tuple[Signed, ...]:
        """The given keys whose signatures hold. A key of the log counts only where its name is the origin.

        Raises
        ------
        ChangedError
            If a given key's signature does not hold.
        """
        signed = self.note.signed_by(keys)
        return tuple(s for s in signed if s.key.kind == WITNESS or s.key.name == self.origin)

    def demand_log(self, keys: Iterable[Key]) -> tuple[Signed, ...]:
        """``signed_by``, where one of the keys is the ledger's and has signed.

        Raises
        ------
        ChangedError
            If no given key of the ledger has signed.
        """
        keys = tuple(keys)
        signed = self.signed_by(keys)
        if not any(s.key.kind == LOG for s in signed):
            names = ", ".join(str(k.name) for k in keys if k.kind == LOG) or "none was given"
            raise of(ChangedError, "led-checkpoint-unsigned", "led-compare-key", origin=self.origin, names=names)
        return signed

    def cosigned(self, signer: Signer, time: int) -> Checkpoint:
        """The checkpoint with a further signature line."""
        return self.with_lines([signer.sign(self.note.text, time)])

    def with_lines(self, lines: Iterable[str]) -> Checkpoint:
        """The checkpoint with further signature lines over the same text."""
        return Checkpoint(self.origin, self.size, self.root, self.note.with_lines(lines))


def sign(origin: str, size: int, root: bytes, signer: Signer) -> Checkpoint:
    """A checkpoint signed by the ledger's key, whose name is the origin."""
    text = f"{origin}\n{size}\n{encode(root)}\n"
    return Checkpoint(origin, size, root, Note(text, (signer.sign(text, 0),)))


@dataclass(frozen=True)
class ConsistencyProof:
    """That the ledger of ``checkpoint`` begins with its first ``first`` entries unchanged: what a witness asks for.

    Written as the body of a C2SP tlog-witness add-checkpoint request: ``old N``, hashes, an empty line, the checkpoint.
    """

    first: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint

    def __str__(self) -> str:
        return f"old {self.first}\n" + _lines(self.path) + "\n" + str(self.checkpoint)

    @classmethod
    def parse(cls, text: str) -> ConsistencyProof:
        """Read a proof.

        Raises
        ------
        LedgerError
            If it is not one.
        """
        head, path, checkpoint = _proof(text, "consistency")
        first = _number(head[0].removeprefix("old ")) if len(head) == 1 and head[0].startswith("old ") else None
        if first is None:
            raise of(LedgerError, "led-consistency", "")
        return cls(first, path, checkpoint)

    def holds(self, earlier: Checkpoint) -> bool:
        """Whether the earlier checkpoint is a beginning of this one."""
        later = self.checkpoint
        return (
            earlier.origin == later.origin
            and earlier.size == self.first
            and merkle.is_consistent(self.first, earlier.root, later.size, later.root, self.path)
        )


@dataclass(frozen=True)
class InclusionProof:
    """That an entry stands at place ``number`` (from 0) of the ledger of ``checkpoint`` (C2SP tlog-proof).

    ``entry`` is the entry's line; it travels as the proof's extra data.
    """

    entry: bytes
    number: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint

    def __str__(self) -> str:
        head = f"{_INCLUSION}\nextra {encode(self.entry)}\nindex {self.number}\n"
        return head + _lines(self.path) + "\n" + str(self.checkpoint)

    @classmethod
    def parse(cls, text: str) -> InclusionProof:
        """Read a proof.

        Raises
        ------
        LedgerError
            If it is not one.
        """
        head, path, checkpoint = _proof(text, "inclusion")
        words = [line.partition(" ") for line in head]
        entry = number = None
        if [w[0] for w in words] == [_INCLUSION, "extra", "index"]:
            entry, number = decode(words[1][2]), _number(words[2][2])
        if entry is None or number is None:
            raise of(LedgerError, "led-inclusion", "", first=_INCLUSION)
        return cls(entry, number, path, checkpoint)

    def holds(self) -> bool:
        """Whether the path leads from the entry to the checkpoint's root."""
        leaf = merkle.leaf_hash(self.entry)
        return merkle.root_of_inclusion(leaf, self.number, self.checkpoint.size, self.path) == self.checkpoint.root


def _number(text: str) -> int | None:
    good = text.isascii() and text.isdigit() and len(text) < 19 and (text == "0" or text[0] != "0")
    return int(text) if good else None


def _lines(path: Sequence[bytes]) -> str:
    return "".join(encode(node) + "\n" for node in path)


def _proof(text: str, what: str) -> tuple[list[str], tuple[bytes, ...], Checkpoint]:
    """Split a proof into its head lines, its hashes and its checkpoint."""
    above, gap, below = text.replace("\r\n", "\n").partition("\n\n")
    lines = above.split("\n")
    hashes: list[bytes] = []
    while lines and (node := decode(lines[-1], merkle.HASH_BYTES)) is not None:
        hashes.insert(0, node)
        lines.pop()
    if not gap or not lines or len(hashes) > 128:
        raise of(LedgerError, f"led-proof-{what}", "led-proof-file")
    return lines, tuple(hashes), Checkpoint.parse(below)
