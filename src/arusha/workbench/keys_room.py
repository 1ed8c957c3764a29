"""One's own second factors: keys are added and removed, each time after one's password; one factor always stays."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_otp.plugins.otp_totp.models import TOTPDevice

from arusha.workbench import account_seal, passkeys
from arusha.workbench.middleware import with_script
from arusha.workbench.models import Account, Passkey
from arusha.workbench.pages import render
from arusha.workbench.passkeys import MOST_LETTERS, PasskeyError, name_in_ledger
from arusha.workbench.record import Record
from arusha.workbench.sign_in import failed
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

ADDED, REMOVED, APP_REMOVED = "access.key-added", "access.key-removed", "access.app-removed"
NAME = "key-name"


def keys(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The second factors of one's own account."""
    return _listing(request, visitor, _account(visitor), "")


def begin(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """After the password: the page that asks the browser for a new key."""
    account, at = _account(visitor), passkeys.place()
    if at is None:
        raise Http404
    name = request.POST.get("name", "").strip()[:MOST_LETTERS]
    if not name:
        return _listing(request, visitor, account, "name")
    if not _knows_password(request, account):
        return _listing(request, visitor, account, "password")
    request.session[NAME] = name
    options = passkeys.begin_adding(at, account, request.session)
    return with_script(render(request, visitor, "key_new.html.j2", options=options, name=name))


def add(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Keep the key that the browser made."""
    account, at = _account(visitor), passkeys.place()
    if at is None:
        raise Http404
    name = str(request.session.pop(NAME, ""))
    try:
        key = passkeys.add(at, account, request.session, request.POST.get("answer", ""), name)
    except PasskeyError as problem:
        return _listing(request, visitor, account, problem.code)
    Record(site().home).add(ADDED, account.pseudonym, name_in_ledger(key.credential))
    return redirect("keys")


def remove(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Remove a key: the sessions that it opened end with their next request."""
    account = _account(visitor)
    key = Passkey.every.filter(user=account, pk=number).first()
    if key is None:
        raise Http404
    if not _knows_password(request, account):
        return _listing(request, visitor, account, "password")
    others = Passkey.objects.filter(user=account).exclude(pk=number).exists()
    if not others and not _app(account):
        return _listing(request, visitor, account, "last")
    with account_seal.changing(account):
        key.delete()
    Record(site().home).add(REMOVED, account.pseudonym, name_in_ledger(key.credential))
    return redirect("keys")


def remove_app(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Do without the app's codes, where a key is left."""
    account = _account(visitor)
    if not _app(account):
        raise Http404
    if not _knows_password(request, account):
        return _listing(request, visitor, account, "password")
    if passkeys.place() is None or not Passkey.objects.filter(user=account).exists():
        return _listing(request, visitor, account, "last")
    with account_seal.changing(account):
        TOTPDevice.objects.filter(user=account).delete()
    Record(site().home).add(APP_REMOVED, account.pseudonym)
    return redirect("keys")


def _account(visitor: Visitor) -> Account:
    found = Account.objects.filter(pseudonym=visitor.actor or "", is_active=True).first()
    if visitor.mode != "shared" or found is None:
        raise Http404
    return found


def _app(account: Account) -> bool:
    return bool(TOTPDevice.objects.filter(user=account, confirmed=True).exists())


def _knows_password(request: HttpRequest, account: Account) -> bool:
    """Whether the password was given again. Mistakes count as at the door, and lock it."""
    if account.locked:
        return False
    if check_password(request.POST.get("password", ""), account.password):
        return True
    failed(account)
    return False


def _listing(request: HttpRequest, visitor: Visitor, account: Account, problem: str) -> HttpResponse:
    found = list(Passkey.every.filter(user=account).order_by("pk"))
    app, trusted = _app(account), sum(not key.copied for key in found)
    return render(
        request,
        visitor,
        "keys.html.j2",
        keys=[(key, key.copied or app or trusted > 1) for key in found],
        app=app,
        app_may_go=app and trusted > 0 and passkeys.place() is not None,
        offered=passkeys.place() is not None,
        most=MOST_LETTERS,
        problem=problem,
        status=400 if problem else 200,
    )
