"""One generated year of the Republic of Examplia, with its answer key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from arusha.demo import country as country_
from arusha.demo import eventlog, lookalikes, making, registers, schemes, tables, trade
from arusha.demo import roster as roster_
from arusha.demo import truth as truth_
from arusha.demo.clock import DAYS
from arusha.demo.country import Country
from arusha.demo.draft import Draft
from arusha.demo.making import Part
from arusha.demo.schemes import STRENGTHS
from arusha.demo.truth import Truth
from arusha.errors import ArushaError
from arusha.language.told import error as of

SMALLEST = 500
"""Below this a year of eight offices says nothing."""


@dataclass(frozen=True)
class World:
    """Canonical tables by name (records contract) and the truth beside them."""

    tables: dict[str, pa.Table] = field(repr=False)
    truth: Truth
    country: Country = field(repr=False)
    part: Part = field(repr=False)


def prepare(declarations: int, seed: int, chosen: bool | Mapping[str, int]) -> tuple[Country, roster_.Roster]:
    """The country with its look-alikes, and its roster."""
    if declarations < SMALLEST:
        raise of(ArushaError, "demo-few", "demo-more", n=declarations, least=SMALLEST)
    if seed < 0:
        raise of(ArushaError, "demo-seed", "demo-seed", seed=seed)
    made = country_.build(seed, declarations)
    lookalikes.prepare_all(made, chosen)
    return made, roster_.build(made)


def generate(
    declarations: int,
    seed: int,
    *,
    clean: bool = False,
    schemes: Mapping[str, int] | None = None,
    strengths: Sequence[str] = STRENGTHS,
    lookalikes: bool | Mapping[str, int] = True,
) -> World:
    """Generate a year.

    Parameters
    ----------
    declarations
        How many declarations, 500 or more. Above 20,000 the country grows with them.
    seed
        The same seed, size and generator version give the same world.
    clean
        No scheme at all. Look-alikes stay.
    schemes
        How many of each kind to plant; kinds not named are not planted. Without it a random number of each.
    strengths
        The strengths among which each scheme's is drawn.
    lookalikes
        All of them once, none, or how many of each kind.
    """
    return _generate(declarations, seed, {} if clean else schemes, strengths, lookalikes)


def _generate(
    size: int, seed: int, chosen: Mapping[str, int] | None, strengths: Sequence[str], alike: bool | Mapping[str, int]
) -> World:
    country, roster = prepare(size, seed, alike)
    counts = trade.plan(country, size, country.random("plan"))
    days = slice(0, DAYS)
    given = making.counters(country)

    def plant(draft: Draft) -> None:
        schemes.plant_all(draft, chosen, strengths)

    part = making.make(country, roster, counts, days, given, plant=plant)
    ids = tables.declaration_ids(country, part)
    log, numbers = eventlog.events(country, roster, part, eventlog.log_days(days, last=True), given, ids, 0)
    picks, first_ids = tables.assignments(country, part, ids, numbers)
    made = {
        "declarations": tables.declarations(country, part, ids),
        "assignments": picks,
        "items": tables.items(country, part, ids),
        "inspections": tables.inspections(country, part, ids, given, 0),
        "events": log,
        **registers.standing(country, roster),
    }
    found = lookalikes.observe_all(part.draft, alike)
    return World(made, truth_.tell(country, part, ids, first_ids, found), country, part)


def totals(world: World) -> dict[str, int]:
    """Rows by table."""
    return {name: int(np.int64(table.num_rows)) for name, table in world.tables.items()}
