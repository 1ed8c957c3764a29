"""The traps of an ASYCUDA World extract, each on rows written by hand (fixtures/asycuda)."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from arusha.records.checks import RecordsBlockedError
from arusha.records.inspect import inspect
from arusha.records.load import load

FIXTURE = Path(__file__).parent / "fixtures" / "asycuda"
D17, D18, D19 = "2024EX01C0000017", "2024EX01C0000018", "2024EX01C0000019"


def rows(workspace, query):
    with workspace.connect() as connection:
        return connection.execute(query).fetchall()


def asycuda(source, out, override=None, **options):
    options.setdefault("pseudonyms", "off")
    return load(source, "asycuda-world", out, override=override or source / "override.yaml", **options)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return asycuda(FIXTURE, tmp_path_factory.mktemp("asycuda") / "w.arusha")


@pytest.fixture
def extract(tmp_path):
    return Path(shutil.copytree(FIXTURE, tmp_path / "in"))


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_instance_ids_join_the_tables_and_the_number_is_what_people_know(workspace):
    assert rows(workspace, "SELECT declaration_id FROM declarations ORDER BY 1") == [(D17,), (D18,), (D19,)]
    assert rows(workspace, "SELECT declaration_id, item_no FROM items ORDER BY ALL") == [
        (D17, 1),
        (D17, 2),
        (D18, 1),
        (D19, 1),
    ]
    assert rows(workspace, "SELECT inspection_id, declaration_id FROM inspections ORDER BY 1") == [
        ("70001", D17),
        ("70002", D19),
    ]


def test_an_instance_id_of_no_general_segment_is_set_aside_under_it(workspace):
    assert rows(
        workspace,
        "SELECT table_name, source_line, value FROM set_aside WHERE reason = 'unknown-declaration' ORDER BY 1",
    ) == [("inspections", 4, "99999"), ("items", 8, "90099")]


def test_hs_codes_in_five_fragments_are_joined_and_the_fragments_kept(workspace):
    # 01012100 had lost its zero to a spreadsheet.
    assert rows(workspace, f"SELECT item_no, hs_code FROM items WHERE declaration_id = '{D17}' ORDER BY 1") == [
        (1, "0101210010"),
        (2, "84713000"),
    ]
    assert rows(workspace, "SELECT was FROM repairs WHERE column_name = 'hs_code' AND source_line = 2") == [
        ("1012100|10",)
    ]
    (entry,) = [s for s in workspace.manifest["sources"] if s["table"] == "SAD_Item"]
    assert entry["repairs"]["items.hs_code: joined"] == 5


def test_code_and_name_in_one_cell_leave_the_code(workspace):
    assert rows(
        workspace, f"SELECT declarant_id, importer_id, officer_id FROM declarations WHERE declaration_id = '{D17}'"
    ) == [("DC001", "T100", "E7")]
    assert rows(
        workspace,
        f"SELECT origin, fraud_codes FROM items JOIN inspections USING (declaration_id) WHERE declaration_id = '{D19}'",
    ) == [("CN", "UV CL")]


def test_names_in_cells_and_reasons_reach_neither_workspace_nor_report(extract, tmp_path):
    made = asycuda(extract, tmp_path / "p.arusha", pseudonyms="on")
    stored = (made.path / "records.duckdb").read_bytes() + (made.path / "manifest.json").read_bytes()
    for name in (b"Desert Cargo", b"Examiner Seven", b"Chief One", b"DC001", b"Palm Imports", b"Examiner Five"):
        assert name not in stored
    ((officer,),) = rows(made, f"SELECT officer_id FROM declarations WHERE declaration_id = '{D17}'")
    assert rows(made, "SELECT officer_id, sequence FROM assignments ORDER BY source_line LIMIT 2")[1] == (officer, 2)
    assert rows(made, "SELECT new_value FROM events WHERE action = 'reassign'") == [(officer,)]
    assert rows(made, "SELECT old_value, new_value FROM events WHERE action = 'reroute'") == [("R", "G")]
    text = inspect(extract, "asycuda-world", override=extract / "override.yaml").text()
    assert "Desert Cargo" not in text
    assert "DC001" not in text


def test_of_validity_windows_the_last_in_force_counts(workspace):
    assert rows(workspace, "SELECT officer_id, grade FROM officers ORDER BY 1") == [("E5", "2"), ("E7", "1")]
    assert rows(workspace, "SELECT office, name FROM offices") == [("EX01", "Port of Exam")]
    assert rows(
        workspace, "SELECT table_name, source_line FROM set_aside WHERE reason = 'outside-validity' ORDER BY 1"
    ) == [
        ("officers", 2),
        ("offices", 2),
    ]


def test_parameters_keep_their_windows_with_an_exclusive_end(workspace):
    assert rows(
        workspace,
        "SELECT lane::VARCHAR, expected_rate, minimum_random_rate, from_date::VARCHAR, to_date::VARCHAR "
        "FROM selectivity_rules WHERE lane IN ('red', 'green') ORDER BY from_date, lane",
    ) == [
        ("green", 0.545, None, "2024-01-01", "2024-04-01"),
        ("red", 0.105, 0.01, "2024-01-01", "2024-04-01"),
        ("green", 0.53, None, "2024-04-01", None),
        ("red", 0.12, 0.01, "2024-04-01", None),
    ]


def test_a_superseded_version_gives_the_declared_side_and_no_second_declaration(workspace):
    assert rows(
        workspace,
        "SELECT declared_value, assessed_value, declared_tax, assessed_tax FROM declarations "
        f"WHERE declaration_id = '{D19}'",
    ) == [(Decimal("1600.000"), Decimal("2000.000"), Decimal("200.000"), Decimal("250.000"))]
    assert rows(
        workspace,
        f"SELECT hs_code, assessed_hs_code, declared_value, assessed_value FROM items WHERE declaration_id = '{D19}'",
    ) == [("8517130000", "8471300000", Decimal("1600.000"), Decimal("2000.000"))]
    assert rows(workspace, "SELECT table_name, source_line FROM set_aside WHERE reason = 'superseded' ORDER BY 1") == [
        ("declarations", 5),
        ("items", 6),
    ]


def test_without_versions_nothing_is_said_to_be_declared(extract, tmp_path):
    item = extract / "SAD_Item.csv"
    item.write_text(
        "".join(f"{line},{'020' if k else 'TAR_PRC_NAT'}\n" for k, line in enumerate(item.read_text().splitlines()))
    )
    for table in ("SAD_General_Segment", "SAD_Item"):
        path = extract / f"{table}.csv"
        path.write_text(
            "".join(
                line
                for line in path.read_text().replace("SAD_NUM", "NAT_NUM").splitlines(keepends=True)
                if "1.600,00" not in line
            )
        )
    made = asycuda(extract, tmp_path / "w.arusha")
    assert "declared_value" not in made.present["declarations"]
    assert "declared_value" not in made.present["items"]
    assert "assessed_hs_code" not in made.present["items"]
    assert "declared_exemption" not in made.present["items"]
    # The previous duties are a column of their own.
    assert rows(made, "SELECT declared_tax, assessed_tax FROM declarations ORDER BY declaration_id") == [
        (Decimal("320.250"), Decimal("320.250")),
        (Decimal("70.000"), Decimal("70.000")),
        (Decimal("200.000"), Decimal("250.000")),
    ]


def test_relief_granted_in_a_later_version_is_not_taken_for_asked_for(extract, tmp_path):
    path = extract / "SAD_Item.csv"
    lines = path.read_text().splitlines()
    # The last version of each item is exempt; only that of 90011 was so from the beginning, and has no other version.
    codes = ["TAR_PRC_NAT", *("" if "1.600,00" in line else "020" for line in lines[1:])]
    path.write_text("".join(f"{line},{code}\n" for line, code in zip(lines, codes, strict=True)))
    made = asycuda(extract, tmp_path / "w.arusha")
    told = rows(
        made, "SELECT declaration_id, exemption, declared_exemption FROM items ORDER BY declaration_id, item_no"
    )
    assert [(e, d) for name, e, d in told if name == D19] == [("020", None)]
    assert {(e, d) for name, e, d in told if name != D19} == {("020", "020")}
    assert "declared_exemption" in made.present["items"]


def test_where_nobody_asked_for_relief_the_column_is_there(extract, tmp_path):
    path = extract / "SAD_Item.csv"
    lines = path.read_text().splitlines()
    path.write_text("".join(f"{line},{'' if k else 'TAR_PRC_NAT'}\n" for k, line in enumerate(lines)))
    made = asycuda(extract, tmp_path / "w.arusha")
    assert "declared_exemption" in made.present["items"]


def test_cancelled_versions_are_left_out_with_their_items(workspace):
    assert rows(workspace, "SELECT table_name, source_line FROM set_aside WHERE reason = 'cancelled' ORDER BY 1") == [
        ("declarations", 6),
        ("items", 7),
    ]


def test_lane_flags_against_the_colour_indicator(workspace):
    assert rows(
        workspace,
        "SELECT declaration_id, lane_assigned::VARCHAR, lane_reason, lane_final::VARCHAR FROM declarations ORDER BY 1",
    ) == [
        (D17, "red", "random", "green"),  # criteria yellow and red; re-routed to green
        (D18, "green", None, "green"),  # no criterion hit
        (D19, "yellow", "HS84", "yellow"),
    ]
    assert rows(workspace, "SELECT source_line, column_name, value FROM set_aside WHERE reason = 'contradiction'") == [
        (7, "lane_final", "red yellow")
    ]


def test_an_indicator_that_neither_criteria_nor_flags_bear_out_sets_the_row_aside(extract, tmp_path):
    edit(
        extract / "SAD_General_Segment.csv",
        (
            "T200 - Dune Trading,DC001 - Desert Cargo,Desert Cargo Ltd,Y,",
            "T200 - Dune Trading,DC001 - Desert Cargo,Desert Cargo Ltd,B,",
        ),
    )
    made = asycuda(extract, tmp_path / "w.arusha")
    assert (4, "lane_assigned", "yellow / blue / yellow") in rows(
        made, "SELECT source_line, column_name, value FROM set_aside WHERE reason = 'contradiction'"
    )


def test_decimal_commas_are_read_counted_and_kept(workspace):
    assert rows(workspace, f"SELECT assessed_value, assessed_tax FROM declarations WHERE declaration_id = '{D17}'") == [
        (Decimal("1500.500"), Decimal("320.250"))
    ]
    assert rows(workspace, "SELECT net_mass_kg FROM items ORDER BY declaration_id, item_no") == [
        (450.5,),
        (12.25,),
        (100.0,),
        (40.0,),
    ]
    assert rows(workspace, "SELECT was FROM repairs WHERE column_name = 'net_mass_kg' ORDER BY source_line") == [
        ("450,5",),
        ("12,25",),
    ]


def test_undeclared_decimal_commas_set_rows_aside(extract, tmp_path):
    edit(extract / "override.yaml", ("  decimal_comma: true\n", ""), ('  thousands: "."\n', ""))
    report = inspect(extract, "asycuda-world", override=extract / "override.yaml")
    assert {(r.table, r.reason) for r in report.reasons} >= {("declarations", "unreadable-number")}


def test_a_point_in_a_column_of_decimal_commas_is_not_read(extract, tmp_path):
    edit(extract / "SAD_Item.csv", ('"450,5"', "450.5"))
    made = asycuda(extract, tmp_path / "w.arusha")
    assert rows(made, "SELECT source_line, column_name, value FROM set_aside WHERE reason = 'unreadable-number'") == [
        (2, "net_mass_kg", "450.5")
    ]


def test_local_dates_are_read_in_the_declared_zone(workspace):
    assert rows(
        workspace,
        "SELECT registered_at::VARCHAR, registered_on::VARCHAR, registered_hour, released_at::VARCHAR "
        f"FROM declarations WHERE declaration_id = '{D17}'",
    ) == [("2024-03-31 15:30:00", "2024-04-01", 0, "2024-04-01 08:00:00")]


def test_undeclared_local_dates_block_and_name_the_rows(extract, tmp_path):
    edit(extract / "override.yaml", ("  time_format: DD/MM/YYYY HH:MM:SS\n", ""))
    with pytest.raises(RecordsBlockedError) as told:
        asycuda(extract, tmp_path / "w.arusha")
    message = str(told.value)
    assert "IDE_REG_DAT could be day first or month first, such as line 2: 01/04/2024 00:30:00" in message
    assert "time_format" in message
    assert not (tmp_path / "w.arusha").exists()


def test_files_in_different_encodings_are_each_read_in_their_own(extract, tmp_path):
    general = extract / "SAD_General_Segment.csv"
    general.write_bytes(general.read_text().replace(",B,E8", ",Entrepôt,E8").encode("cp1252"))
    edit(extract / "CUOTAB.csv", ("Port of Exam", "Port d’Éxam"))
    made = asycuda(extract, tmp_path / "w.arusha")
    encodings = {s["table"]: (s["encoding"], s["encoding_is"]) for s in made.manifest["sources"]}
    assert encodings["SAD_General_Segment"] == ("cp1252", "presumed")
    assert encodings["CUOTAB"] == ("utf-8", "recognised")
    assert rows(made, f"SELECT section FROM declarations WHERE declaration_id = '{D19}'") == [("Entrepôt",)]
    assert rows(made, "SELECT name FROM offices") == [("Port d’Éxam",)]


def test_two_encodings_in_one_file_set_the_odd_lines_aside_until_both_are_declared(extract, tmp_path):
    path = extract / "SAD_Item.csv"
    text = path.read_text().replace("towels", "serviettes éponge").replace("telephones", "téléphones")
    lines = [line.encode("cp1252" if "éponge" in line else "utf-8") for line in text.splitlines(keepends=True)]
    path.write_bytes(b"".join(lines))
    made = asycuda(extract, tmp_path / "w.arusha")
    assert rows(made, "SELECT source_line, reason, value FROM set_aside WHERE reason = 'unreadable-line'") == [
        (4, "unreadable-line", "not utf-8")
    ]
    edit(extract / "override.yaml", ("reading:\n", "reading:\n  encoding: [utf-8, cp1252]\n"))
    made = asycuda(extract, tmp_path / "w.arusha")
    assert rows(made, f"SELECT description FROM items WHERE declaration_id = '{D18}'") == [("serviettes éponge",)]
    (entry,) = [s for s in made.manifest["sources"] if s["table"] == "SAD_Item"]
    assert entry["repairs"]["lines not utf-8"] == 1


def joined_with_items(extract: Path) -> None:
    """Write the general segment as a join with the items leaves it: once for each item."""
    path = extract / "SAD_General_Segment.csv"
    head, *lines = path.read_text().splitlines(keepends=True)
    path.write_text(head + lines[0] + "".join(lines))


def test_a_general_segment_repeated_by_its_items_blocks(extract, tmp_path):
    joined_with_items(extract)
    edit(extract / "SAD_General_Segment.csv", ("NAT_EXTRA", "KEY_ITM_NBR"))
    with pytest.raises(RecordsBlockedError, match="as after a join") as told:
        asycuda(extract, tmp_path / "w.arusha")
    assert "one_row_per" in str(told.value)


def test_declared_repeats_are_left_out_and_totals_stay(extract, tmp_path, workspace):
    joined_with_items(extract)
    edit(extract / "SAD_General_Segment.csv", ("NAT_EXTRA", "KEY_ITM_NBR"))
    edit(extract / "override.yaml", ("sources:\n", "sources:\n  SAD_General_Segment: {one_row_per: [InstanceId]}\n"))
    made = asycuda(extract, tmp_path / "w.arusha")
    assert rows(made, "SELECT source_line FROM set_aside WHERE reason = 'repeated-by-join'") == [(3,)]
    for table in ("declarations", "items"):
        assert made.manifest["tables"][table]["sums"] == workspace.manifest["tables"][table]["sums"]


def test_a_column_twice_after_a_join_blocks(extract, tmp_path):
    edit(extract / "SAD_General_Segment.csv", ("NAT_EXTRA", "InstanceId"), ("INSTANCE_ID", "InstanceId"))
    with pytest.raises(RecordsBlockedError, match="InstanceId is there twice"):
        asycuda(extract, tmp_path / "w.arusha")


def test_totals_before_are_totals_after_file_by_file(workspace):
    for entry in workspace.manifest["sources"]:
        assert entry["rows"] == entry["accepted"] + entry["set_aside"], entry["path"]
    # By hand: 1500.50 + 700.00 + 2000.00 are accepted.
    assert workspace.manifest["tables"]["declarations"]["sums"]["assessed_value"] == "4200.500"
    # Of the taxes, one line of a declaration that does not exist; payable by other means is not added.
    assert rows(workspace, "SELECT source_line, reason FROM set_aside WHERE table_name = 'SAD_Tax'") == [
        (11, "unmatched")
    ]
    assert workspace.manifest["tables"]["items"]["sums"]["assessed_tax"] == "640.250"


def test_taxes_that_a_repeated_item_would_multiply_block(extract, tmp_path):
    items = extract / "SAD_Item.csv"
    head, *lines = items.read_text().splitlines(keepends=True)
    items.write_text(head + lines[0].replace("horses", "ponies") + "".join(lines))
    with pytest.raises(RecordsBlockedError, match="would be added as"):
        asycuda(extract, tmp_path / "w.arusha")


def test_taxes_entered_by_hand_are_known(workspace):
    assert rows(
        workspace, f"SELECT item_no, tax_entered_manually FROM items WHERE declaration_id = '{D17}' ORDER BY 1"
    ) == [
        (1, False),
        (2, True),
    ]


def test_picks_and_hand_overs_come_from_the_history_of_operations(workspace):
    assert rows(
        workspace,
        "SELECT declaration_id, sequence, officer_id, assigned_by, cause::VARCHAR FROM assignments ORDER BY 1, 2",
    ) == [(D17, 1, "E5", "system", None), (D17, 2, "E7", "CH1", "manual"), (D19, 1, "E8", "system", None)]
    assert rows(workspace, "SELECT action FROM events ORDER BY source_line") == [
        ("assign",),
        ("reassign",),
        ("reroute",),
        ("release",),
        ("assign",),
    ]


def test_without_the_history_there_are_no_assignments_rather_than_invented_ones(extract, tmp_path):
    (extract / "SAD_Operations.csv").unlink()
    made = asycuda(extract, tmp_path / "w.arusha")
    assert {"assignments", "events"} <= set(made.manifest["absent"])
    assert "officer_id" in made.present["declarations"]


def test_tables_that_asycuda_does_not_hold_lie_beside_in_the_contracts_form(extract, tmp_path):
    (extract / "offices.csv").write_text("office,name,zone,kind\nEX01,Port of Exam,Africa/Nairobi,port\n")
    (extract / "postings.csv").write_text("officer_id,office,role,from_date,to_date\nE7,EX01,examiner,2024-01-01,\n")
    edit(extract / "override.yaml", ("zone: Asia/Seoul\n", ""))
    made = asycuda(extract, tmp_path / "w.arusha")
    assert rows(made, "SELECT officer_id, from_date::VARCHAR FROM postings") == [("E7", "2024-01-01")]
    assert any("CUOTAB is not read" in w for w in made.manifest["warnings"])
    assert rows(made, f"SELECT registered_at::VARCHAR FROM declarations WHERE declaration_id = '{D17}'") == [
        ("2024-03-31 21:30:00",)
    ]


def test_an_override_renames_files_and_columns(extract, tmp_path):
    (extract / "SAD_General_Segment.csv").rename(extract / "DEC_GEN.csv")
    edit(extract / "DEC_GEN.csv", ("VGS_CIF", "VALUE_IN_DOUANE"))
    edit(
        extract / "override.yaml",
        (
            "sources:\n",
            "sources:\n  SAD_General_Segment:\n    files: [DEC_GEN]\n"
            "    columns: {VGS_CIF: {names: [VALUE_IN_DOUANE]}}\n",
        ),
    )
    made = asycuda(extract, tmp_path / "w.arusha")
    assert made.manifest["tables"]["declarations"]["sums"]["assessed_value"] == "4200.500"
    assert made.manifest["mapping"]["override_sha256"]


def test_instance_ids_that_a_spreadsheet_rounded_block(extract, tmp_path):
    edit(extract / "SAD_Item.csv", ("90099,", "9.0099E+04,"))
    with pytest.raises(RecordsBlockedError, match="1 values of InstanceId are rounded numbers") as told:
        asycuda(extract, tmp_path / "w.arusha")
    assert "spreadsheet" in str(told.value)


def test_dates_declared_day_first_of_which_some_are_month_first_are_doubted(extract, tmp_path):
    edit(extract / "SAD_Operations.csv", ("01/04/2024 16:00:00", "04/25/2024 16:00:00"))
    made = asycuda(extract, tmp_path / "w.arusha")
    assert rows(made, "SELECT source_line, reason, value FROM set_aside WHERE table_name = 'events'") == [
        (4, "two-time-formats", "04/25/2024 16:00:00")
    ]
    assert any("events.occurred_at is declared to be DD/MM/YYYY, and 1 values" in w for w in made.manifest["warnings"])


def test_a_table_that_is_read_for_nothing_is_not_said_to_be_accepted(extract, tmp_path):
    (extract / "officers.csv").write_text("officer_id,hired_on\nO1,2020-01-01\n")
    workspace = asycuda(extract, tmp_path / "w.arusha")
    sources = {s["table"]: s for s in workspace.manifest["sources"]}
    assert sources["COFTAB"]["rows"] > 0
    assert (sources["COFTAB"]["accepted"], sources["COFTAB"]["not_for_any_table"]) == (0, sources["COFTAB"]["rows"])
    assert sources["SAD_Tax"]["not_for_any_table"] == 0, "it adds to the items"
