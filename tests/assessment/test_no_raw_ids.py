"""An ASYCUDA extract with persons in it, damaged in places: no byte of workspace or assessment names one of them."""

from __future__ import annotations

import logging
import re
import sys
from pathlib import Path

import pytest

from arusha.assessment.evidence import evidence, write_rows
from arusha.assessment.run import Assessment, assess
from arusha.demo.writing import write_demo
from arusha.errors import ArushaError
from arusha.records.load import load
from arusha.records.pseudonyms import make_key_holders
from arusha.records.workspace import Workspace

sys.path.append(str(Path(__file__).resolve().parents[1] / "records"))
from raw_ids import raw_ids_in

CODE = re.compile(rb"\b(EX\d{4}|B\d{4}|T\d{5})\b")
"""Officers, brokers and traders of the demo; made longer, so that chance makes none of them in compressed bytes."""
BEGINNINGS = {"RAW-EX", *(f"RAW-{kind}{digit}" for kind in "BT" for digit in range(10))}
"""Every code, and every name, contains one of these: to look for them is to look for all."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Workspace, Assessment, set[str]]:
    home = tmp_path_factory.mktemp("raw")
    write_demo(home / "demo", 600, 11, False)
    source = home / "demo" / "asycuda"
    raw: set[str] = set()
    for path in sorted(source.glob("*.csv")):
        text = CODE.sub(rb"RAW-\1", path.read_bytes())
        path.write_bytes(text)
        raw |= {m.decode() for m in re.findall(rb"RAW-\w+", text)}
    damage(source, sorted(raw))
    holders = make_key_holders(home / "holders", ["Personnel", "Audit", "Registrar"])
    workspace = load(
        source,
        "asycuda-world",
        home / "office.arusha",
        override=source / "override.yaml",
        key_file=home / "keys" / "pseudonyms.key",
        seal_to=holders.public_path,
    )
    return home, workspace, assess(workspace, home / "assessment", languages=("en",)), raw


def damage(source: Path, raw: list[str]) -> None:
    """Rows that will be set aside, each with persons where none are expected."""
    officer = next(r for r in raw if r.startswith("RAW-EX"))
    path = source / "SAD_Operations.csv"
    head, first, *_ = path.read_bytes().splitlines()
    width = len(head.split(b";"))
    code = officer.encode()
    with path.open("ab") as file:
        file.write(b'"E1";"too";"few";"' + code + b'"\n')
        file.write(b";".join([code] * width) + b"\n")  # a code in every column, the time among them
        swallowed = b'"E2;;LOGIN;' + code + b";01/01/2025 05:50:41;;;;;\n"
        file.write(swallowed + b"E3;;LOGIN;" + code + b";01/01/2025 05:50:41;;;;;\n" + b'E4";;LOGIN;X;;;;;;\n')
        file.write(first.replace(b'"LOGIN"', b'"RE-ROUTE"').rsplit(b";", 1)[0] + b';"asked by ' + code + b' himself"\n')


def test_there_was_something_to_hide(made: tuple[Path, Workspace, Assessment, set[str]]) -> None:
    home, workspace, _, raw = made
    assert len(raw) > 500
    assert {found for _, found in raw_ids_in(home / "demo" / "asycuda", BEGINNINGS)} == BEGINNINGS
    assert all(any(code.startswith(b) for b in BEGINNINGS) for code in raw)
    with workspace.connect() as connection:
        reasons = connection.execute(
            "SELECT DISTINCT reason FROM set_aside WHERE table_name = 'events' ORDER BY 1"
        ).fetchall()
    assert {"unreadable-line", "unreadable-time"} <= {r for (r,) in reasons}


def test_no_byte_of_the_workspace_names_a_person(made: tuple[Path, Workspace, Assessment, set[str]]) -> None:
    _, workspace, _, _ = made
    assert raw_ids_in(workspace.path, BEGINNINGS) == set()


def test_no_byte_of_the_assessment_names_a_person(made: tuple[Path, Workspace, Assessment, set[str]]) -> None:
    _, workspace, done, _ = made
    tested = next(r for r in done.signals.to_pylist() if r["p_value"] is not None)
    for kind in ("csv", "parquet"):
        write_rows(evidence(done.path, tested["signal_id"], workspace), done.path / f"evidence.{kind}")
    assert raw_ids_in(done.path, BEGINNINGS) == set()


def test_the_key_is_in_neither(made: tuple[Path, Workspace, Assessment, set[str]]) -> None:
    home, workspace, done, _ = made
    key = (home / "keys" / "pseudonyms.key").read_text(encoding="ascii").splitlines()[3]
    shares = [(home / "holders" / f"share-{n}-of-3.txt").read_text(encoding="utf-8") for n in (1, 2, 3)]
    secrets = [key, *(re.search(r"^Data: (.+)$", text, re.MULTILINE)[1] for text in shares)]  # type: ignore[index]
    for folder in (workspace.path, done.path):
        assert raw_ids_in(folder, secrets) == set()
        assert not any(bytes.fromhex(key) in p.read_bytes() for p in folder.rglob("*") if p.is_file())


def test_nothing_logged_printed_or_raised_tells_the_key(
    made: tuple[Path, Workspace, Assessment, set[str]],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    home, _, _, _ = made
    path = home / "keys" / "pseudonyms.key"
    key = path.read_text(encoding="ascii").splitlines()[3]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "declarations.csv").write_text("declaration_id,office,registered_at\nD1,A,yesterday\n")
    with caplog.at_level(logging.DEBUG), pytest.raises(ArushaError) as told:
        load(tmp_path / "in", out=tmp_path / "w.arusha", key_file=path)
    said = (
        caplog.text + "".join(capfd.readouterr()) + repr(told.value) + str(told.getrepr(style="long", showlocals=False))
    )
    assert key not in said
    assert repr(bytes.fromhex(key)) not in said
