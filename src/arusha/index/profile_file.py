"""A profile asked for in a file: the indicators that were declared, one or two waves, and what is in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arusha.errors import ArushaError
from arusha.index.profile import Indicator, Wave
from arusha.index.uncertainty import Doubts
from arusha.records.plain_yaml import YamlError, read_yaml

_KEYS = {"version", "indicators", "waves", "doubts", "draws", "seed", "level"}
_INDICATOR = {"code", "factor", "title", "source", "worst", "best", "weight"}
_WAVE = {"name", "values"}


@dataclass(frozen=True)
class Asked:
    """All that a profile needs."""

    indicators: tuple[Indicator, ...]
    waves: tuple[Wave, ...]
    doubts: Doubts
    draws: int
    seed: int
    level: float


def read(path: Path) -> Asked:
    """A profile file.

    Raises
    ------
    ArushaError
        With the file, the entry and the remedy.
    """
    try:
        data = read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ArushaError("the file cannot be read", where=str(path), remedy="give a YAML file in UTF-8") from error
    except YamlError as error:
        line = f", line {error.line}" if error.line else ""
        raise ArushaError(str(error), where=f"{path}{line}", remedy="correct the YAML") from error
    if not isinstance(data, dict):
        raise ArushaError("the file is not a mapping", where=str(path), remedy="give indicators and waves")
    _known(path, data, _KEYS, "the file")
    if data.get("version") != 1:
        raise ArushaError(f"version {data.get('version')!r}", where=str(path), remedy="write version: 1")
    doubts = _mapping(path, data.get("doubts", {}), "doubts")
    _known(path, doubts, {"weights", "aggregation"}, "doubts")
    waves = _list(path, data.get("waves"), "waves")
    return Asked(
        indicators=tuple(_indicator(path, row) for row in _list(path, data.get("indicators"), "indicators")),
        waves=tuple(_wave(path, row) for row in waves),
        doubts=Doubts(
            weights=_number(path, doubts.get("weights", 0.25), "doubts: weights"),
            aggregation=tuple(map(str, _list(path, doubts.get("aggregation", ["arithmetic", "geometric"]), "doubts"))),
        ),
        draws=_whole(path, data.get("draws", 2_000), "draws", 200, 100_000),
        seed=_whole(path, data.get("seed", 1), "seed", 0, 2**31),
        level=_share(path, data.get("level", 0.9)),
    )


def _indicator(path: Path, row: Any) -> Indicator:
    row = _mapping(path, row, "an indicator")
    where = f"indicator {row.get('code')}"
    _known(path, row, _INDICATOR, where)
    gone = sorted((_INDICATOR - {"weight"}) - set(row))
    if gone:
        raise ArushaError(f"{where} has no {', '.join(gone)}", where=str(path), remedy="give every entry but weight")
    return Indicator(
        code=str(row["code"]),
        factor=str(row["factor"]),
        title=str(row["title"]),
        source=str(row["source"]),
        worst=_number(path, row["worst"], f"{where}: worst"),
        best=_number(path, row["best"], f"{where}: best"),
        weight=_number(path, row.get("weight", 1.0), f"{where}: weight"),
    )


def _wave(path: Path, row: Any) -> Wave:
    row = _mapping(path, row, "a wave")
    _known(path, row, _WAVE, f"wave {row.get('name')}")
    values, errors = {}, {}
    for code, pair in _mapping(path, row.get("values", {}), f"wave {row.get('name')}: values").items():
        where = f"wave {row.get('name')}, {code}"
        if not isinstance(pair, list) or len(pair) != 2:
            raise ArushaError(
                f"{where} is {pair!r}", where=str(path), remedy="write [value, standard error] for each indicator"
            )
        values[str(code)], errors[str(code)] = (_number(path, n, where) for n in pair)
    return Wave(str(row.get("name")), values, errors)


def _known(path: Path, given: Mapping[str, Any], allowed: set[str], what: str) -> None:
    unknown = sorted(map(str, set(given) - allowed))
    if unknown:
        raise ArushaError(
            f"{what} has an entry {unknown[0]!r}", where=str(path), remedy=f"allowed: {', '.join(sorted(allowed))}"
        )


def _mapping(path: Path, given: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise ArushaError(f"{what} is not a mapping", where=str(path), remedy="see docs/profile.md for the form")
    return given


def _list(path: Path, given: Any, what: str) -> list[Any]:
    if not isinstance(given, list) or not given:
        raise ArushaError(f"{what} is not a list with entries", where=str(path), remedy="see docs/profile.md")
    return given


def _number(path: Path, given: Any, what: str) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise ArushaError(f"{what} is {given!r}", where=str(path), remedy="write a number, with a decimal point")
    return float(given)


def _whole(path: Path, given: Any, what: str, least: int, most: int) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
        raise ArushaError(f"{what} is {given!r}", where=str(path), remedy=f"write a whole number, {least} to {most}")
    return given


def _share(path: Path, given: Any) -> float:
    level = _number(path, given, "level")
    if not 0.5 <= level < 1:
        raise ArushaError(f"level is {given!r}", where=str(path), remedy="write 0.5 to under 1, such as 0.9")
    return level
