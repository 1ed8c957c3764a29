"""The records behind a reform's panel: declarations, acts and the log from which its counts can be counted again.

A panel is what a measure is judged by; an administration has records. These hold, post by post and month by month, as
many controls as the panel, as many closed without an act and as many closed by others. What else the panel counts
(``rerouted_to_green``, ``simplified_procedure``) no question counts, and it is not in them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from arusha.demo.record_files import folder, mark, parquet
from arusha.demo.reforms import FIRST_YEAR, Reform
from arusha.errors import ArushaError

OFFICERS: Final = 12
"""Examining officers of a post."""
DECLARANTS: Final = 9
NOON: Final = 12 * 3600
"""Everything is registered about noon in universal time, so that no zone moves a day into another month."""


def write_reform_records(made: Reform, path: Path | str) -> Path:
    """Canonical records of a reform in an empty or new folder, with the mark of invented data.

    Raises
    ------
    ArushaError
        If the folder is not empty, or a post has more closed controls in a month than controls.
    """
    without, others = made.counts["closed_without_act"], made.counts["closed_by_others"]
    if np.any(without + others > made.controls):
        raise ArushaError("a post has more closed controls than controls", where=f"seed {made.seed}")
    target = folder(Path(path))
    random = np.random.default_rng([made.seed, 4])
    posts, months = made.controls.shape
    cell = np.repeat(np.arange(posts * months), made.controls.ravel())
    post, month = cell // months, cell % months
    within = np.arange(cell.size) - np.repeat(
        np.cumsum(made.controls.ravel()) - made.controls.ravel(), made.controls.ravel()
    )
    no_act = within < without.ravel()[cell]
    stranger = ~no_act & (within < (without + others).ravel()[cell])
    first = np.array([np.datetime64(f"{FIRST_YEAR + m // 12}-{m % 12 + 1:02d}-01", "s") for m in range(months)])
    seconds = random.integers(0, 28, cell.size) * 86_400 + NOON + random.integers(0, 3600, cell.size)
    at = first[month].astype(np.int64) + seconds
    officer = random.integers(0, OFFICERS, cell.size)
    # Somebody of another desk of the post, who is no chief and wrote no act.
    closer = (officer + random.integers(1, OFFICERS, cell.size)) % OFFICERS
    names = _names(post, officer, "EX", OFFICERS)
    ids = pa.array([f"R{k:07d}" for k in range(cell.size)])
    lane = np.where(random.random(cell.size) < 0.6, "yellow", "red")
    acted = np.flatnonzero(~no_act)
    rerouted = np.flatnonzero(stranger)
    tables = {
        "declarations": {
            "declaration_id": ids,
            "office": pa.array(np.array(made.posts)[post]),
            "procedure": pa.array(["IM4"] * cell.size),
            "registered_at": _times(at),
            "declarant_id": _names(post, random.integers(0, DECLARANTS, cell.size), "B", DECLARANTS),
            "lane_assigned": pa.array(lane),
            "lane_final": pa.array(np.where(no_act | stranger, "green", lane)),
            "officer_id": names,
        },
        "inspections": {
            "inspection_id": pa.array([f"I{k:07d}" for k in acted]),
            "declaration_id": ids.take(acted),
            "officer_id": names.take(acted),
            "ended_at": _times(at[acted] + 3600),
            "outcome": pa.array(np.where(random.random(acted.size) < 0.1, "discrepancy", "conforming")),
        },
        "events": {
            "event_id": pa.array([f"E{k:07d}" for k in rerouted]),
            "occurred_at": _times(at[rerouted] + 7200),
            "user_id": _names(post, closer, "EX", OFFICERS).take(rerouted),
            "action": pa.array(["reroute"] * rerouted.size),
            "declaration_id": ids.take(rerouted),
            "new_value": pa.array(["green"] * rerouted.size),
        },
        "postings": {
            "officer_id": _names(
                np.arange(posts).repeat(OFFICERS), np.tile(np.arange(OFFICERS), posts), "EX", OFFICERS
            ),
            "office": pa.array(np.array(made.posts).repeat(OFFICERS)),
            "role": pa.array(["examiner"] * (posts * OFFICERS)),
            "from_date": pa.array([date(FIRST_YEAR - 1, 1, 1)] * (posts * OFFICERS)),
        },
    }
    mark(target, made.seed)
    for name, columns in tables.items():
        parquet(pa.table(columns), target / f"{name}.parquet")
    return target


def _names(post: np.ndarray, number: np.ndarray, kind: str, each: int) -> pa.Array:
    """Ids that tell a post's people from those of another."""
    known = pa.array([f"{kind}{k:04d}" for k in range((int(post.max()) + 1) * each)])
    return known.take(pa.array(post * each + number))


def _times(seconds: np.ndarray) -> pa.Array:
    return pa.array(seconds).cast(pa.timestamp("s", tz="UTC"))
