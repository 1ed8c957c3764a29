"""Time stamps from an authority that the test sets up with OpenSSL."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from arusha.ledger import ChangedError, Checkpoint, LedgerError
from arusha.ledger.checkpoint import sign
from arusha.ledger.timestamp import stamp_request, verify_stamp

from .conftest import ORIGIN, SIGNER, UNION

CONFIGURATION = """
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[stamp]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = local
[local]
serial = serial
crypto_device = builtin
signer_cert = stamp.pem
signer_key = stamp.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[req]
distinguished_name = name
[name]
"""

needs = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command")


class Authority:
    """A root and a certificate for time stamps, in a folder."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "c.cnf").write_text(CONFIGURATION)
        (folder / "serial").write_text("01\n")
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "c.cnf"]
        self.run("req", "-x509", *key, "-keyout", "root.key", "-out", "root.pem", "-subj", f"/CN={name} root",
                 "-extensions", "ca", "-days", "30")  # fmt: skip
        self.run("req", "-new", *key, "-keyout", "stamp.key", "-out", "stamp.csr", "-subj", f"/CN={name}")
        self.run("x509", "-req", "-in", "stamp.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
                 "-out", "stamp.pem", "-days", "30", "-extfile", "c.cnf", "-extensions", "stamp")  # fmt: skip
        self.root = (folder / "root.pem").read_bytes()

    def run(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True, timeout=60)

    def answer(self, request: bytes) -> bytes:
        (self.folder / "q").write_bytes(request)
        self.run("ts", "-reply", "-config", "c.cnf", "-section", "local", "-queryfile", "q", "-out", "r")
        return (self.folder / "r").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    pytest.importorskip("rfc3161_client", reason="time stamps need rfc3161-client")
    return Authority(tmp_path_factory.mktemp("authority") / "local", "local")


@pytest.fixture
def checkpoint() -> Checkpoint:
    return sign(ORIGIN, 3, bytes(range(32)), SIGNER)


@needs
def test_a_checkpoint_is_stamped_and_witnesses_may_sign_afterwards(
    authority: Authority, checkpoint: Checkpoint
) -> None:
    request = stamp_request(checkpoint)
    answer = authority.answer(request.der)
    for nonce in (request.nonce, None):
        stamped = verify_stamp(checkpoint.cosigned(UNION, 1), answer, authority.root, nonce)
        # The authority runs on this machine; its clock gives whole seconds.
        assert timedelta(seconds=-2) < datetime.now(UTC) - stamped.time < timedelta(seconds=60)


@needs
def test_a_stamp_of_another_checkpoint_authority_or_request_is_refused(
    authority: Authority, checkpoint: Checkpoint, tmp_path: Path
) -> None:
    request = stamp_request(checkpoint)
    answer = authority.answer(request.der)
    other = sign(ORIGIN, 3, bytes(32), SIGNER)
    stranger = Authority(tmp_path / "stranger", "stranger")
    for of, reply, root, nonce in (
        (other, answer, authority.root, request.nonce),
        (checkpoint, stranger.answer(request.der), authority.root, request.nonce),
        (checkpoint, answer, stranger.root, request.nonce),
        (checkpoint, answer, authority.root, (request.nonce or 0) + 1),
    ):
        with pytest.raises(ChangedError, match="not a time stamp of the checkpoint"):
            verify_stamp(of, reply, root, nonce)


@needs
def test_a_spoilt_answer_is_refused_in_words(authority: Authority, checkpoint: Checkpoint) -> None:
    answer = authority.answer(stamp_request(checkpoint).der)
    for spoilt in (b"", b"no answer", answer[:100], answer[:-20]):
        with pytest.raises(LedgerError, match="cannot be read"):
            verify_stamp(checkpoint, spoilt, authority.root)
    with pytest.raises(LedgerError, match="cannot be read"):
        verify_stamp(checkpoint, answer, b"no certificate")
    for at in range(len(answer) // 2, len(answer), 101):  # in what was signed, and in the signature
        changed = answer[:at] + bytes([answer[at] ^ 1]) + answer[at + 1 :]
        with pytest.raises((ChangedError, LedgerError)):
            verify_stamp(checkpoint, changed, authority.root)


def test_without_the_package_the_error_says_what_to_do(checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    with pytest.raises(LedgerError, match="rfc3161-client"):
        stamp_request(checkpoint)
