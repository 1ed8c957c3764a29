"""The tree against the recursive definitions of RFC 6962, section 2.1, written out as they stand there."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.ledger import merkle

# The eight inputs and roots that implementations of Certificate Transparency share as test data.
KNOWN_LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
KNOWN_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SIZES = 131


def mth(leaves: Sequence[bytes]) -> bytes:
    """MTH(D[n])."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = power_below(len(leaves))
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def power_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path_of(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n])."""
    if len(leaves) == 1:
        return []
    k = power_below(len(leaves))
    if m < k:
        return [*path_of(m, leaves[:k]), mth(leaves[k:])]
    return [*path_of(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: Sequence[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b)."""
    n = len(leaves)
    if m == n:
        return [] if whole else [mth(leaves)]
    k = power_below(n)
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


class Stored:
    """Hashes as a store keeps them."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.list: list[bytes] = []
        self.frontier = merkle.Frontier()
        for leaf in leaves:
            self.list += self.frontier.add(merkle.leaf_hash(leaf))

    def read(self, places: Sequence[int]) -> list[bytes]:
        return [self.list[place] for place in places]


def leaves(count: int) -> list[bytes]:
    return [b"entry %d" % number for number in range(count)]


def test_roots_of_the_shared_test_data() -> None:
    for size, root in enumerate(KNOWN_ROOTS, start=1):
        assert Stored(KNOWN_LEAVES[:size]).frontier.root().hex() == root
        assert mth(KNOWN_LEAVES[:size]).hex() == root


def test_root_of_every_size_is_the_recursive_one_appended_or_read_back() -> None:
    everything = leaves(SIZES)
    store = Stored(everything)
    growing = merkle.Frontier()
    assert growing.root() == mth([])
    for size in range(SIZES + 1):
        expected = mth(everything[:size])
        assert growing.root() == expected
        assert merkle.root(store.read, size) == expected
        assert merkle.stored(size) == len(Stored(everything[:size]).list)
        if size < SIZES:
            growing.add(merkle.leaf_hash(everything[size]))


def test_a_frontier_read_back_from_the_store_appends_like_the_one_that_wrote_it() -> None:
    everything = leaves(SIZES)
    store = Stored(everything)
    for size in range(SIZES):
        again = merkle.Frontier(size, store.read(merkle.peak_places(size)))
        new = again.add(merkle.leaf_hash(everything[size]))
        assert new == store.list[merkle.stored(size) : merkle.stored(size + 1)]


def test_every_inclusion_path_is_the_recursive_one_and_leads_to_the_root() -> None:
    everything = leaves(SIZES)
    store = Stored(everything)
    for size in [*range(1, 34), 63, 64, 65, 100, 127, 128, 129, SIZES]:
        root = mth(everything[:size])
        for number in range(size):
            path = merkle.inclusion(store.read, number, size)
            assert path == path_of(number, everything[:size])
            assert merkle.root_of_inclusion(merkle.leaf_hash(everything[number]), number, size, path) == root


def test_every_consistency_proof_is_the_recursive_one_and_is_accepted() -> None:
    everything = leaves(SIZES)
    store = Stored(everything)
    for size in [*range(1, 34), 63, 64, 65, 100, 127, 128, 129, SIZES]:
        root = mth(everything[:size])
        for first in range(1, size + 1):
            proof = merkle.consistency(store.read, first, size)
            assert proof == subproof(first, everything[:size], True)
            assert merkle.is_consistent(first, mth(everything[:first]), size, root, proof)


@given(st.data())
def test_no_path_leads_to_the_root_for_another_leaf_place_or_size(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, SIZES))
    number = data.draw(st.integers(0, size - 1))
    everything = leaves(size)
    store = Stored(everything)
    path = merkle.inclusion(store.read, number, size)
    root = merkle.root(store.read, size)
    leaf = merkle.leaf_hash(everything[number])
    other = data.draw(st.integers(0, size - 1).filter(lambda at: at != number))
    assert merkle.root_of_inclusion(merkle.leaf_hash(everything[other]), number, size, path) != root
    assert merkle.root_of_inclusion(leaf, other, size, path) != root
    assert merkle.root_of_inclusion(leaf, number, size, path[:-1]) != root
    assert merkle.root_of_inclusion(leaf, number, size, [*path, leaf]) != root
    bad = data.draw(st.integers(0, len(path) - 1))
    assert merkle.root_of_inclusion(leaf, number, size, [*path[:bad], leaf, *path[bad + 1 :]]) != root
    assert merkle.root_of_inclusion(leaf, size, size, path) is None
    assert merkle.root_of_inclusion(leaf, -1, size, path) is None


@given(st.data())
def test_no_proof_makes_a_changed_beginning_consistent(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, SIZES))
    first = data.draw(st.integers(1, size - 1))
    everything = leaves(size)
    changed = data.draw(st.integers(0, first - 1))
    store = Stored(everything)
    forged_leaves = [*everything[:changed], b"other", *everything[changed + 1 :]]
    forged = Stored(forged_leaves)
    before, after = mth(everything[:first]), mth(everything)
    honest = merkle.consistency(store.read, first, size)
    for proof in (honest, merkle.consistency(forged.read, first, size)):
        assert not merkle.is_consistent(first, before, size, mth(forged_leaves), proof)
    assert not merkle.is_consistent(first, before, size, after, honest[:-1])
    assert not merkle.is_consistent(first, before, size, after, [*honest, before])
    assert not merkle.is_consistent(size, after, first, before, honest)


@given(st.integers(1, SIZES), st.integers(1, SIZES), st.lists(st.binary(min_size=32, max_size=32), max_size=9))
def test_a_made_up_proof_is_refused_and_never_raises(first: int, size: int, proof: list[bytes]) -> None:
    before, after = merkle.leaf_hash(b"before"), merkle.leaf_hash(b"after")
    assert not merkle.is_consistent(first, before, size, after, proof)


def test_an_empty_tree_begins_every_tree_and_nothing_else_does_so_without_proof() -> None:
    store = Stored(leaves(5))
    root = merkle.root(store.read, 5)
    assert merkle.consistency(store.read, 0, 5) == []
    assert merkle.is_consistent(0, merkle.EMPTY_ROOT, 5, root, [])
    assert not merkle.is_consistent(0, root, 5, root, [])
    assert not merkle.is_consistent(0, merkle.EMPTY_ROOT, 5, root, [root])
    assert not merkle.is_consistent(3, mth(leaves(3)), 5, root, [])


@pytest.mark.parametrize(("number", "size"), [(5, 5), (-1, 5), (0, 0)])
def test_a_path_for_a_leaf_that_is_not_there_is_refused(number: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion(Stored(leaves(5)).read, number, size)


@pytest.mark.parametrize(("first", "size"), [(6, 5), (-1, 5)])
def test_a_proof_from_a_larger_tree_is_refused(first: int, size: int) -> None:
    with pytest.raises(ValueError, match="before it"):
        merkle.consistency(Stored(leaves(5)).read, first, size)
