"""Unit values of goods against like goods, as named steps for value-shortfall.

Logs are whole numbers of thousandths, so that sums are the same in any order and on any engine; money is in hundredths.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from arusha.engine.query import Query, Step
from arusha.engine.session import Session
from arusha.indicators.declaration_key import declaration_key
from arusha.indicators.definition import Settings

SCALE = 1000
"""Units of one in the natural logarithm."""
FURTHEST = 2 * SCALE
"""A gap beyond a factor of seven is drawn in to it: a unit of measure gone wrong, not a price."""
MOST_TAX = 1e13
"""Hundredths of tax on one item beyond which it is a slip of units; sums of a pair stay within 64 bits."""
FEWEST_ITEMS = 10
FEWEST_TRADERS = 3
"""Like goods that a reference needs: items, and other declarants that they come from."""
FEWEST_OWN = 5
"""Items that an importer's own middle price needs: two units of measure gone wrong do not move it far."""


@dataclass(frozen=True)
class Known:
    """Which of the optional records there are."""

    officer: bool
    importer: bool
    section: bool
    assessed: bool
    mass: bool
    quantity: bool
    rate: bool
    tax: bool
    key: str
    """The column over which tables are joined."""

    @staticmethod
    def of(session: Session) -> Known:
        return Known(
            officer=session.has("declarations", "officer_id"),
            importer=session.has("declarations", "importer_id"),
            section=session.has("declarations", "section"),
            assessed=session.has("items", "assessed_value"),
            mass=session.has("items", "net_mass_kg"),
            quantity=session.has("items", "quantity", "unit"),
            rate=session.has("items", "duty_rate"),
            tax=session.has("items", "declared_tax"),
            key=declaration_key(session),
        )

    @property
    def money(self) -> bool:
        return self.rate or self.tax


def _log(value: str, by: str) -> str:
    ratio = f"CAST({value} AS DOUBLE) / NULLIF(CAST({by} AS DOUBLE), 0)"
    return f"CAST(FLOOR(LN(NULLIF({ratio}, 0)) * {SCALE} + 0.5) AS BIGINT)"


def priced_query(known: Known, settings: Settings) -> Query:
    """One row an item with its log unit values and its tax; shared as ``priced_goods``."""
    final = "COALESCE(i.assessed_value, i.declared_value)" if known.assessed else "i.declared_value"
    mass, quantity = ("i.net_mass_kg" if known.mass else "NULL"), ("i.quantity" if known.quantity else "NULL")
    amount = f"CASE WHEN {mass} > 0 THEN {mass} WHEN {quantity} > 0 THEN {quantity} END"
    measure = f"CASE WHEN {mass} > 0 THEN 'kg' WHEN {quantity} > 0 THEN {'i.unit' if known.quantity else 'NULL'} END"
    # Few values are raised, and only for those a second logarithm is taken.
    raised = (
        f"CASE WHEN i.assessed_value <> i.declared_value THEN {_log('i.assessed_value', 'i.declared_value')} ELSE 0 END"
        if known.assessed
        else "0"
    )
    rates = []
    if known.rate:
        rates.append("CAST(i.duty_rate AS DOUBLE)")
    if known.tax:
        rates.append("CAST(i.declared_tax AS DOUBLE) / NULLIF(CAST(i.declared_value AS DOUBLE), 0)")
    rate = f"COALESCE({', '.join([*rates, '0.0'])})"
    section = " COALESCE(d.section, '') AS section," if known.section else ""
    return Query(
        "value_shortfall_priced",
        (
            Step(
                "priced",
                "Items that can be priced, with who declared, imported and handled them"
                + (" (only those that an officer handled)." if known.officer else "."),
                f"""
                SELECT d.{known.key}, i.item_no, d.office, d.declarant_id AS declarant,
                       {"COALESCE(d.importer_id, d.declarant_id)" if known.importer else "d.declarant_id"} AS importer,
                       {"d.officer_id" if known.officer else "CAST(NULL AS VARCHAR)"} AS officer,{section}
                       d.registered_on AS day, CAST(FLOOR(EPOCH(d.registered_at) / 604800) AS BIGINT) AS week,
                       YEAR(d.registered_on) * 4 + QUARTER(d.registered_on) AS quarter,
                       LEFT(i.hs_code, 6) AS hs6, i.origin, {measure} AS measure,
                       {_log(final, amount)} AS final_log, {raised} AS raised,
                       CAST(FLOOR(LEAST(CAST({final} AS DOUBLE) * {rate} * 100, {MOST_TAX}) + 0.5) AS BIGINT) AS tax
                FROM items AS i
                JOIN declarations AS d ON d.{known.key} = i.{known.key}
                WHERE d.registered_on >= DATE '{settings.period_start}'
                  AND d.registered_on < DATE '{settings.period_end}'
                  AND {final} > 0 AND {amount} > 0 AND i.hs_code IS NOT NULL AND d.declarant_id IS NOT NULL
                  {"AND d.officer_id IS NOT NULL" if known.officer else ""}
                """,
            ),
        ),
    )


