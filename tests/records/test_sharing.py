"""Two of three, by brute force over the whole field."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.records.sharing import PARTS, inverse, join, split, times


def slow_times(a: int, b: int) -> int:
    """The product by the textbook: multiply the polynomials, then divide by x^8 + x^4 + x^3 + x + 1."""
    product = 0
    for i in range(8):
        if b >> i & 1:
            product ^= a << i
    for i in range(15, 7, -1):
        if product >> i & 1:
            product ^= 0x11B << (i - 8)
    return product


def test_products_are_those_of_the_field() -> None:
    assert all(times(a, b) == slow_times(a, b) for a in range(256) for b in range(256))
    assert times(0x57, 0x83) == 0xC1  # the worked example of FIPS 197, section 4.2


def test_every_element_but_zero_has_its_inverse() -> None:
    assert all(times(a, inverse(a)) == 1 for a in range(1, 256))
    with pytest.raises(ZeroDivisionError):
        inverse(0)


@pytest.mark.parametrize("pair", list(permutations(range(3), 2)))
def test_every_pair_gives_every_secret_back(pair: tuple[int, int]) -> None:
    everything = bytes(range(256))
    i, j = pair
    for slope in range(256):
        parts = split(everything, bytes([slope]) * 256)
        assert join([(PARTS[i], parts[i]), (PARTS[j], parts[j])]) == everything


@pytest.mark.parametrize("part", range(3))
def test_one_part_fits_every_secret_equally_well(part: int) -> None:
    """For each secret, the 256 slopes give each value of the part exactly once: the part is independent of it."""
    slopes = bytes(range(256))
    for secret in range(256):
        assert sorted(split(bytes([secret]) * 256, slopes)[part]) == list(range(256))


def test_slopes_are_drawn_anew_and_cover_the_field() -> None:
    """65,536 parts of one secret: each of 256 values is seen, none more than twice as often as expected.

    Counts are Poisson with mean 256: a count of 512 or of 0 has a chance far below 1e-30.
    """
    part = split(bytes(65536))[0]
    counts = [part.count(value) for value in range(256)]
    assert min(counts) > 0
    assert max(counts) < 512
    assert split(bytes(32)) != split(bytes(32))


@given(st.binary(min_size=1, max_size=64))
def test_any_length_comes_back(secret: bytes) -> None:
    first, second, third = split(secret)
    assert join([(3, third), (1, first)]) == secret
    assert join([(2, second), (3, third)]) == secret


@pytest.mark.parametrize("parts", [[(1, b"ab"), (1, b"ab")], [(1, b"ab"), (2, b"a")], [(0, b"a"), (1, b"a")]])
def test_what_are_not_two_parts_is_refused(parts: list[tuple[int, bytes]]) -> None:
    with pytest.raises(ValueError):
        join(parts)
