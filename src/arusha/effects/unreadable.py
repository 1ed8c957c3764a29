"""Why a file of a panel cannot be read as a table: what kind of file it is, or the line at which it goes wrong."""

from __future__ import annotations

import csv
from pathlib import Path

from arusha.effects.panel_error import PanelError, in_file
from arusha.language.told import sentence

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How an Excel workbook (and any other ZIP or OLE file) begins."""
_TWO_BYTES = (b"\xff\xfe", b"\xfe\xff")
_NOTHING = "panel-table-empty"


def unreadable(source: Path, separator: str) -> PanelError:
    """The error of a file that could not be read, with its line where that is known; it quotes nothing of the file.

    A file of 300,000 lines is read once more to find the line, which takes less than a second.
    """
    key, line, values = _fault(source, separator)
    told = sentence(key, "panel-table" if key != "panel-table-excel" else key, **values)
    return in_file(told, file=source.name, row=line, first=0)


def _fault(source: Path, separator: str) -> tuple[str, int | None, dict[str, int]]:
    if source.suffix == ".parquet":
        return "panel-table", None, {}
    raw = source.read_bytes()
    if raw.startswith(_WORKBOOKS):
        return "panel-table-excel", None, {}
    if raw.startswith(_TWO_BYTES):
        return "panel-table-utf16", None, {}
    if not raw.strip():
        return _NOTHING, None, {}
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "panel-table-letters", raw.count(b"\n", 0, error.start) + 1, {}
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator)
    wide = 0
    try:
        for cells in reader:
            if not wide:
                wide = len(cells)
            elif cells and len(cells) != wide:
                return "panel-table-columns", reader.line_num, {"columns": len(cells), "wide": wide}
    except csv.Error:
        return "panel-table", reader.line_num, {}
    return "panel-table", None, {}
