"""Files of one table that overlap: monthly extracts of which one begins before the other ends."""

from __future__ import annotations

from dataclasses import dataclass

from arusha.errors import Told
from arusha.language.told import sentence
from arusha.records import sql
from arusha.records.checks import SHARING, Blocking, blocking
from arusha.records.doubts import MANY
from arusha.records.staging import Staging
from arusha.records.typed import TypedTable


@dataclass(frozen=True)
class Overlap:
    """Rows of a file whose key stands in an earlier file of the table.

    ``same`` of them say what the earlier file says, word for word; ``line`` is the first, and ``other_line`` the first
    of those that say something else.
    """

    file: int
    earlier: int
    rows: int
    same: int
    line: int | None
    other_line: int | None


def overlaps(staging: Staging, typed: TypedTable) -> list[Overlap]:
    """Pairs of files that share keys, each row counted against the first file that has its key.

    Reads ``checks.SHARING``, which ``checks.duplicate_keys`` made of this table.
    """
    key = ", ".join(sql.name(k) for k in typed.table.key)
    found = staging.connection.execute(
        "SELECT source_file, first_file, count(*), count(*) FILTER (WHERE content = first_content), "
        "min(source_line) FILTER (WHERE content = first_content), "
        "min(source_line) FILTER (WHERE content <> first_content) FROM ("
        "SELECT source_file, source_line, content, first_value(source_file) OVER own AS first_file, "
        "first_value(content) OVER own AS first_content, "
        f"row_number() OVER (PARTITION BY {key}, source_file ORDER BY source_line) AS place FROM {SHARING} "
        f"WINDOW own AS (PARTITION BY {key} ORDER BY source_file, source_line)) "
        "WHERE source_file <> first_file AND place = 1 GROUP BY ALL ORDER BY source_file, first_file"
    ).fetchall()
    return [Overlap(*row) for row in found]


def told(staging: Staging, typed: TypedTable, *, blocks: bool) -> tuple[list[Blocking], list[Told]]:
    """What blocks a load, and what is told.

    Parameters
    ----------
    blocks
        Whether ten rows and a hundredth of a file that stand in an earlier one block. So it is with declarations, as
        where one file repeats them: what the extracts hold in tables without a key would be counted twice.
        Elsewhere such rows count once, and that is told.
    """
    blocked, notes = [], []
    for overlap in overlaps(staging, typed):
        file, earlier = staging.files[overlap.file], staging.files[overlap.earlier].file.relative
        name = file.file.relative
        if blocks and overlap.same >= MANY and overlap.same * 100 >= file.rows:
            blocked.append(
                blocking(
                    "overlap",
                    "overlap",
                    f"{name} ({typed.table.name})",
                    n=overlap.same,
                    rows=file.rows,
                    other=earlier,
                    line=overlap.line or 0,
                )
            )
        elif overlap.same >= MANY:
            of = {"file": name, "other": earlier, "table": typed.table.name}
            notes.append(sentence("note-overlap", n=overlap.same, line=overlap.line or 0, **of))
        if (differ := overlap.rows - overlap.same) >= MANY:
            of = {"file": name, "other": earlier, "table": typed.table.name}
            notes.append(sentence("note-overlap-differs", n=differ, line=overlap.other_line or 0, **of))
    return blocked, notes
