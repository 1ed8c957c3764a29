"""Is a declarant's work spread over officers as the office's rule would spread it?"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from arusha.engine.memory import give_back
from arusha.indicators import assignment_cancelled as unless
from arusha.indicators import assignment_records as records
from arusha.indicators import assignment_rules as declared
from arusha.indicators.assignment_accounts import weighed
from arusha.indicators.assignment_acts import acts, has_kinds, teams_by_acts
from arusha.indicators.assignment_again import again_notes
from arusha.indicators.assignment_answer import Office, accounts_table, aside_table, offices_table, pools_table, signals
from arusha.indicators.assignment_cancelled_pairs import CancelledLimits
from arusha.indicators.assignment_draws import Columns, Draws
from arusha.indicators.assignment_evidence import evidence_of
from arusha.indicators.assignment_exemptions import exemption_notes, only_named
from arusha.indicators.assignment_explanations import explain_pair
from arusha.indicators.assignment_goods import said_of_each
from arusha.indicators.assignment_office import prepare_all
from arusha.indicators.assignment_recall import Recall
from arusha.indicators.assignment_rounds import Limits, run
from arusha.indicators.assignment_rules import Eligible
from arusha.indicators.definition import Cells, Definition, Explained, Findings, Indicator, Note, Settings
from arusha.inference.segments import side_by_side

if TYPE_CHECKING:
    from arusha.engine.query import Query
    from arusha.engine.session import Session

DEFINITION = Definition(
    id="assignment-steering",
    title="Work steered to an officer",
    question="Is a declarant's work spread over officers as the office's rule would spread it?",
    unit="officer and declarant, within an office",
    needs={"declarations": ("declarant_id", "lane_assigned")},
    helped_by={
        "assignments": ("sequence", "officer_id", "assigned_at"),
        "items": ("hs_code", "origin", "exemption", "declared_exemption", "net_mass_kg"),
        "declarations": ("section", "procedure", "officer_id", "importer_id", "status"),
        "shifts": ("starts_at", "ends_at"),
        "duties": ("kind", "recorded_at", "recorded_by"),
        "postings": ("role",),
        "inspections": ("officer_id", "kind"),
        "assignment_rules": ("method", "pool"),
        "assignment_pools": ("officer_id",),
    },
    null_hypothesis="Within a stratum (office, section, lane, moment, pool of officers) who is picked does not depend "
    "on whose declaration it is.",
    statistic="Declarations of the declarant whose first pick was the officer; one cancelled and lodged again counts "
    "once, by the pick that stood. Exact upper tail: Poisson-binomial where the records say who was on duty and the "
    "other declarants' picks agree with an even chance, or with a pace of each officer's own; else a sum of "
    "hypergeometric counts under fixed margins within strata. Pairs that stand out are set aside while the others "
    "are tested. A pair must also stand out if one allows that an officer is avoided, a desk shared, or, where the "
    "others' files show it, files given out by importer, files that wait handed out in bundles, or officers and "
    "declarants met unevenly as a rule.",
    min_exposure=30,
    min_effect=5,
    options={"lanes": ("green", "blue", "yellow", "red")},
    conditions_on=(
        "office",
        "section",
        "lane",
        "day",
        "hour",
        "goods",
        "procedure",
        "exemption",
        "roster",
        "declared rule",
    ),
    explanations=(
        "specialist-desk",
        "acting-cover",
        "batch",
        "shift-overlap",
        "posting",
        "leave-of-others",
        "trainee",
        "new-office",
        "rule-in-force",
    ),
    gaming="Steer fewer than five declarations above expectation; hand the file over after the first pick; lodge when "
    "the favoured officer is alone on duty, so that there is no one to compare with; have the officer put on a desk "
    "for goods that nobody else brings; favour two officers or more for four declarants or more, as a desk would; of "
    "two officers, keep every file from one.",
    counter_indicator="assignment-override (later picks); lodging on the days of one officer (declarant's hours "
    "against the roster); desks whose goods are one declarant's, listed as cannot tell; who records specialist desks, "
    "and when; officers avoided and desks that no rule declares, listed as cannot tell: ask whether a recusal or a "
    "desk was written down.",
    false_flags_per_thousand="Measured in 400 invented administrations without any scheme: 6 of 845,861 "
    "units tested were flagged, in 6 administrations (benchmarks/results/scorecard.md).",
    source="In the spirit of Chalendard, Fernandes, Raballand and Rijkers, Corruption in Customs (QJE 2023); Goodman "
    "1968 for quasi-independence; Benjamini and Bogomolov 2014 for families.",
)


def queries(session: Session, settings: Settings) -> dict[str, Query]:
    """The queries that the question runs beside that of the draws, by the name of their result."""
    wanted: dict[str, Query] = {}
    if session.has("shifts", "officer_id", "office", "starts_at", "ends_at"):
        wanted["roster"] = records.roster(session, settings)
    if session.has("duties", "officer_id", "kind", "from_date"):
        wanted["duties"] = records.duties(session)
    if session.has("postings", "officer_id", "office", "from_date"):
        wanted["postings"] = records.postings(session)
    if session.has("assignment_rules", "office", "method"):
        wanted["rules"] = records.rules(session)
    if session.has("assignment_pools", "pool", "officer_id"):
        wanted["pools"] = records.members(session)
    if has_kinds(session):
        wanted["acts"] = acts()
    return wanted


def _read(session: Session, settings: Settings, office: str | None = None) -> Cells:
    found, texts = records.read(session, settings, office=office, declared=True, keys=True, standing=True)
    asked = queries(session, settings)
    tables = {"draws": found, **{name: session.run(query) for name, query in asked.items()}}
    again = records.lodged_again(session, settings) if office is None else None
    if again is not None:
        tables["lodged_again"] = again[0]
        texts = (*texts, again[1])
    if office is None:
        gone, asked_too = records.cancelled(session, settings, _unless(settings))
        tables |= gone
        texts = (*texts, *asked_too)
    return Cells(tables, (*texts, *(q.text() for q in asked.values())), tuple(_notes(session)))


def _notes(session: Session) -> list[Note]:
    notes = []
    if not records.has_picks(session):
        text = (
            "The first pick is not recorded: the officer who handled the declaration in the end was tested, so that "
            "a steered pick cannot be told from a later reassignment."
        )
        notes.append(Note("assignment-final-officer", text))
    absent = {
        "shifts": "Without a roster of shifts the officers on duty are inferred from the work they did.",
        "assignment_rules": "Without assignment rules pools of officers are inferred from other declarants' picks.",
        "items": "Without goods items desks for certain goods cannot be told.",
    }
    for table, text in absent.items():
        if not session.has(table):
            notes.append(Note(f"assignment-without-{table.replace('_', '-')}", text))
    return [*notes, *exemption_notes(session)]


def cells(session: Session, settings: Settings) -> Cells:
    found = _read(session, settings)
    RECALL.keep(session, settings, found)
    return found


def _drawn(cells: Cells, settings: Settings, threads: int) -> list[tuple[Draws, Eligible | None]]:
    """The draws of each office, and who could have been picked for each of them.

    The columns of all offices, of ten million declarations half a gibibyte, end with it.
    """
    columns = Columns.of(cells.tables["draws"])
    lists = {n: cells.tables[n].to_pylist() if n in cells.tables else [] for n in ("duties", "postings", "pools")}
    rules = declared.rules_by_office(cells.tables.get("rules"))
    rosters = declared.rosters(cells.tables.get("roster"))

    def of_office(number: int, _: int) -> tuple[Draws, Eligible | None]:
        own, roster = rules.get(columns.office[number], []), rosters.get(columns.office[number])
        said = said_of_each(columns, number, own, lists["pools"])
        pool = declared.eligible(columns, number, own, said, roster, lists["duties"], lists["postings"])
        group = pool.group if pool is not None else declared.no_group(said.code)
        draws = columns.draws(number, said.code, declared.usable_stretches(roster, columns, number), group)
        return only_named(draws, lists["duties"], settings.period_start), pool

    return side_by_side(of_office, np.diff(columns.begins).tolist(), threads)


def answer(cells: Cells, settings: Settings) -> list[Office]:
    """Every office prepared and tested."""
    threads = min(os.cpu_count() or 1, 8)
    exposure = settings.exposure_floor(DEFINITION)
    drawn = _drawn(cells, settings, threads)
    came, pools = [draws for draws, _ in drawn], [pool for _, pool in drawn]
    give_back()
    ready = prepare_all(came, exposure, pools, threads)
    limits = Limits(exposure, settings.effect_floor(DEFINITION), settings.rate)
    give_back()
    teams = [teams_by_acts(office.draws.outcomes, cells.tables.get("acts")) for office in ready]
    tested = weighed(ready, run(ready, limits, threads=threads), limits, threads, teams)
    return [Office(d, p, t) for d, p, t in zip(came, ready, tested, strict=True)]


def test(cells: Cells, settings: Settings) -> Findings:
    offices = answer(cells, settings)
    RECALL.keep_offices(cells, offices)
    rows = signals(DEFINITION.id, offices, settings, settings.exposure_floor(DEFINITION))
    tables = {
        "accounts": accounts_table(offices),
        "pools": pools_table(offices),
        "offices": offices_table(offices),
        "set_aside": aside_table(offices),
    }
    again = cells.tables.get("lodged_again")
    if again is not None and again.num_rows:
        tables["lodged_again"] = again
    asked = bool(tables["offices"].num_rows)
    cancelled, told = unless.answer(cells.tables, _unless(settings)) if asked else (None, [])
    if cancelled is not None:
        tables["cancelled"] = cancelled
    notes = (*_shares(tables["offices"]), *again_notes(again), *told, *_told(tables["accounts"]))
    return Findings(rows, notes, tables)


def _unless(settings: Settings) -> CancelledLimits:
    """What is said of files cancelled unless an officer has them: the question's floors and rate."""
    return CancelledLimits(settings.exposure_floor(DEFINITION), settings.effect_floor(DEFINITION), settings.rate)


