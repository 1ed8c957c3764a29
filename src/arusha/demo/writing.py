"""Writing a world: canonical files, the answer key and the truth in a folder of its own."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from arusha.demo.asycuda import write_asycuda
from arusha.demo.large import write_large
from arusha.demo.record_files import csv, folder, mark, parquet
from arusha.demo.truth import GENERATOR, Truth
from arusha.demo.world import World, generate
from arusha.errors import ArushaError
from arusha.language.told import error as of
from arusha.records.progress import Progress, silent

FORMATS: Final = ("parquet", "csv")
_STEPS: Final = 4
LARGEST: Final = 1_000_000
"""The largest year that is held in memory as a whole."""


def write_canonical(world: World, path: Path, format: str = "parquet") -> Path:
    """One file a table, as the records contract names them.

    Raises
    ------
    ArushaError
        Where the folder is not empty or the format is neither ``parquet`` nor ``csv``.
    """
    if format not in FORMATS:
        raise ArushaError(f"there is no format {format!r}", remedy=f"Choose among {', '.join(FORMATS)}.")
    target = folder(path)
    mark(target, world.truth.seed)
    for name, table in world.tables.items():
        if table.num_rows == 0:
            continue
        if format == "parquet":
            parquet(table, target / f"{name}.parquet")
        else:
            csv(table, target / f"{name}.csv")
    return target


def write_truth(truth: Truth, path: Path) -> None:
    """``answer_key.json`` and the folder ``truth/`` beside it."""
    (path / "answer_key.json").write_text(truth.text(), encoding="utf-8")
    tables = path / "truth"
    tables.mkdir()
    parquet(truth.assignment_probabilities, tables / "assignment_probabilities.parquet")
    parquet(truth.honest_values, tables / "honest_values.parquet")
    parquet(truth.planted_declarations, tables / "planted_declarations.parquet")


_README: Final = """\
The Republic of Examplia: invented data ({declarations} declarations, seed {seed}, generator {version})

canonical/       the records as the contract names them: load with the mapping `canonical`
asycuda/         the same records as an ASYCUDA World extract, with its traps: mapping `asycuda-world` with the
                 override.yaml that lies there
answer_key.json  what was planted and what merely resembles it - do not open it before you have looked yourself
{truth}
No person, firm or office in these files exists.
"""


_TRUTH: Final = """\
truth/           what no records hold: chances of every pick under the honest rule, honest values, planted declarations
"""


_REFORMS: Final = """\

reforms/         three measures, each with a panel of 36 posts over three years and a plan: arusha effects
"""


def write_demo(
    path: Path,
    declarations: int,
    seed: int,
    clean: bool = False,
    *,
    force: bool = False,
    reforms: bool = False,
    progress: Progress | None = None,
    **chosen: Any,
) -> Path:
    """A folder to learn from: canonical and ASYCUDA records, the answer key, the truth.

    Above ``LARGEST`` declarations the year is written in parts, must be clean, and has no folder ``truth``.

    Parameters
    ----------
    declarations, seed, clean
        As in ``generate``, which takes ``chosen`` too.
    force
        Replace a demo that is there. Nothing but a demo is ever replaced, and not before the new one is whole.
    reforms
        Also a folder ``reforms`` with three years of posts under three measures, and their truth in the key.
    progress
        Called as ``(step, done, total)``.

    Raises
    ------
    ArushaError
        Where there is something in the way, or ``generate`` refuses.
    """
    tell = progress or silent
    target = Path(path)
    _check_free(target, force=force)
    with TemporaryDirectory(prefix=f".{target.name}.", dir=_parent(target)) as workshop:
        made = Path(workshop) / "demo"
        made.mkdir()
        if declarations > LARGEST:
            _large(made, declarations, seed, clean, tell)
        else:
            _whole(made, declarations, seed, clean, chosen, tell)
        if reforms:
            _reforms(made, seed)
        if target.exists():
            target.rename(Path(workshop) / "before")
        made.rename(target)
    return target


def _whole(made: Path, declarations: int, seed: int, clean: bool, chosen: dict[str, Any], tell: Progress) -> None:
    tell("making the year", 0, _STEPS)
    world = generate(declarations, seed, clean=clean, **chosen)
    tell("writing canonical records", 1, _STEPS)
    write_canonical(world, made / "canonical")
    tell("writing the ASYCUDA extract", 2, _STEPS)
    write_asycuda(world, made / "asycuda")
    tell("writing the answer key", 3, _STEPS)
    write_truth(world.truth, made)
    _write_readme(made, declarations, seed, _TRUTH)
    tell("done", _STEPS, _STEPS)


def _large(made: Path, declarations: int, seed: int, clean: bool, tell: Progress) -> None:
    if not clean:
        raise of(ArushaError, "demo-large", "demo-fewer", most=f"{LARGEST:,}")
    write_large(made / "canonical", declarations, seed, asycuda=made / "asycuda", progress=tell)
    key = {
        "administration": "Republic of Examplia",
        "generator_version": GENERATOR,
        "seed": seed,
        "declarations": declarations,
        "schemes": [],
    }
    (made / "answer_key.json").write_text(json.dumps(key, indent=1) + "\n", encoding="utf-8")
    _write_readme(made, declarations, seed, "")


def _reforms(made: Path, seed: int) -> None:
    from arusha.demo.reform_files import key, write_reforms
    from arusha.demo.reforms import reforms

    done, path = reforms(seed), made / "answer_key.json"
    write_reforms(done, made / "reforms")
    told = json.loads(path.read_text(encoding="utf-8")) | {"reforms": key(done)}
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    with (made / "README.txt").open("a", encoding="utf-8") as readme:
        readme.write(_REFORMS)


def _write_readme(made: Path, declarations: int, seed: int, truth: str) -> None:
    text = _README.format(declarations=declarations, seed=seed, version=GENERATOR, truth=truth)
    (made / "README.txt").write_text(text, encoding="utf-8")


def _parent(target: Path) -> Path:
    parent = target.absolute().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise of(ArushaError, "folder-unmade", "", where=str(parent), why=str(error.strerror)) from error
    return parent


def _check_free(target: Path, *, force: bool) -> None:
    """Refuse to write where something is, unless it is a demo and ``force`` was given."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    if not (target / "answer_key.json").is_file() or not (target / "canonical").is_dir():
        raise of(ArushaError, "demo-not", "demo-new", where=str(target))
    if not force:
        raise of(ArushaError, "demo-there", "demo-force", where=str(target))
