"""In French, Spanish and Arabic no sentence of the report is left in English, whatever the assessment has to say."""

from __future__ import annotations

import ast
import itertools
import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import fluent.syntax.ast as ftl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fluent.syntax.visitor import Visitor
from synthetic_folder import write_folder

import arusha.indicators
from arusha.assessment.report import write_report
from arusha.assessment.report_words import note_text, slug
from arusha.assessment.run import EXPLANATIONS
from arusha.indicators.definition import Definition, Sentence, Sentences, as_json
from arusha.indicators.registry import BUILT_IN
from arusha.indicators.signals import signal_id
from arusha.language import Catalogue, languages
from arusha.language.catalogues import resources_of
from arusha.records.contract import CONTRACT

OTHERS = [lang for lang in languages() if lang != "en"]
SOURCES = sorted(Path(arusha.indicators.__file__).parent.glob("*.py"))
VOID = {"meta", "br", "circle", "line", "path", "rect", "polygon", "polyline"}

PROPER_NAMES = re.compile(r"ASYCUDA World|Chalendard, Fernandes, Raballand (?:et|y) Rijkers|Corruption in Customs")
"""Names of a system, of authors and of their paper, which no language translates."""
LITERALS = re.compile(
    r"[\w./-]+\.(?:md|py|sql|parquet|csv|yaml|arusha)\b|--[a-z-]+|\b(?:DD/MM|MM/DD)/YYYY(?: HH:MM:SS)?"
    r"|\bperson,grade,gender\b|\brespondent,region,answer\b"
    r"|\blog:ACTION, inspection, inspection:KIND, assignment, discharge\b"
    r"|\bpip install '[^']+'|\barusha [a-z]+(?: (?:[a-z-]+|[A-Z]{3,})\b)*|\bCASHIER,log:pay\b|\brole,act\b"
    r"|\bnot-yet\b|\bapt-get install [\w-]+"
)
"""Names of files, commands and options, a file's first columns, kinds of acts and of controls, and forms of dates:
written in every language as the program reads them."""
ENGLISH_WORDS = re.compile(
    r"\b(?:the|of|and|with|from|were|which|this|that|not|is|are|was|for|by|to|than|found|none|under|over)\b",
    re.IGNORECASE,
)
"""Words that a French or Spanish sentence does not hold."""
LATIN_SENTENCE = re.compile(r"[A-Za-z]{2,}(?:[\s,:;]+[A-Za-z]{2,}){2,}")
"""Three Latin words in a row: in Arabic text a sentence that was not translated."""


