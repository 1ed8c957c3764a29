"""Scales and round ticks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


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

    def all(self, values: Floats) -> Floats:
        """The same for an array."""
        held = np.clip(values, self.low, self.high)
        low, high = self.low, self.high
        if self.kind == "log":
            held, low, high = np.log(held), math.log(low), math.log(high)
        pixels: Floats = self.start + (held - low) / (high - low) * (self.end - self.start)
        return pixels

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


def scale_for(values: Floats, start: float, end: float) -> Scale:
    """A scale over ``values``: logarithmic where they span more than twelvefold, with room at both ends."""
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if low > 0 and high / low > 12:
        return Scale(low / 1.15, high * 1.15, start, end, "log")
    if high <= low:
        high = low + 1.0
    room = (high - low) * 0.05
    return Scale(low - room, high + room, start, end)
