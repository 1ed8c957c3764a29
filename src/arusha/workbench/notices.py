"""Notices by mail that something waits: counts and the site's address, no name, no question, no office.

The program sends nothing. Where an administration names a folder, the worker writes messages into it, and the
administration's own mail relay takes them from there. Without a folder and a domain, and without a charter of several
people, there is none.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from pathlib import Path

from arusha.language import Catalogue
from arusha.workbench.record import Record
from arusha.workbench.site import Site
from arusha.workbench.visitor import Visitor, mode_of
from arusha.workbench.waiting import Waits, waiting

WRITTEN = "notice.written"
KEPT = "notices.json"
"""Beside the ledger: how many of each kind each person was told of last. It can be thrown away."""


@dataclass(frozen=True)
class Outbox:
    """Where messages go: a folder, the domain of the people's addresses, the site's address, and the language."""

    folder: Path
    domain: str
    address: str = ""
    lang: str = "en"


def outbox() -> Outbox | None:
    """The outbox that the settings name; none where they do not."""
    from django.conf import settings

    if not settings.ARUSHA_OUTBOX or not settings.ARUSHA_MAIL_DOMAIN:
        return None
    return Outbox(
        Path(settings.ARUSHA_OUTBOX), settings.ARUSHA_MAIL_DOMAIN, settings.ARUSHA_ORIGIN, settings.ARUSHA_MAIL_LANG
    )


def write(record: Record, served: Site, accounts: Iterable[tuple[str, str]], to: Outbox) -> int:
    """Write a message to everybody for whom more waits than they were told of; return how many.

    Parameters
    ----------
    accounts
        Sign-in name and pseudonym of those who can sign in.
    """
    state = served.state()
    if state is None or mode_of(served, state) != "shared":
        return 0
    before, now, written = _kept(record.home), dict[str, dict[str, int]](), 0
    for name, pseudonym in accounts:
        roles = state.roles.get(pseudonym, frozenset())
        waits = waiting(Visitor("shared", pseudonym, roles), record, state, served)
        now[pseudonym] = {one.sentence: one.n for one in waits}
        told = before.get(pseudonym, {})
        if any(n > told.get(sentence, 0) for sentence, n in now[pseudonym].items()):
            _put(to, message(name, waits, to))
            record.add(WRITTEN, None, pseudonym)
            written += 1
    _keep(record.home, now)
    return written


def message(name: str, waits: Iterable[Waits], to: Outbox) -> EmailMessage:
    """The message: what Welcome says to its reader, in counts.

    An address with an accent or in Arabic is written as it is (RFC 6532): in the form of other headers it would be
    another address.
    """
    words = Catalogue(to.lang, isolate=False)
    made = EmailMessage(policy=SMTP if name.isascii() else SMTPUTF8)
    made["From"] = Address("Arusha", "arusha", to.domain)
    made["To"] = Address("", name, to.domain)
    made["Subject"] = words.text("mail-subject")
    made["Date"] = datetime.now(UTC)
    made["Message-ID"] = f"<{secrets.token_hex(16)}@{to.domain}>"
    made["Auto-Submitted"] = "auto-generated"
    lines = [
        words.text(one.sentence, n=one.n) + (f" {words.text('wb-waits-more')}" if one.more else "") for one in waits
    ]
    where = [to.address] if to.address else []
    made.set_content("\n".join([*lines, "", words.text("mail-sign-in"), *where, "", words.text("mail-never"), ""]))
    return made


def _put(to: Outbox, made: EmailMessage) -> None:
    """Whole or not at all: a relay that looks in between sees no half message."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(6)}.eml"
    temporary = to.folder / f".{name}"
    with temporary.open("xb") as file:
        file.write(bytes(made))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(to.folder / name)


def _kept(home: Path) -> Mapping[str, Mapping[str, int]]:
    try:
        told = json.loads((home / KEPT).read_text("utf-8"))
        return {str(who): {str(k): int(n) for k, n in of.items()} for who, of in told.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _keep(home: Path, now: Mapping[str, Mapping[str, int]]) -> None:
    temporary = home / f".{KEPT}"
    temporary.write_text(json.dumps(now), "utf-8")
    temporary.replace(home / KEPT)
