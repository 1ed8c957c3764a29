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
    fit = s.list_with_known_shares(
        y, arm, X[:, :3], items=3, groups=d["south"].astype(float), shares={1.0: 0.2, 0.0: 0.05}
    ).fit
    part = fit.part("sensitive")
    yield "race, two known shares", "coefficients", part.estimate, [-6.48918744055, 1.84937340230, 0.69037858556]
    yield "race, two known shares", "standard errors", part.se, [2.06421384578, 0.31245717726, 0.34703492185]
    d = table("list_experiment/affirm")
    X = np.column_stack([np.ones(d["y"].size), *(d[c].astype(float) for c in ("age", "college", "male", "south"))])
    for name, hides, theirs in (
        ("ceiling", {"ceiling": X}, [-1.290741259028, 0.294170132547, -0.344620277964, 0.038292426457, 1.174961658555]),
        ("floor", {"floor": X}, [-1.250091473160, 0.313587064651, -0.603207394114, -0.086843099168, 0.683453458347]),
    ):
        counted, asked = d["y"].astype(float), d["treat"] == "TRUE"
        fit = s.list_likelihood(counted, asked, X, items=3, prior=2.5, as_list=True, **hides)
        yield f"affirm {name}, as list", "coefficients", fit.part("sensitive").estimate, theirs
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


def numbers(name: str) -> dict[str, np.ndarray]:
    """A table with numbers as numbers, missing ones as NaN."""
    found = {}
    for key, column in table(name).items():
        try:
            found[key] = np.array([float(t) if t not in ("", "NA") else np.nan for t in column])
        except ValueError:
            found[key] = column
    return found


def both(theirs: dict[str, Any]) -> list[float]:
    return [*np.atleast_1d(theirs["est"]), *np.atleast_1d(theirs["se"])]


def found(estimate: Any) -> list[float]:
    return [*estimate.values, *estimate.se]