class Read(HTMLParser):
    """What a reader of the page is told, drawings included; codes and SQL apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[bool] = []
        self.said: list[str] = []
        self.english: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {k: v or "" for k, v in attrs}
        code = tag in ("code", "style") or "code" in held.get("class", "").split()
        self.said += [held[k] for k in ("aria-label", "title", "alt") if k in held]
        if held.get("lang") == "en":
            self.english.append(tag)
        if tag not in VOID:
            self.open.append(code or (bool(self.open) and self.open[-1]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self.open and self.open[-1]):
            self.said.append(data)


class Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - the visitor's own naming
        self.names.add(node.id.name)


def english_messages(prefix: str = "") -> Iterator[ftl.Message]:
    for parsed in resources_of("en").values():
        yield from (e for e in parsed.body if isinstance(e, ftl.Message) and e.id.name.startswith(prefix))


def values_of(message: ftl.Message, n: int) -> dict[str, Any]:
    """A value of the right kind for every variable of a sentence."""
    found = Variables()
    found.visit(message)
    kinds: dict[str, Any] = dict.fromkeys(("start", "end", "since", "day"), date(2025, 6, 1))
    kinds |= dict.fromkeys(("share", "rate", "declared", "p", "ratio", "expected"), 0.25)
    kinds |= {
        "office": "EX01",
        "pool": "EX01-61",
        "goods": "61",
        "section": "A",
        "product": "610910",
        "detail": "87-89",
    }
    kinds |= {
        "method": ("manual", "rota", "workload", "random")[n % 4],
        "lane": ("green", "blue", "yellow", "red")[n % 4],
    }
    return {name: kinds.get(name, n) for name in found.names}


NEEDS = "not checked: needs duties, times of assignment, another office under the same rule"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose report has every note, reason, explanation, table and word to say that there is."""
    path = write_folder(tmp_path_factory.mktemp("assessment") / "a")
    signals = pq.read_table(path / "signals.parquet").to_pylist()
    manifest = json.loads((path / "manifest.json").read_text())
    renamed = {
        "assignment-override": "assignment-steering",
        "lane-change-without-act": "finding-rate",
        "value-shortfall": "assignment-steering",
    }
    pairs = [r for r in signals if r["indicator"] == "assignment-steering"]
    signals += [
        {
            **r,
            "indicator": new,
            "signal_id": signal_id(new, r["unit_kind"], r["unit_id"], r["other_id"] or "", "", *days),
        }
        for new, old in renamed.items()
        for r in signals
        if r["indicator"] == old
        for days in ((r["period_start"], r["period_end"]),)
    ]
    # A declarant by itself beside its pairs, and an interval that includes no difference.
    single = next(r for r in pairs if r["signal"])
    signals.append(
        {**single, "indicator": "assignment-override", "unit_kind": "declarant", "unit_id": single["other_id"]}
    )
    signals[-1] |= {"other_id": None, "signal_id": "ab" * 8, "ci_low": -0.1}
    reasons = [m.id.name.removeprefix("reason-") for m in english_messages("reason-")]
    silent = itertools.cycle([re.sub(r"\bn\b", "30", r.replace("-", " ")) for r in reasons])
    for row in signals:
        if row["p_value"] is None:
            row["reason"] = f"cannot tell: {next(silent)}"
    schema = pq.read_schema(path / "signals.parquet")
    pq.write_table(pa.Table.from_pylist(signals, schema=schema), path / "signals.parquet")
    told = []
    standing = [r["signal_id"] for r in signals if r["signal"]]
    for k, (n, message) in enumerate(itertools.product((0, 1, 2, 3, 11, 100), english_messages("told-"))):
        said = (Sentence(message.id.name.removeprefix("told-"), values_of(message, n)),)
        row = {"explanation": "batch", "status": "found", "clears": k % 2 == 0}
        row |= {"detail": str(Sentences(said)), "told": as_json(said)}
        # Of two signals, since a page shows not all: that a sentence is shown must not hang on how many there are.
        told += [{"signal_id": standing[at % len(standing)], **row} for at in (k, k + 1)]
    names = [m.id.name.removeprefix("explanation-name-") for m in english_messages("explanation-name-")]
    told += [
        {"signal_id": s, "explanation": e, "status": status, "detail": "", "clears": False, "told": "[]"}
        for s, e, status in itertools.product(standing[:2], names, ("not found", NEEDS))
    ]
    pq.write_table(pa.Table.from_pylist(told, schema=EXPLANATIONS), path / "explanations.parquet")
    notes = [
        {"key": m.id.name.removeprefix("note-"), "text": "English.", "values": values_of(m, 3)}
        for m in english_messages("note-")
    ]
    for note in notes:
        if "ratio" in note["values"]:
            note["values"]["ratio"] = 66.9
    for question in manifest["questions"]:
        question |= {"status": "assessed", "needs_missing": {}, "notes": notes}
        own = [r for r in signals if r["indicator"] == question["id"]]
        question["tested"] = sum(r["p_value"] is not None for r in own)
        question["cannot_tell"] = len(own) - question["tested"]
        question["signals"] = sum(r["signal"] for r in own)
        question["flagged"] = sum(r["flagged"] for r in own)
        question["explained"] = question["signals"] - question["flagged"]
        peers = [m.id.name.removeprefix("peer-").replace("-", " ") for m in english_messages("peer-")]
        every = {name: [] for name in CONTRACT.tables}
        question["definition"] |= {"explanations": names, "conditions_on": peers, "helped_by": every}
        question["definition"]["forbidden_uses"] = Definition.forbidden_uses
    missing = manifest["questions"][1]
    manifest["questions"].append({**missing, "id": "lane-rates", "status": "not assessed"})
    manifest["questions"][-1]["needs_missing"] = {"inspections": [], "declarations": ["lane_reason"]}
    del manifest["questions"][1]
    manifest |= {"amended": True, "earlier_plans": ["ab" * 32], "plan_registered_at": "2026-11-24T09:00:00+00:00"}
    (path / "manifest.json").write_text(json.dumps(manifest))
    _quality(path)
    _tables(path, single)
    return path


