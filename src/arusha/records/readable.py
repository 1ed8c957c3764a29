"""Text that people copy by hand: 32 characters without I, L, O and U, in groups of four."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Each character stands for five bits. I and L would be read as 1, O as 0, and U as V."""

PSEUDONYM: Final = re.compile(f"[PTR](-[{ALPHABET}]{{4}}){{3}}")
"""How a pseudonym is written. What is written like one need not be one: only a load knows which it made."""

_VALUES = {c: i for i, c in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}


def to_groups(data: bytes, size: int = 4) -> str:
    """``data`` as readable text; the last character is padded with zero bits."""
    bits = len(data) * 8
    chars = -(-bits // 5)
    number = int.from_bytes(data, "big") << (chars * 5 - bits)
    text = "".join(ALPHABET[number >> (5 * i) & 31] for i in reversed(range(chars)))
    return "-".join(text[i : i + size] for i in range(0, chars, size))


def from_groups(text: str, length: int) -> bytes:
    """The ``length`` bytes that ``text`` stands for. Case, spaces and hyphens do not count; O reads as 0, I and L as 1.

    Raises
    ------
    ValueError
        If the text has other characters or another length.
    """
    plain = [c for c in text.upper() if c not in "- \t\r\n"]
    chars = -(-length * 8 // 5)
    if len(plain) != chars or any(c not in _VALUES for c in plain):
        raise ValueError("not readable text of the expected length")
    number = 0
    for c in plain:
        number = number << 5 | _VALUES[c]
    spare = chars * 5 - length * 8
    if number & ((1 << spare) - 1):
        raise ValueError("not readable text of the expected length")
    return (number >> spare).to_bytes(length, "big")


def groups_of_60_bits(digests: bytes) -> npt.NDArray[np.str_]:
    """For each eight bytes of ``digests``, their first 60 bits as ``XXXX-XXXX-XXXX``."""
    numbers = np.frombuffer(digests, dtype=">u8").astype(np.uint64) >> np.uint64(4)
    letters = np.array([ord(c) for c in ALPHABET], dtype=np.uint32)
    text = np.full((numbers.size, 14), ord("-"), dtype=np.uint32)
    for i in range(12):
        text[:, i + i // 4] = letters[(numbers >> np.uint64(55 - 5 * i)) & np.uint64(31)]
    return text.view("U14").ravel()
