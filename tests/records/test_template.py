"""Empty tables, the notes beside them, and a documentation page that is never stale."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from arusha.errors import RecordsError
from arusha.language import banned_words, languages
from arusha.records.contract import CONTRACT
from arusha.records.template import notes, page, write_template

DOCS = Path(__file__).parents[2] / "docs" / "records.md"


def test_a_template_has_a_file_a_table_with_the_contract_s_header(tmp_path: Path) -> None:
    written = write_template(tmp_path / "new")
    read_today = {name for name, table in CONTRACT.tables.items() if table.read_by}
    assert {p.name for p in written} == {f"{name}.csv" for name in read_today} | {"README.en.md"}
    assert sorted(written) == sorted((tmp_path / "new").iterdir())
    for name in read_today:
        with (tmp_path / "new" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert list(csv.reader(file)) == [list(CONTRACT.tables[name].columns)]


def test_any_tables_can_be_chosen(tmp_path: Path) -> None:
    written = write_template(tmp_path, ["transit", "declarations"], lang="fr")
    assert {p.name for p in written} == {"transit.csv", "declarations.csv", "README.fr.md"}
    with pytest.raises(RecordsError, match="no table voyages"):
        write_template(tmp_path, ["voyages"])


def test_nothing_is_replaced_unless_forced(tmp_path: Path) -> None:
    (tmp_path / "items.csv").write_text("declaration_id\nD1\n", encoding="utf-8")
    with pytest.raises(RecordsError, match=re.escape("items.csv")):
        write_template(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["items.csv"]
    assert (tmp_path / "items.csv").read_text(encoding="utf-8") == "declaration_id\nD1\n"
    write_template(tmp_path, force=True)
    assert (tmp_path / "items.csv").read_text(encoding="utf-8").startswith("declaration_id,item_no,")
    with pytest.raises(RecordsError, match="others exist already"):
        write_template(tmp_path)


@pytest.mark.parametrize("lang", languages())
def test_the_notes_explain_every_column_of_every_chosen_table(lang: str) -> None:
    text = notes(list(CONTRACT.tables), lang)
    assert banned_words(text, lang) == ()
    for table in CONTRACT.tables.values():
        part = re.split(r"\n##+ ", text.split(f"### `{table.name}`\n", 1)[1])[0]
        assert table.meaning[lang] in part
        for column in table.columns.values():
            row = next(line for line in part.splitlines() if line.startswith(f"| `{column.name}`"))
            assert column.meaning[lang].replace("|", "\\|") in row
            assert row.startswith(f"| `{column.name}`* |") == column.required
            assert all(f"`{value}`" in row for value in column.values)


def test_the_notes_name_the_tables_that_wait() -> None:
    assert "wait for later questions: `calendar`" in notes()
    assert "wait for later questions" not in notes(list(CONTRACT.tables))


def test_the_page_lists_who_reads_each_column_and_every_reason() -> None:
    text = page()
    row = next(line for line in text.splitlines() if line.startswith("| `lane_reason` |"))
    assert "lane-rates" in row
    for rule in CONTRACT.rules:
        where = "every table" if rule.table == "*" else f"`{rule.table}`"
        assert f"| `{rule.code}` | {where} | {rule.sentence['en']} |" in text


def test_the_documentation_page_is_fresh() -> None:
    assert DOCS.read_text(encoding="utf-8") == page(), "run `python -m arusha.records.template docs/records.md`"


def test_the_page_is_written_from_the_command_line(tmp_path: Path) -> None:
    out = tmp_path / "records.md"
    command = [sys.executable, "-m", "arusha.records.template", str(out)]
    subprocess.run(command, check=True, env=os.environ, timeout=60)
    assert out.read_text(encoding="utf-8") == page()
