"""Two of three: a secret split so that any two parts give it back and one part says nothing about it.

Shamir's scheme (1979) over the field of 256 elements, each byte on its own: part x is ``secret + slope * x`` with a
slope drawn anew, uniformly and zero among the possibilities, so that one part fits every secret equally well.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

PARTS = (1, 2, 3)
"""The numbers of the three parts; 0 would be the secret itself."""


def times(a: int, b: int) -> int:
    """The product of two elements of GF(256), modulo x^8 + x^4 + x^3 + x + 1."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = a << 1 ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def inverse(a: int) -> int:
    """The element that gives 1 with ``a``: its 254th power.

    Raises
    ------
    ZeroDivisionError
        For 0, which has none.
    """
    if a == 0:
        raise ZeroDivisionError("0 has no inverse")
    result = 1
    for bit in bin(254)[2:]:
        result = times(result, result)
        if bit == "1":
            result = times(result, a)
    return result


def split(secret: bytes, slope: bytes | None = None) -> tuple[bytes, bytes, bytes]:
    """The three parts of ``secret``, in the order of ``PARTS``. ``slope`` is given only by tests."""
    slope = secrets.token_bytes(len(secret)) if slope is None else slope
    first, second, third = (bytes(s ^ times(a, x) for s, a in zip(secret, slope, strict=True)) for x in PARTS)
    return first, second, third


def join(parts: Sequence[tuple[int, bytes]]) -> bytes:
    """The secret, from two parts given as (number, bytes).

    Raises
    ------
    ValueError
        If there are not two different parts of one length.
    """
    (x, a), (y, b) = parts
    if x == y or not {x, y} <= set(PARTS) or len(a) != len(b):
        raise ValueError("two different parts of one secret are needed")
    # The line through both points at 0; subtraction is addition in this field.
    left, right = times(y, inverse(x ^ y)), times(x, inverse(x ^ y))
    return bytes(times(p, left) ^ times(q, right) for p, q in zip(a, b, strict=True))
