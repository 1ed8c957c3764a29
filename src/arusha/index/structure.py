"""What belongs to what: indicators under groups, groups under groups, up to one index; each with its weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arusha.errors import ArushaError


@dataclass(frozen=True)
class Node:
    """An indicator (level 1) or a group. ``direction`` -1 where less of an indicator is better."""

    code: str
    level: int
    parent: str | None
    weight: float = 1.0
    direction: int = 1
    denominator: str | None = None


@dataclass(frozen=True)
class Structure:
    """Nodes by level, indicators first; the last level is the index alone."""

    levels: tuple[tuple[Node, ...], ...]

    @staticmethod
    def of(nodes: Iterable[Node]) -> Structure:
        """A structure of nodes in any order; within a level they keep theirs.

        Raises
        ------
        ArushaError
            A code twice, a parent that is not one level up, a group without members, no single index at the top, or
            weights of a group that are negative or all 0.
        """
        every = list(nodes)
        codes = [n.code for n in every]
        twice = sorted({c for c in codes if codes.count(c) > 1})
        if twice:
            raise _wrong(f"{twice[0]} is there twice", "give each indicator and group a code of its own")
        top = max((n.level for n in every), default=0)
        levels = tuple(tuple(n for n in every if n.level == k) for k in range(1, top + 1))
        if top < 2 or len(levels[-1]) != 1 or any(not level for level in levels):
            raise _wrong("the levels do not end in one index", "number levels from 1 up, with one node at the last")
        level_of = {n.code: n.level for n in every}
        for node in every:
            if node.level == top:
                continue
            if node.parent not in level_of or level_of[node.parent] != node.level + 1:
                raise _wrong(
                    f"{node.code} belongs to {node.parent}, which is no group one level up",
                    "name a group of the next level as its parent",
                )
            if node.level == 1 and node.direction not in (-1, 1):
                raise _wrong(f"the direction of {node.code} is {node.direction}", "write 1, or -1 where less is better")
            if not np.isfinite(node.weight) or node.weight < 0:
                raise _wrong(f"the weight of {node.code} is {node.weight}", "give a number that is not negative")
        for level in levels[1:]:
            for group in level:
                weights = [n.weight for n in every if n.parent == group.code]
                if not weights or not any(weights):
                    raise _wrong(
                        f"{group.code} has no member with a weight", "leave the group out, or weigh one of its members"
                    )
        return Structure(levels)

    @staticmethod
    def read(rows: Iterable[Mapping[str, Any]]) -> Structure:
        """Of rows of a table: ``code``, ``level``, ``parent``, ``weight``, ``direction``, ``denominator``."""

        def node(row: Mapping[str, Any]) -> Node:
            try:
                return Node(
                    str(row["code"]),
                    int(row["level"]),
                    str(row["parent"]) if row.get("parent") not in (None, "", "NA") else None,
                    float(row["weight"]) if row.get("weight") not in (None, "") else 1.0,
                    int(row["direction"]) if row.get("direction") not in (None, "", "NA") else 1,
                    str(row["denominator"]) if row.get("denominator") not in (None, "", "NA") else None,
                )
            except (KeyError, ValueError) as error:
                raise _wrong(
                    f"a row cannot be read ({error})", "give code, level, parent, weight, direction"
                ) from error

        return Structure.of(node(row) for row in rows)

    @property
    def indicators(self) -> tuple[Node, ...]:
        return self.levels[0]

    @property
    def index(self) -> str:
        return self.levels[-1][0].code

    def groups(self, level: int) -> list[tuple[str, NDArray[np.int64], NDArray[np.float64]]]:
        """Groups of ``level`` (2 and up): code, places of the members among the level below, and their weights."""
        below = self.levels[level - 2]
        found = []
        for group in self.levels[level - 1]:
            at = np.array([k for k, n in enumerate(below) if n.parent == group.code], dtype=np.int64)
            found.append((group.code, at, np.array([below[k].weight for k in at])))
        return found


def _wrong(problem: str, remedy: str) -> ArushaError:
    return ArushaError(problem, where="structure of the index", remedy=remedy)
