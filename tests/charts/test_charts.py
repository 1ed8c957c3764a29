"""The chart rules: real text, mirrored axes, nothing hidden, bounded marks, never without words and numbers."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import numpy as np
import pytest

from arusha.charts import (
    ZERO_FLOOR_RATIO,
    AlluvialTitles,
    CalendarTitles,
    CaterpillarTitles,
    Chart,
    ConcentrationTitles,
    Curve,
    Effects,
    Estimates,
    Flow,
    FunnelLimits,
    FunnelPoints,
    FunnelTitles,
    MatrixTitles,
    Means,
    Month,
    Pair,
    Rate,
    RateTitles,
    SharePoint,
    ShareTitles,
    Spread,
    StudyTitles,
    alluvial,
    calendar_strip,
    caterpillar,
    concentration,
    event_study,
    funnel,
    means_in_time,
    pair_matrix,
    rate_rows,
    shares_in_time,
    spread_of_changes,
    timeline,
    zero_floor_rate,
)
from arusha.charts.alluvial import MOST_FLOWS
from arusha.charts.calendar import SHADES as CALENDAR_SHADES
from arusha.charts.drawing import ACCENT, ACCENT_BAR, BAND, INK, LIMIT, LIMIT_BAR, MARK, PAPER, QUIET
from arusha.charts.matrix import SHADES
from arusha.language import Catalogue, languages

SVG = "{http://www.w3.org/2000/svg}"


def limits() -> FunnelLimits:
    grid = np.geomspace(1, 500, 50)
    half = 1 / np.sqrt(grid)
    tails = (1 - 1.96 * half, 1 + 1.96 * half, 1 - 3.09 * half, 1 + 3.09 * half, 1 - 4 * half, 1 + 4 * half)
    return FunnelLimits(grid, *tails)


def a_funnel(words: Catalogue, n: int = 60, flagged: int = 2) -> Chart:
    rng = np.random.default_rng(3)
    exposure = rng.lognormal(3, 1, n)
    value = 1 + rng.normal(0, 1, n) / np.sqrt(exposure)
    order = np.arange(n)
    titles = FunnelTitles("headline", "subtitle", "across", "up", "pairs")
    return funnel(
        FunnelPoints(exposure, np.maximum(value, 0), order < flagged, order == flagged),
        limits(),
        titles,
        words,
        benchmark=1.0,
        zero_floor=ZERO_FLOOR_RATIO,
    )


def a_caterpillar(words: Catalogue, n: int = 20) -> Chart:
    rng = np.random.default_rng(4)
    raw = rng.normal(1, 0.4, n)
    estimate = 1 + (raw - 1) * 0.5
    state = ("flagged",) + ("within",) * (n - 1)
    names = tuple(f"P-{i:04d}" for i in range(n))
    return caterpillar(
        Estimates(names, raw, estimate, estimate - 0.3, estimate + 0.3, state),
        CaterpillarTitles("headline", "subtitle", "across", "officer"),
        words,
        benchmark=1.0,
        benchmark_label="one",
    )


def a_matrix(words: Catalogue, rows: int = 5, columns: int = 4) -> Chart:
    officers = [f"P-{i:03d}" for i in range(rows)]
    declarants = [f"B-{j:03d}" for j in range(columns)]
    pairs = {(o, d): Pair(12, 10, 0.9, 1.5, "within") for o in officers for d in declarants[:-1]}
    pairs[officers[0], declarants[0]] = Pair(40, 10, 2.8, 4.9, "flagged")
    return pair_matrix(
        officers, declarants, pairs, MatrixTitles("headline", "subtitle", "officer", "declarant", "effect"), words
    )


def some_rates(words: Catalogue) -> Chart:
    rates = [
        Rate("EX01", "red", 500, 0.12, 0.09, 0.15, 0.12, "within"),
        Rate("EX01", "yellow", 500, 0.20, 0.17, 0.24, 0.30, "flagged"),
        Rate("EX02", "red", 80, 0.10, 0.05, 0.19, None, "within"),
    ]
    return rate_rows(rates, RateTitles("headline", "subtitle", "across", "lane", "rate in the rules"), words)


def a_calendar(words: Catalogue) -> Chart:
    months = [f"2025-{m:02d}" for m in range(1, 13)]
    counts = {
        (o, m): 40 + 7 * k for o in ("EX01", "EX02") for k, m in enumerate(months) if (o, m) != ("EX02", "2025-06")
    }
    spans = dict.fromkeys(("EX01", "EX02"), (months[0], months[-1]))
    titles = CalendarTitles("headline", "subtitle", "office", "month", "declarations")
    return calendar_strip(["EX01", "EX02"], months, counts, spans, titles, words)


def some_shares(words: Catalogue, n: int = 9) -> Chart:
    points = [
        SharePoint(f"2026-0{k % 9 + 1}-01", k, 200, max(0, k / 200 - 0.01), k / 200 + 0.03, None, None, 0.02)
        if k < 6
        else SharePoint(f"2026-0{k % 9 + 1}-01", k, 200, 0.0, 0.1, 0.0, 0.03, 0.02, stands_out=k == 8)
        for k in range(n)
    ]
    titles = ShareTitles("headline", "subtitle", "load", "share", "set aside", "read", "promised")
    return shares_in_time(points, titles, words)


STUDY = StudyTitles("headline", "subtitle", "across", "up")


def some_means(words: Catalogue) -> Chart:
    periods = tuple(f"2025-{m:02d}" for m in range(1, 13))
    treated = tuple(0.1 - 0.004 * max(0, k - 5) for k in range(12))
    return means_in_time(Means(periods, treated, (0.1,) * 12, (6, 8), 4), STUDY, words)


def some_effects(words: Catalogue) -> Chart:
    at = tuple(range(-5, 6))
    effect = tuple(0.0 if a < 0 else -0.03 for a in at)
    low = tuple(math.nan if a == -1 else e - 0.02 for a, e in zip(at, effect, strict=True))
    high = tuple(math.nan if a == -1 else e + 0.02 for a, e in zip(at, effect, strict=True))
    return event_study(Effects(at, effect, low, high), STUDY, words)


def some_spread(words: Catalogue) -> Chart:
    return spread_of_changes(Spread(-0.04, tuple(k / 500 for k in range(-10, 10))), STUDY, words)


def a_timeline(words: Catalogue) -> Chart:
    drawn = [Month(f"2025-{m:02d}", m % 4, 9 - m % 5, m % 2) for m in range(1, 13)]
    return timeline(drawn, "headline", "subtitle", words)


CHARTS = {
    "timeline": a_timeline,
    "means": some_means,
    "effects": some_effects,
    "spread": some_spread,
    "funnel": a_funnel,
    "caterpillar": a_caterpillar,
    "matrix": a_matrix,
    "rates": some_rates,
    "calendar": a_calendar,
    "shares": some_shares,
}


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_chart_is_plain_svg_with_words_and_a_table(kind: str, lang: str) -> None:
    words = Catalogue(lang)
    chart = CHARTS[kind](words)
    root = ElementTree.fromstring(chart.svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == chart.alternative_text
    assert root.get("direction") == words.direction
    assert root.get("font-family") == "sans-serif"
    allowed = {"svg", "line", "polyline", "polygon", "path", "rect", "circle", "text"}
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= allowed
    for element in root.iter():
        hidden = [a for a in element.attrib if a.startswith(("data", "on", "style", "id", "class", "href"))]
        assert hidden == []
        assert element is root or not any(a.startswith("aria") for a in element.attrib)
    assert len(root.findall(f".//{SVG}text")) > 5
    assert chart.headline
    assert chart.subtitle
    assert len(chart.alternative_text) > 40
    assert chart.table.rows


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("lang", languages())
def test_nothing_lies_outside_the_picture(kind: str, lang: str) -> None:
    """Long words of a language need more rows of the key: the picture grows with them."""
    root = ElementTree.fromstring(CHARTS[kind](Catalogue(lang)).svg)
    height = float(root.get("height", "0"))
    assert root.get("viewBox", "").endswith(f" {root.get('height')}")
    lines = [float(e.get("y", "nan")) for e in root.findall(f".//{SVG}text")]
    # Letters such as g hang three pixels under their line.
    assert max(lines) + 3 <= height
    assert min(lines) >= 10


def test_a_least_value_may_be_exceeded() -> None:
    rates = [
        Rate("EX01", "random", 500, 0.05, 0.04, 0.06, 0.03, "within"),
        Rate("EX02", "random", 500, 0.01, 0.005, 0.02, 0.03, "flagged"),
    ]
    titles = RateTitles("h", "s", "x", "lane", "Minimum in the rules", floor=True)
    said = re.sub("[\u2066-\u2069]", "", rate_rows(rates, titles, Catalogue("en")).alternative_text)
    assert "In 1 of them the whole interval lies below the Minimum in the rules." in said


@pytest.mark.parametrize("kind", ["funnel", "caterpillar", "rates"])
def test_arabic_is_the_mirror_image_of_english(kind: str) -> None:
    """Circles, diamonds and lines stand at width - x; text is set from the other side by the direction."""

    def places(lang: str) -> list[tuple[float, float]]:
        root = ElementTree.fromstring(CHARTS[kind](Catalogue(lang)).svg)
        width = float(root.get("width", "0"))
        found = []
        for circle in root.findall(f".//{SVG}circle"):
            x, y = float(circle.get("cx", "nan")), float(circle.get("cy", "nan"))
            # The key under the picture is left out: its places follow the length of the words.
            if y < float(root.get("height", "0")) - 100:
                found.append((round(width - x if lang == "ar" else x, 1), y))
        return found

    # 0.1 is the step to which coordinates are written.
    english = np.array(places("en"))
    assert len(english) >= 2
    np.testing.assert_allclose(np.array(places("ar")), english, rtol=0, atol=0.11)


def test_marks_are_bounded_and_those_that_stand_out_stay() -> None:
    words = Catalogue("en")
    large = a_funnel(words, n=50_000, flagged=7)
    assert len(large.svg) < 200_000
    root = ElementTree.fromstring(large.svg)
    diamonds = root.findall(f".//{SVG}polygon")
    # Seven flagged, one explained, and one of each in the key.
    assert len(diamonds) == 7 + 1 + 2
    assert "a larger dot is more of them" in large.svg
    assert len(a_caterpillar(words, 3_000).svg) < 200_000


def test_the_caterpillar_keeps_the_order_it_was_given() -> None:
    chart = a_caterpillar(Catalogue("en"))
    names = re.findall(r"\u2068(P-\d{4})\u2069</text>", chart.svg)
    assert names == sorted(names)
    assert len(names) == 20


def test_no_unit_is_named_in_a_funnel() -> None:
    assert "P-" not in a_funnel(Catalogue("en")).svg


def test_zero_floors_are_those_of_the_published_table() -> None:
    # 342 at 2%, 135 at 5%, 66 at 10%: the product page's own arithmetic.
    assert [math.ceil(zero_floor_rate(r)) for r in (0.02, 0.05, 0.10)] == [342, 135, 66]
    # Below this expected count P(0) = exp(-E) exceeds 0.1%.
    assert math.exp(-ZERO_FLOOR_RATIO) == pytest.approx(0.001, rel=1e-12)


def test_the_grey_zone_prints_its_limit() -> None:
    assert "Grey: below" in a_funnel(Catalogue("en")).svg


def cells_of(chart: Chart) -> list[str]:
    texts = [e.text or "" for e in ElementTree.fromstring(chart.svg).findall(f".//{SVG}text")]
    return [re.sub("[\u2066-\u2069]", "", t) for t in texts]


def test_each_matrix_cell_prints_both_counts_and_untested_cells_a_dot() -> None:
    plain = cells_of(a_matrix(Catalogue("en")))
    assert plain.count("12 / 10.0") == 14
    assert plain.count("40 / 10.0") == 1
    assert plain.count("·") == 5


def test_a_matrix_says_nothing_of_a_pair_with_less_than_one_expected_unless_it_stands_out() -> None:
    pairs = {
        ("P-1", "T-1"): Pair(1, 0.04, None, None, "within"),  # 25 times what is expected, and one file
        ("P-2", "T-1"): Pair(14, 0.1, 19.0, 107.0, "flagged"),
    }
    chart = pair_matrix(["P-1", "P-2"], ["T-1"], pairs, MatrixTitles("h", "s", "o", "d", "e"), Catalogue("en"))
    plain = cells_of(chart)
    assert "14 / 0.1" in plain
    assert not [t for t in plain if t.startswith("1 / ")]
    assert "·" not in plain
    assert len(chart.table.rows) == 1


def test_the_table_of_a_caterpillar_tells_exposure_before_estimates() -> None:
    one = np.array([1.0, 2.0])
    beside = (("EBR", "148", "38", "0.99"), ("MAR", "30", "1", "1.2"))
    chart = caterpillar(
        Estimates(("P-1", "P-2"), one, one, one - 0.5, one + 0.5, ("within", "within"), beside),
        CaterpillarTitles("h", "s", "x", "officer", ("office", "n", "observed", "expected")),
        Catalogue("en"),
        benchmark=1.0,
        benchmark_label="one",
    )
    assert chart.table.columns[:5] == ("officer", "office", "n", "observed", "expected")
    assert chart.table.rows[0][1:5] == beside[0]
    assert chart.table.numeric == frozenset(range(2, 8))


def test_a_month_that_is_missing_is_framed_and_one_before_the_first_is_not() -> None:
    months = ["2025-01", "2025-02", "2025-03", "2025-04"]
    counts = {("A", "2025-02"): 5, ("A", "2025-04"): 200_000}
    titles = CalendarTitles("headline", "subtitle", "office", "month", "declarations")
    chart = calendar_strip(["A"], months, counts, {"A": ("2025-02", "2025-04")}, titles, Catalogue("en"))
    root = ElementTree.fromstring(chart.svg)
    framed = [r for r in root.findall(f".//{SVG}rect") if r.get("stroke") == ACCENT]
    assert len(framed) == 1 + 1  # the month, and its sample in the key
    assert [re.sub("[\u2066-\u2069]", "", cell) for cell in chart.table.rows[0]] == ["A", "0", "5", "0", "200,000"]
    assert "thousands" in chart.note
    assert "first and last: 1." in re.sub("[\u2066-\u2069]", "", chart.alternative_text)


def test_names_are_escaped() -> None:
    words = Catalogue("en")
    pairs = {("<b>&", '"x"'): Pair(1, 2, None, None, "within")}
    chart = pair_matrix(["<b>&"], ['"x"'], pairs, MatrixTitles("h", "s", "<i>", "d", "e"), words)
    ElementTree.fromstring(chart.svg)
    assert "<b>" not in chart.svg


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_and_marks_can_be_told_from_what_is_behind_them() -> None:
    # WCAG 2.2: 4.5 for text (1.4.3), 3 for marks (1.4.11).
    for behind in (PAPER, BAND, *SHADES, *CALENDAR_SHADES):
        assert contrast(INK, behind) >= 4.5, behind
    for behind in (PAPER, BAND):
        assert contrast(QUIET, behind) >= 4.5, behind
        for mark in (MARK, LIMIT, ACCENT, LIMIT_BAR, ACCENT_BAR):
            assert contrast(mark, behind) >= 3, (mark, behind)


def test_an_alluvial_merges_small_flows_and_keeps_the_total() -> None:
    words = Catalogue("en")
    flows = [
        Flow(("red", "green", "conform"), 400),
        Flow(("red", "red", "discrepancy"), 100),
        Flow(("yellow", "green", "conform"), 9),
        Flow(("yellow", "yellow", "conform"), 3),
    ]
    chart = alluvial(flows, AlluvialTitles("h", "s", ("from", "to", "outcome")), words)
    counts = [int(row[3].strip("\u2066\u2069")) for row in chart.table.rows]
    assert counts == [400, 100, 12]
    assert "yellow" not in chart.svg
    # Two ribbons a flow.
    assert len(ElementTree.fromstring(chart.svg).findall(f".//{SVG}path")) == 6
    many = [Flow((f"a{i}", f"b{i}", "c"), 100 + i) for i in range(30)]
    assert len(alluvial(many, AlluvialTitles("h", "s", ("f", "t", "o")), words).table.rows) == MOST_FLOWS
    with pytest.raises(ValueError, match="at least one flow"):
        alluvial([], AlluvialTitles("h", "s", ("f", "t", "o")), words)


def test_concentration_draws_each_entry_with_its_interval_and_names_no_one() -> None:
    curve = Curve(np.array([1, 5, 80]), np.array([0.01, 0.02, 0.03]), np.array([-0.01, 0, 0.01]), np.full(3, 0.05))
    chart = concentration(curve, ConcentrationTitles("h", "s", "pairs", "share"), Catalogue("en"))
    assert [row[0].strip("\u2066\u2069") for row in chart.table.rows] == ["1", "5", "80"]
    assert [row[1].strip("\u2066\u2069") for row in chart.table.rows] == ["1.00%", "2.00%", "3.00%"]
    # One dot an entry and one in the key.
    assert len(ElementTree.fromstring(chart.svg).findall(f".//{SVG}circle")) == 4
    one = Curve(np.array([1]), np.zeros(1), np.zeros(1), np.zeros(1))
    with pytest.raises(ValueError, match="at least two"):
        concentration(one, ConcentrationTitles("h", "s", "x", "y"), Catalogue("en"))


def test_rates_that_are_not_drawn_are_counted() -> None:
    rates = [Rate(f"EX{i:02d}", "red", 500, 0.1, 0.08, 0.12, 0.1, "within") for i in range(90)]
    rates[80] = Rate("EX80", "red", 500, 0.2, 0.17, 0.23, 0.1, "flagged")
    chart = rate_rows(rates, RateTitles("h", "s", "x", "lane", "rule"), Catalogue("en"))
    assert len(chart.table.rows) == 28
    assert "62" in chart.note
    assert "EX80" in chart.svg
    offices = [row[0] for row in chart.table.rows]
    assert offices == sorted(offices)


def test_an_event_study_counts_bands_that_leave_out_zero_and_says_how_those_before_are_made() -> None:
    chart = some_effects(Catalogue("en"))
    assert "0 before the start" in re.sub("[\u2066-\u2069]", "", chart.alternative_text)
    assert "6 of 6 from the start on" in re.sub("[\u2066-\u2069]", "", chart.alternative_text)
    assert "last period before the start" in chart.note
    assert [row[2] for row in chart.table.rows].count("none") == 1
    assert len(some_means(Catalogue("en")).table.columns) == 3
    assert len(some_spread(Catalogue("en")).table.rows) == 21


@pytest.mark.parametrize("high", [0.00006, 0.0007, 0.004, 0.03, 0.4])
def test_no_two_lines_of_a_scale_of_shares_read_alike_however_small_the_shares(high: float) -> None:
    words = Catalogue("en")
    titles = ShareTitles("headline", "subtitle", "load", "share", "set aside", "read")
    drawn = shares_in_time([SharePoint("2026-01-01", 0, 60_000, 0.0, high)], titles, words)
    labels = re.findall(r">\u2066?([0-9.]+%)\u2069?<", drawn.svg)
    assert len(labels) >= 3
    assert len(set(labels)) == len(labels), labels
    (row,) = drawn.table.rows
    assert "0.0% to 0.0%" not in re.sub("[\u2066-\u2069]", "", str(row[4])), "an interval that is not empty"