def share_gaps(session: Session, known: Known, settings: Settings) -> tuple[Query, ...]:
    """Make ``priced_goods``, ``value_distances`` and ``value_gaps`` once in a session; the queries that make them.

    In three, each from a table that is there: in one, an engine that reads a named step anew wherever it is named would
    make the first steps fifteen times.
    """
    shared = {
        "priced_goods": priced_query(known, settings),
        "value_distances": distances_query(known),
        "value_gaps": gaps_query(known),
    }
    for name, query in shared.items():
        session.share(query, name)
    return tuple(shared.values())


def distances_query(known: Known) -> Query:
    """One row an item with its distance to the middle of like goods and, where there are enough, to their mean."""
    sections = (
        Step(
            "sections",
            "Sections by number: goods of two sections of an office are no line, since they have other officers.",
            "SELECT section, ROW_NUMBER() OVER (ORDER BY section) AS number, COUNT(*) OVER () AS sections "
            "FROM (SELECT DISTINCT section FROM priced_goods) AS s",
        ),
    )
    line, own_line = (
        f"(g.{name} - 1) * s.sections + s.number" if known.section else f"g.{name}" for name in ("line", "cell")
    )
    # What an importer's own goods need, where there are no like goods.
    goods = kept = given = ""
    if known.officer:
        goods = ", DENSE_RANK() OVER (ORDER BY hs6, origin, measure) AS goods"
        kept = f" g.goods, 2 * ({own_line}) + 1 AS own_line, p.final_log, p.raised, p.tax AS own_tax,"
        given = " d.goods, d.own_line, d.final_log, d.raised, d.own_tax,"
    joined = "JOIN sections AS s ON s.section = p.section" if known.section else ""
    return Query(
        "value_shortfall_distances",
        (
            Step(
                "like_goods",
                "Goods of one product, origin, quarter and measure, with their middle log unit value; a line is a "
                f"product in a quarter, of any origin{', and in one section' if known.section else ''}.",
                f"""
                SELECT hs6, origin, quarter, measure,
                       PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY final_log) AS middle,
                       ROW_NUMBER() OVER (ORDER BY hs6, origin, quarter, measure) AS cell,
                       DENSE_RANK() OVER (ORDER BY hs6, quarter, measure) AS line{goods}
                FROM priced_goods
                GROUP BY hs6, origin, quarter, measure
                """,
            ),
            *(sections if known.section else ()),
            Step(
                "drawn_in",
                "Distances to the middle; beyond a factor of seven they are drawn in to it, and the tax of an "
                "item as far above with them.",
                f"""
                SELECT p.{known.key}, p.item_no, p.office, p.declarant, p.importer, p.officer, p.day, p.week, p.hs6,
                       p.measure,
                       g.cell, 2 * ({line}) AS line,{kept}
                       {_drawn_in("p.tax", "g.middle")}
                FROM priced_goods AS p
                JOIN like_goods AS g
                  ON g.hs6 = p.hs6 AND g.origin IS NOT DISTINCT FROM p.origin AND g.quarter = p.quarter
                 AND g.measure = p.measure
                {joined}
                """,
            ),
            Step(
                "by_declarant",
                "Each declarant's part of the like goods.",
                """
                SELECT cell, declarant, COUNT(*) AS n, SUM(distance) AS distance
                FROM drawn_in
                GROUP BY cell, declarant
                """,
            ),
            Step(
                "by_cell",
                "All of the like goods.",
                """
                SELECT cell, SUM(n) AS n, SUM(distance) AS distance, COUNT(*) AS declarants
                FROM by_declarant
                GROUP BY cell
                """,
            ),
            Step(
                "reference",
                "The mean of the like goods of all other declarants, where there are enough of both.",
                f"""
                SELECT b.cell, b.declarant,
                       CAST(c.distance - b.distance AS DOUBLE) / NULLIF(CAST(c.n - b.n AS DOUBLE), 0) AS mean
                FROM by_declarant AS b
                JOIN by_cell AS c ON c.cell = b.cell
                WHERE c.n - b.n >= {FEWEST_ITEMS} AND c.declarants - 1 >= {FEWEST_TRADERS}
                """,
            ),
            Step(
                "distances",
                "Each item with that mean; empty where there are too few.",
                f"""
                SELECT d.{known.key}, d.item_no, d.office, d.declarant, d.importer, d.officer, d.day, d.week,
                       d.line,{given} d.hs6, d.measure, d.tax, d.distance, d.declared_distance, r.mean AS reference
                FROM drawn_in AS d
                LEFT JOIN reference AS r ON r.cell = d.cell AND r.declarant = d.declarant
                """,
            ),
        ),
    )


