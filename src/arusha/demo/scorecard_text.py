"""The scorecard as a page that is read: targets beside what was measured, met or missed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}%"


def _range(cell: Mapping[str, Any]) -> str:
    if cell["share"] is None:
        return "-"
    return f"{_percent(cell['share'])} ({_percent(cell['low'])} to {_percent(cell['high'])})"


def _a_million(cell: Mapping[str, Any]) -> str:
    shown = f"{cell['count']} of {cell['of']:,}"
    if cell["share"] is None:
        return shown
    share, low, high = (round(1e6 * cell[k]) for k in ("share", "low", "high"))
    return f"{shown} ({share:,}; {low:,} to {high:,})"


def _no_more_often(alike: Mapping[str, Any], honest: Mapping[str, Any]) -> str:
    if alike["share"] is None or honest["share"] is None:
        return "not measured"
    met = alike["share"] <= honest["share"]
    apart = alike["low"] > honest["high"] or honest["low"] > alike["high"]
    same = alike["share"] == honest["share"]
    return ("met" if met else "missed") + ("" if apart or same else ", within simulation error of the target")


def _verdict(share: float | None, low: float, high: float, target: float, *, at_most: bool = True) -> str:
    """Met or missed by the measured share; undecided where the simulation's interval reaches across the target."""
    if share is None:
        return "not measured"
    met = share <= target if at_most else share >= target
    sure = (high <= target or low > target) if at_most else (low >= target or high < target)
    return ("met" if met else "missed") + ("" if sure else ", within simulation error of the target")


def page(card: Mapping[str, Any]) -> str:
    """The scorecard in Markdown."""
    clean, alike, false, found = card["clean"], card["look_alikes"], card["false_share"], card["found"]
    worlds = clean["any question"]["worlds"]
    lines = [
        "# Scorecard",
        "",
        f"{worlds} clean worlds and planted worlds of {card['declarations']:,} declarations each, seed {card['seed']}, "
        f"{card['machine']['cpus']} cores, Python {card['machine']['python']}, Arusha {card['arusha_version']}. "
        "Every world went the whole way: written, loaded, assessed, compared with its answer key. In brackets: 95% "
        "intervals of the simulation itself.",
        "",
        f"Repeat: `{card['repeat']}`",
        "",
        "## Clean worlds: how often a question flags anything (target: at most 5%)",
        "",
        "| question | worlds with a flag | share | target |",
        "| --- | --- | --- | --- |",
    ]
    for question, cell in clean.items():
        verdict = "" if question == "any question" else _verdict(cell["share"], cell["low"], cell["high"], 0.05)
        lines.append(f"| {question} | {cell['with_flag']} of {cell['worlds']} | {_range(cell)} | {verdict} |")
    lines += [
        "",
        "## Planted worlds: look-alikes beside ordinary honest units (target: look-alikes no more often)",
        "",
        "Units flagged of units tested; in brackets a million.",
        "",
        "| question | look-alikes flagged | ordinary honest flagged | target |",
        "| --- | --- | --- | --- |",
    ]
    for question, cell in alike.items():
        if question != "by kind":
            a, h = cell["look-alike"], cell["honest"]
            lines.append(f"| {question} | {_a_million(a)} | {_a_million(h)} | {_no_more_often(a, h)} |")
    flagged = {k: c for k, c in alike["by kind"].items() if c["flagged"]}
    lines += [
        "",
        "Look-alikes flagged, by question and kind: "
        + ("; ".join(f"{k} {c['flagged']} of {c['tested']:,}" for k, c in flagged.items()) or "none")
        + ".",
    ]
    lines += [
        "",
        "## Share of flags that are false (target: at most 5%)",
        "",
        "| question | false of flagged | share, pooled | mean of worlds | target |",
        "| --- | --- | --- | --- | --- |",
    ]
    for question, cell in false.items():
        mean = _percent(cell["mean_of_worlds"])
        if cell["mean_error"] is not None:
            mean += f" (± {_percent(cell['mean_error'])})"
        verdict = _verdict(cell["share"], cell["low"] or 0, cell["high"] or 1, 0.05)
        lines.append(f"| {question} | {cell['count']} of {cell['of']} | {_range(cell)} | {mean} | {verdict} |")
    lines += [
        "",
        "## What is found",
        "",
        "`found`: the scheme's own question flags one of its units. `of the oracle's`: of the pairs that a test "
        "knowing the true chances of every pick finds, how many are found too (target: at least 90%).",
        "",
        "| scheme / strength | found | found by any question | of the oracle's |",
        "| --- | --- | --- | --- |",
    ]
    for name, cell in found.items():
        if "found" not in cell:
            continue
        oracle = (
            "no oracle" if not cell["oracle_asked"] else f"{cell['of_oracle']['count']} of {cell['of_oracle']['of']}"
        )
        if cell["oracle_asked"] and cell["of_oracle"]["of"]:
            oracle += f": {_range(cell['of_oracle'])}"
        one, any_ = cell["found"], cell["found_by_any_question"]
        lines.append(f"| {name} | {one['count']} of {one['of']} | {any_['count']} of {any_['of']} | {oracle} |")
    total = found["all that the oracle finds"]["of_oracle"]
    verdict = _verdict(total["share"], total["low"] or 0, total["high"] or 1, 0.9, at_most=False)
    lines += [
        "",
        f"All that the oracle finds: {total['count']} of {total['of']}, {_range(total)}: {verdict}.",
        "",
        f"Seconds a world: {', '.join(f'{k} {v}' for k, v in card['seconds'].items())}.",
        "",
    ]
    return "\n".join(lines)
