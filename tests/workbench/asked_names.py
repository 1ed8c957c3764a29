"""A request for a name to which two key holders agreed, in the ledger as the pages write it."""

from __future__ import annotations

import secrets

from workbench_office import QUESTION

from arusha.workbench.identity import Request
from arusha.workbench.name_requests import AGREED, REQUESTED
from arusha.workbench.record import Record


def agreed_to(record: Record, asked: Request, *holders: str) -> str:
    """Write a request and the agreement of the holders, or of those of the asking; its key."""
    key = secrets.token_hex(8)
    about = (f"request:{key}", f"signal:{asked.signal}", f"question:{QUESTION}")
    more = ("assessment:assessment", f"digest:{'0' * 64}", f"tell-by:{asked.tell_by}", *asked.pseudonyms)
    record.add(REQUESTED, asked.actor, *about, *more, purpose="x", reference="x", basis="x", tried="x")
    for holder in holders or asked.holders:
        record.add(AGREED, holder, *about)
    return key
