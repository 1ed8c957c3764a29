"""Small extracts written by hand, for the tests of reading and loading."""

from __future__ import annotations

from pathlib import Path

OFFICES = """office,name,zone,kind
EX01,Port of Exam,Asia/Seoul,port
EX02,Inland depot,America/New_York,inland
"""

DECLARATIONS = """declaration_id,office,registered_at,declarant_id,lane_assigned,lane_final,officer_id,declared_value
D1,EX01,2024-01-01T20:00:00Z,B1,green,green,,100.5
D2,EX01,2024-01-02T03:00:00Z,B1,red,green,O1,200.25
D3,EX02,2024-03-01T03:00:00Z,B2,yellow,yellow,O2,0.001
"""


def write(folder: Path, encoding: str = "utf-8", **tables: str | bytes) -> Path:
    """Write each of ``tables`` as NAME.csv; double underscores in a name stand for a dot."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in tables.items():
        path = folder / (name.replace("__", ".") if "__" in name else f"{name}.csv")
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return folder


def small(folder: Path, **more: str | bytes) -> Path:
    """Two offices in two zones and three declarations, with other tables beside or instead."""
    return write(folder, **{"offices": OFFICES, "declarations": DECLARATIONS, **more})
