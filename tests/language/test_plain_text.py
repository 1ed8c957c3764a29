"""Text from elsewhere turns nothing that stands around it."""

from __future__ import annotations

import pytest

from arusha.charts.drawing import isolate, left_to_right
from arusha.language import Catalogue, languages
from arusha.language.plain_text import plain, settled

OURS = ["Port of Lamu", "ميناء", "a\u200cb", "1\u202f000", left_to_right("P-1"), isolate(left_to_right("P-1")), "a\nb"]


@pytest.mark.parametrize("text", OURS)
def test_what_isolates_itself_in_full_stays(text: str) -> None:
    assert settled(text) == text


@pytest.mark.parametrize(
    "text", ["\u202egpj", "a\u2069b", "\u2067a", "\u2069\u2068", "a\x1b[2Jb", "\u2066a\u202e\u2069"]
)
def test_what_would_turn_the_line_is_written_out(text: str) -> None:
    for made in (settled(text), plain(text)):
        assert made.isprintable()
        assert "[U+" in made
    assert isolate(text) == f"\u2068{plain(text)}\u2069"
    for lang in languages():
        said = Catalogue(lang).text("wb-extract", name=text)
        assert plain(text) in said
