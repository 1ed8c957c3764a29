"""The sealed mapping: who a pseudonym stands for, readable only by two of three key holders together.

A load seals its mapping to a public key. The private half exists only while the key is made: it is split two of three
(``sharing``), each part goes to another line of command, and no part lies on the machine that assesses.

File format, version 1 (all numbers big-endian):

=======  ====================================================================================
bytes    content
=======  ====================================================================================
0-15     ``ARUSHA-SEALED-1`` and a line feed
16-23    set: the first eight bytes of SHA-256 of the public key (which shares open it)
24-55    a fresh X25519 public key
56-      ChaCha20-Poly1305 of the compressed mapping, bytes 0-55 authenticated with it
=======  ====================================================================================

The cipher's key is HKDF-SHA-256 of the shared secret with both public keys as salt and ``arusha sealed mapping 1`` as
info; it is used once, so the nonce is zero. The mapping is zlib-compressed UTF-8: one JSON array
``[domain, token, identifier]`` a line.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from arusha.errors import RecordsError
from arusha.language import Catalogue
from arusha.language.told import error as of
from arusha.language.told import error_at
from arusha.records import sharing
from arusha.records.readable import from_groups, to_groups

WORKSPACE_SUFFIX = ".arusha"

_MAGIC = b"ARUSHA-SEALED-1\n"
_INFO = b"arusha sealed mapping 1"
_HEADER = len(_MAGIC) + 8 + 32
_NONCE = bytes(12)
_LIMIT = 2**31 - 1
_PUBLIC_MARK = "ARUSHA SEAL KEY 1"
_SHARE_MARK = "ARUSHA KEY SHARE 1"


@dataclass(frozen=True)
class KeyHolders:
    """What ``make_key_holders`` wrote: the public key for loads, and one share for each holder to take away."""

    public_key: bytes
    public_path: Path
    share_paths: tuple[Path, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        return (self.public_path, *self.share_paths)


@dataclass(frozen=True)
class Share:
    """One part of the private key, as read from its file."""

    number: int
    set_id: bytes
    data: bytes
    holder: str


def outside_workspaces(path: Path, workspace: Path | str | None, what: str) -> None:
    """Refuse ``path`` if it lies in ``workspace`` or in any workspace folder, links followed.

    ``what`` is what would lie there: mapping, shares, key or looks.

    Raises
    ------
    RecordsError
        If it does.
    """
    places = {path.absolute(), path.resolve()}
    inside = any(p.suffix == WORKSPACE_SUFFIX for place in places for p in (place, *place.parents))
    if workspace is not None:
        inside = inside or any(place.is_relative_to(Path(workspace).resolve()) for place in places)
    if inside:
        raise of(RecordsError, f"outside-{what}", "outside", where=str(path))


def _set_id(public_key: bytes) -> bytes:
    return hashlib.sha256(public_key).digest()[:8]


def _check(*parts: bytes) -> bytes:
    return hashlib.sha256(b"\x1f".join(parts)).digest()[:5]


def _derive(secret: bytes, fresh: bytes, public_key: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=fresh + public_key, info=_INFO).derive(secret)


def seal(mapping: Iterable[tuple[str, str, str]], public_key: bytes) -> bytes:
    """The mapping, given as (domain, token, identifier), sealed to a public key; see the module for the format."""
    packer = zlib.compressobj()
    packed = bytearray()
    for row in mapping:
        packed += packer.compress(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    packed += packer.flush()
    if len(packed) > _LIMIT - 16:
        raise of(RecordsError, "mapping-large", "load-parts")
    private = X25519PrivateKey.generate()
    fresh = private.public_key().public_bytes_raw()
    key = _derive(private.exchange(X25519PublicKey.from_public_bytes(public_key)), fresh, public_key)
    header = _MAGIC + _set_id(public_key) + fresh
    return header + ChaCha20Poly1305(key).encrypt(_NONCE, bytes(packed), header)


def write_sealed(path: Path | str, mapping: Iterable[tuple[str, str, str]], public_key: bytes) -> None:
    """Seal a mapping into a new file outside every workspace; an older file of the name is replaced whole."""
    path = Path(path)
    outside_workspaces(path, None, "mapping")
    part = path.with_name(path.name + ".part")
    part.write_bytes(seal(mapping, public_key))
    os.replace(part, path)


def _private_key(share_a: Share, share_b: Share) -> bytes:
    if share_a.set_id != share_b.set_id:
        raise error_at(
            RecordsError,
            "shares-other-keys",
            "one-set",
            "two-sets",
            one=to_groups(share_a.set_id),
            other=to_groups(share_b.set_id),
        )
    if share_a.number == share_b.number:
        raise error_at(RecordsError, "share-twice", "second-holder", "share", n=share_a.number)
    private = sharing.join([(share_a.number, share_a.data), (share_b.number, share_b.data)])
    public = X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    if _set_id(public) != share_a.set_id:
        raise of(RecordsError, "shares-no-key", "compare-paper")
    return private


def unseal(
    sealed: bytes | Path | str, share_a: Share | Path | str, share_b: Share | Path | str
) -> Iterator[tuple[str, str, str]]:
    """The mapping again, as (domain, token, identifier), from two shares.

    Raises
    ------
    RecordsError
        If a share is damaged or of another key, or the sealed file was changed.
    """
    data = sealed if isinstance(sealed, bytes) else Path(sealed).read_bytes()
    where = "" if isinstance(sealed, bytes) else str(sealed)
    a, b = (s if isinstance(s, Share) else read_share(s) for s in (share_a, share_b))
    private_bytes = _private_key(a, b)
    if not data.startswith(_MAGIC):
        newer = data.startswith(_MAGIC[:-2])
        raise of(
            RecordsError,
            "sealed-newer" if newer else "sealed-not",
            "install-newer" if newer else "load-wrote",
            where=where,
        )
    header, body = data[:_HEADER], data[_HEADER:]
    set_id, fresh = header[16:24], header[24:]
    if set_id != a.set_id:
        raise error_at(
            RecordsError, "sealed-other", "shares-of-set", "sealed-to", one=to_groups(set_id), other=to_groups(a.set_id)
        )
    private = X25519PrivateKey.from_private_bytes(private_bytes)
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(fresh))
        key = _derive(shared, fresh, private.public_key().public_bytes_raw())
        packed = ChaCha20Poly1305(key).decrypt(_NONCE, body, header)
    except (InvalidTag, ValueError) as problem:
        raise of(RecordsError, "sealed-changed", "intact-copy", where=where) from problem
    lines = zlib.decompress(packed).decode("utf-8", "surrogatepass").split("\n")
    return (tuple(json.loads(line)) for line in lines if line)


def unmask(
    sealed: bytes | Path | str, share_a: Share | Path | str, share_b: Share | Path | str, tokens: Sequence[str]
) -> dict[str, str]:
    """Only the identifiers of the tokens asked for; a token that the mapping lacks is left out."""
    wanted = set(tokens)
    return {token: value for _, token, value in unseal(sealed, share_a, share_b) if token in wanted}


def make_key_holders(directory: Path | str, names: Sequence[str], lang: str = "en") -> KeyHolders:
    """Make a sealing key, split its private half two of three and write one share file for each holder.

    The private key itself is never written. Hand each share over and delete it from ``directory``: while two lie
    together the split protects nothing.

    Raises
    ------
    RecordsError
        If there are not three different names, if a file exists already, or if the folder is in a workspace.
    """
    directory = Path(directory)
    outside_workspaces(directory, None, "shares")
    holders = [" ".join(name.split()) for name in names]
    if len(set(holders)) != 3 or len(holders) != 3 or not all(holders):
        raise of(RecordsError, "holders-three", "holders-apart", where=", ".join(names))
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    set_id = _set_id(public)
    public_path = directory / "seal-key.txt"
    share_paths = tuple(directory / f"share-{number}-of-3.txt" for number in sharing.PARTS)
    for path in (public_path, *share_paths):
        if path.exists():
            raise of(RecordsError, "file-there", "empty-folder", where=str(path))
    words = Catalogue(lang, isolate=False)
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    parts = sharing.split(private.private_bytes_raw())
    for path, number, holder, part in zip(share_paths, sharing.PARTS, holders, parts, strict=True):
        check = _check(_SHARE_MARK.encode(), set_id, bytes([number]), part)
        _write_new(
            path,
            f"{_SHARE_MARK}\n\n{words.text('share-purpose')}\n\n"
            f"Holder: {holder}\nShare: {number} of 3\nSet: {to_groups(set_id)}\n"
            f"Data: {to_groups(part)}\nCheck: {to_groups(check)}\n",
        )
    _write_new(
        public_path,
        f"{_PUBLIC_MARK}\n\n{words.text('seal-key-purpose')}\n\n"
        f"Set: {to_groups(set_id)}\nData: {to_groups(public)}\n"
        f"Check: {to_groups(_check(_PUBLIC_MARK.encode(), set_id, public))}\n",
    )
    return KeyHolders(public, public_path, share_paths)


def _write_new(path: Path, text: str) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as handle:
        handle.write(text)


def _fields(path: Path, mark: str, what: str) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as problem:
        raise of(RecordsError, "file-none", f"{what}-name", where=str(path)) from problem
    except (UnicodeDecodeError, OSError) as problem:
        raise of(RecordsError, f"{what}-not", f"{what}-name", where=str(path)) from problem
    if not lines or lines[0].strip() != mark:
        raise of(RecordsError, f"{what}-not", f"{what}-name", where=str(path))
    return {k.strip(): v.strip() for k, sep, v in (line.partition(":") for line in lines[1:]) if sep}


def read_seal_key(path: Path | str) -> bytes:
    """The public key in a file that ``make_key_holders`` wrote (``seal-key.txt``).

    Raises
    ------
    RecordsError
        If the file is something else or is damaged.
    """
    fields = _fields(Path(path), _PUBLIC_MARK, "seal-key")
    try:
        public = from_groups(fields["Data"], 32)
        good = from_groups(fields["Check"], 5) == _check(_PUBLIC_MARK.encode(), _set_id(public), public)
    except (KeyError, ValueError):
        good = False
    if not good:
        raise of(RecordsError, "seal-key-damaged", "seal-key-copy", where=str(path))
    return public


def read_share(path: Path | str) -> Share:
    """One holder's share, its checksum verified, typed in again from paper if need be.

    Raises
    ------
    RecordsError
        If the file is not a share or a character is wrong.
    """
    fields = _fields(Path(path), _SHARE_MARK, "share")
    try:
        number = int(fields["Share"].split()[0])
        set_id, data = from_groups(fields["Set"], 8), from_groups(fields["Data"], 32)
        good = number in sharing.PARTS
        good = good and from_groups(fields["Check"], 5) == _check(_SHARE_MARK.encode(), set_id, bytes([number]), data)
    except (KeyError, ValueError, IndexError):
        good = False
    if not good:
        raise of(RecordsError, "share-wrong", "paper-copy", where=str(path))
    return Share(number, set_id, data, fields.get("Holder", ""))
