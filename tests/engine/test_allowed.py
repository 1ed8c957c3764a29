"""What is not known to agree on every engine is refused when the query is built, by name, with the remedy."""

from __future__ import annotations

import pytest

from arusha.engine import Query, Step
from arusha.errors import QueryError


def build(sql: str) -> Query:
    return Query("q", (Step("only", "A case.", sql),))


@pytest.mark.parametrize(
    ("expression", "named", "remedy"),
    [
        ("MEDIAN(mass)", "MEDIAN", "PERCENTILE_CONT"),
        ("QUANTILE_CONT(mass, 0.5)", "QUANTILE_CONT", "PERCENTILE_CONT"),
        ("APPROX_COUNT_DISTINCT(code)", "APPROX_DISTINCT", "COUNT(DISTINCT"),
        ("ANY_VALUE(code)", "IGNORENULLS|ANY_VALUE", ""),
        ("ARG_MAX(code, mass)", "ARG_MAX", "ROW_NUMBER"),
        ("COUNT_IF(random)", "COUNT_IF", "FILTER"),
        ("LOG(mass)", "LOG", "LN"),
        ("LOG10(mass)", "LOG", "LN"),
        ("SKEWNESS(mass)", "SKEWNESS", ""),
        ("KURTOSIS(mass)", "KURTOSIS", ""),
        ("REGEXP_REPLACE(name, 'a', 'b')", "REGEXP_REPLACE", ""),
        ("REGEXP_MATCHES(name, 'a')", "REGEXP_LIKE", ""),
        ("DAYOFWEEK(day)", "DAY_OF_WEEK", "calendar"),
        ("DATE_DIFF('day', day, day)", "DATEDIFF", "EPOCH"),
        ("CAST(mass AS INTEGER)", "CAST to INT", "BIGINT"),
        ("mass::INT", "CAST to INT", "BIGINT"),
        ("CAST(mass AS TIMESTAMPTZ)", "CAST to TIMESTAMPTZ", "TIMESTAMP"),
        ("TRY_CAST(name AS BIGINT)", "TRY_CAST", "CAST"),
        ("RANDOM()", "RAND", "seed"),
        ("CURRENT_DATE", "CURRENT_DATE", ""),
        ("no_such_function(mass)", "NO_SUCH_FUNCTION", "docs/engine.md"),
        ("name ILIKE 'a'", "ILIKE", "LOWER"),
        ("name LIKE code", "LIKE", "quotes"),
        ("mass / quantity", "divide by zero", "NULLIF"),
        ("mass // quantity", "divide by zero", "NULLIF"),
        ("mass / 0", "divide by zero", "NULLIF"),
        ("quantity % small", "divide by zero", "NULLIF"),
        ("LN(mass)", "logarithm of zero", "NULLIF"),
        ("LN(NULLIF(mass, 0) / quantity)", "divide by zero|logarithm", "NULLIF"),
        ("SUBSTRING(name, 0, 2)", "start of 1", ""),
        ("LEFT(name, -1)", "fixed length", ""),
        ("EXTRACT(dow FROM day)", "DAYOFWEEK|DOW", ""),
        ("DATE_TRUNC('decade', day)", "DECADE", "MONTH"),
        ("day + INTERVAL (quantity) DAY", "expression", "day [+] n"),
        ("day + INTERVAL 1 QUARTER", "QUARTER", "3 MONTH"),
        ("ROW_NUMBER() OVER (PARTITION BY lane)", "ROW_NUMBER needs an order", "ORDER BY"),
        ("LAG(mass) OVER (PARTITION BY lane)", "LAG needs an order", "ORDER BY"),
        ("SUM(mass) OVER (ORDER BY day RANGE BETWEEN INTERVAL 1 DAY PRECEDING AND CURRENT ROW)", "frame", "ROWS"),
        ("PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY mass DESC)", "descending", "1 - p"),
        ("PERCENTILE_CONT(mass) WITHIN GROUP (ORDER BY mass)", "not known", "fixed share"),
        ("COUNT(DISTINCT (lane, office))", "TUPLE|compares several", ""),
        ("SUM(DISTINCT mass)", "DISTINCT", "SELECT DISTINCT"),
        ("(lane, office) IN (SELECT lane, office FROM goods)", "subquery holds a null", "JOIN"),
        ("quantity NOT IN (SELECT id FROM acts)", "subquery holds a null", "EXISTS"),
        ("[1, 2]", "ARRAY", ""),
        ("LIST(mass)", "ARRAY_AGG", "rows"),
    ],
)
def test_expressions_are_refused_by_name(expression, named, remedy):
    with pytest.raises(QueryError, match=named) as caught:
        build(f"SELECT id, {expression} AS x FROM goods")
    assert caught.value.where == "query q, step only"
    assert caught.value.remedy
    if remedy:
        assert remedy.replace("[+]", "+") in caught.value.remedy


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("SELECT id FROM goods LIMIT 3", "LIMIT without ORDER BY"),
        ("SELECT id FROM goods ORDER BY id LIMIT 3 OFFSET 1", "OFFSET"),
        ("SELECT id + 1 FROM goods", "has no name"),
        ("SELECT COUNT(*) FROM goods", "has no name"),
        ("SELECT id AS a, mass AS a FROM goods", "two columns are named a"),
        ("WITH t AS (SELECT 1 AS one) SELECT one FROM t", "WITH"),
        ("SELECT DISTINCT ON (lane) lane, id FROM goods", "ON of DISTINCT"),
        ("SELECT id FROM goods ASOF JOIN acts USING (id)", "METHOD of JOIN|ASOF"),
        ("SELECT id FROM goods NATURAL JOIN acts", "METHOD of JOIN|NATURAL"),
        ("SELECT lane, COUNT(*) AS n FROM goods GROUP BY ROLLUP (lane)", "ROLLUP"),
        ("SELECT id FROM goods USING SAMPLE 10", "SAMPLE"),
        ("SELECT id FROM goods ORDER BY ALL", "ORDER BY ALL"),
        ("SELECT id FROM 'file.parquet'", "TABLE|there is no table"),
        ("SELECT * FROM read_parquet('file.parquet')", "READ_PARQUET"),
        ("SELECT id FROM goods; DROP TABLE goods", "cannot be read"),
        ("DROP TABLE goods", "cannot be read"),
        ("SELECT id FROM", "cannot be read"),
        ("", "cannot be read"),
    ],
)
def test_statements_are_refused_by_name(duck, sql, named):
    with pytest.raises(QueryError, match=named):
        duck.run(build(sql))


def test_steps_need_plain_names_used_once():
    with pytest.raises(QueryError, match="used twice"):
        Query("q", (Step("a", "One.", "SELECT 1 AS one"), Step("A", "Two.", "SELECT 2 AS two")))
    with pytest.raises(QueryError, match="plain name"):
        Query("q", (Step("a; DROP", "One.", "SELECT 1 AS one"),))
    with pytest.raises(QueryError, match="needs a step"):
        Query("q", ())
