"""Jobs: which wait, run and ended, who asked; how far one is, what came of it, and the ways to stop and repeat it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.assessment.report_words import defined
from arusha.indicators.registry import indicators
from arusha.language import Catalogue
from arusha.language.told import error as of
from arusha.workbench import jobs
from arusha.workbench.extracts import find
from arusha.workbench.models import Job
from arusha.workbench.pages import render, words_of
from arusha.workbench.refusals import kind_said, refuse, told_whole
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

MOST_SHOWN = 50
RELOAD_SECONDS = 3
WITHOUT_EXTRACT = (jobs.ASSESS, jobs.RETAIN, jobs.EVALUATE, jobs.COUNT, jobs.EXPLAIN, jobs.RIGHTS)
"""Jobs that can be asked for again whatever became of the extract."""


def listing(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The newest jobs."""
    there = jobs.worker_is_there(site().home)
    found = list(Job.objects.order_by("-pk")[:MOST_SHOWN])
    return render(request, visitor, "jobs.html.j2", jobs=found, worker=there, about=_about)


def job(request: HttpRequest, visitor: Visitor, job: str) -> HttpResponse:
    """One job. While it is not over its page comes again by itself every three seconds, unless asked not to."""
    served, words = site(), words_of(request)
    there = jobs.worker_is_there(served.home)
    found = _job(job)
    still = request.GET.get("still") == "yes"
    may = visitor.may(jobs.ACTIONS[found.kind])
    shown = dict(found.told) if may else {}
    answer = render(
        request,
        visitor,
        "job.html.j2",
        job=found,
        about=_about(found),
        told=shown,
        step=_step(words, found.step),
        ahead=Job.objects.filter(state__in=(Job.WAITING, Job.RUNNING), pk__lt=found.pk).count(),
        worker=there,
        may=may,
        problem=found.problem if may else "",
        said=kind_said(words, str(found.told.get("kind", ""))) if found.problem and may else "",
        findings=told_whole(words, found.told.get("said") or []) if found.problem and may else [],
        whole=found.told.get("kind", "") in jobs.SAID_WHOLE,
        remedy=found.remedy if may else "",
        loads=found.kind == jobs.INSPECT and found.state == Job.DONE and _there(found),
        again=found.over
        and found.state != Job.DONE
        and (
            found.kind in (jobs.ASSESS, jobs.RETAIN, jobs.EVALUATE, jobs.COUNT, jobs.EXPLAIN, jobs.RIGHTS)
            or _there(found)
        ),
        assessment=_assessment(found),
        still=still,
        seconds=RELOAD_SECONDS,
    )
    if not found.over and not still:
        answer["Refresh"] = str(RELOAD_SECONDS)
    return answer


def stop(request: HttpRequest, visitor: Visitor, job: str) -> HttpResponse:
    """Ask that a job stops."""
    found = _job(job)
    assert visitor.actor is not None
    if not visitor.may(jobs.ACTIONS[found.kind]):
        return refuse(request, visitor, "jobs.stop")
    jobs.stop(site().home, visitor.actor, found)
    return redirect("job", job=job)


def again(request: HttpRequest, visitor: Visitor, job: str) -> HttpResponse:
    """Ask once more for a job that did not come to its end."""
    found = _job(job)
    assert visitor.actor is not None
    if not visitor.may(jobs.ACTIONS[found.kind]):
        return refuse(request, visitor, "jobs.stop")
    if not found.over or found.state == Job.DONE:
        raise of(jobs.JobError, "jobs-is", "", where=found.key, state=found.state)
    if found.kind == jobs.LOAD:
        jobs.refuse_lapsed(found.given.get("looked_at", {}).get("at", ""))
    workspace = site().workspace
    home = workspace.resolve().parent if workspace is not None else None
    if "out" in found.given and home != Path(found.given["out"]).resolve().parent:
        raise of(jobs.JobError, "jobs-elsewhere", "jobs-anew", where=found.key)
    subjects = [f"again:{found.key}"]
    if "plan_hash" in found.given:
        subjects.append(f"plan:{found.given['plan_hash']}")
    asked = jobs.ask(site().home, visitor.actor, found.kind, found.given, *subjects)
    return redirect("job", job=asked.key)


def _job(key: str) -> Job:
    found = Job.objects.filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _about(job: Job) -> str:
    """What a job is about: the extract's name, or the assessment's."""
    if job.kind in (jobs.EVALUATE, jobs.COUNT, jobs.EXPLAIN, jobs.RIGHTS):
        return str(job.given.get("about", ""))
    return Path(job.given["out"]).name if job.kind == jobs.ASSESS else str(job.given.get("extract", ""))


def _there(job: Job) -> bool:
    """Whether the extract of a look or a load is there still."""
    return find(site(), job.given.get("where", ""), job.given.get("extract", "")) is not None


def _assessment(job: Job) -> str:
    """The name of the assessment that a job made, in addresses."""
    if job.kind != jobs.ASSESS or job.state != Job.DONE:
        return ""
    out = Path(job.given["out"]).resolve()
    return next((name for name, path in site().assessments.items() if path.resolve() == out), "")


def _step(words: Catalogue, step: str) -> dict[str, Any]:
    """A step in the reader's language where it is a question; else as the program says it, in English."""
    for indicator in indicators():
        about = indicator.definition
        if about.id == step:
            return {"text": defined(words, {"id": about.id, "title": about.title}, "title"), "english": False}
    return {"text": step, "english": bool(step)}