def options() -> Iterator[Row]:
    """Options beside values computed with the same package for the tests (tests/surveys/estimation)."""
    g = json.loads((ROOT / "tests/surveys/estimation/survey_reference.json").read_text("utf-8"))
    strat, clus, two = (numbers(f"survey_api/api{n}") for n in ("strat", "clus1", "clus2"))
    samples = {
        "ds": (strat, s.sample_design(strat["pw"], strata=strat["stype"], population=strat["fpc"])),
        "d1": (clus, s.sample_design(clus["pw"], clusters=clus["dnum"], population=clus["fpc"])),
        "d2": (
            two,
            s.sample_design(two["pw"], clusters=[two["dnum"], two["snum"]], population=[two["fpc1"], two["fpc2"]]),
        ),
    }
    for key, name in (("ds", "strat"), ("d1", "clus1"), ("d2", "clus2")):
        (d, design), theirs = samples[key], g[key]
        yield (
            name,
            "means, errors",
            found(s.mean(design, np.column_stack([d["api00"], d["api99"]]))),
            both(theirs["mean"]),
        )
        rules = ("math", "school", *(f"hf{k}" for k in range(3, 10)))
        ours, other = [], []
        for rule in rules:
            q = s.quantile(design, d["api00"], [0.1, 0.25, 0.5, 0.9], rule=rule)
            reference = np.array(theirs[f"q_{rule}"], float)
            ours += np.column_stack([q.values, q.low, q.high, q.se])[~np.isnan(reference)].tolist()
            other += reference[~np.isnan(reference)].tolist()
        yield name, "quantiles by nine rules, limits, errors", ours, other
        ours, other = [], []
        for order, label in (("second", "F"), ("first", "Chisq"), ("wald", "Wald"), ("adjusted-wald", "adjWald")):
            test = s.independence(design, d["sch.wide"], d["stype"], order=order)
            ours += [test.statistic, test.p]
            other += theirs[f"chisq_{label}"][:2]
        yield name, "four tests of independence, statistic and p", ours, other
        ours, other = [], []
        for score, label in (("wilcoxon", "wilcoxon"), ("normal", "vanderWaerden"), ("median", "median")):
            test = s.rank_test(design, d["api00"], d["sch.wide"] == "Yes", score=score)
            ours += [test.statistic, test.p]
            other += [theirs[f"rank_{label}"][k] for k in (0, 2)]
        yield name, "three rank tests, statistic and p", ours, other
        X = np.column_stack([np.ones(design.size), d["ell"], d["meals"], d["mobility"]])
        test = s.terms(s.regression(design, d["api00"], X), [1, 3])
        yield (
            name,
            "two coefficients at once, F and p",
            [test.statistic, test.p],
            [theirs["regterm"][k] for k in (0, 3)],
        )
    (d, design), (e, other_design) = samples["d1"], samples["ds"]
    one, many = s.jackknife(design), s.jackknife(other_design)
    mean = s.replicated(one, lambda w: np.array([w @ d["api00"] / w.sum()]))
    yield "JK1", "mean, error", found(mean), both(g["jk1"]["mean"])
    mean = s.replicated(many, lambda w: np.array([w @ e["api00"] / w.sum()]))
    yield "JKn", "mean, error", found(mean), both(g["jkn"]["mean"])
    theirs = json.loads((ROOT / "tests/surveys/estimation/replicate_reference.json").read_text("utf-8"))
    for name, (d, drawn) in (("JK1", samples["d1"]), ("JKn", samples["ds"])):
        again, r = s.replicate_design(s.jackknife(drawn)), theirs[name]
        yield f"{name}, as a sample", "ratio, error", found(s.ratio(again, d["api.stu"], d["enroll"])), both(r["ratio"])
        yield (
            f"{name}, as a sample",
            "means by domain",
            found(s.by_domain(again, d["api00"], d["stype"])),
            both(r["by"]),
        )
        share = s.proportion(again, d["sch.wide"] == "Yes", method="logit")
        yield f"{name}, as a sample", "proportion, interval", [share.estimate, share.low, share.high], r["ci_logit"]
        test = s.independence(again, d["sch.wide"], d["stype"])
        yield f"{name}, as a sample", "F of independence", [test.statistic, test.p], [r["F"][0], r["F"][-1]]
    d, design = samples["d1"]
    rows = g["scd"]
    alive, arrests = (np.array([float(r[k]) for r in rows]) for k in ("alive", "arrests"))
    pairs = s.sample_design(np.ones(6), strata=[r["ESA"] for r in rows], clusters=[r["ambulance"] for r in rows])
    for name, kept in (("brr", 0.0), ("fay", 0.3)):
        again = s.replicated(s.half_samples(pairs, kept=kept), lambda w: np.array([w @ alive / (w @ arrests)]))
        yield name, "ratio, error", found(again), both(g[name]["ratio"])
    X = np.column_stack([np.ones(design.size), d["stype"] == "H", d["stype"] == "M", d["api99"]])
    for name, how in (
        ("linear", {"distance": "linear"}),
        ("raking", {"distance": "raking"}),
        ("logit", {"distance": "logit", "bounds": (0.4, 3)}),
        ("linear_bounded", {"distance": "linear", "bounds": (0.4, 1.7)}),
        ("raking_bounded", {"distance": "raking", "bounds": (0.4, 1.7)}),
    ):
        done = s.calibrate(design, X, [6194, 755, 1018, 3914069], **how)  # type: ignore[arg-type]
        theirs = g[f"cal_{name}"]
        yield f"calibrate {name}", "weights", done.weights[:6], theirs["w"]
        yield f"calibrate {name}", "mean, error", found(s.mean(done, d["api00"])), both(theirs["mean"])
    c = table("survey_api/apiclus1")
    answers = np.digitize(c["api00"].astype(float), [550, 650, 750], right=True)
    X = np.column_stack([c["meals"].astype(float), c["ell"].astype(float)])
    clusters = s.sample_design(c["pw"].astype(float), clusters=c["dnum"], population=c["fpc"].astype(float))
    margins = s.adjusted_means(clusters, c["api00"].astype(float), c["stype"], X[:, :2], errors="apart")
    theirs = [658.92057538783, 565.69668466560, 603.14734235335, 21.65405018236, 29.69860286044, 26.82580516270]
    yield "svypredmeans", "means, errors", found(margins), theirs
    kappa = s.agreement(clusters, c["comp.imp"], c["sch.wide"])
    yield "svykappa", "kappa, error", found(kappa), [0.5532145763631, 0.0398575570695]
    fit = s.ordered_regression(clusters, answers, X)
    theirs = [-0.096187748684, -0.023260889579, -8.275729490819, -5.456134635006, -2.066692369947]
    yield "svyolr", "slopes and thresholds", fit.coefficients, theirs
    theirs = [0.018690615372, 0.012053021768, 1.585261017223, 1.182316393708, 0.724613932067]
    yield "svyolr", "standard errors", fit.se, theirs
    cut = s.trim(s.sample_design(g["trim_from"]), 25, 45, strict=True)
    yield "trimWeights strict", "weights", cut.weights, g["trim_strict"]


