"""The answer key: what was planted, what merely resembles it, and the chances under the offices' own rules."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from arusha.demo import columns as col
from arusha.demo.clock import DAYS, EXTRACT_AT, date_of
from arusha.demo.country import Country, Lookalike
from arusha.demo.making import Part

GENERATOR: Final = "2"
"""Version of the generator: the same version, size and seed give the same declarations, picks, acts and log. A table of
its own that no question about them reads may come to it without another version."""


@dataclass(frozen=True)
class Unit:
    """A pair; None stands for any officer, any declarant."""

    officer_id: str | None
    declarant_id: str | None


@dataclass(frozen=True)
class PlantedScheme:
    """``declarations`` touched, ``tax_lost`` in national currency; ``rides_on`` names the scheme it goes with."""

    id: str
    kind: str
    strength: str
    office: str
    from_date: str
    to_date: str
    units: tuple[Unit, ...]
    declarations: int
    tax_lost: float
    rides_on: str | None = None


@dataclass(frozen=True)
class InnocentLookalike:
    id: str
    kind: str
    office: str | None
    note: str
    units: tuple[Unit, ...]
    importers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Truth:
    """What the records do not say.

    ``assignment_probabilities``: for every first pick, one row for each officer who could have been picked:
    ``assignment_id``, ``declaration_id``, ``draw_id`` (declarations given out together share it), ``officer_id``,
    ``probability`` under the office's innocent rule given who was on shift, ``claims`` (how many officers were equally
    next under the rule at that very moment: 1 for a rota), ``picked``, ``manipulated``.
    ``honest_values``: ``declaration_id``, ``item_no``, ``honest_value``.
    ``planted_declarations``: ``declaration_id``, ``scheme_id``.
    """

    seed: int
    declarations: int
    version: str
    schemes: tuple[PlantedScheme, ...]
    lookalikes: tuple[InnocentLookalike, ...]
    methods: dict[str, str]
    assignment_probabilities: pa.Table = field(repr=False)
    honest_values: pa.Table = field(repr=False)
    planted_declarations: pa.Table = field(repr=False)

    def answer_key(self) -> dict[str, Any]:
        """The key as plain data, for ``answer_key.json``."""

        def units(some: tuple[Unit, ...]) -> list[dict[str, str | None]]:
            return [{"officer_id": u.officer_id, "declarant_id": u.declarant_id} for u in some]

        return {
            "administration": "Republic of Examplia",
            "generator_version": self.version,
            "seed": self.seed,
            "declarations": self.declarations,
            "schemes": [
                {
                    "id": s.id,
                    "kind": s.kind,
                    "strength": s.strength,
                    "office": s.office,
                    "from": s.from_date,
                    "to": s.to_date,
                    "units": units(s.units),
                    "declarations_affected": s.declarations,
                    "tax_lost": s.tax_lost,
                    "rides_on": s.rides_on,
                }
                for s in self.schemes
            ],
            "lookalikes": [
                {
                    "id": k.id,
                    "kind": k.kind,
                    "office": k.office,
                    "note": k.note,
                    "units": units(k.units),
                    "importers": list(k.importers),
                }
                for k in self.lookalikes
            ],
            "assignment_methods": self.methods,
            "honest": "Every pair of officer and declarant at an office that is in no scheme and no look-alike.",
        }

    def text(self) -> str:
        return json.dumps(self.answer_key(), indent=1, ensure_ascii=False) + "\n"


def probabilities(country: Country, part: Part, ids: pa.Array, first_ids: pa.Array) -> pa.Table:
    """Chance of each officer in the pool of each first pick: equal, since exchangeable (see ``assignment``)."""
    d, draft = part.draft.draws, part.draft
    size = d.size[d.of_row]
    pick = np.repeat(np.arange(d.row.size), size)
    slot = np.arange(pick.size) - np.repeat(np.cumsum(size) - size, size)
    officer = d.members[d.start[d.of_row][pick] + slot]
    return pa.table(
        {
            "assignment_id": first_ids.take(pa.array(pick)),
            "declaration_id": ids.take(pa.array(d.row[pick])),
            "draw_id": pa.array(d.of_row[pick]),
            "officer_id": col.text(officer, country.staff.code),
            "probability": pa.array(1.0 / size[pick]),
            "claims": pa.array(part.claims[d.of_row][pick].astype(np.int32)),
            "picked": pa.array(officer == draft.first[d.row][pick]),
            "manipulated": pa.array(draft.forced[d.of_row][pick] >= 0),
        }
    )


def _unit(country: Country, pair: tuple[int | None, int | None]) -> Unit:
    officer, declarant = pair
    return Unit(
        None if officer is None else str(country.staff.code[officer]),
        None if declarant is None else str(country.parties.declarant_code[declarant]),
    )


def _lookalike(country: Country, number: int, k: Lookalike) -> InnocentLookalike:
    return InnocentLookalike(
        id=f"L{number:02d}",
        kind=k.kind,
        office=None if k.office is None else country.offices[k.office].code,
        note=k.note,
        units=tuple(_unit(country, pair) for pair in k.units),
        importers=tuple(str(country.parties.importer_code[i]) for i in k.importers),
    )


def tell(country: Country, part: Part, ids: pa.Array, first_ids: pa.Array, lookalikes: list[Lookalike]) -> Truth:
    """The truth about one generated year."""
    draft, lo, o = part.draft, part.draft.lodged, part.outcome
    seen = part.course.assessed <= EXTRACT_AT
    schemes, planted_row, planted_scheme = [], [], []
    # A scheme that never met an occasion is no scheme.
    real = [s for s in draft.schemes if s.rows().size]
    names = {id(s): f"S{n:02d}" for n, s in enumerate(real, 1)}
    for scheme in real:
        rows = scheme.rows()
        days = lo.day[rows] if rows.size else np.array([0, DAYS - 1])
        schemes.append(
            PlantedScheme(
                id=names[id(scheme)],
                kind=scheme.kind,
                strength=scheme.strength,
                office=country.offices[scheme.office].code,
                from_date=date_of(int(days.min())).isoformat(),
                to_date=date_of(int(days.max()) + 1).isoformat(),
                units=tuple(_unit(country, pair) for pair in scheme.units),
                declarations=int(rows.size),
                tax_lost=round(float(o.lost[rows][seen[rows]].sum()) / 1000, 3),
                rides_on=names.get(id(scheme.rides_on)) if scheme.rides_on is not None else None,
            )
        )
        planted_row.append(rows)
        planted_scheme += [names[id(scheme)]] * rows.size
    row = np.concatenate(planted_row) if planted_row else np.empty(0, dtype=np.int64)
    number = np.arange(lo.item_row.size) - np.repeat(lo.first_item, lo.item_count) + 1
    return Truth(
        seed=country.seed,
        declarations=lo.rows,
        version=GENERATOR,
        schemes=tuple(schemes),
        lookalikes=tuple(_lookalike(country, n, k) for n, k in enumerate(lookalikes, 1)),
        methods={of.code: m for of, m in zip(country.offices, country.method, strict=True)},
        assignment_probabilities=probabilities(country, part, ids, first_ids),
        honest_values=pa.table(
            {
                "declaration_id": ids.take(pa.array(lo.item_row)),
                "item_no": pa.array(number.astype(np.int32)),
                "honest_value": col.money(lo.item_honest),
            }
        ),
        planted_declarations=pa.table(
            {
                "declaration_id": pc.take(ids, pa.array(row)),
                "scheme_id": pa.array(planted_scheme, pa.string()),
            }
        ),
    )
