"""Scales and round ticks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Scale:
    """From a value to a pixel: ``low`` to ``start``, ``high`` to ``end``; values outside are held at the edge."""

    low: float
    high: float
    start: float
    end: float
    kind: Literal["linear", "log"] = "linear"

    def __call__(self, value: float) -> float:
        held = min(max(value, self.low), self.high)
        if self.kind == "log":
            share = (math.log(held) - math.log(self.low)) / (math.log(self.high) - math.log(self.low))
        else:
            share = (held - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self, count: int = 5) -> list[float]:
        """Round values inside the scale, about ``count`` of them."""
        return log_ticks(self.low, self.high) if self.kind == "log" else linear_ticks(self.low, self.high, count)


def linear_ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten from ``low`` to ``high``."""
    raw = (high - low) / max(count, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)]


def log_ticks(low: float, high: float) -> list[float]:
    """1, 2 and 5 times powers of ten; powers alone where those would crowd."""
    multiples = (1, 2, 5) if high / low < 3000 else (1,)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks = [m * 10.0**p for p in powers for m in multiples]
    return [t for t in ticks if low * (1 - 1e-9) <= t <= high * (1 + 1e-9)]


def scale_for(values: list[float], start: float, end: float, *, floor_zero: bool = False) -> Scale:
    """A scale over ``values``: logarithmic where they span more than twelvefold, with room at both ends."""
    finite = [v for v in values if math.isfinite(v)]
    low, high = (min(finite), max(finite)) if finite else (0.0, 1.0)
    if low > 0 and high / low > 12 and not floor_zero:
        return Scale(low / 1.15, high * 1.15, start, end, "log")
    if floor_zero:
        low = min(0.0, low)
    if high <= low:
        high = low + 1.0
    room = (high - low) * 0.05
    return Scale(low if floor_zero and low == 0 else low - room, high + room, start, end)
