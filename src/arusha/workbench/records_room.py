"""Loading: extracts on the server and sent ones; looking at one first, then storing what was looked at."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_protect

from arusha.assessment.folder import digest
from arusha.language.told import error as of
from arusha.records.invented import NAME as MARK
from arusha.records.invented import invented
from arusha.records.mapping_file import SHIPPED
from arusha.workbench import jobs
from arusha.workbench.extracts import Extract, find, mapping_of, on_server
from arusha.workbench.models import Job
from arusha.workbench.pages import render
from arusha.workbench.record import Record
from arusha.workbench.site import Site, site
from arusha.workbench.uploads import (
    DISCARDED,
    RECEIVED,
    Receiver,
    UploadError,
    discard,
    folder_of,
    too_large,
    uploads,
)
from arusha.workbench.visitor import Visitor


def records(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """What is loaded, the extracts that there are, and the form to send one."""
    served = site()
    return render(
        request,
        visitor,
        "load.html.j2",
        workspace=served.workspace,
        loaded=served.has_records,
        extracts=on_server(served),
        root=settings.ARUSHA_EXTRACTS,
        uploads=uploads(served.home),
        most_mb=settings.ARUSHA_UPLOAD_MB,
    )


def source(request: HttpRequest, visitor: Visitor, where: str, extract: str) -> HttpResponse:
    """One extract: choose the mapping, then look at it."""
    found = _extract(site(), where, extract)
    return render(request, visitor, "source.html.j2", extract=found, shipped=SHIPPED)


def inspect(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask for a look at an extract. Nothing is stored."""
    served = site()
    found = _extract(served, request.POST.get("where", ""), request.POST.get("extract", ""))
    mapping = mapping_of(found, request.POST.get("mapping", ""))
    override = request.POST.get("override", "")
    if mapping is None or (override and override not in found.mappings):
        raise of(jobs.JobError, "records-no-mapping", "choose-listed", where=found.name)
    given = {
        "where": found.where,
        "extract": found.name,
        "upload": found.upload,
        "source": str(found.path),
        "mapping": mapping,
        "override": str(found.path / override) if override else None,
    }
    return _asked(served, visitor, jobs.INSPECT, given, found)


def load(request: HttpRequest, visitor: Visitor, job: str) -> HttpResponse:
    """Ask to load what a finished look showed, if nothing in it blocks."""
    served = site()
    looked = Job.objects.filter(key=job, kind=jobs.INSPECT, state=Job.DONE).first()
    if looked is None or served.workspace is None:
        raise Http404
    found = _extract(served, looked.given["where"], looked.given["extract"])
    if looked.told.get("blocking"):
        raise of(jobs.JobError, "records-blocked", "records-right", where=found.name)
    if looked.ended_at is None or not looked.told.get("looked_at"):
        jobs.refuse_lapsed("")
    assert looked.ended_at is not None
    if found.upload:
        _refuse_mark(served, found.upload)
    looked_at = looked.told["looked_at"] | {"at": looked.ended_at.isoformat()}
    jobs.refuse_lapsed(looked_at["at"])
    key_file = settings.ARUSHA_KEY_FILE or str(served.workspace.with_suffix(".key"))
    given = looked.given | {
        "looked_at": looked_at,
        "out": str(served.workspace),
        "key_file": key_file,
        "seal_to": settings.ARUSHA_SEAL_TO or None,
    }
    return _asked(served, visitor, jobs.LOAD, given, found)


def receive(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Take files into a new extract. Who may not is refused, and what is too large, before anything of it is read."""
    served, most = site(), settings.ARUSHA_UPLOAD_MB * 1_000_000
    if not most or int(request.headers.get("Content-Length") or 0) > most + 1_000_000:
        raise too_large(most)
    receiver = Receiver(request, served.home, most)
    request.upload_handlers = [receiver]
    try:
        # The word of our pages is in the form, so that it can be checked only now.
        return csrf_protect(partial(_received, visitor=visitor, receiver=receiver))(request)
    finally:
        receiver.give_up()


def _received(request: HttpRequest, visitor: Visitor, receiver: Receiver) -> HttpResponse:
    request.FILES  # noqa: B018 - reads the form
    sent = receiver.finish()
    try:
        _refuse_mark(site(), sent.key)
    except UploadError:
        discard(receiver.home, sent.key)
        raise
    Record(receiver.home).add(RECEIVED, visitor.actor, f"upload:{sent.key}", f"files:{sent.files}")
    return redirect("source", where="upload", extract=sent.key)


def throw_away(request: HttpRequest, visitor: Visitor, extract: str) -> HttpResponse:
    """Delete what was sent."""
    served = site()
    if not discard(served.home, extract):
        raise Http404
    jobs.forget(extract)
    Record(served.home).add(DISCARDED, visitor.actor, f"upload:{extract}")
    return redirect("records")


def _refuse_mark(served: Site, key: str) -> None:
    """Refuse records that say of themselves, through the browser, that they are invented, where real people act.

    Raises
    ------
    UploadError
        Where the workspace has a charter of several real people.
    """
    path, state = folder_of(served.home, key), served.state()
    real = state is not None and not state.solo and not state.demo
    if real and path is not None and invented(path) is not None:
        raise of(UploadError, "records-invented", "records-invented", where=MARK)


def _extract(served: Site, where: str, name: str) -> Extract:
    found = find(served, where, name)
    if found is None:
        raise Http404
    return found


def _asked(served: Site, visitor: Visitor, kind: str, given: dict[str, Any], found: Extract) -> HttpResponse:
    assert visitor.actor is not None
    subjects = [f"upload:{found.upload}"] if found.upload else []
    mapping, words = given["mapping"], {}
    if mapping in SHIPPED:
        subjects.append(f"mapping:{mapping}")
    else:
        # A file may be called anything, after a person too: the entry names it by what is in it.
        subjects.append(f"mapping:{digest(Path(mapping))[:16]}")
        words["mapping"] = Path(mapping).name
    job = jobs.ask(served.home, visitor.actor, kind, given, *subjects, **words)
    return redirect("job", job=job.key)
