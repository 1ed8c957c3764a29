"""Whom a pseudonym stands for, told to two key holders: only behind a live question, after an inquiry, and recorded.

What must hold before a sealed mapping is opened is asked of the workspace itself: its charter has the question live as
the assessment asked it, the alert of the signal is an inquiry that a second reader agreed to, who asks is an
investigator and two others are key holders, who both agreed to a request for it within the last day, and the pseudonyms
are those of the signal. The purpose is in the ledger
of looks, and a refusal as well, before anything is opened or said. A study, and a workspace of one person, have no
live question about persons: no name opens there.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arusha.assessment.agreed import facts
from arusha.assessment.evidence import find, plan_of
from arusha.assessment.folder import read_manifest
from arusha.assessment.verify import check_files
from arusha.charter import Charter, RefusedError
from arusha.charter.problems import CharterError, Missing, lacks
from arusha.errors import ArushaError
from arusha.indicators.registry import indicators
from arusha.indicators.signals import id_of
from arusha.language.told import error as of
from arusha.ledger import verify
from arusha.records.unmasking import Look, demand_purpose, look, pseudonyms_of
from arusha.workbench.alert import KIND as ALERT
from arusha.workbench.alert import Alert, apply
from arusha.workbench.as_raised import demand_as_raised
from arusha.workbench.name_requests import unagreed
from arusha.workbench.outside import Outside, remember, unvouched
from arusha.workbench.record import NAME_ASKED, NAME_OPENED, NAME_REFUSED, Record
from arusha.workbench.site import HOME, own_digests

ACT = "identify"


@dataclass(frozen=True)
class Request:
    """Who asks for which name, and why. ``holders`` are the pseudonyms of the two who release their shares.

    ``signal`` is the id of the signal, ``tell_by`` the day (2026-03-31) by which the person concerned is told of it.
    """

    actor: str
    holders: tuple[str, ...]
    signal: str
    pseudonyms: tuple[str, ...]
    purpose: str
    reference: str
    tell_by: str


def open_names(
    sealed: Path,
    shares: Sequence[Path],
    asked: Request,
    *,
    workspace: Path | None = None,
    assessment: Path | None = None,
    log: Path | None = None,
    outside: Outside | None = None,
) -> Look:
    """Open a sealed mapping for pseudonyms of one signal.

    Parameters
    ----------
    workspace
        Whose charter is asked; ``NAME.arusha`` beside the mapping if not given.
    assessment
        The folder that holds the signal; the one of its alert, beside the workspace, if not given.
    log
        As in ``arusha.records.unmasking.look``: the log that the key holders keep, beside the ledger.
    outside
        A witness's checkpoint of the charter's ledger, and the witness's key as the key holders know it: without one no
        name opens, for a copy from before a pause would not know of it.

    Raises
    ------
    RefusedError
        If the charter or the state of the alert stands in the way; each thing is named, and it is recorded.
    RecordsError
        If no purpose is given, or a share, the mapping or the log of the holders does not fit.
    """
    demand_purpose(asked.purpose, asked.reference)
    tokens = pseudonyms_of(asked.pseudonyms)
    place = workspace if workspace is not None else sealed.with_suffix(".arusha")
    if not place.is_dir():
        raise of(CharterError, "identify-no-workspace", "identify-workspace", where=str(place))
    record, elsewhere = _looks(place)
    about: tuple[str, ...] = (f"signal:{asked.signal}", *tokens, *(f"holder:{h}" for h in asked.holders))
    charter = Charter.of(place)
    question, problems, definition = "", [], ""
    sound = verify(record.ledger).ok
    if charter is None or charter.state().solo:
        problems = [lacks("solo", _STUDY, "identify-study")]
    elif elsewhere:
        problems = [lacks("home", "the looks are kept beside the workspace, not in another place", "identify-home")]
    elif not sound or not _follows(charter, record):
        text = "the ledger of looks and alerts is not what it was"
        problems = [lacks("ledger", text, "identify-ledger")]
    else:
        question, definition, problems = behind_name(record, charter, place, assessment, asked, tokens)
        about = (*about, f"question:{question}") if question else about
        problems += unvouched(charter.ledger, outside or Outside(), shares)
    words = {"purpose": asked.purpose.strip(), "reference": asked.reference.strip()}
    if not problems and charter is not None:
        entries = record.ledger.entries()
        lacking = unagreed(entries, asked.actor, asked.holders, asked.signal, tokens, asked.tell_by)
        told = {"signal": asked.signal, "definition": definition, "holder": asked.holders, "tell-by": asked.tell_by}
        problems = lacking
        # Where the charter refuses as well, it says so and keeps it; else it learns of no act that does not come about.
        if not lacking or charter.against(ACT, asked.actor, question, tokens=told):
            try:
                charter.identify(
                    asked.actor,
                    question,
                    signal=asked.signal,
                    definition=definition,
                    holders=asked.holders,
                    tell_by=asked.tell_by,
                    looks=_end(record),
                )
            except RefusedError as refused:
                problems = [*refused.missing, *lacking]
    if problems:
        codes = dict.fromkeys(f"lacks:{p.code}" for p in problems)
        # A ledger that was changed may take no entry any more; nothing opens whether it does or not.
        with contextlib.nullcontext() if sound else contextlib.suppress(ArushaError):
            record.add(NAME_REFUSED, asked.actor, *about, *codes, **words)
        raise RefusedError(ACT, tuple(problems), where=asked.signal)
    about = (*about, f"tell-by:{asked.tell_by}")
    assert charter is not None
    remember(charter.ledger, shares)
    record.add(NAME_ASKED, asked.actor, *about, **words)
    try:
        done = look(sealed, shares[0], shares[1], tokens, purpose=asked.purpose, reference=asked.reference, log=log)
    except BaseException:
        record.add(NAME_REFUSED, asked.actor, *about, "lacks:opening", **words)
        raise
    record.add(NAME_OPENED, asked.actor, *about, **words)
    return done


_STUDY = (
    "the workspace has no charter shared by several people: it has no live question about persons, and no name opens"
)


def _looks(workspace: Path) -> tuple[Record, bool]:
    """The ledger of looks, and whether another one than the workspace's own was named by whoever runs this."""
    own = workspace / HOME
    named = os.environ.get("ARUSHA_HOME")
    if named and Path(named).resolve() != own.resolve() and (own / "ledger").exists():
        return Record(own), True
    return Record(Path(named) if named else own), False


