"""A world as an ASYCUDA World extract, under UNCTAD's names and with the traps that real extracts hold.

The traps, each of which a naive reader falls into:

- ``SAD_General_Segment`` comes out of a join: it repeats each declaration once for each item;
- where a control changed something, the first version (``SAD_NUM`` 1) stands beside the current one (0);
- cancelled declarations, and general segments that an amendment superseded, stand among the others under other keys;
- tables are joined by ``InstanceId``, which is not the declaration's number;
- commodity codes lie in fragments (``TAR_HSC_NB1`` .. ``NB3``) that lost their leading zeros;
- traders stand as code and name in one cell, amounts have decimal commas, ``SAD_Item`` is in Windows-1252;
- times are on the wall clock of the declaration's office, sessions on that of the central server;
- the colour indicator (``PTY_COL_IND``) keeps what was selected, the lane flags (``PTY_RED`` ..) what it became;
- reference tables hold rows that were no longer, or not yet, in force (``VALID_FROM`` .. ``VALID_TO``).

What ASYCUDA does not keep (rosters, duties, zones ...) lies beside it as canonical files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from arusha.demo import columns as col
from arusha.demo import written as w
from arusha.demo.asycuda_reference import reference
from arusha.demo.clock import EXTRACT_AT
from arusha.demo.country import Country
from arusha.demo.goods import VAT
from arusha.demo.making import Part
from arusha.demo.offices import MAINLAND
from arusha.demo.record_files import csv, folder, mark
from arusha.demo.registers import party_names
from arusha.demo.selectivity import YELLOW
from arusha.demo.world import World

BESIDE: Final = (
    "officers", "postings", "shifts", "duties", "offices", "calendar", "parties", "assignment_rules",
    "assignment_pools", "thresholds", "roles", "grants", "role_conflicts", "tariff",
)  # fmt: skip
"""Canonical tables that travel with the extract."""
CANCELLED: Final = 0.012
STATUS: Final = {
    "registered": "Registered", "assessed": "Assessed", "paid": "Paid", "released": "Released", "exited": "Exited",
}  # fmt: skip
COLOURS: Final = {"green": "G", "blue": "B", "yellow": "Y", "red": "R"}
OPERATIONS: Final = {
    "assign": "AUTOMATIC EXAMINER ASSIGNMENT", "reassign": "MANUAL EXAMINER ASSIGNMENT", "view": "VIEW",
    "assess": "ASSESS", "reroute": "RE-ROUTE TO GREEN", "amend": "AMEND", "pay": "PAY", "release": "RELEASE ORDER",
    "login": "LOGIN", "logout": "LOGOUT",
}  # fmt: skip
_FIRST_KEY: Final = 3_000_001
_KEYS_A_PART: Final = 10_000_000
_LAST_NUMBER: Final = 9_999_999
_CANCELLED_A_PART: Final = 8_000
CURRENT, FIRST = 0, 1
"""Numbers of versions of a document: 0 is current, 1 the first."""


@dataclass(frozen=True)
class Source:
    """What an extract is made of: the canonical tables of a year or of its part ``number``, and their making."""

    country: Country
    part: Part
    tables: Mapping[str, pa.Table]
    number: int = 0


class _Versions:
    """Rows of the general segment.

    In this order: the living declarations as they are now; the first version of those that a control changed, under
    the same key; what an amendment superseded, under a key of its own; cancelled declarations.
    """

    def __init__(self, source: Source) -> None:
        part, n = source.part, source.part.draft.lodged.rows
        o = part.outcome
        rng = source.country.random("versions", source.number)
        recoded = np.bincount(
            part.draft.lodged.item_row, weights=o.item_assessed_product != part.draft.lodged.item_product
        )
        changed = (o.assessed_tax != o.declared_tax) | (o.assessed != o.declared) | (recoded > 0)
        self.controlled = np.flatnonzero(changed & (part.course.assessed <= EXTRACT_AT))
        self.superseded = np.flatnonzero(part.amended)
        self.cancelled = np.flatnonzero(rng.random(n) < CANCELLED)
        groups = (np.arange(n), self.controlled, self.superseded, self.cancelled)
        self.row = np.concatenate(groups)
        self.group = np.repeat(np.arange(4), [g.size for g in groups])
        self.number = part.number[self.row].copy()
        # Cancelled declarations had numbers of their own.
        self.number[self.group == 3] = _LAST_NUMBER - source.number * _CANCELLED_A_PART - np.arange(self.cancelled.size)
        keys = (
            rng.permutation(n + self.superseded.size + self.cancelled.size) + _FIRST_KEY + source.number * _KEYS_A_PART
        )
        instance = np.concatenate([keys[:n], keys[self.controlled], keys[n:]])
        self.instance = col.numbered("", (), instance, 10)
        self.version = np.where(self.group == 1, FIRST, CURRENT)
        # Of what was amended only the general segment is kept.
        self.with_items = np.flatnonzero(self.group != 2)

    def living(self, declaration: pa.ChunkedArray, ids: pa.ChunkedArray) -> pa.Array:
        """Instances of declarations named by their identifiers; null where none is named."""
        place = pc.index_in(w.words(declaration), value_set=w.words(ids))
        return self.instance.take(place)


def _general(source: Source, v: _Versions) -> dict[str, pa.Array]:
    country, d = source.country, source.tables["declarations"]
    lo, row = source.part.draft.lodged, pa.array(v.row)
    office = lo.office[v.row]
    first = pa.array(v.version == FIRST)

    def of(name: str) -> pa.Array:
        return d[name].combine_chunks().take(row)

    def at(name: str) -> pa.Array:
        return w.local(of(name), country.zones, office)

    names = party_names(source.country)
    trader = w.named(of("importer_id"), names)
    procedure = w.words(of("procedure"))
    export = pc.starts_with(procedure, "EX")
    nobody = pa.scalar(None, pa.string())
    chiefs = country.staff.code[country.staff.chief_of]
    changed = np.zeros(lo.rows, dtype=bool)
    changed[v.controlled] = True
    before = pa.array(changed[v.row] & (v.version == CURRENT))
    amended = col.money(source.part.amended_from[v.row])
    value = pc.if_else(first, of("declared_value"), of("assessed_value"))
    status = w.chosen(of("status"), dict(STATUS))
    status = pc.if_else(pa.array(v.group == 2), "Superseded", pc.if_else(pa.array(v.group == 3), "Cancelled", status))
    final = w.words(of("lane_final"))
    columns = {
        "InstanceId": v.instance,
        "SAD_NUM": w.words(pa.array(v.version)),
        "IDE_CUO_COD": w.words(of("office")),
        "IDE_CUO_NAM": col.text(office, [o.name for o in country.offices]).dictionary_decode(),
        "IDE_TYP_SAD": pc.utf8_slice_codeunits(procedure, 0, 2),
        "IDE_TYP_PRC": pc.utf8_slice_codeunits(procedure, 2, 3),
        "IDE_TYP_TYP": pc.if_else(export, "E", "I"),
        "IDE_REG_SER": w.same("C", v.row.size),
        "IDE_REG_NBR": w.words(pa.array(v.number)),
        "IDE_REG_DAT": at("registered_at"),
        "IDE_AST_SER": w.same("L", v.row.size),
        "IDE_AST_DAT": at("assessed_at"),
        "IDE_RCP_DAT": at("paid_at"),
        "PTY_STS": status,
        "CMP_EXP_COD": pc.if_else(export, trader, nobody),
        "CMP_CON_COD": pc.if_else(export, nobody, trader),
        "DEC_COD": w.named(of("declarant_id"), names),
        "PTY_COL_IND": w.chosen(of("lane_assigned"), dict(COLOURS)),
        "EXA_SEC": w.words(of("section")),
        "EXA_EXA": w.words(of("officer_id")),
        "EXA_CEX": pc.if_else(of("officer_id").is_valid(), col.text(office, chiefs).dictionary_decode(), nobody),
        "EXA_WGT": w.words(pa.array(10 + 5 * lo.item_count[v.row])),
        "VGS_CIF": w.comma(pc.if_else(pa.array(v.group == 2), amended, value)),
        "PRV_DTY": pc.if_else(before, w.comma(of("declared_tax")), "0,000"),
        "AST_TOT": w.comma(pc.if_else(first, of("declared_tax"), of("assessed_tax"))),
    }
    # The flags show the colour in the end; a document that is not yet assessed has none.
    for colour, name in (("red", "PTY_RED"), ("yellow", "PTY_YEL"), ("blue", "PTY_BLU"), ("green", "PTY_GRE")):
        columns[name] = pc.if_else(pc.fill_null(pc.equal(final, colour), False), "1", "0")
    return columns


def _fragments(code: pa.Array) -> dict[str, pa.Array]:
    """The commodity code in pieces, as numbers: ``02071400`` becomes 207, 14, 0."""

    def piece(a: int, b: int) -> pa.Array:
        return w.words(pc.utf8_slice_codeunits(code, a, b).cast(pa.int64()))

    nothing = w.same(None, len(code))
    return {
        "TAR_HSC_NB1": piece(0, 4),
        "TAR_HSC_NB2": piece(4, 6),
        "TAR_HSC_NB3": piece(6, 8),
        "TAR_HSC_NB4": nothing,
        "TAR_HSC_NB5": nothing,
    }


@dataclass(frozen=True)
class _ItemRows:
    """Row of ``_Versions`` and number of the living item behind each row of SAD_Item."""

    version: NDArray[np.int64]
    item: NDArray[np.int64]


def _item_rows(source: Source, v: _Versions) -> _ItemRows:
    lo = source.part.draft.lodged
    count = lo.item_count[v.row[v.with_items]]
    version = np.repeat(v.with_items, count)
    within = np.arange(version.size) - np.repeat(np.cumsum(count) - count, count)
    return _ItemRows(version, lo.first_item[v.row[version]] + within)


def _items(source: Source, v: _Versions, rows: _ItemRows) -> dict[str, pa.Array]:
    """Items of all versions: as declared in the first, after control in the current one."""
    t, item = source.tables["items"], pa.array(rows.item)
    first = pa.array(v.version[rows.version] == FIRST)

    def of(name: str) -> pa.Array:
        return t[name].combine_chunks().take(item)

    code = pc.if_else(first, w.words(of("hs_code")), w.words(of("assessed_hs_code")))
    return {
        "InstanceId": v.instance.take(pa.array(rows.version)),
        "SAD_NUM": w.words(pa.array(v.version[rows.version])),
        "KEY_ITM_NBR": w.words(of("item_no")),
        **_fragments(code),
        "TAR_PRC_NAT": w.words(of("exemption")),
        "GDS_ORG_CTY": w.words(of("origin")),
        "GDS_DSC": w.words(of("description")),
        "VIT_WGT_NET": w.comma(of("net_mass_kg")),
        "TAR_SUP_COD": w.words(of("unit")),
        "TAR_SUP_QTY": w.comma(of("quantity")),
        "VIT_CIF": w.comma(pc.if_else(first, of("declared_value"), of("assessed_value"))),
        "TAX_AMT": w.comma(pc.if_else(first, of("declared_tax"), of("assessed_tax"))),
    }


def _thousandths(column: pa.ChunkedArray) -> NDArray[np.int64]:
    return np.asarray(pc.multiply(column, 1000).cast(pa.int64()).to_numpy())


def _taxes(source: Source, v: _Versions, rows: _ItemRows) -> dict[str, pa.Array]:
    """Two lines an item of the current version: duty, and value-added tax on value and duty."""
    t = source.tables["items"]
    at = np.flatnonzero(v.version[rows.version] == CURRENT)
    item, pick = rows.item[at], pa.array(np.repeat(rows.item[at], 2))
    value, total = _thousandths(t["assessed_value"])[item], _thousandths(t["assessed_tax"])[item]
    rate = t["duty_rate"].to_numpy()[item]
    duty = np.minimum(np.round(value * rate).astype(np.int64), total)
    n = item.size
    line = np.tile(np.array([0, 1]), n)
    amount = np.stack([duty, total - duty], axis=1).reshape(-1)
    percent = np.stack([np.round(rate * 100_000).astype(np.int64), np.full(n, round(VAT * 100_000))], axis=1).reshape(
        -1
    )
    manual = t["tax_entered_manually"].to_numpy()[item].repeat(2) & (line == 0)
    return {
        "InstanceId": v.instance.take(pa.array(rows.version[at].repeat(2))),
        "KEY_ITM_NBR": w.words(t["item_no"].combine_chunks().take(pick)),
        "TAX_LIN_COD": col.text(line, ("DTY", "VAT")).dictionary_decode(),
        "TAX_LIN_BSE": w.comma(t["assessed_value"].combine_chunks().take(pick)),
        "TAX_LIN_RAT": w.comma(col.money(percent)),
        "TAX_LIN_AMT": w.comma(col.money(amount)),
        "TAX_LIN_MOP": w.same("1", 2 * n),
        "TAX_LIN_TYP": pc.if_else(pa.array(manual), "M", "A"),
    }


def _selectivity(source: Source, v: _Versions) -> dict[str, pa.Array]:
    """The criterion that chose the lane, and now and then a lesser one that hit an item."""
    d, draft = source.tables["declarations"], source.part.draft
    hit = np.flatnonzero(draft.criterion >= 0)
    rng = source.country.random("lesser criteria", source.number)
    lesser = hit[(rng.random(hit.size) < 0.15) & (draft.lane[hit] >= YELLOW)]
    row = pa.array(np.concatenate([hit, lesser]))
    main = pa.array(np.arange(hit.size + lesser.size) < hit.size)
    reason = w.chosen(d["lane_reason"].combine_chunks().take(row), {"random": "RANDOM"})
    colour = w.chosen(d["lane_assigned"].combine_chunks().take(row), dict(COLOURS))
    return {
        "InstanceId": v.instance.take(row),
        "KEY_ITM_NBR": pc.if_else(main, "0", "1"),
        "CRI_COD": pc.if_else(main, reason, "PROFILE"),
        "CRI_TYP": pc.if_else(main, "N", "L"),
        "COL_ADM": pc.if_else(main, colour, "B"),
    }


def _office_of(source: Source, declaration: pa.ChunkedArray) -> NDArray[np.int64]:
    """Office of each row's declaration; -1 where the row has none."""
    place = pc.index_in(w.words(declaration), value_set=w.words(source.tables["declarations"]["declaration_id"]))
    at = place.fill_null(-1).to_numpy(zero_copy_only=False)
    return np.where(at >= 0, source.part.draft.lodged.office[at], -1)


