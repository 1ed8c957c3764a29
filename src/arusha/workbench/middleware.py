"""What every answer carries: nothing may run or be fetched from elsewhere, framed, or kept in a cache."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


WITH_SCRIPT = f"{POLICY}; script-src 'self'"
"""Of the pages that ask the browser for a passkey, and of no other."""


def with_script(response: HttpResponse) -> HttpResponse:
    """Let a page run the site's own script."""
    response["Content-Security-Policy"] = WITH_SCRIPT
    return response


MOST_BYTES = 1_000_000
"""Of a form; the one address that takes files holds them against a limit of its own."""
TAKES_FILES = "/records/uploads"


def sizes(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Refuse what is too large before anything of it is read or written to a disk."""

    def of_a_size(request: HttpRequest) -> HttpResponseBase:
        told = request.headers.get("Content-Length") or "0"
        if request.path != TAKES_FILES and (not (told.isascii() and told.isdecimal()) or int(told) > MOST_BYTES):
            return HttpResponse("This is too large for a form.\n", content_type="text/plain", status=413)
        return answer(request)

    return of_a_size


def headers(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Set the headers; pages are content and stay in no cache, the style sheet may."""

    def with_headers(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if not request.path.startswith("/static/"):
            response["Cache-Control"] = "no-store"
        return response

    return with_headers
