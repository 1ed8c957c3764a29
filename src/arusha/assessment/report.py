"""The report: one offline file a language, readable without a script and on paper."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from arusha.assessment.report_answer import answer
from arusha.assessment.report_coverage import Covered, covered
from arusha.assessment.report_money import Money, money
from arusha.assessment.report_question import QuestionPage, question_page
from arusha.assessment.report_read import AssessmentFolder, read_folder
from arusha.assessment.report_words import (
    contract_text,
    defined,
    period_text,
    set_aside_reason,
    table_name,
)
from arusha.charts.drawing import left_to_right
from arusha.charts.words import number, percent
from arusha.errors import Told
from arusha.indicators.registry import indicators
from arusha.language import Catalogue
from arusha.records.checks import by_design
from arusha.records.contract import CONTRACT


@dataclass(frozen=True)
class FileRow:
    """One file that was read: rows in = accepted + set aside by design + set aside as faulty + for no table."""

    file: str
    table: str
    rows: str
    accepted: str
    by_design: str
    faulty: str
    no_table: str
    share: str
    """Of faulty rows."""


@dataclass(frozen=True)
class Report:
    """Everything that the template prints, in the reader's language."""

    pages: tuple[QuestionPage, ...]
    not_asked: tuple[str, ...]
    """Titles of questions that this version knows and the plan left out."""
    files: tuple[FileRow, ...]
    set_aside: tuple[tuple[str, ...], ...]
    """Office, table, reason, whether that is expected, rows, the office's share of these and of all declarations. What
    is expected is told once for all offices."""
    some_faulty: bool
    """Whether any of them is faulty: then offices are told, with their shares."""
    aside: tuple[str, ...]
    """How many of the rows set aside are expected, and what that means; empty where there are none."""
    noted: tuple[str, ...]
    """What the load found that may mean something else than it says."""
    covered: Covered | None
    money: Money | None
    answer: tuple[str, ...]
    next_step: str
    """What a reader does now: there is nothing to look behind where nothing is unusual."""
    unsealed: str
    """That whom pseudonyms stand for was not sealed at the load; empty where it was, or is not known."""
    absent: tuple[tuple[str, str], ...]
    """Tables that were not in the extract and would have served a question; what follows from that."""
    unread: str
    """Tables that were loaded and that no question asked here reads, in a sentence; empty where there is none."""
    digests: tuple[tuple[str, str], ...]
    glossary: tuple[tuple[str, str], ...]


GLOSSARY = (
    "signal",
    "observed",
    "expected",
    "effect",
    "interval",
    "q",
    "funnel",
    "shrinkage",
    "stratum",
    "pool",
    "pick",
    "lot",
    "act",
    "lane",
    "procedure",
    "signal-id",
    "pseudonym",
    "set-aside",
)
VERDICTS = ("cannot-tell", "within-expected-scatter", "unusual", "confirmed")
MOST_SET_ASIDE_ROWS = 60


def write_report(folder: Path, lang: str) -> Path:
    """Write ``report.LANG.html`` into a finished assessment folder and return its path.

    Raises
    ------
    ArushaError
        Where the folder is not a finished assessment, or the language has no catalogue.
    """
    words = Catalogue(lang)
    assessment = read_folder(Path(folder))
    path = Path(folder) / f"report.{lang}.html"
    path.write_text(render(assessment, words), encoding="utf-8")
    return path


