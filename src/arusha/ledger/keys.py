"""Key files of the ledger and of its witnesses: made once, readable by their owner alone."""

from __future__ import annotations

import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from arusha.language.told import error as of
from arusha.ledger.note import LOG, WITNESS, Key, Signer, check_name, decode, encode
from arusha.ledger.problems import LedgerError

_MARK = "PRIVATE+KEY"
WARNING = (
    "Keep the key file apart from the ledger and from its backups. Whoever copies it can sign other checkpoints in "
    "this name; only checkpoints that others already hold show it then. Lost, it cannot be made again."
)


@dataclass(frozen=True)
class MadeKey:
    """A key file, and whether it is new; say ``WARNING`` then."""

    signer: Signer
    path: Path
    made: bool


def make_key(path: Path | str, name: str, *, witness: bool = False) -> MadeKey:
    """Read the key file, or make it where there is none (mode 0600), with ``PATH.pub`` beside it to hand out.

    Parameters
    ----------
    name
        Of the ledger (then it is the origin of its checkpoints) or of the witness, such as union.example/witness.

    Raises
    ------
    LedgerError
        If the file is not such a key, bears another name or kind, or can be read by others than its owner.
    """
    path = Path(path)
    kind = WITNESS if witness else LOG
    if path.exists():
        signer = read_key(path)
        if (signer.key.name, signer.key.kind) != (name, kind):
            other = "led-key-of-ledger" if signer.key.kind == LOG else "led-key-of-witness"
            raise of(
                LedgerError,
                "led-key-of" if signer.key.name != name else other,
                "led-key-name",
                where=str(path),
                name=signer.key.name,
                wanted=name,
            )
        return MadeKey(signer, path, made=False)
    signer = Signer.from_seed(check_name(name), kind, secrets.token_bytes(32))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # made in the meantime
        return make_key(path, name, witness=witness)
    key = signer.key
    with os.fdopen(file, "w", encoding="utf-8") as handle:
        handle.write(f"{_MARK}+{key.name}+{key.id.hex()}+{encode(bytes([key.kind]) + signer.seed)}\n")
        handle.flush()
        os.fsync(handle.fileno())
    path.with_name(path.name + ".pub").write_text(f"{key}\n", "utf-8")
    return MadeKey(signer, path, made=True)


def read_key(path: Path | str) -> Signer:
    """Read a private key.

    Raises
    ------
    LedgerError
        If it is not one, or can be read by others than its owner.
    """
    path = Path(path)
    text = _read(path)
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise of(LedgerError, "led-key-open", "chmod", where=str(path), path=str(path))
    parts = text.strip().removeprefix(_MARK + "+").split("+", 2)
    data = decode(parts[2], 33) if text.startswith(_MARK + "+") and len(parts) == 3 else None
    if data is None or data[0] not in (LOG, WITNESS):
        raise of(LedgerError, "led-key-not", "led-key-file", where=str(path))
    signer = Signer.from_seed(parts[0], data[0], data[1:])
    if signer.key.id.hex() != parts[1]:
        raise of(LedgerError, "led-key-changed", "", where=str(path))
    return signer


def read_public_keys(*given: Path | str) -> tuple[Key, ...]:
    """Public keys, each given as its line or as a file with one key a line.

    Raises
    ------
    LedgerError
        Naming what is not a key.
    """
    keys: list[Key] = []
    for item in given:
        if isinstance(item, str) and "+" in item and not Path(item).exists():
            keys.append(Key.parse(item))
        else:
            keys += [Key.parse(line) for line in _read(Path(item)).splitlines() if line.strip()]
    return tuple(dict.fromkeys(keys))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as problem:
        raise of(LedgerError, "led-key-unread", "file-you-may", where=str(path), why=str(problem.strerror)) from problem
    except UnicodeDecodeError as problem:
        raise of(LedgerError, "led-key-file-not", "", where=str(path)) from problem
