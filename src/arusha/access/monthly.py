"""A month's sample of what no reason explains: drawn by an announced seed, for people to look at one by one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from arusha.access.explaining import NEEDS, Heard, entries, lacks, share_reason
from arusha.access.log_quality import measures
from arusha.access.templates import TOUCHED, Template
from arusha.engine.query import Query, Step, literal
from arusha.engine.session import Session
from arusha.errors import ArushaError
from arusha.indicators.declaration_key import declaration_key
from arusha.language.told import error as of

MONTHLY = 25
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class SampleError(ArushaError):
    """A month's sample cannot take this step; nothing was recorded."""


def seed_of(month: str, load: str, reasons: Mapping[str, Template]) -> str:
    """What draws the sample of a month: month, records and reasons in force decide it, and nobody who asks for it."""
    said = [month, load, *sorted(template.digest for template in reasons.values())]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:32]


def draw(
    session: Session, month: str, seed: str, in_force: Mapping[str, Template], heard: Heard
) -> list[dict[str, Any]]:
    """Up to 25 entries of a month that no reason explains, in the order that the seed decides; looks and acts alike.

    Each with its ``event``, ``user``, ``declaration``, ``office``, ``action`` and ``at`` (UTC, to the minute). Who is
    a party to what they touched is not drawn: a rule says of these what is to be done.

    Raises
    ------
    SampleError
        If the log is not good enough, or a table or the month is lacking.
    """
    steps = 2 + len(in_force)
    heard("log quality", 0, steps)
    short = lacks(session, NEEDS)
    if short or any(m.stops for m in measures(session)):
        raise of(SampleError, "monthly-log", "monthly-log", where=month)
    session.share(entries(session), TOUCHED)
    explained = []
    for k, template in enumerate(in_force.values()):
        heard("reasons", 1 + k, steps)
        if not lacks(session, template.about.needs):
            explained.append(share_reason(session, template))
    heard("entries", steps - 1, steps)
    key = declaration_key(session)
    number = int(month[:4]) * 12 + int(month[5:]) - 1
    by = " UNION ".join(f"SELECT event_id FROM {name}" for name in explained)
    drawn = f"""SELECT t.event_id AS event, t.user_id AS user, t.{key} AS declaration, t.office AS office,
                   t.action AS action, t.at AS at, MD5({literal(seed)} || t.event_id) AS place
            FROM {TOUCHED} AS t {"LEFT JOIN explained AS x ON x.event_id = t.event_id" if by else ""}
            WHERE NOT t.own AND t.month = {number} {"AND x.event_id IS NULL" if by else ""}
            ORDER BY place, event LIMIT {MONTHLY}"""
    known = [Step("explained", "Entries that at least one reason explains.", by)] if by else []
    why = "Entries that no reason explains, in an order that only the seed and their own numbers decide."
    rows = session.run(Query("monthly", (*known, Step("drawn", why, drawn)))).to_pylist()
    return [
        {
            **{name: str(row[name] or "") for name in ("event", "user", "declaration", "office", "action")},
            "at": f"{row['at']:%Y-%m-%d %H:%M}",
        }
        for row in rows
    ]
