"""Identifiers that a spreadsheet or a keyboard changed: rounded ones stop a load, those that are alike are told."""

from __future__ import annotations

import pytest
from extract_files import small

from arusha.errors import RecordsError
from arusha.language import Catalogue, languages
from arusha.records.checks import RecordsBlockedError
from arusha.records.identifiers import folded, without_domain
from arusha.records.inspect import inspect
from arusha.records.load import load
from arusha.records.load_text import load_notes

HEAD = "declaration_id,office,registered_at,declarant_id,importer_id,officer_id\n"


def declarations(*persons: str) -> str:
    lines = [f"D{n},EX01,2024-01-0{n}T01:00:00Z,{p}\n" for n, p in enumerate(persons, 1)]
    return HEAD + "".join(lines)


@pytest.mark.parametrize("pseudonyms", ["on", "off"])
@pytest.mark.parametrize("rounded", ["3.99817E+09", "3,99817e+09"])
def test_a_trader_that_a_spreadsheet_rounded_stops_the_load(tmp_path, pseudonyms, rounded):
    source = small(tmp_path / "in", declarations=declarations(f'B1,"{rounded}",O1', f'B1,"{rounded}",O2', "B2,C2,O1"))
    with pytest.raises(RecordsBlockedError, match="2 values of importer_id are rounded numbers") as told:
        load(source, out=tmp_path / "w.arusha", key_file=tmp_path / "k.key", pseudonyms=pseudonyms)
    if pseudonyms == "on":  # nobody's number stands in a message
        assert rounded not in str(told.value)
    assert not (tmp_path / "w.arusha").exists()


@pytest.mark.parametrize(
    ("one", "other"),
    [("KA0417", "ka0417"), ("0093212", "93212"), ("93212", "'93212"), ("93212", "93212.0"), ("93212", '="093212"'),
     ("KA 0417", "KA0417")],
)  # fmt: skip
def test_what_a_keyboard_or_a_spreadsheet_changes_is_taken_away(one, other):
    assert folded(one) == folded(other)


def test_other_codes_stay_apart():
    assert len({folded(c) for c in ("KA0417", "KA0418", "KA417", "0", "00", "B-1", "B1", "1.5", "")}) == 8


def test_persons_written_two_ways_are_told_in_every_language_and_not_named(tmp_path):
    source = small(tmp_path / "in", declarations=declarations("0093212,C1,KA0417", "93212,C1,ka0417", "B2,C2,KA0418"))
    made = load(source, out=tmp_path / "w.arusha", key_file=tmp_path / "k.key")
    officers, traders = (n for n in made.manifest["warnings"] if "more than one way" in n)
    assert officers.startswith("1 codes of officers or users")
    assert "(in declarations.officer_id)" in officers
    assert traders.startswith("1 codes of traders")
    for lang in languages():
        told = "\n".join(load_notes(made.manifest, Catalogue(lang, isolate=False)))
        assert told.count("upper: true") == 2
        assert not any(code in told for code in ("KA0417", "ka0417", "0093212"))


def test_declared_upper_they_are_one(tmp_path):
    source = small(tmp_path / "in", declarations=declarations("B1,C1,KA0417", "B1,C1,ka0417"))
    override = tmp_path / "o.yaml"
    override.write_text("sources: {declarations: {columns: {officer_id: {upper: true}}}}\n")
    assert any("more than one way" in w.problem(Catalogue("en")) for w in inspect(source).warnings)
    made = load(source, out=tmp_path / "w.arusha", pseudonyms="off", override=override)
    assert not any("more than one way" in w for w in made.manifest["warnings"])
    with made.connect() as connection:
        assert connection.execute("SELECT DISTINCT officer_id FROM declarations").fetchall() == [("KA0417",)]


@pytest.mark.parametrize("pseudonyms", ["on", "off"])
def test_declared_how_many_digits_a_code_has_those_without_leading_zeros_are_the_same(tmp_path, pseudonyms):
    """As where one table keeps codes as text and another as numbers."""
    source = small(
        tmp_path / "in",
        declarations=declarations("B1,C1,000417", "B1,C1,000418", "B1,C1,KA7"),
        inspections="inspection_id,declaration_id,officer_id\nE1,D1,417\nE2,D2,418\nE3,D3,1234567\n",
    )
    override = tmp_path / "o.yaml"
    override.write_text(
        "sources: {declarations: {columns: {officer_id: {pad: 6}}}, inspections: {columns: {officer_id: {pad: 6}}}}\n"
    )
    (told,) = [w for w in inspect(source).warnings if "more than one way" in w.problem(Catalogue("en"))]
    assert "pad: 6" in told.problem(Catalogue("en"))
    made = load(
        source, out=tmp_path / "w.arusha", pseudonyms=pseudonyms, key_file=tmp_path / "k.key", override=override
    )
    assert not any("more than one way" in w for w in made.manifest["warnings"])
    with made.connect() as connection:
        both = connection.execute("SELECT count(*) FROM inspections JOIN declarations USING (officer_id)").fetchall()
        assert both == [(2,)]
        if pseudonyms == "off":
            codes = connection.execute("SELECT DISTINCT officer_id FROM inspections ORDER BY 1").fetchall()
            assert codes == [("000417",), ("000418",), ("1234567",)]


