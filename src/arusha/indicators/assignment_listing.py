"""Draws listed stratum by stratum: what is counted within strata reads them so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from arusha.indicators.assignment_draws import IntArray


@dataclass(frozen=True)
class Listing:
    """Draws put together by stratum. Within a stratum they keep their order; no stratum is empty."""

    order: IntArray
    """Which draw comes where."""
    begins: IntArray
    """Where each stratum begins, with the end."""

    @staticmethod
    def of(stratum: IntArray, strata: int) -> Listing:
        """``stratum``: a code 0 .. strata - 1 a draw, all of which occur."""
        from arusha.indicators import assignment_kernel as kernel

        begins, order = np.empty(strata + 1, dtype=np.int64), np.empty(stratum.size, dtype=np.int64)
        kernel.counting_order(stratum, strata, begins, order)
        return Listing(order, begins)

    def __len__(self) -> int:
        return self.begins.size - 1

    @property
    def first(self) -> IntArray:
        """The first draw of each stratum."""
        return self.order[self.begins[:-1]]

    def without(self, declarant: IntArray, left_out: int) -> Listing:
        """The same strata less one declarant's draws. ``declarant``: one a draw."""
        from arusha.indicators import assignment_listing_kernel as kernel

        order, begins = np.empty_like(self.order), np.empty_like(self.begins)
        strata = kernel.without(self.order, self.begins, declarant, left_out, order, begins)
        return Listing(order[: begins[strata]], begins[: strata + 1])

    def divided(self, code: IntArray, codes: int) -> Listing:
        """Each stratum divided by a second code (0 .. codes - 1, one a draw): as if listed by both."""
        from arusha.indicators import assignment_listing_kernel as kernel

        order, begins = np.empty_like(self.order), np.empty(self.order.size + 1, dtype=np.int64)
        strata = kernel.divided(self.order, self.begins, code, codes, order, begins)
        return Listing(order, begins[: strata + 1])
