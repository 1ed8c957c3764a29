"""The offices of the Republic of Examplia, the clocks they keep, and the desks within them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from arusha.demo.clock import day_number
from arusha.demo.goods import CHEMICALS, FOOD, MACHINES, TEXTILES, VEHICLES

MAINLAND: Final = "Africa/Nairobi"
NORTH: Final = "Europe/Athens"
"""The northern offices keep another clock, with a summer time; they are closed when it changes."""


@dataclass(frozen=True)
class Office:
    """One customs office: ``share`` of all declarations, and the commodity groups of each of its ``sections``."""

    code: str
    name: str
    kind: str
    zone: str
    share: float
    staff: int
    sections: tuple[tuple[int, ...], ...] = ()
    continuous: bool = False
    evening: bool = False
    opens_on: int = 0


OFFICES: Final = (
    Office(
        "PTH", "Port Helion", "port", MAINLAND, 0.455, 33,
        ((FOOD,), (CHEMICALS,), (TEXTILES,), (MACHINES, VEHICLES)), continuous=True, evening=True,
    ),
    Office(
        "APH", "Helion Airport", "airport", MAINLAND, 0.17, 17,
        ((FOOD, CHEMICALS), (TEXTILES, MACHINES, VEHICLES)), continuous=True, evening=True,
    ),
    Office("MAR", "Marrow Inland Depot", "inland", MAINLAND, 0.125, 11, evening=True),
    Office("NGT", "North Gate", "land", NORTH, 0.09, 9, evening=True),
    Office("EBR", "East Bridge", "land", MAINLAND, 0.065, 6),
    Office("SMA", "Saltmarsh", "inland", NORTH, 0.045, 5),
    Office("SFE", "South Ferry", "land", MAINLAND, 0.03, 4),
    Office("WCR", "West Crossing", "land", MAINLAND, 0.02, 4, opens_on=day_number(7, 1)),
)  # fmt: skip


@dataclass
class Desk:
    """A pool of officers within an office. ``products`` is set for a desk of its own within a section."""

    office: int
    label: str | None
    groups: tuple[int, ...] = ()
    products: tuple[int, ...] = ()