def render(assessment: AssessmentFolder, words: Catalogue) -> str:
    """The report as HTML text."""
    environment = Environment(
        loader=PackageLoader("arusha.assessment"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = _style(assessment, words)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return environment.get_template("report.html.j2").render(
        t=words.text,
        words=words,
        ltr=left_to_right,
        made_at=_moment(words, assessment.manifest.get("created_at")),
        number=lambda value: number(words, value, 0),
        manifest=assessment.manifest,
        period=_period(assessment, words),
        demo=_demo(assessment, words),
        study=_study(assessment, words),
        report=build(assessment, words),
        style=Markup(style),  # noqa: S704 - our own style sheet
        style_digest=digest,
        svg=lambda chart: Markup(chart.svg),  # noqa: S704 - escaped where it was drawn
    )


def build(assessment: AssessmentFolder, words: Catalogue, pages: Sequence[QuestionPage] | None = None) -> Report:
    """Everything that the template prints; ``pages`` of its questions where they were made before."""
    made = pages if pages is not None else [question_page(assessment, q, words) for q in assessment.questions]
    total = money(assessment, words)
    unusual = any(q.count("flagged") for q in assessment.questions)
    return Report(
        pages=tuple(made),
        not_asked=_not_asked(assessment, words),
        files=_files(assessment, words),
        set_aside=_set_aside(assessment, words),
        some_faulty=any(r.get("reason") and not by_design(r["reason"]) for r in assessment.quality.to_pylist()),
        aside=_aside(assessment, words),
        noted=_noted(assessment, words),
        covered=covered(assessment.coverage, words),
        money=total,
        answer=answer(assessment, total, words),
        next_step=words.text("next-step" if unusual else "next-step-none"),
        unsealed=words.text("pseudonyms-unsealed") if sealed(assessment) is False else "",
        absent=_absent(assessment, words),
        unread=_unread(assessment, words),
        digests=_digests(assessment, words),
        glossary=tuple(
            [(words.text(f"verdict-{v}"), words.text(f"verdict-{v}-meaning")) for v in VERDICTS]
            + [(words.text(f"glossary-{g}"), _meaning(assessment, g, words)) for g in GLOSSARY]
        ),
    )


def sealed(assessment: AssessmentFolder) -> bool | None:
    """Whether the load sealed whom pseudonyms stand for; None where the assessment does not say, or has none."""
    told = assessment.manifest.get("pseudonyms")
    return told.get("sealed") if isinstance(told, dict) and told.get("state") == "on" else None


def _meaning(assessment: AssessmentFolder, term: str, words: Catalogue) -> str:
    """What a word of the glossary means; who can undo a pseudonym depends on how these records were loaded."""
    meaning = words.text(f"glossary-{term}-meaning")
    known = sealed(assessment) if term == "pseudonym" else None
    return (
        meaning if known is None else f"{meaning} {words.text('pseudonyms-sealed' if known else 'pseudonyms-unsealed')}"
    )


def _style(assessment: AssessmentFolder, words: Catalogue) -> str:
    """The style sheet, with the line that every printed page carries."""
    line = _study(assessment, words)
    if assessment.manifest.get("demo"):
        line = f"{_demo(assessment, words)} {line}"
    quoted = line.replace("\\", "").replace('"', "'").replace("<", "")
    style = resources.files("arusha.assessment").joinpath("templates", "report.css").read_text(encoding="utf-8")
    return style.replace("@PAGE-LINE@", quoted)


def _noted(assessment: AssessmentFolder, words: Catalogue) -> tuple[str, ...]:
    notes = assessment.manifest.get("workspace", {}).get("notes", ())
    return tuple(Told.from_json(note).problem(words) for note in notes)


def _study(assessment: AssessmentFolder, words: Catalogue) -> str:
    """What stands on every page: that nobody agreed, or that a charter is in force."""
    return words.text("charter-line" if assessment.manifest.get("charter") else "study-line")


def _demo(assessment: AssessmentFolder, words: Catalogue) -> str:
    demo = assessment.manifest.get("demo")
    if not demo:
        return ""
    seed = demo.get("seed") if isinstance(demo, dict) else assessment.manifest.get("demo_seed")
    return words.text("demo-line", seed=left_to_right(str(seed if seed is not None else "-")))


def _period(assessment: AssessmentFolder, words: Catalogue) -> str:
    return period_text(words, assessment.manifest.get("plan", {}).get("period", {}))


def _moment(words: Catalogue, text: Any) -> str:
    """A moment of the manifest, as the reader writes days and hours."""
    return words.date(datetime.fromisoformat(str(text))) if text else ""


def _not_asked(assessment: AssessmentFolder, words: Catalogue) -> tuple[str, ...]:
    asked = {q.id for q in assessment.questions}
    known = [asdict(i.definition) for i in indicators() if i.definition.id not in asked]
    return tuple(defined(words, definition, "title") for definition in known)


def _files(assessment: AssessmentFolder, words: Catalogue) -> tuple[FileRow, ...]:
    sources = assessment.manifest.get("workspace", {}).get("sources", [])
    fed = {s.get("path"): tuple(f["table"] for f in s.get("feeds") or ()) for s in sources}
    rows = []
    for row in assessment.quality.to_pylist():
        if row.get("rows") is None:
            continue
        aside, designed = int(row["set_aside"] or 0), _designed(row, assessment)
        rows.append(
            FileRow(
                file=left_to_right(row["file"] or ""),
                table=_table(words, row["table"] or "", row["file"] or "", fed.get(row["file"], ())),
                rows=number(words, row["rows"], 0),
                accepted=number(words, row["accepted"], 0),
                by_design=number(words, designed, 0),
                faulty=number(words, aside - designed, 0),
                no_table=number(words, row["rows"] - int(row["accepted"] or 0) - aside, 0),
                share=percent(words, (aside - designed) / row["rows"] if row["rows"] else 0.0),
            )
        )
    return tuple(rows)


def _designed(row: Mapping[str, Any], assessment: AssessmentFolder) -> int:
    """Rows of a file that were set aside by its system's design."""
    if row.get("by_design") is not None:
        return int(row["by_design"])
    # An assessment of before this was counted: by its reasons, of which a row has one for each table that it feeds.
    mine = (r for r in assessment.quality.to_pylist() if r["reason"] and r["file"] == row["file"])
    return min(int(row["set_aside"] or 0), sum(int(r["set_aside"] or 0) for r in mine if by_design(r["reason"])))


def _aside(assessment: AssessmentFolder, words: Catalogue) -> tuple[str, ...]:
    files = [r for r in assessment.quality.to_pylist() if r.get("rows") is not None]
    rows = sum(int(r["set_aside"] or 0) for r in files)
    if not rows:
        return ()
    designed = sum(_designed(r, assessment) for r in files)
    counts = {
        "n": number(words, rows, 0),
        "expected": number(words, designed, 0),
        "faulty": number(words, rows - designed, 0),
    }
    return words.text("aside-sum", **counts), words.text("aside-expected-what"), words.text("aside-faulty-what")


def _table(words: Catalogue, table: str, file: str, feeds: Sequence[str]) -> str:
    """The table that a file holds, or those that a table of a source system feeds by itself; empty where it adds."""
    if table in CONTRACT.tables or not file.startswith(table):
        return table_name(words, table)
    return words.list(table_name(words, name) for name in dict.fromkeys(feeds) if name in CONTRACT.tables)


def _set_aside(assessment: AssessmentFolder, words: Catalogue) -> tuple[tuple[str, ...], ...]:
    held: dict[tuple[bool, str | None, str, str], int] = {}
    for row in assessment.quality.to_pylist():
        if row.get("rows") is not None or not row.get("reason"):
            continue
        designed = by_design(row["reason"])
        key = (designed, None if designed else row["office"] or "", row["table"] or "", row["reason"])
        held[key] = held.get(key, 0) + int(row["set_aside"] or 0)
    whole: Counter[tuple[str, str]] = Counter()
    for (_, _, table, reason), n in held.items():
        whole[table, reason] += n
    shares = _shares_of_declarations(assessment)
    none = words.text("chart-no-value")
    return tuple(
        (
            words.text("all-offices") if office is None else left_to_right(office) or words.text("no-office"),
            table_name(words, table),
            set_aside_reason(words, reason, table),
            words.text("aside-expected" if designed else "aside-faulty"),
            number(words, n, 0),
            percent(words, n / whole[table, reason]) if office and n else none,
            percent(words, shares[office]) if office in shares else none,
        )
        # What is faulty stands first.
        for (designed, office, table, reason), n in sorted(
            held.items(), key=lambda kept: (kept[0][0], kept[0][1] or "", *kept[0][2:])
        )[:MOST_SET_ASIDE_ROWS]
    )


def _shares_of_declarations(assessment: AssessmentFolder) -> dict[str | None, float]:
    """By office its share of all declarations; empty where they were not counted."""
    offices = assessment.coverage.get("offices")
    if offices is None or not offices.num_rows:
        return {}
    counts = dict(zip(offices["office"].to_pylist(), offices["declarations"].to_pylist(), strict=True))
    total = sum(counts.values())
    return {office: n / total for office, n in counts.items()}


def _absent(assessment: AssessmentFolder, words: Catalogue) -> tuple[tuple[str, str], ...]:
    held = assessment.manifest.get("workspace", {}).get("tables", {})
    wanted: set[str] = set()
    for question in assessment.questions:
        wanted |= set(question.definition.get("helped_by") or {}) | set(question.definition.get("needs") or {})
    return tuple(
        (table_name(words, name), contract_text(words, CONTRACT.tables[name].without))
        for name in sorted(wanted - set(held))
        if name in CONTRACT.tables
    )


def _unread(assessment: AssessmentFolder, words: Catalogue) -> str:
    held = {name for name in assessment.manifest.get("workspace", {}).get("tables", {}) if name in CONTRACT.tables}
    for question in assessment.questions:
        held -= set(question.definition.get("needs") or {}) | set(question.definition.get("helped_by") or {})
    if not held:
        return ""
    told = words.text("unread-tables", tables=words.list(table_name(words, name) for name in sorted(held)))
    return f"{told} {words.text('unread-rights')}" if "grants" in held else told


def _digests(assessment: AssessmentFolder, words: Catalogue) -> tuple[tuple[str, str], ...]:
    manifest = assessment.manifest
    workspace: dict[str, Any] = manifest.get("workspace", {})
    entries = [
        (words.text("check-workspace"), f"{workspace.get('name', '')}  {workspace.get('digest', '')}"),
        (words.text("method-plan"), str(manifest.get("plan_hash", ""))),
    ]
    registered = manifest.get("plan_registered_at")
    told = words.text("check-plan-text", at=_moment(words, registered)) if registered else ""
    entries += [(left_to_right(str(s.get("path", ""))), str(s.get("sha256", ""))) for s in workspace.get("sources", [])]
    found = [(label, left_to_right(value)) for label, value in entries]
    return tuple(found[:2] + ([(words.text("check-plan"), told)] if told else []) + found[2:])
