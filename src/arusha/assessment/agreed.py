"""What a charter lets an assessment say: applied once, to all answers, before anything is written.

Without a charter an assessment is a study. With one, a question that is not live answers with offices and counts: no
person, no pair, no row, no text that a person's id could stand in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from arusha.assessment.asking import Answer, period
from arusha.charter import Charter, CharterError, Facts, Standing, content_hash
from arusha.charter.charter import standing
from arusha.indicators.definition import Definition, Settings
from arusha.language.told import error as of
from arusha.ledger.note import encode
from arusha.records.contract import CONTRACT

if TYPE_CHECKING:
    from arusha.assessment.plan import Plan

STUDY = "study: nobody agreed to these questions; not to be used about persons"
FEWEST = 10
"""Counts under this are not given, nor is a count of signals that leaves fewer units than this without one."""
STEP = 5
"""Counts are given to the nearest multiple of this, so that two assessments subtracted say little of one unit."""
COUNTS = pa.schema(
    [
        ("indicator", pa.string()),
        ("office", pa.string()),
        ("tested", pa.int64()),
        ("cannot_tell", pa.int64()),
        ("signals", pa.int64()),
    ]
)
"""``offices.parquet``: one row an office, and one (office null) for all; a null count is ``fewer than 10``, or would
give away one that is."""
PERSON_COLUMNS = frozenset(name for table in CONTRACT.tables.values() for name in table.persons)
_NOT_PERSONS = frozenset({"office", "product"})


@dataclass(frozen=True)
class Agreed:
    """The charter as it stood when an assessment ran: its ledger's name, size and root, and where questions stood."""

    origin: str
    entries: int
    root: str
    questions: Mapping[str, Standing]

    def as_dict(self) -> dict[str, Any]:
        """For the manifest."""
        return {"ledger": self.origin, "entries": self.entries, "root": self.root}


def relevant(definition: Definition, settings: Settings) -> dict[str, Any]:
    """What was agreed to: purpose, inputs, peers, threshold. Its hash decides whether a question is still the same."""
    return {
        "question": definition.id,
        "version": definition.version,
        "purpose": definition.question,
        "forbidden_uses": definition.forbidden_uses,
        "unit": definition.unit,
        "needs": {table: list(columns) for table, columns in definition.needs.items()},
        "helped_by": {table: list(columns) for table, columns in definition.helped_by.items()},
        "null_hypothesis": definition.null_hypothesis,
        "statistic": definition.statistic,
        "peers": list(definition.conditions_on),
        "explanations": list(definition.explanations),
        "rate": settings.rate,
        "level": settings.level,
        "min_exposure": settings.exposure_floor(definition),
        "min_effect": settings.effect_floor(definition),
        "options": dict(settings.options),
    }


def facts(definition: Definition, settings: Settings) -> Facts:
    """A question with the plan's settings for it, as the charter sees it."""
    inputs = tuple(
        dict.fromkeys(
            f"{table}.{column}" if column else table
            for read in (definition.needs, definition.helped_by)
            for table, columns in read.items()
            for column in (columns or ("",))
        )
    )
    floor, effect = settings.exposure_floor(definition), settings.effect_floor(definition)
    return Facts(
        question=definition.id,
        digest=content_hash(relevant(definition, settings)),
        about_persons=any(_names_somebody(i) for i in inputs),
        minimum_n=float(floor),
        inputs=inputs,
        texts={
            "purpose": definition.question,
            "forbidden_uses": definition.forbidden_uses,
            "unit": definition.unit,
            "inputs": ", ".join(inputs),
            "peers": ", ".join(definition.conditions_on),
            "threshold": f"false-discovery rate {settings.rate:g}; least effect {effect:g}",
            "minimum_n": f"{floor:g}",
            "null_hypothesis": definition.null_hypothesis,
            "statistic": definition.statistic,
            "explanations": ", ".join(definition.explanations),
            "gaming": definition.gaming,
            "counter_indicator": definition.counter_indicator,
            "expected_false_flags": definition.false_flags_per_thousand,
            "source": definition.source,
        },
    )


def facts_in(workspace: Path, question: str, plan: Path | None = None) -> Facts:
    """The facts of a question as a plan, or the proposed plan, asks it of a workspace.

    Raises
    ------
    CharterError
        If nothing here asks the question.
    """
    from arusha.assessment import plan as plans
    from arusha.engine import open_session
    from arusha.indicators.registry import indicators
    from arusha.records.workspace import Workspace

    definitions = {i.definition.id: i.definition for i in indicators()}
    if question not in definitions:
        raise of(
            CharterError,
            "facts-unasked",
            "one-of-these",
            where=str(workspace),
            question=repr(question),
            known=", ".join(definitions),
        )
    with open_session(Workspace.open(workspace)) as session:
        asked = plans.propose(*period(session), definitions)
    if plan is not None:
        asked = plans.read(plan, asked, definitions)
    return facts(definitions[question], asked.settings(question))


def _names_somebody(read: str) -> bool:
    """Whether a column names a person, or any column of a whole table does; what the contract does not know does."""
    table, _, column = read.partition(".")
    known = CONTRACT.tables.get(table)
    if known is None or (column and column not in known.columns):
        return True
    return column in known.persons if column else bool(known.persons)


