"""Did a measure work: panels, differences in differences, few units, power, and what may be said. See docs/effects.md.

Names are looked up on first use, so that importing the package loads neither scipy nor numba.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_MODULES = {
    "panels": ("NEVER", "Panel", "panel"),
    "panel_files": ("read_panel",),
    "cross_sections": ("two_samples",),
    "doubly_robust": ("two_periods",),
    "staggered": ("group_time",),
    "staggered_sections": ("group_time_sections",),
    "aggregation": ("aggregate",),
    "bands": ("band", "normal_band"),
    "fixed_effects": ("Correction", "regression", "two_way"),
    "event_study": ("sun_abraham",),
    "randomisation": ("randomisation_test",),
    "wild_bootstrap": ("wild_cluster_bootstrap",),
    "interrupted_series": ("interrupted",),
    "synthetic": ("synthetic_control", "synthetic_did"),
    "trend_sensitivity": ("relative_magnitudes",),
    "trend_restrictions": ("relative_magnitude_sets", "relative_smoothness_sets", "smoothness_sets"),
    "evaluation_plan": ("EvaluationPlan", "read_plan"),
    "pooling": ("pool", "told_pool"),
    "power": ("detectable",),
    "evaluation": ("evaluate", "power_of", "result_file"),
    "evaluation_text": ("told", "told_power"),
    "evaluations": ("Evaluations",),
    "threshold_evaluation": ("evaluate_threshold", "threshold_power", "threshold_result"),
    "plan_files": ("plan_in",),
    "threshold_files": ("register_threshold", "run_threshold"),
    "threshold_plan": ("ThresholdPlan",),
    "threshold_text": ("told_threshold", "told_threshold_power"),
    "watch": ("to_watch", "watch_of"),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    """The public function ``name``."""
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
