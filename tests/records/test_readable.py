"""Text that people copy by hand comes back, whatever they confuse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.records.readable import ALPHABET, from_groups, groups_of_60_bits, to_groups


def test_the_alphabet_has_no_look_alikes() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


@given(st.binary(min_size=1, max_size=40))
def test_bytes_come_back_from_sloppy_copies(data: bytes) -> None:
    text = to_groups(data)
    assert from_groups(text, len(data)) == data
    sloppy = text.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert from_groups(sloppy, len(data)) == data


@given(st.lists(st.binary(min_size=8, max_size=8), max_size=20))
def test_sixty_bits_are_the_first_twelve_characters(digests: list[bytes]) -> None:
    expected = [to_groups(d)[:14] for d in digests]
    assert groups_of_60_bits(b"".join(digests)).tolist() == expected


@pytest.mark.parametrize("text", ["", "ABC", "ABCD-EFG!", "ABCD-EFGU"])
def test_wrong_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_groups(text, 5)


def test_padding_that_was_changed_is_refused() -> None:
    assert from_groups("00", 1) == b"\x00"
    with pytest.raises(ValueError):
        from_groups("01", 1)
