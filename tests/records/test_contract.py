"""The contract: complete, consistent in itself, and what the design page says."""

from __future__ import annotations

import os
import re
from pathlib import Path

import duckdb
import pytest

from arusha.indicators.registry import indicators
from arusha.language import banned_words
from arusha.records.contract import CONTRACT, LANGUAGES, PERSONS, TYPES, Column, Rule, Table

SHARED = Path(os.environ.get("ARUSHA_SHARED", Path(__file__).parents[2] / ".." / "shared"))
DESIGN = SHARED / "design" / "records.md"

TABLES = list(CONTRACT.tables.values())
COLUMNS = [(table, column) for table in TABLES for column in table.columns.values()]


def label(value: object) -> str:
    return value.name if isinstance(value, Table | Column) else str(value)


@pytest.mark.parametrize("table", TABLES, ids=label)
def test_a_key_is_made_of_required_columns(table: Table) -> None:
    assert set(table.key) <= set(table.required)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=label)
def test_a_column_is_well_defined(table: Table, column: Column) -> None:
    assert column.type in TYPES
    assert column.person in ("", *PERSONS)
    assert bool(column.values) == (column.type == "enum")
    assert not column.open_values or column.type == "enum"
    if column.refers:
        other, _, name = column.refers.partition(".")
        assert CONTRACT.tables[other].columns[name].type == column.type
        assert CONTRACT.tables[other].columns[name].person == column.person
    assert set(column.read_by) <= set(table.read_by)


def test_officers_and_users_have_no_other_columns_that_name_them() -> None:
    assert {name for name in CONTRACT.tables["officers"].columns if "name" in name} == set()


def test_only_what_the_design_requires_is_required_of_declarations() -> None:
    assert CONTRACT.tables["declarations"].required == ("declaration_id", "office", "registered_at")


@pytest.mark.parametrize("rule", [r for r in CONTRACT.rules if r.columns], ids=lambda r: f"{r.table}-{r.code}")
def test_a_condition_reads_only_its_columns(rule: Rule) -> None:
    table = CONTRACT.tables[rule.table]
    assert set(rule.columns) <= set(table.columns)
    if not rule.condition:
        return
    kinds = {"time": "TIMESTAMP", "date": "DATE", "money": "DECIMAL(18,3)", "quantity": "DOUBLE", "rate": "DOUBLE"}
    types = [
        kinds.get(table.columns[c].type, "BIGINT" if table.columns[c].type == "integer" else "VARCHAR")
        for c in rule.columns
    ]
    nulls = ", ".join(f"CAST(NULL AS {t}) AS {c}" for c, t in zip(rule.columns, types, strict=True))
    answer = duckdb.connect().execute(f"SELECT ({rule.condition}) IS TRUE FROM (SELECT {nulls})").fetchall()
    assert answer == [(False,)], "a row without the values does not break the rule"


def test_a_rule_is_said_once() -> None:
    seen = [(r.code, r.table, r.columns) for r in CONTRACT.rules]
    assert len(seen) == len(set(seen))


def tables_of_the_design(page: str) -> dict[str, set[str]]:
    """Table -> columns that the design page names for it; words in brackets and sentences are left out."""
    contract = page.split("# The signals contract")[0]
    body = contract[contract.index("## declarations") :]
    found: dict[str, set[str]] = {}
    for section in re.split(r"^## ", body, flags=re.M)[1:]:
        heading, text = section.split("\n", 1)
        if heading.startswith("declarations"):
            rows = re.findall(r"^\| ([a-z_, ]+) \|", text, flags=re.M)
            found["declarations"] = {name.strip() for row in rows for name in row.split(",")} - {"column"}
            continue
        if heading.startswith("Others"):
            for name, columns in re.findall(r"([a-z_]+)\s\(([^)]*)\)", text):
                # A colon opens a remark, which ends at the bracket or at a semicolon.
                listed = re.sub(r":[^;]*", "", columns).replace(";", ",")
                found[name] = {c.strip() for c in listed.split(",")}
            continue
        current = [heading.split(":")[0]]
        for bullet in re.split(r"^- ", text, flags=re.M):
            bare = " ".join(re.sub(r"\([^()]*\)", "", bullet).split()).replace(" :", ":")
            if not bare[:1].islower():  # a sentence, not a list of columns
                continue
            for piece in re.split(r" · |; ", re.split(r"\.(?: |$)", bare)[0]):
                opening = re.match(r"([a-z_]+(?:, [a-z_]+)*): ", piece)
                if opening:
                    current = opening.group(1).split(", ")
                    piece = piece[opening.end() :]
                names = [re.match(r"[a-z_]+", part) for part in re.split(r", | \+ | or ", piece)]
                for table in current:
                    found.setdefault(table, set()).update(name.group() for name in names if name)
    return found


