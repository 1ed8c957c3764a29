"""One question's page: sentence, charts, table, explanations, what cannot be told, and the method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from arusha.assessment.agreed import FEWEST
from arusha.assessment.measured import measured
from arusha.assessment.report_charts import SCATTERED, charts, examined
from arusha.assessment.report_effects import LEVEL, effect
from arusha.assessment.report_read import AssessmentFolder, Question
from arusha.assessment.report_tables import Detail, details
from arusha.assessment.report_words import (
    OF_ONE,
    WORDS,
    columns_text,
    defined,
    effect_kind,
    explanation_name,
    listed,
    not_checked_line,
    note_text,
    period_text,
    reason_text,
    said,
    share_of_hundred,
    slug,
    told_text,
)
from arusha.charts import Chart
from arusha.charts.drawing import isolate, left_to_right
from arusha.charts.words import interval, number, percent
from arusha.inference.funnel import smallest_n_for_zero
from arusha.language import Catalogue

MOST_TABLE_ROWS = 200
"""Rows of one question's table in the report; the rest are in ``signals.parquet``, and the report says how many."""


@dataclass(frozen=True)
class SignalRow:
    """One unit that stood out, as cells of text."""

    signal_id: str
    office: str
    unit: str
    other: str
    exposure: str
    observed: str
    expected: str
    effect: str
    """As seen, with its interval and what was expected."""
    interval: str
    effect_expected: str
    drawn: str
    """The effect drawn towards like units; empty where the question draws nothing in."""
    tax: str
    q: str
    word: str
    unusual: bool
    explanation: str
    tried: tuple[tuple[str, str, str], ...]
    """Explanations that were found: name, whether it accounts for the signal, detail."""
    not_found: str
    """Those that were not, in one line; so for ``not_checked``."""
    not_checked: str


@dataclass(frozen=True)
class QuestionPage:
    """Everything that the template prints for one question, in the reader's language."""

    id: str
    title: str
    question: str
    assessed: bool
    missing: tuple[str, ...]
    stage: str
    """Where the question stands under the charter, in a sentence; empty where it is live, or there is no charter."""
    counts: tuple[tuple[str, ...], ...]
    """Office, examined, cannot tell, signals: all that a question says that is not live."""
    sentence: str
    basis: str
    """What the answer says nothing about, where the question's name would let a reader think otherwise."""
    chance: str
    summary: tuple[str, ...]
    """Examined, unusual, explained, cannot tell: numbers for the overview."""
    charts: tuple[Chart, ...]
    zero: str
    """From how many cases nothing at all would be unusual; empty where the question does not say."""
    effect_label: str
    readings: tuple[str, ...]
    """How to read the table where one could go wrong: intervals that include no difference, units within others."""
    rows: tuple[SignalRow, ...]
    rows_left_out: int
    details: tuple[Detail, ...]
    explanations: tuple[tuple[str, ...], ...]
    """Explanation; signals for which it was found and accounts for them, found and does not, not found, not checked."""
    not_checked: tuple[str, ...]
    cannot_tell: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    method: tuple[tuple[str, str], ...]
    queries: tuple[str, ...]


@dataclass(frozen=True)
class QuestionLine:
    """What an overview says of a question: as its page says it, without charts and rows."""

    id: str
    title: str
    assessed: bool
    missing: tuple[str, ...]
    stage: str
    summary: tuple[str, ...]


def question_line(question: Question, words: Catalogue) -> QuestionLine:
    """The line of one question in an overview."""
    return QuestionLine(
        id=question.id,
        title=defined(words, {"id": question.id, **question.definition}, "title"),
        assessed=question.assessed,
        missing=_missing(question, words),
        stage=_stage(question, words),
        summary=_summary(question, words),
    )


def question_page(
    folder: AssessmentFolder, question: Question, words: Catalogue, most: int = MOST_TABLE_ROWS
) -> QuestionPage:
    """Build one question's page, with so many rows of its table at most."""
    definition = {"id": question.id, **question.definition}
    level = float(folder.manifest.get("plan", {}).get("level") or LEVEL)
    rows, left_out = _rows(question, words, most, level)
    explanations, not_checked = _explanations(question, words)
    return QuestionPage(
        id=question.id,
        title=defined(words, definition, "title"),
        question=defined(words, definition, "question"),
        assessed=question.assessed,
        missing=_missing(question, words),
        stage=_stage(question, words),
        counts=_counts(question, words),
        sentence=_sentence(question, words) if question.assessed else "",
        basis=_basis(question, words) if question.assessed else "",
        chance=words.text("question-chance", k=share_of_hundred(words, _rate(folder, question))),
        summary=_summary(question, words),
        charts=charts(question, words) if question.assessed else (),
        zero=_zero(question, words),
        effect_label=words.text(f"effect-{effect_kind(question.id)}"),
        readings=_readings(question, words),
        rows=rows,
        rows_left_out=left_out,
        details=details(question, words),
        explanations=explanations,
        not_checked=not_checked,
        cannot_tell=_cannot_tell(question, words),
        notes=tuple(note_text(words, note) for note in question.about.get("notes", [])),
        method=_method(folder, question, definition, words),
        queries=_queries(question, str(folder.manifest.get("engine", ""))),
    )


