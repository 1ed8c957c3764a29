"""Writes docs/agreement-surveys.md: our values beside the reference's. Needs the reference data in ../shared."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from arusha import surveys as s

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

Row = tuple[str, str, Any, Any]


def golden(name: str) -> dict[str, Any]:
    return json.loads((SHARED / "golden" / f"{name}.json").read_text("utf-8"))["results"]


def table(name: str) -> dict[str, np.ndarray]:
    with (SHARED / "data" / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {k: np.array([r[k] for r in rows]) for k in rows[0]}


def lists() -> Iterator[Row]:
    g, d = golden("list_experiment"), table("list_experiment/race")
    y, arm = d["y"].astype(float), d["treat"].astype(float)
    X = np.column_stack([np.ones(y.size), *(d[c].astype(float) for c in ("south", "age", "male", "college"))])
    fits = {
        "race_diffmeans_lm": s.list_linear(y, arm, items=3),
        "race_lm": s.list_linear(y, arm, X, items=3),
        "race_nls": s.list_two_step(y, arm, X, items=3),
        "race_ml_constrained": s.list_likelihood(y, arm, X, items=3),
        "race_ml_unconstrained": s.list_likelihood(y, arm, X, items=3, dependence="unconstrained"),
        "race_ml_overdispersed": s.list_likelihood(y, arm, X, items=3, overdispersed=True),
    }
    for name, fit in fits.items():
        part = fit.part("sensitive")
        yield name, "coefficients", part.estimate, g[name]["par.treat"]
        yield name, "standard errors", part.se, g[name]["se.treat"]
        if "llik" in g[name]:
            yield name, "log likelihood", fit.loglik, g[name]["llik"]
    for name in ("race_nls", "race_ml_constrained"):
        share, theirs = fits[name].share(X), g[f"{name}_pred_avg"]
        yield f"{name}_pred_avg", "share and error", [share.estimate, share.se], [theirs["fit"], theirs["se"]]
    for name, selection in (("nogms", "none"), ("gms", "spread")):
        p = s.design_effect(y, arm, items=3, selection=selection).p
        yield f"race_ict_test_{name}", "p", p, g[f"race_ict_test_{name}"]["p.bonferroni"]
    g, d = golden("randomized_response"), table("list_experiment/nigeria_rr")
    answers = np.array([float(a) for a in d["rr.q1"] if a not in ("", "NA")])
    design = s.forced(2 / 3, 1 / 6)
    share, theirs = s.randomised_share(answers, design), g["forced_known_moment"]
    yield "forced_known_moment", "share and error", [share.estimate, share.se], [theirs["prevalence"], theirs["se_n"]]
    part, theirs = s.randomised_regression(answers, design).part("sensitive"), g["rrreg_intercept"]
    yield "rrreg_intercept", "constant and error", [part.estimate[0], part.se[0]], [theirs["est"], theirs["se"]]
    yield "power", "power", s.power(design, 200, 0.15, size=0.01), g["power"]["power"]


def samples() -> Iterator[Row]:
    g = golden("survey")
    for name, labels in (("srs", {}), ("strat", {"strata": "stype"}), ("clus1", {"clusters": "dnum"})):
        d, theirs = table(f"survey_api/api{name}"), g[name]
        number = {
            k: d[k].astype(float) for k in ("pw", "fpc", "api00", "enroll", "api.stu", "ell", "meals", "mobility")
        }
        drawn = {k: d[v] for k, v in labels.items()}
        design = s.sample_design(number["pw"], population=number["fpc"], **drawn)
        found = s.mean(design, number["api00"])
        both = [theirs["mean_api00_api99"][k]["api00"] for k in ("est", "se", "deff")]
        yield name, "mean, error, design effect", [found.values[0], found.se[0], found.design_effect[0]], both
        found = s.total(design, number["enroll"])
        both = [theirs["total_enroll"]["est"]["enroll"], theirs["total_enroll"]["se"][0]]
        yield name, "total and error", [found.values[0], found.se[0]], both
        found = s.ratio(design, number["api.stu"], number["enroll"])
        both = [theirs["ratio_apistu_enroll"][k] for k in ("est", "se")]
        yield name, "ratio and error", [found.values[0], found.se[0]], both
        found = s.by_domain(design, number["api00"], d["stype"])
        yield name, "errors of means by domain", found.se, theirs["by_stype_mean"]["se"]
        for method in ("beta", "logit", "likelihood", "asin", "mean"):
            shown, other = (
                s.proportion(design, d["sch.wide"] == "Yes", method=method),
                theirs[f"ciprop_schwide_{method}"],
            )
            yield name, f"proportion, interval {method}", [shown.low, shown.high], [other["lo"], other["hi"]]
        q, other = s.quantile(design, number["api00"], [0.25, 0.5, 0.75]), theirs["quantile_api00"]
        yield name, "quantiles and limits", [*q.values, *q.low, *q.high], [*other["est"], *other["lo"], *other["hi"]]
        X = np.column_stack([np.ones(design.size), number["ell"], number["meals"], number["mobility"]])
        yield (
            name,
            "errors of regression",
            s.regression(design, number["api00"], X).se,
            list(theirs["glm_gauss"]["se"].values()),
        )
        fit = s.regression(design, d["sch.wide"] == "Yes", X[:, :3], kind="logistic")
        yield name, "errors of logistic regression", fit.se, list(theirs["glm_logit"]["se"].values())
        yield (
            name,
            "F of independence",
            s.independence(design, d["sch.wide"], d["stype"]).statistic,
            theirs["chisq_F"]["stat"],
        )
    stype = {"E": 4421, "H": 755, "M": 1018}
    stratified = s.post_stratify(design, d["stype"], stype)
    raked = s.rake(design, [(d["stype"], stype), (d["sch.wide"], {"No": 1072, "Yes": 5122})])
    for name, fitted in (("clus1_postStratify", stratified), ("clus1_rake", raked)):
        yield name, "weights", fitted.weights[:10], g[name]["weights_head"]
        found, other = s.mean(fitted, number["api00"]), g[name]["mean_api00"]
        yield name, "mean", found.values[0], other["est"]["api00"]
        yield name, "error of the mean", found.se[0], other["se"][0]


def page() -> str:
    lines = [
        "# Surveys: ours beside the reference",
        "",
        "Written by `docs/agreement_surveys.py` from reference values computed with R (list 9.2.6, rr 1.4.2, survey",
        "4.1.1). Where a row has several numbers, the first is shown and the difference is the largest of all. All",
        "of it is our own code on numpy and scipy; no survey library does any of it. Why some rows differ:",
        "[surveys](surveys.md).",
        "",
        "| reference | what | ours | reference | largest difference |",
        "|---|---|---|---|---|",
    ]
    for name, what, ours, theirs in (*lists(), *samples()):
        a, b = np.ravel(np.asarray(ours, float)), np.ravel(np.asarray(theirs, float))
        apart = np.abs(a - b).max()
        shown = "under 1e-10 of its size" if np.all(np.abs(a - b) <= 1e-10 * np.abs(b)) else f"{apart:.1e}"
        lines.append(f"| {name} | {what} | {a[0]:.10g} | {b[0]:.10g} | {shown} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "agreement-surveys.md").write_text(page(), "utf-8")
