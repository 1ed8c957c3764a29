"""What a question says of each person, from the rows of its signals: how much was looked at, and whether it signals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True)
class Person:
    """One person that a question tested. ``cases`` is the number of cases behind what was tested of them.

    ``signalled``: some unit of theirs is a signal. ``explained``: every such unit is one that the records explain.
    """

    cases: int
    signalled: bool
    explained: bool


def people(signals: pa.Table) -> Mapping[str, Person]:
    """Every person of the administration with a tested unit; a pair counts for its officer, and for nobody else.

    ``signals`` has the columns of the signals contract. Pseudonyms of persons begin with ``P-``; where records were
    loaded without pseudonyms, units of kind officer, user and pair count by their first id.
    """
    cases: dict[str, int] = {}
    signalled: dict[str, bool] = {}
    explained: dict[str, bool] = {}
    columns = ("unit_kind", "unit_id", "n", "p_value", "signal", "flagged")
    for kind, who, n, p, signal, flagged in zip(*(signals[c].to_pylist() for c in columns), strict=True):
        if p is None or not who or kind not in ("officer", "user", "pair") or who.startswith(("T-", "R-")):
            continue
        cases[who] = cases.get(who, 0) + int(n or 0)
        signalled[who] = signalled.get(who, False) or bool(signal)
        if signal:
            explained[who] = explained.get(who, True) and not flagged
    return {who: Person(cases[who], signalled[who], signalled[who] and explained[who]) for who in cases}