@pytest.mark.parametrize("pad", ["-1", "six", "1.5", "41", "[6]"])
def test_a_number_of_digits_that_is_none_is_refused(tmp_path, pad):
    source = small(tmp_path / "in", declarations=declarations("B1,C1,KA0417"))
    override = tmp_path / "o.yaml"
    override.write_text(f"sources: {{declarations: {{columns: {{officer_id: {{pad: {pad}}}}}}}}}\n")
    with pytest.raises(RecordsError, match="is no number of digits"):
        load(source, out=tmp_path / "w.arusha", pseudonyms="off", override=override)


@pytest.mark.parametrize("pseudonyms", ["on", "off"])
@pytest.mark.parametrize("mark", ["-", "0", "(null)", "NULL", "N/A", "nan", "\\N"])
def test_a_mark_for_nobody_is_told_and_declared_empty_it_is_nobody(tmp_path, mark, pseudonyms):
    source = small(tmp_path / "in", declarations=declarations(f"B1,C1,{mark}", f"B1,C1,{mark}", "B2,C2,KA0418"))
    given = {"pseudonyms": pseudonyms, "key_file": tmp_path / "k.key"}
    made = load(source, out=tmp_path / "w.arusha", **given)
    (told,) = [n for n in made.manifest["warnings"] if "mark for nobody" in n]
    assert told.startswith(f"2 rows of officer_id (declarations) hold {mark}, which looks like a mark for nobody")
    override = tmp_path / "o.yaml"
    override.write_text(f"sources: {{declarations: {{columns: {{officer_id: {{empty: ['{mark}']}}}}}}}}\n")
    made = load(source, out=tmp_path / "again.arusha", override=override, **given)
    assert not any("mark for nobody" in n for n in made.manifest["warnings"])
    with made.connect() as connection:
        assert connection.execute("SELECT count(officer_id) FROM declarations").fetchall() == [(1,)]


def test_codes_of_persons_are_no_marks(tmp_path):
    source = small(tmp_path / "in", declarations=declarations("B1,C1,NADIA", "B1,C1,A-1", "B2,10,KA0418"))
    assert not any("mark for nobody" in w.problem(Catalogue("en")) for w in inspect(source).warnings)


@pytest.mark.parametrize("pseudonyms", ["on", "off"])
@pytest.mark.parametrize(
    ("login", "declared"), [("CUSTOMS\\KA0417", r"after: '\'"), ("ka0417@customs.example", "before: '@', upper: true")]
)
def test_a_login_with_its_domain_is_told_and_declared_it_is_one_person(tmp_path, login, declared, pseudonyms):
    shifts = "officer_id,office,starts_at,ends_at\n"
    shifts += "".join(f"{c},EX01,2024-01-0{n}T00:00:00Z,2024-01-0{n}T09:00:00Z\n" for n, c in ((1, login), (2, "O2")))
    source = small(tmp_path / "in", declarations=declarations("B1,C1,KA0417", "B1,C1,O2"), shifts=shifts)
    given = {"pseudonyms": pseudonyms, "key_file": tmp_path / "k.key"}
    made = load(source, out=tmp_path / "w.arusha", **given)
    (told,) = [n for n in made.manifest["warnings"] if "with a domain" in n]
    assert told.startswith("1 logins of officers or users stand with a domain in one place and without it")
    assert "(in declarations.officer_id, shifts.officer_id)" in told
    assert "KA0417" not in told
    for lang in languages():
        notes = "\n".join(load_notes(made.manifest, Catalogue(lang, isolate=False)))
        assert r"after: '\'" in notes
        assert "before: '@'" in notes
    override = tmp_path / "o.yaml"
    override.write_text(f"sources: {{shifts: {{columns: {{officer_id: {{{declared}}}}}}}}}\n")
    made = load(source, out=tmp_path / "again.arusha", override=override, **given)
    assert not any("with a domain" in n for n in made.manifest["warnings"])
    with made.connect() as connection:
        joined = "SELECT count(*) FROM declarations SEMI JOIN shifts USING (officer_id)"
        assert connection.execute(joined).fetchall() == [(2,)]


@pytest.mark.parametrize(
    ("login", "bare"),
    [("CUSTOMS\\ka1", ("ka1", "before")), ("ka1@customs", ("ka1", "after")), ("ka1", ("ka1", "")), ("@x", ("@x", ""))],
)
def test_where_the_domain_of_a_login_stands(login, bare):
    assert without_domain(login) == bare


def test_logins_of_two_domains_written_alike_may_be_two_persons(tmp_path):
    source = small(tmp_path / "in", declarations=declarations("B1,C1,NORTH\\ka1", "B1,C1,SOUTH\\ka1"))
    assert not any("with a domain" in w.problem(Catalogue("en")) for w in inspect(source).warnings)
