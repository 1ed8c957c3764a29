"""The Merkle tree of RFC 6962, section 2: roots, paths, and what an append adds to the stored hashes.

A tree of n leaves keeps 2n - popcount(n) hashes in one sequence that only grows: each leaf's hash, followed by the
hashes of the subtrees that it completes. A node's place in the sequence follows from its level and number alone, so
that a store is a flat list, an append reads at most log2(n) hashes, and a proof reads a few dozen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

Hashes = Callable[[Sequence[int]], list[bytes]]
"""Reads stored hashes by their places in the sequence."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash of an entry: SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an interior node: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def stored(size: int) -> int:
    """How many hashes a tree of ``size`` leaves keeps."""
    return 2 * size - size.bit_count()


def place(level: int, number: int) -> int:
    """Place of the complete subtree over leaves ``number << level`` to ``(number + 1) << level`` (exclusive)."""
    last = ((number + 1) << level) - 1
    return stored(last) + level


def peak_places(size: int) -> list[int]:
    """Places of the complete subtrees that make up a tree of ``size`` leaves, widest first."""
    places, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            places.append(place(level, start >> level))
            start += 1 << level
    return places


@dataclass
class Frontier:
    """The few hashes that suffice to append to a tree and to state its root.

    ``peaks`` are the roots of the complete subtrees that make up the tree, widest first.
    """

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> list[bytes]:
        """Append a leaf's hash; return the hashes to store, in order."""
        new = [leaf]
        for _ in range(_trailing_ones(self.size)):
            new.append(node_hash(self.peaks.pop(), new[-1]))
        self.peaks.append(new[-1])
        self.size += 1
        return new

    def root(self) -> bytes:
        """Root of the tree; SHA-256 of nothing where it is empty."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def _trailing_ones(number: int) -> int:
    return (~number & (number + 1)).bit_length() - 1


def root(hashes: Hashes, size: int) -> bytes:
    """Root of the first ``size`` leaves, from stored hashes."""
    return Frontier(size, hashes(peak_places(size))).root()


def _range_hash(hashes: Hashes, start: int, stop: int) -> bytes:
    """Hash of the subtree over leaves ``start`` to ``stop``; a power of two at least as wide divides ``start``."""
    places, at = [], start
    for level in reversed(range((stop - start).bit_length())):
        if (stop - start) >> level & 1:
            places.append(place(level, at >> level))
            at += 1 << level
    return Frontier(stop - start, hashes(places)).root()


def _split(width: int) -> int:
    """Largest power of two below ``width``."""
    return 1 << (width - 1).bit_length() - 1


def inclusion(hashes: Hashes, number: int, size: int) -> list[bytes]:
    """Audit path of leaf ``number`` in the tree of ``size`` leaves (RFC 6962, 2.1.1), from the leaf upwards."""
    if not 0 <= number < size:
        raise ValueError(f"no leaf {number} in a tree of {size}")
    path, start, stop = [], 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if number < middle:
            path.append(_range_hash(hashes, middle, stop))
            stop = middle
        else:
            path.append(_range_hash(hashes, start, middle))
            start = middle
    return path[::-1]


def consistency(hashes: Hashes, first: int, size: int) -> list[bytes]:
    """Proof that a tree of ``size`` leaves begins with that of ``first`` (RFC 6962, 2.1.2); empty at 0 and at size."""
    if not 0 <= first <= size:
        raise ValueError(f"a tree of {size} leaves has none of {first} before it")
    if first in (0, size):
        return []
    path, start, stop, whole = [], 0, size, True
    while first != stop:
        middle = start + _split(stop - start)
        if first <= middle:
            path.append(_range_hash(hashes, middle, stop))
            stop = middle
        else:
            path.append(_range_hash(hashes, start, middle))
            start, whole = middle, False
    return [*([] if whole else [_range_hash(hashes, start, stop)]), *path[::-1]]


def root_of_inclusion(leaf: bytes, number: int, size: int, path: Iterable[bytes]) -> bytes | None:
    """Root that an audit path leads to; none where the path has the wrong length (RFC 9162, 2.1.3.2)."""
    if not 0 <= number < size:
        return None
    at, last, result = number, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            result = node_hash(sibling, result)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        at, last = at >> 1, last >> 1
    return result if last == 0 else None


def is_consistent(first: int, first_root: bytes, size: int, size_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether a proof shows that the larger tree begins with the smaller one (RFC 9162, 2.1.4.2)."""
    if first == 0:
        return not path and first_root == EMPTY_ROOT
    if first == size:
        return not path and first_root == size_root
    if not 0 < first < size:
        return False
    at, last = first - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    rest = list(path)
    if at == 0:
        old = new = first_root
    elif rest:
        old = new = rest.pop(0)
    else:
        return False
    for sibling in rest:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == size_root