def _told(accounts: pa.Table) -> list[Note]:
    """How many pairs stood out but for an account that the records cannot rule out."""
    if not accounts.num_rows:
        return []
    kind = accounts["account"].to_pylist()
    pairs = dict.fromkeys(("avoidance", "desk", "importer", "bundle", "scatter"), 0)
    for name, count in zip(kind, accounts["pairs"].to_pylist(), strict=True):
        pairs[name] += count
    total = sum(pairs.values())
    parts = {
        "avoidance": "one officer hardly ever has the declarant's files (a tenth or less of what would be due), and "
        "the others share that officer's turn as they share everything.",
        "desk": "several declarants meet the same officers, as at a desk that no rule declares.",
        "importer": "the importer decides in this office who has a file, and the declarant's importers may have come "
        "to the officer by chance.",
        "bundle": "files that wait are handed out in bundles, neighbours to one officer, and the declarant's may have "
        "come to the officer by their place in the pile.",
        "scatter": "officers and declarants of the office meet unevenly as a rule, as where it goes by what no record "
        "says, and the pair is not clearly beyond that.",
    }
    text = (
        f"Pairs that stand out from the common rule, and the records cannot tell why: {total}.",
        *(f"In {pairs[name]} of them {part}" for name, part in parts.items() if pairs[name]),
        "The records hold no recusals, so that none was checked. A recusal, a desk or an importer's officer that was "
        "written down would say which; a ring would look the same.",
    )
    return [Note("assignment-accounts", " ".join(text), {"n": total, **pairs})]