def _end(record: Record) -> str:
    """Size and root of the ledger of looks, for the charter's ledger, which others hold too."""
    size = len(record.ledger)
    return f"{size}.{record.ledger.root(size).hex()}"


def _follows(charter: Charter, record: Record) -> bool:
    """Whether the ledger of looks goes on from what the charter's ledger says of it at each earlier asking."""
    for recorded in charter.ledger.entries():
        if recorded.entry.kind != f"charter.{ACT}":
            continue
        for subject in recorded.entry.subjects:
            if subject.startswith("looks:"):
                size, _, root = subject.removeprefix("looks:").partition(".")
                if int(size) > len(record.ledger) or record.ledger.root(int(size)).hex() != root:
                    return False
    return True


def _inquiry(record: Record, signal: str) -> tuple[Alert | None, str | None]:
    """The alert of a signal and its second reader, from the entries themselves: what is kept beside may be edited."""
    found: dict[str, Alert] = {}
    reader = None
    for recorded in record.ledger.entries():
        entry = recorded.entry
        if entry.kind.startswith(ALERT) and f"signal:{signal}" in entry.subjects:
            apply(found, recorded)
            reader = entry.actor if entry.kind == f"{ALERT}concurred" else reader
    return found.get(signal), reader


def behind_name(
    record: Record, charter: Charter, workspace: Path, assessment: Path | None, asked: Request, tokens: Sequence[str]
) -> tuple[str, str, list[Missing]]:
    """The question of a signal, the hash of what it asked, and what the signal and its alert lack to open a name."""
    alert, reader = _inquiry(record, asked.signal)
    if alert is None or alert.state != "inquiry":
        text = "the alert of the signal is not an inquiry with a second reader's agreement"
        return alert.question if alert else "", "", [lacks("inquiry", text, "identify-inquiry")]
    folder = assessment if assessment is not None else workspace.resolve().parent / alert.assessment
    try:
        check_files(folder)
        manifest, row = read_manifest(folder), find(folder, asked.signal)
        demand_as_raised(record, folder, row)
    except (
        ArushaError
    ):  # also where there is no such folder or signal: a try that stops here is recorded like any other
        text = "the assessment is not as it was written"
        return alert.question, "", [lacks("edited", text, "identify-edited")]
    definition = next((i.definition for i in indicators() if i.definition.id == row["indicator"]), None)
    problems = []
    two, state = {alert.proposed_by, reader}, charter.state()
    if len(two) != 2 or two & set(asked.holders) or not all(p and state.holds(p, "investigator") for p in two):
        text = "two investigators proposed and agreed to the inquiry, and neither releases a share"
        problems.append(lacks("readers", text, "identify-readers"))
    if {asked.actor, *asked.holders} & alert.recused:
        text = "who asks or releases did not say that they have a conflict of interest"
        problems.append(lacks("recused", text, "identify-recused"))
    if (manifest.get("workspace") or {}).get("digest") not in own_digests(workspace):
        text = "the assessment is not of this workspace's records"
        problems.append(lacks("assessment", text, "identify-assessment"))
    # The id is a digest of whom the signal is about: a row that was edited bears another.
    if id_of(row) != asked.signal or not row["signal"] or definition is None or alert.question != definition.id:
        problems.append(lacks("signal", "the signal is not among what the question flags", "identify-signal"))
    if not set(tokens) <= _units(row):
        text = "only who the signal is about: not all of these pseudonyms are in it"
        problems.append(lacks("others", text, "identify-others"))
    if {asked.actor, *asked.holders} & _units(row):
        text = "who asks or releases is not whom the signal is about"
        problems.append(lacks("concerned", text, "identify-concerned"))
    told = facts(definition, plan_of(manifest).settings(definition.id)).digest if definition else ""
    return alert.question, told, problems


def _units(row: dict[str, Any]) -> set[str]:
    return {str(row[name]) for name in ("unit_id", "other_id") if row.get(name)}
