"""Signing in: a password, then a code of a second factor; the sessions that are open; signing out."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import django_otp
from django.contrib.auth import login, logout
from django.contrib.auth.hashers import check_password, get_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_otp.plugins.otp_totp.models import TOTPDevice
from markupsafe import Markup

from arusha.workbench import account_seal, passkeys
from arusha.workbench.middleware import with_script
from arusha.workbench.models import Account, Passkey
from arusha.workbench.pages import render
from arusha.workbench.record import LOCKED, SIGNED_IN, SIGNED_OUT, Record
from arusha.workbench.site import site
from arusha.workbench.visitor import PSEUDONYM, Visitor

HALF_WAY = timedelta(minutes=10)
"""From the password to the code; then the password is asked again."""
BACKEND = "django.contrib.auth.backends.ModelBackend"


def sign_in(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The form for name and password."""
    if visitor.mode != "shared":
        raise Http404
    return render(request, visitor, "sign_in.html.j2", problem="")


def password(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Check name and password. A wrong name, a wrong password and a locked account are answered alike."""
    if visitor.mode != "shared":
        raise Http404
    given = request.POST.get("password", "")
    name = request.POST.get("name", "").replace("\x00", "")  # which PostgreSQL takes in no text
    account = Account.objects.filter(name=name, is_active=True).first()
    if account is None:
        make_password(given)  # as long as a check takes, so that the time does not say which names there are
    elif not account.locked:
        if check_password(given, account.password):
            if not account_seal.holds(account):
                return _altered(request, visitor)
            if get_hasher().must_update(account.password):
                with account_seal.changing(account):
                    account.set_password(given)
                    account.save(update_fields=["password"])
            request.session.flush()
            request.session["half"] = [account.pk, datetime.now(UTC).isoformat()]
            return redirect("second-factor")
        failed(account)
    return render(request, visitor, "sign_in.html.j2", problem="wrong", status=400)


def second_factor(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The form for the code; the first time with the secret for the app, and a new password."""
    account = _half_way(request)
    return redirect("sign-in") if account is None else _ask(request, visitor, account, "")


def code(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Check the code, and the new password where the first is still in use; then the session begins, with a new key."""
    account = _half_way(request)
    if account is None:
        return redirect("sign-in")
    if account.locked:
        return _ask(request, visitor, account, "code")
    if not account_seal.holds(account):
        return _altered(request, visitor)
    device = _device(account)
    if device is None or not device.verify_token(request.POST.get("code", "").replace(" ", "")):
        failed(account)
        return _ask(request, visitor, account, "code")
    if account.first:
        try:
            validate_password(request.POST.get("new", ""), account)
        except ValidationError:
            return _ask(request, visitor, account, "password")
        if account.check_password(request.POST.get("new", "")):
            return _ask(request, visitor, account, "password")
    if account.first or not device.confirmed:
        with account_seal.changing(account):
            if account.first:
                account.set_password(request.POST["new"])
                account.first = False
                account.save(update_fields=["password", "first"])
            device.confirmed = True
            device.save()
    return _enter(request, account, device, "app")


def passkey(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Check what a key of the account signed; then the session begins, with a new key."""
    account, at = _half_way(request), passkeys.place()
    if account is None:
        return redirect("sign-in")
    if at is None or account.first:
        raise Http404
    if account.locked:
        return _ask(request, visitor, account, "key")
    if not account_seal.holds(account):
        return _altered(request, visitor)
    try:
        key = passkeys.sign(at, account, request.session, request.POST.get("answer", ""))
    except passkeys.PasskeyError as problem:
        failed(account)
        return _ask(request, visitor, account, "copied" if problem.code == "copied" else "key")
    return _enter(request, account, key, "passkey")


def _enter(request: HttpRequest, account: Account, device: Any, factor: str) -> HttpResponse:
    account.succeeded()
    request.session.flush()
    login(request, account, backend=BACKEND)
    django_otp.login(request, device)
    request.session[PSEUDONYM] = account.pseudonym
    request.session["agent"] = request.headers.get("User-Agent", "")[:80]
    request.session["since"] = datetime.now(UTC).isoformat()
    Record(site().home).add(SIGNED_IN, account.pseudonym, f"factor:{factor}")
    return redirect("welcome")


def _altered(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Somebody wrote into the table of accounts: nobody signs in by this one until it is made anew."""
    request.session.flush()
    return render(request, visitor, "sign_in.html.j2", problem="altered", status=403)


def sign_out(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """End the session."""
    Record(site().home).add(SIGNED_OUT, visitor.actor)
    logout(request)
    return redirect("welcome")


def sessions(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The sessions of one's own account."""
    return render(request, visitor, "sessions.html.j2", sessions=_sessions(request))


def end_others(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """End every other session of one's own account."""
    for one in _sessions(request):
        if not one["here"]:
            Session.objects.filter(session_key=one["key"]).delete()
    return redirect("sessions")


def failed(account: Account) -> None:
    """Count a mistake; where it locks the account, that is recorded."""
    account.failed()
    if account.locked:
        Record(site().home).add(LOCKED, None, account.pseudonym)


def _half_way(request: HttpRequest) -> Account | None:
    held = request.session.get("half")
    if not held or datetime.now(UTC) - datetime.fromisoformat(held[1]) > HALF_WAY:
        return None
    return Account.objects.filter(pk=held[0], is_active=True).first()


def _device(account: Account) -> Any:
    """The confirmed device of an account; else the one that is being set up; none where the account has keys instead.

    A key that opens nothing any more counts too: a password alone must never lead to a new second factor.
    """
    found = TOTPDevice.objects.filter(user=account).order_by("-confirmed", "pk").first()
    if (found is None or not found.confirmed) and Passkey.every.filter(user=account).exists():
        return None
    return found or TOTPDevice.objects.create(user=account, name="app", confirmed=False)


def _ask(request: HttpRequest, visitor: Visitor, account: Account, problem: str) -> HttpResponse:
    device = _device(account)
    at = passkeys.place()
    options = passkeys.begin_signing(at, account, request.session) if at is not None and not account.first else ""
    secret, picture = "", Markup("")
    if device is not None and not device.confirmed:
        segno = import_module("segno")
        drawn = io.BytesIO()
        segno.make_qr(device.config_url).save(drawn, kind="svg", scale=4, border=4, light="#fff", xmldecl=False)
        picture = Markup(drawn.getvalue().decode())  # noqa: S704 - drawn here, of our own text
        secret = device.config_url.partition("secret=")[2].partition("&")[0]
    answer = render(
        request,
        visitor,
        "second_factor.html.j2",
        app=device is not None,
        options=options,
        secret=secret,
        picture=picture,
        first=account.first,
        problem=problem,
        status=400 if problem else 200,
    )
    return with_script(answer) if options else answer


def _sessions(request: HttpRequest) -> list[dict[str, Any]]:
    found = []
    for one in Session.objects.filter(expire_date__gt=datetime.now(UTC)):
        held = one.get_decoded()
        if str(held.get("_auth_user_id", "")) == str(request.user.pk):
            here = one.session_key == request.session.session_key
            since, agent = held.get("since", ""), held.get("agent", "")
            found.append({"key": one.session_key, "here": here, "since": since[:16], "agent": agent})
    return sorted(found, key=lambda s: s["since"])
