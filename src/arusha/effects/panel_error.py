"""What is wrong with a panel, and where: row and part of the column, told without a cell that may name somebody."""

from __future__ import annotations

from dataclasses import replace

from arusha.errors import ArushaError, Cell, Told, Value
from arusha.language.told import english, sentence


class PanelError(ArushaError):
    """The panel cannot be evaluated as it is.

    ``row`` is the row of the source, from 0, and ``role`` what its column is for ("outcome", "exposure", "period",
    "unit", "treated", "first_treated"), where the problem has a place of its own; ``unit`` and ``when`` are the unit
    and the period that stand there. ``where`` names the unit, which may be a person; ``place`` does not.
    """

    def __init__(
        self,
        problem: str,
        *,
        where: str = "",
        remedy: str = "",
        row: int | None = None,
        role: str = "",
        told: Told | None = None,
        place: str | None = None,
        unit: str = "",
        when: str = "",
    ) -> None:
        super().__init__(problem, where=where, remedy=remedy, told=told, place=place)
        self.row = row
        self.role = role
        self.unit = unit
        self.when = when


def panel_error(
    key: str,
    *,
    row: int | None = None,
    role: str = "",
    unit: str = "",
    when: str = "",
    **values: Value | int,
) -> PanelError:
    """An error of the sentence ``told-KEY`` with its remedy ``told-do-KEY``."""
    return cell_at_fault(sentence(key, key, **values), row=row, role=role, unit=unit, when=when)


def cell_at_fault(told: Told, *, row: int | None, role: str, unit: str = "", when: str = "") -> PanelError:
    """An error that may quote a cell: its sentence marks it, so that a job can say the shape of it only."""
    return in_file(told, row=row, role=role, unit=unit, when=when)


def in_file(
    told: Told,
    *,
    row: int | None = None,
    role: str = "",
    unit: str = "",
    when: str = "",
    file: str = "",
    column: str = "",
    first: int = 2,
    counted: str = "line",
) -> PanelError:
    """An error with its place: file, line (or row; ``first`` is what that of the first row is), column, unit, period.

    The place is words in every language; of the unit those who may not read whom it is about see the shape.
    """
    parts: list[Told] = [sentence("panel-at-file", file=file)] if file else []
    if file and row is not None:
        parts.append(sentence(f"panel-at-{counted}", n=str(row + first)))
    if file and column:
        parts.append(sentence("panel-at-column", column=column))
    about = [sentence("panel-at-unit", unit=Cell(unit))] if unit else []
    period = [sentence("panel-at-period", period=when)] if when else []
    there = [*parts, *about, *period]
    if there:
        told = replace(told, at="panel", values=(*told.values, ("panel-place", _joined(there))))

    def said(which: list[Told]) -> str:
        return _joined(which).problem(english()) if which else ""

    return PanelError(
        told.problem(english()),
        where=said(there),
        remedy=told.remedy(english()),
        row=row,
        role=role,
        told=told,
        place=said([*parts, *period]),
        unit=unit,
        when=when,
    )


def _joined(parts: list[Told]) -> Told:
    """Parts of a place one after the other, with what stands between them in a language."""
    first, *rest = parts
    for part in rest:
        first = sentence("panel-at-both", first=first, then=part)
    return first