def gaps_query(known: Known) -> Query:
    """One row an item that can be held against something, with its gap to that; shared as ``value_gaps``.

    An item is held against like goods of other declarants where there are enough of them. Elsewhere, and where the
    records name officers, its line is the importer's goods of the same product, origin, quarter and measure, if more
    than one officer handled these: in the contrast between officers any reference that all goods of a line share
    cancels out, so that none of other declarants is needed; only goods of one origin then stand beside each other. The
    gap is to the middle of the importer's own goods of product, origin and measure.
    """
    return Query(
        "value_shortfall_gaps",
        (
            *(_own_goods(known) if known.officer else ()),
            Step(
                "compared",
                "Each item's gap to that reference, as assessed and as declared"
                + (", and of items without like goods that to the importer's middle." if known.officer else "."),
                f"""
                SELECT d.{known.key}, d.item_no, d.office, d.declarant, d.importer, d.officer, d.day, d.week, d.line,
                       d.hs6, d.measure, d.tax, 1 AS alike,
                       CAST(FLOOR(d.distance - d.reference + 0.5) AS BIGINT) AS gap,
                       CAST(FLOOR(d.declared_distance - d.reference + 0.5) AS BIGINT) AS declared_gap
                FROM value_distances AS d
                WHERE d.reference IS NOT NULL
                """
                + (
                    f"""
                UNION ALL
                SELECT d.{known.key}, d.item_no, d.office, d.declarant, d.importer, d.officer, d.day, d.week,
                       d.own_line AS line,
                       d.hs6, d.measure, d.tax, 0 AS alike, d.distance AS gap, d.declared_distance AS declared_gap
                FROM own_drawn_in AS d
                JOIN own_lines AS o
                  ON o.office = d.office AND o.declarant = d.declarant AND o.importer = d.importer
                 AND o.own_line = d.own_line
                """
                    if known.officer
                    else ""
                ),
            ),
            Step(
                "gaps",
                "The tax that each item would bear at the reference's price, and the same times its gap.",
                f"""
                SELECT {known.key}, item_no, office, declarant, importer, officer, day, week, line, hs6, measure, tax,
                       alike, gap, declared_gap,
                       CAST(FLOOR(tax * EXP(-gap / {SCALE}.0) + 0.5) AS BIGINT) AS reference_tax,
                       CAST(FLOOR(tax * EXP(-gap / {SCALE}.0) * gap / {SCALE}.0 + 0.5) AS BIGINT) AS gap_tax
                FROM compared
                """,
            ),
        ),
    )


def _drawn_in(tax: str, middle: str) -> str:
    """Distances of ``p``'s prices to a middle and its tax, beyond a factor of seven drawn in."""

    def distance(price: str) -> str:
        return f"CAST(FLOOR(LEAST(GREATEST({price} - {middle}, -{FURTHEST}), {FURTHEST}) + 0.5) AS BIGINT)"

    return f"""CASE WHEN p.final_log - {middle} > {FURTHEST}
                            THEN CAST(FLOOR({tax} * EXP(-(p.final_log - {middle} - {FURTHEST}) / {SCALE}.0) + 0.5)
                                      AS BIGINT)
                            ELSE {tax} END AS tax,
                       {distance("p.final_log")} AS distance,
                       {distance("p.final_log - p.raised")} AS declared_distance"""


