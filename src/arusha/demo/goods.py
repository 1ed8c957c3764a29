"""What is traded: duty, price, mass and origins by commodity code. The codes are real, all else is invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

FOOD, CHEMICALS, TEXTILES, MACHINES, VEHICLES = range(5)
GROUPS: Final = ("food", "chemicals", "textiles", "machines", "vehicles")
VAT: Final = 0.16

# hs6, description, group, price per kg, duty, kg per unit (0: no supplementary unit), typical kg, share of trade
_PRODUCTS: Final = (
    ("020714", "frozen chicken cuts", FOOD, 1.9, 0.25, 0, 24000, 1.2),
    ("030389", "frozen fish", FOOD, 2.3, 0.20, 0, 22000, 0.7),
    ("040210", "skimmed milk powder", FOOD, 3.4, 0.10, 0, 16000, 0.8),
    ("060311", "fresh cut roses", FOOD, 6.2, 0.25, 0, 900, 0.5),
    ("070320", "fresh garlic", FOOD, 1.3, 0.20, 0, 20000, 0.6),
    ("080810", "fresh apples", FOOD, 1.1, 0.20, 0, 18000, 0.7),
    ("090121", "roasted coffee", FOOD, 8.5, 0.20, 0, 4000, 0.4),
    ("100630", "milled rice", FOOD, 0.62, 0.10, 0, 26000, 1.8),
    ("110100", "wheat flour", FOOD, 0.48, 0.20, 0, 25000, 0.7),
    ("151190", "refined palm oil", FOOD, 1.05, 0.20, 0, 21000, 1.0),
    ("170199", "refined sugar", FOOD, 0.66, 0.35, 0, 25000, 1.3),
    ("190531", "sweet biscuits", FOOD, 2.6, 0.25, 0, 9000, 0.7),
    ("200290", "tomato purée", FOOD, 1.2, 0.25, 0, 19000, 0.8),
    ("210390", "sauces and seasonings", FOOD, 2.2, 0.25, 0, 8000, 0.4),
    ("220421", "rosé wine in bottles", FOOD, 4.4, 0.35, 1.3, 9000, 0.4),
    ("240220", "cigarettes", FOOD, 14.0, 0.35, 0.02, 4500, 0.3),
    ("252329", "portland cement", CHEMICALS, 0.09, 0.20, 0, 28000, 0.6),
    ("271019", "lubricating oils", CHEMICALS, 1.6, 0.10, 0, 17000, 0.8),
    ("280700", "sulphuric acid", CHEMICALS, 0.3, 0.05, 0, 20000, 0.2),
    ("300490", "medicaments in doses", CHEMICALS, 38.0, 0.0, 0, 1200, 1.0),
    ("310210", "urea", CHEMICALS, 0.42, 0.0, 0, 26000, 0.5),
    ("320910", "acrylic paints", CHEMICALS, 2.4, 0.20, 0, 9000, 0.5),
    ("330300", "perfumes and toilet waters", CHEMICALS, 21.0, 0.35, 0, 1500, 0.6),
    ("330510", "shampoos", CHEMICALS, 3.1, 0.25, 0, 8000, 0.5),
    ("340220", "washing preparations", CHEMICALS, 1.3, 0.25, 0, 14000, 0.8),
    ("380891", "insecticides", CHEMICALS, 7.2, 0.05, 0, 6000, 0.4),
    ("390120", "polyethylene", CHEMICALS, 1.25, 0.05, 0, 23000, 0.9),
    ("390760", "polyethylene terephthalate", CHEMICALS, 1.15, 0.05, 0, 23000, 0.5),
    ("392410", "plastic tableware", CHEMICALS, 2.7, 0.25, 0, 7000, 0.8),
    ("401110", "car tyres", CHEMICALS, 3.3, 0.25, 9.5, 11000, 0.8),
    ("420222", "handbags of plastics", TEXTILES, 6.4, 0.35, 0.5, 4500, 0.6),
    ("440710", "sawn softwood", TEXTILES, 0.55, 0.10, 0, 24000, 0.4),
    ("480256", "copying paper", TEXTILES, 1.0, 0.10, 0, 21000, 0.6),
    ("481840", "nappies and towels", TEXTILES, 2.5, 0.25, 0, 8000, 0.4),
    ("520942", "denim", TEXTILES, 5.1, 0.20, 0, 9000, 0.5),
    ("540752", "polyester fabric", TEXTILES, 4.2, 0.20, 0, 11000, 0.8),
    ("610910", "cotton t-shirts", TEXTILES, 9.2, 0.35, 0.18, 5000, 1.2),
    ("620342", "cotton trousers", TEXTILES, 9.8, 0.35, 0.55, 6000, 0.9),
    ("620462", "women's trousers", TEXTILES, 10.4, 0.35, 0.5, 5000, 0.7),
    ("630260", "towels", TEXTILES, 5.6, 0.25, 0.35, 7000, 0.4),
    ("630900", "worn clothing", TEXTILES, 1.1, 0.35, 0, 21000, 0.8),
    ("640299", "footwear of plastics", TEXTILES, 5.9, 0.35, 0.7, 8000, 1.1),
    ("640419", "footwear with textile uppers", TEXTILES, 7.8, 0.35, 0.7, 6000, 0.6),
    ("690721", "ceramic tiles", MACHINES, 0.42, 0.25, 0, 26000, 1.0),
    ("700719", "safety glass", MACHINES, 1.0, 0.20, 0, 18000, 0.3),
    ("721049", "galvanised sheet", MACHINES, 0.92, 0.10, 0, 25000, 0.9),
    ("721420", "reinforcing bars", MACHINES, 0.65, 0.10, 0, 27000, 0.8),
    ("732393", "steel kitchenware", MACHINES, 4.8, 0.25, 0.6, 7000, 0.6),
    ("760429", "aluminium profiles", MACHINES, 3.6, 0.10, 0, 15000, 0.5),
    ("830140", "locks", MACHINES, 6.7, 0.20, 0.4, 5000, 0.3),
    ("841510", "split air conditioners", MACHINES, 6.3, 0.25, 38, 10000, 0.8),
    ("841810", "refrigerators", MACHINES, 4.6, 0.25, 62, 9000, 0.6),
    ("847130", "portable computers", MACHINES, 145.0, 0.0, 2.2, 900, 0.9),
    ("850440", "static converters", MACHINES, 17.0, 0.10, 0.9, 2500, 0.4),
    ("850710", "starter batteries", MACHINES, 2.9, 0.25, 17, 13000, 0.6),
    ("851713", "smartphones", MACHINES, 620.0, 0.10, 0.35, 250, 1.1),
    ("852872", "television sets", MACHINES, 15.5, 0.25, 11, 6000, 0.8),
    ("854143", "photovoltaic modules", MACHINES, 2.6, 0.0, 21, 19000, 0.7),
    ("870120", "road tractors", VEHICLES, 7.4, 0.10, 7600, 15000, 0.2),
    ("870321", "small cars", VEHICLES, 6.1, 0.35, 980, 4000, 0.5),
    ("870323", "cars of 1500 to 3000 cc", VEHICLES, 7.9, 0.35, 1480, 5500, 0.9),
    ("870421", "light lorries", VEHICLES, 6.0, 0.25, 1900, 6500, 0.4),
    ("870829", "parts of car bodies", VEHICLES, 6.2, 0.20, 0, 5000, 0.8),
    ("871120", "motorcycles", VEHICLES, 5.4, 0.25, 118, 9000, 0.6),
    ("901890", "medical instruments", VEHICLES, 62.0, 0.0, 0, 700, 0.4),
    ("940360", "wooden furniture", VEHICLES, 2.9, 0.35, 0, 8000, 0.7),
    ("940540", "lamps and lighting", VEHICLES, 7.1, 0.25, 0, 4500, 0.6),
    ("950300", "toys", VEHICLES, 6.0, 0.25, 0, 5500, 0.7),
)

ORIGINS: Final = (
    "CN",
    "IN",
    "AE",
    "TR",
    "DE",
    "FR",
    "ZA",
    "JP",
    "BR",
    "TH",
    "VN",
    "EG",
    "IT",
    "US",
    "KR",
    "PK",
    "ID",
    "ES",
)


@dataclass(frozen=True)
class Goods:
    """Arrays over products, and the price process by product, origin and quarter.

    ``log_price`` is (product, origin, quarter): the logarithm of the honest mean price of a kilogram. ``noise`` is the
    standard deviation of one shipment's log price around it. ``neighbour`` is the product of the same group whose
    lower duty a misclassification would borrow, or the product itself where none is lower.
    """

    hs_code: NDArray[np.str_]
    chapter: NDArray[np.int64]
    description: tuple[str, ...]
    group: NDArray[np.int64]
    duty: NDArray[np.float64]
    unit_mass: NDArray[np.float64]
    typical_mass: NDArray[np.float64]
    share: NDArray[np.float64]
    risk: NDArray[np.float64]
    noise: NDArray[np.float64]
    neighbour: NDArray[np.int64]
    log_price: NDArray[np.float64]
    origin_share: NDArray[np.float64]

    @property
    def count(self) -> int:
        return len(self.description)


def build(rng: np.random.Generator) -> Goods:
    """The year's goods and prices."""
    hs6, names, group, price, duty, unit_mass, mass, share = zip(*_PRODUCTS, strict=True)
    groups = np.array(group, dtype=np.int64)
    rates = np.array(duty)
    n, origins = len(names), len(ORIGINS)
    neighbour = np.arange(n)
    for p in range(n):
        lower = np.flatnonzero((groups == groups[p]) & (rates < rates[p] - 0.04))
        if lower.size:
            neighbour[p] = lower[np.argmin(np.abs(np.log(np.array(price)[lower] / price[p])))]
    drift = np.cumsum(rng.normal(0.0, 0.05, (n, 1, 4)), axis=2)
    log_price = np.log(np.array(price))[:, None, None] + rng.normal(0.0, 0.22, (n, origins, 1)) + drift
    weights = 1.0 / np.arange(1, origins + 1) ** 0.8
    return Goods(
        hs_code=np.array([h + "00" for h in hs6]),
        chapter=np.array([int(h[:2]) for h in hs6]),
        description=tuple(names),
        group=groups,
        duty=rates,
        unit_mass=np.array(unit_mass, dtype=np.float64),
        typical_mass=np.array(mass, dtype=np.float64),
        share=np.array(share) * rng.lognormal(0.0, 0.3, n),
        risk=rng.normal(0.0, 0.45, n) + 1.6 * rates,
        noise=rng.uniform(0.10, 0.28, n),
        neighbour=neighbour,
        log_price=log_price,
        origin_share=weights / weights.sum(),
    )
