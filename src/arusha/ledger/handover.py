"""What a witness is handed: a file to check by program, a page to print, a QR code to photograph."""

from __future__ import annotations

import io
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from arusha.language.told import error as of
from arusha.ledger.checkpoint import Checkpoint, ConsistencyProof
from arusha.ledger.limits import CANNOT_PROVE
from arusha.ledger.note import Key
from arusha.ledger.problems import LedgerError

_GROUP = 4
_GROUPS_A_LINE = 8


def page(checkpoint: Checkpoint, keys: Iterable[Key] = ()) -> str:
    """A page of plain text, at most 78 letters wide, that says all that is needed to check the ledger later."""
    root = checkpoint.root.hex()
    groups = [root[at : at + _GROUP] for at in range(0, len(root), _GROUP)]
    rows = [" ".join(groups[at : at + _GROUPS_A_LINE]) for at in range(0, len(groups), _GROUPS_A_LINE)]
    known = "".join(f"  {key}\n" for key in keys)
    return (
        f"CHECKPOINT OF THE LEDGER {checkpoint.origin}\n\n"
        f"Entries: {checkpoint.size}\n"
        "Root, in hexadecimal, to compare by eye or read out:\n"
        + "".join(f"  {row}\n" for row in rows)
        + "\nKeep this page. Whoever holds it can show later whether any of these entries\n"
        "was changed, deleted, moved or cut off, even by somebody who can write the\n"
        "ledger and holds its key. Compare it with the pages that others hold: the same\n"
        "number of entries must have the same root.\n\n"
        "The signed text, as file and QR code hold it:\n\n"
        + str(checkpoint)
        + (f"\nPublic keys:\n{known}" if known else "")
        + "\nHow to check: docs/verify-ledger.md, with a program of one page that needs\n"
        "nothing but Python.\n\n"
        "What this cannot prove:\n"
        + "".join(_wrapped(limit.text) for limit in CANNOT_PROVE)
        + "\nReceived by: ____________________  On: ______________  Signature: ___________\n"
    )


def _wrapped(text: str) -> str:
    lines, line = [], "-"
    for word in text.split():
        if len(line) + 1 + len(word) > 78:
            lines.append(line)
            line = " "
        line += " " + word
    return "\n".join([*lines, line]) + "\n"


def qr_svg(checkpoint: Checkpoint) -> str:
    """The signed text as QR code in an SVG picture, dark on white, with the quiet zone that cameras need.

    Raises
    ------
    LedgerError
        If the library that draws it is not installed, or there are so many signatures that no code holds them.
    """
    try:
        segno = import_module("segno")  # drawn on request only, so that the ledger works without it
    except ImportError as problem:
        raise of(LedgerError, "led-qr-package", "led-qr-package") from problem
    try:
        code = segno.make_qr(str(checkpoint), error="m", encoding="utf-8")
    except segno.DataOverflowError as problem:
        raise of(LedgerError, "led-qr-many", "led-qr-file") from problem
    picture = io.BytesIO()
    title = f"Checkpoint of {checkpoint.origin}, {checkpoint.size} entries"
    code.save(picture, kind="svg", scale=4, border=4, light="#fff", xmldecl=False, title=title)
    return picture.getvalue().decode("utf-8")


def hand_over(
    folder: Path | str, proof: ConsistencyProof, keys: Iterable[Key] = (), *, qr: bool = True
) -> tuple[Path, ...]:
    """Write a checkpoint for a witness; return the files.

    ``checkpoint-N.txt`` is the signed text, ``checkpoint-N.growth`` it and the proof from what the witness signed last,
    ``checkpoint-N.page.txt`` the page to print, ``checkpoint-N.svg`` the QR code.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    checkpoint = proof.checkpoint
    files = {".txt": str(checkpoint), ".growth": str(proof), ".page.txt": page(checkpoint, keys)}
    if qr:
        files[".svg"] = qr_svg(checkpoint)
    paths = []
    for ending, text in files.items():
        path = folder / f"checkpoint-{checkpoint.size}{ending}"
        path.write_text(text, "utf-8", newline="\n")
        paths.append(path)
    return tuple(paths)