def _own_goods(known: Known) -> tuple[Step, ...]:
    """Items without like goods, how far from the importer's own middle price, and the lines that officers share."""
    return (
        Step(
            "own_middles",
            "The importer's own middle log unit value of a product, origin and measure over the year, of enough items "
            "without like goods.",
            f"""
            SELECT declarant, importer, goods, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY final_log) AS middle
            FROM value_distances
            WHERE reference IS NULL
            GROUP BY declarant, importer, goods
            HAVING COUNT(*) >= {FEWEST_OWN}
            """,
        ),
        Step(
            "own_drawn_in",
            "Distances to that middle, drawn in alike.",
            f"""
            SELECT p.{known.key}, p.item_no, p.office, p.declarant, p.importer, p.officer, p.day, p.week, p.hs6,
                       p.measure,
                   p.own_line,
                       {_drawn_in("p.own_tax", "m.middle")}
            FROM value_distances AS p
            JOIN own_middles AS m ON m.declarant = p.declarant AND m.importer = p.importer AND m.goods = p.goods
            WHERE p.reference IS NULL
            """,
        ),
        Step(
            "own_lines",
            "An importer's goods of one product, origin, quarter and measure"
            + (", in one section," if known.section else "")
            + " where more than one officer handled them.",
            """
            SELECT office, declarant, importer, own_line
            FROM own_drawn_in
            GROUP BY office, declarant, importer, own_line
            HAVING MIN(officer) <> MAX(officer)
            """,
        ),
    )


def declarants_query() -> Query:
    """Sums over products by office and declarant: all that the test of declarants needs."""
    return Query(
        "value_shortfall_declarants",
        (
            Step(
                "products",
                "A declarant's goods of one importer and product: what one pays for it goes together.",
                """
                SELECT office, declarant, importer, hs6, COUNT(*) AS n,
                       CAST(FLOOR(SUM(gap) / 10.0 + 0.5) AS BIGINT) AS gap, SUM(reference_tax) AS tax,
                       SUM(CASE WHEN week % 2 = 0 THEN -gap_tax ELSE 0 END) AS short_even,
                       SUM(CASE WHEN week % 2 = 1 THEN -gap_tax ELSE 0 END) AS short_odd
                FROM value_gaps
                GROUP BY office, declarant, importer, hs6
                """,
            ),
            Step(
                "declarants",
                "The same by declarant; gaps are in hundredths.",
                """
                SELECT office, declarant, COUNT(*) AS products, SUM(n) AS n, SUM(gap) AS gap, SUM(gap * gap) AS gap2,
                       SUM(gap * n) AS gap_n, SUM(n * n) AS n2, SUM(short_even) AS short_even,
                       SUM(short_odd) AS short_odd, SUM(tax) AS tax
                FROM products
                GROUP BY office, declarant
                ORDER BY office, declarant
                """,
            ),
        ),
    )


def covered_query() -> Query:
    """How many items of each pair were priced, had like goods, and stand beside the importer's own goods alone."""
    return Query(
        "value_shortfall_covered",
        (
            Step(
                "priced_pairs",
                "Items priced.",
                """
                SELECT office, declarant, officer, COUNT(*) AS priced, SUM(tax) AS tax
                FROM priced_goods
                GROUP BY office, declarant, officer
                """,
            ),
            Step(
                "gap_pairs",
                "Items with like goods, and items beside the importer's own goods alone.",
                "SELECT office, declarant, officer, SUM(alike) AS alike, SUM(1 - alike) AS own "
                "FROM value_gaps GROUP BY office, declarant, officer",
            ),
            Step(
                "covered",
                "Both, by pair.",
                """
                SELECT p.office, p.declarant, p.officer, p.priced, p.tax, COALESCE(g.alike, 0) AS referenced,
                       COALESCE(g.own, 0) AS own
                FROM priced_pairs AS p
                LEFT JOIN gap_pairs AS g
                  ON g.office = p.office AND g.declarant = p.declarant AND g.officer IS NOT DISTINCT FROM p.officer
                ORDER BY p.office, p.declarant, p.officer
                """,
            ),
        ),
    )


def quoted(names: Iterable[str]) -> str:
    """Names as a list of SQL texts."""
    return ", ".join("'" + name.replace("'", "''") + "'" for name in names)
