"""Estimating from a survey: sensitive questions, samples, and what may be released. See docs/surveys.md.

Arrays in, small frozen results out. Names are looked up on first use, so that importing the package loads neither numpy
nor scipy.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_MODULES = {
    "answer_file": ("read_answers",),
    "answers": ("coded",),
    "disclosure.ledger": ("Ledger",),
    "disclosure.releases": ("Releases",),
    "disclosure.suppression": ("Cell", "dominated", "suppress"),
    "disclosure.tables": ("release_shares", "write_rows"),
    "estimation.calibration": ("calibrate", "post_stratify", "rake", "standardise", "trim"),
    "estimation.comparisons": ("change", "combination", "differences"),
    "estimation.design": ("sample_design",),
    "estimation.goodness": ("goodness_of_fit",),
    "estimation.margins": ("adjusted_means",),
    "estimation.models": ("compare_two", "independence", "likelihood_ratio", "rank_test", "regression", "terms"),
    "estimation.ordered": ("ordered_regression",),
    "estimation.proportions": ("proportion",),
    "estimation.quantiles": ("quantile",),
    "estimation.replicates": (
        "bootstrap",
        "given_replicates",
        "half_samples",
        "jackknife",
        "replicate_design",
        "replicated",
    ),
    "estimation.scales": ("agreement", "covariances", "scale_alpha"),
    "estimation.statistics": ("by_domain", "mean", "population_variance", "ratio", "total"),
    "sensitive.design_effect": ("design_effect",),
    "sensitive.direct": ("beside_direct", "listed_less_asked"),
    "sensitive.fit": ("specification_test",),
    "sensitive.item_outcome": ("list_outcome", "randomised_outcome"),
    "sensitive.known_shares": ("list_with_known_shares", "randomised_with_known_shares"),
    "sensitive.list_likelihood": ("list_likelihood",),
    "sensitive.list_moments": ("list_held_to_means",),
    "sensitive.list_linear": ("difference_in_means", "list_linear", "list_two_step"),
    "sensitive.planning": (
        "ListPlan",
        "list_or_direct",
        "power",
        "power_of_difference",
        "sample_size",
        "smallest_share",
    ),
    "sensitive.script": ("respondent_script",),
    "sensitive.separate_items": ("list_beside_items",),
    "sensitive.randomised": (
        "UnknownUnrelated",
        "crosswise",
        "disguised",
        "forced",
        "inattention_bias",
        "mirrored",
        "randomised_regression",
        "randomised_share",
        "unrelated",
    ),
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