def _stage(question: Question, words: Catalogue) -> str:
    stage = (question.about.get("charter") or {}).get("stage")
    return words.text("counts-only", stage=words.text(f"stage-{stage}")) if question.counts is not None else ""


def _counts(question: Question, words: Catalogue) -> tuple[tuple[str, ...], ...]:
    """Offices in the order of their codes, then all together."""
    rows = question.counts.to_pylist() if question.counts is not None else []
    few = words.text("fewer-than", n=FEWEST)

    def given(count: int | None, *, total: bool) -> str:
        return number(words, count, 0) if count is not None else words.text("not-given") if total else few

    return tuple(
        (
            words.text("all-offices") if row["office"] is None else isolate(row["office"]) or words.text("no-office"),
            given(row["tested"], total=row["office"] is None),
            given(row["cannot_tell"], total=row["office"] is None),
            # Signals are also kept back where nearly every unit is one, so that null does not always mean few.
            words.text("not-given") if row["signals"] is None else number(words, row["signals"], 0),
        )
        for row in rows
    )


def _queries(question: Question, engine: str) -> tuple[str, ...]:
    """The texts that ran; those of the other engine lie beside them."""
    ran = tuple(q for q in question.queries if q.endswith(f".{engine}.sql"))
    return ran or question.queries


def _zero(question: Question, words: Catalogue) -> str:
    table = question.tables.get("zero")
    if table is None or not table.num_rows:
        return ""
    n, found = (sum(table[name].to_pylist()) for name in ("n", "found"))
    if not 0 < found < n:
        return ""
    least = int(smallest_n_for_zero(found / n)[()])
    return words.text("zero-line", rate=percent(words, found / n), n=number(words, least, 0))


def _basis(question: Question, words: Catalogue) -> str:
    """Findings exist only for what was examined, and only the random share of that is a fair sample."""
    if question.id != "finding-rate":
        return ""
    table = question.tables.get("random_share")
    rows = table.to_pylist() if table is not None else []
    return words.text("examined-only", n=sum(int(r["examined"] or 0) for r in rows if r["selected"] == "random"))


def _readings(question: Question, words: Catalogue) -> tuple[str, ...]:
    if not question.assessed:
        return ()
    read = ["unit_id", "other_id", "ci_low", "ci_high"]
    standing = question.standing.select(read)
    kind = effect_kind(question.id)
    none = 1.0 if kind == "ratio" else 0.0
    found = [words.text(f"counted-{question.id}")] if words.has(f"counted-{question.id}") else []
    low, high = standing["ci_low"], standing["ci_high"]
    spans = pc.and_(pc.less_equal(low, none), pc.greater_equal(high, none))
    if kind != "own" and pc.any(spans).as_py():
        found.append(words.text("interval-reading", none=number(words, none, 0)))
    if kind in ("share", "ratio", "price") and standing.num_rows:
        found.append(words.text("effect-picked"))
    with_other = pc.fill_null(pc.not_equal(standing["other_id"], ""), False)
    single = standing.filter(pc.invert(with_other))["unit_id"].combine_chunks()
    pairs = standing.filter(with_other)
    both = (pc.is_in(pairs[name], value_set=single) for name in ("unit_id", "other_id"))
    if any(pc.any(one).as_py() for one in both):
        found.append(words.text("same-files"))
    return tuple(found)


def _rate(folder: AssessmentFolder, question: Question) -> float:
    return float(question.about.get("rate") or folder.manifest.get("rates", {}).get("question") or 0.05)


def _missing(question: Question, words: Catalogue) -> tuple[str, ...]:
    """``postings`` or ``declarations: officer_id``: table names are said, column names stay as IT knows them."""
    lacking = (question.about.get("needs_missing") or {}).items()
    return tuple(columns_text(words, {table: columns}) for table, columns in sorted(lacking))


