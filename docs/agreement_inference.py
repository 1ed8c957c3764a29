"""Writes docs/agreement-inference.md: ours beside the reference values, where ../shared/golden is. Run by hand."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from arusha import inference as inf
from arusha.inference import poisson_binomial

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("ARUSHA_SHARED", HERE.parents[1] / "shared"))
DRAWN = HERE.parent / "tests" / "inference"
HEAD = """# Agreement: inference

Made by `docs/agreement_inference.py` from reference values computed with R 4.2.2 (stats; coin 1.4.2, qvalue 2.30.0,
fdrtool 1.2.17, metafor 3.8.1, ebnm 1.1.38, fixest 0.10.4) and, for digits, with exact arithmetic. Rows "drawn" come
from R too and stand in `tests/inference`: each option of a function, drawn at random. The first value is shown as an
example; the last column is the largest difference relative to the reference (to 1e-9 where it is smaller).

| result | values | ours | reference | largest difference |
| --- | --- | --- | --- | --- |
"""
TAIL = """
Where rows differ by more than rounding:

- R's `fisher.test` and exact `mantelhaen.test` find odds ratios and their limits by a root search that stops at 1.2e-4
  of its scale; ours solve the same equations to 1e-8. An end of an interval near 0 magnifies the gap.
- metafor's PM stops 2.5e-5 from the root that its EB reaches; both are one equation and ours is EB's root.
- ebnm stops at a spread of 0.0024 and 0.02 where none at all is likelier; ours says 0. Posterior means are less than
  1e-4 apart (the standard errors are 9 and more). Standard deviations are not compared.
- `storey_q` is shown as R's `smooth.spline` stops (`as_smooth_spline=True`); its default has exactly 3 degrees of
  freedom and is 5e-6 of the share away. fdrtool's empirical null of z-scores stops some 1e-5 early.
- qvalue's local rates draw a smoothing spline through a binned density; ours goes through the points.