def by_size() -> Iterator[Row]:
    theirs = json.loads((ROOT / "tests/surveys/estimation/by_size_reference.json").read_text("utf-8"))
    d = numbers("survey_api/apistrat")
    chance = 0.02 + d["enroll"] / 20_000
    drawn = s.sample_design(1 / chance, strata=d["stype"], chances=chance)
    values, t = np.column_stack([d["api00"], d["enroll"]]), theirs["brewer"]
    yield "pps brewer", "totals, errors", found(s.total(drawn, values)), [*t["total"], *t["total_se"]]
    yield "pps brewer", "means, errors", found(s.mean(drawn, values)), [*t["mean"], *t["mean_se"]]
    ratio = s.ratio(drawn, d["api.stu"], d["enroll"])
    yield "pps brewer", "ratio, error", found(ratio), [*t["ratio"], *t["ratio_se"]]
    design = s.sample_design(d["pw"], strata=d["stype"], population=d["fpc"])
    X = np.column_stack([np.ones(design.size), d["ell"] / 10, d["meals"] / 10])
    for link in ("probit", "cloglog"):
        fit, t = s.regression(design, d["sch.wide"] == "Yes", X, kind=link), theirs[f"ds {link}"]  # type: ignore[arg-type]
        yield f"svyglm {link}", "coefficients", fit.coefficients, t["est"]
        yield f"svyglm {link}", "standard errors", fit.se, t["se"]


def deviances() -> Iterator[Row]:
    theirs = json.loads((ROOT / "tests/surveys/estimation/deviance_reference.json").read_text("utf-8"))["clus1"]
    d = numbers("survey_api/apiclus1")
    design = s.sample_design(d["pw"], clusters=d["dnum"], population=d["fpc"])
    X = np.column_stack([np.ones(design.size), d["ell"], d["meals"]])
    for kind, name in (("gamma", "gamma_log"), ("gamma-inverse", "gamma_inv"), ("log-linear", "gauss_log")):
        fit = s.regression(design, d["api00"], X, kind=kind)  # type: ignore[arg-type]
        yield (
            f"svyglm {kind}",
            "coefficients, errors",
            [*fit.coefficients, *fit.se],
            [*theirs[name]["b"], *theirs[name]["se"]],
        )
    Z = np.column_stack([X, d["mobility"]])
    test = s.likelihood_ratio(design, d["api00"], Z, [1, 3], law="saddlepoint")
    yield "regTermTest LRT", "fall of the deviance, p", [test.statistic, test.p], theirs["lr_gauss"]["lrt"][:2]
    p = s.independence(design, d["sch.wide"], d["comp.imp"], order="saddlepoint").p
    yield "svychisq saddlepoint", "p, a cell empty", [p], [theirs["saddle2"]]


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
    for name, what, ours, theirs in (*lists(), *samples(), *options(), *by_size(), *deviances()):
        a, b = np.ravel(np.asarray(ours, float)), np.ravel(np.asarray(theirs, float))
        apart = np.abs(a - b).max()
        shown = "under 1e-10 of its size" if np.all(np.abs(a - b) <= 1e-10 * np.abs(b)) else f"{apart:.1e}"
        lines.append(f"| {name} | {what} | {a[0]:.10g} | {b[0]:.10g} | {shown} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "agreement-surveys.md").write_text(page(), "utf-8")
