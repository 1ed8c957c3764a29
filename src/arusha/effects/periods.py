"""Periods of a panel: labels of months, quarters or plain numbers as positions on a calendar, and back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from arusha.effects.panel_error import cell_at_fault
from arusha.errors import Cell
from arusha.language.told import sentence

_MONTH = re.compile(r"(\d{4})-?M?(0[1-9]|1[0-2])(?:-\d\d)?")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])")


def calendar(labels: Sequence[str]) -> tuple[list[int], str]:
    """Positions of period labels on a calendar, and what is counted: month, quarter or number.

    ``2026-03`` and ``2026-03-01`` are months, ``2026Q1`` quarters, anything else must be whole numbers (years, weeks).
    """
    labels = [label.translate(_DIGITS) for label in labels]
    for pattern, per_year, name in ((_MONTH, 12, "month"), (_QUARTER, 4, "quarter")):
        found = [pattern.fullmatch(label) for label in labels]
        # 202603 may be a plain number or a month: with a separator it is certain, and six digits are never a year.
        if labels and all(found):
            return [int(m[1]) * per_year + int(m[2]) - 1 for m in found if m], name
    try:
        positions = [int(float(label)) for label in labels]
        if any(float(label) != p for label, p in zip(labels, positions, strict=True)):
            raise ValueError
    except (ValueError, OverflowError) as error:
        odd = (k for k, p in enumerate(labels) if not (_MONTH.fullmatch(p) or _QUARTER.fullmatch(p) or _whole(p)))
        row = next(odd, 0)
        told = sentence("panel-period", "panel-period", cell=Cell(labels[row] if labels else ""))
        raise cell_at_fault(told, row=row, role="period") from error
    return positions, "number"


def _whole(text: str) -> bool:
    return text.lstrip("-").isdigit()


def label_of(position: int, kind: str) -> str:
    """How a calendar position is written."""
    if kind == "month":
        return f"{position // 12}-{position % 12 + 1:02d}"
    if kind == "quarter":
        return f"{position // 4}Q{position % 4 + 1}"
    return str(position)
