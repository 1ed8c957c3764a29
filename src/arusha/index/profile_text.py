"""A profile in words: change before level, each with its interval, next to what it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from arusha.index.profile import Profile, Result
from arusha.language import Catalogue

RATE = 0.05
"""Among the factors that are said to have moved, the share that did not is held at this rate."""


def verdict(result: Result) -> str:
    """``rose``, ``fell``, ``cannot tell``, or ``one wave``."""
    if result.q is None or result.change is None:
        return "one wave"
    if result.q > RATE:
        return "cannot tell"
    return "rose" if result.change > 0 else "fell"


def lines(found: Profile, words: Catalogue) -> Iterator[str]:
    """The profile, a sentence or an entry a line."""
    n = words.number
    yield words.text("profile-title", waves=words.list(found.waves))
    yield words.text("profile-reading", level=words.percent(found.level, 0))
    for factor in found.factors:
        name = words.text(f"factor-{factor.id}")
        yield ""
        if factor.result is None:
            key = "profile-not-measured" if factor.components else "profile-not-asked"
            yield words.text(key, factor=name)
            continue
        yield from _said(factor.result, name, words)
        if factor.only_survey:
            yield "  " + words.text("profile-only-survey")
        measured = [i.title for i in factor.components if i.code not in factor.missing]
        yield "  " + words.text("profile-made-of", n=len(measured), components=words.list(measured))
        if factor.missing:
            left_out = [i.title for i in factor.components if i.code in factor.missing]
            yield "  " + words.text("profile-left-out", components=words.list(left_out))
        if factor.beyond:
            beyond = [i.title for i in factor.components if i.code in factor.beyond]
            yield "  " + words.text("profile-beyond", components=words.list(beyond))
        if factor.worse_without is not None:
            yield "  " + words.text("profile-worse-without", level=n(factor.worse_without, 0))
    yield ""
    yield from _said(found.whole, words.text("profile-whole"), words)
    for name, (total, low, high) in found.assumptions.items():
        yield "  " + words.text(
            "profile-comes-from",
            assumption=words.text(f"profile-assumption-{name}"),
            share=words.percent(min(max(total, 0.0), 1.0), 0),
            low=words.percent(min(max(low, 0.0), 1.0), 0),
            high=words.percent(min(max(high, 0.0), 1.0), 0),
        )


def _said(result: Result, name: str, words: Catalogue) -> Iterator[str]:
    n = words.number
    if result.change is not None:
        assert result.change_low is not None
        assert result.change_high is not None
        assert result.chance_of_rise is not None
        yield words.text(
            f"profile-{verdict(result).replace(' ', '-')}",
            factor=name,
            change=n(result.change, 1),
            low=n(result.change_low, 1),
            high=n(result.change_high, 1),
            chance=words.percent(result.chance_of_rise, 0),
        )
    yield ("  " if result.change is not None else "") + words.text(
        "profile-level", factor=name, level=n(result.level, 0), low=n(result.low, 0), high=n(result.high, 0)
    )


def as_json(found: Profile) -> dict[str, Any]:
    """The profile as plain data, with the verdict beside each change."""
    data = asdict(found)
    for part, result in zip([*data["factors"], data], [*(f.result for f in found.factors), found.whole], strict=True):
        part["verdict"] = verdict(result) if result is not None else None
    return {"format": 1, **data}
