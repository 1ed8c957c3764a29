"""Accounts as the command line and the administrator see them: names to sign in with, and no content."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.errors import ArushaError
from arusha.language.told import error as of
from arusha.ledger.entry import is_pseudonym
from arusha.workbench.pages import render
from arusha.workbench.record import Record
from arusha.workbench.serve import prepare_for
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor


def make_account(workspace: Path, name: str, pseudonym: str) -> str:
    """Make an account and return its first password; for an account that is there, a new one and no second factor.

    Raises
    ------
    ArushaError
        If the pseudonym does not have its form, or another account has it.
    """
    if not is_pseudonym(pseudonym):
        raise of(ArushaError, "account-pseudonym", "account-like", where="--as", pseudonym=repr(pseudonym))
    if not name.strip() or len(name) > 60 or not name.isprintable():
        raise of(ArushaError, "account-name", "account-letters", where=name)
    prepare_for(workspace)
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from arusha.workbench.account_seal import changing, holds
    from arusha.workbench.models import Account, Passkey

    password = secrets.token_urlsafe(15)
    known = Account.objects.filter(name=name).first()
    if Account.objects.filter(pseudonym=pseudonym).exclude(name=name).exists():
        raise of(ArushaError, "account-acted", "account-one", where=pseudonym)
    if known is None:
        Account.objects.make(name, pseudonym, password)
    elif known.pseudonym != pseudonym and holds(known):
        raise of(ArushaError, "account-other", "account-another", where=name)
    else:
        with changing(known, whatever_it_was=True):
            TOTPDevice.objects.filter(user=known).delete()
            Passkey.every.filter(user=known).delete()
            known.pseudonym = pseudonym  # another one only where its row was changed from outside
            known.set_password(password)
            known.first, known.is_active = True, True
            known.save()
            known.succeeded()
    Record(site().home).add("account.made", None, pseudonym)
    return password


def listing(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Every account by its name, whether it is locked, and when it was last used."""
    from arusha.workbench.models import Account

    return render(request, visitor, "accounts.html.j2", accounts=list(Account.objects.order_by("name")))


def unlock(request: HttpRequest, visitor: Visitor, account: int) -> HttpResponse:
    """Let somebody try again before the quarter of an hour is over."""
    from arusha.workbench.models import Account

    found = Account.objects.filter(pk=account).first()
    if found is None:
        raise Http404
    found.succeeded()
    Record(site().home).add("account.unlocked", visitor.actor, found.pseudonym)
    return redirect("accounts")


def close(request: HttpRequest, visitor: Visitor, account: int) -> HttpResponse:
    """Close an account: its sessions end with the next request. What it did stays recorded."""
    from arusha.workbench.account_seal import changing
    from arusha.workbench.models import Account

    found = Account.objects.filter(pk=account).first()
    if found is None:
        raise Http404
    with changing(found, whatever_it_was=True):  # one that was altered must be closed all the more
        found.is_active = False
        found.save(update_fields=["is_active"])
    Record(site().home).add("account.closed", visitor.actor, found.pseudonym)
    return redirect("accounts")
