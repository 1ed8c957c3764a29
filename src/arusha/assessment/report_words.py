"""Sentences of the report in the reader's language, and the English of the records where there is no translation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup, escape

from arusha.charts.drawing import left_to_right
from arusha.charts.words import number, percent
from arusha.indicators.definition import Definition, from_json
from arusha.language import Catalogue
from arusha.records.contract import CONTRACT

WORDS = {"flagged": "verdict-unusual", "explained": "verdict-unusual-explained"}
"""Words for what stood out. "Confirmed" is not among them: only a competent body confirms."""


EFFECTS = {
    "assignment-steering": "share",
    "assignment-override": "share",
    "lane-rates": "relative",
    "lane-change-without-act": "ratio",
    "finding-rate": "ratio",
    "value-shortfall": "price",
}
AS_PERCENT = frozenset({"share", "relative", "price"})
OF_ONE = frozenset({"relative", "price"})
"""Kinds of effects whose smallest one is a share of one; that of all others is a number of cases."""


def effect_kind(question: str) -> str:
    """What an effect is: a ratio to what was expected, or a difference from the rule, in shares or in prices."""
    return EFFECTS.get(question, "own")


def slug(text: str) -> str:
    """The part of a catalogue key that a text of the records gives: lower case, hyphens for all else."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def said(words: Catalogue, key: str, fallback: str, values: Mapping[str, Any] | None = None) -> str:
    """The catalogue's sentence, or ``fallback`` (English, from the assessment itself) where it has none."""
    if words.has(key):
        return words.text(key, **{k.replace("-", "_"): v for k, v in (values or {}).items()})
    return english(words, fallback)


def english(words: Catalogue, text: str) -> str:
    """Text that exists in English alone, marked as English in a report of another language."""
    if words.lang == "en" or not text:
        return text
    return Markup('<bdi lang="en" dir="ltr">{}</bdi>').format(text)


def defined(words: Catalogue, definition: Mapping[str, Any], field: str) -> str:
    """A field of a question's definition in the reader's language.

    In English it is the text frozen in the assessment, word for word; elsewhere the catalogue's translation.
    """
    frozen = str(definition.get(field) or "")
    if words.lang == "en":
        text = frozen
    elif field == "forbidden_uses" and frozen == Definition.forbidden_uses:
        text = words.text("forbidden-uses")
    else:
        text = said(words, f"indicator-{definition.get('id')}-{field.replace('_', '-')}", frozen)
    return _with_titles(words, text) if field in ("gaming", "counter_indicator") else text


_QUESTIONS = re.compile(rf"(?<![\w/-])(?:{'|'.join(EFFECTS)})(?![\w-])")


def _with_titles(words: Catalogue, text: str) -> str:
    """Other questions by their titles: a reader knows those from the contents, and not the ids that the code uses."""
    if isinstance(text, Markup):
        return text
    return _QUESTIONS.sub(
        lambda found: words.text("quoted-title", title=words.text(f"indicator-{found.group(0)}-title")), text
    )


def columns_text(words: Catalogue, tables: Mapping[str, Iterable[str]]) -> str:
    """``declarations (officer_id)``: tables are said, columns stay as the records contract and IT know them."""
    named = []
    for table, columns in sorted(tables.items()):
        listed_columns = ", ".join(left_to_right(c) for c in columns)
        name = table_name(words, table)
        named.append(words.text("missing-columns", table=name, columns=listed_columns) if listed_columns else name)
    return words.list(named) if named else ""


def listed(words: Catalogue, parts: Iterable[str]) -> str:
    """``a, b and c``, with parts that are marked as English kept so; empty for none."""
    safe = [escape(part) for part in parts]
    return Markup(words.list(safe)) if safe else ""  # noqa: S704 - each part is escaped above


def note_text(words: Catalogue, note: Mapping[str, Any]) -> str:
    """A note of a question: the catalogue's sentence with its values as people read them (``share`` and ``rate`` are
    fractions, ``lane`` is a lane); the assessment's own English where the catalogue has none."""
    text = str(note.get("text", ""))
    values = {name: _note_value(words, name, value) for name, value in (note.get("values") or {}).items()}
    values = {**_SINCE.get(str(note["key"]), {}), **values}
    return said(words, f"note-{note['key']}", text, values) + _wide(words, note)