def _acts(source: Source, v: _Versions) -> dict[str, pa.Array]:
    t, zones = source.tables["inspections"], source.country.zones
    office = _office_of(source, t["declaration_id"])
    found = pc.equal(w.words(t["outcome"]), "discrepancy")
    return {
        "InstanceId": w.words(t["inspection_id"]),
        "SAD_SID": v.living(t["declaration_id"], source.tables["declarations"]["declaration_id"]),
        "ACT_USR": w.words(t["officer_id"]),
        "ACT_TYP": w.chosen(t["kind"], {"documentary": "D", "physical": "P", "scan": "S"}),
        "ACT_STR": w.local(t["started_at"], zones, office),
        "ACT_DAT": w.local(t["ended_at"], zones, office),
        "CFM": pc.if_else(found, "0", "1"),
        "INF": pc.if_else(found, "écart constaté", "rien à signaler"),
        "FRD_FR1": w.words(t["fraud_codes"]),
        "SAD_AMT_REV": w.comma(t["additional_tax"]),
        "PEN_AMT": w.comma(t["penalty"]),
    }


def _operations(source: Source, v: _Versions) -> dict[str, pa.Array]:
    """The history of operations, with the sessions that the central server stamps in its own time."""
    t = source.tables["events"]
    office = _office_of(source, t["declaration_id"])
    zones = (*source.country.zones, MAINLAND)
    return {
        "OPE_NBR": w.words(t["event_id"]),
        "InstanceId": v.living(t["declaration_id"], source.tables["declarations"]["declaration_id"]),
        "OPE_COD": w.chosen(t["action"], dict(OPERATIONS)),
        "OPE_USR": w.chosen(t["user_id"], {"system": "SYSTEM"}),
        "OPE_DAT": w.local(t["occurred_at"], zones, np.where(office < 0, len(zones) - 1, office)),
        "OPE_TER": w.words(t["terminal"]),
        "OPE_FLD": w.words(t["field"]),
        "OPE_OLD": w.words(t["old_value"]),
        "OPE_NEW": w.words(t["new_value"]),
        "OPE_RSN": w.words(t["reason"]),
    }


