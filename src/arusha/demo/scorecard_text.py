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


def _count(cell: Mapping[str, Any]) -> str:
    return f"{cell['count']} of {cell['of']}"


def _shared(cell: Mapping[str, Any]) -> str:
    return _count(cell) + (f": {_range(cell)}" if cell["of"] else "")


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
        "`found`: the scheme's own question flags one of its units. `the oracle's`: a test that knows the chances "
        "under honest conduct finds one, at the same floors and the same rate; and how many of these schemes are found "
        "too. `of its units`: of the units that it finds, how many are flagged too (target: at least 90%). What each "
        "oracle knows is in docs/demo.md.",
        "",
        "| scheme / strength | found | found by any question | the oracle's | found of the oracle's | of its units |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, cell in found.items():
        if "found" not in cell:
            continue
        one, any_ = cell["found"], cell["found_by_any_question"]
        row = [name, _count(one), _count(any_)]
        if cell["oracle_asked"]:
            row += [_count(cell["oracle"]), _shared(cell["found_where_oracle"]), _shared(cell["of_oracle"])]
        else:
            row += ["no oracle", "-", "-"]
        lines.append(f"| {' | '.join(row)} |")
    lines += ["", "Of the units that the oracles find, by kind of scheme:", "", "| scheme | flagged too | target |"]
    lines.append("| --- | --- | --- |")
    for name, cell in found["by kind of scheme"].items():
        of = cell["of_oracle"]
        verdict = _verdict(of["share"], of["low"] or 0, of["high"] or 1, 0.9, at_most=False)
        lines.append(f"| {name} | {_shared(of)} | {verdict} |")
    total = found["all that the oracle finds"]["of_oracle"]
    verdict = _verdict(total["share"], total["low"] or 0, total["high"] or 1, 0.9, at_most=False)
    lines += [
        "",
        f"All that the oracles find: {total['count']} of {total['of']}, {_range(total)}: {verdict}.",
        "",
        f"Seconds a world: {', '.join(f'{k} {v}' for k, v in card['seconds'].items())}.",
        "",
    ]
    return "\n".join(lines)
