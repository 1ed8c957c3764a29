"""A profile asked for in a file: the indicators that were declared, one or two waves, and what is in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arusha.errors import ArushaError, Told
from arusha.index.profile import Indicator, Wave
from arusha.index.uncertainty import Doubts
from arusha.language.told import error as of
from arusha.language.told import error_at, sentence
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
        raise of(ArushaError, "profile-unread", "profile-yaml-file", where=str(path)) from error
    except YamlError as error:
        if not error.line:
            raise of(ArushaError, "profile-yaml", "profile-yaml", where=str(path), why=str(error)) from error
        raise error_at(
            ArushaError, "profile-yaml", "profile-yaml", "yaml-line", path=str(path), line=error.line, why=str(error)
        ) from error
    if not isinstance(data, dict):
        raise of(ArushaError, "profile-no-mapping", "profile-give", where=str(path))
    _known(path, data, _KEYS, sentence("profile-the-file"))
    if data.get("version") != 1:
        raise of(ArushaError, "profile-version", "profile-version", where=str(path), version=repr(data.get("version")))
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
    row = _mapping(path, row, sentence("profile-an-indicator"))
    code = str(row.get("code"))
    where = sentence("profile-indicator", code=code)
    _known(path, row, _INDICATOR, where)
    gone = sorted((_INDICATOR - {"weight"}) - set(row))
    if gone:
        raise of(ArushaError, "profile-lacks", "profile-every", where=str(path), what=where, gone=", ".join(gone))
    return Indicator(
        code=str(row["code"]),
        factor=str(row["factor"]),
        title=str(row["title"]),
        source=str(row["source"]),
        worst=_number(path, row["worst"], _part(code, "worst")),
        best=_number(path, row["best"], _part(code, "best")),
        weight=_number(path, row.get("weight", 1.0), _part(code, "weight")),
    )


def _wave(path: Path, row: Any) -> Wave:
    row = _mapping(path, row, sentence("profile-a-wave"))
    name = str(row.get("name"))
    _known(path, row, _WAVE, sentence("profile-wave", name=name))
    values, errors = {}, {}
    for code, pair in _mapping(path, row.get("values", {}), sentence("profile-wave-values", name=name)).items():
        where = sentence("profile-wave-code", name=name, code=str(code))
        if not isinstance(pair, list) or len(pair) != 2:
            raise of(ArushaError, "profile-is", "profile-pair", where=str(path), what=where, given=repr(pair))
        values[str(code)], errors[str(code)] = (_number(path, n, where) for n in pair)
    return Wave(name, values, errors)


def _part(code: str, part: str) -> Told:
    """An entry of an indicator, as an error names it."""
    return sentence("profile-indicator-part", code=code, part=part)


def _known(path: Path, given: Mapping[str, Any], allowed: set[str], what: str | Told) -> None:
    unknown = sorted(map(str, set(given) - allowed))
    if unknown:
        raise of(
            ArushaError,
            "profile-entry",
            "profile-allowed",
            where=str(path),
            what=what,
            given=repr(unknown[0]),
            known=", ".join(sorted(allowed)),
        )


def _mapping(path: Path, given: Any, what: str | Told) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise of(ArushaError, "profile-not-mapping", "profile-form", where=str(path), what=what)
    return given


def _list(path: Path, given: Any, what: str | Told) -> list[Any]:
    if not isinstance(given, list) or not given:
        raise of(ArushaError, "profile-not-list", "profile-docs", where=str(path), what=what)
    return given


def _number(path: Path, given: Any, what: str | Told) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise of(ArushaError, "profile-is", "profile-number", where=str(path), what=what, given=repr(given))
    return float(given)


def _whole(path: Path, given: Any, what: str | Told, least: int, most: int) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
        raise of(
            ArushaError,
            "profile-is",
            "profile-whole",
            where=str(path),
            what=what,
            given=repr(given),
            least=least,
            most=most,
        )
    return given


def _share(path: Path, given: Any) -> float:
    level = _number(path, given, "level")
    if not 0.5 <= level < 1:
        raise of(ArushaError, "profile-level-is", "profile-share", where=str(path), given=repr(given))
    return level
