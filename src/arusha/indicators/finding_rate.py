"""Does an officer find less than colleagues on like goods, or less with one declarant than with the others?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from arusha.engine.session import Session
from arusha.indicators import signals
from arusha.indicators.definition import Cells, Definition, Explained, Findings, Indicator, Note, Settings
from arusha.indicators.explanations import Remainder
from arusha.indicators.finding_cells import Examined
from arusha.indicators.finding_records import Known, cells_query, evidence_query, examined_query, random_query
from arusha.indicators.finding_tables import declarants_table, funnel_table, random_table, tax_at_stake, zero_table
from arusha.indicators.peer_evidence import held, with_held
from arusha.indicators.peer_explanations import explain_peer, tested_again, without_rows
from arusha.indicators.peer_pairs import few_cases
from arusha.indicators.peer_rows import Wording, peer_rows
from arusha.indicators.peer_tests import THREADS, Answer, officers, pairs

DEFINITION = Definition(
    id="finding-rate",
    title="Findings of like examinations",
    question="Does an officer find less than colleagues who examine like goods, or less with one declarant than with "
    "the others?",
    unit="officer, and officer with declarant",
    needs={
        "declarations": ("lane_assigned", "officer_id", "declarant_id"),
        "inspections": ("outcome",),
    },
    helped_by={
        "inspections": ("officer_id", "additional_tax"),
        "declarations": ("section", "lane_reason"),
        "items": ("hs_code",),
        "duties": (),
    },
    null_hypothesis="Among examined goods alike in office, section, lane, random selection and kind (and in quarter, "
    "and in declarant) every officer is as likely to find something as colleagues, up to the scatter of ordinary "
    "strictness; and no further from colleagues with one declarant than with the others.",
    statistic="Exact stratified hypergeometric tail of examinations without a finding, averaged over what all officers "
    "together tell of ordinary strictness; a pair by the exact test that two groups of 2x2 tables share one odds "
    "ratio. By declaration and by batch: the larger p counts. Low side only.",
    min_exposure=30,
    min_effect=5,
    options={},
    conditions_on=("office", "section", "lane assigned", "random selection", "kind of goods", "quarter", "declarant"),
    explanations=("specialist-desk", "acting-cover", "trainee"),
    gaming="Record small findings to keep the rate; examine the clean part of a consignment; leave the act to a "
    "colleague.",
    counter_indicator="Additional tax against expected beside the rate; values of the same goods "
    "(value-shortfall); examinations per declaration and officer.",
    false_flags_per_thousand="Measured in 400 invented administrations without any scheme: 6 of 63,928 "
    "units tested were flagged, in 6 administrations (benchmarks/results/scorecard.md).",
    source="Spiegelhalter 2005 (over-dispersed funnel); Zelen 1971; Knowles, Persico and Todd 2001 (outcome test).",
)

WORDING = Wording(
    notes="finding-rate",
    odds="odds of finding something",
    few_of_declarant="cannot tell: colleagues examined under {n} declarations of this declarant",
    few_elsewhere="cannot tell: under {n} examinations of other declarants",
    few_own="cannot tell: under {n} examinations of goods that colleagues examine too",
    few_others="cannot tell: colleagues examined under {n} like declarations",
)


def cells(session: Session, settings: Settings) -> Cells:
    known = Known.of(session)
    examined = examined_query(known, settings)
    session.share(examined, "examined_goods")
    queries = [examined, cells_query()]
    tables = {"cells": session.run(queries[1], codes=True), "known": pa.table({"tax": [known.tax]})}
    if known.reason:
        queries.append(random_query(known, settings))
        tables["random"] = session.run(queries[-1])
    return Cells(tables, tuple(q.text() for q in queries), _absent(known))


def _absent(known: Known) -> tuple[Note, ...]:
    notes = []
    if not known.reason:
        text = "The random share cannot be shown apart: the records do not say why a lane was chosen (lane_reason)."
        notes.append(Note("finding-rate-no-reason", text))
    if not known.items:
        text = "Goods are not told apart: items are absent, so that an easy desk may look lenient."
        notes.append(Note("finding-rate-no-items", text))
    if not known.author:
        text = "Acts do not name their officer: the examining officer of the declaration is taken to have made them."
        notes.append(Note("finding-rate-no-author", text))
    if not known.tax:
        text = "Acts do not say how much tax they added, so that no tax at stake is given."
        notes.append(Note("finding-rate-no-tax", text))
    return tuple(notes)


def test(cells: Cells, settings: Settings) -> Findings:
    table = cells.tables["cells"]
    notes = _dropped(table)
    examined = Examined.of(table)
    tables: dict[str, pa.Table] = {}
    if "random" in cells.tables:
        tables["random_share"] = random_table(cells.tables["random"], settings.level)
    if not len(examined):
        return Findings(signals.SCHEMA.empty_table(), tuple(notes), tables)
    offices = examined.peers().offices()
    floor, excess = settings.exposure_floor(DEFINITION), settings.effect_floor(DEFINITION)
    answers = {
        "officer": officers(offices, excess=excess, threads=THREADS),
        "pair": pairs(offices, least=floor, excess=excess, threads=THREADS),
    }
    kinds = {}
    for kind, answer in answers.items():
        kinds[kind], told_beside = _rows(examined, answer, kind, settings)
        notes += told_beside
    out = signals.joined(list(kinds.values()))
    if cells.tables["known"]["tax"][0].as_py():
        at = signals.standing(out)
        told = signals.rows_of(out, at)
        tax_at_stake(examined, told, settings)
        signals.put(out, at, told, signals.TAX)
    tables |= {
        "officers": funnel_table(signals.rows_of(kinds["officer"], range(len(kinds["officer"]["signal"])))),
        "declarants": declarants_table(examined, settings.level),
        "zero": zero_table(examined),
    }
    few = sum(few_cases(cells, floor) for cells in offices)
    return Findings(signals.from_columns(out), tuple(notes), tables, few)


def _rows(
    examined: Examined, answer: Answer, kind: str, settings: Settings
) -> tuple[signals.Columns, tuple[Note, Note]]:
    """Units of one kind in all offices, told in findings."""

    def names(of: str) -> list[str]:
        known = getattr(examined, of).names
        return [known[i] for t in answer.tested for i in getattr(t, of)]

    unit = names("officer")
    other = names("declarant") if kind == "pair" else None
    return peer_rows(DEFINITION, settings, WORDING, answer, [kind] * len(unit), unit, other, missing=True)


def _dropped(table: pa.Table) -> list[Note]:
    total = pc.sum(table["n"]).as_py() or 0
    lost, unknown = (pc.sum(table["n"].filter(pc.is_null(table[c]))).as_py() or 0 for c in ("officer", "lane"))
    notes = []
    if lost:
        text = f"{lost} of {total} examinations name no officer and count for none."
        notes.append(Note("finding-rate-nobody", text, {"n": lost, "total": total}))
    if unknown:
        text = f"{unknown} of {total} examinations are of declarations without a lane and count nowhere."
        notes.append(Note("finding-rate-no-lane", text, {"n": unknown, "total": total}))
    return notes


def evidence(session: Session, signal: Mapping[str, Any], settings: Settings) -> pa.Table:
    """The unit's examinations, each with what was found, and with what colleagues found in like ones.

    Those with ``counted`` = "counted" add up to the signal's n, their findings to its observed number, and their
    ``expected`` to its expected number. Findings that are missing have no rows of their own.
    """
    known = Known.of(session)
    session.share(examined_query(known, settings), "examined_goods")
    table = session.run(cells_query(), codes=True)
    table = table.filter(pc.and_(pc.is_valid(table["officer"]), pc.is_valid(table["lane"])))
    least, excess = settings.exposure_floor(DEFINITION), settings.effect_floor(DEFINITION)
    rows = session.run(evidence_query(known, signal))
    keys = ("section", "lane", "random", "goods", "quarter", "declarant")
    return with_held(
        rows, table, held(Examined.of(table).peers(), signal, missing=True, least=least, excess=excess), keys, "found"
    )


def explain(session: Session, signal: Mapping[str, Any], settings: Settings) -> tuple[Explained, ...]:
    session.share(examined_query(Known.of(session), settings), "examined_goods")

    def retest(rows: str) -> Remainder:
        table = session.run(cells_query(without_rows(signal, "officer", rows)))
        return tested_again(Examined.of(table).peers(), str(signal["unit_id"]), signal["other_id"])

    # Explanations weigh an excess: here it is one of examinations without a finding.
    clean = {name: float(signal["n"]) - float(signal[name]) for name in ("observed", "expected")}
    return explain_peer(DEFINITION, session, {**signal, **clean}, settings, "examined_goods", retest)


INDICATOR = Indicator(DEFINITION, cells, test, evidence, explain)
