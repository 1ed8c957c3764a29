"""The documented verifier: a page or less, nothing of ours, and the same judgement (see also test_tampering)."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from arusha.ledger import Ledger, Signer
from arusha.ledger.checkpoint import sign
from arusha.ledger.note import LOG

from .conftest import ORIGIN, SIGNER, UNION

FILE = Path(__file__).resolve().parents[2] / "docs" / "verify_ledger.py"
Make = Callable[[int], Ledger]


def run(ledger: object, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", str(FILE), *(str(word) for word in (ledger, *words))]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_it_is_a_page_and_needs_nothing_but_python() -> None:
    text = FILE.read_text("utf-8")
    assert len(text.splitlines()) <= 60
    imported = {a.name for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Import) for a in n.names}
    imported |= {n.module or "" for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ImportFrom)}
    assert imported <= set(sys.stdlib_module_names)


def test_several_checkpoints_with_lines_of_witnesses_are_held_against_the_ledger(
    make_plain: Make, tmp_path: Path
) -> None:
    ledger = make_plain(9)
    files = []
    for size in (0, 1, 4, 8, 9):
        checkpoint = sign(ORIGIN, size, ledger.root(size), SIGNER).cosigned(UNION, 1_800_000_000)
        files.append(tmp_path / f"{size}.txt")
        files[-1].write_text(str(checkpoint), "utf-8")
    good = run(ledger.store.where, SIGNER.key, *files)
    assert good.returncode == 0, good.stderr
    assert good.stdout.count("signatures hold; its first") == 5
    wrong_key = Signer.from_seed(ORIGIN, LOG, bytes(32)).key
    bad = run(ledger.store.where, wrong_key, *files)
    assert bad.returncode == 3
    assert bad.stdout.count("signatures DO NOT hold") == 5
    files[2].write_text(files[2].read_text("utf-8").replace("\n4\n", "\n5\n"), "utf-8")
    changed = run(ledger.store.where, SIGNER.key, *files)
    assert changed.returncode == 3
    assert changed.stdout.splitlines()[2].endswith("signatures DO NOT hold; its first 5 entries DO NOT agree")
    assert run(ledger.store.where, SIGNER.key).returncode == 3  # nothing was held against it: nothing is vouched for


@settings(max_examples=8, deadline=None)  # each example is some 0.3 s of curve arithmetic
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 511), st.data())
def test_its_signature_check_is_that_of_the_library(seed: bytes, text: bytes, bit: int, data: st.DataObject) -> None:
    source = FILE.read_text("utf-8").partition("ledger, (name")[0]
    names: dict[str, Callable[[bytes, bytes, bytes], bool]] = {}
    exec(source, names)
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = private.public_key().public_bytes_raw(), private.sign(text)
    assert names["signed"](public, text, signature)
    flipped = bytearray(signature)
    flipped[bit // 8] ^= 1 << bit % 8
    assert not names["signed"](public, text, bytes(flipped))
    assert not names["signed"](public, text + b"x", signature)
    order = 2**252 + 27742317777372353535851937790883648493
    malleable = signature[:32] + (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    assert not names["signed"](public, text, malleable)
