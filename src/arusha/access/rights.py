"""Rights of the customs system that must not lie in one hand: who held two at once, where and from when to when.

A right holds from its first day until the day before ``end``; without one it still holds. Without an office it holds
in all of them. Two rights clash where the administration's own list says so and one user held both at one office.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

Pair = tuple[str, str]
"""Two roles that must be kept apart, in the order of their names."""
Span = tuple[date, date | None]
"""First day, and the day after the last; none while it lasts."""


@dataclass(frozen=True)
class Right:
    """One row of ``roles`` or ``grants``; ``office`` is none where it holds in all."""

    user: str
    role: str
    office: str | None
    start: date
    end: date | None

    def holds(self, day: date, office: str | None) -> bool:
        """Whether it held on a day at an office."""
        here = self.office is None or self.office == office
        return here and self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Listed:
    """The administration's list as pairs, each once; how often one stood twice or with itself."""

    pairs: tuple[Pair, ...]
    twice: int
    with_itself: int


@dataclass(frozen=True)
class Clash:
    """One user, two roles, one office or all of them (none), and when both rights held."""

    user: str
    pair: Pair
    office: str | None
    spans: tuple[Span, ...]

    def on(self, day: date) -> bool:
        """Whether both held on a day."""
        return any(start <= day and (end is None or day < end) for start, end in self.spans)

    def within(self, first: date, last: date) -> bool:
        """Whether both held on at least one day from ``first`` to ``last``, which is included."""
        return any(start <= last and (end is None or first < end) for start, end in self.spans)


@dataclass(frozen=True)
class Exemption:
    """That one user may hold two roles from ``start`` to ``end``, which is included; without office, in all."""

    user: str
    pair: Pair
    office: str | None
    start: date
    end: date

    def covers(self, user: str, pair: Pair, office: str | None, *days: date) -> bool:
        """Whether it is about them, there, on each of the days."""
        about = (self.user, self.pair) == (user, pair) and self.office in (None, office)
        return about and all(self.start <= day <= self.end for day in days)


def listed(rows: Iterable[tuple[str, str]]) -> Listed:
    """Pairs from the rows of the list, whichever role stands first."""
    found: dict[Pair, None] = {}
    twice = itself = 0
    for role, other in rows:
        if role == other:
            itself += 1
            continue
        pair = (min(role, other), max(role, other))
        twice += pair in found
        found[pair] = None
    return Listed(tuple(sorted(found)), twice, itself)


def clashes(rights: Sequence[Right], pairs: Iterable[Pair]) -> list[Clash]:
    """Every clash, in the order of pair, office and user."""
    by_role: dict[str, dict[str, list[Right]]] = defaultdict(lambda: defaultdict(list))
    for right in rights:
        by_role[right.role][right.user].append(right)
    found: dict[tuple[Pair, str | None, str], list[Span]] = defaultdict(list)
    for pair in pairs:
        ones, others = by_role.get(pair[0], {}), by_role.get(pair[1], {})
        for user in ones.keys() & others.keys():
            for one in ones[user]:
                for other in others[user]:
                    span = _together(one, other)
                    if span is not None:
                        found[pair, one.office or other.office, user].append(span)
    order = sorted(found, key=lambda k: (k[0], k[1] or "", k[2]))
    return [Clash(user, pair, office, joined(found[pair, office, user])) for pair, office, user in order]


def joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch or overlap as one."""
    done: list[Span] = []
    for start, end in sorted(spans, key=lambda s: (s[0], s[1] or date.max)):
        if done and (done[-1][1] is None or start <= done[-1][1]):
            before, until = done[-1]
            done[-1] = (before, None if until is None or end is None else max(until, end))
        else:
            done.append((start, end))
    return tuple(done)


def by_user_and_role(rights: Iterable[Right]) -> Mapping[tuple[str, str], list[Right]]:
    """Rights by who holds them and which."""
    found: dict[tuple[str, str], list[Right]] = defaultdict(list)
    for right in rights:
        found[right.user, right.role].append(right)
    return found


def _together(one: Right, other: Right) -> Span | None:
    if one.office is not None and other.office is not None and one.office != other.office:
        return None
    start = max(one.start, other.start)
    ends = [end for end in (one.end, other.end) if end is not None]
    end = min(ends) if ends else None
    return (start, end) if end is None or start < end else None