BESIDE_THE_DESIGN = {"role_conflicts": {"other_role"}, "items": {"declared_exemption"}}
"""Columns that came later: optional ones, without which a question says what it could not read."""


@pytest.mark.skipif(not DESIGN.exists(), reason="the design pages are not beside this checkout (ARUSHA_SHARED)")
def test_every_table_and_column_of_the_design_page_is_in_the_contract() -> None:
    design = tables_of_the_design(DESIGN.read_text(encoding="utf-8"))
    assert sorted(design) == sorted(CONTRACT.tables)
    for name, columns in design.items():
        assert columns - set(CONTRACT.tables[name].columns) == set(), name
        added = set(CONTRACT.tables[name].columns) - columns
        assert added == BESIDE_THE_DESIGN.get(name, set()), name


@pytest.mark.parametrize("table", TABLES, ids=label)
def test_everything_is_said_in_every_language(table: Table) -> None:
    said = [table.meaning, table.purpose, table.without]
    said += [column.meaning for column in table.columns.values()]
    said += [column.place for column in table.columns.values() if column.place]
    for texts in said:
        assert tuple(texts) == LANGUAGES
        assert all(text.strip() for text in texts.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_said_uses_a_banned_word(lang: str) -> None:
    said = [text for table in TABLES for text in (table.meaning, table.purpose, table.without)]
    said += [text for _, column in COLUMNS for text in (column.meaning, column.place) if text]
    said += [rule.sentence for rule in CONTRACT.rules]
    assert [banned_words(text[lang], lang) for text in said if banned_words(text[lang], lang)] == []


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_nothing_is_left_untranslated(lang: str) -> None:
    said = [text for table in TABLES for text in (table.meaning, table.purpose, table.without)]
    said += [text for _, column in COLUMNS for text in (column.meaning, column.place) if text]
    said += [rule.sentence for rule in CONTRACT.rules]
    assert {text["en"] for text in said if text["en"] == text[lang]} == set()


def test_every_column_says_where_to_find_it() -> None:
    assert [f"{t.name}.{c.name}" for t, c in COLUMNS if not c.asycuda and not c.place] == []


def test_a_table_that_a_question_reads_gives_it_a_column() -> None:
    for table in TABLES:
        read = {question for column in table.columns.values() for question in column.read_by}
        assert read == set(table.read_by)


def test_a_rule_s_sentence_is_the_tables_own_where_it_has_one() -> None:
    assert CONTRACT.sentence("unknown-declaration", "items") == "The declaration of this item does not exist."
    assert CONTRACT.sentence("missing-key", "items", "fr") == "Une colonne de la clé est vide."
    with pytest.raises(KeyError):
        CONTRACT.sentence("no-such-rule")


def read_by_questions() -> list[tuple[str, str, str]]:
    """(question, table, column) of everything that a question's definition names."""
    return [
        (indicator.definition.id, table, column)
        for indicator in indicators()
        for named in (indicator.definition.needs, indicator.definition.helped_by)
        for table, columns in named.items()
        for column in columns
    ]


def test_the_contract_has_what_the_questions_read_and_says_who_reads_it() -> None:
    missing = [
        (question, f"{table}.{column}")
        for question, table, column in read_by_questions()
        if table not in CONTRACT.tables
        or column not in CONTRACT.tables[table].columns
        or question not in CONTRACT.tables[table].columns[column].read_by
    ]
    assert missing == [], "add them to read_by in contract.yaml, then python -m arusha.records.template docs/records.md"
