"""The chart rules, once, for report, workbench and release: numbers in, a picture with its words and table out."""

from __future__ import annotations

from arusha.charts.alluvial import AlluvialTitles, Flow, alluvial
from arusha.charts.calendar import CalendarTitles, calendar_strip
from arusha.charts.caterpillar import Band, CaterpillarTitles, Estimates, caterpillar
from arusha.charts.chart import Chart, ChartTable
from arusha.charts.concentration import ConcentrationTitles, Curve, concentration
from arusha.charts.event_study import (
    Effects,
    Means,
    Spread,
    StudyTitles,
    event_study,
    means_in_time,
    spread_of_changes,
)
from arusha.charts.funnel import (
    ZERO_FLOOR_RATIO,
    FunnelLimits,
    FunnelPoints,
    FunnelTitles,
    State,
    funnel,
    zero_floor_rate,
)
from arusha.charts.matrix import MatrixTitles, Pair, pair_matrix
from arusha.charts.rates import Rate, RateTitles, rate_rows
from arusha.charts.shares import SharePoint, ShareTitles, shares_in_time
from arusha.charts.threshold import Counts, around_threshold
from arusha.charts.timeline import Month, timeline

__all__ = [
    "ZERO_FLOOR_RATIO",
    "AlluvialTitles",
    "Band",
    "CalendarTitles",
    "CaterpillarTitles",
    "Chart",
    "ChartTable",
    "ConcentrationTitles",
    "Counts",
    "Curve",
    "Effects",
    "Estimates",
    "Flow",
    "FunnelLimits",
    "FunnelPoints",
    "FunnelTitles",
    "MatrixTitles",
    "Means",
    "Month",
    "Pair",
    "Rate",
    "RateTitles",
    "SharePoint",
    "ShareTitles",
    "Spread",
    "State",
    "StudyTitles",
    "alluvial",
    "around_threshold",
    "calendar_strip",
    "caterpillar",
    "concentration",
    "event_study",
    "funnel",
    "means_in_time",
    "pair_matrix",
    "rate_rows",
    "shares_in_time",
    "spread_of_changes",
    "timeline",
    "zero_floor_rate",
]
