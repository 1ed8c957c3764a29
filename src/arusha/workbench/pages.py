"""A page: a template, the reader's language, the menu of what is open to them, the lines that stand on every page."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from arusha.assessment.report_words import set_aside_reason
from arusha.charts.drawing import left_to_right
from arusha.charts.words import interval, number
from arusha.errors import ArushaError, Told
from arusha.language import Catalogue, languages
from arusha.language.plain_text import plain
from arusha.workbench.site import site
from arusha.workbench.unnamed import unnamed
from arusha.workbench.visitor import Visitor

COOKIE = "language"
_CODE = re.compile(r"`([^`]+)`")
MENU = (
    ("welcome", "everybody"),
    ("tasks", "everybody"),
    ("records", "records.load"),
    ("plan", "assessment.run"),
    ("jobs", "jobs.see"),
    ("assessments", "assessment.see"),
    ("evaluations", "evaluation.see"),
    ("alerts", "alerts.see"),
    ("overdue", "alerts.overdue"),
    ("performance", "performance.see"),
    ("rereview", "rereview.see"),
    ("names", "identity.see"),
    ("own", "own.see"),
    ("desk", "desk.see"),
    ("governance", "governance.see"),
    ("access", "access.see"),
    ("rights", "rights.see"),
    ("charter", "charter.see"),
    ("ledgers", "ledger.see"),
    ("looks", "looks.read"),
    ("people", "people.see"),
    ("accounts", "accounts.see"),
)
"""Pages of the menu, in the order of the work, with the action that opens each."""


@cache
def _environment() -> Environment:
    made = Environment(
        loader=ChoiceLoader([PackageLoader("arusha.workbench"), PackageLoader("arusha.assessment")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["url"] = lambda page, /, **parts: reverse(page, kwargs=parts)
    made.globals["reason_of"] = set_aside_reason
    made.globals["said_of"] = said_of
    made.globals["placed_of"] = placed_of
    made.globals["told_problem"] = lambda words, said: Told.from_json(said).problem(words)
    made.globals["told_remedy"] = lambda words, said: Told.from_json(said).remedy(words)
    made.filters["plain"] = plain
    made.filters["unnamed"] = unnamed
    made.filters["coded"] = coded
    return made


def coded(text: str) -> Markup:
    """A text of the contract, in which codes stand between backticks, with those set as codes."""
    return Markup(_CODE.sub(r'<code dir="ltr">\1</code>', str(escape(text))))  # noqa: S704 - escaped before


def said_of(words: Catalogue, problem: ArushaError, known: frozenset[str] = frozenset()) -> tuple[str, str] | None:
    """What an error says and what to do, in the reader's language; None where the catalogues have no sentence of it.

    Cells of records show their shape only, but for ``known`` ones that the reader wrote.
    """
    told = problem.told.masked(known) if problem.told is not None else None
    return None if told is None else (told.problem(words), told.remedy(words))


def placed(words: Catalogue, where: str, said: Told) -> tuple[str, str, str]:
    """Place, problem and remedy in the reader's language; a place with words in it leads the problem's sentence."""
    place, problem = said.place(words), said.problem(words)
    return (
        ("", f"{place}{words.text('colon')}{problem}", said.remedy(words))
        if place
        else (
            where,
            problem,
            said.remedy(words),
        )
    )


def placed_of(words: Catalogue, problem: ArushaError) -> list[tuple[str, str, str]]:
    """What an error says, with its place; in English where the catalogues have no sentence of it."""
    if problem.told is None:
        return [(problem.place, problem.problem, problem.remedy)]
    return [placed(words, problem.place, problem.told.masked())]


def templates() -> None:
    """Make every template ready."""
    for name in PackageLoader("arusha.workbench").list_templates():
        _environment().get_template(name)


@cache
def catalogue(lang: str) -> Catalogue:
    """The catalogue of a language, read once."""
    return Catalogue(lang)


def words_of(request: HttpRequest) -> Catalogue:
    """The reader's language: what they chose, else the first of the browser's that there is, else English."""
    asked = [request.COOKIES.get(COOKIE, "")]
    asked += [part.split(";")[0].strip()[:2].lower() for part in request.headers.get("Accept-Language", "").split(",")]
    return catalogue(next((lang for lang in asked if lang in languages()), "en"))


def back_to(request: HttpRequest, place: str, otherwise: str) -> HttpResponse:
    """Go on at a place of this site that a form named; elsewhere, or where it names none, at ``otherwise``."""
    good = place.startswith("/") and url_has_allowed_host_and_scheme(place, {request.get_host()})
    return redirect(place if good else otherwise)


def number_given(text: str) -> int | None:
    """A whole number from 0 that somebody typed or an address holds; none where it is none, or too long to be a place.

    Raised numbers (``²``) are digits to Python and no numbers.
    """
    return int(text) if text.isdecimal() and len(text) < 12 else None


def render(request: HttpRequest, visitor: Visitor, template: str, *, status: int = 200, **values: Any) -> HttpResponse:
    """The page as answer to a request."""
    words = words_of(request)
    served = site()
    demo = served.demo
    tasks = visitor.mode == "demo" and bool(request.session.get("entered")) and bool(served.assessments)
    charter = visitor.mode != "solo" or served.charter() is not None
    text = (
        _environment()
        .get_template(template)
        .render(
            request=request,
            back=request.get_full_path() if request.method == "GET" and status == 200 else "/",
            visitor=visitor,
            t=words.text,
            words=words,
            ltr=left_to_right,
            svg=lambda chart: Markup(chart.svg),  # noqa: S704 - escaped where it was drawn
            number=lambda value: number(words, value, 0),
            between=partial(interval, words),
            decimal=lambda value, digits=2: "∞" if value is None else number(words, value, digits),
            when=lambda moment: left_to_right(f"{moment:%Y-%m-%d %H:%M} UTC") if isinstance(moment, datetime) else "",
            csrf=Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(request)),
            demo=words.text("demo-line", seed=left_to_right(str(demo["seed"]))) if demo else "",
            study=words.text("charter-line" if charter else "study-line"),
            menu=[
                (name, words.text(f"wb-{name}"))
                for name, action in MENU
                if visitor.may(action) and (name != "tasks" or tasks)
            ],
            tasks=tasks,
            tongues=[catalogue(lang) for lang in languages()],
            **values,
        )
    )
    return HttpResponse(text, status=status)
