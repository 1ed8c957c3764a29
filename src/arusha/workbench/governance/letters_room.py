"""Letters to producers: what was drafted and why, its text in four languages, and how far it is."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.language import languages
from arusha.language.told import error as of
from arusha.workbench.alerts import now
from arusha.workbench.governance import letters
from arusha.workbench.governance.letter_text import FORMS, sentence, write
from arusha.workbench.governance.letters import Letter
from arusha.workbench.governance.loads_room import known
from arusha.workbench.governance.sources import Source, sources, title
from arusha.workbench.pages import render, words_of
from arusha.workbench.record import Record
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

_TYPES = {"md": "text/markdown", "txt": "text/plain", "html": "text/html"}


def listing(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Every letter, the newest first."""
    record = Record(site().home)
    found = list(letters.letters(record).values())
    return render(
        request,
        visitor,
        "governance/letters.html.j2",
        letters=[(letter, title(record, letter.source)) for letter in reversed(found)],
        drafts=visitor.may("letter.draft"),
        sources=len(sources(record)),
    )


def one(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """One letter: what it asks, its steps, its text to take in each language, and the next step."""
    record, words = Record(site().home), words_of(request)
    letter, source = _found(record, key)
    asked = letters.asked_about(record, letter)
    return render(
        request,
        visitor,
        "governance/letter.html.j2",
        letter=letter,
        title=title(record, letter.source),
        source=source,
        asked=[sentence(words, b).replace("`", "") for b in asked] if asked is not None else None,
        steps=[(step, letters.words_of_step(record, step)) for step in letter.steps],
        next=[to for to, states in letters.STEPS.items() if letter.state in states] if _steps(visitor) else [],
        needs=letters.NEEDS_WORDS,
        means=letters.MEANS,
        forms=FORMS,
        today=now().date().isoformat(),
    )


def take(request: HttpRequest, visitor: Visitor, key: str, form: str) -> HttpResponse:
    """The letter's text as a file, in the language that is asked for."""
    record = Record(site().home)
    letter, source = _found(record, key)
    asked = letters.asked_about(record, letter)
    lang = request.GET.get("lang", words_of(request).lang)
    if form not in FORMS or lang not in languages() or asked is None:
        raise Http404
    text = write(letter, source, asked, lang, form)
    response = HttpResponse(text, content_type=f"{_TYPES[form]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="letter-{letter.key}.{lang}.{form}"'
    return response


def take_step(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Say that a letter was handed over, answered, accepted, is repeated or dropped."""
    assert visitor.actor is not None
    given = request.POST
    try:
        on = date.fromisoformat(given.get("on", ""))
    except ValueError as problem:
        raise of(letters.LetterError, "day-unread", "day-like", where=key) from problem
    letters.step(
        Record(site().home),
        visitor.actor,
        key,
        given.get("to", ""),
        on=on,
        words=given.get("text", ""),
        means=given.get("means", ""),
    )
    return redirect("gov-letter", key=key)


def draft_now(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Look for promises that were not kept, and draft what is to be asked."""
    letters.draft(Record(site().home), known(), now().date())
    return redirect("gov-letters")


def _steps(visitor: Visitor) -> bool:
    return visitor.may("letter.step")


def _found(record: Record, key: str) -> tuple[Letter, Source]:
    letter = letters.letters(record).get(key)
    if letter is None:
        raise Http404
    return letter, sources(record)[letter.source]
