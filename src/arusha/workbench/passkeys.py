"""Passkeys (WebAuthn) as a second factor: a key signs a challenge of this site, and of no other.

Each challenge is drawn here, kept in the session for five minutes, of use once, and for one purpose of one account. The
person must have been verified by the key (a finger, a face, a PIN). The signature, the origin and the site are checked
by ``webauthn``; that the count of a key only grows is checked here, after its signature, in one step with writing it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q
from django.utils import timezone

from arusha.errors import ArushaError
from arusha.workbench.account_seal import changing
from arusha.workbench.models import Account, Passkey
from arusha.workbench.record import Record
from arusha.workbench.site import site

CHALLENGE = "challenge"
LASTS = timedelta(minutes=5)
ADDING, SIGNING = "adding", "signing"
MOST_KEYS = 10
MOST_LETTERS = 40
COPIED = "access.key-copied"


class PasskeyError(ArushaError):
    """A key's answer is not taken; ``code`` says why: ``old``, ``other``, ``known``, ``many`` or ``copied``."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__("the key's answer is not taken", where=code)


@dataclass(frozen=True)
class Place:
    """Where people open the site: keys are bound to its name, and answers to its origin."""

    origin: str
    name: str


def place() -> Place | None:
    """Where keys are bound to; none where the settings name no origin that a browser gives keys to."""
    parts = urlsplit(settings.ARUSHA_ORIGIN)
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname == "localhost")
    plain = not parts.path.strip("/") and not parts.query and not parts.username
    if not (secure and plain and parts.hostname and find_spec("webauthn")):
        return None
    return Place(f"{parts.scheme}://{parts.netloc}", parts.hostname)


def name_in_ledger(credential: str) -> str:
    """How the ledger names a key: a part of its digest, by which nobody finds its owner."""
    return f"key:{hashlib.sha256(credential.encode()).hexdigest()[:16]}"


def begin_adding(at: Place, account: Account, session: SessionBase) -> str:
    """Draw a challenge for a new key; what the browser needs, as JSON."""
    webauthn: Any = import_module("webauthn")
    structs: Any = import_module("webauthn.helpers.structs")
    wanted = structs.AuthenticatorSelectionCriteria(
        resident_key=structs.ResidentKeyRequirement.DISCOURAGED,
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    options = webauthn.generate_registration_options(
        rp_id=at.name,
        rp_name="Arusha",
        user_id=hashlib.sha256(f"{at.origin} {account.pseudonym}".encode()).digest(),
        user_name=account.name,
        authenticator_selection=wanted,
        exclude_credentials=_described(Passkey.every.filter(user=account)),
    )
    _put(session, ADDING, account, options.challenge)
    return str(webauthn.options_to_json(options))


def add(at: Place, account: Account, session: SessionBase, answer: str, name: str) -> Passkey:
    """Keep a new key.

    Raises
    ------
    PasskeyError
        If the challenge is not of this session and purpose or is older than five minutes, the answer does not hold, the
        key is known, or there are ten already.
    """
    challenge = _take(session, ADDING, account)
    webauthn: Any = import_module("webauthn")
    try:
        found = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=at.name,
            expected_origin=at.origin,
            require_user_verification=True,
        )
    except Exception as problem:  # whatever a crafted answer makes of the reader of answers, it is no key
        raise PasskeyError("other") from problem
    credential = webauthn.helpers.bytes_to_base64url(found.credential_id)
    if Passkey.every.filter(credential=credential).exists():
        raise PasskeyError("known")
    if Passkey.every.filter(user=account).count() >= MOST_KEYS:
        raise PasskeyError("many")
    with changing(account):
        return Passkey.every.create(
            user=account,
            name="".join(c for c in name if c.isprintable()).strip()[:MOST_LETTERS],
            credential=credential,
            public_key=found.credential_public_key,
            sign_count=found.sign_count,
        )


def begin_signing(at: Place, account: Account, session: SessionBase) -> str:
    """Draw a challenge for the keys of an account; what the browser needs, as JSON. Empty where it has none."""
    keys = list(Passkey.objects.filter(user=account))
    if not keys:
        return ""
    webauthn: Any = import_module("webauthn")
    structs: Any = import_module("webauthn.helpers.structs")
    options = webauthn.generate_authentication_options(
        rp_id=at.name,
        allow_credentials=_described(keys),
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    _put(session, SIGNING, account, options.challenge)
    return str(webauthn.options_to_json(options))


def sign(at: Place, account: Account, session: SessionBase, answer: str) -> Passkey:
    """The key of an account that signed the challenge of this session.

    A key whose count did not grow is held by two: it opens nothing from then on, its sessions end, and it is recorded.

    Raises
    ------
    PasskeyError
        If the challenge is not of this session and purpose or is older than five minutes, the key is not of this
        account, the answer does not hold, or the key was copied.
    """
    challenge = _take(session, SIGNING, account)
    webauthn: Any = import_module("webauthn")
    try:
        credential = webauthn.helpers.parse_authentication_credential_json(answer)
        key = Passkey.objects.filter(user=account, credential=credential.id).first()
        if key is None:
            raise PasskeyError("other")
        found = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=at.name,
            expected_origin=at.origin,
            credential_public_key=bytes(key.public_key),
            credential_current_sign_count=0,  # held against the key's own below, once its signature is known to hold
            require_user_verification=True,
        )
    except Exception as problem:
        raise PasskeyError("other") from problem
    count = int(found.new_sign_count)
    # A key that counts gives a greater one each time; one that does not gives nought always.
    grown = Q(sign_count__lt=count) | Q(sign_count=0) if count == 0 else Q(sign_count__lt=count)
    if not Passkey.objects.filter(grown, pk=key.pk).update(sign_count=count, used_at=timezone.now()):
        with changing(account):
            Passkey.every.filter(pk=key.pk).update(copied=True)
        Record(site().home).add(COPIED, None, account.pseudonym, name_in_ledger(key.credential))
        raise PasskeyError("copied")
    return key


def _described(keys: Any) -> list[Any]:
    structs: Any = import_module("webauthn.helpers.structs")
    to_bytes = import_module("webauthn.helpers").base64url_to_bytes
    return [structs.PublicKeyCredentialDescriptor(id=to_bytes(key.credential)) for key in keys]


def _put(session: SessionBase, purpose: str, account: Account, challenge: bytes) -> None:
    session[CHALLENGE] = [purpose, account.pk, challenge.hex(), datetime.now(UTC).isoformat()]


def _take(session: SessionBase, purpose: str, account: Account) -> bytes:
    """The challenge of this session; it is of no use to anybody from here on."""
    held = session.pop(CHALLENGE, None)
    session.save()
    if held is None or held[:2] != [purpose, account.pk] or datetime.now(UTC) - datetime.fromisoformat(held[3]) > LASTS:
        raise PasskeyError("old")
    return bytes.fromhex(held[2])
