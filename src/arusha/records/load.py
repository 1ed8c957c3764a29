"""Loading: an administration's own records become a workspace, whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import threading
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from arusha.errors import ArushaError, Cell, RecordsError, Told, WorkspaceError
from arusha.language.told import error, sentence
from arusha.records import history, sql, store
from arusha.records.given import path_given
from arusha.records.intake import Intake, connect, take_in
from arusha.records.invented import invented
from arusha.records.manifest import describe, write_manifest
from arusha.records.mapping import Mapping
from arusha.records.mapping_file import load_mapping
from arusha.records.progress import Pace, Progress
from arusha.records.pseudonyms import Pseudonymiser, keep_key, read_or_draw_key, read_seal_key, write_sealed
from arusha.records.replacing import Former
from arusha.records.scan import sha256_of
from arusha.records.workspace import RECORDS, Workspace, writing


def load(
    source: str | Path,
    mapping: str | Path | Mapping = "canonical",
    out: str | Path = "records.arusha",
    *,
    pseudonyms: str = "on",
    key_file: str | Path | None = None,
    override: str | Path | None = None,
    seal_to: str | Path | None = None,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    memory_limit: str = "4GB",
    threads: int | None = None,
    overwrite: bool = True,
    looked_at: Map[str, str] | None = None,
) -> Workspace:
    """Load the records of ``source`` into the workspace ``out``.

    Parameters
    ----------
    source
        A folder of CSV and Parquet files, or one file.
    mapping
        A shipped mapping (``canonical``, ``asycuda-world``, ``korea-ctgan``), a mapping file, or a mapping.
    out
        The workspace, ``NAME.arusha``. Former records stay as they are until the new ones are complete; a charter and
        what the workbench keeps there stay for good.
    pseudonyms
        ``on``: persons are replaced by tokens before a row is written. ``off``: for data that carry no persons.
    key_file
        Key of the tokens; made where it does not exist. Default: ``NAME.key`` beside the workspace.
    override
        A file merged over the mapping: what this country or extract does differently.
    seal_to
        Public key of the key holders: who the tokens stand for is then sealed to it in ``NAME.sealed``.
    progress, cancel
        Called as steps advance; set to stop. An exception that ``progress`` raises stops too.
    memory_limit, threads
        DuckDB's; beyond the limit it spills into the folder of the workspace.

    looked_at
        SHA-256 of each file (by its path in the source) as a look saw it; where a file differs, nothing is stored.

    Raises
    ------
    RecordsError
        The records cannot be read as they are (a ``RecordsBlockedError`` lists everything that blocks).
    WorkspaceError
        The workspace cannot be written.
    CancelledError
        ``cancel`` was set. In every case nothing is stored and a former workspace is intact.
    """
    source, out = path_given(source, "source"), path_given(out, "out")
    if pseudonyms not in ("on", "off"):
        raise RecordsError(f"pseudonyms are on or off, not {pseudonyms!r}", remedy="Write --pseudonyms on or off.")
    chosen = mapping if isinstance(mapping, Mapping) else load_mapping(mapping, override)
    public_key = read_seal_key(seal_to) if seal_to is not None else None
    pace = Pace(progress, cancel)
    former = Former.of(out)
    with pace.hearing_ctrl_c(), writing(out, overwrite=overwrite) as folder, clear_errors(folder, out, pace):
        maker = _maker(pseudonyms, key_file, out, sealed=public_key is not None)
        connection = connect(folder, memory_limit, threads)
        with stoppable(connection, pace):
            try:
                connection.execute(f"ATTACH {sql.text(str(folder / RECORDS))} AS store (RECOVERY_MODE NO_WAL_WRITES)")
                with contextlib.closing(take_in(connection, source, chosen, maker.tokens, pace)) as intake:
                    intake.refuse_blocked()
                    _refuse_others(intake, looked_at)
                    if maker.new_key is not None:
                        keep_key(*maker.new_key)
                    intake.warnings[:0] = maker.warnings
                    sums = _store(intake, pace)
                    manifest = describe(
                        intake, sums, pseudonyms=pseudonyms, key_id=maker.key_id, sealed=public_key is not None
                    )
                manifest["demo"] = invented(source)
                if former is not None:
                    former.check(manifest)
                    former.succeed(manifest)
                connection.execute("DETACH staging")
                connection.execute("CHECKPOINT store")
            finally:
                connection.close()
        _remove_spill(folder)
        manifest["database"] = {"sha256": sha256_of(folder / RECORDS), "bytes": (folder / RECORDS).stat().st_size}
        write_manifest(folder, manifest)
        history.note(folder, manifest)
        pace("finishing", 1, 1)
        if maker.tokens is not None and public_key is not None:
            write_sealed(out.with_suffix(".sealed"), maker.tokens.mapping(), public_key)
    return Workspace.open(out)


def _refuse_others(intake: Intake, looked_at: Map[str, str] | None) -> None:
    """What was looked at is what is loaded: the digests are those of the bytes that were just staged."""
    if looked_at is None:
        return
    read = {file.file.relative: file.sha256 for file in intake.staging.files}
    changed = sorted(p for p in read.keys() | looked_at.keys() if read.get(p) != looked_at.get(p))
    if changed:
        raise error(RecordsError, "other-files", "look-again", where=changed[0], n=len(changed))


@dataclass(frozen=True)
class _Maker:
    """What makes the tokens, the id of its key, what the user must know of it, and a new key with its place."""

    tokens: Pseudonymiser | None = None
    key_id: str = ""
    warnings: list[Told] = field(default_factory=list)
    new_key: tuple[Path, bytes] | None = None


def _maker(pseudonyms: str, key_file: str | Path | None, out: Path, *, sealed: bool) -> _Maker:
    if pseudonyms == "off":
        return _Maker()
    path = Path(key_file) if key_file is not None else out.with_suffix(".key")
    key, drawn = read_or_draw_key(path, out)
    warnings = []
    if drawn:
        warnings.append(sentence("note-new-key", file=str(path)))
    if not sealed:
        warnings.append(sentence("note-not-sealed"))
    return _Maker(Pseudonymiser(key), _key_id(key), warnings, (path, key) if drawn else None)


def _store(intake: Intake, pace: Pace) -> dict[str, dict[str, str]]:
    """Write all tables; the stored sums of money by table and column."""
    staging = intake.staging
    enums = store.make_enums(staging, intake.tables)
    store.number_declarations(staging, intake.tables)
    sums: dict[str, dict[str, str]] = {}
    for place, typed in enumerate(intake.tables):
        pace(f"writing {typed.table.name}", place, len(intake.tables))
        store.store_table(staging, typed, enums, numbered=store.is_numbered(typed, intake.tables))
        counted = [t for t in intake.totals if t.table == typed.table.name]
        sums[typed.table.name] = store.verify_stored(staging, typed, counted)
    pace("writing what was set aside", 0)
    store.store_aside(staging, intake.tables, intake.mapping.reasons)
    for name in staging.present:
        if not any(t.source.name == name for t in intake.tables):
            store.store_source_aside(staging, name)
    store.store_rates(staging, intake.tables)
    store.store_repairs(staging, intake.tables)
    return sums


def _key_id(key: bytes) -> str:
    """Tells keys apart without telling them."""
    import hmac

    return hmac.digest(key, b"arusha key id", "sha256")[:6].hex()


def _remove_spill(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder / "spill", ignore_errors=True)


@contextlib.contextmanager
def stoppable(connection: duckdb.DuckDBPyConnection, pace: Pace) -> Iterator[None]:
    """Interrupts the query that runs when it is time to stop."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            # Again and again: an interrupt between two statements stops neither.
            if pace.stopped:
                with contextlib.suppress(duckdb.Error):  # closed in the meantime
                    connection.interrupt()

    watcher = threading.Thread(target=watch, name="arusha-stop", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


@contextlib.contextmanager
def clear_errors(folder: Path, out: Path, pace: Pace) -> Iterator[None]:
    """DuckDB's and the system's errors as ours, with a remedy."""
    try:
        yield
    except RuntimeError:  # so DuckDB reports some interruptions
        pace.check()
        raise
    except (duckdb.Error, OSError) as problem:
        pace.check()
        raise _clear(problem, folder, out) from problem


_DISK_IS_FULL = ("no space left", "disk quota", "could not write", "file too large", "failed to offload")


def _clear(problem: Exception, folder: Path, out: Path) -> ArushaError:
    """What the engine or the system says may quote a cell."""
    told = Cell(str(problem).splitlines()[0] if str(problem) else type(problem).__name__)
    if isinstance(problem, duckdb.OutOfMemoryException):
        return error(RecordsError, "memory", "memory", cell=told)
    full = isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    if full or any(m in str(problem).lower() for m in _DISK_IS_FULL):
        return error(WorkspaceError, "disk", "disk", where=str(out.parent), cell=told)
    if isinstance(problem, duckdb.BinderException | duckdb.ConversionException | duckdb.InvalidInputException):
        return error(RecordsError, "not-computed", "expression", where="mapping", cell=told)
    return error(WorkspaceError, "read-failed", "check-disk", where=str(folder), cell=told)
