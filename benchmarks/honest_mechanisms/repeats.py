"""Files that follow an earlier one of the same trader, and lots drawn anew."""

from __future__ import annotations

import numpy as np
from benchmarks.honest_mechanisms.catalogue import EVEN, MECHANISMS, also
from benchmarks.honest_mechanisms.lodging import lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance, sticky


def stuck(seed: int, whose: str, days: int, chance: float, draws: int = 4000) -> Made:
    k = lodged(seed, draws)
    there = presence(k, 12)
    fresh = by_chance(k, there[k.day].astype(float))
    return Made(k, sticky(k, fresh, getattr(k, whose), days, chance), all_day(there))


MECHANISMS["same importer within the day, same officer"] = lambda seed: stuck(seed, "importer", 1, 1.0)
MECHANISMS["same declarant within the day, same officer"] = lambda seed: stuck(seed, "declarant", 1, 1.0)
MECHANISMS["same importer within three days, same officer"] = lambda seed: stuck(seed, "importer", 3, 1.0)
MECHANISMS["same importer within a week, same officer"] = lambda seed: stuck(seed, "importer", 5, 1.0)
MECHANISMS["a fifth lodged again within three days, same officer"] = lambda seed: stuck(seed, "importer", 3, 0.2)
also("lodged again within three days, rule says random", lambda seed: stuck(seed, "importer", 3, 0.2), True, EVEN)
also("same importer within the day, rule says random", lambda seed: stuck(seed, "importer", 1, 1.0), True, EVEN)


def lots(seed: int, days: int, size: int = 1) -> Made:
    """An officer, or a team, is drawn by lot for each declarant anew every so often: against familiarity."""
    k, c = lodged(seed), 12
    period = k.day // days
    drawn = np.random.default_rng(seed).integers(0, c // size, (period.max() + 1, k.declarant.max() + 1))
    mine = np.arange(c)[None, :] // size == drawn[period, k.declarant][:, None]
    return Made(k, by_chance(k, presence(k, c)[k.day] * (mine + 1e-6)))


MECHANISMS["officer drawn by lot for each declarant, daily"] = lambda seed: lots(seed, 1)
MECHANISMS["officer drawn by lot for each declarant, weekly"] = lambda seed: lots(seed, 5)
MECHANISMS["officer drawn by lot for each declarant, monthly"] = lambda seed: lots(seed, 20)
MECHANISMS["team of three drawn by lot for each declarant, weekly"] = lambda seed: lots(seed, 5, 3)