def _exits(source: Source, v: _Versions) -> dict[str, pa.Array]:
    left = source.tables["declarations"]["exited_at"].combine_chunks()
    row = pc.indices_nonzero(left.is_valid())
    office = source.part.draft.lodged.office[row.to_numpy()]
    return {"SAD_SID": v.instance.take(row), "EXT_DAT": w.local(left.take(row), source.country.zones, office)}


def documents(source: Source) -> Iterator[tuple[str, dict[str, pa.Array], str]]:
    """The tables that grow with the declarations: name, columns, encoding."""
    v = _Versions(source)
    general, rows = _general(source, v), _item_rows(source, v)
    items = _items(source, v, rows)
    # The join with the items repeats each general segment; one without items comes once.
    alone = np.flatnonzero(v.group == 2)
    repeated = np.concatenate([rows.version, alone])
    order = pa.array(np.lexsort((-v.version[repeated], v.row[repeated])))
    number = pa.concat_arrays([items["KEY_ITM_NBR"], w.same("1", alone.size)])
    pick = pa.array(repeated).take(order)
    joined = {name: column.take(pick) for name, column in general.items()}
    yield "SAD_General_Segment", {**joined, "KEY_ITM_NBR": number.take(order)}, "utf-8"
    yield "SAD_Item", items, "cp1252"
    yield "SAD_Tax", _taxes(source, v, rows), "utf-8"
    yield "SAD_ITM_BLK", _selectivity(source, v), "utf-8"
    yield "INSP_ACT_TAB", _acts(source, v), "utf-8"
    yield "SAD_Operations", _operations(source, v), "utf-8"
    yield "Exit_Note_General_Segment", _exits(source, v), "utf-8"


