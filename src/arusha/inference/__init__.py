"""The statistics: arrays in, small frozen results out. Knows nothing of customs. See docs/inference.md.

Names are looked up on first use, so that importing the package loads neither scipy nor numba.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_MODULES = {
    "hypergeometric": ("stratified_upper_tail", "stratified_lower_tail", "stratified_moments"),
    "multiplicity": ("adjust", "hierarchical_bh", "simes", "storey_q"),
    "local_false_discovery": ("grenander_fdr", "local_fdr"),
    "group_homogeneity": ("group_against_rest",),
    "homogeneity": ("first_against_others", "zelen", "noncentral_upper_tail", "noncentral_lower_tail"),
    "funnel": (
        "beta_binomial_limits",
        "exact_limits",
        "negative_binomial_limits",
        "over_dispersed_limits",
        "smallest_expected_for_zero",
        "smallest_n_for_zero",
    ),
    "heterogeneity": ("asymmetry", "spread_interval", "two_by_two", "without_each"),
    "logistic_groups": ("mixed_logistic",),
    "mixed_models": ("Term", "mixed_model"),
    "adaptive_shrinkage": ("shrunken_estimates",),
    "agreement": ("cohen_kappa",),
    "power_of_tests": (
        "correlation_power",
        "groups_power",
        "mean_power",
        "normal_power",
        "regression_power",
        "share_effect",
        "share_power",
        "solve_power",
        "table_effect",
        "table_power",
    ),
    "raters": ("fleiss_kappa", "intraclass", "krippendorff_alpha"),
    "shrinkage": ("james_stein", "normal_prior", "posterior", "random_effects"),
    "rate_shrinkage": (
        "beta_binomial",
        "gamma_poisson",
        "marshall_rates",
        "shrunken_proportions",
        "shrunken_rates",
    ),
    "quasi_independence": ("sub_tables",),
    "permutation": ("mean_difference", "permuted_cells"),
    "leniency": ("equal_rates", "leave_one_out", "unit_rates"),
    "leniency_instrument": ("leniency_effect",),
    "sampling": ("discovery_sample_size", "p_chart", "u_chart"),
    "digits": ("benford", "digit_conformity", "digit_counts", "leading_digits"),
    "discrete": ("discrete_bh", "discrete_bh_rejections"),
    "discrete_adaptive": (
        "discrete_adaptive_rejections",
        "discrete_blanchard_roquain",
        "discrete_by",
        "discrete_step_down",
    ),
    "estimating_equations": ("repeated_answers",),
    "fisher_tables": ("fisher_table",),
    "ordered_answers": ("ordered_regression",),
    "rates_of_counts": ("count_regression",),
    "density_discontinuity": ("binomial_windows", "density_test"),
    "regression_discontinuity": ("discontinuity",),
    "bunching": ("bins", "bootstrapped", "excess_mass"),
    "threshold_response": ("dominated_region", "elasticity", "marginal_buncher"),
    "general_association": ("unequal_kinds",),
    "mantel_haenszel": ("cochran_mantel_haenszel", "exact_common_odds_ratio"),
    "intervals": (
        "binomial_test",
        "clopper_pearson",
        "fisher_exact",
        "garwood",
        "jeffreys",
        "mid_p_proportion",
        "poisson_rate_ratio",
        "poisson_test",
        "wilson",
    ),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    """The public function ``name``, or the module of that name (``poisson_binomial.upper_tail`` and its like)."""
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
