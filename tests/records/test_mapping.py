from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from extract_files import small, write

from arusha.errors import RecordsError
from arusha.records import expressions, joined, mapping_file
from arusha.records.contract import CONTRACT
from arusha.records.expressions import Source
from arusha.records.inspect import inspect
from arusha.records.joined import JoinedExpressions
from arusha.records.load import load
from arusha.records.mapping import SourceTable
from arusha.records.mapping_file import SHIPPED, load_mapping, merged


def mapping(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "m.yaml"
    path.write_text(text, encoding="utf-8")
    return path


BASE = """
name: house
sources:
  D:
    columns:
      ID: {required: true}
      OFF: {}
      AT: {time_format: DD/MM/YYYY}
      A: {}
      B: {}
      C: {}
  T:
    columns: {ID: {}, LINE: {}, KIND: {}, AMT: {}, WHEN: {}}
tables:
  declarations:
    from: D
    columns:
      declaration_id: ID
      office: OFF
      registered_at: AT
"""


def made(tmp_path, columns, d="", t="", sources=""):
    """Load one declaration ``1`` with the expressions ``columns``; the stored row by column."""
    text = BASE.replace("sources:\n", "sources:\n" + sources) + "".join(f"      {c}: {e}\n" for c, e in columns.items())
    header = "ID,OFF,AT,A,B,C\n"
    tables = {"D": header + (d or "1,X,05/04/2024,a,b,c\n")}
    if t:
        tables["T"] = "ID,LINE,KIND,AMT,WHEN\n" + t
    source = write(tmp_path / "in", **tables)
    workspace = load(source, mapping(tmp_path, text), tmp_path / "w.arusha", pseudonyms="off")
    with workspace.connect() as connection:
        cursor = connection.execute("SELECT * FROM declarations WHERE declaration_id = '1'")
        names = [c[0] for c in cursor.description]
        rows = cursor.fetchall()
        aside = connection.execute(
            "SELECT source_line, reason, column_name, value FROM set_aside ORDER BY ALL"
        ).fetchall()
    return dict(zip(names, rows[0], strict=True)) if rows else {}, aside, workspace


def value(tmp_path, expression, column="section", **options):
    return made(tmp_path, {column: expression}, **options)[0][column]


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("A", "a"),
        ("{first: [C, A]}", "c"),
        ("{concat: [A, B], with: '-'}", "a-b"),
        ("{words: [A, B, C]}", "a b c"),
        ("{lookup: A, values: {a: one, b: two}}", "one"),
        ("{lookup: B, values: {a: one}, others: keep}", "b"),
        ("{lookup: B, values: {a: one}, others: empty}", None),
        ("{when: {A: a}, then: B, else: C}", "b"),
        ("{when: {A: {not_in: [a]}}, then: B, else: C}", "c"),
        ("{when: {A: {starts_with: a}, B: [b, x]}, then: B}", "b"),
        ("{year: AT}", "2024"),
        ("{pad: 4, of: A}", "000a"),
        ("{before: ' - ', of: A}", "a"),
        ("{agree: [A, A]}", "a"),
        ("{row: 'n'}", "n0-2"),
    ],
)
def test_expressions_over_one_row(tmp_path, expression, told):
    assert value(tmp_path, expression) == told


@pytest.mark.parametrize(
    ("expression", "column", "d", "told"),
    [
        ("{sum: [A, B]}", "declared_value", "1,X,05/04/2024,1.5,2,\n", 3.5),
        ("{sum: [A, B]}", "declared_value", "1,X,05/04/2024,,2,\n", 2),
        ("{sum: [A, B]}", "declared_value", "1,X,05/04/2024,,,\n", None),
        ("{scale: '0.01', of: A}", "declared_value", "1,X,05/04/2024,12.5,,\n", 0.125),
        ("{join: [A, B, C], widths: [4]}", "section", "1,X,05/04/2024,123,,45\n", "012345"),
        ("{flags: {red: A, green: B}}", "lane_final", "1,X,05/04/2024,0,1,\n", "green"),
        ("{flags: {red: A, green: B}}", "lane_final", "1,X,05/04/2024,0,0,\n", None),
    ],
)
def test_numbers_fragments_and_flags(tmp_path, expression, column, d, told):
    assert value(tmp_path, expression, column, d=d) == told