def _quality(path: Path) -> None:
    schema = pq.read_schema(path / "quality.parquet")
    rows = [
        {"table": t, "file": f"{t}.csv", "rows": 10, "accepted": 9, "set_aside": 1}
        for t in CONTRACT.tables
        if t not in ("postings", "duties", "shifts", "assignment_rules")
    ]
    rows += [
        {"table": "declarations" if rule.table == "*" else rule.table, "reason": rule.code, "set_aside": 1}
        for rule in CONTRACT.rules
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path / "quality.parquet")


def _tables(path: Path, pair: dict[str, Any]) -> None:
    features = [m.id.name.removeprefix("detail-word-").replace("-", " ") for m in english_messages("detail-word-")]
    pools = [{"office": "EX01", "feature": f, "levels": "06, 07", "officers": 3, "draws": 90} for f in features]
    office = {"office": "EX01", "draws": 9, "in_batches": 1, "without_comparison": 1, "officers": 3, "declarants": 4}
    moved = {
        "office": "EX01",
        "declarant": pair["other_id"],
        "received_by": pair["unit_id"],
        "moved_by": pair["unit_id"],
    }
    found = [
        {"office": "EX01", "lane": lane, "selected": selected, "examined": 40, "rate_of_examined": 0.1}
        | {"interval_low": 0.05, "interval_high": 0.2}
        for lane in ("red", "yellow")
        for selected in ("random", "criteria")
    ]
    curve = [{"units": u, "share": 0.01 * u, "low": 0.0, "high": 0.02 * u} for u in (1, 2, 5, 10)]
    tables = {
        "assignment-steering/offices": [office | {"declarants_tested": 2, "compared_within": "day"}],
        "assignment-steering/pools": pools,
        "assignment-override/by_whom": [moved | {"moves": 13}],
        "assignment-override/ordinary": [{"office": "EX01", "draws": 90, "moved": 9, "absent": 1, "off_shift": None}],
        "finding-rate/random_share": found,
        "finding-rate/zero": [{"office": "EX01", "lane": "red", "n": 500, "found": 40}],
        "value-shortfall/concentration": curve,
    }
    for name, rows in tables.items():
        (path / "tables" / name).parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist(rows), path / "tables" / f"{name}.parquet")


def read(folder: Path, lang: str) -> Read:
    page = Read()
    page.feed(write_report(folder, lang).read_text(encoding="utf-8"))
    page.said = [re.sub("[\u2066-\u2069\u200e\u200f]", "", s) for s in page.said]
    return page


def english_sentences() -> dict[str, str]:
    """The longest run of words without a variable in each English sentence, of three words or more."""
    found: dict[str, str] = {}
    for message in english_messages():
        runs: list[str] = []
        for part in ftl_texts(message.value):
            told = LITERALS.sub("\n", part)
            runs += [r.strip() for r in re.split(r"[\n.:;]", told) if len(r.split()) >= 3]
        if runs:
            found[message.id.name] = max(runs, key=len)
    return found


def ftl_texts(node: Any) -> Iterator[str]:
    if isinstance(node, ftl.TextElement):
        yield node.value
    elif isinstance(node, ftl.Pattern):
        for element in node.elements:
            yield from ftl_texts(element)
    elif isinstance(node, ftl.Placeable) and isinstance(node.expression, ftl.SelectExpression):
        for variant in node.expression.variants:
            yield from ftl_texts(variant.value)


@pytest.mark.parametrize("lang", OTHERS)
def test_no_sentence_of_the_english_catalogue_is_in_the_report(folder: Path, lang: str) -> None:
    said = " ".join(" ".join(read(folder, lang).said).split())
    left = {key: text for key, text in english_sentences().items() if text in PROPER_NAMES.sub("", said)}
    assert left == {}


@pytest.mark.parametrize("lang", OTHERS)
def test_no_sentence_is_left_in_english(folder: Path, lang: str) -> None:
    page = read(folder, lang)
    assert page.english == [], "nothing that the program says itself falls back to English"
    looked_for = LATIN_SENTENCE if lang == "ar" else ENGLISH_WORDS
    left = {s: looked_for.search(PROPER_NAMES.sub("", LITERALS.sub("", s))) for s in page.said}
    assert {sentence: found.group(0) for sentence, found in left.items() if found} == {}


