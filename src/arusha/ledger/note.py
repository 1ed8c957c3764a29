"""Signed notes: text with one or more signature lines (C2SP signed-note and tlog-cosignature, Ed25519).

A key is written as the C2SP texts write it: ``name+id+base64(kind || public key)``, where the id is the first four
bytes, in hexadecimal, of SHA-256(name || newline || kind || public key). Kind 1 signs the text. Kind 4 is a witness:
it signs the text together with the time at which it saw it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from arusha.language.told import error as of
from arusha.ledger.problems import ChangedError, LedgerError

LOG = 0x01
WITNESS = 0x04

_LINE = re.compile(r"— (?P<name>[^\s+]+) (?P<blob>[A-Za-z0-9+/]+={0,2})")
_MOST_SIGNATURES = 64
_MOST_BYTES = 1 << 20


def encode(data: bytes) -> str:
    """Base64 as RFC 4648, section 4, with padding."""
    return base64.b64encode(data).decode("ascii")


def decode(text: str, length: int | None = None) -> bytes | None:
    """The bytes; none where the text is not the one base64 form of bytes of that length."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if encode(data) == text and length in (None, len(data)) else None


def _key_id(name: str, kind: int, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def check_name(name: str) -> str:
    """The name, if a key or a log may bear it.

    Raises
    ------
    LedgerError
        If it is empty or holds a blank, a control character or a plus sign.
    """
    if not name or "+" in name or any(c.isspace() or not c.isprintable() for c in name):
        raise of(LedgerError, "led-name", "led-name-like", name=repr(name))
    return name


@dataclass(frozen=True)
class Key:
    """A public key and whose it is."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that find the key's signature line."""
        return _key_id(self.name, self.kind, self.public)

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encode(bytes([self.kind]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Key:
        """Read ``name+id+base64``.

        Raises
        ------
        LedgerError
            If it is not a key, or its id is not the one that the key has.
        """
        parts = text.strip().split("+", 2)
        data = decode(parts[2], 33) if len(parts) == 3 else None
        if data is None or data[0] not in (LOG, WITNESS):
            raise of(LedgerError, "led-public-not", "led-public-line", text=repr(text.strip()[:60]))
        key = cls(check_name(parts[0]), data[0], data[1:])
        if key.id.hex() != parts[1]:
            raise of(LedgerError, "led-public-mistyped", "", name=key.name, id=key.id.hex(), given=parts[1])
        return key

    def verifies(self, signature: bytes, text: str) -> bool:
        """Whether this key made the signature (64 bytes, or 72 with a witness's time before it) over the text."""
        message = text.encode()
        if self.kind == WITNESS:
            if len(signature) != 72:
                return False
            message = _witnessed(int.from_bytes(signature[:8], "big"), text)
            signature = signature[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def _witnessed(time: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


@dataclass(frozen=True, repr=False)
class Signer:
    """A private key; its seed is never shown."""

    key: Key
    seed: bytes

    def __repr__(self) -> str:
        return f"Signer({self.key.name!r})"

    @classmethod
    def from_seed(cls, name: str, kind: int, seed: bytes) -> Signer:
        """The signer of a 32-byte seed."""
        public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        return cls(Key(check_name(name), kind, public), seed)

    def sign(self, text: str, time: int) -> str:
        """Signature line over the text; ``time`` (seconds since 1970) enters only where a witness signs."""
        stamp, message = b"", text.encode()
        if self.key.kind == WITNESS:
            stamp, message = time.to_bytes(8, "big"), _witnessed(time, text)
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)
        return f"— {self.key.name} {encode(self.key.id + stamp + signature)}"


@dataclass(frozen=True)
class Signed:
    """A key whose signature under a text holds; ``time`` (seconds since 1970) is a witness's own, else none."""

    key: Key
    time: int | None


@dataclass(frozen=True)
class Note:
    """A text, ending in a newline, and the signature lines under it."""

    text: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(line + "\n" for line in self.lines)

    @classmethod
    def parse(cls, text: str) -> Note:
        """Read a signed note; signatures are not checked yet.

        Raises
        ------
        LedgerError
            If it is not one.
        """
        text = text.replace("\r\n", "\n")  # mail and some editors end lines so; a note itself never holds a CR
        body, gap, below = text.rpartition("\n\n")
        lines = below.rstrip("\n").split("\n")
        good = gap and body and len(lines) <= _MOST_SIGNATURES and len(text) <= _MOST_BYTES
        if not good or any(ord(c) < 32 and c != "\n" for c in text) or not all(_LINE.fullmatch(s) for s in lines):
            raise of(LedgerError, "led-note-not", "led-checkpoint-file")
        return cls(body + "\n", tuple(lines))

    def signed_by(self, keys: Iterable[Key]) -> tuple[Signed, ...]:
        """The given keys whose signatures hold; lines of other keys are passed over, as the format asks.

        Raises
        ------
        ChangedError
            If a line bears a given key's name and id and its signature does not hold: text or line was changed.
        """
        return tuple({signed.key: signed for signed, _ in reversed(self._verified(keys))}.values())[::-1]

    def lines_of(self, keys: Iterable[Key]) -> tuple[str, ...]:
        """The signature lines of the given keys. Raises as ``signed_by`` does."""
        return tuple(line for _, line in self._verified(keys))

    def _verified(self, keys: Iterable[Key]) -> list[tuple[Signed, str]]:
        found = []
        known = {(key.name, key.id): key for key in keys}
        for line in self.lines:
            match = _LINE.fullmatch(line)
            blob = (decode(match["blob"]) if match else None) or b""
            key = known.get((match["name"], blob[:4])) if match else None
            if key is None:
                continue
            if not key.verifies(blob[4:], self.text):
                raise of(ChangedError, "led-signature", "led-ask-signed", name=key.name)
            found.append((Signed(key, int.from_bytes(blob[4:12], "big") if key.kind == WITNESS else None), line))
        return found

    def with_lines(self, lines: Iterable[str]) -> Note:
        """The note with further signature lines; a line that is there already is not doubled."""
        return Note(self.text, tuple(dict.fromkeys([*self.lines, *lines])))