@pytest.mark.parametrize(
    ("expression", "d", "reason"),
    [
        ("{lookup: A, values: {b: two}}", "1,X,05/04/2024,a,b,c\n", "unknown-value"),
        ("{agree: [A, B]}", "1,X,05/04/2024,a,b,c\n", "contradiction"),
        ("{confirm: A, by: B, or: C}", "1,X,05/04/2024,a,b,c\n", "contradiction"),
        ("{flags: {red: A, green: B}}", "1,X,05/04/2024,1,1,c\n", "contradiction"),
    ],
)
def test_what_cannot_be_decided_sets_the_row_aside(tmp_path, expression, d, reason):
    _, aside, _ = made(tmp_path, {"section": expression}, d=d + "2,X,05/04/2024,,,\n")
    assert [(line, why, column) for line, why, column, _ in aside] == [(2, reason, "section")]


TAXES = "1,1,DD,10.5,1\n1,2,VAT,20,2\n1,3,DD,1,3\n9,1,DD,5,1\n"


@pytest.mark.parametrize(
    ("expression", "column", "told"),
    [
        ("{total: AMT, from: T, on: {ID: ID}}", "declared_tax", 31.5),
        ("{total: AMT, from: T, on: {ID: ID}, where: {KIND: DD}}", "declared_tax", 11.5),
        ("{list: KIND, from: T, on: {ID: ID}}", "section", "DD VAT"),
        ("{worst: KIND, order: [DD, VAT], from: T, on: {ID: ID}}", "section", "VAT"),
        ("{worst: LINE, by: KIND, order: [VAT, DD], from: T, on: {ID: ID}}", "section", "3"),
        ("{last: KIND, by: WHEN, from: T, on: {ID: ID}}", "section", "DD"),
        ("{value: AMT, from: T, on: {ID: ID}, where: {KIND: VAT}}", "section", "20"),
        ("{exists: T, on: {ID: ID}, where: {KIND: VAT}}", "section", "true"),
        ("{exists: T, on: {ID: ID}, where: {KIND: EXC}}", "section", "false"),
    ],
)
def test_expressions_over_another_table(tmp_path, expression, column, told):
    row, aside, _ = made(tmp_path, {column: expression}, t=TAXES)
    assert row[column] == told
    assert [(line, why) for line, why, _, _ in aside] == [(5, "unmatched")]


def test_matching_rows_that_differ_are_a_contradiction(tmp_path):
    _, aside, _ = made(
        tmp_path,
        {"section": "{value: KIND, from: T, on: {ID: ID}}"},
        d="1,X,05/04/2024,,,\n2,X,05/04/2024,,,\n",
        t="1,1,DD,1,1\n1,2,VAT,2,2\n",
    )
    assert aside == [(2, "contradiction", "section", "DD / VAT")]


def test_an_expression_over_an_absent_column_or_table_is_absent(tmp_path):
    columns = {
        "section": "{concat: [A, GONE]}",
        "status": "{exists: T, on: {ID: ID}}",
        "declared_tax": "{total: AMT, from: T, on: {ID: ID}}",
        "procedure": "{when: {GONE: x}, then: A, else: B}",
        "lane_reason": "{current: A}",
    }
    text = BASE.replace("      C: {}\n", "      C: {}\n      GONE: {}\n")
    text += "".join(f"      {c}: {e}\n" for c, e in columns.items())
    source = write(tmp_path / "in", D="ID,OFF,AT,A,B,C\n1,X,05/04/2024,a,b,c\n")
    workspace = load(source, mapping(tmp_path, text), tmp_path / "w.arusha", pseudonyms="off")
    assert not set(columns) & workspace.present["declarations"]
    assert set(columns) <= set(workspace.manifest["tables"]["declarations"]["absent"])


def test_a_constant_is_stored_and_counts_as_absent(tmp_path):
    row, _, workspace = made(tmp_path, {"section": "{constant: Z}"})
    assert row["section"] == "Z"
    assert "section" not in workspace.present["declarations"]
    assert workspace.manifest["tables"]["declarations"]["constant"] == ["section"]


def test_versions_by_the_highest_number(tmp_path):
    text = BASE.replace("  D:\n", "  D:\n    versions: {key: [ID], order: C}\n")
    text += "      declared_value: {first_version: A}\n      assessed_value: A\n"
    rows = "1,X,05/04/2024,10,,9\n1,X,05/04/2024,20,,10\n1,X,05/04/2024,5,,2\n2,X,05/04/2024,7,,1\n"
    source = write(tmp_path / "in", D="ID,OFF,AT,A,B,C\n" + rows)
    workspace = load(source, mapping(tmp_path, text), tmp_path / "w.arusha", pseudonyms="off")
    with workspace.connect() as connection:
        assert connection.execute(
            "SELECT declaration_id, declared_value, assessed_value, source_line FROM declarations ORDER BY 1"
        ).fetchall() == [("1", 5, 20, 3), ("2", 7, 7, 5)]