_SINCE: Mapping[str, Mapping[str, Any]] = {"assignment-accounts": {"bundle": 0}}
"""What a note counts of late: assessments made before counted none of it."""

WIDE_SCATTER = 3.0
"""Where ordinary units differ by this factor in their odds, one that does three times as much is ordinary: the test can
hardly find anything, and a reader must know that it could not."""


def _wide(words: Catalogue, note: Mapping[str, Any]) -> str:
    ratio = (note.get("values") or {}).get("ratio")
    wide = "-scatter" in str(note.get("key")) and isinstance(ratio, int | float) and ratio >= WIDE_SCATTER
    return f" {words.text('note-wide-scatter')}" if wide else ""


def _note_value(words: Catalogue, name: str, value: Any) -> Any:
    if name in ("share", "rate") and isinstance(value, int | float):
        return percent(words, float(value))
    if name == "lane" and words.has(f"lane-{value}"):
        return words.text(f"lane-{value}")
    return value


def told_text(words: Catalogue, told: Mapping[str, Any]) -> str:
    """What an explanation says, in the reader's language; its English where the catalogue lacks a sentence of it."""
    sentences = from_json(told.get("told"))
    if not sentences or not all(words.has(f"told-{s.key}") for s in sentences):
        return english(words, told["detail"] or "")
    return " ".join(words.text(f"told-{s.key}", **s.values) for s in sentences)


def day(words: Catalogue, text: str | None) -> str:
    """A date written in ISO form, as the reader writes dates."""
    if not text:
        return ""
    return words.date(date.fromisoformat(str(text)[:10]))


def period_text(words: Catalogue, period: Mapping[str, Any]) -> str:
    """First and last day of a plan's period, both counted; the plan's own end is the day after."""
    end = period.get("end")
    last = (date.fromisoformat(end) - timedelta(days=1)).isoformat() if end else None
    return words.text("period-text", start=day(words, period.get("start")), end=day(words, last))


def table_name(words: Catalogue, name: str) -> str:
    """A table of the records contract; without a translation it keeps the name that IT knows."""
    key = f"table-{slug(name)}"
    return words.text(key) if words.has(key) else left_to_right(name)


def contract_text(words: Catalogue, texts: Mapping[str, str]) -> str:
    """A text of the records contract in the reader's language, or in English, marked as such."""
    return texts.get(words.lang) or english(words, texts["en"])


def set_aside_reason(words: Catalogue, code: str, table: str) -> str:
    """The contract's sentence for the reason of a row set aside; the code itself where the contract has none."""
    known = {rule.table: rule.sentence for rule in CONTRACT.rules if rule.code == code}
    sentence = known.get(table) or known.get("*")
    return contract_text(words, sentence) if sentence else english(words, code.replace("-", " ").replace("_", " "))


def explanation_name(words: Catalogue, name: str) -> str:
    return said(words, f"explanation-name-{slug(name)}", name.replace("-", " ").replace("_", " "))


def reason_text(words: Catalogue, reason: str) -> str:
    """Why a unit cannot be judged; the records' own words without their prefix where no translation is known."""
    bare = reason.split(":", 1)[1].strip() if reason.startswith("cannot tell:") else reason
    pattern = re.sub(r"\d[\d.,]*", "n", bare)
    found = re.search(r"\d[\d.,]*", bare)
    n = float(found.group(0).rstrip(".,").replace(",", "")) if found else 0.0
    return said(words, f"reason-{slug(pattern)}", bare, {"n": int(n) if n == int(n) else n})


def not_checked_line(words: Catalogue, status: str) -> str:
    """``not checked: needs duties`` as a sentence in the reader's language."""
    needed = _needed(words, status)
    return words.text("not-checked-needs", needs=needed) if needed else words.text("explanation-not-checked")


def _needed(words: Catalogue, status: str) -> str:
    """What ``not checked: needs duties, postings`` needs: tables by their names, other things as they are written."""
    _, _, needed = status.partition("needs ")
    return words.list(table_name(words, part.strip()) for part in needed.split(",")) if needed else ""


def share_of_hundred(words: Catalogue, rate: float) -> str:
    """A rate as a count out of a hundred, rounded up: a bound must not be rounded down."""
    hundredth = rate * 100
    return number(words, round(hundredth) if abs(hundredth - round(hundredth)) < 0.05 else int(hundredth) + 1, 0)