def hold_to_charter(
    charter: Charter | None, plan: Plan, answers: Sequence[Answer]
) -> tuple[list[Answer], Agreed | None]:
    """The answers as they may be written, and the charter that they were held to; as they are where there is none.

    Raises
    ------
    CharterError, ChangedError
        If the charter cannot be read or was changed: then nothing is written.
    """
    if charter is None:
        return list(answers), None
    asked = {a.indicator.definition.id: a for a in answers}
    told = {name: facts(a.indicator.definition, plan.settings(name)) for name, a in asked.items()}
    stood = charter.stand(told, {name: _counted(a) for name, a in asked.items()}, plan.hash)
    agreed = Agreed(charter.ledger.origin, len(charter.ledger), encode(charter.ledger.root()), stood)
    return [allowed(a, stood[name], told[name].about_persons) for name, a in asked.items()], agreed


def _counted(answer: Answer) -> tuple[int, int]:
    if answer.findings is None:
        return 0, 0
    signals = answer.findings.signals
    tested = signals.num_rows - signals["p_value"].null_count
    return tested, sum(bool(s) for s in signals["signal"].to_pylist())


def allowed(answer: Answer, stood: Standing, about_persons: bool) -> Answer:
    """One answer as it may be written: whole where the question is live, else offices and counts."""
    if answer.findings is None:
        return replace(answer, standing=stood, explanations=[], evidence={}, queries=())
    if stood.shown and held_back(about_persons, answer.findings.signals):
        stood = replace(stood, shown=False)
    if stood.shown:
        evidence = answer.evidence if about_persons else {s: without_persons(t) for s, t in answer.evidence.items()}
        return replace(answer, standing=stood, evidence=evidence)
    counts = office_counts(answer.indicator.definition.id, answer.findings.signals)
    return replace(answer, standing=stood, counts=counts, findings=None, explanations=[], evidence={}, queries=())


def held_back(about_persons: bool, signals: pa.Table) -> bool:
    """Whether a question that was agreed to as one about offices answers about somebody: then it shows nobody."""
    return not about_persons and not set(pc.unique(signals["unit_kind"]).to_pylist()) <= _NOT_PERSONS


def without_persons(rows: pa.Table) -> pa.Table:
    """Rows without the columns that name somebody."""
    return rows.drop_columns([name for name in rows.column_names if name in PERSON_COLUMNS])


def office_counts(question: str, signals: pa.Table) -> pa.Table:
    """Units by office as counts (see ``COUNTS``): none under 10, none that gives such a one away by subtraction.

    Units are counted only where they are of ten people or more and no one of them has over half: the pairs of one
    officer with many declarants are one person's.
    """
    tested, silent, found = (
        _of_people(signals, counts)
        for counts in (
            signals["p_value"].is_valid(),
            signals["p_value"].is_null(),
            pc.fill_null(signals["signal"], False),
        )
    )
    offices = sorted(set(pc.fill_null(signals["office"], "").to_pylist()))
    rows = [_row(question, o, tested.get(o, 0), silent.get(o, 0), found.get(o, 0)) for o in offices]
    total = _row(question, None, sum(tested.values()), sum(silent.values()), sum(found.values()))
    for name in ("tested", "cannot_tell", "signals"):
        if any(row[name] is None for row in rows):
            total[name] = None
    return pa.Table.from_pylist([*rows, total] if rows else [], schema=COUNTS)


def _of_people(signals: pa.Table, counts: pa.ChunkedArray) -> dict[str, int]:
    """Units by office, of those that count; 0 where they are too few people's, or mostly one's."""
    kept = signals.filter(counts)
    each = pa.table(
        {
            "office": pc.fill_null(kept["office"], ""),
            "who": kept["unit_id"],
            "person": pc.invert(pc.is_in(kept["unit_kind"], value_set=pa.array(sorted(_NOT_PERSONS)))),
        }
    )
    told: dict[str, tuple[int, int, int, bool]] = {}
    for row in each.group_by(["office", "who", "person"]).aggregate([([], "count_all")]).to_pylist():
        units, people, most, persons = told.get(row["office"], (0, 0, 0, False))
        n = row["count_all"]
        told[row["office"]] = units + n, people + 1, max(most, n), persons or row["person"]
    return {
        office: 0 if persons and (people < FEWEST or 2 * most > units) else units
        for office, (units, people, most, persons) in told.items()
    }


def _row(question: str, office: str | None, tested: int, silent: int, found: int) -> dict[str, Any]:
    few = found < FEWEST or tested - found < FEWEST
    return {
        "indicator": question,
        "office": office,
        "tested": _given(tested),
        "cannot_tell": _given(silent),
        "signals": None if few else _given(found),
    }


def _given(count: int) -> int | None:
    return None if count < FEWEST else STEP * round(count / STEP)


def demand_live(workspace: Path, definition: Definition, settings: Settings) -> bool:
    """Refuse the rows behind a signal where the workspace's charter does not have its question live, as it is asked.

    Returns
    -------
    bool
        Whether the rows may name persons: without a charter they may, as in a study.

    Raises
    ------
    CharterError
        If the question is not live now, whatever it was when the assessment ran.
    """
    charter = Charter.of(workspace)
    if charter is None:
        return True
    told = facts(definition, settings)
    stood = standing(charter.state().questions.get(definition.id), told)
    if not stood.shown:
        raise of(
            CharterError,
            "not-live-rows",
            "see-charter",
            where=str(charter.path),
            question=definition.id,
            stage=stood.stage,
        )
    return told.about_persons