def write_part(source: Source, target: Path) -> None:
    """One part of a large year: a file in a folder for each table."""
    for name, columns, encoding in documents(source):
        (target / name).mkdir(exist_ok=True)
        w.file(target / name / f"part-{source.number:03d}.csv", columns, encoding)


def write_beside(country: Country, tables: Mapping[str, pa.Table], target: Path) -> None:
    """Reference tables, the canonical files that travel with the extract, and ``override.yaml``."""
    for name, columns in reference(country, tables).items():
        w.file(target / f"{name}.csv", columns)
    for name in BESIDE:
        if tables[name].num_rows:
            csv(tables[name], target / f"{name}.csv")
    override = resources.files("arusha.demo").joinpath("asycuda_override.yaml").read_text(encoding="utf-8")
    (target / "override.yaml").write_text(override, encoding="utf-8")


def write_asycuda(world: World, path: Path) -> Path:
    """The extract, what travels beside it, and ``override.yaml``, which says what the mapping must know about it.

    Raises
    ------
    ArushaError
        Where the folder is not empty.
    """
    target = folder(path)
    mark(target, world.truth.seed)
    for name, columns, encoding in documents(Source(world.country, world.part, world.tables)):
        w.file(target / f"{name}.csv", columns, encoding)
    write_beside(world.country, world.tables, target)
    return target
