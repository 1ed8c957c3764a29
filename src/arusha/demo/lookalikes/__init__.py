"""The innocent who resemble a scheme: one file each, found by name. A new file is a new one.

A look-alike module says

- ``KIND``: its name in the answer key, for example ``"night-desk"``;
- ``prepare(country, rng) -> Lookalike | None``: change the country (officers, duties, desks, brokers, importers) before
  the roster is drawn up and anything is lodged, and return who is meant, or None where the country has no place for it.

Take parties with ``country.take_officer`` and ``country.take_declarant``, so that no scheme and no other look-alike has
them too. Units that only the finished year can tell (who handled most of a broker's goods) are given by a function in
``Lookalike.units_from``: it gets the finished ``Draft`` and returns pairs (officer, declarant), None for "any". A
look-alike that is itself made by a scheme (the honest neighbours) has no ``prepare`` but
``observe(draft, rng) -> Lookalike | None``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from arusha.demo.country import Country, Lookalike
from arusha.demo.draft import Draft
from arusha.errors import ArushaError


class Kind(NamedTuple):
    name: str
    prepare: Callable[[Country, np.random.Generator], Lookalike | None] | None
    observe: Callable[[Draft, np.random.Generator], Lookalike | None] | None


def _find() -> Mapping[str, Kind]:
    found = {}
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{__name__}.{info.name}")
        found[module.KIND] = Kind(module.KIND, getattr(module, "prepare", None), getattr(module, "observe", None))
    return MappingProxyType(found)


KINDS: Mapping[str, Kind] = _find()


def number_of(chosen: bool | Mapping[str, int], name: str) -> int:
    """How many of a kind: one of each unless somebody chose."""
    if isinstance(chosen, bool):
        return int(chosen)
    for given in chosen:
        if given not in KINDS:
            raise ArushaError(f"there is no look-alike {given!r}", remedy=f"Choose among {', '.join(KINDS)}.")
    return int(chosen.get(name, 0))


def prepare_all(country: Country, chosen: bool | Mapping[str, int]) -> None:
    """Change the country for every look-alike chosen, in order of their files' names."""
    for name, kind in KINDS.items():
        for k in range(number_of(chosen, name) if kind.prepare else 0):
            assert kind.prepare is not None
            made = kind.prepare(country, country.random(f"look-alike {name}", k))
            if made is not None:
                country.lookalikes.append(made)


def observe_all(draft: Draft, chosen: bool | Mapping[str, int]) -> list[Lookalike]:
    """All look-alikes of the finished year that met somebody, with their units."""
    found = []
    for made in draft.country.lookalikes:
        if made.units_from is not None:
            made.units = [*made.units, *made.units_from(draft)]
        if made.units:
            found.append(made)
    for name, kind in KINDS.items():
        if kind.observe and number_of(chosen, name):
            made_now = kind.observe(draft, draft.country.random(f"look-alike {name}"))
            if made_now is not None:
                found.append(made_now)
    return found
