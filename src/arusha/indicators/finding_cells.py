"""Cells of finding-rate as codes and counts, made once for all that is told from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from arusha.indicators.coded_columns import Coded, IntArray, coded, joint, numbers
from arusha.indicators.peer_cells import PeerCells


@dataclass(frozen=True)
class Examined:
    """Examinations with an officer and a lane; one entry a cell in every array."""

    office: Coded
    officer: Coded
    declarant: Coded
    section: IntArray
    lane: Coded
    goods: IntArray
    random: IntArray
    quarter: IntArray
    n: IntArray
    found: IntArray
    tax: IntArray
    """In thousandths."""
    batches: IntArray
    batches_found: IntArray

    @staticmethod
    def of(table: pa.Table) -> Examined:
        """From the cells of ``finding_records.cells_query``."""
        names = ("office", "officer", "declarant", "section", "lane", "goods")
        texts = {name: coded(table[name]) for name in names}
        counts = {
            name: numbers(table, name)
            for name in ("random", "quarter", "n", "found", "tax", "batches", "batches_found")
        }
        known = (texts["officer"].code >= 0) & (texts["lane"].code >= 0)
        if not known.all():
            rows = np.flatnonzero(known)
            texts = {name: Coded(column.code[rows], column.names) for name, column in texts.items()}
            counts = {name: values[rows] for name, values in counts.items()}
        return Examined(
            texts["office"],
            texts["officer"],
            texts["declarant"],
            texts["section"].code,
            texts["lane"],
            texts["goods"].code,
            **counts,
        )

    def __len__(self) -> int:
        return self.n.size

    @cached_property
    def like(self) -> IntArray:
        """Codes of goods alike in office, section, lane, kind and random selection."""
        return joint(self.office.code, self.section, self.lane.code, self.goods, self.random)[0]

    def peers(self) -> PeerCells:
        """Officers with their examinations; what counts is an examination, and a batch, without any finding."""
        lane = self.lane.code
        of_kind = joint(self.section, lane, self.random, self.goods)[0]
        of_quarter = joint(self.section, lane, self.quarter)[0]
        return PeerCells(
            self.office,
            self.officer,
            self.declarant,
            (of_kind, of_quarter, joint(lane, self.random, self.declarant.code)[0]),
            (joint(self.section, lane)[0], of_kind, of_quarter),
            (self.n, self.n - self.found),
            (self.batches, self.batches - self.batches_found),
        )
