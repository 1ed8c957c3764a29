"""Periods of a panel: labels of months, quarters or plain numbers as positions on a calendar, and back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from arusha.effects.panel_error import PanelError, cell_at_fault
from arusha.errors import Cell
from arusha.language.told import sentence

_MONTH = re.compile(r"(\d{4})-?M?(0[1-9]|1[0-2])(?:-\d\d)?")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_NUMBER = re.compile(r"-?\d+(\.0*)?")
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])")


def calendar(labels: Sequence[str]) -> tuple[list[int], str]:
    """Positions of period labels on a calendar, and what is counted: month, quarter or number.

    ``2026-03`` and ``2026-03-01`` are months, ``2026Q1`` quarters, anything else must be whole numbers (years, weeks).
    """
    written = labels
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
        raise _unlike(written, labels) from error
    return positions, "number"


def _unlike(written: Sequence[str], labels: Sequence[str]) -> PanelError:
    """The first label that is no period; or, where each is one, the first written in another way than most.

    Labels are quoted as they are written, and read with Arabic digits as others.
    """
    if not labels:
        return cell_at_fault(sentence("panel-period", "panel-period", cell=Cell("")), row=0, role="period")
    ways = [_way(label) for label in labels]
    if "" in ways:
        row = ways.index("")
        told = sentence("panel-period", "panel-period", cell=Cell(written[row]))
        return cell_at_fault(told, row=row, role="period")
    most = Counter(ways).most_common(1)[0][0]
    row = next(k for k, way in enumerate(ways) if way != most)
    told = sentence("panel-two-ways", "panel-two-ways", one=written[row], other=written[ways.index(most)])
    return cell_at_fault(told, row=row, role="period")


def _way(text: str) -> str:
    """As what a label can be read by itself; empty where it is no period."""
    if _MONTH.fullmatch(text):
        return "month"
    if _QUARTER.fullmatch(text):
        return "quarter"
    return "number" if _NUMBER.fullmatch(text) else ""


def label_of(position: int, kind: str) -> str:
    """How a calendar position is written."""
    if kind == "month":
        return f"{position // 12}-{position % 12 + 1:02d}"
    if kind == "quarter":
        return f"{position // 4}Q{position % 4 + 1}"
    return str(position)
