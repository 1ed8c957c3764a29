"""What of counts may be told: nothing of few people or few entries, and nothing from which that follows.

A group is told where ten users or more stand behind it and no one of them has over half of its entries. Of its
entries, explained and not, both are told or neither: both where each is ten or more and no one user has over half of
those that nothing explains. Counts are given to the nearest five. Where one group's counts are withheld and the sum
over all groups is told, so is that of the next smallest, until what is missing is of two groups or more and such as
may be told itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

FEWEST = 10
"""As in ``arusha.assessment.agreed``, of entries and of users."""
STEP = 5


@dataclass
class Tally:
    """Entries of one group by user: explained, not explained, and about the user's own declaration."""

    explained: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    unexplained: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    own: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, user: str, n: int, *, explained: bool, own: bool) -> None:
        """Count ``n`` entries of a user."""
        (self.own if own else self.explained if explained else self.unexplained)[user] += n

    def join(self, other: Tally) -> None:
        """Add another group's entries."""
        for mine, theirs in ((self.explained, other.explained), (self.unexplained, other.unexplained)):
            for user, n in theirs.items():
                mine[user] += n
        for user, n in other.own.items():
            self.own[user] += n

    @property
    def users(self) -> int:
        """How many users stand behind it."""
        return len({*self.explained, *self.unexplained, *self.own})

    @property
    def entries(self) -> int:
        """All entries."""
        return sum(self.explained.values()) + sum(self.unexplained.values()) + sum(self.own.values())

    @property
    def sized(self) -> bool:
        """Whether the number of entries may be told, taken by itself: of enough users, and mostly of none."""
        each: defaultdict[str, int] = defaultdict(int)
        for part in (self.explained, self.unexplained, self.own):
            for user, n in part.items():
                each[user] += n
        return min(self.users, self.entries) >= FEWEST and 2 * max(each.values()) <= self.entries

    @property
    def even(self) -> bool:
        """Whether no one user has over half of what is not explained."""
        return 2 * max(self.unexplained.values(), default=0) <= sum(self.unexplained.values())

    @property
    def told(self) -> bool:
        """Whether explained and unexplained may be told, taken by itself."""
        least = min(sum(self.explained.values()), sum(self.unexplained.values()))
        return self.sized and least >= FEWEST and self.even


@dataclass(frozen=True)
class Told:
    """A group as it may be told. None is withheld; ``own`` is None where few, or few users, stand behind it.

    ``few`` names the half of which there are fewer than ten entries, where ten users or more stand behind the group.
    """

    name: str
    entries: int | None
    explained: int | None
    unexplained: int | None
    own: int | None
    few: Literal["", "explained", "unexplained"]

    def as_dict(self) -> dict[str, Any]:
        """For a job's answer."""
        return {
            "name": self.name,
            "entries": self.entries,
            "explained": self.explained,
            "unexplained": self.unexplained,
            "own": self.own,
            "few": self.few,
        }


def given(count: int, users: int) -> int | None:
    """A count as it may be told: none of few entries or few users, else to the nearest five."""
    return None if count < FEWEST or users < FEWEST else STEP * round(count / STEP)


def told(groups: Mapping[str, Tally]) -> tuple[list[Told], Told]:
    """Groups in the order of their names, and all together, as they may be told."""
    whole = Tally()
    for one in groups.values():
        whole.join(one)
    sizes = _shown(groups, lambda t: t.sized, beside_sum=whole.sized)
    # Where all together may not be told, nothing can be subtracted from it.
    halves = _shown(groups, lambda t: t.told, beside_sum=whole.told)
    rows = [
        Told(
            name,
            given(t.entries, t.users) if name in sizes else None,
            given(sum(t.explained.values()), t.users) if name in halves else None,
            given(sum(t.unexplained.values()), t.users) if name in halves else None,
            given(sum(t.own.values()), len(t.own)),
            _few(t),
        )
        for name, t in sorted(groups.items())
    ]
    own = given(sum(whole.own.values()), len(whole.own))
    if any(row.own is None and groups[row.name].own for row in rows) and any(row.own for row in rows):
        own = None  # else what is withheld in one office is the rest
    return rows, Told(
        "",
        given(whole.entries, whole.users) if whole.sized else None,
        given(sum(whole.explained.values()), whole.users) if whole.told else None,
        given(sum(whole.unexplained.values()), whole.users) if whole.told else None,
        own,
        _few(whole),
    )


def _few(one: Tally) -> Literal["", "explained", "unexplained"]:
    if not one.sized:
        return ""
    if sum(one.unexplained.values()) < FEWEST:
        return "unexplained"
    # Else what is left of all entries would be mostly one user's.
    return "explained" if sum(one.explained.values()) < FEWEST and one.even else ""


def _shown(groups: Mapping[str, Tally], may: Callable[[Tally], bool], *, beside_sum: bool = True) -> set[str]:
    """The groups that may be told beside the sum over all: those that may by themselves, less what keeps the rest.

    What the sum gives away of the hidden ones is their own sum: it must be of two groups, and such as may be told.
    """
    shown = {name for name, one in groups.items() if may(one)}
    by_size = sorted(shown, key=lambda name: (groups[name].entries, name))
    while beside_sum and by_size:
        hidden = [one for name, one in groups.items() if name not in shown and one.entries]
        together = Tally()
        for one in hidden:
            together.join(one)
        if not hidden or (len(hidden) > 1 and may(together)):
            break
        shown.discard(by_size.pop(0))
    return shown
