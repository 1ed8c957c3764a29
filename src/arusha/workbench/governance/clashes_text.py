"""Rights that clash as lines for the command line: counts by pair of roles, and what cannot be told."""

from __future__ import annotations

from collections.abc import Iterator

from arusha.access.clashes import Found
from arusha.access.role_acts import written
from arusha.language.plain_text import plain

_NO_USE = {
    "acts": "which acts belong to which role is not declared (--acts FILE)",
    "log": "the log is not good enough",
    "tables": "no pair of roles has acts of its own on both sides in the records",
}
_PROBLEMS = {
    "backwards": "rights that end before they start: they hold nothing",
    "twice": "pairs that the list names twice",
    "with-itself": "roles that the list sets against themselves",
}


def lines(found: Found) -> Iterator[str]:
    """What is told of a count, one line each; no user, office or declaration is in it."""
    if found.lacks:
        yield f"Cannot tell: the records lack {', '.join(found.lacks)}."
        return
    yield f"Records of {found.first} to {found.last}. Users who held both rights of a pair at one office:"
    for pair in found.pairs:
        theirs = [c for c in found.clashes if c.pair == pair]
        now = {c.user for c in theirs if found.last is not None and c.on(found.last)}
        ever = {c.user for c in theirs}
        use = "use: cannot tell"
        if found.used is not None and pair in found.seen:
            rows = [u for u in found.used if u.pair == pair]
            users = {u.user for u in rows if u.together}
            together, acting, excepted, in_turn, lacking = (
                sum(getattr(u, name) for u in rows) for name in ("together", "acting", "excepted", "in_turn", "lacking")
            )
            use = (
                f"used by {len(users):,} on {together:,} declarations ({acting:,} under a recorded duty, {excepted:,}"
                f" under an exception), in turn on {in_turn:,}, without a recorded right on {lacking:,}"
            )
        roles = " + ".join(plain(role) for role in pair)
        yield f"  {roles}: {len(now):,} on the last day, {len(ever):,} over the period; {use}"
    if not found.pairs:
        yield "  The list of roles to be kept apart is empty."
    if found.no_use:
        yield f"Use cannot be told: {_NO_USE[found.no_use]}."
        if found.no_use == "log":
            yield "  " + ", ".join(m.name for m in found.measures if m.stops)
    for (one, other), acts in found.shared_acts.items():
        yield f"Acts of both {plain(one)} and {plain(other)}, left out: {', '.join(plain(written(a)) for a in acts)}."
    for what, names in (
        ("Roles without an act of their own in a pair", found.silent),
        ("Acts whose table the records lack", found.unread),
        ("Roles that nobody holds in the records", found.unknown),
    ):
        if names:
            yield f"{what}: {', '.join(plain(name) for name in names)}."
    if found.strangers[0]:
        yield (
            f"Both halves of {found.strangers[0]:,} declarations by somebody who never held both rights in the records:"
            " rights are lacking there, or acts are declared for the wrong role."
        )
    for name, n in found.problems.items():
        if n:
            yield f"{n:,} {_PROBLEMS[name]}."
