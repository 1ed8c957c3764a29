"""The schemes: one file each, found by name. A new file with ``KIND`` and ``plant`` is a new scheme.

A scheme module says

- ``KIND``: its name in the answer key, for example ``"steering-pick"``;
- ``MOST``: how many of it a world holds at most when nobody chose (the number is drawn from 0 to ``MOST``);
- ``plant(draft, rng, strength) -> Scheme | None``: change ``draft`` and return the scheme, or None where this world has
  no place for it (no office large enough, nobody left). ``strength`` is ``"weak"``, ``"medium"`` or ``"strong"``.

``plant`` runs before officers are picked. What depends on the picks or on who handled what goes into a function given
to ``draft.after_pick`` or ``draft.after_handling``; see ``draft``. A scheme acts only through the methods of
``Scheme``, which keep the year consistent and remember the declarations touched. Take parties with
``draft.choose_declarant`` and ``draft.choose_officer``, so that no two schemes share one.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from arusha.demo.draft import Draft, Scheme
from arusha.errors import ArushaError

STRENGTHS = ("weak", "medium", "strong")


class Kind(NamedTuple):
    name: str
    most: int
    plant: Callable[[Draft, np.random.Generator, str], Scheme | None]


def _find() -> Mapping[str, Kind]:
    found = {}
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{__name__}.{info.name}")
        found[module.KIND] = Kind(module.KIND, module.MOST, module.plant)
    return MappingProxyType(found)


KINDS: Mapping[str, Kind] = _find()


def plant_all(draft: Draft, chosen: Mapping[str, int] | None, strengths: Sequence[str]) -> None:
    """Plant what was chosen, or a random number of each kind, each at a random one of the strengths."""
    for name, number in (chosen or {}).items():
        if name not in KINDS:
            raise ArushaError(f"there is no scheme {name!r}", remedy=f"Choose among {', '.join(KINDS)}.")
        if number < 0:
            raise ArushaError(f"a world cannot hold {number} of {name}", remedy="Give 0 or more.")
    for s in strengths:
        if s not in STRENGTHS:
            raise ArushaError(f"there is no strength {s!r}", remedy=f"Choose among {', '.join(STRENGTHS)}.")
    for name, kind in KINDS.items():
        # A stream for each kind: a kind that is added later does not change how many there are of the others.
        rng = draft.country.random(f"how many {name}")
        number = int(rng.integers(0, kind.most + 1))
        drawn = [str(s) for s in rng.choice(list(strengths), size=16)]
        if chosen is not None:
            number = chosen.get(name, 0)
        for k in range(number):
            kind.plant(draft, draft.country.random(f"scheme {name}", k), drawn[k % len(drawn)])
