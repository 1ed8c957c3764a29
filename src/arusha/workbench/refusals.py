"""What is answered where something is refused: the same few words whether the thing exists or not."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from arusha.charter import RefusedError
from arusha.errors import ArushaError, Told
from arusha.language import Catalogue
from arusha.workbench.pages import catalogue, placed, render, words_of
from arusha.workbench.record import REFUSED, Record
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor, visitor_of


def refuse(request: HttpRequest, visitor: Visitor, action: str) -> HttpResponse:
    """Answer 403, and record who was refused what."""
    if visitor.actor is not None:
        Record(site().home).add(REFUSED, visitor.actor, f"action:{action}")
    return render(request, visitor, "refused.html.j2", status=403, problem="", remedy="", reasons=[])


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    return render(request, visitor_of(request), "absent.html.j2", status=404)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that did not come from a page of ours."""
    return refuse(request, visitor_of(request), "form.forged")


def failed(request: HttpRequest, visitor: Visitor, problem: ArushaError, status: int = 400) -> HttpResponse:
    """Answer with what went wrong: a refusal of the charter whole in the reader's language, another by its kind.

    The details of another are English, below a sentence that says of which kind it is.
    """
    words = words_of(request)
    if isinstance(problem, RefusedError):
        title, *reasons, then = problem.said(words).split("\n")
        listed = [reason.removeprefix("- ") for reason in reasons]
        return render(
            request,
            visitor,
            "refused.html.j2",
            status=status,
            problem="",
            remedy="",
            said=title,
            reasons=listed,
            then=then,
        )
    said = kind_said(words, kind_of(problem))
    findings = (
        told_whole(words, [{"where": problem.place, "said": problem.told.masked().as_json()}]) if problem.told else []
    )
    told = {"problem": problem.problem, "remedy": problem.remedy, "said": said, "findings": findings}
    return render(request, visitor, "refused.html.j2", status=status, reasons=[], failed=True, **told)


def told_whole(words: Catalogue, findings: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Place, problem and remedy of each finding in the reader's language; empty where one is not in the catalogues."""
    if not findings or any(not one.get("said") for one in findings):
        return []
    told = [(str(one["where"]), Told.from_json(one["said"])) for one in findings]
    return [placed(words, where, said) for where, said in told]


def kind_of(problem: ArushaError) -> str:
    """The name of the first of an error's classes that the catalogues have a sentence for."""
    return next(c.__name__ for c in type(problem).__mro__ if catalogue("en").has(f"problem-{c.__name__}"))


def kind_said(words: Catalogue, kind: str) -> str:
    """What went wrong, by its kind; in English the details say it better, and stand alone."""
    return words.text(f"problem-{kind}") if words.lang != "en" and words.has(f"problem-{kind}") else ""
