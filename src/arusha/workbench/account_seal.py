"""What the ledger holds of an account, so that a change of its row outside the program opens nothing.

Each change that the program makes - a new account, a password, a second factor, a closing - puts a digest of all that
lets somebody in into the ledger before the tables have it, and a second entry once they do. Who signs in is held
against the newest; between the two entries of a change that was cut off, also against the one before. A digest tells
nothing of a password: what is digested has the salt and the hash of Argon2 in it, and the secrets of second factors.

Somebody who can write to the ledger's folder too can record a change, but then the entry stands there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import rfc8785
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from arusha.errors import ArushaError
from arusha.language.told import error as of
from arusha.ledger import Entry, Ledger
from arusha.workbench.models import Account, Passkey
from arusha.workbench.record import Record
from arusha.workbench.site import site

SEALED, WRITTEN, ALTERED = "access.account-sealed", "access.account-written", "access.account-altered"
_SEAL = "seal:"


def seal_of(account: Account) -> str:
    """SHA-256 of what lets somebody in by this account, as the tables have it now: hexadecimal."""
    row = Account.objects.get(pk=account.pk)
    apps = TOTPDevice.objects.filter(user=row, confirmed=True).order_by("key").values_list("key", flat=True)
    keys = Passkey.every.filter(user=row).order_by("credential")
    told: dict[str, Any] = {
        "name": row.name,
        "pseudonym": row.pseudonym,
        "password": row.password,
        "first": row.first,
        "open": row.is_active,
        "apps": list(apps),
        "keys": [[key.credential, bytes(key.public_key).hex(), key.copied] for key in keys],
    }
    return hashlib.sha256(rfc8785.dumps(told)).hexdigest()


@contextmanager
def changing(account: Account, *, whatever_it_was: bool = False) -> Iterator[None]:
    """What is written of an account within is written whole or not at all, and stands in the ledger.

    Raises
    ------
    ArushaError
        If the account is not as the program left it; not with ``whatever_it_was``, as for a new account.
    """
    if not whatever_it_was and not holds(account):
        raise of(ArushaError, "account-altered", "account-anew", where=account.name)
    record = Record(site().home)
    with transaction.atomic():
        yield
        record.add(SEALED, None, _subject(account), _SEAL + seal_of(account))
    record.add(WRITTEN, None, _subject(account))


def holds(account: Account) -> bool:
    """Whether an account is as the program left it; that it is not is recorded."""
    record, now = Record(site().home), seal_of(account)
    if now in _seals(record, account):
        return True
    record.add(ALTERED, None, _subject(account))
    return False


def altered(ledger: Ledger) -> list[str]:
    """The names of accounts, of those that are open, that are not as the program left them. Nothing is recorded."""
    about: dict[str, list[Entry]] = {}
    for recorded in ledger.entries(0, len(ledger)):
        if recorded.entry.kind in (SEALED, WRITTEN):
            about.setdefault(recorded.entry.subjects[0], []).append(recorded.entry)
    accounts = Account.objects.filter(is_active=True).order_by("name")
    return [a.name for a in accounts if seal_of(a) not in _newest(reversed(about.get(_subject(a), [])))]


def _seals(record: Record, account: Account) -> list[str]:
    return _newest(record.ledger.entry(number).entry for number in reversed(record.about(_subject(account))))


def _newest(entries: Iterable[Entry]) -> list[str]:
    """The newest seal; where what it seals may not have been written, the one before it as well. Newest entry first."""
    found: list[str] = []
    written = False
    for entry in entries:
        written = written or entry.kind == WRITTEN
        if entry.kind == SEALED:
            found += [s.removeprefix(_SEAL) for s in entry.subjects if s.startswith(_SEAL)]
            if written or len(found) == 2:
                break
    return found


def _subject(account: Account) -> str:
    return f"account:{account.pseudonym}"