Not built, and so not compared: t errors, horseshoe and smoothed free-form priors of ebnm.
"""


def golden(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SHARED / "golden" / f"{name}.json").read_text("utf-8"))["results"]
    return found


def column(file: str, name: str) -> np.ndarray:
    with (SHARED / "data" / file).open(encoding="utf-8") as lines:
        return np.array([float(row[name]) for row in csv.DictReader(lines)])


def flat(values: Any) -> np.ndarray:
    words = {"Infinity": np.inf, "Inf": np.inf, "-Inf": -np.inf}
    every = np.ravel(np.array(values, dtype=object)).tolist()
    return np.array([words[v] if isinstance(v, str) else float(v) for v in every])


def line(name: str, ours: Any, reference: Any) -> str:
    a, b = flat(ours), flat(reference)
    with np.errstate(invalid="ignore"):
        gap = np.where(a == b, 0.0, np.abs(a - b) / np.maximum(np.abs(b), 1e-9))
    return f"| {name} | {a.size} | {a[0]:.10g} | {b[0]:.10g} | {float(np.max(gap)):.0e} |"


def classical() -> list[str]:
    g, rows = golden("classical_tests"), []
    two: dict[str, list[Any]] = {"p": [], "limits": [], "p reference": [], "limits reference": []}
    for name, case in g["fisher_2x2"].items():
        a, c, b, d = case["table_colmajor"]
        side = name.split("_", 1)[1].replace("two.sided", "two-sided")
        found = inf.fisher_exact(a, b, c, d, alternative=side)
        two["p"].append(found.p[0])
        two["limits"] += [found.estimate[0], found.low[0], found.high[0]]
        two["p reference"].append(case["p"])
        two["limits reference"] += [case["estimate"]["odds ratio"], *case["conf.int"]]
    rows.append(line("Fisher's test: p", two["p"], two["p reference"]))
    rows.append(line("Fisher's test: odds ratios and limits", two["limits"], two["limits reference"]))
    job = g["fisher_rxc_job"]
    table = np.array(job["table_rowmajor"]).reshape(job["nrow"], -1)
    rows.append(line("Fisher's test of four by four: p", inf.fisher_table(table), job["p"]))
    for name, case in g["binom"].items():
        side = case.get("alt", "two-sided")
        limits = inf.clopper_pearson(case["x"], case["n"], 0.95, side)
        p = inf.binomial_test(case["x"], case["n"], case["p0"], alternative=side)
        rows.append(line(f"binomial {name}: p, limits", [p, limits.low, limits.high], [case["p"], *case["conf.int"]]))
    for name, case in g["poisson_one"].items():
        side = case.get("alt", "two-sided")
        limits = inf.garwood(case["x"], case["T"], 0.95, side)
        p = inf.poisson_test(case["x"], case["T"], case["r"], alternative=side)
        rows.append(line(f"Poisson {name}: p, limits", [p, limits.low, limits.high], [case["p"], *case["conf.int"]]))
    for (name, case), side in zip(g["poisson_two"].items(), ("two-sided", "greater"), strict=True):
        both = inf.poisson_rate_ratio(case["x"][0], case["T"][0], case["x"][1], case["T"][1], alternative=side)
        theirs = [case["p"], case["estimate"]["rate ratio"], *case["conf.int"]]
        rows.append(line(f"Poisson {name}: p, ratio, limits", [both.p, both.estimate, both.low, both.high], theirs))
    tables = np.array(g["mantelhaen_UCB"]["table"]).reshape(-1, 4)
    a, c, b, d = tables.T
    plain, exact = (f(a, b, c, d, [0, 6]) for f in (inf.cochran_mantel_haenszel, inf.exact_common_odds_ratio))
    want = g["mantelhaen_UCB"]
    rows.append(
        line(
            "Mantel-Haenszel: chi2, p, odds ratio, limits",
            [plain.chi2[0], plain.p[0], plain.odds_ratio[0], plain.low[0], plain.high[0]],
            [*want["statistic"].values(), want["p"], *want["estimate"].values(), *want["conf.int"]],
        )
    )
    want = g["mantelhaen_UCB_exact"]
    rows.append(line("Mantel-Haenszel exact: p", exact.p, want["p"]))
    rows.append(
        line(
            "Mantel-Haenszel exact: odds ratio, limits",
            [exact.estimate[0], exact.low[0], exact.high[0]],
            [*want["estimate"].values(), *want["conf.int"]],
        )
    )
    term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    early = [1.15, 0.88, 0.90, 0.74, 1.21]
    moved = inf.mean_difference(term, early)
    want = g["perm_exact_meandiff"]
    rows.append(line("permutation of means: z, p", [moved.z, moved.p], [want["statistic_Z"], want["p_two"]]))
    drawn = json.loads((DRAWN / "classical_reference.json").read_text("utf-8"))
    found = [inf.unequal_kinds(np.array(x["t"]).reshape(x["dims"][::-1]).transpose(0, 2, 1)) for x in drawn["gmh"]]
    rows.append(
        line(
            "strata of larger tables (drawn): chi2, p",
            [[f.chi2, f.p] for f in found],
            [[x["chi2"], x["p"]] for x in drawn["gmh"]],
        )
    )
    scored = [inf.wilson(x["x"], x["n"], correct=x["correct"]) for x in drawn["wilson"]]
    rows.append(
        line(
            "Wilson with and without correction (drawn)",
            [[*i.low, *i.high] for i in scored],
            [x["ci"] for x in drawn["wilson"]],
        )
    )
    return rows


def many_tests() -> list[str]:
    g, rows = golden("multiple_testing"), []
    p = column("multiple_testing/hedenfalk_p.csv", "p")
    for method in ("bonferroni", "holm", "hochberg", "hommel", "bh", "by"):
        name = method.upper() if len(method) == 2 else method
        rows.append(line(f"adjusted p, {name}: 3,170", inf.adjust(p, method), g["hedenfalk"][name]))  # type: ignore[arg-type]
    drawn = json.loads((DRAWN / "false_discovery_reference.json").read_text("utf-8"))
    q, own = drawn["hedenfalk"], np.array(drawn["own_p"])
    n = len(q["smoother"]["q"])
    rows.append(line("q, smoother (drawn)", inf.storey_q(p, as_smooth_spline=True).q[:n], q["smoother"]["q"]))
    rows.append(line("q, bootstrap (drawn)", inf.storey_q(p, "bootstrap").q[:n], q["bootstrap"]["q"]))
    rows.append(
        line("local rates, Grenander (drawn)", inf.grenander_fdr(own).local, drawn["own"]["local_fndr"]["local"])
    )
    share = drawn["hedenfalk"]["smoother"]["null_share"]
    rows.append(line("local rates, kernel (drawn)", inf.local_fdr(p, share)[:n], q["kernel_probit"]))
    return rows


def shrinkage() -> list[str]:
    g, rows = golden("empirical_bayes"), []
    y, v = g["bcg_escalc_RR"]["yi"], g["bcg_escalc_RR"]["vi"]
    for method in ("DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM"):
        found, want = inf.random_effects(y, v, method=method), g[f"bcg_{method}"]  # type: ignore[arg-type]
        rows.append(
            line(
                f"random effects {method}: tau2, mean, errors, Q, I2",
                [found.tau2, found.tau2_se, found.coefficients[0], found.se[0], found.q, found.i2],
                [want[k] for k in ("tau2", "se.tau2", "mu", "se", "QE", "I2")],
            )
        )
        rows.append(
            line(
                f"random effects {method}: shrunken, their errors",
                [*found.shrunken, *found.shrunken_se],
                [*want["blup"], *want["blup_se"]],
            )
        )
    schools = [column("empirical_bayes/eight_schools.csv", c) for c in ("y", "se")]
    for name, mode in (("eight_schools_normal", None), ("eight_schools_normal_mode0", 0.0)):
        prior = inf.shrunken_estimates(*schools, shape="normal", mode=mode)
        rows.append(line(f"ebnm {name}: log likelihood", prior.log_likelihood, golden("ebnm_ash")[name]["ll"]))
    drawn = json.loads((DRAWN / "mixture_reference.json").read_text("utf-8"))
    for shape, want in drawn["weight_1"].items():
        fit = inf.shrunken_estimates(drawn["y"], drawn["se"], shape=shape).log_likelihood
        rows.append(line(f"mixture {shape} (drawn): log likelihood", fit, want))
    return rows


def leniency() -> list[str]:
    g = golden("leniency")
    table = pq.read_table(
        SHARED / "data/examiner_robust/stevenson_judges.parquet", columns=["judge_pre", "jail3", "guilt"]
    )
    judge, jail, guilt = (table[c].to_numpy() for c in table.column_names)
    others = inf.leave_one_out(jail, judge)
    return [
        line("judges: rates of detention", inf.unit_rates(jail, judge).rate, g["judge_rates"]["jail_rate"]),
        line("judges: rates of guilt", inf.unit_rates(guilt, judge).rate, g["judge_rates"]["guilt_rate"]),
        line("judges: rates without the case", others[:20], g["loo_head"]["row1_20"]),
        line(
            "judges: their mean and spread",
            [others.mean(), others.std(ddof=1)],
            [g["loo_head"]["mean"], g["loo_head"]["sd"]],
        ),
    ]


def samples() -> list[str]:
    g, rows = golden("sampling_misc"), []
    law = g["poisson_binomial"]
    chances = poisson_binomial.probabilities(law["p"])
    rows.append(line("Poisson-binomial: chances", chances, law["pmf"]))
    ways = {"cp": inf.clopper_pearson, "wilson": inf.wilson, "jeffreys": inf.jeffreys}
    for name, way in ways.items():
        found = [way(case["x"], case["n"]) for case in g["prop_ci"]]
        rows.append(
            line(
                f"proportion, {name}: limits",
                [[*i.low, *i.high] for i in found],
                [case[name] for case in g["prop_ci"]],
            )
        )
    sizes = g["discovery_n"]
    rows.append(
        line(
            "discovery samples",
            [
                inf.discovery_sample_size(0.01),
                inf.discovery_sample_size(population=500, defective=5),
                inf.discovery_sample_size(population=2000, defective=20, confidence=0.9),
            ],
            [sizes["binomial_95_1pct"], sizes["hyper_N500_D5_95"], sizes["hyper_N2000_D20_90"]],
        )
    )
    chart = inf.p_chart(g["pchart"]["x"], g["pchart"]["n"])
    rows.append(line("p-chart: limits", [chart.low, chart.high], [g["pchart"]["lcl"], g["pchart"]["ucl"]]))
    files = {"corporate": ("corporate.payment.csv", "Amount"), "census2009": ("census.2009.csv", "pop.2009")}
    for name, (file, of) in files.items():
        values = column(f"benford/{file}", of)
        for digits in (1, 2):
            want = golden("benford_exact_digits")[f"{name}_d{digits}"]
            found = inf.digit_conformity(inf.digit_counts(values, digits))
            ours = [*found.count, found.mean_absolute_gap, found.chi2, found.largest_cumulative_gap, found.euclidean]
            theirs = [*want["freq"], want["MAD"], want["chisq"], want["max_abs_cum_diff_KS"], want["euclid_d"]]
            rows.append(line(f"digits {name}, {digits}: counts, distances", ours, theirs))
            rows.append(line(f"digits {name}, {digits}: z", found.z, want["z_with_cc"]))
    return rows


def rows() -> list[str]:
    return [*classical(), *many_tests(), *shrinkage(), *leniency(), *samples()]


if __name__ == "__main__":
    text = HEAD + "\n".join(rows()) + "\n" + TAIL
    (HERE / "agreement-inference.md").write_text(text, encoding="utf-8")
