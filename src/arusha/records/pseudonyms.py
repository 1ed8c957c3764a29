"""Pseudonyms at the door: persons are replaced by keyed tokens before the first row is written.

A token is HMAC-SHA-256 of the identifier under a key of its domain, cut to 60 bits and written so that people can
copy it: ``P-7Q3K-M2XA-9TBC``. Whoever lacks the key cannot go from token to person, nor test a guess. Officers and
users share a domain, so that the log joins the roster; parties and representatives have their own, so that nothing
joins across. The prefix says which: P person in the administration, T trader or broker, R representative.

Identifiers are opaque: blanks around them are dropped and Unicode is composed (NFC), and nothing else is changed.
Case is kept, because two codes that differ in case may be two people; where a source writes one person's code in two
ways, its mapping declares the repair and the load counts it.
"""

from __future__ import annotations

import errno
import hmac
import os
import secrets
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from arusha.errors import RecordsError
from arusha.language.told import error as of
from arusha.records.contract import SYSTEM
from arusha.records.readable import groups_of_60_bits
from arusha.records.sealing import (
    KeyHolders,
    make_key_holders,
    outside_workspaces,
    read_seal_key,
    seal,
    unmask,
    unseal,
    write_sealed,
)

__all__ = [
    "DOMAINS",
    "KeyHolders",
    "Pseudonymiser",
    "make_key_holders",
    "normal_id",
    "outside_workspaces",
    "read_or_make_key",
    "read_seal_key",
    "seal",
    "unmask",
    "unseal",
    "write_sealed",
]

DOMAINS = {"officer": "staff", "user": "staff", "party": "party", "representative": "representative"}
"""Kind of person -> the domain whose key makes its token."""

_PREFIX = {"staff": "P-", "party": "T-", "representative": "R-"}

KEY_BYTES = 32
_MARK = "ARUSHA PSEUDONYM KEY 1"


def normal_id(value: str) -> str:
    """An identifier as it is compared: without blanks around it, in composed Unicode (NFC), case kept."""
    value = value.strip()
    return value if value.isascii() else unicodedata.normalize("NFC", value)


class Pseudonymiser:
    """Makes tokens and remembers whom they stand for, so that the mapping can be sealed after a load.

    Parameters
    ----------
    key
        32 bytes, from ``read_or_make_key``. The same key gives the same tokens from load to load.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise RecordsError("the key of the pseudonyms does not have 32 bytes", remedy="give the key file it is in")
        self._keys = {
            domain: HKDF(SHA256(), KEY_BYTES, salt=None, info=f"arusha pseudonyms 1 {domain}".encode()).derive(key)
            for domain in _PREFIX
        }
        self._tokens: dict[str, dict[str, str]] = {domain: {} for domain in _PREFIX}
        self._ids: dict[str, str] = {}

    def token(self, kind: str, value: str | None) -> str | None:
        """The token of one identifier; see ``tokens``."""
        return self.tokens(kind, [value])[0]

    def tokens(self, kind: str, values: Iterable[str | None]) -> list[str | None]:
        """The tokens of identifiers, in their order.

        Parameters
        ----------
        kind
            ``officer``, ``user``, ``party`` or ``representative``.
        values
            Identifiers as the source writes them. Null and blank give null; for officers and users ``system`` stays
            as it is, for the automated system is nobody.

        Raises
        ------
        RecordsError
            If two identifiers get one token (a chance of one in twenty thousand with ten million of them).
        """
        domain = DOMAINS[kind]
        known = self._tokens[domain]
        normal = [None if value is None else normal_id(value) for value in values]
        system = SYSTEM if domain == "staff" else None
        fresh = [value for value in dict.fromkeys(normal) if value and value != system and value not in known]
        if fresh:
            key = self._keys[domain]
            digests = b"".join([hmac.digest(key, value.encode(), "sha256")[:8] for value in fresh])
            prefix = _PREFIX[domain]
            for value, token in zip(fresh, groups_of_60_bits(digests).tolist(), strict=True):
                self._keep(known, value, prefix + token)
        return [None if not value else value if value == system else known[value] for value in normal]

    def made(self, text: str) -> bool:
        """Whether a text is a token that was made here."""
        return text in self._ids

    def _keep(self, known: dict[str, str], value: str, token: str) -> None:
        if self._ids.setdefault(token, value) != value:
            raise of(RecordsError, "two-same-pseudonym", "new-key")
        known[value] = token

    def mapping(self) -> Iterator[tuple[str, str, str]]:
        """(domain, token, identifier) of every token made so far, to be sealed; never to be stored in the clear."""
        for domain, known in self._tokens.items():
            for value, token in known.items():
                yield domain, token, value


def read_or_make_key(path: Path | str, workspace: Path | str | None = None) -> tuple[bytes, bool]:
    """The key in a file, made if there is none.

    Returns
    -------
    key, made
        ``made`` is true where the file is new: say then that whoever loses it can load no more records under the same
        pseudonyms, and that whoever copies it can undo them by trying identifiers.

    Raises
    ------
    RecordsError
        If the file is in a workspace, is not a key, or can be read by others than its owner.
    """
    key, drawn = read_or_draw_key(path, workspace)
    if drawn:
        keep_key(path, key)
    return key, drawn


def read_or_draw_key(path: Path | str, workspace: Path | str | None = None) -> tuple[bytes, bool]:
    """The same, but a new key is only drawn: ``keep_key`` writes it once it is clear that it will be used.

    Raises
    ------
    RecordsError
        As ``read_or_make_key``; also if no file could be written there.
    """
    path = Path(path)
    outside_workspaces(path, workspace, "key")
    if path.exists():
        return _read_key(path), False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise _cannot_keep(path, problem) from problem
    if not os.access(path.parent, os.W_OK):
        raise _cannot_keep(path, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    return secrets.token_bytes(KEY_BYTES), True


def keep_key(path: Path | str, key: bytes) -> None:
    """Write a new key, readable by its owner alone.

    Raises
    ------
    RecordsError
        If a file is there by now: another load made its key in the meantime, and this one's tokens are not of it.
    """
    path = Path(path)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as problem:
        raise of(RecordsError, "key-meanwhile", "same-again", where=str(path)) from problem
    except OSError as problem:
        raise _cannot_keep(path, problem) from problem
    with os.fdopen(file, "w", encoding="ascii") as handle:
        handle.write(
            f"{_MARK}\n"
            "This key makes the pseudonyms of persons. Keep it apart from every workspace and assessment.\n"
            "Whoever has it can find out which pseudonym a known identifier has.\n"
            f"{key.hex()}\n"
        )
        handle.flush()
        os.fsync(handle.fileno())


def _cannot_keep(path: Path, problem: OSError) -> RecordsError:
    return of(RecordsError, "key-unwritten", "key-elsewhere", where=str(path), why=str(problem.strerror))


def _read_key(path: Path) -> bytes:
    try:
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise of(RecordsError, "key-open", "chmod", where=str(path), path=str(path))
        lines = path.read_text(encoding="ascii").splitlines()
        key = bytes.fromhex(lines[3]) if lines[0] == _MARK else b""
    except (UnicodeDecodeError, ValueError, IndexError):
        key = b""
    except OSError as problem:
        raise of(RecordsError, "key-unread", "file-you-may", where=str(path), why=str(problem.strerror)) from problem
    if len(key) != KEY_BYTES:
        raise of(RecordsError, "key-not", "key-name", where=str(path))
    return key
