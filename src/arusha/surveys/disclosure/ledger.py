"""All that was ever released, as sums over people, and what can be had from it by subtraction.

A released number is a sum over a set of people. Whoever holds several can add and subtract them; what he gets is
exactly the row space of the released sets. A set of people smaller than the smallest group must not be in it,
whichever tables, waves and channels the sets came from; and a cell that was withheld for what it says (all alike, one
contributor) must not follow from other sums of the same measure, however many people it holds.

Units are people, or classes of people where only counts are known (``sizes``). Nothing here knows of surveys: any
table of any part of the project may use it. :mod:`arusha.surveys.disclosure.releases` keeps a ledger on the disk.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from arusha.errors import SurveyError
from arusha.language.told import error_at
from arusha.surveys.disclosure.subtraction import follows, recoverable

SMALLEST_GROUP = 10
"""Fewest people that a released number may stand for. It may rise for a survey, never fall."""

Person = Hashable
Group = frozenset[Person]


@dataclass(frozen=True)
class Sum:
    """A sum over a group, of ``measure`` (the question, or what is counted): ``shown``, or withheld for what it says.

    Sums of two measures cannot be subtracted from one another; their groups can, since every table says how many
    people a number stands for.
    """

    group: Group
    measure: str = ""
    shown: bool = True


@dataclass(frozen=True)
class Ledger:
    """Sums that were released or withheld. Append only: :meth:`release` returns the longer ledger.

    ``sizes`` says how many people a unit stands for, where it is not one.
    """

    smallest: int = SMALLEST_GROUP
    sums: tuple[Sum, ...] = ()
    sizes: Mapping[Person, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.smallest < SMALLEST_GROUP:
            raise error_at(
                SurveyError, "group-small", "group-rises", "smallest-group", n=self.smallest, least=SMALLEST_GROUP
            )

    @property
    def released(self) -> tuple[Group, ...]:
        """Every group of which a number was shown, once."""
        return tuple(dict.fromkeys(s.group for s in self.sums if s.shown))

    def of(self, measure: str, *, shown: bool = True) -> tuple[Group, ...]:
        """Groups of which this measure was shown, or withheld for what it says."""
        return tuple(dict.fromkeys(s.group for s in self.sums if s.measure == measure and s.shown is shown))

    def people(self, group: Collection[Person]) -> int:
        """How many people a group holds."""
        return sum(self.sizes.get(unit, 1) for unit in group)

    def raised(self, smallest: int) -> Ledger:
        """The same ledger with a larger smallest group; a smaller one is refused."""
        if smallest < self.smallest:
            raise error_at(
                SurveyError, "group-lowered", "group-rises", "smallest-group", before=self.smallest, after=smallest
            )
        return replace(self, smallest=smallest)

    def knowing(self, sizes: Mapping[Person, int]) -> Ledger:
        """The same ledger with the sizes of more units.

        Raises
        ------
        SurveyError
            For a size below one, or another one than a unit had: a class that changed is another class.
        """
        for unit, size in sizes.items():
            if size < 1:
                raise SurveyError(f"the class {unit} of {size} people.", where="sizes", remedy="leave empty ones out.")
            if self.sizes.get(unit, size) != size:
                raise SurveyError(
                    f"the class {unit} had {self.sizes[unit]} people and has {size} now.",
                    where="sizes",
                    remedy="name a class by its date too, or give the people themselves: then who left is known.",
                )
        return replace(self, sizes={**self.sizes, **sizes})

    def recovered(self, groups: Iterable[Collection[Person]], measure: str = "") -> tuple[Group, ...]:
        """What must not be known and these sums, with all earlier ones, would give away.

        Groups below the smallest, whichever the measures; and what was withheld of this measure. What earlier releases
        gave away by themselves (before the threshold rose, say) is not told again.
        """
        new = [frozenset(g) for g in groups]
        found: dict[Group, None] = {}
        for earlier in dict.fromkeys((self.released, self.of(measure))):
            together = list(dict.fromkeys([*earlier, *new]))
            for group in recoverable(together, self.smallest, self.sizes):
                if group not in found and not follows(earlier, group):
                    found[group] = None
        own = self.of(measure)
        for group in self.of(measure, shown=False):
            if follows([*own, *new], group) and not follows(own, group):
                found[group] = None
        return tuple(found)

    def release(
        self, groups: Iterable[Collection[Person]], measure: str = "", *, withheld: Sequence[Collection[Person]] = ()
    ) -> Ledger:
        """The ledger with these groups released as well, and what of the measure must stay ``withheld``.

        Raises
        ------
        SurveyError
            Where what must not be known could be had by subtraction; nothing is released then.
        """
        new = tuple(Sum(frozenset(g), measure) for g in groups)
        hidden = tuple(Sum(frozenset(g), measure, shown=False) for g in withheld)
        kept = replace(self, sums=tuple(dict.fromkeys([*self.sums, *hidden])))
        found = kept.recovered([s.group for s in new], measure)
        if found:
            raise error_at(
                SurveyError,
                "release-subtraction",
                "release-withhold",
                "release",
                n=len(found),
                people=min(self.people(g) for g in found),
                least=self.smallest,
            )
        return replace(kept, sums=tuple(dict.fromkeys([*kept.sums, *new])))