def _sentence(question: Question, words: Catalogue) -> str:
    tested = question.count("tested")
    if tested == 0:
        return words.text("question-none-examined", cannot=question.untold)
    units = examined(question.tested, words)
    if not question.count("signals"):
        beyond = "ordinary" if question.id in SCATTERED else "chance"
        return words.text(f"question-none-beyond-{beyond}", units=units)
    parts = [words.text("question-sentence", units=units, flagged=question.count("flagged"))]
    if question.count("explained"):
        parts.append(words.text("question-explained", explained=question.count("explained")))
    return " ".join(parts)


def _summary(question: Question, words: Catalogue) -> tuple[str, ...]:
    if not question.assessed:
        return ()
    counts = (*(question.count(n) for n in ("tested", "flagged", "explained")), question.untold)
    return tuple(number(words, n, 0) for n in counts)


def _rows(question: Question, words: Catalogue, most: int, level: float) -> tuple[tuple[SignalRow, ...], int]:
    """Units that stood out, explained or not, in the neutral order of the signals table."""
    if not question.assessed:
        return (), 0
    standing = question.standing
    return signal_rows(question, standing.slice(0, most), words, level), max(0, standing.num_rows - most)


def signal_rows(question: Question, shown: pa.Table, words: Catalogue, level: float = LEVEL) -> tuple[SignalRow, ...]:
    """Rows of a question's signals as cells of text, each with the explanations that were tried."""
    tried: dict[str, list[dict[str, Any]]] = {}
    of_these = pc.is_in(question.explanations["signal_id"], value_set=shown["signal_id"].combine_chunks())
    for told in question.explanations.filter(of_these).to_pylist():
        tried.setdefault(told["signal_id"], []).append(told)
    table = question.tables.get("stakes")
    stakes = {s["signal_id"]: s for s in table.to_pylist()} if table is not None else {}
    return tuple(
        signal_row(r, tried.get(r["signal_id"], []), words, stakes.get(r["signal_id"]), level)
        for r in shown.to_pylist()
    )


def signal_row(
    row: dict[str, Any],
    tried: list[dict[str, Any]],
    words: Catalogue,
    stake: Mapping[str, Any] | None = None,
    level: float = LEVEL,
) -> SignalRow:
    """One unit as cells of text, with the explanations that were tried. ``stake``, ``level``: see ``effect``."""
    unusual = bool(row["flagged"])
    size = effect(words, row, stake, level)
    told: dict[str, list[str]] = {}
    for one in tried:
        told.setdefault(_outcome(one), []).append(explanation_name(words, one["explanation"]))
    return SignalRow(
        signal_id=row["signal_id"],
        office=isolate(row["office"] or ""),
        unit=isolate(row["unit_id"] or ""),
        other=isolate(row["other_id"]) if row["other_id"] else "",
        exposure=number(words, row["n"], 0),
        observed=number(words, row["observed"]),
        expected=number(words, row["expected"]),
        effect=size.seen,
        interval=size.interval,
        effect_expected=size.expected,
        drawn=size.drawn,
        tax=_tax(words, row),
        q=_q(words, row["q_value"]),
        word=words.text(WORDS["flagged" if unusual else "explained"]),
        unusual=unusual,
        explanation="" if unusual else explanation_name(words, row["explained_by"] or ""),
        tried=tuple(
            (
                explanation_name(words, one["explanation"]),
                words.text(f"explanation-{_outcome(one)}"),
                told_text(words, one),
            )
            for one in tried
            if one["status"] == "found"
        ),
        not_found=listed(words, told.get("not-found", [])),
        not_checked=listed(words, told.get("not-checked", [])),
    )


OUTCOMES = ("accounts", "remains", "not-found", "not-checked")


def _outcome(told: dict[str, Any]) -> str:
    """What became of one explanation of one signal; one that is found need not account for the signal."""
    if told["status"] == "found":
        return "accounts" if told["clears"] else "remains"
    return "not-checked" if told["status"].startswith("not checked") else "not-found"


def _tax(words: Catalogue, row: dict[str, Any]) -> str:
    if row["tax_effect"] is None:
        return ""
    return words.text(
        "tax-at-stake",
        amount=number(words, row["tax_effect"], 0),
        interval=interval(words, _rounded(row["tax_low"]), _rounded(row["tax_high"])),
    )


def _rounded(amount: float | None) -> float | None:
    return None if amount is None else round(amount)


def _q(words: Catalogue, q: float | None) -> str:
    if q is not None and q < 0.001:
        return words.text("less-than", value=number(words, 0.001, 3))
    return number(words, q, 3)


