"""What a chart is: a picture, what it says in words, and the numbers it draws, never one without the others."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ChartTable:
    """The numbers of a chart as cells of text in the reader's language.

    ``numeric`` names the columns, by position, that hold numbers (they are set flush with the end of the line).
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells under {len(self.columns)} columns")


@dataclass(frozen=True)
class Chart:
    """A finished chart.

    ``svg`` stands alone: real text, no script, no style sheet, no identifier, no value that is not drawn.
    ``headline`` says what is seen, ``subtitle`` what is measured; ``alternative_text`` is for who cannot see it;
    ``table`` holds the numbers; ``note`` is what must be read with the picture.
    """

    svg: str
    headline: str
    subtitle: str
    alternative_text: str
    table: ChartTable
    note: str = ""