def _shares(offices: pa.Table) -> list[Note]:
    """What part of the draws could not speak."""
    total = {n: pc.sum(offices[n]).as_py() or 0 for n in ("draws", "counted", "in_batches", "without_comparison")}
    if not total["draws"]:
        return [
            Note(
                "assignment-no-draws", "No declaration of the period has both a lane that needs an officer and a pick."
            )
        ]
    batches, alone = total["in_batches"] / total["draws"], total["without_comparison"] / max(total["counted"], 1)
    return [
        Note(
            "assignment-batches",
            f"{total['in_batches']} of {total['draws']} draws ({batches:.1%}) were lodged together with another one of "
            "the same declarant and counted once.",
            {"n": total["in_batches"], "total": total["draws"], "share": round(batches, 4)},
        ),
        Note(
            "assignment-without-comparison",
            f"{alone:.1%} of the draws counted had no second officer or no second declarant in their stratum and "
            "carry no information.",
            {"share": round(alone, 4)},
        ),
    ]


def _office(session: Session, signal: Mapping[str, Any], settings: Settings) -> Office:
    """The signal's office as it was tested, or tested again on its own."""
    found = RECALL.office(session, settings, signal["office"])
    if found is None:
        (found,) = answer(_read(session, settings, signal["office"]), settings)
    return found


def evidence(session: Session, signal: Mapping[str, Any], settings: Settings) -> pa.Table:
    where = {"office": signal["office"], "declarant": signal["other_id"]}
    rows, _ = records.read(session, settings, evidence=True, standing=True, **where)
    return evidence_of(rows, _office(session, signal, settings), signal)


def explain(session: Session, signal: Mapping[str, Any], settings: Settings) -> tuple[Explained, ...]:
    def importers() -> list[str | None]:
        where = {"office": signal["office"], "declarant": signal["other_id"]}
        rows, _ = records.read(session, settings, evidence=True, keys=True, standing=True, **where)
        return list(rows["importer"].to_pylist())

    named = importers if session.has("declarations", "importer_id") else None
    return explain_pair(DEFINITION, session, signal, settings, _office(session, signal, settings), importers=named)


RECALL = Recall()
INDICATOR = Indicator(DEFINITION, cells, test, evidence, explain)
