"""What an indicator is: a question asked of the records, with everything needed to judge the answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    from arusha.engine.session import Session


@dataclass(frozen=True)
class Definition:
    """The question, in words and numbers that go to unions and auditors unchanged.

    Texts are English; the catalogue of ``arusha.language`` holds the other languages under
    ``indicator-<id>-<field>``.
    """

    id: str
    title: str
    question: str
    unit: str
    needs: Mapping[str, tuple[str, ...]]
    """Table -> columns without which the question is not assessed."""
    null_hypothesis: str
    statistic: str
    min_exposure: float
    min_effect: float
    conditions_on: tuple[str, ...]
    explanations: tuple[str, ...]
    """Ids of the innocent explanations tried first, in order."""
    gaming: str
    counter_indicator: str
    false_flags_per_thousand: str
    """Expected false flags per thousand tested units at the question's rate, and where that was measured."""
    source: str
    helped_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Optional tables and columns that sharpen or clear; the report says which were absent."""
    options: Mapping[str, tuple[str, ...]] | None = None
    """Choices that a plan may make: name -> the values that it lists some of. None: the question checks its own."""
    forbidden_uses: str = "Not evidence of an offence by any person; not an input to pay, promotion or discipline."
    version: int = 1


@dataclass(frozen=True)
class Settings:
    """What the plan fixes for one question before any result exists."""

    period_start: date
    period_end: date
    """Exclusive."""
    rate: float = 0.05
    level: float = 0.95
    seed: int = 1
    min_exposure: float | None = None
    min_effect: float | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    def exposure_floor(self, definition: Definition) -> float:
        return definition.min_exposure if self.min_exposure is None else self.min_exposure

    def effect_floor(self, definition: Definition) -> float:
        return definition.min_effect if self.min_effect is None else self.min_effect


@dataclass(frozen=True)
class Note:
    """Something the reader must know about one question's answer: a share of data that could not speak, a choice made.

    ``key`` names the sentence in the catalogue; ``values`` fill it; ``text`` is the English sentence.
    """

    key: str
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Cells:
    """Sufficient statistics, and the queries that made them (published with the assessment)."""

    tables: Mapping[str, pa.Table]
    queries: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Findings:
    """One question's answer.

    ``signals`` has the columns of ``arusha.indicators.signals.SCHEMA``, every tested unit in it, flagged or not.
    ``tables`` hold what charts and the report need beside it (strata, matrices, funnel points), by name.
    """

    signals: pa.Table
    notes: tuple[Note, ...] = ()
    tables: Mapping[str, pa.Table] = field(default_factory=dict)
    unlisted: int = 0
    """Units seen of which the records hold so little that they have no row in ``signals``: nothing is told of them."""


@dataclass(frozen=True)
class Sentence:
    """What an explanation says, in any language: ``told-<key>`` of the catalogue, filled with typed values.

    Whole numbers choose plurals, fractions and percentages are written as the catalogue says, dates become the
    reader's dates, and text (codes, words of the records) is shown as it is.
    """

    key: str
    values: Mapping[str, int | float | str | date] = field(default_factory=dict)


class Sentences(tuple[Sentence, ...]):
    """Sentences in their order. As text they are English."""

    __slots__ = ()

    def __str__(self) -> str:
        from arusha.language import Catalogue

        words = Catalogue("en", isolate=False)
        return " ".join(words.text(f"told-{s.key}", **s.values) for s in self)


def as_json(sentences: Iterable[Sentence]) -> str:
    """Sentences as they are kept in an assessment folder; a date is ``{"date": "2025-01-31"}``."""
    kept = [
        {
            "key": s.key,
            "values": {n: {"date": v.isoformat()} if isinstance(v, date) else v for n, v in s.values.items()},
        }
        for s in sentences
    ]
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def from_json(text: str | None) -> tuple[Sentence, ...]:
    """Sentences kept by ``as_json``; none for an assessment that kept none."""
    return tuple(
        Sentence(
            kept["key"],
            {n: date.fromisoformat(v["date"]) if isinstance(v, dict) else v for n, v in kept["values"].items()},
        )
        for kept in json.loads(text or "[]")
    )


@dataclass(frozen=True)
class Explained:
    """What became of one innocent explanation for one signal."""

    explanation: str
    status: str
    """``found``, ``not found`` or ``not checked: needs <table>``."""
    detail: str = ""
    """In English. Where ``told`` is given it is made from that; a question without a catalogue writes it itself."""
    clears: bool = False
    """True where the records support it well enough that the signal is not flagged."""
    told: tuple[Sentence, ...] = ()
    """The detail in a form that every language can say."""

    def __post_init__(self) -> None:
        if self.told and not self.detail:
            object.__setattr__(self, "detail", str(Sentences(self.told)))


@dataclass(frozen=True)
class Indicator:
    """A question with the code that answers it. See docs/indicators.md."""

    definition: Definition
    cells: Callable[[Session, Settings], Cells]
    test: Callable[[Cells, Settings], Findings]
    evidence: Callable[[Session, Mapping[str, Any], Settings], pa.Table]
    explain: Callable[[Session, Mapping[str, Any], Settings], tuple[Explained, ...]]
