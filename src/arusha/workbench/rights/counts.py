"""Counts of rights by the worker: what is asked, the newest answer, and its rows one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from arusha.access.rights import Exemption
from arusha.access.role_acts import RoleActs
from arusha.language.told import error as of
from arusha.workbench import jobs
from arusha.workbench.access.counts import Answer, answer_of, load_of
from arusha.workbench.models import Job
from arusha.workbench.rights.agreements import RightsError
from arusha.workbench.site import Site

FEWEST = 10
"""As in ``arusha.access.withholding``: fewer people are told as fewer to who may not open them."""


@dataclass(frozen=True)
class Row:
    """One user, two roles and one office, all offices where it is empty: when both were held, what was done."""

    number: int
    user: str
    pair: tuple[str, str]
    office: str
    spans: tuple[tuple[str, str], ...]
    now: bool
    used: dict[str, Any]

    @property
    def together(self) -> int:
        """Declarations on which the clash was used."""
        return int(self.used.get("together", 0))


def ask(site: Site, actor: str, acts: RoleActs | None, exemptions: list[Exemption]) -> Job:
    """Ask the worker who holds rights that clash, and which were used.

    Raises
    ------
    RightsError
        If there are no records.
    """
    load = load_of(site)
    if not load:
        raise of(RightsError, "no-records-to-count", "load-first")
    given = {
        "workspace": str(site.workspace),
        "load": load,
        "acts": acts.as_dict() if acts is not None else None,
        "exceptions": [[e.user, *e.pair, e.office or "", e.start.isoformat(), e.end.isoformat()] for e in exemptions],
    }
    return jobs.ask(site.home, actor, jobs.RIGHTS, given)


def newest(site: Site) -> Answer | None:
    """The newest count; what former ones told of persons is forgotten."""
    done = Job.objects.filter(kind=jobs.RIGHTS, state=Job.DONE).order_by("-pk")
    job = done.first()
    if job is not None:
        for former in done[1:]:
            if former.told:
                Job.objects.filter(pk=former.pk).update(told={})
    return answer_of(site, job)


def running() -> Job | None:
    """A count that waits or runs."""
    return Job.objects.filter(kind=jobs.RIGHTS, state__in=(Job.WAITING, Job.RUNNING)).order_by("pk").first()


def rows(told: dict[str, Any]) -> list[Row]:
    """Clashes with what was done under them, in the order of roles, office and first day; nobody before another.

    A clash in all offices stands once more for each office in which it was used.
    """
    uses: dict[tuple[str, str, str], dict[str, dict[str, Any]]] = {}
    for one in told.get("used") or ():
        uses.setdefault((one["user"], *one["pair"]), {})[one["office"]] = one
    found: list[tuple[Any, ...]] = []
    held = {(c["user"], *c["pair"], c["office"]) for c in told.get("clashes") or ()}
    for clash in told.get("clashes") or ():
        user, pair, office = clash["user"], clash["pair"], clash["office"]
        theirs = uses.get((user, *pair), {})
        found.append((user, pair, office, clash["spans"], clash["now"], theirs.get(office, {})))
        if not office:
            found += [
                (user, pair, where, clash["spans"], clash["now"], use)
                for where, use in theirs.items()
                if use["together"] and (user, *pair, where) not in held
            ]
    found.sort(key=lambda r: (r[1], r[2], r[3], r[0]))
    return [
        Row(n, user, (pair[0], pair[1]), office, tuple((s[0], s[1]) for s in spans), now, use)
        for n, (user, pair, office, spans, now, use) in enumerate(found, 1)
    ]


def cells(told: dict[str, Any]) -> dict[tuple[str, str], dict[str, int | None]]:
    """Pair -> users with both rights on the last day (``now``) and in the period (``ever``), and those who used them.

    ``used`` and ``files`` are none where that cannot be told.
    """
    found: dict[tuple[str, str], dict[str, int | None]] = {}
    blind = cannot_tell(told)
    for one, other in told.get("pairs") or ():
        theirs = [c for c in told["clashes"] if c["pair"] == [one, other]]
        can = (one, other) not in blind
        uses = [u for u in told.get("used") or () if u["pair"] == [one, other] and u["together"]]
        found[one, other] = {
            "now": len({c["user"] for c in theirs if c["now"]}),
            "ever": len({c["user"] for c in theirs}),
            "used": len({u["user"] for u in uses}) if can else None,
            "files": sum(u["together"] for u in uses) if can else None,
        }
    return found


def cannot_tell(told: dict[str, Any]) -> set[tuple[str, str]]:
    """Pairs of which nobody can tell whether they were used."""
    seen = {(pair[0], pair[1]) for pair in told.get("seen") or ()}
    return {(one, other) for one, other in told.get("pairs") or () if (one, other) not in seen}
