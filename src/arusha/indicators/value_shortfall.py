"""Are a declarant's goods valued lower with one officer than with others, or lower than others' like goods?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from arusha.engine.session import Session
from arusha.indicators import signals
from arusha.indicators.definition import Cells, Definition, Explained, Findings, Indicator, Note, Settings
from arusha.indicators.explanations import quoted as text
from arusha.indicators.families import office_q
from arusha.indicators.peer_explanations import without_rows
from arusha.indicators.value_contrasts import contrasts
from arusha.indicators.value_declarants import declarant_findings
from arusha.indicators.value_evidence import evidence_query
from arusha.indicators.value_explanations import explain_pair
from arusha.indicators.value_levels import arms_query, asked_for
from arusha.indicators.value_lots import detail_query, pairs_query
from arusha.indicators.value_pairs import FEWEST_LOTS, NAIVE, pair_findings
from arusha.indicators.value_records import Known, covered_query, declarants_query, share_gaps

DEFINITION = Definition(
    id="value-shortfall",
    title="Values below those of like goods",
    question="Are a declarant's goods valued lower when one officer handles them than when others do? Without officers "
    "in the records: are they valued lower than like goods of other declarants?",
    unit="officer with declarant; declarant where the records name no officer",
    needs={
        "declarations": ("declarant_id",),
        "items": ("hs_code", "origin", "declared_value"),
    },
    helped_by={
        "declarations": ("officer_id", "importer_id", "section"),
        "items": ("assessed_value", "net_mass_kg", "quantity", "unit", "duty_rate", "declared_tax"),
        "duties": (),
    },
    null_hypothesis="The prices of an importer's goods of one product, section and quarter, against like goods of "
    "other declarants where there are enough and otherwise of one origin, do not depend on which officer handled "
    "them, up to the scatter of ordinary pairs and to how low the officer's like goods of other declarants are. For "
    "declarants: their prices differ from like goods no more than declarants' ordinarily do.",
    statistic="Mean log unit value against like goods (product, origin, quarter; the declarant left out), less the "
    "mean of the declarant's own goods with other officers; goods without like goods against the importer's own of "
    "the same product, origin and quarter alone; exact first three moments of drawing lots without replacement, "
    "Pearson's type III tail, against ordinary scatter. Low side only.",
    min_exposure=30,
    min_effect=0.05,
    options={},
    conditions_on=("product", "origin", "quarter", "office", "section", "importer"),
    explanations=("specialist-desk", "acting-cover", "one-product"),
    gaming="Declare the right price and too small a quantity; move to products, or change origins and importers, so "
    "that no goods of one's own stand beside; have one officer handle all goods of a line; keep each gap small; "
    "change the reference prices; have an officer value low for all declarants: such an officer is not found by this "
    "question.",
    counter_indicator="Net mass against what documents and scans say; share of goods by declarant that stand beside "
    "neither like goods nor the declarant's own with other officers; changes of reference tables; findings "
    "(finding-rate).",
    false_flags_per_thousand="Measured in 400 invented administrations without any scheme: 0 of 35,112 "
    "units tested were flagged, in 0 administrations (benchmarks/results/scorecard.md).",
    source="Unit-value comparison in the spirit of Chalendard and others (QJE 2023); Edgington and Onghena 2007.",
)


def cells(session: Session, settings: Settings) -> Cells:
    known = Known.of(session)
    queries = [*share_gaps(session, known, settings), covered_query()]
    tables = {"covered": session.run(queries[-1]), "known": pa.table({"money": [known.money]})}
    if not known.officer:
        queries.append(declarants_query())
        tables["declarants"] = session.run(queries[-1])
    else:
        queries.append(pairs_query())
        tables["pairs"] = session.run(queries[-1])
        standing = _may_stand_out(tables["pairs"], settings)
        if standing:
            queries.append(detail_query(standing))
            tables["detail"] = session.run(queries[-1])
            # Of the offices and kinds of goods in it, everybody's: what the same officers do with other declarants.
            queries.append(arms_query(*asked_for(tables["detail"])))
            tables["levels"] = session.run(queries[-1], codes=True)
    return Cells(tables, tuple(q.text() for q in queries), _absent(known))


def _may_stand_out(pairs: pa.Table, settings: Settings) -> list[str]:
    """Declarants with a pair that may become a signal: their goods are looked at parcel by parcel.

    A pair becomes a signal on a p that is no smaller than the one here, unless its declarant has a pair that is taken
    out of its means: all pairs of such declarants count as found, so that no threshold here is under the one to come.
    """
    found = contrasts(pairs.filter(pc.greater_equal(pairs["n"], settings.exposure_floor(DEFINITION))))
    told = np.isfinite(found.contrast) & (found.lots >= FEWEST_LOTS) & (found.other_lots >= FEWEST_LOTS)
    low = (found.p <= NAIVE) & (found.contrast < 0)
    where = list(zip(found.office, found.declarant, strict=True))
    apart = {where[i] for i in np.flatnonzero(low)}
    most = np.array([0.0 if key in apart else p for key, p in zip(where, found.p.tolist(), strict=True)])
    q = office_q(np.where(told, most, np.nan), found.office)
    low |= told & (found.contrast < 0) & (np.nan_to_num(q, nan=1.0) <= settings.rate)
    return sorted({found.declarant[i] for i in np.flatnonzero(low)})


def _absent(known: Known) -> tuple[Note, ...]:
    notes = []
    if not known.officer:
        text = (
            "The records name no officer: declarants are held against like goods of others, which cannot tell a low "
            "declaration from cheaper goods."
        )
        notes.append(Note("value-no-officer", text))
    if not known.importer:
        text = "Importers are not named: a declarant's goods are taken as one importer's."
        notes.append(Note("value-no-importer", text))
    if not known.assessed:
        text = "Assessed values are absent: values are as declared, and what officers raised is not seen."
        notes.append(Note("value-no-assessed", text))
    if not known.money:
        text = "Neither rates nor taxes of items are known: no tax at stake is given."
        notes.append(Note("value-no-tax", text))
    return tuple(notes)


def test(cells: Cells, settings: Settings) -> Findings:
    money = bool(cells.tables["known"]["money"][0].as_py())
    if "declarants" in cells.tables:
        found = declarant_findings(DEFINITION, cells.tables["declarants"], money, settings)
    else:
        found = pair_findings(DEFINITION, cells.tables, money, settings)
    notes = (*_coverage(cells.tables["covered"]), *found.notes)
    return Findings(signals.from_columns(found.columns), notes, found.tables)


def _coverage(covered: pa.Table) -> tuple[Note, ...]:
    priced, referenced = (pc.sum(covered[name]).as_py() or 0 for name in ("priced", "referenced"))
    if not priced:
        return (Note("value-nothing-priced", "No item has a value and a mass or quantity."),)
    share = referenced / priced
    text = (
        f"{referenced} of {priced} items ({share:.0%}) have like goods of enough other declarants to be held against."
    )
    notes = [Note("value-coverage", text, {"referenced": referenced, "priced": priced, "share": share})]
    if own := pc.sum(covered["own"]).as_py():
        text = (
            f"{own} more items are held only against the same importer's goods of the same product, origin and quarter "
            "with other officers, which needs no like goods of others."
        )
        notes.append(Note("value-beside-own", text, {"own": own}))
    return tuple(notes)


def evidence(session: Session, signal: Mapping[str, Any], settings: Settings) -> pa.Table:
    """The unit's items with their gaps to like goods, each with the declarant's own goods beside for a pair."""
    known = Known.of(session)
    share_gaps(session, known, settings)
    return session.run(evidence_query(session, known, signal))


def explain(session: Session, signal: Mapping[str, Any], settings: Settings) -> tuple[Explained, ...]:
    if signal["unit_kind"] != "pair":
        return (Explained("one-product", "not checked: needs officers"),)
    known = Known.of(session)
    share_gaps(session, known, settings)

    def parcels(rows: str | None = None) -> pa.Table:
        office = f"office = {text(signal['office'])}"
        return session.run(
            detail_query([signal["other_id"]], office if rows is None else without_rows(signal, "officer", rows))
        )

    return explain_pair(DEFINITION, session, signal, settings, parcels)


INDICATOR = Indicator(DEFINITION, cells, test, evidence, explain)