def test_the_english_report_of_the_same_folder_says_them(folder: Path) -> None:
    """The folder does make the report say what the tests above look for."""
    said = " ".join(" ".join(read(folder, "en").said).split())
    spoken = english_sentences()
    prefixes = ("told-", "note-", "reason-", "explanation-name-", "table-")
    unsaid = {k: t for k, t in spoken.items() if k.startswith(prefixes) and k not in ONLY_FOR and t not in said}
    assert unsaid == {}


ONLY_FOR = {"table-another-office-under-the-same-rule", "table-times-of-assignment"}
"""Names that stand in a list, where another word may join them."""


def test_every_note_in_the_code_is_in_the_catalogues() -> None:
    slots = {
        "kind": ("officer", "pair"),
        "key": ("scatter", "scatter-assumed"),
        "table.replace('_', '-')": ("shifts", "assignment-rules", "items"),
        "words.notes": ("finding-rate", "lane-change"),
    }
    keys = []
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Note":
                keys += spelt(node.args[0], slots)
    assert len(keys) > 20
    for lang in languages():
        assert [k for k in keys if not Catalogue(lang).has(f"note-{k}")] == []


def spelt(node: ast.expr, slots: dict[str, tuple[str, ...]]) -> list[str]:
    """All strings that a string or f-string can be."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    assert isinstance(node, ast.JoinedStr), ast.unparse(node)
    parts = [
        slots[ast.unparse(p.value)] if isinstance(p, ast.FormattedValue) else (str(getattr(p, "value", "")),)
        for p in node.values
    ]
    return ["".join(found) for found in itertools.product(*parts)]


def test_every_reason_in_the_code_is_in_the_catalogues() -> None:
    found = set()
    for source in SOURCES:
        # A reason may be written in several pieces, one a line.
        joined = re.sub(r"\"\s*\n\s*f?\"", "", source.read_text(encoding="utf-8"))
        for text in re.findall(r"\"cannot tell: ([^\"]+)\"", joined):
            found.add(f"reason-{slug(re.sub(r'{[^}]*}', 'n', text))}")
    assert len(found) > 15
    for lang in languages():
        assert {k for k in found if not Catalogue(lang).has(k)} == set()


def test_every_sentence_of_an_explanation_is_in_the_catalogues() -> None:
    keys: list[str] = []
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Sentence"
            if called and isinstance(node.args[0], ast.Constant):  # type: ignore[attr-defined]
                keys.append(node.args[0].value)  # type: ignore[attr-defined]
    assert len(keys) > 15
    for lang in languages():
        assert [k for k in keys if not Catalogue(lang).has(f"told-{k}")] == []


def test_every_built_in_question_is_in_the_folder(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    assert {q["id"] for q in manifest["questions"]} == set(BUILT_IN)
    assert sum(q["status"] == "assessed" for q in manifest["questions"]) == len(BUILT_IN) - 1


@pytest.mark.parametrize("n", [0, 1, 2, 3, 11, 100])
def test_arabic_has_its_six_plurals_in_explanations(n: int) -> None:
    words = Catalogue("ar", isolate=False)
    counted = {k: words.text("told-away", n=k) for k in (0, 1, 2, 3, 11, 100)}
    assert len(set(counted.values())) == 6
    assert (str(n) in counted[n]) == (n > 2), "zero, one and two are words"


def test_numbers_dates_and_codes_of_an_explanation_are_the_readers(folder: Path) -> None:
    french, arabic = Catalogue("fr", isolate=False), Catalogue("ar")
    said = french.text("told-few-weeks", n=5, rate=0.1234, declared=0.1)
    assert "12,3\u00a0%" in said
    duty = french.text("told-duty-acting-for-for", start=date(2025, 1, 2), end=date(2025, 3, 4), detail="P-7Q3K")
    assert duty == "A remplacé P-7Q3K du 2 janvier 2025 au 4 mars 2025."
    assert "\u2068P-7Q3K\u2069" in arabic.text(
        "told-duty-acting-for-for", start=date(2025, 1, 2), end=date(2025, 3, 4), detail="P-7Q3K"
    )


@pytest.mark.parametrize("lang", languages())
def test_a_note_of_an_assessment_made_before_one_more_account_is_read_as_it_was(lang: str) -> None:
    words = Catalogue(lang)
    values = {"n": 5, "avoidance": 2, "desk": 3, "importer": 0, "scatter": 0}
    earlier = note_text(words, {"key": "assignment-accounts", "text": "", "values": values})
    assert earlier == note_text(words, {"key": "assignment-accounts", "text": "", "values": {**values, "bundle": 0}})
