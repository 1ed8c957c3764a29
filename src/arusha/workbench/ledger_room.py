"""The ledgers: their size and root, what witnesses hold, proofs to take away, and what none of it can prove."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from django.http import Http404, HttpRequest, HttpResponse

from arusha.effects.evaluations import Evaluations
from arusha.ledger import CANNOT_PROVE, Checkpoint, Ledger, verify
from arusha.ledger.note import encode
from arusha.ledger.scan import ReadBefore
from arusha.ledger.verification import Verification, went_on
from arusha.workbench.pages import render
from arusha.workbench.record import SEEN, Record
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

MOST_ENTRIES = 100
MOST_LOOKS = 200
_READ: dict[str, ReadBefore] = {}
PLACES = {"charter": "charter/ledger", "record": "workbench/ledger", "evaluations": "evaluations/ledger"}


def _ledgers() -> dict[str, Ledger]:
    served = site()
    charter = served.charter()
    found = {} if charter is None else {"charter": charter.ledger}
    evaluations = Evaluations(served.workspace).ledger() if served.workspace is not None else None
    found |= {"record": Record(served.home).ledger}
    return found if evaluations is None else found | {"evaluations": evaluations}


def _ledger(which: str) -> Ledger:
    found = _ledgers().get(which)
    if found is None:
        raise Http404
    return found


def _checkpoints(ledger: Ledger) -> list[Checkpoint]:
    return sorted((Checkpoint.parse(text) for text in ledger.store.checkpoints()), key=lambda c: c.size)


def ledgers(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The ledgers of this workspace, and the limits of any of them."""
    rows = [(name, ledger.origin, len(ledger), encode(ledger.root())) for name, ledger in _ledgers().items()]
    return render(request, visitor, "ledgers.html.j2", rows=rows, limits=[limit.code for limit in CANNOT_PROVE])


def ledger(request: HttpRequest, visitor: Visitor, which: str) -> HttpResponse:
    """One ledger: read again from its first byte, with its checkpoints; the auditor reads its newest entries.

    Bytes that this process verified before are hashed, and parsed again only where one is another. The entries shown
    are those that were verified, and not read again.
    """
    found, served = _ledger(which), site()
    reads = visitor.may("entries.read")
    if reads:
        _seen(visitor, f"ledger-{which}")  # entries name who was looked at
    checked = _checked(found, MOST_ENTRIES if reads else 0)
    return render(
        request,
        visitor,
        "ledger.html.j2",
        which=which,
        checked=checked,
        place=f"{served.workspace.name if served.workspace else 'NAME.arusha'}/{PLACES[which]}",
        checkpoints=[(c.size, encode(c.root), len(c.note.lines)) for c in _checkpoints(found)] if checked.ok else [],
        entries=list(reversed(checked.newest)) if checked.ok else [],
        reads=reads,
        limits=[limit.code for limit in CANNOT_PROVE],
    )


def inclusion(request: HttpRequest, visitor: Visitor, which: str, entry: int) -> HttpResponse:
    """The proof that an entry stands in the ledger of the newest checkpoint, as file."""
    found = _ledger(which)
    _seen(visitor, f"ledger-{which}")
    return _file(str(found.prove_entry(entry, _newest(found))), f"{which}-entry-{entry}.proof")


def growth(request: HttpRequest, visitor: Visitor, which: str, first: int) -> HttpResponse:
    """The proof that the ledger of the newest checkpoint begins with the first entries as they were, as file."""
    found = _ledger(which)
    return _file(str(found.prove_growth(first, _newest(found))), f"{which}-since-{first}.growth")


def read_before() -> None:
    """Verify each ledger once, as its page does, so that the first to ask need not wait for it."""
    for found in _ledgers().values():
        _checked(found, 0)


def _checked(found: Ledger, newest: int) -> Verification:
    """Verify a ledger, also against what this process read of it before: one that was put back holds by itself."""
    before = _READ.get(found.store.where)
    checked = verify(found, kept=_READ, newest=newest)
    problem = went_on(found, before) if before is not None and checked.ok else None
    if before is None or problem is None:
        return checked
    _READ[found.store.where] = before  # it is said until somebody looks into it and starts the program anew
    return replace(checked, problems=(problem,))


def _seen(visitor: Visitor, page: str) -> None:
    """Record that the pages which say who looked were looked at: who watches the watchers is watched too."""
    if visitor.mode != "solo":
        Record(site().home).add(SEEN, visitor.actor, f"page:{page}")


def _newest(found: Ledger) -> Checkpoint:
    kept = _checkpoints(found)
    if not kept:
        raise Http404
    return kept[-1]


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def looks(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Who looked at what, when and why, and who was refused; the newest first."""
    _seen(visitor, "looks")
    found = list(islice(Record(site().home).looks(), MOST_LOOKS))
    return render(request, visitor, "looks.html.j2", looks=found)
