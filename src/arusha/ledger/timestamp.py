"""Time stamps of checkpoints by an authority (RFC 3161): not later than when did this checkpoint exist.

The stamp is over the checkpoint's text (its first lines, with the last newline) and not over its signature lines, so
that witnesses may sign afterwards. Requests and answers are bytes; how they travel is the administration's to choose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from cryptography.x509 import load_pem_x509_certificates

from arusha.language.told import error as of
from arusha.ledger.checkpoint import Checkpoint
from arusha.ledger.problems import ChangedError, LedgerError


@dataclass(frozen=True)
class StampRequest:
    """A request to send to an authority: DER (application/timestamp-query), and its nonce, to check the answer with."""

    der: bytes
    nonce: int | None


@dataclass(frozen=True)
class Stamped:
    """The time that the authority states, in UTC."""

    time: datetime


def stamp_request(checkpoint: Checkpoint) -> StampRequest:
    """The request for a time stamp of a checkpoint, with SHA-256 and a nonce.

    Raises
    ------
    LedgerError
        If the package for time stamps is not installed.
    """
    client = _client()
    request = (
        client.TimestampRequestBuilder()
        .data(checkpoint.note.text.encode())
        .hash_algorithm(client.HashAlgorithm.SHA256)
        .nonce(nonce=True)
        .cert_request(cert_request=True)
        .build()
    )
    return StampRequest(request.as_bytes(), request.nonce)


def verify_stamp(checkpoint: Checkpoint, answer: bytes, roots: bytes, nonce: int | None = None) -> Stamped:
    """Check an authority's answer.

    Parameters
    ----------
    answer
        DER (application/timestamp-reply).
    roots
        Certificates (PEM) of the authorities that are trusted, learnt apart from the answer.
    nonce
        That of the request, where it was kept: the answer must repeat it then.

    Raises
    ------
    ChangedError
        If the answer is not a stamp of this checkpoint by a trusted authority.
    LedgerError
        If something cannot be read, or the package for time stamps is not installed.
    """
    client = _client()
    try:
        read = client.decode_timestamp_response(answer)
        certificates = load_pem_x509_certificates(roots)
    except ValueError as problem:
        raise of(LedgerError, "led-stamp-unread", "", why=str(problem)) from problem
    builder = client.VerifierBuilder() if nonce is None else client.VerifierBuilder().nonce(nonce)
    for certificate in certificates:
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify_message(read, checkpoint.note.text.encode())
    except (client.VerificationError, ValueError) as problem:
        raise of(ChangedError, "led-stamp-not", "led-stamp-belong", why=str(problem)) from problem
    return Stamped(read.tst_info.gen_time)


def _client() -> Any:
    """The package for time stamps, which only those who use an authority need."""
    try:
        return import_module("rfc3161_client")
    except ImportError as problem:
        raise of(LedgerError, "led-stamp-package", "led-stamp-package") from problem
