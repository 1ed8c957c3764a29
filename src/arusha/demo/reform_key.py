"""What the answer key says of the three reforms, and what the wizard should say of them.

Only the demo's own page reads this; nothing that evaluates a measure does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from arusha.demo.against_key import KEY
from arusha.demo.reforms import COLUMNS, MAIN
from arusha.errors import ArushaError
from arusha.language.told import error as of

CANNOT_TELL: Final = "cannot-tell"
SHOULD: Final = {"works": "worked", "nothing": "no-change", "displaces": "displacement"}
"""What a reform does -> the conclusion that is right; to say that one cannot tell is never wrong."""


@dataclass(frozen=True)
class Planted:
    """One reform as it was planted.

    ``starts``: first month -> posts that begin then. ``elsewhere``: where ties are turned to, for one that displaces;
    ``there`` is the true change there. Changes are differences of shares.
    """

    measure: str
    does: str
    elsewhere: str | None
    starts: Mapping[str, tuple[str, ...]]
    near: tuple[str, ...]
    change: float
    there: float | None

    @property
    def should(self) -> str:
        """The conclusion that is right."""
        return SHOULD[self.does]

    def judged(self, said: str | None) -> str:
        """What a conclusion was worth: ``right``, ``allowed`` (cannot tell), ``wrong``; ``not-run`` for none."""
        if said is None:
            return "not-run"
        return "right" if said == self.should else "allowed" if said == CANNOT_TELL else "wrong"


def read_planted(directory: Path) -> tuple[Planted, ...]:
    """The reforms of a demo's folder; none where it was built without.

    Raises
    ------
    ArushaError
        If the key is there and says something else of them.
    """
    path = directory / KEY
    if not path.is_file():
        return ()
    try:
        told = json.loads(path.read_text("utf-8")).get("reforms", [])
        return tuple(_planted(one) for one in told)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise of(ArushaError, "key-not-planted", "build-again", where=str(path)) from error


def _planted(told: Mapping[str, Any]) -> Planted:
    starts: dict[str, list[str]] = {}
    for post, start in told["posts"].items():
        starts.setdefault(start, []).append(post)
    effects, to = told["true_effects"], told["displaced_to"]
    if told["does"] not in SHOULD:
        raise ValueError(told["does"])
    column = "near" if to == "office" else next((c for c, (_, takes) in COLUMNS.items() if takes and takes == to), None)
    return Planted(
        measure=str(told["measure"]),
        does=str(told["does"]),
        elsewhere=to,
        starts={start: tuple(sorted(posts)) for start, posts in sorted(starts.items())},
        near=tuple(told["near"]),
        change=float(effects[MAIN]),
        there=None if column is None else float(effects[column]),
    )
