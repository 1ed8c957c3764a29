"""No name opens without a purpose in the log, and the log shows whether it was changed."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from arusha.errors import ArushaError, RecordsError, VerificationError
from arusha.records import unmasking
from arusha.records.pseudonyms import KeyHolders, Pseudonymiser, make_key_holders, write_sealed
from arusha.records.unmasking import check_looks, look

WHY = {"purpose": "disciplinary inquiry into the port", "reference": "2026/117"}


@pytest.fixture(scope="module")
def holders(tmp_path_factory: pytest.TempPathFactory) -> KeyHolders:
    return make_key_holders(tmp_path_factory.mktemp("keys") / "new", ["Personnel", "Audit", "Registrar"])


@pytest.fixture
def sealed(holders: KeyHolders, tmp_path: Path) -> tuple[Path, list[str]]:
    maker = Pseudonymiser(bytes(32))
    tokens = [str(t) for t in maker.tokens("officer", ["KA0417", "KA0418"])]
    write_sealed(tmp_path / "port.sealed", maker.mapping(), holders.public_key)
    return tmp_path / "port.sealed", tokens


def entries(log: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def test_a_look_tells_the_names_and_leaves_two_lines(holders: KeyHolders, sealed: tuple[Path, list[str]]) -> None:
    path, tokens = sealed
    done = look(path, *holders.share_paths[:2], [tokens[0], "P-0000-0000-0000"], **WHY)
    assert done.names == {tokens[0]: "KA0417"}
    assert done.unknown == ("P-0000-0000-0000",)
    asked, opened = entries(done.log)
    assert done.log == path.with_name("port.looks.jsonl")
    assert (asked["event"], asked["purpose"], asked["reference"]) == ("asked", WHY["purpose"], WHY["reference"])
    assert asked["pseudonyms"] == [tokens[0], "P-0000-0000-0000"]
    assert asked["holders"] == ["Personnel (share 1)", "Audit (share 2)"]
    assert (opened["event"], opened["found"]) == ("opened", [tokens[0]])
    assert b"KA04" not in done.log.read_bytes(), "the log says who looked, not whom they saw"
    assert stat.S_IMODE(done.log.stat().st_mode) == 0o600
    assert check_looks(done.log) == done.digest


@pytest.mark.parametrize("what", ["purpose", "reference"])
def test_without_a_purpose_or_a_reference_nothing_opens(
    holders: KeyHolders, sealed: tuple[Path, list[str]], what: str
) -> None:
    path, tokens = sealed
    with pytest.raises(RecordsError, match=f"no {what} is given"):
        look(path, *holders.share_paths[:2], tokens, **{**WHY, what: " \n"})
    assert [p.name for p in path.parent.iterdir()] == ["port.sealed"]


@pytest.mark.control("AU-2", "AU-12")
def test_the_purpose_is_on_the_disk_before_anything_opens(
    holders: KeyHolders, sealed: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, tokens = sealed
    log = path.with_name("port.looks.jsonl")
    seen: list[list[object]] = []

    def opening(*arguments: object) -> dict[str, str]:
        seen.append([e["event"] for e in entries(log)])
        return {}

    monkeypatch.setattr(unmasking, "unmask", opening)
    look(path, *holders.share_paths[:2], tokens, **WHY)
    assert seen == [["asked"]]


@pytest.mark.control("AU-12")
def test_a_log_that_cannot_be_written_opens_nothing(
    holders: KeyHolders, sealed: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, tokens = sealed
    monkeypatch.setattr(unmasking, "unmask", lambda *arguments: pytest.fail("it was opened"))
    with pytest.raises(RecordsError, match="nothing opens without it"):
        look(path, *holders.share_paths[:2], tokens, log=path.parent / "nowhere" / "l.jsonl", **WHY)


def test_a_refused_look_stays_in_the_log(holders: KeyHolders, sealed: tuple[Path, list[str]], tmp_path: Path) -> None:
    path, tokens = sealed
    others = make_key_holders(tmp_path / "others", ["A", "B", "C"])
    for shares in (holders.share_paths[:1] * 2, others.share_paths[:2]):
        with pytest.raises(RecordsError):
            look(path, *shares, tokens, **WHY)
    assert [e["event"] for e in entries(path.with_name("port.looks.jsonl"))] == ["asked", "refused"] * 2


@pytest.mark.parametrize("wrong", ["KA0417", "P-1234", "", "P-1234-M2XA-9TB'"])
def test_what_is_no_pseudonym_is_refused_and_not_repeated(
    holders: KeyHolders, sealed: tuple[Path, list[str]], wrong: str
) -> None:
    """Somebody may type the name itself: it must be neither logged nor shown."""
    path, tokens = sealed
    with pytest.raises(RecordsError, match="1 of 2 pseudonyms") as told:
        look(path, *holders.share_paths[:2], [tokens[0], wrong], **WHY)
    assert not wrong or wrong not in str(told.value)
    assert not path.with_name("port.looks.jsonl").exists()


def looked(holders: KeyHolders, sealed: tuple[Path, list[str]]) -> Path:
    path, tokens = sealed
    for token in tokens:
        log = look(path, *holders.share_paths[1:], [token], **WHY).log
    return log


@pytest.mark.parametrize("how", ["edited", "taken out", "swapped", "put in", "torn"])
def test_a_changed_log_is_found_out_and_nothing_opens(
    holders: KeyHolders, sealed: tuple[Path, list[str]], how: str
) -> None:
    log = looked(holders, sealed)
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    assert len(lines) == 4
    if how == "edited":
        lines[0] = lines[0].replace("port", "park")
    elif how == "taken out":
        del lines[1]
    elif how == "swapped":
        lines[1], lines[2] = lines[2], lines[1]
    elif how == "put in":
        lines.insert(1, lines[0])
    else:
        lines[2] = lines[2][:20] + "\n"
    log.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(VerificationError, match="the log was changed"):
        check_looks(log)
    path, tokens = sealed
    before = log.read_bytes()
    with pytest.raises(VerificationError):
        look(path, *holders.share_paths[:2], tokens, **WHY)
    assert log.read_bytes() == before


def test_the_log_is_kept_out_of_workspaces(holders: KeyHolders, sealed: tuple[Path, list[str]], tmp_path: Path) -> None:
    path, tokens = sealed
    (tmp_path / "w.arusha").mkdir()
    with pytest.raises(ArushaError, match="must not lie in a workspace"):
        look(path, *holders.share_paths[:2], tokens, log=tmp_path / "w.arusha" / "l.jsonl", **WHY)
