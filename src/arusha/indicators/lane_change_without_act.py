"""Who closes controls without an inspection act, or closes those of others, more often than their like?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from arusha.engine.session import Session
from arusha.indicators import signals
from arusha.indicators.coded_columns import coded, joint, numbers
from arusha.indicators.definition import Cells, Definition, Explained, Findings, Indicator, Note, Sentence, Settings
from arusha.indicators.explanations import FOUND, NOT_FOUND, Case, Remainder, quoted, unremarkable
from arusha.indicators.lane_change_records import Known, cells_query, closed_query, evidence_query, totals_query
from arusha.indicators.peer_cells import PeerCells
from arusha.indicators.peer_evidence import held, with_held
from arusha.indicators.peer_explanations import explain_peer, tested_again, without_rows
from arusha.indicators.peer_pairs import few_cases
from arusha.indicators.peer_rows import FEWEST_OTHERS, Wording, peer_rows
from arusha.indicators.peer_tests import THREADS, Answer, officers, pairs

DEFINITION = Definition(
    id="lane-change-without-act",
    title="Lane changes without an act",
    question="Does anyone take declarations out of a control without an inspection act, or without being their "
    "examiner or a chief, more often than colleagues do?",
    unit="officer or user, and officer with declarant",
    needs={
        "declarations": ("lane_assigned", "lane_final", "officer_id", "declarant_id"),
        "inspections": (),
    },
    helped_by={
        "events": ("user_id", "declaration_id", "occurred_at", "action", "new_value"),
        "postings": ("role",),
        "inspections": ("officer_id",),
        "duties": (),
    },
    null_hypothesis="Within office, lane and month (and within lane and declarant) every closer of controls is as "
    "likely to close one out of order as colleagues, up to the scatter of ordinary officers; and no further from "
    "colleagues with one declarant than with the others.",
    statistic="Exact stratified hypergeometric tail a closer, averaged over what all closers together tell of their "
    "ordinary scatter; a pair by the exact test that two groups of 2x2 tables share one odds ratio. By declaration and "
    "by batch: the larger p counts.",
    min_exposure=30,
    min_effect=5,
    options={},
    conditions_on=("office", "lane assigned", "month", "declarant", "rank (examiner or chief)"),
    explanations=("acting-cover", "trainee", "one-act-for-batch", "acts-not-kept"),
    gaming="Write an act that says conform a minute before the re-route; leave the lane as it was and release; let the "
    "system's own account re-route; work from a chief's terminal.",
    counter_indicator="Findings of these officers and pairs (finding-rate); controls released in their lane without "
    "any act; re-routes by the system's account, counted in the notes.",
    false_flags_per_thousand="Measured in 400 invented administrations without any scheme: 0 of 62,822 "
    "units tested were flagged, in 0 administrations (benchmarks/results/scorecard.md).",
    source="ASYCUDA user manuals (re-route to green ends a control); Zelen 1971; Spiegelhalter 2005.",
)

WORDING = Wording(
    notes="lane-change",
    odds="odds of closing a control out of order",
    few_of_declarant="cannot tell: colleagues closed under {n} controls of this declarant",
    few_elsewhere="cannot tell: under {n} controls of other declarants",
    few_own="cannot tell: under {n} controls that colleagues share",
    few_others="cannot tell: colleagues closed under {n} controls",
)


def cells(session: Session, settings: Settings) -> Cells:
    known = Known.of(session)
    closed = closed_query(known, settings)
    session.share(closed, "closed_controls")
    counted, totals = cells_query(), totals_query()
    notes = []
    if not known.log:
        text = (
            "The log of operations is absent: the assigned officer is taken to have closed each control, and a "
            "re-route by somebody else cannot be seen."
        )
        notes.append(Note("lane-change-no-log", text))
    if known.log and not known.postings:
        text = "Postings are absent: who was chief is not known, so a re-route by somebody else is not counted."
        notes.append(Note("lane-change-no-postings", text))
    tables = {"cells": session.run(counted, codes=True), "totals": session.run(totals)}
    return Cells(tables, (closed.text(), counted.text(), totals.text()), tuple(notes))


def test(cells: Cells, settings: Settings) -> Findings:
    table = cells.tables["cells"]
    table = table.filter(pc.is_valid(table["closer"]))
    notes = _notes(cells.tables["totals"])
    if not table.num_rows:
        return Findings(signals.SCHEMA.empty_table(), tuple(notes))
    controls = peers(table)
    offices = controls.offices()
    floor, excess = settings.exposure_floor(DEFINITION), settings.effect_floor(DEFINITION)
    answers = {
        "officer": officers(offices, excess=excess, threads=THREADS),
        "pair": pairs(offices, least=floor, excess=excess, threads=THREADS),
    }
    examiners = set(table.filter(table["examiner"])["closer"].unique().to_pylist())
    out = []
    for kind, answer in answers.items():
        found, told_beside = _rows(controls, answer, kind, examiners, settings)
        out.append(found)
        notes += told_beside
    told = signals.from_columns(signals.joined(out))
    few = sum(few_cases(cells, floor) for cells in offices)
    return Findings(told, tuple(notes), {"closers": _closers(told)}, few)


def peers(table: pa.Table) -> PeerCells:
    """Closers with their controls: alike by rank, lane and month, and by rank, lane and declarant; pairs by quarter."""
    declarant, lane, rank = coded(table["declarant"]), coded(table["lane"]).code, numbers(table, "superior")
    month = numbers(table, "month")
    return PeerCells(
        coded(table["office"]),
        coded(table["closer"]),
        declarant,
        (joint(rank, lane, month)[0], joint(rank, lane, declarant.code)[0]),
        (joint(lane, (month - 1) // 3)[0],),
        (numbers(table, "n"), numbers(table, "x")),
        (numbers(table, "batches"), numbers(table, "batches_x")),
    )


def _rows(
    controls: PeerCells, answer: Answer, kind: str, examiners: set[str], settings: Settings
) -> tuple[signals.Columns, tuple[Note, Note]]:
    """Units of one kind in all offices; who closes controls and is no examiner is a user."""

    def names(of: str) -> list[str]:
        known = getattr(controls, of).names
        return [known[i] for t in answer.tested for i in getattr(t, of)]

    unit = names("officer")
    if kind == "pair":
        return peer_rows(DEFINITION, settings, WORDING, answer, [kind] * len(unit), unit, names("declarant"))
    kinds = ["officer" if name in examiners else "user" for name in unit]
    return peer_rows(DEFINITION, settings, WORDING, answer, kinds, unit, None)


def _notes(totals: pa.Table) -> list[Note]:
    notes = []
    total, nobody, system = (pc.sum(totals[name]).as_py() or 0 for name in ("n", "nobody", "by_system"))
    if nobody:
        text = f"{nobody} of {total} controls name nobody who handled them and count for no officer."
        notes.append(Note("lane-change-nobody", text, {"n": nobody, "total": total}))
    if system:
        text = f"{system} of {total} controls were re-routed by the system's own account: they are nobody's re-route."
        notes.append(Note("lane-change-system", text, {"n": system, "total": total}))
    for row in totals.to_pylist():
        if row["n"] >= FEWEST_OTHERS and row["no_act"] >= 0.5 * row["n"]:
            share = row["no_act"] / row["n"]
            text = (
                f"In {row['office']}, {row['lane']} lane, {share:.0%} of controls ended in a free lane without an "
                "act: acts are not kept there, and a missing one says little."
            )
            values = {"office": row["office"], "lane": row["lane"], "share": share}
            notes.append(Note("lane-change-acts-not-kept", text, values))
    return notes


def _closers(told: pa.Table) -> pa.Table:
    """Observed against expected of each officer or user tested, in the order of their names: for a funnel."""
    names = ["office", "unit_kind", "unit_id", "n", "observed", "expected", "effect", "ci_low", "ci_high"]
    drawn = pc.and_(pc.not_equal(told["unit_kind"], "pair"), pc.is_valid(told["p_value"]))
    return told.select(names).filter(drawn)


def evidence(session: Session, signal: Mapping[str, Any], settings: Settings) -> pa.Table:
    """The unit's controls, each with what was out of order, and with what colleagues did with like ones.

    Those with ``counted`` = "counted" add up to the signal's n; those of them out of order, to its observed number;
    their ``expected``, to its expected number.
    """
    known = Known.of(session)
    session.share(closed_query(known, settings), "closed_controls")
    table = session.run(cells_query(), codes=True)
    table = table.filter(pc.is_valid(table["closer"]))
    least, excess = settings.exposure_floor(DEFINITION), settings.effect_floor(DEFINITION)
    rows = session.run(evidence_query(known, signal))
    keys = ("lane", "month", "superior", "declarant")
    return with_held(rows, table, held(peers(table), signal, least=least, excess=excess), keys, "out_of_order")


def explain(session: Session, signal: Mapping[str, Any], settings: Settings) -> tuple[Explained, ...]:
    session.share(closed_query(Known.of(session), settings), "closed_controls")

    def counted(where: str, *, act_for_all: bool = False) -> Remainder:
        table = session.run(cells_query(where, act_for_all=act_for_all))
        table = table.filter(pc.is_valid(table["closer"]))
        return tested_again(peers(table), str(signal["unit_id"]), signal["other_id"])

    def one_act(session: Session, case: Case) -> Explained:
        """Whether acts were written once for a batch: then an act on any of it counts for all, for every officer."""
        left = counted(f"office = {quoted(str(signal['office']))}", act_for_all=True)
        cleared, rest = unremarkable(case, left)
        told = (Sentence("one-act-for-batch"), *rest)
        return Explained("one-act-for-batch", FOUND if cleared else NOT_FOUND, clears=cleared, told=told)

    def not_kept(session: Session, case: Case) -> Explained:
        """Whether half of the office's controls end without an act; the comparison allows for it, so nothing clears."""
        rows = session.run(totals_query()).to_pylist()
        lanes = [r["lane"] for r in rows if r["office"] == signal["office"] and r["no_act"] >= 0.5 * r["n"]]
        if not lanes:
            return Explained("acts-not-kept", NOT_FOUND)
        told = tuple(Sentence("acts-not-kept", {"lane": lane}) for lane in lanes)
        return Explained("acts-not-kept", FOUND, told=(*told, Sentence("allowed-by-lane")))

    def retest(rows: str) -> Remainder:
        return counted(without_rows(signal, "closer", rows))

    own = {"one-act-for-batch": one_act, "acts-not-kept": not_kept}
    return explain_peer(DEFINITION, session, signal, settings, "closed_controls", retest, own)


INDICATOR = Indicator(DEFINITION, cells, test, evidence, explain)