def _explanations(question: Question, words: Catalogue) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """What was tried, in the definition's order, counted over the signals."""
    counts: dict[str, Counter[str]] = {str(e): Counter() for e in question.definition.get("explanations") or ()}
    unchecked: dict[str, None] = {}
    # Counted where the rows are, in the order of their first appearance: there may be some hundred thousand.
    kinds = question.explanations.group_by(["explanation", "status", "clears"], use_threads=False)
    for told in kinds.aggregate([([], "count_all")]).to_pylist():
        outcome = _outcome(told)
        counts.setdefault(told["explanation"], Counter())[outcome] += told["count_all"]
        if outcome == "not-checked":
            unchecked[not_checked_line(words, told["status"])] = None
    rows = tuple(
        (explanation_name(words, name), *(number(words, tally[outcome], 0) for outcome in OUTCOMES))
        for name, tally in counts.items()
    )
    return rows, tuple(unchecked)


def _cannot_tell(question: Question, words: Catalogue) -> tuple[tuple[str, str], ...]:
    """Reasons with their counts, in the order of the reasons' own words."""
    if not question.assessed:
        return ()
    untested = question.signals.select(["reason"]).filter(question.signals["p_value"].is_null())
    counted = untested.group_by("reason").aggregate([([], "count_all")]).to_pylist()
    tally: Counter[str] = Counter()
    for row in counted:
        tally[row["reason"] or ""] += row["count_all"]
    told = [(reason_text(words, reason), number(words, n, 0)) for reason, n in sorted(tally.items())]
    if question.unlisted:
        told.append((words.text("cannot-unlisted"), number(words, question.unlisted, 0)))
    return tuple(told)


def _approval(folder: AssessmentFolder, question: Question, words: Catalogue) -> str:
    if not folder.manifest.get("charter"):
        return words.text("method-approval-none")
    agreed = str((question.about.get("charter") or {}).get("definition", ""))
    return words.text("method-approval-live", hash=left_to_right(agreed))


def _found(question: Question, words: Catalogue) -> str:
    """What the question found of schemes that were planted, in general and of strong ones; empty where none was."""
    schemes = measured().schemes.get(question.id)
    if schemes is None:
        return words.text("method-found-none") if question.id in measured().clean.questions else ""
    told = words.text(
        "method-found-text",
        planted=schemes.planted,
        found=schemes.found,
        share=percent(words, schemes.found / schemes.planted, 0),
        strong=schemes.strong,
        strong_found=schemes.strong_found,
    )
    return f"{told} {words.text('method-found-shared')}" if schemes.shared else told


def _method(
    folder: AssessmentFolder, question: Question, definition: dict[str, Any], words: Catalogue
) -> tuple[tuple[str, str], ...]:
    """The method drawer: label and text, in a fixed order, without empty entries."""
    plan = folder.manifest.get("plan", {})
    floors = (plan.get("floors") or {}).get(question.id, {})
    as_share = effect_kind(question.id) in OF_ONE
    least = float(floors.get("effect", definition.get("min_effect")) or 0.0)
    entries = [
        ("unit", defined(words, definition, "unit")),
        ("inputs", columns_text(words, definition.get("needs") or {})),
        ("helped", columns_text(words, definition.get("helped_by") or {})),
        ("null", defined(words, definition, "null_hypothesis")),
        ("statistic", defined(words, definition, "statistic")),
        (
            "floors",
            words.text(
                "method-floors-text" if as_share else "method-floors-counts",
                exposure=number(words, floors.get("exposure", definition.get("min_exposure"))),
                effect=percent(words, least, 0 if round(least * 100, 6) % 1 == 0 else 1)
                if as_share
                else number(words, least),
            ),
        ),
        (
            "peers",
            listed(words, (said(words, f"peer-{slug(str(c))}", str(c)) for c in definition.get("conditions_on") or ())),
        ),
        ("period", period_text(words, plan.get("period", {}))),
        ("rate", words.text("method-rate-text", k=share_of_hundred(words, _rate(folder, question)))),
        ("false-flags", defined(words, definition, "false_flags_per_thousand")),
        ("found", _found(question, words)),
        ("gaming", defined(words, definition, "gaming")),
        ("counter", defined(words, definition, "counter_indicator")),
        ("forbidden", defined(words, definition, "forbidden_uses")),
        ("source", defined(words, definition, "source")),
        ("version", number(words, definition.get("version"), 0)),
        ("approval", _approval(folder, question, words)),
    ]
    return tuple((words.text(f"method-{key}"), text) for key, text in entries if text)
