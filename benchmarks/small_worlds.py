"""Traffic of a small administration for calibrating single questions: who declared what, when, and who handled it.

Nothing is planted here; each question's own file adds outcomes. Days differ much in traffic, declarants are very
unequal, a declarant's declarations come in batches of a vessel that one officer handles together, officers work in
sections, and sections see different goods.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

DAYS = 364


@dataclass(frozen=True)
class Traffic:
    """One entry a declaration in every array; codes from 0."""

    office: np.ndarray
    section: np.ndarray
    """Within the office."""
    lane: np.ndarray
    """0 red, 1 yellow, 2 green."""
    random: np.ndarray
    """Selected for its control at random."""
    day: np.ndarray
    declarant: np.ndarray
    """Numbered over all offices: a declarant works at one."""
    importer: np.ndarray
    officer: np.ndarray
    """Numbered over all offices."""
    batch: np.ndarray
    goods: np.ndarray
    """A product line, within its section's range."""
    risk: np.ndarray
    """Log odds of the declarant's goods to be wrong, around 0."""

    def take(self, rows: np.ndarray) -> Traffic:
        return Traffic(**{k: v[rows] for k, v in self.__dict__.items()})


def traffic(
    rng: np.random.Generator,
    *,
    declarations: int = 100_000,
    offices: int = 6,
    officers: int = 10,
    declarants: int = 40,
    sections: int = 2,
    batch: float = 3.0,
    controlled: float = 0.3,
) -> Traffic:
    """``officers`` and ``declarants`` are an office's mean; ``batch`` the mean size of a batch."""
    weight = np.exp(rng.normal(0, 0.6, offices))
    batches = rng.multinomial(int(declarations / batch), weight / weight.sum())
    parts: dict[str, list[np.ndarray]] = {}
    first_officer = first_declarant = first_batch = 0
    for o in range(offices):
        staff = max(4, rng.poisson(officers))
        trade = max(10, rng.poisson(declarants))
        share = rng.pareto(1.2, trade) + 0.05
        per_day = np.exp(rng.normal(0, 0.7, DAYS)) * np.where(np.arange(DAYS) % 7 < 5, 1, 0.15)
        size = rng.geometric(1 / batch, batches[o])
        day = rng.choice(DAYS, batches[o], p=per_day / per_day.sum())
        declarant = rng.choice(trade, batches[o], p=share / share.sum())
        home = rng.integers(sections, size=trade)
        section = np.where(rng.random(batches[o]) < 0.8, home[declarant], rng.integers(sections, size=batches[o]))
        desk = np.arange(staff) % sections
        keen = np.exp(rng.normal(0, 0.3, staff))
        officer = np.empty(batches[o], dtype=np.int64)
        for s in range(sections):
            pool = np.flatnonzero(desk == s)
            rows = np.flatnonzero(section == s)
            officer[rows] = rng.choice(pool, rows.size, p=keen[pool] / keen[pool].sum())
        risk = rng.normal(0, 0.6, trade)
        repeat = np.repeat(np.arange(batches[o]), size)
        n = repeat.size
        odds = np.exp(risk[declarant[repeat]]) * controlled / (1 - controlled)
        chosen = rng.random(n) < odds / (1 + odds)
        random = ~chosen & (rng.random(n) < 0.02)
        lane = np.where(chosen, np.where(rng.random(n) < 0.35, 0, 1), np.where(random, 0, 2))
        importers = 1 + rng.poisson(8, trade)
        importer = np.cumsum(importers)[declarant[repeat]] - 1 - rng.integers(importers[declarant[repeat]])
        for name, values in {
            "office": np.full(n, o),
            "section": section[repeat],
            "lane": lane,
            "random": random,
            "day": day[repeat],
            "declarant": declarant[repeat] + first_declarant,
            "importer": importer + first_declarant * 1000,
            "officer": officer[repeat] + first_officer,
            "batch": repeat + first_batch,
            "goods": section[repeat] * 50 + rng.integers(0, 50, n),
            "risk": risk[declarant[repeat]],
        }.items():
            parts.setdefault(name, []).append(np.asarray(values))
        first_officer += staff
        first_declarant += trade
        first_batch += batches[o]
    return Traffic(**{k: np.concatenate(v) for k, v in parts.items()})


def log_odds(p: float) -> float:
    return float(np.log(p / (1 - p)))


def spread(rng: np.random.Generator, code: np.ndarray, sd: float, heavy: bool = False) -> np.ndarray:
    """A normal effect for each code, on its rows; ``heavy``: Student's t with 4 degrees of freedom."""
    if not sd:
        return np.zeros(code.size)
    size = int(code.max()) + 1
    return (rng.standard_t(4, size) * sd / np.sqrt(2.0) if heavy else rng.normal(0, sd, size))[code]


def events(rng: np.random.Generator, world: Traffic, odds: np.ndarray, together: float) -> np.ndarray:
    """Whether each declaration's event happens, at log odds ``odds``; ``together`` is the share of declarations that
    share their draw with their batch."""
    p = 1 / (1 + np.exp(-odds))
    own, shared = rng.random(p.size), rng.random(int(world.batch.max()) + 1)[world.batch]
    return np.where(rng.random(p.size) < together, shared, own) < p


def planted_pairs(rng: np.random.Generator, world: Traffic, pairs: int, least: int = 60, most: int = 400) -> np.ndarray:
    """Rows of ``pairs`` officer-declarant pairs, drawn from those with ``least`` to ``most`` declarations."""
    key = world.officer * 100_000 + world.declarant
    names, n = np.unique(key, return_counts=True)
    chosen = rng.choice(names[(n >= least) & (n < most)], pairs, replace=False)
    return np.where(np.isin(key, chosen), key, -1)


def grouped(columns: dict[str, np.ndarray], keys: list[str], counts: list[str]):
    """Cells as the questions' queries make them: by ``keys`` and day, then by ``keys``; sums, and batches counted."""
    import pandas as pd

    frame = pd.DataFrame(columns)
    frame["n"] = 1
    daily = frame.groupby([*keys, "day"], as_index=False)[["n", *counts]].sum()
    daily["batches"] = 1
    for name in counts:
        daily[f"batches_{name}"] = (daily[name] > 0).astype(int)
    return daily.drop(columns="day").groupby(keys, as_index=False).sum()


def shown(name: str, hits: int, of: int) -> str:
    """A share with its exact interval."""
    from arusha.inference.intervals import clopper_pearson

    bound = clopper_pearson([hits], [max(of, 1)])
    return f"{name}: {hits} of {of} ({bound.low[0]:.1%} to {bound.high[0]:.1%})"
