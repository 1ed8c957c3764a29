"""What the audits of one job may tell together: nothing of fewer than ten people follows by adding and subtracting.

Every number of an audit is a sum over a set of people: a group's members, those of them who are signalled, those whose
signal is explained. Whoever holds several sums has all that adding and subtracting them gives, across attributes and
across questions. Where that gives a set of one to nine people, or tells that nearly nobody or nearly everybody of a
larger set is signalled, less is told of some attribute, until it does not. The sets are known where this is worked out,
in the sealed process, and nowhere after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from arusha.surveys.disclosure.subtraction import follows, recoverable

Group = frozenset[str]


class Tells(IntEnum):
    """How much an audit tells of an attribute; each tells what stands after it as well."""

    EXPLAINED = 3
    SIGNALLED = 2
    SIZES = 1
    WORDS = 0


@dataclass(frozen=True)
class Sets:
    """The people of one question's audit.

    ``groups`` is attribute -> group -> members, of the groups that are shown; ``most`` the most that may be told of an
    attribute by itself. ``halves`` are the sets that the comparison of two halves of the time tells of; empty where
    there is none.
    """

    everybody: Group
    signalled: Group
    explained: Group
    groups: Mapping[str, Mapping[str, Group]]
    most: Mapping[str, Tells]
    halves: tuple[Group, ...] = ()
    others: Group = frozenset()
    """People whom the question tested and the list of groups lacks."""


@dataclass
class Told:
    """How much is told: question -> attribute -> how much, and the questions whose two halves are compared."""

    attributes: dict[str, dict[str, Tells]] = field(default_factory=dict)
    halves: set[str] = field(default_factory=set)

    def sums(self, of: Mapping[str, Sets]) -> list[Group]:
        """Every set of which a number is told."""
        found: list[Group] = []
        for question, sets in of.items():
            for attribute, tells in self.attributes[question].items():
                for group in sets.groups[attribute].values():
                    found += _group(sets, group, tells)
            if question in self.halves:
                found += sets.halves
        return [g for g in dict.fromkeys(found) if g] + _always(of)


def _group(sets: Sets, group: Group, tells: Tells) -> list[Group]:
    """Group, those signalled, those explained: as much of it as is told."""
    return [group, group & sets.signalled, group & sets.signalled & sets.explained][: int(tells)]


def _always(of: Mapping[str, Sets]) -> list[Group]:
    """What is told in any case, and holds no group: people compared, people not on the list, people signalled."""
    found = [g for sets in of.values() for g in (sets.everybody, sets.everybody | sets.others, sets.signalled)]
    return [g for g in dict.fromkeys(found) if g]


def tellable(of: Mapping[str, Sets], smallest: int) -> Told:
    """As much as may be told of all these audits together.

    What is told less is the cheapest that breaks a sum: how many are explained first, then the two halves, then counts
    of people signalled, then sizes; of later questions, and of attributes with more groups, before others.
    """
    told = Told({q: dict(sets.most) for q, sets in of.items()}, {q for q, sets in of.items() if sets.halves})
    while True:
        leak = _leak(told, of, smallest)
        if leak is None:
            return told
        for step in _steps(told, of):
            if not leak.holds(step, of):
                told = step
                break
        else:
            # No one step breaks it: the finest attribute of the last question is told in words, and it is looked again.
            open_ = [(q, a) for q in of for a, tells in told.attributes[q].items() if tells > Tells.WORDS]
            if not open_:
                told.halves.clear()
                continue
            question, attribute = max(open_, key=lambda qa: (len(of[qa[0]].groups[qa[1]]), list(of).index(qa[0])))
            told.attributes[question][attribute] = Tells.WORDS


@dataclass(frozen=True)
class _Leak:
    """A set that must not be known. With ``of`` it is the count of people signalled, or explained, in a larger set."""

    people: Group
    question: str = ""
    tells: Tells = Tells.SIZES

    def holds(self, told: Told, of: Mapping[str, Sets]) -> bool:
        """Whether it can be had from what is told."""
        rows = told.sums(of) if not self.question else _rows(told, of[self.question], self.question, self.tells)
        return follows(rows, self.people)


def _rows(told: Told, sets: Sets, question: str, tells: Tells) -> list[Group]:
    """The groups of a question of which so much is told; for what is explained, those signalled in them."""
    within = sets.signalled if tells is Tells.EXPLAINED else sets.everybody
    open_ = [a for a, how in told.attributes[question].items() if how >= tells]
    found = [g & within for a in open_ for g in sets.groups[a].values()]
    return [g for g in dict.fromkeys([*found, *([within] if found else [])]) if g]


def _leak(told: Told, of: Mapping[str, Sets], smallest: int) -> _Leak | None:
    always = _always(of)
    for some in recoverable(told.sums(of), smallest):
        people: Group = frozenset(map(str, some))
        # How many more people one question tests than another is no group's: it is told by who is tested.
        if not follows(always, people):
            return _Leak(people)
    for question, sets in of.items():
        for tells, have in ((Tells.SIGNALLED, sets.signalled), (Tells.EXPLAINED, sets.explained)):
            rows = _rows(told, sets, question, tells)
            for some in recoverable(rows, len(sets.everybody) + 1) if rows else ():
                people = frozenset(map(str, some))
                if not smallest <= len(people & have) <= len(people) - smallest:
                    return _Leak(people, question, tells)
    return None


def _steps(told: Told, of: Mapping[str, Sets]) -> Iterator[Told]:
    """Everything that is told once less, the cheapest first."""
    order = [
        (q, a)
        for q in reversed(list(of))
        for a in sorted(of[q].groups, key=lambda a, q=q: (-len(of[q].groups[a]), a))  # type: ignore[misc]
    ]
    for below in (Tells.SIGNALLED, None, Tells.SIZES, Tells.WORDS):
        if below is None:
            yield from (Told(told.attributes, told.halves - {q}) for q in reversed(list(of)) if q in told.halves)
            continue
        for question, attribute in order:
            now = told.attributes[question]
            if now.get(attribute, Tells.WORDS) > below:
                yield Told({**told.attributes, question: {**now, attribute: below}}, set(told.halves))