def test_numbers_with_thousands_and_rounding_are_declared(tmp_path):
    text = BASE.replace("A: {}", "A: {thousands: ','}").replace("B: {}", "B: {round_money: true}")
    text += "      declared_value: A\n      declared_tax: B\n"
    source = write(tmp_path / "in", D='ID,OFF,AT,A,B,C\n1,X,05/04/2024,"1,234.50",9.99996,\n')
    workspace = load(source, mapping(tmp_path, text), tmp_path / "w.arusha", pseudonyms="off")
    with workspace.connect() as connection:
        assert connection.execute("SELECT declared_value, declared_tax FROM declarations").fetchall() == [(1234.5, 10)]
        assert connection.execute("SELECT column_name, repair, was FROM repairs ORDER BY 1").fetchall() == [
            ("declared_tax", "rounded", "9.99996"),
            ("declared_value", "thousands", "1,234.50"),
        ]


def test_an_override_merges_by_name_and_replaces_expressions_whole():
    base = {"tables": {"d": {"from": "D", "columns": {"x": {"concat": ["A"]}, "y": "B"}}}, "reading": {"trim": True}}
    over = {"tables": {"d": {"columns": {"x": {"first": ["C"]}}}}, "reading": {"zone": "UTC"}}
    assert merged(base, over) == {
        "tables": {"d": {"from": "D", "columns": {"x": {"first": ["C"]}, "y": "B"}}},
        "reading": {"trim": True, "zone": "UTC"},
    }
    assert merged(base, {"tables": {"d": {"columns": {"y": None}}}})["tables"]["d"]["columns"] == {
        "x": {"concat": ["A"]}
    }


def test_an_override_of_the_canonical_mapping(tmp_path):
    source = write(tmp_path / "in", declarations="nr;office;registered_at\nD1;A;31/03/2024\n")
    override = mapping(
        tmp_path,
        "zone: Africa/Nairobi\nreading: {time_format: DD/MM/YYYY, zone: office}\n"
        "sources: {declarations: {columns: {declaration_id: {names: [nr]}}}}\n",
    )
    workspace = load(source, out=tmp_path / "w.arusha", pseudonyms="off", override=override)
    with workspace.connect() as connection:
        assert connection.execute("SELECT declaration_id, registered_at::VARCHAR FROM declarations").fetchall() == [
            ("D1", "2024-03-30 21:00:00")
        ]
    assert workspace.manifest["warnings"] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sources: [", "not valid YAML"),
        ("- a\n- b\n", "names was expected"),
        ("surces: {}", "knows no entry surces"),
        ("sources: {D: {colums: {}}}", "knows no entry colums"),
        ("sources: {D: {columns: {A: {persn: party}}}}", "knows no entry persn"),
        ("tables: {declrations: {from: D}}", "no table declrations"),
        ("tables: {declarations: {from: D}}", "names no source table"),
        ("sources: {D: {columns: {A: {}}}}\ntables: {declarations: {from: D, columns: {ofice: A}}}", "no column ofice"),
        ("zone: Mars/Olympus", "not a time zone"),
        ("reading: {zone: Mars/Olympus}", "not a time zone"),
        ("reading: {time_format: HH:MM}", "does not name a year"),
        ("reading: {encoding: klingon}", "no encoding klingon"),
        ("sources: {D: {one_row_per: [Z], columns: {A: {}}}}", "no column Z"),
        ("sources: {D: {columns: {A: {person: cat}}}}", "person: cat"),
        ("canonical: [declrations]", "no table declrations"),
    ],
)
def test_a_mapping_that_says_something_unknown_is_refused(tmp_path, text, told):
    with pytest.raises(RecordsError, match=told):
        load_mapping(mapping(tmp_path, text))


@pytest.mark.parametrize(
    ("expression", "told"),
    [("{concatt: [A]}", "no expression"), ("Z", "has no column Z"), ("{lookup: A, values: {}, others: drop}", "others"),
     ("{total: AMT, from: Z, on: {ID: ID}}", "no source table Z"), ("{when: {A: {like: x}}, then: B}", "no condition")],
)  # fmt: skip
def test_an_expression_that_says_something_unknown_blocks(tmp_path, expression, told):
    with pytest.raises(RecordsError, match=told):
        made(tmp_path, {"section": expression})


def test_codes_in_a_mapping_are_text_and_not_truth_or_numbers(tmp_path):
    row = value(tmp_path, "{lookup: A, values: {on: yes, 01: 007}}", d="1,X,05/04/2024,01,,\n")
    assert row == "007"


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_mappings_are_read_and_fill_tables_of_the_contract(name):
    shipped = load_mapping(name)
    assert shipped.name == name
    assert len(shipped.digest) == 64
    for target in shipped.targets:
        assert set(target.columns) <= set(CONTRACT.tables[target.table].columns)
        assert set(CONTRACT.tables[target.table].required) <= set(target.columns) | {
            c for each in target.each for c in each
        }


