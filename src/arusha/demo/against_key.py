"""An assessment of the demo held against its answer key: found, missed, flagged wrongly, and what nobody could tell.

Only the demo's own page reads this. What asks the questions never does (import-linter keeps it so).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from arusha.demo.answers import TOUCHED, Answers
from arusha.demo.scorecard import ANSWERS, label
from arusha.errors import ArushaError
from arusha.language.told import error as error_of
from arusha.records.pseudonyms import Pseudonymiser, read_or_make_key

KEY = "answer_key.json"
FOUND, ELSEWHERE, MISSED, CANNOT_TELL, NOT_SHOWN = "found", "found-elsewhere", "missed", "cannot-tell", "not-shown"


@dataclass(frozen=True)
class SchemeChecked:
    """One planted scheme and what became of it.

    ``outcome`` is ``found`` (by a question meant for its kind), ``found-elsewhere``, ``missed`` (a unit of it was
    tested), ``cannot-tell`` (none had enough cases) or ``not-shown`` (no question meant for it may name anybody).
    """

    id: str
    kind: str
    strength: str
    office: str
    declarations: int
    outcome: str
    found_by: tuple[str, ...]


@dataclass(frozen=True)
class Flag:
    """One flagged unit and what it is by the key: ``planted``, ``look-alike`` or ``honest``; ``of`` names kinds."""

    signal: str
    question: str
    is_: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """The whole comparison. Counts are of units by what they are: ``planted``, ``look-alike``, ``honest``."""

    schemes: tuple[SchemeChecked, ...]
    flags: tuple[Flag, ...]
    tested: Mapping[str, int]
    flagged: Mapping[str, int]
    cannot_tell: Mapping[str, int]


def read_answers(directory: Path) -> Answers:
    """The answer key of a demo's folder, with the pseudonyms under which its records were loaded.

    Raises
    ------
    ArushaError
        If the folder holds no key.
    """
    path = directory / KEY
    if not path.is_file():
        raise error_of(ArushaError, "key-missing", "demo-serve", where=str(directory))
    read, _ = read_or_make_key(directory / "pseudonyms.key")
    names = Pseudonymiser(read)
    key = json.loads(path.read_text("utf-8"))
    for one in (*key["schemes"], *key["lookalikes"]):
        one["units"] = [
            {
                "officer_id": names.token("officer", unit["officer_id"]),
                "declarant_id": names.token("party", unit["declarant_id"]),
            }
            for unit in one["units"]
        ]
    return Answers(key, _touched(directory, names), {}, {})


def _touched(directory: Path, names: Pseudonymiser) -> dict[tuple[str, str], set[str]]:
    """Pairs of officer and declarant with the schemes that touched enough of their declarations."""
    path = directory / "truth" / "planted_declarations.parquet"
    if not path.is_file():
        return {}
    planted = pq.read_table(path)
    handled = pq.read_table(
        directory / "canonical" / "declarations.parquet", columns=["declaration_id", "officer_id", "declarant_id"]
    )
    who = {d: (o, b) for d, o, b in zip(*(c.to_pylist() for c in handled.columns), strict=True) if o is not None}
    count: Counter[tuple[tuple[str, str], str]] = Counter()
    for declaration, scheme in zip(
        planted["declaration_id"].to_pylist(), planted["scheme_id"].to_pylist(), strict=True
    ):
        if declaration in who:
            count[who[declaration], scheme] += 1
    found: dict[tuple[str, str], set[str]] = {}
    for ((officer, declarant), scheme), n in count.items():
        if n >= TOUCHED:
            pair = (str(names.token("officer", officer)), str(names.token("party", declarant)))
            found.setdefault(pair, set()).add(scheme)
    return found


def check(answers: Answers, rows: Iterable[Mapping[str, Any]], shown: Iterable[str]) -> Checked:
    """Hold rows of ``signals.parquet`` against the key.

    Parameters
    ----------
    rows
        Units of the questions that may be shown.
    shown
        The ids of those questions.
    """
    asked = frozenset(shown)
    kinds = {s["id"]: s["kind"] for s in answers.key["schemes"]}
    tested: Counter[str] = Counter()
    flagged: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    flags: list[Flag] = []
    by_scheme: dict[str, set[str]] = {}
    met: dict[str, set[str]] = {}
    for row in rows:
        if row["indicator"] not in asked:
            continue
        is_, ids = label(row, answers)
        if row["p_value"] is None:
            silent[is_] += 1
            continue
        tested[is_] += 1
        if is_ == "planted":
            for scheme in ids:
                met.setdefault(scheme, set()).add(row["indicator"])
        if row["flagged"]:
            flagged[is_] += 1
            of = tuple(dict.fromkeys(kinds[i] for i in ids)) if is_ == "planted" else tuple(dict.fromkeys(ids))
            flags.append(Flag(row["signal_id"], row["indicator"], is_, of))
            for scheme in ids if is_ == "planted" else ():
                by_scheme.setdefault(scheme, set()).add(row["indicator"])
    schemes = tuple(_scheme(s, asked, by_scheme, met) for s in answers.key["schemes"])
    return Checked(schemes, tuple(flags), dict(tested), dict(flagged), dict(silent))


def _scheme(
    scheme: Mapping[str, Any], asked: frozenset[str], found: Mapping[str, set[str]], met: Mapping[str, set[str]]
) -> SchemeChecked:
    meant = set(ANSWERS.get(scheme["kind"], tuple(asked)))
    by = found.get(scheme["id"], set())
    if by & meant:
        outcome = FOUND
    elif by:
        outcome = ELSEWHERE
    elif not meant & asked:
        outcome = NOT_SHOWN
    else:
        outcome = MISSED if met.get(scheme["id"], set()) & meant else CANNOT_TELL
    return SchemeChecked(
        scheme["id"],
        scheme["kind"],
        scheme["strength"],
        scheme["office"],
        int(scheme["declarations_affected"]),
        outcome,
        tuple(sorted(by)),
    )
