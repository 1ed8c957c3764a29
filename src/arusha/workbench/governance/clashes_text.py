"""Rights that clash as lines for the command line: counts by pair of roles, and what cannot be told."""

from __future__ import annotations

from collections.abc import Iterator

from arusha.access.clashes import Found
from arusha.access.rights import Pair
from arusha.access.role_acts import written
from arusha.language import Catalogue
from arusha.language.plain_text import plain


def lines(found: Found, words: Catalogue) -> Iterator[str]:
    """What is told of a count, one line each; no user, office or declaration is in it."""
    if found.lacks:
        yield words.text("clash-lacks", what=", ".join(found.lacks))
        return
    yield words.text("clash-records", first=str(found.first), last=str(found.last))
    for pair in found.pairs:
        theirs = [c for c in found.clashes if c.pair == pair]
        now = {c.user for c in theirs if found.last is not None and c.on(found.last)}
        ever = {c.user for c in theirs}
        roles = " + ".join(plain(role) for role in pair)
        counts = {"now": words.number(len(now)), "ever": words.number(len(ever))}
        yield "  " + words.text("clash-pair", roles=roles, use=_use(found, pair, words), **counts)
    if not found.pairs:
        yield "  " + words.text("clash-empty")
    if found.no_use:
        yield words.text(f"clash-no-use-{found.no_use}")
        if found.no_use == "log":
            yield "  " + ", ".join(m.name for m in found.measures if m.stops)
    for (one, other), acts in found.shared_acts.items():
        told = ", ".join(plain(written(a)) for a in acts)
        yield words.text("clash-shared", one=plain(one), other=plain(other), acts=told)
    for what, names in (("silent", found.silent), ("unread", found.unread), ("unknown", found.unknown)):
        if names:
            yield words.text(f"clash-{what}", names=", ".join(plain(name) for name in names))
    if found.strangers[0]:
        yield words.text("clash-strangers", n=words.number(found.strangers[0]))
    for name, n in found.problems.items():
        if n:
            yield words.text(f"clash-problem-{name}", n=words.number(n))


def _use(found: Found, pair: Pair, words: Catalogue) -> str:
    if found.used is None or pair not in found.seen:
        return words.text("clash-use-unknown")
    rows = [u for u in found.used if u.pair == pair]
    counts = {
        name: words.number(sum(getattr(u, of) for u in rows))
        for name, of in (
            ("together", "together"),
            ("acting", "acting"),
            ("excepted", "excepted"),
            ("turn", "in_turn"),
            ("lacking", "lacking"),
        )
    }
    return words.text("clash-used", users=words.number(len({u.user for u in rows if u.together})), **counts)
