"""What a world's truth says of the units that an assessment tests, small enough to lie beside its workspace."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from arusha.demo import at_best
from arusha.demo.oracle_units import Hit
from arusha.demo.world import World
from arusha.errors import ArushaError
from arusha.language.told import error as error_of

Pair = tuple[str, str]
"""Officer and declarant."""

TOUCHED = 5
"""A pair is part of a scheme where the scheme touched as many of its declarations as a question's excess floor."""


def touched(world: World) -> dict[tuple[str, str], set[str]]:
    """Pairs of handling officer and declarant with their schemes, by the declarations that each scheme touched.

    A scheme's key names who gains; whoever else was handed its declarations stands out in the records as well.
    """
    planted = world.truth.planted_declarations
    handled = world.tables["declarations"].select(["declaration_id", "officer_id", "declarant_id"])
    who = {d: (o, b) for d, o, b in zip(*(c.to_pylist() for c in handled.columns), strict=True) if o is not None}
    count: Counter[tuple[tuple[str, str], str]] = Counter()
    for declaration, scheme in zip(*(c.to_pylist() for c in planted.columns), strict=True):
        if declaration in who:
            count[who[declaration], scheme] += 1
    found: dict[tuple[str, str], set[str]] = {}
    for (pair, scheme), n in count.items():
        if n >= TOUCHED:
            found.setdefault(pair, set()).add(scheme)
    return found


@dataclass(frozen=True)
class Answers:
    """The answer key, the pairs that schemes touched, and what the oracle finds, by question."""

    key: dict[str, Any]
    touched: dict[Pair, set[str]]
    oracle: dict[str, set[Hit]]
    """By question, and by question and kind of scheme (``at_best``)."""
    seconds: dict[str, float]
    """What making and loading the world took."""

    @classmethod
    def of(cls, world: World, seconds: Mapping[str, float]) -> Answers:
        found = at_best.of_picks(world) | at_best.of_conduct(world)
        return cls(world.truth.answer_key(), touched(world), found, dict(seconds))

    def complete(self, again: Callable[[], World]) -> Answers:
        """These with the oracles that were not asked when they were written; ``again`` makes the same world anew.

        Raises
        ------
        ArushaError
            If that world has another key.
        """
        if not self.key["schemes"] or at_best.OF_CONDUCT.keys() <= self.oracle.keys():
            return self
        world = again()
        if world.truth.answer_key() != self.key:
            raise error_of(ArushaError, "demo-other-key", "demo-other-key")
        return replace(self, oracle=self.oracle | at_best.of_conduct(world))

    def text(self) -> str:
        """As JSON; pairs in order, so that the same world gives the same file."""
        return json.dumps(
            {
                "key": self.key,
                "touched": [[*pair, sorted(schemes)] for pair, schemes in sorted(self.touched.items())],
                "oracle": {name: sorted(units, key=str) for name, units in self.oracle.items()},
                "seconds": self.seconds,
            },
            ensure_ascii=False,
        )

    @classmethod
    def read(cls, text: str) -> Answers:
        found = json.loads(text)
        return cls(
            found["key"],
            {(officer, declarant): set(schemes) for officer, declarant, schemes in found["touched"]},
            {question: {(o, d) for o, d in pairs} for question, pairs in found["oracle"].items()},
            found["seconds"],
        )
