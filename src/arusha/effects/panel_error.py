"""What is wrong with a panel, and where: row and part of the column, told without a cell that may name somebody."""

from __future__ import annotations

from arusha.errors import ArushaError, Told, Value
from arusha.language.told import english, sentence


class PanelError(ArushaError):
    """The panel cannot be evaluated as it is.

    ``row`` is the row of the source, from 0, and ``role`` what its column is for ("outcome", "exposure", "period",
    "unit", "treated", "first_treated"), where the problem has a place of its own. ``where`` names the unit, which may
    be a person; ``place`` does not.
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
    ) -> None:
        super().__init__(problem, where=where, remedy=remedy, told=told, place=place)
        self.row = row
        self.role = role


def panel_error(
    key: str,
    *,
    where: str = "",
    place: str | None = None,
    row: int | None = None,
    role: str = "",
    **values: Value | int,
) -> PanelError:
    """An error of the sentence ``told-KEY`` with its remedy ``told-do-KEY``."""
    told = sentence(key, key, **values)
    return PanelError(
        told.problem(english()),
        where=where,
        remedy=told.remedy(english()),
        row=row,
        role=role,
        told=told,
        place=place,
    )


def cell_at_fault(told: Told, *, row: int, role: str, where: str = "", place: str = "") -> PanelError:
    """An error that quotes a cell: its sentence marks it, so that a job can say the shape of it only."""
    return PanelError(
        told.problem(english()),
        where=where,
        remedy=told.remedy(english()),
        row=row,
        role=role,
        told=told,
        place=place,
    )