def test_the_canonical_mapping_protects_every_person_of_the_contract():
    sources = load_mapping("canonical").sources
    for name, table in CONTRACT.tables.items():
        for column, person in table.persons.items():
            assert sources[name].columns[column].person == person


def test_the_korean_declarations(shared, golden, tmp_path):
    source = shared / "data" / "customs_declarations_kr"
    report = inspect(source, "korea-ctgan")
    told = {t.table: t for t in report.tables}
    assert {name: (t.rows, t.accepted) for name, t in told.items()} == {
        "declarations": (54000, 54000),
        "items": (54000, 54000),
    }
    invented = {"lane_assigned", "lane_final", "officer_id", "declared_tax", "assessed_tax"}
    assert not invented & set(told["declarations"].present)
    assert told["declarations"].day_only == {"registered_at": 54000}
    workspace = load(source, "korea-ctgan", tmp_path / "k.arusha", pseudonyms="off")
    with workspace.connect() as connection:
        assert connection.execute(
            "SELECT office, registered_on::VARCHAR, registered_hour, hs_code, origin, net_mass_kg, i.declared_value, "
            "duty_rate FROM declarations JOIN items AS i USING (declaration_id) WHERE declaration_id = '97061800'"
        ).fetchall() == [("30", "2020-01-01", None, "440890", "BE", 108.0, Decimal("372254.400"), 0.0)]
        # A heading with a leading zero is still six digits.
        assert connection.execute("SELECT count(*), min(hs_code) FROM items WHERE hs_code < '1'").fetchall() == [
            (2567, "010129")
        ]
        # What was loaded is what plain counts of the three files give: the counts exactly, sums of prices to what
        # rounding each to the thousandth moves (5e-4 a row at most).
        for part in golden("customs_kr")["descriptives_exact"].values():
            period = [part["date_min"], part["date_max"]]
            found = connection.execute(
                "SELECT count(*), min(registered_on)::VARCHAR, max(registered_on)::VARCHAR, count(DISTINCT office), "
                "count(DISTINCT declarant_id), count(DISTINCT importer_id), count(DISTINCT hs_code), "
                "sum(i.declared_value)::DOUBLE, sum(net_mass_kg) FROM declarations JOIN items AS i "
                "USING (declaration_id) WHERE registered_on BETWEEN ? AND ?",
                period,
            ).fetchone()
            wanted = ("rows", "date_min", "date_max", "offices", "declarants", "importers", "hs6")
            assert found[:7] == tuple(part[name] for name in wanted)
            assert found[7] == pytest.approx(part["sum_price"], abs=5e-4 * part["rows"])
            assert found[8] == pytest.approx(part["sum_mass"], rel=1e-12)
            offices = connection.execute(
                "SELECT office, count(*) FROM declarations WHERE registered_on BETWEEN ? AND ? GROUP BY office", period
            ).fetchall()
            assert dict(offices) == {office: rows for office, (rows, _) in part["fraud_by_office"].items()}


def test_decimal_commas_of_a_canonical_source_by_override(tmp_path):
    declarations = 'declaration_id,office,registered_at,declared_value\nD1,A,2024-01-01,"1.234,5"\n'
    source = small(tmp_path / "in", declarations=declarations)
    override = mapping(tmp_path, "reading: {decimal_comma: true, thousands: '.'}")
    workspace = load(source, out=tmp_path / "w.arusha", pseudonyms="off", override=override)
    assert workspace.manifest["tables"]["declarations"]["sums"] == {"declared_value": "1234.500"}


def test_every_entry_of_the_mapping_language_is_documented():
    page = (Path(__file__).parents[2] / "docs" / "mappings.md").read_text(encoding="utf-8")
    entries = mapping_file._TOP | mapping_file._READING | mapping_file._SOURCE | mapping_file._COLUMN
    entries |= mapping_file._TABLE | mapping_file._VERSIONS
    assert not {e for e in entries - {"form"} if f"`{e}`" not in page and f"{e}:" not in page}


def test_every_expression_is_documented_where_the_page_says():
    source = Source({}, {}, {})
    kinds = JoinedExpressions(SourceTable("t", (), {}), source, "").kinds()
    told = f"{expressions.__doc__}\n{joined.__doc__}"
    assert not {kind for kind in kinds if f"\n{kind}: " not in told}
